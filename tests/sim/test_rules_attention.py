"""A manager's attention: what it goes to, what it is lost to, and what haste does to it."""

from __future__ import annotations

from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import attention, matters
from sim.rules.duties import handle
from sim.rules.responsibilities import owner_of, project_duty
from sim.scenario.structures import PRESETS
from sim.world import (
    BUDGET,
    CONTAINED,
    COORDINATION,
    KNOWN,
    N_DUTIES,
    NONE,
    PLANNING,
    PROJECT_RISK,
    REPORTING,
    STAKEHOLDERS,
    STRUCK,
    TIMELINE,
    TRACKING,
    UNKNOWN,
    World,
)
from tests.sim.small import organisation

TWO = [("p", "a", "web", "400"), ("q", "b", "web", "400")]
SPLIT = {"project_manager": 1, "delivery_manager": 1}


def begun(**arguments: Any) -> DeliveryOrganisation:
    """An organisation on its first evening: projects have owners, nothing is open."""
    office = organisation(TWO, **{"managers": 1, **arguments})
    office.run(days=1)
    return office


def raised(world: World, project: int, duty: int, hours: float = 1.0, pressing: int = 0) -> int:
    """A matter about a project comes up, or comes up again. Returns its row."""
    responsibility = project_duty(world, project, duty)
    matters.raise_matter(world, responsibility, hours, pressing)
    return int(world.responsibilities[responsibility].matter)


# --- hand-offs ---------------------------------------------------------------------------------------------


def test_the_same_hands_take_less_over_a_follow_on_than_other_hands() -> None:
    lead = begun(same_hands=0.7, handoff_hours=0.5)
    pair = begun(structure=PRESETS["separated"], managers=2, heads=SPLIT, same_hands=0.7, handoff_hours=0.5)
    cost = []
    for office in (lead, pair):
        world = office.world
        follow_on = project_duty(world, 0, STAKEHOLDERS)
        matters.hand_on(world, owner_of(world, 0, BUDGET), follow_on, 3.0)
        row = world.matters[world.responsibilities[follow_on].matter]
        assert row.open
        cost.append((row.hours, row.handoff, sum(m.owed_handoffs for m in world.managers)))
    assert cost == [(pytest.approx(2.1), 0.0, 0.0), (3.0, 0.5, 0.5)]


def test_what_is_on_the_table_already_is_not_handed_on_again() -> None:
    world = begun().world
    raised(world, 0, STAKEHOLDERS, 3.0)
    matters.hand_on(world, 0, project_duty(world, 0, STAKEHOLDERS), 3.0)
    assert world.counts[STAKEHOLDERS].raised == 1


def test_a_matter_still_open_when_it_falls_due_again_is_missed() -> None:
    world = begun().world
    for _ in range(3):
        raised(world, 0, REPORTING)
    count = world.counts[REPORTING]
    assert (count.raised, count.missed) == (3, 2)


# --- haste and practice ------------------------------------------------------------------------------------


def test_a_manager_in_a_rush_takes_fewer_hours_and_errs_more() -> None:
    office = begun(comfortable_tray=2, rush_floor=0.6, wrong_answer=0.1)
    world = office.world
    calm = raised(world, 0, REPORTING, 4.0)
    attention.take_up(world, 0, calm)
    calm_hours, calm_error = world.matters[calm].remaining, attention.chance_of_error(world, 0, calm)
    for project in (0, 1):
        for duty in (PLANNING, BUDGET, STAKEHOLDERS):
            raised(world, project, duty)
    hasty = raised(world, 1, REPORTING, 4.0)
    attention.take_up(world, 0, hasty)
    assert world.matters[hasty].remaining < calm_hours
    assert attention.chance_of_error(world, 0, hasty) > calm_error


def test_haste_has_a_floor() -> None:
    world = begun(comfortable_tray=0.1, rush_floor=0.6).world
    for project in (0, 1):
        for duty in range(N_DUTIES):
            raised(world, project, duty)
    assert 0.6 < attention.rush(world, 0) < 0.61


