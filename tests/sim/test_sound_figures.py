"""The figures of a run make sense, whatever the organisation."""

from __future__ import annotations

import math

import pytest

from benchmarks.attack.numbers import anywhere, having, on_the_compiled_clock
from sim.outcomes.reduce import reduce_run
from sim.vocabulary import BY_NAME, MISSING
from sim.world import World
from tests.examples import numbers
from tests.sound import REASONS, faults, nothing_to_measure
from tests.whole import run_on, some_organisation, start


def over(number: int, **assumptions: float) -> World:
    """A run of a random organisation with some assumptions, when it is over."""
    prepared = having(some_organisation(number), assumptions)
    world = start(prepared)
    run_on(world, prepared.scenario.horizon_days)
    return world


def test_shares_are_shares_and_nothing_is_infinite_or_missing_without_a_reason() -> None:
    for number in numbers(40, 50_000):
        trial = on_the_compiled_clock(f"organisation {number}", anywhere(number))
        assert trial.ok, f"{trial.what}: {trial.said}"


@pytest.mark.parametrize(
    "dear",
    [{"exception_rate": 1.0}, {"wrong_answer_hours": 1e6}, {"handover_rework": 1e6}],
    ids=lambda d: next(iter(d)),
)
def test_however_much_is_to_be_done_again_it_is_a_share_of_all_effort(dear: dict[str, float]) -> None:
    """A million hours of rework that nobody gets round to are nearly all of the effort, and no more."""
    world = over(3, **dear)
    effort = (world.projects["progress"] + world.projects["creep_hours"]).sum()
    assert world.projects["rework_hours"].sum() > effort, "more than was ever worked"
    assert 0.5 < reduce_run(world)["rework_share"] <= 1.0


def test_a_figure_that_is_missing_infinite_or_no_share_is_noticed() -> None:
    world = over(0)
    told = reduce_run(world)
    assert not list(faults(told, world))
    for name, wrong in (
        ("rework_share", 1.01),
        ("satisfaction", -0.1),
        ("lead_days", math.inf),
        ("leavers", math.nan),
    ):
        (fault,) = faults({**told, name: wrong}, world)
        assert name in fault
    assert list(faults({}, world)), "what is not told is noticed"


def test_each_reason_why_a_figure_is_missing_can_be_told_from_the_rows() -> None:
    assert MISSING.keys() <= BY_NAME.keys()
    assert set(MISSING.values()) == {*REASONS, "no such matter was taken up"}
    world = over(2, exception_rate=0.0, overrun_tolerance=10.0)
    assert nothing_to_measure("wait_stakeholders", world) and not nothing_to_measure("rework_share", world)
