"""Cancelling: a project is stopped when the rest costs more than it brings, or when its client gives up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import simulate_block
from sim.outcomes.reduce import reduce_run
from sim.rules import cancelling, completion, contracts
from sim.rules.budget import expected_hours, spent_hours
from sim.scenario import load
from sim.scenario.structures import PRESETS
from sim.world import (
    ACTIVE,
    BLOCKED,
    CANCELLED,
    DELIVERED,
    DROPPED,
    GIVEN_UP,
    NONE,
    NOT_WORTH_IT,
    READY,
    RUNNING,
    SATISFACTION,
    STARTING,
    WAITING,
)
from sim.world.rows import tables_of
from tests.sim.small import organisation

MERGED = PRESETS["merged"]
TWO = [("p", "a", "web", "80"), ("p", "b", "web", "80", "a"), ("q", "c", "web", "80")]
HOURS, COST = 160.0, 65.0


def office(tasks: Any = TWO, *, value: float = HOURS * 320.0, **assumptions: Any) -> DeliveryOrganisation:
    """A team of one, at work; every other effect is off. The first project brings `value` euro in all."""
    given = {"cancel_factor": 1.0, "member_cost": COST, "managers": 1} | assumptions
    team = organisation(tasks, **given)
    team.world.projects[0].value = value
    team.run(days=3)
    return team


def test_what_costs_more_than_it_brings_is_stopped_when_someone_looks_at_it() -> None:
    team = office()
    project = team.world.projects[0]
    left = expected_hours(team.world, 0) - spent_hours(team.world, 0)
    project.value = left * COST * 1.01
    cancelling.reconsider(team.world, 0)
    assert project.state == RUNNING
    project.value = left * COST * 0.99
    cancelling.reconsider(team.world, 0)
    assert (project.state, project.cause, project.cancelled) == (CANCELLED, NOT_WORTH_IT, 3.0)


@pytest.mark.parametrize(("duties", "stopped"), [((), True), (("budget", "stakeholders"), False)])
def test_where_nobody_looks_at_the_money_it_goes_on(duties: tuple[str, ...], stopped: bool) -> None:
    structure = MERGED
    for duty in duties:
        structure = structure.without(duty)
    team = office(structure=structure, value=1000.0)
    team.run(days=60)
    assert team.world.projects[0].state == (CANCELLED if stopped else DELIVERED)


def test_what_is_looked_at_later_is_stopped_later() -> None:
    stopped = []
    for every in (5.0, 15.0):
        team = office(structure=replace(MERGED, cadence={"budget": every}), value=1000.0)
        team.run(days=60)
        stopped.append(team.world.projects[0].cancelled)
    assert 0.0 < stopped[0] < stopped[1]


def test_what_was_to_bring_nothing_from_the_first_is_no_matter_of_money() -> None:
    team = office(value=0.0)
    team.run(days=60)
    assert team.world.projects[0].state == DELIVERED


def test_work_on_it_ends_at_once_and_nothing_of_it_waits_any_more() -> None:
    """One task in hand of two people and a specialist, one ready, one that has stopped and asks."""
    tasks = [
        ("p", "a", "web", "80", "", "security:1"),
        *(("p", name, "web", "80") for name in "bcd"),
        ("p", "e", "web", "80", "a"),
        ("q", "f", "web", "80"),
    ]
    unanswered = MERGED.without("planning").without("coordination").without("stakeholders")
    given = {"exception_rate": 0.05, "patience": 9.0}
    team = organisation(tasks, structure=unanswered, teams={"web": 2}, pools={"security": 1}, **given)
    world, project = team.world, team.world.projects[0]
    while {task.state for task in world.tasks[: project.n_tasks]} != {ACTIVE, READY, BLOCKED, WAITING}:
        team.step()
    cancelling.cancel(world, 0, NOT_WORTH_IT)
    assert {task.state for task in world.tasks[: project.n_tasks]} == {DROPPED}
    assert all(task.queue == NONE and task.matter == NONE for task in world.tasks[: project.n_tasks])
    assert [pool.used for pool in world.pools] == [0]
    assert not any(matter.open and matter.project == 0 for matter in world.matters)
    assert all(member.promised == (member.task != NONE) for member in world.members)
    assert (world.teams[0].running, project.queue) == (1, NONE)
    for member in world.members:
        assert member.task == NONE or world.tasks[member.task].project == 1
    team.run(days=60)
    assert world.projects[1].state == DELIVERED, "the team is free for the other one"
    assert {task.state for task in world.tasks[: project.n_tasks]} == {DROPPED}


def test_the_team_has_room_for_the_next_project() -> None:
    one_at_a_time = replace(MERGED, intake="when there is room", intake_limit=1)
    team = office(structure=one_at_a_time)
    projects = team.world.projects
    assert [p.state for p in projects] == [RUNNING, STARTING]
    cancelling.cancel(team.world, 0, NOT_WORTH_IT)
    team.run(days=1)
    assert [p.state for p in projects] == [CANCELLED, RUNNING]


def test_what_was_paid_stays_and_nothing_else_is_earned_or_gone_elsewhere() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    contracts.bill(world, 0)
    paid, left = project.paid, completion.hours_left(world, 0)
    assert paid > 0.0 and left > 0.0
    cancelling.cancel(world, 0, NOT_WORTH_IT)
    assert contracts.value_in_progress(world, 0) == 0.0
    assert project.abandoned_hours == world.clock[0].abandoned == pytest.approx(left)
    team.run(days=60)
    outcomes = reduce_run(tables_of(world))
    assert project.paid == paid
    assert outcomes["value_delivered"] == pytest.approx(paid + world.projects[1].value)
    assert outcomes["revenue_lost"] == outcomes["projects_withheld"] == 0.0
    assert (outcomes["cancelled_share"], outcomes["given_up_share"]) == (0.5, 0.0)
    assert 0.0 < outcomes["cancelled_at"] < 1.0


def test_penalties_end_with_it() -> None:
    team = office(deadline_day=1, late_penalty=0.01, late_penalty_most=0.9)
    world, project = team.world, team.world.projects[0]
    cancelling.cancel(world, 0, NOT_WORTH_IT)
    team.run(days=30)
    assert completion.fine(world, 0, world.clock[0].now) == pytest.approx(0.01 * 2.0 * project.value)


def test_one_that_should_be_stopped_as_it_truly_stands_counts_only_what_was_paid() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    assert contracts.value_in_progress(world, 0) > 0.0
    project.risk_hours += 10 * HOURS  # nobody has noticed
    assert expected_hours(world, 0) < 2 * HOURS
    project.rework_hours = 0.0
    project.done_before += 9 * HOURS
    assert contracts.value_in_progress(world, 0) == pytest.approx(
        completion.completion(world, 0) * project.value
    )
    project.value = 0.5 * completion.hours_left(world, 0) * COST
    assert contracts.value_in_progress(world, 0) == 0.0


# --- clients -----------------------------------------------------------------------------------------------


def late_office(satisfaction: float, deadline: int = 1, hazard: float = 0.2) -> DeliveryOrganisation:
    """A project that was due on day 1, of a client who is not content below 0.8."""
    given = {"content": 0.8, "first_satisfaction": 0.8, "give_up_hazard": hazard, "complaint_overrun": 0.1}
    team = organisation(TWO, managers=1, deadline_day=deadline, **given)
    team.run(days=1)  # content at first, or it would go elsewhere
    team.world.clients[0].satisfaction = satisfaction
    return team


def test_a_client_who_is_not_content_gives_up_what_exceeds_the_promise() -> None:
    team = late_office(0.2)
    team.run(days=40)
    project = team.world.projects[0]
    assert (project.state, project.cause) == (CANCELLED, GIVEN_UP)


def test_it_complains_of_the_project_before_and_someone_is_asked_to_care() -> None:
    team = late_office(0.7)
    world, project = team.world, team.world.projects[0]
    team.run(days=5)
    project.forbearance, project.complained = 0.0, 0
    before = world.counts[SATISFACTION].raised
    cancelling.try_clients_patience(world, 0)
    assert (world.counts[SATISFACTION].raised, project.complained, project.state) == (before + 1, 1, RUNNING)
    cancelling.try_clients_patience(world, 0)
    assert (project.state, project.cause) == (CANCELLED, GIVEN_UP)


def test_a_small_overrun_is_worth_no_complaint_and_nothing_is_given_up_for_it() -> None:
    team = late_office(0.2)
    team.world.projects[0].forbearance = 0.0
    team.world.given[0].complaint_overrun = 1000.0
    team.run(days=60)
    project = team.world.projects[0]
    assert (project.state, project.complained) == (DELIVERED, 0)


@pytest.mark.parametrize(("share", "cause"), [(0.0, GIVEN_UP), (0.6, GIVEN_UP), (0.6, NOT_WORTH_IT)])
def test_who_gives_a_project_up_pays_part_of_what_is_done_and_nobody_pays_what_we_stop(
    share: float, cause: int
) -> None:
    team = office(termination_pay=share)
    world, project = team.world, team.world.projects[0]
    project.paid = 100.0
    done = completion.completion(world, 0) * contracts.worth(world, 0)
    assert done > 100.0
    cancelling.cancel(world, 0, cause)
    paid = share * (done - 100.0) if cause == GIVEN_UP else 0.0
    assert project.paid == pytest.approx(100.0 + paid)
    assert world.clock[0].value == pytest.approx(paid)


@pytest.mark.parametrize(("satisfaction", "deadline"), [(0.8, 1), (0.2, 150)])
def test_a_content_client_goes_on_and_so_does_any_while_all_is_as_agreed(
    satisfaction: float, deadline: int
) -> None:
    team = late_office(satisfaction, deadline)
    team.run(days=60)
    assert team.world.projects[0].state == DELIVERED


def test_the_less_content_a_client_is_the_sooner_it_gives_up() -> None:
    days = []
    for satisfaction in (0.05, 0.4):
        team = late_office(satisfaction, hazard=1.0)
        team.run(days=60)
        days.append(team.world.projects[0].cancelled)
    assert 0.0 < days[0] < days[1]


@pytest.mark.parametrize("cause", [NOT_WORTH_IT, GIVEN_UP])
def test_the_client_is_disappointed_by_the_projects_share_of_its_business(cause: int) -> None:
    team = office(cancel_effect=0.4)
    world = team.world
    world.clients[0].business = 2.0 * world.projects[0].value
    before = world.clients[0].satisfaction
    cancelling.cancel(world, 0, cause)
    assert world.clients[0].satisfaction == pytest.approx(before * (1.0 - 0.4 / 2.0))


def test_how_patient_the_client_of_a_project_is_hangs_on_no_structure() -> None:
    patience = []
    for structure in (MERGED, PRESETS["agile"], MERGED.without("planning")):
        team = office(structure=structure, managers=2)
        patience.append([team.world.projects[k].forbearance for k in range(2)])
    assert patience[0] == patience[1] == patience[2]


# --- the rule in its own outcome ---------------------------------------------------------------------------


def differences(outcome: str, **assumptions: float) -> list[float]:
    """How an outcome of the example moves when assumptions do, future by future."""
    example = load("scenarios/scaleup.yaml").with_changes({"step_hours": 8, "horizon_days": 400})
    seen = []
    for given in ({}, assumptions):
        prepared = prepare(example.with_changes({"assumptions": given}), (MERGED,))
        rows = simulate_block(prepared, range(40))
        seen.append([kept[outcome] for *_, kept, error in rows if kept is not None and error is None])
    return [after - before for before, after in zip(*seen, strict=True)]


def surely(values: list[float]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    half = 3.1 * (sum((v - mean) ** 2 for v in values) / (len(values) - 1) / len(values)) ** 0.5
    return mean - half, mean + half


@pytest.mark.whole_runs
def test_without_clients_who_give_up_fewer_projects_are_cancelled_in_the_example() -> None:
    low, high = surely(differences("cancelled_share", give_up_hazard=0.0))
    assert low < high < 0.0


@pytest.mark.whole_runs
def test_where_prices_are_low_more_is_cancelled_for_its_cost() -> None:
    low, _ = surely(differences("cancelled_share", member_cost=200.0))
    assert low > 0.0


def test_what_was_all_done_when_it_was_stopped_counts_as_all_however_its_halves_add_up() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    cancelling.cancel(world, 0, NOT_WORTH_IT)
    project.earned = project.estimate_hours * (1.0 + 1e-15)
    assert reduce_run(tables_of(world))["cancelled_at"] == 1.0
