"""Lags, and starts and ends that hang on starts and ends: dates as they are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.recording.causes import causes_of, lead_days
from sim.recording.recorder import record
from sim.rules.cancelling import cancel
from sim.world import DROPPED, GIVEN_UP, HELD
from tests.sim.small import organisation
from validation.networks import LEFT_ALONE, without_managers

Row = tuple[str, float, str]
"""Name, hours, predecessors."""


def run(rows: Sequence[Row], step_hours: int = 8, days: float = 60) -> DeliveryOrganisation:
    """One project, somebody for every task, and nothing that holds work up but its order."""
    tasks = [("shop", name, "web", str(hours), before) for name, hours, before in rows]
    model = organisation(
        tasks,
        structure=without_managers("merged alone"),
        teams={"web": len(rows)},
        managers=1,
        step_hours=step_hours,
        **LEFT_ALONE,
    )
    model.run(days=days)
    return model


def spans(rows: Sequence[Row], step_hours: int = 8) -> dict[str, tuple[float, float]]:
    """First and last day of each task; a milestone has no first."""
    model = run(rows, step_hours)
    plan = model.prepared.scenario.plan
    assert plan is not None
    names = [task.name for task in plan.tasks]
    return {
        name: (round(row.started, 9), round(row.finished, 9))
        for name, row in zip(names, model.world.tasks, strict=True)
    }


BY_HAND: Mapping[str, tuple[Sequence[Row], dict[str, tuple[float, float]]]] = {
    "the end, then two days, then the start": (
        [("a", 16, ""), ("b", 8, "aFS+2d")],
        {"a": (0, 2), "b": (4, 5)},
    ),
    "a lag within a day": (
        [("a", 4, ""), ("b", 8, "a+2h")],
        {"a": (0, 0.5), "b": (0.75, 1.75)},
    ),
    "a lead counts from the start of the one before": (
        [("a", 40, ""), ("b", 8, "aFS-2d")],
        {"a": (0, 5), "b": (3, 4)},
    ),
    "a day after the start": (
        [("a", 40, ""), ("b", 8, "aSS+1d")],
        {"a": (0, 5), "b": (1, 2)},
    ),
    "both start together": ([("a", 16, ""), ("b", 8, "aSS")], {"a": (0, 2), "b": (0, 1)}),
    "no end before the end of another": (
        [("a", 40, ""), ("b", 8, "aFF")],
        {"a": (0, 5), "b": (0, 5)},
    ),
    "no end before a day after the end of another": (
        [("a", 40, ""), ("b", 8, "aFF+1d"), ("c", 8, "b")],
        {"a": (0, 5), "b": (0, 6), "c": (6, 7)},
    ),
    "who takes longer ends by itself": ([("a", 8, ""), ("b", 24, "aFF")], {"a": (0, 1), "b": (0, 3)}),
    "no end before three days after the start of another": (
        [("z", 16, ""), ("a", 40, "z"), ("b", 8, "aSF+3d")],
        {"z": (0, 2), "a": (2, 7), "b": (0, 5)},
    ),
    "start and end tied both": (
        [("a", 32, ""), ("b", 8, "aSS+1d; aFF+1d")],
        {"a": (0, 4), "b": (1, 5)},
    ),
    "the latest of several counts": (
        [("a", 8, ""), ("b", 24, ""), ("c", 8, "a+4d; b")],
        {"a": (0, 1), "b": (0, 3), "c": (5, 6)},
    ),
    "a milestone waits for its day": (
        [("a", 8, ""), ("go live", 0, "a+3d"), ("b", 8, "go live")],
        {"a": (0, 1), "go live": (-1, 4), "b": (4, 5)},
    ),
    "a milestone that may not come before an end": (
        [("a", 24, ""), ("m", 0, "aFF+1d"), ("b", 8, "mSS+1d")],
        {"a": (0, 3), "m": (-1, 4), "b": (5, 6)},
    ),
}


@pytest.mark.parametrize("step_hours", [8, 1])
@pytest.mark.parametrize(("rows", "days"), BY_HAND.values(), ids=BY_HAND)
def test_tasks_begin_and_end_on_the_days_worked_out_by_hand(
    rows: Sequence[Row], days: dict[str, tuple[float, float]], step_hours: int
) -> None:
    assert spans(rows, step_hours) == days


def test_who_is_worked_off_and_may_not_end_is_free_for_other_work() -> None:
    rows = [("a", 40, ""), ("b", 8, "aFF"), ("c", 8, "")]
    tasks = [("shop", name, "web", str(hours), before) for name, hours, before in rows]
    model = organisation(
        tasks, structure=without_managers("merged alone"), teams={"web": 2}, managers=1, **LEFT_ALONE
    )
    model.run(days=3)
    a, c, b = model.world.tasks[0], model.world.tasks[2], model.world.tasks[1]
    assert (b.state, b.remaining, round(c.finished, 9)) == (HELD, 0.0, 2.0)
    assert a.finished < 0


def test_a_project_is_not_delivered_before_the_last_task_may_end() -> None:
    model = run([("a", 8, ""), ("b", 8, "aFF+5d")])
    assert model.world.projects[0].delivered == pytest.approx(6.0)


def alone(tasks: Sequence[tuple[str, ...]], **said: Any) -> DeliveryOrganisation:
    """Several projects of which nothing holds up the work but the order of their tasks."""
    team = {"web": len(tasks)}
    return organisation(
        tasks, structure=without_managers("merged alone"), teams=team, managers=1, **LEFT_ALONE, **said
    )


def test_a_task_waits_for_one_of_another_project() -> None:
    model = alone([("P", "a", "web", "8", "Q/b+1d"), ("Q", "b", "web", "16"), ("Q", "c", "web", "8", "P/a")])
    model.run(days=10)
    assert [round(task.finished, 9) for task in model.world.tasks] == [4.0, 2.0, 5.0]


def test_a_task_that_another_project_lets_begin_waits_for_its_own() -> None:
    tasks = [("Q", "b", "web", "8"), ("P", "a", "web", "8", "Q/b")]
    model = alone(tasks, start_days={"P": 6})
    model.run(days=10)
    assert [round(task.finished, 9) for task in model.world.tasks] == [1.0, 7.0]


def test_nobody_waits_for_a_project_that_is_stopped() -> None:
    tasks = [("Q", "b", "web", "800"), ("P", "a", "web", "8", "Q/bFS+9d"), ("P", "c", "web", "8", "Q/bFF")]
    model = alone(tasks)
    model.run(days=4)
    b, a, c = model.world.tasks
    assert (a.started, c.state) == (-1.0, HELD)
    cancel(model.world, 0, GIVEN_UP)
    model.run(days=2)
    assert (round(a.finished, 9), c.finished) == (5.0, 4.0)
    assert b.state == DROPPED


def test_what_was_done_before_is_not_done_again() -> None:
    tasks = [
        ("P", "a", "web", "16", "", "", "100"),
        ("P", "b", "web", "40", "a+3d", "", "25%"),
        ("P", "c", "web", "8", "b; aSS+2d"),
    ]
    model = alone(tasks, columns=["percent_complete"])
    assert [task.remaining for task in model.world.tasks] == [0, 30, 8]
    assert model.world.projects[0].done_before == 26
    model.run(days=10)
    assert [round(task.finished, 9) for task in model.world.tasks] == [0.0, 3.75, 4.75]


def test_a_project_of_which_all_is_done_is_delivered_at_once() -> None:
    model = alone([("P", "a", "web", "16", "", "", "100")], columns=["percent_complete"])
    model.run(days=1)
    assert model.world.projects[0].delivered == 0.0


@pytest.mark.parametrize("first", ["", "eSS"], ids=["plain links", "links of all kinds"])
def test_what_was_done_before_its_turn_ends_nothing_too_early(first: str) -> None:
    tasks = [
        ("P", "e", "web", "40", ""),
        ("P", "a", "web", "16", first),
        ("P", "b", "web", "40", "a", "", "100"),
        ("P", "c", "web", "8", "b"),
    ]
    model = alone(tasks, columns=["percent_complete"])
    project = model.world.projects[0]
    assert project.tasks_left == 3
    model.run(days=4)
    assert [round(task.finished, 9) for task in model.world.tasks] == [-1.0, 2.0, 0.0, 1.0]
    assert (project.tasks_left, project.delivered) == (1, -1.0)
    model.run(days=4)
    assert (project.tasks_left, round(project.delivered, 9)) == (0, 5.0)


def test_a_milestone_that_was_passed_over_is_reached_at_once() -> None:
    behind = [("P", name, "web", "16", "m", "", "100") for name in ("a", "b", "c")]
    model = alone([("P", "m", "web", "0", ""), *behind], columns=["percent_complete"])
    model.run(days=1)
    assert model.world.projects[0].delivered == 0.0
    assert [task.finished for task in model.world.tasks] == [0.0] * 4


def test_people_on_a_task_share_it() -> None:
    tasks = [("P", "a", "web", "48", "", "", "3"), ("P", "b", "web", "8", "a")]
    model = alone([*tasks, ("P", "last", "web", "0", "b")], columns=["people"])
    model.run(days=10)
    assert round(model.world.tasks[3].finished, 9) == 3.0
    with_one = organisation(
        tasks,
        columns=["people"],
        structure=without_managers("merged alone"),
        teams={"web": 1},
        managers=1,
        **LEFT_ALONE,
    )
    with_one.run(days=10)
    assert round(with_one.world.tasks[3].finished, 9) == 7.0


def test_days_of_waiting_for_others_and_for_lags_are_told_as_such() -> None:
    model = alone([("P", "a", "web", "16"), ("Q", "b", "web", "8", "P/a+3d"), ("Q", "c", "web", "0", "b+2d")])
    recording = record(model.prepared, model.structure.name)
    totals = causes_of(recording, 1).totals
    assert lead_days(recording, 1) == pytest.approx(8.0)
    assert (totals["links"], totals["planned"]) == (pytest.approx(7.0), pytest.approx(1.0))