def reviewed(duty: int, care: float) -> World:
    """A project in trouble, with a review of one duty by someone who takes so much of the hours it is due."""
    world = begun(detection=0.5, creep_found=0.5, report_fidelity=0.5).world
    project = world.projects[0]
    project.latent, project.stale, project.creep, project.plan_quality = 100.0, 100.0, 0.2, 0.5
    project.forecast, project.rework_hours = 500.0, 0.0
    matter_id = raised(world, 0, duty)
    world.matters[matter_id].care = care
    handle(world, matter_id, 0)
    return world


WHAT_A_REVIEW_MENDS = {
    TRACKING: lambda project: 100.0 - project.latent,
    REPORTING: lambda project: 100.0 - project.stale,
    BUDGET: lambda project: 0.2 - project.creep,
    PLANNING: lambda project: project.plan_quality - 0.5,
    TIMELINE: lambda project: 500.0 - project.forecast,
}


@pytest.mark.parametrize("duty", WHAT_A_REVIEW_MENDS)
def test_a_review_in_haste_is_as_much_worse_as_it_is_shorter(duty: int) -> None:
    calm, hasty = (WHAT_A_REVIEW_MENDS[duty](reviewed(duty, care).projects[0]) for care in (1.0, 0.7))
    assert calm > 0
    assert hasty == pytest.approx(0.7 * calm)


def test_in_haste_fewer_risks_are_looked_at_and_what_has_struck_comes_first() -> None:
    world = begun(risks_a_project=4, risk_hazard=1e-9).world
    (first, count) = (world.projects[0].first_risk, world.projects[0].n_risks)
    for risk_id, state in enumerate((UNKNOWN, UNKNOWN, UNKNOWN, STRUCK), first):
        world.risks[risk_id].state = state
    matter_id = raised(world, 0, PROJECT_RISK)
    world.matters[matter_id].care = 0.5
    handle(world, matter_id, 0)
    states = [world.risks[k].state for k in range(first, first + count)]
    assert states == [KNOWN, UNKNOWN, UNKNOWN, CONTAINED]


def test_practice_saves_time_and_prevents_errors() -> None:
    world = begun(learning_rate=0.2, learning_scale=20, experience_at_start=0, wrong_answer=0.2).world
    shares, errors = [], []
    question = raised(world, 0, PLANNING)
    for matters_handled in (0, 20, 200):
        for _ in range(matters_handled):
            attention.practise(world, 0, PLANNING)
        shares.append(attention.practice(world, 0, PLANNING))
        errors.append(attention.chance_of_error(world, 0, question))
    assert shares == sorted(shares, reverse=True)
    assert errors == sorted(errors, reverse=True)
    assert shares == pytest.approx([1.0, 2.0**-0.2, 12.0**-0.2], rel=1e-4), "the power law of practice"


def test_in_every_structure_people_begin_experienced_in_the_duties_they_hold() -> None:
    world = begun(
        structure=PRESETS["separated"], managers=2, heads=SPLIT, learning_rate=0.2, experience_at_start=50
    ).world
    planner, coordinator = 0, 1
    assert (
        attention.practice(world, planner, PLANNING) < 1 == attention.practice(world, planner, COORDINATION)
    )
    assert attention.practice(world, coordinator, COORDINATION) < 1


def test_careers_are_equally_long_so_who_holds_fourteen_duties_has_handled_half_as_many_of_each() -> None:
    handled = {}
    for name, heads in (("merged", None), ("separated", SPLIT), ("agile", None)):
        world = organisation(
            TWO, structure=PRESETS[name], managers=2, heads=heads, experience_at_start=50
        ).world
        for manager in range(2):
            rows = world.experience[manager * N_DUTIES : (manager + 1) * N_DUTIES]
            handled[name, manager] = [row.handled for row in rows if row.handled]
    in_all = {round(sum(rows), 9) for rows in handled.values()}
    assert in_all == {350}
    assert handled["merged", 0] == [25] * 14
    assert handled["separated", 0] == handled["separated", 1] == [50] * 7


# --- switching and choosing --------------------------------------------------------------------------------


def test_turning_to_another_subject_costs_time_and_to_the_other_family_more() -> None:
    world = begun(switch_subject=0.3, switch_family=0.2).world
    (manager,) = world.managers
    manager.subject, manager.family = 0, 0
    costs = []
    for project, duty in [(0, PLANNING), (1, PLANNING), (1, STAKEHOLDERS), (0, PLANNING)]:
        manager.owed_switching = 0.0
        matter_id = raised(world, project, duty)
        attention.take_up(world, 0, matter_id)
        costs.append(manager.owed_switching)
        matters.give_up_on(world, matter_id)
    assert costs == [0.0, 0.3, 0.2, 0.5]


