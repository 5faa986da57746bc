"""How often work is stopped: by the plan, the team's maturity, and who does it."""

from __future__ import annotations

import pytest

from sim.rules.exceptions import exception_rate
from sim.world import World
from tests.sim.small import organisation

RATE = 0.01
EFFECTS = {"plan_effect": 2.0, "maturity_effect": 0.5, "fatigue_effect": 0.4, "newcomer_effect": 1.5}


def at_work(**assumptions: float) -> World:
    """One member on one task of forty hours, under a perfect plan, in a team without any maturity."""
    office = organisation([("p", "a", "web", "40")], exception_rate=RATE, first_maturity=0.0, **assumptions)
    office.run(days=1)
    world = office.world
    world.projects[0].plan_quality = 1.0
    return world


def times(world: World) -> float:
    """How many times as often as under a good plan, with rested old hands in an immature team."""
    return exception_rate(world, 0, 0, 0) / RATE


def test_under_a_good_plan_work_is_stopped_at_the_assumed_rate() -> None:
    assert times(at_work(**EFFECTS)) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("table", "field", "value", "expected"),
    [
        ("projects", "plan_quality", 0.25, 1.0 + 2.0 * 0.75),
        ("teams", "maturity", 0.8, 1.0 - 0.5 * 0.8),
        ("members", "fatigue", 0.5, 1.0 + 0.4 * 0.5),
        ("members", "ramp", 0.2, 1.0 + 1.5 * 0.8),
    ],
)
def test_bad_plans_young_teams_tired_and_new_people_are_stopped_more_often(
    table: str, field: str, value: float, expected: float
) -> None:
    world = at_work(**EFFECTS)
    setattr(getattr(world, table)[0], field, value)
    assert times(world) == pytest.approx(expected)
    assert times(at_work()) == pytest.approx(1.0), "each effect can be switched off"


def test_causes_multiply() -> None:
    world = at_work(**EFFECTS)
    world.projects[0].plan_quality, world.teams[0].maturity = 0.5, 0.5
    world.members[0].fatigue, world.members[0].ramp = 0.5, 0.5
    assert times(world) == pytest.approx((1 + 1.0) * (1 - 0.25) * (1 + 0.2 + 0.75))
