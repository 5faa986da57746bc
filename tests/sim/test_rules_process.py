"""How mature a team gets: a balance of how often and how well it looks at how it works, and of what fades."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.rules import process
from sim.scenario import load
from sim.scenario.structures import PRESETS
from tests.sim.small import organisation

TASK = [("p", "a", "web", "8")]


def after_years(
    years: float, every: int, care: float = 1.0, first: float = 0.4, step_hours: int = 8, **assumptions: float
) -> float:
    """Maturity of a team with a retrospective every so many days, all else left out."""
    given = {"forgetting": 0.02, "maturity_gain": 0.015, "first_maturity": first} | assumptions
    world = organisation(TASK, step_hours=step_hours, **given).world
    for step in range(int(years * 250 * 8 / step_hours)):
        process.forget(world, 0)
        if step % (every * 8 // step_hours) == 0:
            process.learn_from_retrospective(world, 0, care)
    return float(world.teams[0].maturity)


def test_what_nobody_keeps_up_fades_by_its_share_a_month() -> None:
    world = organisation(TASK, forgetting=0.02, first_maturity=0.8).world
    for _ in range(int(world.given[0].month_days)):
        process.forget(world, 0)
    assert world.teams[0].maturity == pytest.approx(0.8 * 0.98, rel=1e-3)


def test_maturity_settles_where_what_is_learnt_makes_up_for_what_is_forgotten() -> None:
    """Every 10 days 1.5% of what is missing, every day 2%/21 of what is there: 0.0015 against 0.00095."""
    low, high = after_years(12, every=10, first=0.0), after_years(12, every=10, first=1.0)
    assert low == pytest.approx(0.0015 / (0.0015 + 0.02 / 21), abs=0.01)
    assert high == pytest.approx(low, abs=0.01)


def test_whoever_looks_more_often_or_with_more_time_gets_higher() -> None:
    heights = [after_years(10, every=60), after_years(10, every=20), after_years(10, every=10)]
    assert heights == sorted(heights) and heights[2] - heights[0] > 0.2
    assert after_years(10, every=10, care=0.5) == pytest.approx(after_years(10, every=20), abs=0.02)


def test_a_level_of_five_takes_some_twenty_months_up_to_the_third() -> None:
    """Levels are quarters from 0 to 1. The profiles of the SEI: 18 to 24 months a level."""
    both = 40 * 21 / 250
    assert after_years(both, every=10, first=0.0) == pytest.approx(0.5, abs=0.07)


def test_forgetting_is_the_same_in_steps_of_any_length() -> None:
    days = after_years(1, every=10)
    assert after_years(1, every=10, step_hours=1) == pytest.approx(days, abs=1e-3)


def test_without_forgetting_everybody_ends_at_the_same_height() -> None:
    ends = [after_years(30, every, forgetting=0.0) for every in (5, 20)]
    assert ends == pytest.approx([1.0, 1.0], abs=0.01)


# --- in the example ----------------------------------------------------------------------------------------

SELDOM, NEVER = 60.0, 0.0


@cache
def heights(every: float = 10.0, managers: int = 6, first: float = 0.4) -> tuple[float, float]:
    """Mean maturity of the example's teams after five and after ten years, with a look every so many days."""
    merged = PRESETS["merged"]
    structure = replace(merged, cadence={"process": every}) if every else merged.without("process")
    scenario = load(Path(__file__).parents[2] / "scenarios" / "scaleup.yaml").with_changes(
        {
            "horizon_days": 2500,
            "step_hours": 8,
            "managers": managers,
            "assumptions": {"first_maturity": first},
        }
    )
    prepared = prepare(scenario, (structure,))
    world = organise(prepared, draw_base(prepared, 0), structure.name)
    found = []
    for _ in range(2):
        entry_point("run")(world, 1250)
        found.append(float(world.teams["maturity"].mean()))
    return found[0], found[1]


@pytest.mark.slow
@pytest.mark.whole_runs
def test_in_the_example_maturity_settles_below_one_wherever_it_began() -> None:
    low, high = heights(first=0.2), heights(first=0.9)
    assert max(*low, *high) < 0.7
    assert abs(high[1] - low[1]) < 0.1


@pytest.mark.slow
@pytest.mark.whole_runs
def test_in_the_example_the_height_hangs_on_cadence_attention_and_whether_anyone_cares() -> None:
    ordinary = heights()[1]
    assert heights(NEVER)[1] < heights(SELDOM)[1] < ordinary - 0.1
    assert heights(managers=3)[1] < ordinary - 0.03
