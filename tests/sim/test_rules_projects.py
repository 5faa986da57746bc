"""Projects: plans, forecasts, ranks, risks, and the people who work on them."""

from __future__ import annotations

import math

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import delivery_duties, lending, network, people, projects, risks, scope, tasks, work
from sim.rules.responsibilities import owner_of
from sim.scenario.structures import PRESETS
from sim.world import (
    CONTAINED,
    DONE,
    KNOWN,
    MITIGATED,
    NONE,
    POOL_OUT,
    READY,
    RESOURCES,
    RUNNING,
    STARTING,
    STRUCK,
    UNKNOWN,
)
from tests.sim.serving import office as serving_office
from tests.sim.serving import ticket
from tests.sim.small import organisation

ONE = [("p", "a", "web", "400")]
TWO = [*ONE, ("q", "b", "web", "400")]


# --- plans and forecasts -----------------------------------------------------------------------------------


def test_no_work_before_the_first_plan() -> None:
    office = organisation(ONE, start_planning_hours=15, start_patience=100, attention_hours=5, managers=1)
    office.run(days=2)
    (project,) = office.world.projects
    assert (project.state, project.progress) == (STARTING, 0)
    office.run(days=2)
    assert (project.state, project.plan_quality) == (RUNNING, 1.0)
    assert project.progress > 0


def test_a_team_that_waited_too_long_for_a_plan_begins_without_one() -> None:
    unplanned = PRESETS["merged"].without("planning")
    office = organisation(ONE, structure=unplanned, start_patience=15)
    office.run(days=15)
    assert office.world.projects[0].state == STARTING
    office.run(days=1)
    (project,) = office.world.projects
    assert (project.state, project.plan_quality) == (RUNNING, 0)


def test_a_plan_that_nobody_keeps_up_loses_touch_with_the_work() -> None:
    kept = organisation(ONE, plan_decay=0.03)
    lost = organisation(ONE, structure=PRESETS["merged"].without("planning"), plan_decay=0.03)
    lost.run(days=1)
    lost.world.projects[0].plan_quality = 1.0
    for office in (kept, lost):
        office.run(days=30)
    assert lost.world.projects[0].plan_quality < 0.5 < kept.world.projects[0].plan_quality


def test_half_done_in_twenty_days_means_twenty_more() -> None:
    office = organisation([("p", "a", "web", "80"), ("p", "b", "web", "80", "a")])
    office.run(days=10)
    office.world.clock[0].now = 20.0
    assert projects.forecast_finish(office.world, 0, NONE) == pytest.approx(40)


def test_before_there_is_a_pace_managers_believe_the_plan() -> None:
    office = organisation(ONE, pace_known=0.1)
    assert projects.forecast_finish(office.world, 0, NONE) == office.world.projects[0].planned_days


def test_lateness_must_be_noticed_before_anybody_works_overtime() -> None:
    seen = organisation(TWO * 1, teams={"web": 1}, deadline_day=20, overtime=0.2)
    unseen = organisation(
        TWO * 1,
        teams={"web": 1},
        deadline_day=20,
        overtime=0.2,
        structure=PRESETS["merged"].without("timeline"),
    )
    for office in (seen, unseen):
        office.run(days=40)
    assert any(project.late for project in seen.world.projects)
    assert not any(project.late for project in unseen.world.projects)
    assert seen.world.teams[0].overtime > 0 == unseen.world.teams[0].overtime


# --- ranks -------------------------------------------------------------------------------------------------


def ranked(**assumptions: float) -> DeliveryOrganisation:
    office = organisation(TWO, **{"value_decay": 0.001, **assumptions})
    office.run(days=1)
    return office


def test_the_project_with_the_higher_cost_of_delay_for_its_remaining_work_goes_first() -> None:
    office = ranked()
    world = office.world
    owner = owner_of(world, 0, RESOURCES)
    world.projects[1].value *= 3
    delivery_duties.rank_projects(world, owner)
    first, second = world.projects[1], world.projects[0]
    assert first.rank == -1 < second.rank < 0
    world.projects[0].earned = 399.0
    delivery_duties.rank_projects(world, owner)
    assert world.projects[0].rank == -1


def test_hours_spent_are_no_work_done() -> None:
    """A project that took more than its estimate, with all of it still open, has not nearly finished."""
    world = ranked().world
    owner = owner_of(world, 0, RESOURCES)
    delivery_duties.rank_projects(world, owner)
    before = [project.rank for project in world.projects]
    world.projects[0].progress = 10_000.0
    delivery_duties.rank_projects(world, owner)
    assert [project.rank for project in world.projects] == before


def test_the_loudest_project_goes_first_until_somebody_ranks_again() -> None:
    world = ranked().world
    projects.push(world, 1)
    assert world.projects[1].rank < world.projects[0].rank
    world.clock[0].now += 1
    projects.push(world, 0)
    assert world.projects[0].rank < world.projects[1].rank
    delivery_duties.rank_projects(world, owner_of(world, 0, RESOURCES))
    assert min(project.rank for project in world.projects) == -1


