"""Intake: where teams take on only so many projects at a time, planned ones wait until there is room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.scenario.structures import PRESETS, Structure
from sim.world import CHECKING, DELIVERED, RUNNING, STARTING
from tests.sim.small import organisation

MERGED = PRESETS["merged"]
THREE = [(name, "work", "web", "40") for name in "pqr"]


def one_at_a_time(**ingredients: Any) -> Structure:
    return replace(MERGED, intake="when there is room", intake_limit=1, **ingredients)


def office(structure: Structure, tasks: Any = THREE, **others: Any) -> DeliveryOrganisation:
    return organisation(tasks, structure=structure, managers=1, **{"teams": {"web": 1}, **others})


def states(team: DeliveryOrganisation) -> list[int]:
    return [project.state for project in team.world.projects]


def test_without_a_limit_all_begin_at_once() -> None:
    team = office(MERGED)
    team.run(days=2)
    assert states(team) == [RUNNING] * 3


def test_with_a_limit_the_next_begins_when_one_is_delivered() -> None:
    team = office(one_at_a_time())
    team.run(days=2)
    assert states(team) == [RUNNING, STARTING, STARTING]
    seen = set()
    while states(team) != [DELIVERED] * 3:
        team.run(days=1)
        begun = states(team).count(RUNNING) + states(team).count(CHECKING)
        seen.add(begun)
        assert team.teams[0].running == begun
    assert seen <= {0, 1}


def test_the_wait_is_part_of_the_lead_time() -> None:
    team = office(one_at_a_time())
    team.run(days=40)
    arrived, delivered = zip(*((p.arrival, p.delivered) for p in team.world.projects), strict=True)
    assert set(arrived) == {0.0}
    assert delivered[0] < delivered[1] < delivered[2]


@pytest.mark.parametrize(("ranks", "next_one"), [("own", 2), ("one", 2), ("nobody", 1)])
def test_who_ranks_says_which_is_next_and_where_nobody_does_it_is_who_came_first(
    ranks: Any, next_one: int
) -> None:
    team = office(one_at_a_time(ranks=ranks), resources_hours=0.1)
    for project, value in zip(team.world.projects, (1.0, 1.0, 1000.0), strict=True):
        project.value = value
    while states(team).count(DELIVERED) == 0:
        team.run(days=1)
    team.run(days=1)
    assert states(team)[next_one] == RUNNING


def test_each_team_has_room_of_its_own() -> None:
    tasks = [*THREE, ("s", "work", "data", "40")]
    team = office(one_at_a_time(), tasks, teams={"web": 1, "data": 1})
    team.run(days=2)
    assert states(team) == [RUNNING, STARTING, STARTING, RUNNING]


def test_after_a_change_to_a_structure_without_a_limit_what_waited_begins() -> None:
    team = office(one_at_a_time().changing_to(replace(MERGED, name="at once"), 2))
    team.run(days=5)
    assert STARTING not in states(team)
    assert team.world.clock[0].queued == 0
