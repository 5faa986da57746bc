"""Budgets: alarms that are shrunk towards the plan, cuts that are given back, and money that runs out."""

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import budget, scope
from sim.scenario.structures import PRESETS
from tests.sim.small import organisation

TWO = [("p", "a", "web", "80"), ("p", "b", "web", "80", "a")]


def office(**assumptions: float) -> DeliveryOrganisation:
    given = {"overrun_tolerance": 0.1, "cut_share": 0.5, "cut_depth": 0.5} | assumptions
    team = organisation(TWO, contingency=0.0, **given)
    team.run(days=1)
    return team


@pytest.mark.parametrize(("done", "expected"), [(0.0, 160.0), (0.1, 192.0), (0.9, 240.0)])
def test_what_was_seen_counts_against_the_plan_by_the_share_that_is_done(
    done: float, expected: float
) -> None:
    """160 hours are planned; so far it has taken half as much again (at a tenth done: 2.6 times in all)."""
    team = office(budget_prior=0.9)
    project = team.world.projects[0]
    project.earned, project.done_before, project.creep_hours = done * 160.0, 0.0, 0.0
    project.progress = {0.0: 8.0, 0.1: 48.0, 0.9: 288.0}[done]
    assert budget.expected_hours(team.world, 0) == pytest.approx(expected)


def test_an_early_alarm_is_a_small_one() -> None:
    alarms = []
    for prior in (0.0, 0.25):
        team = office(budget_prior=prior)
        project = team.world.projects[0]
        project.earned, project.progress = 8.0, 30.0
        alarms.append(budget.alarm_of(team.world, 0))
    assert alarms[0] == pytest.approx(600 - 160)
    assert alarms[1] == pytest.approx((600 - 160) * 0.05 / 0.3)


def test_what_was_cut_on_a_false_alarm_is_taken_in_again() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    before = sum(task.remaining for task in world.tasks)
    project.overrun = 60.0
    budget.settle_overrun(world, 0)
    assert project.approved_hours == pytest.approx(220.0)
    assert sum(task.remaining for task in world.tasks) == pytest.approx(before - 30.0)
    assert project.descoped == pytest.approx(30.0)
    project.progress, project.earned = 80.0, 80.0  # as planned after all
    assert budget.alarm_of(world, 0) == pytest.approx(-60.0)
    project.overrun = -60.0
    budget.settle_overrun(world, 0)
    assert project.approved_hours == pytest.approx(160.0)
    assert sum(task.remaining for task in world.tasks) == pytest.approx(before)
    assert project.descoped == project.descoped_hours == pytest.approx(0.0)


def test_nothing_is_given_back_that_was_not_cut() -> None:
    team = office()
    scope.restore_scope(team.world, 0, 50.0)
    assert team.world.projects[0].descoped_hours == 0.0


def test_money_that_is_used_up_is_noticed_once_stops_extras_and_costs_goodwill() -> None:
    team = office(overdraft_effect=0.2, creep_found=0.8)
    world, project = team.world, team.world.projects[0]
    client = world.clients[project.client]
    project.creep, content = 0.25, client.satisfaction
    project.progress = 170.0
    budget.notice_spending(world, 0)
    assert project.creep == 0.25, "within what is tolerated"
    project.progress = 177.0
    for _ in range(2):
        budget.notice_spending(world, 0)
        assert project.creep == pytest.approx(0.05)
        assert client.satisfaction == pytest.approx(0.8 * content)


def test_extras_end_some_day_also_where_nobody_holds_the_budget() -> None:
    """Who tolerates a tenth hears of the overrun; who tolerates everything pays for extras all along."""
    extras = {}
    for tolerance in (0.1, 10.0):
        team = organisation(
            TWO, structure=PRESETS["merged"].without("budget"), contingency=0.0, creep_growth=1.0,
            creep_most=0.6, creep_found=0.8, overrun_tolerance=tolerance,
        )  # fmt: skip
        team.run(days=150)
        assert team.world.projects[0].delivered > 0
        extras[tolerance] = team.world.projects[0].creep_hours
    assert 0.0 < extras[0.1] < 0.8 * extras[10.0]