@pytest.mark.parametrize("stuck_came_first", [True, False])
@pytest.mark.parametrize(("firefighting", "choice"), [(1.0, "stuck"), (0.0, "big")])
def test_a_firefighter_answers_who_is_stuck_first_and_a_strategist_the_bigger_project(
    firefighting: float, choice: str, stuck_came_first: bool
) -> None:
    world = begun(firefighting=firefighting, thread_bonus=0).world
    world.projects[0].weight = 5.0
    come = {"stuck": lambda: raised(world, 1, PLANNING, pressing=1), "big": lambda: raised(world, 0, BUDGET)}
    rows = {name: come[name]() for name in sorted(come, reverse=stuck_came_first)}
    assert attention.choose(world, 0) == rows[choice]


def test_what_nobody_feels_at_once_waits_longest() -> None:
    world = begun(firefighting=1, proactive_urgency=0.3, thread_bonus=0).world
    world.managers[0].subject = NONE
    risks, report = (raised(world, 0, duty) for duty in (4, REPORTING))
    world.clock[0].now += 5.0
    assert attention.priority(world, 0, report) > attention.priority(world, 0, risks)


def test_a_manager_stays_on_the_subject_at_hand() -> None:
    world = begun(thread_bonus=0.5).world
    world.managers[0].subject = 1
    raised(world, 0, PLANNING)
    here = raised(world, 1, PLANNING)
    assert attention.choose(world, 0) == here


def test_long_work_is_done_a_day_at_a_time() -> None:
    office = begun(attention_hours=6, learning_rate=0)
    matter_id = raised(office.world, 0, STAKEHOLDERS, 15.0)
    left = []
    for _ in range(3):
        office.run(days=1)
        left.append(office.world.matters[matter_id].remaining)
    assert left == [pytest.approx(9), pytest.approx(3), pytest.approx(0)]
    assert not office.world.matters[matter_id].open


# --- who must talk to whom ---------------------------------------------------------------------------------


# Teams and clients are dealt out by the hours that their care takes, and projects follow their clients.
CARE = {"satisfaction_hours": 1.0, "operational_risk_hours": 1.0}


def interfaces(office: DeliveryOrganisation) -> float:
    return sum(manager.interfaces for manager in office.managers) / 2


@pytest.mark.parametrize("n", [2, 4, 6])
def test_a_hub_costs_n_and_a_mesh_n_squared(n: int) -> None:
    """n people whose projects share a team: each with each, or each with the one who ranks for all."""
    shared = [(f"p{k}", "a", "web", "400") for k in range(n)]
    mesh = organisation(shared, managers=n, budget_hours=1, **CARE)
    hub = organisation(
        shared,
        structure=PRESETS["separated"],
        managers=n + 1,
        heads={"project_manager": n, "delivery_manager": 1},
        budget_hours=1,
        **CARE,
    )
    mesh.run(days=1)
    hub.run(days=1)
    assert interfaces(mesh) == n * (n - 1) / 2
    assert interfaces(hub) == n


def test_leads_whose_projects_share_nobody_need_not_talk() -> None:
    apart = [("p", "a", "web", "400"), ("q", "b", "data", "400")]
    office = organisation(apart, teams={"web": 1, "data": 1}, managers=2, budget_hours=1, **CARE)
    office.run(days=1)
    assert [manager.projects for manager in office.managers] == [1, 1]
    assert interfaces(office) == 0


def test_talking_takes_time_from_matters() -> None:
    office = begun(managers=2, sync_hours=2, attention_hours=6, budget_hours=1, **CARE)
    assert interfaces(office) == 1
    attention.plan_day(office.world, 0)
    assert office.managers[0].left == pytest.approx(6 - 2 / 5)


def test_when_the_projects_are_over_there_is_nothing_left_to_talk_about() -> None:
    office = organisation(
        [("p", "a", "web", "8"), ("q", "b", "web", "8")], managers=2, budget_hours=1, **CARE
    )
    office.run(days=1)
    assert interfaces(office) == 1
    office.run(days=20)
    assert interfaces(office) == 0
