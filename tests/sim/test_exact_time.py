"""Work takes its hours, whatever the step: what becomes ready in the course of a step is begun in it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.scenario.structures import PRESETS, TEAM, Structure
from tests.sim.small import organisation

STEPS = pytest.mark.parametrize("step_hours", [8, 4, 2, 1])
MERGED = PRESETS["merged"]
TEAMS_OWN = Structure("merged by teams", MERGED.roles, dict.fromkeys(MERGED.holders, TEAM))
NOBODY_ALLOCATES = MERGED.without("allocation")


def chain(hours: Sequence[float], team: str = "web") -> list[tuple[str, ...]]:
    """Tasks of one project, each after the last."""
    names = [f"task {k}" for k in range(len(hours))]
    return [
        ("p", name, team, str(h), before) for name, h, before in zip(names, hours, ["", *names], strict=False)
    ]


def ends(office: DeliveryOrganisation) -> list[float]:
    """Days on which the tasks were done."""
    return [task.finished for task in office.world.tasks]


@STEPS
@pytest.mark.parametrize(
    "structure", [MERGED, PRESETS["separated"], NOBODY_ALLOCATES, TEAMS_OWN], ids=lambda s: s.name
)
def test_eight_tasks_of_an_hour_in_a_row_take_a_working_day(structure: Structure, step_hours: int) -> None:
    office = organisation(chain([1] * 8), structure=structure, teams={"web": 2}, step_hours=step_hours)
    office.run(days=2)  # what ends with the day is checked in no time, first thing in the next morning
    assert ends(office) == pytest.approx([k / 8 for k in range(1, 9)])
    assert office.world.projects[0].delivered == pytest.approx(1)


@STEPS
def test_hours_that_are_no_multiple_of_the_step_add_up(step_hours: int) -> None:
    office = organisation(chain([2.3, 0.7, 5.5, 1.9, 11.1]), step_hours=step_hours)
    office.run(days=4)
    assert ends(office) == pytest.approx([2.3 / 8, 3.0 / 8, 8.5 / 8, 10.4 / 8, 21.5 / 8])
    assert office.world.projects[0].delivered == pytest.approx(21.5 / 8)


@STEPS
def test_what_two_may_do_is_done_by_two_from_the_moment_that_it_is_ready(step_hours: int) -> None:
    tasks = [("p", "a", "web", "3"), ("p", "b", "web", "4", "a"), ("p", "c", "web", "5", "a")]
    office = organisation(tasks, teams={"web": 2}, step_hours=step_hours)
    office.run(days=1)
    assert ends(office) == pytest.approx([3 / 8, 7 / 8, 1])
    assert sum(team.idle for team in office.world.teams) == pytest.approx(16 - 12)


@STEPS
def test_nobody_begins_what_is_not_ready_yet(step_hours: int) -> None:
    """Though the second member has the whole step before them when the first is done in the middle of it."""
    office = organisation(chain([3, 6]), teams={"web": 2}, step_hours=step_hours)
    office.run(days=2)
    assert ends(office) == pytest.approx([3 / 8, 9 / 8])


@STEPS
def test_an_answer_takes_its_hours_and_no_more(step_hours: int) -> None:
    """Each of three tasks asks who should do it, which takes half an hour of a manager's attention."""
    office = organisation(chain([1, 1, 1]), step_hours=step_hours, allocation_hours=0.5)
    office.world.given[0].allocation_patience = 2.0
    office.run(days=1)
    answer = 0.5 / office.world.given[0].attention_hours
    assert ends(office) == pytest.approx([k * (answer + 1 / 8) for k in (1, 2, 3)])


@STEPS
def test_between_teams_a_hand_over_costs_a_step_at_most(step_hours: int) -> None:
    teams = ["web", "data"] * 3
    tasks = [(*row[:2], team, *row[3:]) for row, team in zip(chain([1] * 6), teams, strict=True)]
    office = organisation(tasks, teams={"web": 1, "data": 1}, step_hours=step_hours)
    office.run(days=7)
    assert ends(office)[-1] <= 6 / 8 + 5 * step_hours / 8
