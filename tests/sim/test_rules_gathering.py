"""A team's meetings, sprints and own duties: what they cost members and the managers who sit with them."""

from dataclasses import replace

import pytest

from sim.rules import attention, gathering, people, tasks
from sim.rules.matters import raise_for_task, raise_matter
from sim.rules.responsibilities import project_duty
from sim.scenario.structures import PRESETS, TEAM, Structure
from sim.world import BLOCKED, DONE, N_DUTIES, PLANNING, World
from tests.sim.small import organisation

ONE = [("p", "a", "web", "80")]


def held_by_team(*duties: str) -> Structure:
    merged = PRESETS["merged"]
    return replace(merged, holders={**merged.holders, **dict.fromkeys(duties, TEAM)})


def ask(world: World, hours: float, luck: float = 1.0) -> None:
    """The first task waits for an answer that its team gives itself."""
    tasks.put_down(world, 0)
    tasks.wait_in_state(world, 0, BLOCKED)
    raise_for_task(world, 0, PLANNING, hours, luck)


def test_everyone_meets_whatever_the_rhythm_and_sprints_add_to_it() -> None:
    shares = {}
    for name in ("merged", "agile"):
        office = organisation(
            ONE,
            structure=PRESETS[name],
            teams={"web": 5},
            meetings=0.18,
            communication=0.0004,
            ceremonies=0.04,
        )
        office.run(days=10)
        (team,) = office.teams
        shares[name] = (team.meetings / team.paid, team.ceremonies / team.paid)
    assert shares["merged"] == (pytest.approx(0.19), 0.0)
    assert shares["agile"] == (pytest.approx(0.19), pytest.approx(0.04))


def test_a_team_answers_only_as_fast_as_its_hours_are_paid() -> None:
    """Twelve hours of a team of one that gives at most half of its day: three days, then the task goes on."""
    office = organisation(ONE, structure=held_by_team("planning"), team_duty_cap=0.5)
    office.run(days=1)
    ask(office.world, 12.0)
    office.run(days=2)
    assert office.world.tasks[0].state == BLOCKED
    office.run(days=1)
    assert office.world.tasks[0].state != BLOCKED
    assert office.teams[0].duties == pytest.approx(12.0)


def test_a_team_pays_for_turning_to_another_subject_as_a_manager_does() -> None:
    office = organisation(ONE, structure=held_by_team("planning"), switch_subject=0.5)
    office.run(days=1)
    for hours in (1.5, 1.0):  # the second question is about the project that is at hand
        ask(office.world, 1.0)
        before = office.teams[0].duties
        office.run(days=1)
        assert office.teams[0].duties - before == pytest.approx(hours)


def test_a_team_learns_and_loses_with_a_member_what_the_successor_has_not() -> None:
    office = organisation(
        ONE, structure=held_by_team("planning"), teams={"web": 2}, learning_rate=0.2, learning_scale=20,
        experience_at_start=50, successor_experience=0.4,
    )  # fmt: skip
    world = office.world
    row = gathering.team_as_holder(world, 0) * N_DUTIES + PLANNING
    first = world.experience[row].practice
    assert first == pytest.approx((1 + 50 / 20) ** -0.2)
    office.run(days=1)
    ask(world, 1.0)
    office.run(days=1)
    assert world.experience[row].practice < first

    handled = world.experience[row].handled
    people.resign(world, 0)
    assert world.experience[row].handled == pytest.approx(handled * (1 - 0.6 / 2))


def test_what_calls_loudest_is_answered_first_by_a_team_too() -> None:
    office = organisation(
        ONE, structure=held_by_team("planning"), planning_hours=6, team_duty_cap=0.5, firefighting=0.6,
        urgent_days=3, blocking_urgency=1.5,
    )  # fmt: skip
    world = office.world
    office.run(days=1)

    raise_matter(world, project_duty(world, 0, PLANNING), 6.0, 0)
    ask(world, 4.0)
    office.run(days=1)
    assert world.tasks[0].state != BLOCKED
    assert office.teams[0].duties == pytest.approx(4.0)


def test_who_holds_the_process_and_who_plans_sit_in_a_teams_sprint_meetings() -> None:
    """Two projects in one team: each owner sits in half of the meetings, the scrum master in all."""
    office = organisation(
        [("p", "a", "web", "80"), ("q", "b", "web", "80")],
        structure=PRESETS["agile"], managers=3, heads={"product_owner": 2, "scrum_master": 1},
        sprint_sitting=0.4, sync_cap=0.4,
    )  # fmt: skip
    office.run(days=1)
    world = office.world
    for project_id in (0, 1):
        world.responsibilities[project_duty(world, project_id, PLANNING)].owner = project_id
    gathering.seat_managers(world)
    assert [manager.sitting for manager in office.managers] == pytest.approx([0.2, 0.2, 0.4])
    before = [manager.on_sync for manager in office.managers]
    for manager in office.managers:
        attention.plan_day(world, manager.row)
    spent = [m.on_sync - b for m, b in zip(office.managers, before, strict=True)]
    assert spent == pytest.approx([0.2, 0.2, 0.4])


def test_without_sprints_no_manager_sits_in_their_meetings() -> None:
    office = organisation(ONE, sprint_sitting=0.4)
    office.run(days=30)
    assert all(manager.on_sync == 0.0 for manager in office.managers)
    assert all(task.state == DONE for task in office.world.tasks)