def test_a_task_begun_is_half_done_even_while_it_waits_and_rework_takes_back_nothing() -> None:
    office = organisation([("p", "a", "web", "8"), ("p", "b", "web", "8"), ("p", "c", "web", "16")])
    world = office.world
    assert projects.share_done(world, 0, NONE) == 0
    office.run(days=2)
    assert projects.share_done(world, 0, NONE) == pytest.approx(16 / 32)
    left = world.projects[0].tasks_left
    scope.add_rework(world, 0, 4.0)
    assert world.projects[0].tasks_left == left + 1
    assert projects.share_done(world, 0, NONE) == pytest.approx(16 / 32)
    waiting = next(row for row, task in enumerate(world.tasks) if task.started < 0.0)
    assert world.tasks[waiting].state == READY
    network.take_task(world, 0, waiting)
    assert projects.share_done(world, 0, NONE) == pytest.approx((16 + world.tasks[waiting].estimate / 2) / 32)
    tasks.put_down(world, 0)
    tasks.line_up(world, waiting, NONE)
    assert projects.share_done(world, 0, NONE) == pytest.approx((16 + world.tasks[waiting].estimate / 2) / 32)


def test_weeks_without_a_project_to_rank_are_not_made_up_for() -> None:
    office = organisation(
        ONE, structure=PRESETS["merged"].without("timeline"), managers=1, week_days=5, resources_hours=1
    )
    office.world.projects[0].arrival = 100.0
    office.run(days=100)
    assert office.world.counts[RESOURCES].raised == 0
    office.run(days=20)
    assert office.world.counts[RESOURCES].raised == 1 + 4, "at once, then weekly"


def test_a_free_member_is_lent_to_where_work_piles_up() -> None:
    office = organisation(
        [("p", f"t{k}", "busy", "80") for k in range(6)] + [("p", "x", "calm", "8")],
        teams={"busy": 1, "calm": 2},
        managers=1,
        loan_gap_hours=24,
        loan_days=20,
        week_days=5,
    )
    office.run(days=10)
    lent = [member for member in office.world.members if member.team != member.home]
    assert len(lent) >= 1
    assert all(member.home == 1 and member.team == 0 for member in lent)


def test_tickets_that_wait_are_work_like_any_other_when_someone_is_lent() -> None:
    team = serving_office({"p": 8, "q": 8}, teams={"busy": 1, "calm": 2}, loan_gap_hours=24, loan_days=20)
    team.run(days=3)
    for row in range(4):
        ticket(team, row, hours=20, allowed=50)
    busy = team.world.tickets[0].team
    teams = team.world.teams
    assert lending.load_of_team(team.world, busy) == pytest.approx(80 / teams[busy].size)


# --- risks -------------------------------------------------------------------------------------------------


def at_risk(state: int, **assumptions: float) -> DeliveryOrganisation:
    office = organisation(
        ONE,
        structure=PRESETS["merged"].without("project_risk"),
        risks_a_project=1,
        risk_impact=0.1,
        known_impact=0.8,
        mitigated_impact=0.5,
        **{"strike_growth": 0.1, "strike_days": 1e6, **assumptions},
    )
    office.run(days=1)
    (risk,) = office.world.risks
    risk.state, risk.impact = state, 40.0
    return office


@pytest.mark.parametrize(("state", "hours"), [(UNKNOWN, 40), (KNOWN, 32), (MITIGATED, 20)])
def test_forewarned_is_forearmed(state: int, hours: float) -> None:
    office = at_risk(state)
    risks.strike(office.world, 0)
    assert office.world.projects[0].risk_hours == pytest.approx(hours)


def test_a_strike_grows_each_day_until_it_is_contained() -> None:
    office = at_risk(UNKNOWN)
    risks.strike(office.world, 0)
    office.world.projects[0].next_strike = 0.0  # as on the day of a strike
    office.run(days=5)
    assert office.world.projects[0].risk_hours == pytest.approx(40 + 5 * 4)
    risks.manage_risks(office.world, 0, 1, office.world.projects[0].risk_days, 1.0)
    assert office.world.risks[0].state == CONTAINED
    office.run(days=5)
    assert office.world.projects[0].risk_hours == pytest.approx(60)


def test_a_risk_is_found_first_and_mitigated_next() -> None:
    office = at_risk(UNKNOWN)
    states = []
    for _ in range(3):
        risks.manage_risks(office.world, 0, 1, office.world.projects[0].risk_days, 1.0)
        states.append(office.world.risks[0].state)
    assert states == [KNOWN, MITIGATED, MITIGATED]


def test_a_mitigated_risk_strikes_later() -> None:
    days = []
    for mitigated in (False, True):
        office = at_risk(KNOWN, mitigated_hazard=0.5)
        risk, project = office.world.risks[0], office.world.projects[0]
        risk.strikes_at = project.next_strike = 10.0
        office.run(days=3)
        if mitigated:
            risks.mitigate(office.world, 0, project.risk_days)
        while risk.state != STRUCK:
            office.step()
        days.append(risk.struck)
    assert days == [9.0, 9.0 + 6.0], "on the tenth day; six were left, which now take twice as long"


