"""The example lived through in steps of a day, under assumptions and with keys of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import Structure

SCALEUP = Path(__file__).parents[2] / "scenarios" / "scaleup.yaml"

Given = Mapping[str, float]


@cache
def scaleup() -> Scenario:
    return load(SCALEUP).with_changes({"horizon_days": 250, "step_hours": 8})


def lived(
    given: Given, keys: Mapping[str, Any], structure: Structure, futures: int
) -> list[Mapping[str, Any]]:
    """Outcomes of the example under assumptions and with keys of its scenario changed, future by future."""
    scenario = scaleup().with_changes({"assumptions": dict(given), **keys})
    rows = simulate_block(prepare(scenario, (structure,)), range(futures))
    assert all(error is None for *_, error in rows)
    return [outcomes for _, _, outcomes, _ in rows if outcomes is not None]
