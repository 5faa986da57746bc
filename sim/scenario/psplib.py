"""The scenario that an instance of PSPLIB implies."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.reader import scenario_from
from sim.scenario.reading.psplib import read_instance
from sim.scenario.schema import Scenario


def psplib_scenario(path: str | Path) -> Scenario:
    """The complete scenario of an instance: one manager, structure `merged`, a horizon that any order
    meets.
    """
    instance = read_instance(path)
    return scenario_from(
        {
            "name": f"PSPLIB {Path(path).stem}",
            "horizon_days": max(20, sum(instance.durations) + 10),
            "structures": ["merged"],
            "managers": 1,
            "portfolio": {"plan": {"tasks": str(Path(path).resolve())}},
        }
    )
