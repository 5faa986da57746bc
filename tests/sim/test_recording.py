"""What is written down about a run is what happened in it, and writing it down changes nothing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim import world as w
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world
from sim.outcomes.reduce import reduce_run
from sim.recording.events import KINDS
from sim.recording.recorder import Recording


def test_a_run_that_is_written_down_is_the_compiled_one_bit_for_bit(runs: list[Recording]) -> None:
    assert len(runs) > 3
    for run in runs:
        prepared, structure, replication = run.model.prepared, run.model.structure.name, run.model.replication
        watched = run.model.tables()
        compiled = run_world(prepared, draw_base(prepared, replication), structure, replication)
        for name in w.World._fields:
            assert np.array_equal(getattr(watched, name), getattr(compiled, name)), name


def test_the_log_tells_as_many_as_the_outcomes_count(runs: list[Recording]) -> None:
    seen: Counter[str] = Counter()
    for run in runs:
        told = Counter(event.kind for event in run.events)
        outcomes = reduce_run(run.model.tables())
        tickets = run.model.tables().tickets
        assert told["delivered"] == outcomes["projects_delivered"]
        assert told["went elsewhere"] == outcomes["projects_withheld"]
        stopped = run.model.tables().projects["state"] == w.CANCELLED
        assert told["cancelled"] + told["given up"] == stopped.sum()
        assert told["member left"] == outcomes["leavers"]
        assert told["manager left"] == outcomes["managers_left"]
        assert told["complained"] + told["complained of"] == outcomes["complaints"]
        assert told["client left"] == outcomes["clients_lost"]
        assert told["ticket"] == (tickets["state"] != w.EXPECTED).sum()
        assert told["ticket resolved"] == (tickets["state"] == w.RESOLVED).sum()
        assert told["ticket breached"] - warranty_breaches(run) == outcomes["breaches"]
        assert told["risk struck"] == (run.model.tables().risks["struck"] >= 0).sum()
        assert told.keys() <= KINDS.keys()
        seen += told
    of_a_change = {"announced", "went over", "settled again"}  # see test_recording_change
    seldom = {"went out unchecked", "in time again", "approval given back", "scope taken in again"}
    assert KINDS.keys() - seen.keys() <= seldom | of_a_change


def test_all_work_that_comes_on_top_is_told_whenever_in_a_step_it_came_out(runs: list[Recording]) -> None:
    for run in runs:
        told: Counter[tuple[str, int]] = Counter()
        for event in run.events:
            told[event.kind, event.project] += event.amount  # type: ignore[assignment]
        for number, project in enumerate(run.world.projects):
            books = {
                "rework found": project.rework_hours,
                "change noticed": project.drift_hours,
                "overrun approved": project.approved_hours
                - project.budget_hours
                + told["approval given back", number],
            }
            for kind, hours in books.items():
                assert told[kind, number] == pytest.approx(hours, abs=1e-6), (kind, number)


def warranty_breaches(run: Recording) -> int:
    """Outcomes count breaches of services; delivered defects have no service level."""
    breached = [e.row for e in run.events if e.kind == "ticket breached"]
    return sum(run.world.tickets[row].gap == 0.0 for row in breached)


def test_each_stop_of_a_task_is_told_once(runs: list[Recording]) -> None:
    for run in runs:
        stops = Counter(e.task for e in run.events if e.kind in {"question", "impediment", "escalation"})
        for task_id, task in enumerate(run.world.tasks):
            assert stops[task_id] == task.exceptions


def test_an_answer_is_told_after_its_question_and_a_guess_when_patience_is_over(
    runs: list[Recording],
) -> None:
    for run in runs:
        patience = run.world.given[0].patience
        for event in run.events:
            if event.kind == "guessed":
                assert event.amount >= patience
            elif event.kind == "answered":
                assert 0.0 <= event.amount < patience


def test_the_hours_of_members_are_those_that_their_teams_have_paid(runs: list[Recording]) -> None:
    for run in runs:
        for number, team in enumerate(run.world.teams):
            steps = [m for step in run.notes.steps for m in step if m.team == number]
            on_tasks = sum(stretch.hours for m in steps for stretch in m.stretches)
            assert on_tasks == pytest.approx(team.productive - team.tickets, abs=1e-6)
            assert sum(m.on_tickets for m in steps) == pytest.approx(team.tickets, abs=1e-6)
            assert sum(m.idle for m in steps) == pytest.approx(team.idle, abs=1e-6)
            assert sum(m.switching for m in steps) == pytest.approx(team.switching, abs=1e-6)


def test_effort_by_source_is_in_the_books_of_its_project(runs: list[Recording]) -> None:
    for run in runs:
        ledger, notes = run.notes.ledger, run.notes
        for project in run.world.projects:
            tasks = range(project.first_task, project.first_task + project.n_tasks)
            stretches = [s for t in tasks for step in notes.worked.get(t, {}).values() for s in step]
            done = sum(sum(s.effort) for s in stretches)
            assert done == pytest.approx(project.progress, abs=1e-6)
            assert sum(s.creep for s in stretches) == pytest.approx(project.creep_hours, abs=1e-6)
            left = sum(sum(ledger.held[t]) for t in tasks)
            assert left == pytest.approx(sum(run.world.tasks[t].remaining for t in tasks), abs=1e-6)
            if project.descoped_hours == 0.0:  # a cut takes a little of everything
                for source in ("rework", "drift", "risk"):
                    found = sum(getattr(s.effort, source) for s in stretches)
                    found += sum(getattr(ledger.held[t], source) for t in tasks)
                    books = getattr(project, f"{source}_hours")
                    assert found == pytest.approx(books, abs=1e-6)


def test_in_trays_are_noted_every_day(runs: list[Recording]) -> None:
    for run in runs:
        days = run.model.prepared.scenario.horizon_days
        assert len(run.trays) == days
        waiting = [sum(trays[:-1]) for trays in run.trays]
        assert waiting == [day.matters for day in run.world.history]


def test_an_absence_lasts_whole_steps_and_at_least_one(runs: list[Recording]) -> None:
    """Who is away as a step begins is away for all of it."""
    absences = [(run, e) for run in runs for e in run.events if e.kind in ("member away", "manager away")]
    assert absences
    for run, event in absences:
        steps = event.amount / run.step_days
        assert steps >= 1 and steps == round(steps), event
