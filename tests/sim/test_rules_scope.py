"""What clients want and what they get: changed wants, feedback, creep, defects, cuts."""

from __future__ import annotations

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import scope
from sim.scenario.structures import PRESETS
from sim.world import CHECKING, DELIVERED, DONE
from tests.sim.small import organisation

ONE = [("p", "a", "web", "80")]


def half_way(days: int = 5, **assumptions: float) -> DeliveryOrganisation:
    """An organisation in the middle of its one task; nobody reports to the client unless a test does."""
    office = organisation(ONE, structure=PRESETS["merged"].without("reporting"), **assumptions)
    office.run(days=days)
    return office


# --- changed wants -----------------------------------------------------------------------------------------


def test_a_later_feedback_finds_more_stale_work() -> None:
    rework = []
    for days in (1, 3, 6):
        office = half_way(days=1)
        (project,) = office.world.projects
        project.undiscovered = 0.2
        office.run(days=days)
        scope.give_feedback(office.world, 0, 1.0)
        rework.append(project.rework_hours)
    assert rework == [pytest.approx(0.2 * 8 * days) for days in (1, 3, 6)]


def test_a_report_brings_out_a_part_and_acceptance_the_rest() -> None:
    office = half_way()
    (project,) = office.world.projects
    project.undiscovered, project.stale = 0.2, 10.0
    scope.give_feedback(office.world, 0, 0.35)
    assert (project.rework_hours, project.undiscovered) == (pytest.approx(3.5), pytest.approx(0.13))
    scope.give_feedback(office.world, 0, 1.0)
    assert (project.rework_hours, project.undiscovered) == (pytest.approx(10), 0)


def test_what_is_too_little_to_talk_about_waits_for_the_next_report() -> None:
    office = half_way(least_rework_hours=2)
    (project,) = office.world.projects
    project.stale = 3.0
    scope.give_feedback(office.world, 0, 0.5)
    assert (project.stale, project.rework_hours) == (3.0, 0.0)
    project.stale = 6.0
    scope.give_feedback(office.world, 0, 0.5)
    assert (project.stale, project.rework_hours) == (3.0, 3.0)


def test_a_change_that_is_noticed_becomes_scope() -> None:
    office = half_way(change_growth=0.5)
    (project,) = office.world.projects
    project.undiscovered = 0.1
    left = office.world.tasks[0].remaining
    scope.give_feedback(office.world, 0, 1.0)
    assert project.drift_hours == pytest.approx(0.1 * 80 * 0.5)
    assert office.world.tasks[0].remaining == pytest.approx(left + project.drift_hours)


# --- creep -------------------------------------------------------------------------------------------------


def test_creep_grows_with_work_until_somebody_looks_at_the_budget() -> None:
    reviewed = organisation([("p", "a", "web", "800")], creep_growth=0.5, creep_found=0.8, month_days=21)
    unseen = organisation(
        [("p", "a", "web", "800")], structure=PRESETS["merged"].without("budget"), creep_growth=0.5
    )
    for office in (reviewed, unseen):
        office.run(days=60)
    assert 0 < reviewed.world.projects[0].creep_hours < unseen.world.projects[0].creep_hours
    assert unseen.world.tasks[0].remaining > reviewed.world.tasks[0].remaining


def test_creep_never_takes_all_of_the_work() -> None:
    office = organisation(
        [("p", "a", "web", "800")],
        structure=PRESETS["merged"].without("budget"),
        creep_growth=5.0,
        creep_most=0.3,
    )
    office.run(days=100)
    assert office.world.projects[0].creep == 0.3


# --- defects -----------------------------------------------------------------------------------------------


def test_nobody_holding_tracking_delivers_at_once_with_all_defects() -> None:
    careless = organisation(ONE, structure=PRESETS["merged"].without("tracking"), defect_rate=0.2)
    careless.run(days=10)
    (project,) = careless.world.projects
    assert (project.state, project.delivered) == (DELIVERED, 10)
    assert project.escaped == pytest.approx(0.2 * 80)


def test_a_check_before_delivery_finds_most_defects_and_takes_time() -> None:
    careful = organisation(ONE, defect_rate=0.2, detection=0.6, check_patience=8, tracking_hours=3)
    careful.run(days=10)
    (project,) = careful.world.projects
    assert project.state == CHECKING
    careful.run(days=10)
    assert project.state == DELIVERED
    assert project.delivered > 10
    assert project.rework_hours == pytest.approx(0.6 * 16)
    assert project.escaped == pytest.approx(0.4 * 16 + 0.2 * 0.6 * 16), (
        "what was missed, and what repair left"
    )


def test_a_project_that_nobody_finds_time_to_check_goes_out_unchecked() -> None:
    office = organisation(ONE, defect_rate=0.2, check_patience=3, tracking_hours=1000, attention_hours=1)
    office.run(days=20)
    (project,) = office.world.projects
    assert (project.state, project.escaped) == (DELIVERED, pytest.approx(16))
    assert 12 <= project.delivered <= 14


# --- more work and less ------------------------------------------------------------------------------------


def test_a_cut_takes_what_is_not_begun_the_last_first_and_never_all_of_a_task() -> None:
    office = organisation([("p", f"t{k}", "web", "40") for k in range(3)], cut_depth=0.5)
    office.run(days=1)
    scope.cut_scope(office.world, 0, 30.0)
    begun, middle, last = sorted(office.world.tasks, key=lambda task: -task.started)
    assert begun.remaining == 32
    assert sorted([middle.remaining, last.remaining]) == [20, 30]
    assert office.world.tasks[2].remaining == 20 or office.world.tasks[2] is begun
    scope.cut_scope(office.world, 0, 1000.0)
    assert office.world.projects[0].descoped_hours == pytest.approx(30 + 10 + 15)
    assert office.world.projects[0].descoped == pytest.approx(30 + 10 + 15)
    assert all(task.state != DONE for task in office.world.tasks)


def test_scope_given_up_is_counted_in_estimates_whatever_the_effort() -> None:
    office = organisation([("p", f"t{k}", "web", "40") for k in range(2)], cut_depth=0.5)
    office.run(days=1)
    project, last = office.world.projects[0], office.world.tasks[1]
    last.effort = last.remaining = 200.0
    scope.cut_scope(office.world, 0, 50.0)
    assert (project.descoped_hours, project.descoped) == (50, pytest.approx(10))
