"""Standing dependencies are felt where they should be: in the rework of what nobody coordinates."""

from __future__ import annotations

import math
from pathlib import Path
from statistics import mean, stdev

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import load
from sim.scenario.structures import PRESETS, Structure

EXAMPLE = load(Path(__file__).parents[2] / "scenarios" / "scaleup.yaml").with_changes({"step_hours": 8})
FUTURES = range(16)


def rework_shares(each: float, structure: Structure) -> list[float]:
    """Share of rework in some futures in which teams depend on so many others."""
    scenario = EXAMPLE.with_changes({"organisation.dependencies": each})
    ends = simulate_block(prepare(scenario, (structure,)), FUTURES)
    return [outcomes["rework_share"] for _, _, outcomes, _ in ends if outcomes is not None]


def more_rework(structure: Structure) -> tuple[float, float]:
    """The least and the most that dependencies add to the share of rework (95%, futures in pairs)."""
    pairs = zip(rework_shares(2.0, structure), rework_shares(0.0, structure), strict=True)
    gains = [with_pairs - without for with_pairs, without in pairs]
    half = 2.13 * stdev(gains) / math.sqrt(len(gains))
    return mean(gains) - half, mean(gains) + half


def test_pairs_that_nobody_looks_after_bring_rework_and_those_in_order_less() -> None:
    least, _ = more_rework(PRESETS["merged"].without("coordination"))
    _, most = more_rework(PRESETS["merged"])
    assert least > 0.002
    assert most < least