def test_a_risk_whose_hazard_is_gone_never_strikes() -> None:
    office = at_risk(KNOWN, mitigated_hazard=0.0)
    risks.mitigate(office.world, 0, 1.0)
    assert office.world.risks[0].strikes_at == math.inf
    office.run(days=100)
    assert office.world.risks[0].state == MITIGATED


def test_risks_are_looked_at_on_the_day_one_strikes_and_daily_while_it_lasts() -> None:
    office = at_risk(UNKNOWN, strike_days=2)
    risk, project = office.world.risks[0], office.world.projects[0]
    risk.strikes_at = project.next_strike = 4.0
    office.run(days=2)
    assert (risk.state, project.next_strike) == (UNKNOWN, 4.0)
    office.run(days=1)
    assert (risk.state, project.next_strike) == (STRUCK, 0.0)
    office.run(days=3)
    assert (risk.state, project.next_strike) == (CONTAINED, math.inf)


# --- people ------------------------------------------------------------------------------------------------


def test_overtime_tires_and_rest_restores() -> None:
    office = organisation(ONE, fatigue_gain=0.02, recovery=0.05)
    (member,) = office.world.members
    member.overtime = 2.0
    people.rest(office.world, 0)
    tired = member.fatigue
    assert tired == pytest.approx(0.04 * 0.95)
    member.overtime = 0.0
    people.rest(office.world, 0)
    assert member.fatigue == pytest.approx(tired * 0.95)


def test_a_newcomer_is_slower_until_grown_into_the_job() -> None:
    office = organisation(ONE, newcomer_speed=0.4, ramp_days=80)
    (member,) = office.world.members
    full = work.speed(office.world, 0, 0)
    member.ramp = 0.0
    assert work.speed(office.world, 0, 0) == pytest.approx(0.4 * full)
    for _ in range(80):
        people.rest(office.world, 0)
    assert work.speed(office.world, 0, 0) == pytest.approx(full)


def test_a_loan_ends_when_its_days_are_over_and_the_task_is_put_down() -> None:
    office = organisation(ONE, teams={"web": 1, "data": 1})
    world = office.world
    guest = world.members[1]
    people.change_team(world, 1, 0)
    guest.until, guest.task = 3.0, 0
    world.clock[0].now = 4.0
    people.move(world, 1)
    assert guest.team == 0, "not in the middle of a task"
    guest.task = NONE
    people.move(world, 1)
    assert guest.team == guest.home == 1


def test_big_teams_spend_more_of_each_day_in_meetings() -> None:
    shares = []
    for size in (3, 6, 9):
        office = organisation(ONE, teams={"web": size}, communication=0.0006)
        office.run(days=10)
        (team,) = office.teams
        shares.append(team.meetings / team.paid)
    assert shares == [pytest.approx(0.0006 * size * size) for size in (3, 6, 9)]


def test_meetings_ceremonies_and_own_duties_never_take_more_than_the_day() -> None:
    office = organisation(
        [(f"p{k}", "a", "web", "80") for k in range(5)],
        structure=PRESETS["agile"],
        teams={"web": 5},
        communication=0.1,
        communication_cap=0.6,
        ceremonies=0.3,
        timeline_hours=500,
        project_risk_hours=500,
    )
    office.run(days=20)
    (team,) = office.teams
    assert team.duties > 0
    assert team.paid == pytest.approx(20 * 8 * 5)
    assert team.meetings + team.ceremonies + team.duties <= team.paid + 1e-9


def test_turning_to_another_project_costs_a_member_time() -> None:
    office = organisation([("p", "a", "web", "8"), ("q", "b", "web", "8")], member_switch=2)
    office.run(days=3)
    (team,) = office.teams
    assert team.switching == 2
    assert team.productive == 16


@pytest.mark.parametrize(("contained_on", "ready_on"), [(None, 6), (3, 3)])
def test_specialists_who_are_out_take_on_nothing_until_it_is_over_or_contained(
    contained_on: int | None, ready_on: int
) -> None:
    office = organisation(
        [("p", "a", "web", "8"), ("p", "b", "web", "8", "a", "security:1")],
        structure=PRESETS["merged"].without("operational_risk"),
        pools={"security": 1},
        operational_risks=1,
        outage_chance=0,
        key_person_chance=0,
        supplier_chance=0,
        security_chance=0,
    )
    outage = next(k for k, risk in enumerate(office.world.risks) if risk.effect == POOL_OUT)
    office.world.risks[outage].impact = 5.0
    office.run(days=1)
    risks.strike(office.world, outage)
    office.world.teams[office.world.risks[outage].team].next_strike = 0.0
    task = office.world.tasks[1]
    while task.state != DONE:
        if office.now == contained_on:
            risks.contain(office.world, outage)
        office.step()
        assert task.state == (READY if office.now <= ready_on else DONE)
