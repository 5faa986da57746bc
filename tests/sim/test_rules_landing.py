"""Where extra work lands: on the few tasks that it is about."""

from __future__ import annotations

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import landing, scope
from sim.world import DONE, READY
from tests.sim.small import organisation

CHAIN = [
    ("p", "a", "web", "8"),
    ("p", "b", "web", "8", "a"),
    ("p", "c", "web", "8", "b"),
    ("p", "d", "web", "80", "c"),
]


def after(days: int, **assumptions: float) -> DeliveryOrganisation:
    """An organisation for a chain of tasks, a day each but the last, after some days."""
    office = organisation(CHAIN, touched_share=0.5, **assumptions)
    office.run(days=days)
    return office


def left(office: DeliveryOrganisation) -> list[float]:
    return [float(task.remaining) for task in office.world.tasks]


# --- work to be done again ---------------------------------------------------------------------------------


def test_rework_lands_on_what_is_in_hand_and_on_what_was_finished_last() -> None:
    office = after(4)
    assert left(office) == [0, 0, 0, 72]
    scope.add_rework(office.world, 0, 3.0)
    assert left(office) == [0, 0, 0, 75]
    scope.add_rework(office.world, 0, 42.0)
    assert left(office) == [0, 0, 2, 115]


def test_the_more_there_is_the_more_tasks_it_touches_and_all_of_it_lands() -> None:
    office = after(4)
    scope.add_rework(office.world, 0, 46.0)
    assert left(office) == [0, 2, 4, 112]
    scope.add_rework(office.world, 0, 400.0)
    assert sum(left(office)) == pytest.approx(72 + 446)


def test_a_finished_task_reopens_for_who_did_it() -> None:
    office = after(3)
    world = office.world
    assert [task.state for task in world.tasks[:3]] == [DONE] * 3
    open_before = world.projects[0].tasks_left
    landing.land_on_finished(world, 0, 4.0)
    assert (world.tasks[2].state, world.tasks[2].member) == (READY, 0)
    assert world.projects[0].tasks_left == open_before + 1


def test_what_was_corrected_is_right_and_the_next_rework_lands_elsewhere() -> None:
    office = organisation(CHAIN, teams={"web": 2}, touched_share=0.5)
    office.run(days=4)
    touched = []
    for _ in range(3):
        landing.land_on_finished(office.world, 0, 2.0)
        touched.append([k for k, task in enumerate(office.world.tasks[:3]) if task.remaining > 0])
        office.run(days=1)
        assert left(office)[:3] == [0, 0, 0]
    assert touched == [[2], [1], [0]]


def test_a_project_of_one_task_takes_all_of_it_there() -> None:
    office = organisation([("p", "a", "web", "80")], touched_share=0.1)
    office.run(days=1)
    scope.add_rework(office.world, 0, 30.0)
    assert office.world.tasks[0].remaining == 72 + 30


# --- new work ----------------------------------------------------------------------------------------------


def test_new_work_lands_on_what_follows_from_what_is_in_hand() -> None:
    office = after(1)
    landing.land_ahead(office.world, 0, 2.0)
    assert left(office) == [0, 10, 8, 80]
    landing.land_ahead(office.world, 0, 7.0)
    assert left(office) == [0, 14, 11, 80]


def test_new_work_at_the_end_of_a_project_reopens_what_was_finished_last() -> None:
    office = after(4)
    landing.land_ahead(office.world, 0, 6.0)
    assert left(office) == [0, 2, 4, 72]


def test_milestones_take_no_extra_work() -> None:
    office = organisation(
        [("p", "a", "web", "8"), ("p", "gate", "web", "0", "a"), ("p", "b", "web", "8", "gate")],
        touched_share=0.5,
    )
    landing.land_ahead(office.world, 0, 3.0)
    assert left(office) == [8, 0, 11]
    office.run(days=1)
    scope.add_rework(office.world, 0, 4.0)
    assert left(office) == [4, 0, 11]
