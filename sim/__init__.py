"""Rolecall's model: a delivery organisation, simulated to compare who holds which management duty.

    import sim
    scenario = sim.load("scenarios/scaleup.yaml")
    results = sim.run(scenario, replications=100)               # one row a run, as a DataFrame
    model = sim.DeliveryOrganisation(scenario, "merged", 0)     # one run, day by day, as Mesa agents
    model.step()

Names are imported on first use, so that `import sim` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.version import VERSION

if TYPE_CHECKING:
    from sim.batch.run import run
    from sim.clocks.agents import Manager, Team
    from sim.clocks.mesa_model import DeliveryOrganisation
    from sim.scenario import Scenario, ScenarioError, load, scenario_from

__version__ = VERSION
__all__ = [
    "DeliveryOrganisation",
    "Manager",
    "Scenario",
    "ScenarioError",
    "Team",
    "load",
    "run",
    "scenario_from",
]

_HOMES = {
    "DeliveryOrganisation": "sim.clocks.mesa_model",
    "Manager": "sim.clocks.agents",
    "Scenario": "sim.scenario.reader",
    "ScenarioError": "sim.scenario.reader",
    "Team": "sim.clocks.agents",
    "load": "sim.scenario.reader",
    "run": "sim.batch.run",
    "scenario_from": "sim.scenario.reader",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
