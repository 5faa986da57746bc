"""Milestones: its client accepts what there is of a project on the way, presented by someone or late."""

from __future__ import annotations

from typing import Any

import pytest

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import simulate_block
from sim.outcomes.reduce import reduce_run
from sim.rules import milestones
from sim.scenario import load
from sim.scenario.structures import PRESETS, Structure
from sim.world import BY_MILESTONE, DELIVERED, NONE, ON_DELIVERY
from sim.world.rows import tables_of
from tests.sim.small import organisation

MERGED = PRESETS["merged"]
SILENT = MERGED.without("reporting")
FOUR = [("p", "a", "web", "40"), *(("p", name, "web", "40", before) for before, name in ("ab", "bc", "cd"))]
VALUE = 16_000.0


def office(
    number: int = 3, structure: Structure = MERGED, contract: int = ON_DELIVERY, **assumptions: Any
) -> DeliveryOrganisation:
    """A project of four tasks of a week, one after another, with so many milestones."""
    given = {"managers": 1, "deadline_day": 40, "milestone_patience": 4.0} | assumptions
    team = organisation(FOUR, structure=structure, **given)
    project = team.world.projects[0]
    project.milestones, project.contract, project.value = number, contract, VALUE
    milestones.begin_milestones(team.world, 0)
    return team


def days_of_acceptance(team: DeliveryOrganisation) -> list[float]:
    """The days by the end of which milestones have been accepted, one after another."""
    days: list[float] = []
    while team.world.projects[0].state != DELIVERED:
        team.step()
        while len(days) < team.world.projects[0].milestones_accepted:
            days.append(team.world.clock[0].now)
    return days


def test_each_milestone_is_presented_when_its_share_of_the_work_is_done() -> None:
    team = office()
    done = []
    for number in range(1, 4):
        while team.world.projects[0].milestones_reached < number:
            team.step()
        done.append(sum(task.finished >= 0.0 for task in team.world.tasks))
    assert done == [1, 2, 3]


def test_what_has_only_begun_brings_no_milestone() -> None:
    """Half of it is earned on its first day, by the fifty-fifty rule; there is nothing to show."""
    team = office(number=7)
    team.run(days=2)
    project = team.world.projects[0]
    assert (project.earned, project.done_hours, project.milestones_reached) == (20.0, 0.0, 0)
    team.run(days=4)
    assert project.done_hours == 40.0
    assert project.milestones_reached == 2, "a task is worth two of eight parts"


def test_a_presented_milestone_is_accepted_at_once_and_else_when_the_client_looks_for_itself() -> None:
    presented, alone = days_of_acceptance(office()), days_of_acceptance(office(structure=SILENT))
    assert len(presented) == len(alone) == 3
    waits = [later - sooner for sooner, later in zip(presented, alone, strict=True)]
    assert all(3.0 <= wait <= 5.0 for wait in waits)


def test_without_milestones_nothing_is_presented() -> None:
    team = office(0)
    team.run(days=60)
    assert team.world.projects[0].milestones_reached == 0


@pytest.mark.parametrize(("structure", "delay"), [(MERGED, 0), (SILENT, 4)])
def test_what_has_changed_comes_out_in_full_when_a_milestone_is_accepted(
    structure: Structure, delay: int
) -> None:
    team = office(structure=structure, change_growth=0.5, report_fidelity=0.2)
    world, project = team.world, team.world.projects[0]
    while project.milestones_reached == 0:
        team.step()
        if project.milestones_reached == 0:
            project.undiscovered = 0.1
    team.run(days=delay + 1)
    assert project.milestones_accepted == 1
    assert project.undiscovered == 0.0
    assert project.drift_hours == pytest.approx(0.1 * 160.0 * 0.5)
    assert world.responsibilities[project.first_duty].matter == NONE


def test_presenting_takes_its_hours_on_top_of_a_report() -> None:
    hours = []
    for number in (0, 3):
        team = office(number, reporting_hours=2.0, milestone_hours=4.0, learning_rate=0.0)
        team.run(days=60)
        hours.append(reduce_run(tables_of(team.world))["attention_reporting"])
    assert hours[1] - hours[0] >= 3 * 4.0
    assert hours[1] - hours[0] <= 3 * (4.0 + 2.0)


def test_by_milestone_what_is_complete_is_paid_with_each() -> None:
    team = office(contract=BY_MILESTONE)
    project = team.world.projects[0]
    paid = []
    for number in range(1, 4):
        while project.milestones_accepted < number:
            team.step()
        paid.append(project.paid)
    assert all(0.0 < project_paid <= VALUE for project_paid in paid)
    assert paid == sorted(set(paid))
    assert paid[1] == pytest.approx(VALUE / 2, rel=0.3)
    while project.state != DELIVERED:
        team.step()
    assert project.paid == pytest.approx(VALUE)


def test_on_delivery_no_milestone_is_paid() -> None:
    team = office()
    while team.world.projects[0].milestones_accepted < 3:
        team.step()
    assert team.world.clock[0].value == 0.0


@pytest.mark.parametrize(("deadline", "share"), [(150, 0.0), (4, 1.0)])
def test_milestones_are_late_after_their_share_of_the_promised_time(deadline: int, share: float) -> None:
    team = office(deadline_day=deadline)
    team.run(days=100)
    assert reduce_run(tables_of(team.world))["milestones_late_share"] == share


def test_what_was_passed_before_the_first_day_is_not_presented_again() -> None:
    team = office()
    project = team.world.projects[0]
    project.done_hours = 90.0
    milestones.begin_milestones(team.world, 0)
    assert (project.milestones_reached, project.milestones_accepted, project.milestones_met) == (2, 2, 0)
    assert project.next_milestone == pytest.approx(120.0)


@pytest.mark.whole_runs
def test_without_anyone_who_reports_milestones_are_accepted_later_in_the_example() -> None:
    example = load("scenarios/scaleup.yaml").with_changes({"step_hours": 8, "horizon_days": 300})
    rows = simulate_block(prepare(example, (MERGED, SILENT)), range(10))
    late: dict[str, list[float]] = {}
    for name, _, kept, error in rows:
        assert kept is not None and error is None
        late.setdefault(name, []).append(kept["milestones_late_share"])
    more = [b - a for a, b in zip(*late.values(), strict=True)]
    mean = sum(more) / len(more)
    half = 3.2 * (sum((m - mean) ** 2 for m in more) / (len(more) - 1) / len(more)) ** 0.5
    assert mean - half > 0.0
