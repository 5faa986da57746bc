"""The scenario that a Patterson file implies."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.reader import scenario_from
from sim.scenario.reading.psplib import read_patterson
from sim.scenario.schema import Scenario


def psplib_scenario(path: str | Path) -> Scenario:
    """The complete scenario of a Patterson file: one manager, structure `merged`, a horizon that any order
    meets.
    """
    instance = read_patterson(path)
    return scenario_from(
        {
            "name": f"PSPLIB {Path(path).stem}",
            "horizon_days": max(20, sum(instance.durations) + 10),
            "structures": ["merged"],
            "managers": 1,
            "portfolio": {"plan": {"tasks": str(Path(path).resolve())}},
        }
    )
