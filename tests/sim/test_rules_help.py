"""Colleagues: who has nothing to do takes up what holds work up, and who is away is covered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import attention, matters, tasks
from sim.rules.responsibilities import project_duty
from sim.scenario.structures import PRESETS, Structure
from sim.world import BLOCKED, COORDINATION, N_DUTIES, NONE, PLANNING, REPORTING
from tests.sim.small import organisation

SEPARATED = PRESETS["separated"]
ALONE = replace(SEPARATED, help=False, cover=False)
SPLIT = {"project_manager": 1, "delivery_manager": 1}
PLANNER, COORDINATOR = 0, 1


def pair(structure: Structure = SEPARATED, **assumptions: float) -> DeliveryOrganisation:
    """A planner and a coordinator on their first evening, with a project that runs."""
    made = organisation(
        [("p", "a", "web", "400")], structure=structure, managers=2, heads=SPLIT,
        **{"help_days": 1.0, **assumptions},
    )  # fmt: skip
    made.run(days=1)
    return made


def blocked(team: DeliveryOrganisation, duty: int = PLANNING, hours: float = 1.0) -> int:
    """A task waits for an answer. Returns its matter."""
    task = team.world.members[0].task
    tasks.put_down(team.world, 0)
    tasks.wait_in_state(team.world, task, BLOCKED)
    matters.raise_for_task(team.world, task, duty, hours, 1.0)
    return int(team.world.tasks[task].matter)


def busy(team: DeliveryOrganisation, manager: int, hours: float = 100.0) -> None:
    """Someone is at something that takes days."""
    duty = PLANNING if manager == PLANNER else COORDINATION
    responsibility = project_duty(team.world, 0, duty)
    matters.raise_matter(team.world, responsibility, hours, 0)
    row = team.world.responsibilities[responsibility].matter
    attention.take_up(team.world, manager, row)


def calls(team: DeliveryOrganisation) -> list[int]:
    """The matters that others may take up, longest first."""
    found, row = [], team.world.clock[0].first_call
    while row != NONE:
        found.append(int(row))
        row = team.world.matters[row].called_after
    return found


@pytest.mark.parametrize(("structure", "days"), [(SEPARATED, 2), (ALONE, 10)], ids=["help", "alone"])
def test_who_has_nothing_to_do_takes_up_what_holds_a_colleagues_people_up(
    structure: Structure, days: int
) -> None:
    """With help it is noticed after a day and answered on the next; without, it waits for its owner."""
    team = pair(structure)
    matter = team.world.matters[blocked(team)]
    team.world.managers[PLANNER].away_until = 10.0
    while matter.open:
        team.run(days=1)
    assert team.now == 1 + days


def test_what_its_owner_has_begun_with_or_is_routine_nobody_takes_away() -> None:
    team = pair()
    begun = blocked(team)
    assert calls(team) == [begun]
    attention.take_up(team.world, PLANNER, begun)
    assert calls(team) == []
    matters.raise_matter(team.world, project_duty(team.world, 0, REPORTING), 1.0, 0)
    assert calls(team) == []


def test_help_comes_only_after_a_while_and_from_an_empty_in_tray() -> None:
    team = pair()
    row = blocked(team)
    assert attention.choose(team.world, COORDINATOR) == NONE, "it has not held work up for a day"
    team.world.clock[0].now += 1.0
    busy(team, COORDINATOR)
    assert attention.choose(team.world, COORDINATOR) != row
    matters.give_up_on(team.world, team.world.managers[COORDINATOR].matter)
    assert attention.choose(team.world, COORDINATOR) == row


def test_a_helper_has_to_be_told_and_is_as_slow_as_someone_without_practice() -> None:
    team = pair(handoff_hours=0.5, learning_rate=0.2, experience_at_start=50)
    row = blocked(team, hours=2.0)
    team.world.clock[0].now += 1.0
    assert attention.choose(team.world, COORDINATOR) == row
    attention.take_up(team.world, COORDINATOR, row)
    assert team.world.matters[row].remaining == pytest.approx(2.0), "all the hours of a beginner"
    assert [manager.owed_handoffs for manager in team.managers] == [0.5, 0.5]
    assert team.world.experience[COORDINATOR * N_DUTIES + PLANNING].handled == 0
    before = team.world.experience[PLANNER * N_DUTIES + PLANNING].handled
    team.run(days=1)
    assert team.world.experience[COORDINATOR * N_DUTIES + PLANNING].handled == 1
    assert team.world.experience[PLANNER * N_DUTIES + PLANNING].handled == before


def test_nobody_helps_where_that_is_not_done() -> None:
    team = pair(ALONE)
    blocked(team)
    team.world.clock[0].now += 5.0
    assert attention.choose(team.world, COORDINATOR) == NONE


def test_what_is_no_longer_needed_leaves_the_list() -> None:
    team = pair()
    row = blocked(team)
    matters.give_up_on(team.world, row)
    assert calls(team) == []
    assert team.world.clock[0].last_call == NONE


def test_what_becomes_pressing_while_it_waits_joins_the_list_and_the_longest_comes_first() -> None:
    team = pair()
    responsibility = project_duty(team.world, 0, REPORTING)
    matters.raise_matter(team.world, responsibility, 1.0, 0)
    question = blocked(team)
    matters.raise_matter(team.world, responsibility, 1.0, 1)
    assert calls(team) == [question, team.world.responsibilities[responsibility].matter]


def test_who_is_away_is_covered_in_the_morning_by_a_colleague_who_is_told() -> None:
    team = organisation(
        [("p", "a", "web", "400")], structure=PRESETS["merged"], managers=2, handoff_hours=0.5, step_hours=4,
    )  # fmt: skip
    team.run(days=1)
    row = blocked(team)
    owner = int(team.world.matters[row].owner)
    team.world.managers[owner].away_until = 50.0
    attention.plan_day(team.world, owner)
    assert team.world.matters[row].owner == 1 - owner
    assert team.world.matters[row].handoff == 0.5
    assert team.world.managers[owner].owed_handoffs == 0


def test_what_comes_later_in_the_day_is_covered_on_the_next_morning() -> None:
    """A colleague once began with a question before it was asked."""
    team = organisation([("p", "a", "web", "400")], structure=PRESETS["merged"], managers=2)
    team.run(days=1)
    world = team.world
    world.clock[0].now += 0.7
    matter = world.matters[blocked(team)]
    owner = int(matter.owner)
    world.managers[owner].away_until = 50.0
    attention.plan_day(world, owner)
    assert matter.owner == owner
    world.clock[0].begun += 1.0
    attention.plan_day(world, owner)
    assert matter.owner == 1 - owner
