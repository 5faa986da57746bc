"""Each duty matters: held by nobody, the organisation is worse off in just the way that the duty prevents.

The same luck with and without the duty, so that the difference in each replication is the duty's alone.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from statistics import fmean, stdev

import pytest

from sim.outcomes import BY_NAME, DUTIES
from sim.scenario import Scenario, load
from sim.simulate import prepare, simulate_block
from sim.structures import PRESETS, TEAM, Structure
from sim.workload import NOT_BUILT

ROOT = Path(__file__).parents[2]
REPLICATIONS = 100
SURE = 3.0  # standard errors: a chance of one in a thousand to be fooled

# What drifts while each duty waits, and so must get worse without it.
DRIFTS = {
    "planning": ("blocked_days", "delay_days", "rework_share"),
    "budget": ("creep_share", "cost_over_budget"),
    "allocation": ("blocked_days", "lead_days"),
    "timeline": ("delay_days",),
    "project_risk": ("risk_loss_hours",),
    "reporting": ("rework_share", "delay_days"),
    "tracking": ("escaped_defect_hours", "warranty_cost"),
    "resources": ("delay_days", "penalties"),
    "process": ("maturity_gain", "rework_share"),
    "stakeholders": ("blocked_days", "cost_over_budget"),
    "coordination": ("blocked_days", "rework_share"),
}


def scale_up() -> Scenario:
    return load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"horizon_days": 350})


@cache
def futures(structure: str, without: str | None) -> list[dict[str, float]]:
    """Outcomes of each replication, with all duties held or without one."""
    preset = PRESETS[structure]
    one = preset.without(without) if without else preset
    rows = simulate_block(prepare(scale_up(), (one,)), range(REPLICATIONS))
    return [outcomes for _, _, outcomes, error in rows if outcomes is not None and error is None]


def harm(structure: str, duty: str, outcome: str) -> tuple[float, float]:
    """How much worse an outcome is without a duty, on average, and the standard error of that."""
    sign = -1.0 if BY_NAME[outcome].better == "more" else 1.0
    pairs = zip(futures(structure, None), futures(structure, duty), strict=True)
    worse = [sign * (without[outcome] - held[outcome]) for held, without in pairs]
    assert len(worse) == REPLICATIONS
    return fmean(worse), stdev(worse) / math.sqrt(REPLICATIONS)


def test_every_duty_that_is_built_is_looked_at() -> None:
    assert set(DRIFTS) == set(DUTIES) - set(NOT_BUILT)


@pytest.mark.parametrize("duty", DRIFTS)
def test_a_duty_that_nobody_holds_is_missed(duty: str) -> None:
    for outcome in DRIFTS[duty]:
        mean, error = harm("separated", duty, outcome)
        assert mean - SURE * error > 0, f"without {duty}, {outcome} is worse by {mean:.4g} +- {error:.2g}"


def test_fourteen_duties_held_by_nobody_are_worse_than_any_one() -> None:
    nobody = Structure("nobody", PRESETS["merged"].roles, dict.fromkeys(DUTIES, "nobody"))
    rows = simulate_block(prepare(scale_up(), (nobody,)), range(10))
    alone = fmean(outcomes["net_value_a_year"] for _, _, outcomes, _ in rows if outcomes)
    for duty in DRIFTS:
        assert alone < fmean(o["net_value_a_year"] for o in futures("separated", duty)[:10])


@pytest.mark.parametrize("duty", ["planning", "coordination", "allocation", "timeline", "reporting"])
def test_a_duty_that_the_team_holds_itself_waits_for_no_manager(duty: str) -> None:
    preset = PRESETS["merged"]
    own = Structure("own", preset.roles, {**preset.holders, duty: TEAM})
    prepared = prepare(scale_up(), (preset, own))
    rows = simulate_block(prepared, range(3))
    for held, self_held in zip(rows[::2], rows[1::2], strict=True):
        assert held[2] is not None and self_held[2] is not None
        assert held[2][f"attention_{duty}"] > 0
        assert self_held[2][f"attention_{duty}"] == 0
        assert self_held[2][f"wait_{duty}"] < held[2][f"wait_{duty}"]
