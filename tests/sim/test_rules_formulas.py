"""Single formulas of rules, pinned: what slows, what costs, what comes more seldom, and by how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.rules import (
    contracts,
    delivery_duties,
    gathering,
    ownership,
    people,
    project_duties,
    projects,
    ranking,
    services,
    tasks,
    work,
)
from sim.rules.matters import open_matter, raise_for_task
from sim.rules.responsibilities import team_duty
from sim.scenario.structures import PRESETS
from sim.world import BLOCKED, BUDGET, NONE, PLANNING, PROCESS, REPORTING, STAKEHOLDERS, TEAM
from tests.sim.serving import office
from tests.sim.small import organisation

ONE = [("p", "a", "web", "80")]


@pytest.mark.parametrize(("maturity", "share"), [(0.0, 1.0), (0.5, 0.8), (1.0, 0.6)])
def test_fewer_tickets_come_to_a_mature_team(maturity: float, share: float) -> None:
    world = office({"p": 8}, ticket_maturity_effect=0.4).world
    service = world.services[0]
    service.rate, world.teams[0].maturity = 0.25, maturity
    world.tickets[service.next_ticket].gap = 100.0
    services.receive_tickets(world, 0)
    assert service.exposure == pytest.approx(0.25 * share)


def test_a_member_is_slower_with_another_team() -> None:
    world = organisation(ONE, teams={"web": 1, "data": 1}, loan_speed=0.8).world
    at_home = work.pace(world, 1)
    people.change_team(world, 1, 0)
    assert work.pace(world, 1) == pytest.approx(0.8 * at_home)


@pytest.mark.parametrize(("cut", "share"), [(0.0, 1.0), (20.0, 0.85), (80.0, 0.4)])
def test_scope_that_is_given_up_costs_value_but_less_than_its_share(cut: float, share: float) -> None:
    world = organisation(ONE, cut_value=0.6).world
    project = world.projects[0]
    project.value, project.descoped = 1000.0, cut
    assert contracts.worth(world, 0) == pytest.approx(1000.0 * share)


def test_what_is_worth_nothing_any_more_costs_nothing_beside() -> None:
    world = organisation(ONE, cut_value=10.0).world
    world.projects[0].descoped = 40.0
    assert contracts.worth(world, 0) == 0.0


@pytest.mark.parametrize(("structure", "left"), [("merged", 0.65), ("agile", 0.3)])
def test_a_sprint_review_brings_out_more_than_a_report(structure: str, left: float) -> None:
    team = organisation(ONE, structure=PRESETS[structure], report_fidelity=0.35, review_fidelity=0.7)
    team.run(days=5)
    project = team.world.projects[0]
    project.undiscovered, project.stale = 0.2, 20.0
    project_duties.report(team.world, open_matter(team.world, project.first_duty + REPORTING, 1.0, 0))
    assert project.stale == pytest.approx(20.0 * left)
    assert project.undiscovered == pytest.approx(0.2 * left)


def test_each_retrospective_brings_less_than_the_one_before() -> None:
    world = organisation(ONE, first_maturity=0.5, maturity_gain=0.2).world
    for maturity in (0.6, 0.68, 0.744):
        delivery_duties.improve_process(world, open_matter(world, team_duty(world, 0, PROCESS), 1.0, 0))
        assert world.teams[0].maturity == pytest.approx(maturity)


@pytest.mark.parametrize(("forecast", "cost"), [(10.0, 1.0), (11.0, 3.0)])
def test_a_days_delay_costs_penalties_only_where_the_project_is_expected_late(
    forecast: float, cost: float
) -> None:
    world = organisation(ONE, value_decay=0.001, late_penalty=0.002).world
    project = world.projects[0]
    project.value, project.deadline, project.forecast = 1000.0, 10.0, forecast
    assert ranking.cost_of_delay(world, 0) == pytest.approx(cost)


@pytest.mark.parametrize(("luck", "rework"), [(0.1, 12.0), (0.2, 0.0)])
def test_a_team_that_answers_its_own_questions_errs_like_anyone_without_practice(
    luck: float, rework: float
) -> None:
    holders = {**PRESETS["merged"].holders, "planning": "team"}
    own = replace(PRESETS["merged"], holders=holders)
    team = organisation(ONE, structure=own, wrong_answer=0.15, wrong_answer_hours=12)
    team.run(days=2)
    world = team.world
    tasks.put_down(world, 0)
    tasks.wait_in_state(world, 0, BLOCKED)
    raise_for_task(world, 0, PLANNING, 1.5, luck)
    gathering.hold_duties(world, 0, 8.0, 8.0)
    assert world.projects[0].rework_hours == rework


# --- forecasts and overruns --------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "finish"), [(5.0, 10.0), (20.0, 40.0)])
def test_a_project_behind_its_plan_is_expected_to_go_on_at_its_pace(now: float, finish: float) -> None:
    """Half done: as planned, ten days, while it is in time; twice the days gone when it is not."""
    world = organisation(ONE).world
    project = world.projects[0]
    project.planned_days, project.earned = 10.0, 40.0
    world.clock[0].now = now
    assert projects.forecast_finish(world, 0, NONE) == pytest.approx(finish)


def test_a_team_that_checks_dates_itself_sees_its_own_tasks_only() -> None:
    world = organisation(
        [("p", "a", "web", "80"), ("p", "b", "data", "40")], teams={"web": 1, "data": 1}
    ).world
    project = world.projects[0]
    tasks.earn(world, 0, 1.0)
    views = [projects.view_of(owner, project.home) for owner in (0, TEAM)]
    assert [projects.share_done(world, 0, view) for view in views] == pytest.approx([80 / 120, 1.0])


@pytest.mark.parametrize(("spent", "asked"), [(44.0, 0), (45.0, 1)])
def test_an_overrun_beyond_tolerance_is_for_the_stakeholders(spent: float, asked: int) -> None:
    """Half done: eighty hours budgeted, a tenth of them tolerated."""
    world = organisation(
        ONE, structure=PRESETS["merged"].without("stakeholders"), overrun_tolerance=0.1
    ).world
    project = world.projects[0]
    project.earned, project.progress = 40.0, spent
    project.budget_hours = project.approved_hours = 80.0
    project_duties.review_budget(world, open_matter(world, project.first_duty + BUDGET, 1.0, 0))
    assert (world.responsibilities[project.first_duty + STAKEHOLDERS].matter != NONE) == asked
    assert project.overrun == pytest.approx(2.0 * spent - 80.0 if asked else 0.0)


# --- who looks after what ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("load", "taker"), [(0.0, 1), (5.0, 1), (5.1, 0)])
def test_a_client_stays_with_whoever_knows_it_unless_a_colleague_has_much_less_to_do(
    load: float, taker: int
) -> None:
    """By more than the work of the new project."""
    world = organisation(ONE, same_client_slack=1.0).world
    world.accounts[0] = 1
    world.managers[0].load, world.managers[1].load = 0.0, load
    assert ownership.who_takes(world, 0, 0, 5.0) == taker
    assert world.accounts[0] == taker
