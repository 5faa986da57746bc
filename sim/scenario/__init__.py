"""What a user may write: organisation, work, structures, risks, plans, sweeps and assumptions, all checked.

    from sim.scenario import load
    scenario = load("scenarios/scaleup.yaml")

Names are imported on first use: a command that is only asked for its help, or has to tell a mistake, reads no
scenario, and does not wait for the schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.face import face

if TYPE_CHECKING:
    from sim.scenario.reader import load, scenario_from
    from sim.scenario.reading.problems import ScenarioError
    from sim.scenario.schema import Scenario

__all__ = ["Scenario", "ScenarioError", "load", "scenario_from"]

__getattr__, __dir__ = face(
    __name__,
    {
        "Scenario": "schema",
        "ScenarioError": "reading.problems",
        "load": "reader",
        "scenario_from": "reader",
    },
)
