"""Rolecall's model: a delivery organisation, simulated to compare who holds which management duty.

import sim
scenario = sim.load("scenarios/scaleup.yaml")
results = sim.run(scenario, replications=100)               # one row a run, as a DataFrame
model = sim.DeliveryOrganisation(scenario, "merged", 0)     # one run, day by day, as Mesa agents
model.step()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.face import face
from sim.version import VERSION as __version__

if TYPE_CHECKING:
    from sim.batch.results import read_results
    from sim.batch.run import run, run_batch
    from sim.clocks.agents import Manager, Team
    from sim.clocks.mesa_model import DeliveryOrganisation
    from sim.scenario.reader import load, scenario_from
    from sim.scenario.reading.problems import ScenarioError
    from sim.scenario.schema import Scenario

__all__ = [
    "DeliveryOrganisation",
    "Manager",
    "Scenario",
    "ScenarioError",
    "Team",
    "__version__",
    "load",
    "read_results",
    "run",
    "run_batch",
    "scenario_from",
]

__getattr__, __dir__ = face(
    __name__,
    {
        "DeliveryOrganisation": "clocks.mesa_model",
        "Manager": "clocks.agents",
        "Scenario": "scenario.schema",
        "ScenarioError": "scenario.reading.problems",
        "Team": "clocks.agents",
        "load": "scenario.reader",
        "read_results": "batch.results",
        "run": "batch.run",
        "run_batch": "batch.run",
        "scenario_from": "scenario.reader",
    },
)
