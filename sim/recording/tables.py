"""A recording as tables: projects, what bound them and why, tasks' states, in-trays, managers' hours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.recording.causes import CAUSES, Explained, causes_of, days_of, lead_days
from sim.recording.hours import Stretch
from sim.recording.names import Names
from sim.recording.recorder import Recording
from sim.recording.tasks import Moment
from sim.vocabulary import DUTIES
from sim.world import ACTIVE, CANCELLED, DELIVERED, DONE, N_DUTIES, NONE, READY, WAITING

if TYPE_CHECKING:
    import pandas as pd

ALLOWED = "allowed"
"""The line in the table of causes for what the plan allowed, negative: with it, they add up to the delay."""

OTHER_HOURS = {
    "switching": "on_switching",
    "sync meetings": "on_sync",
    "hand-offs": "on_handoffs",
    "done twice": "duplicated",
    "idle": "idle",
    "away": "absent",
}
"""What managers' hours go into beside duties, and the field that counts it; an empty seat is away too."""


def explained(recording: Recording) -> dict[int, Explained]:
    """The causes of the days of each project (row) that came."""
    rows = range(len(recording.projects))
    return {k: causes_of(recording, k) for k in rows if recording.projects[k].opened != NONE}


def projects_table(recording: Recording, names: Names, came: dict[int, Explained]) -> pd.DataFrame:
    """A row for each project that came: days of arrival, deadline and delivery, or of being cancelled (NaN if
    none), and its delay.

    `lead_days` runs to the end of the run where there is neither; `delay_days` is that less `allowed_days`,
    so it is negative for what is early, or not yet due.
    """
    rows = []
    for k in came:
        project = recording.world.projects[k]
        lead, allowed = lead_days(recording, k), project.deadline - project.arrival
        done = project.state == DELIVERED
        rows.append(
            {
                "project": k + 1,
                "name": names.project(k),
                "client": names.client(project.client),
                "team": names.team(project.home),
                "arrival": project.arrival,
                "deadline": project.deadline,
                "delivered": project.delivered if done else math.nan,
                "cancelled": project.cancelled if project.state == CANCELLED else math.nan,
                "lead_days": lead,
                "allowed_days": allowed,
                "delay_days": lead - allowed,
            }
        )
    return _frame(rows)


def causes_table(recording: Recording, names: Names, came: dict[int, Explained]) -> pd.DataFrame:
    """A row for each project and cause of its days; with that of what was allowed, they sum to its delay."""
    rows = []

    def add(k: int, cause: str, label: str, group: str, days: float) -> None:
        about = {"project": k + 1, "name": names.project(k)}
        rows.append({**about, "cause": cause, "label": label, "group": group, "days": days})

    for k, each in came.items():
        project = recording.world.projects[k]
        for cause, (label, group) in CAUSES.items():
            if each.totals.get(cause, 0.0):
                add(k, cause, label, group, each.totals[cause])
        add(k, ALLOWED, "what the plan allowed", ALLOWED, project.arrival - project.deadline)
    return _frame(rows)


def bound_table(recording: Recording, names: Names, came: dict[int, Explained]) -> pd.DataFrame:
    """What bound each project from day to day: the group of causes that most of it went to, and the task."""
    rows: list[dict[str, object]] = []
    length = recording.step_days
    for k, each in came.items():
        for step, task, days in each.steps:
            group = _main_group(days)
            last = rows[-1] if rows else None
            if last and (last["project"], last["row"], last["group"]) == (k + 1, task, group):
                last["until"] = step * length + days_of(recording, k, step)
                continue
            rows.append(
                {
                    "project": k + 1,
                    "row": task,
                    "task": names.task(task) if task != NONE else "",
                    "group": group,
                    "since": step * length,
                    "until": step * length + days_of(recording, k, step),
                }
            )
    return _frame(rows)


def _main_group(days: dict[str, float]) -> str:
    groups: dict[str, float] = {}
    for cause, value in days.items():
        groups[CAUSES[cause].group] = groups.get(CAUSES[cause].group, 0.0) + value
    return max(groups, key=lambda group: groups[group])


# --- tasks -------------------------------------------------------------------------------------------------


def tasks_table(recording: Recording, names: Names, project_id: int) -> pd.DataFrame:
    """The bars of a project's Gantt: for each task its states, as long as they lasted.

    States: "work", "extra work" (rework, changed wants and risks, for the most part), "decisions" (a
    question, an impediment, an escalation, an assignment), "hand-overs", and "people" (it waits for them, or
    for specialists).
    """
    project = recording.world.projects[project_id]
    rows = []
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        for state, first, last in _runs(recording, task_id):
            rows.append(
                {
                    "project": project_id + 1,
                    "row": task_id,
                    "task": names.task(task_id),
                    "team": names.team(recording.world.tasks[task_id].team),
                    "state": state,
                    "since": first * recording.step_days,
                    "until": (last + 1) * recording.step_days,
                }
            )
    return _frame(rows)


def _runs(recording: Recording, task_id: int) -> Iterator[tuple[str, int, int]]:
    """State, first and last step of each stretch of time in which a task was open."""
    state, first, last = "", 0, -2
    for step, now in _states(recording, task_id):
        if now != state or step != last + 1:
            if state:
                yield state, first, last
            state, first = now, step
        last = step
    if state:
        yield state, first, last


def _states(recording: Recording, task_id: int) -> Iterator[tuple[int, str]]:
    """The state of a task in each step in which it was open or worked on."""
    history = recording.tasks[task_id]
    worked = recording.notes.worked.get(task_id, {})
    steps = set(worked)
    for episode in history.episodes:
        last = recording.steps - 1 if episode.closed is None else episode.closed
        steps.update(range(episode.opened + 1, last + 1))
    for step in sorted(steps):
        yield step, _state(history.at(step - 1), history.at(step), worked.get(step))


def _state(before: Moment, now: Moment, stretches: Sequence[Stretch] | None) -> str:
    if stretches:
        done = sum(sum(s.effort) for s in stretches)
        return "work" if 2.0 * sum(s.effort.work for s in stretches) >= done else "extra work"
    moment = now if before.state in (WAITING, DONE) else before
    if moment.state in (READY, ACTIVE, DONE):
        return "people"
    return "hand-overs" if moment.waits_for == "handover" else "decisions"


# --- managers ----------------------------------------------------------------------------------------------


def trays_table(recording: Recording, names: Names) -> pd.DataFrame:
    """A row for each day, a column for each manager: matters in the in-tray; `nobody`: in nobody's."""
    import pandas as pd

    columns = [names.manager(k) for k in range(len(recording.world.managers))]
    table = pd.DataFrame(recording.trays, columns=[*columns, "nobody"])
    table.insert(0, "day", range(1, len(table) + 1))
    return table


def hours_table(recording: Recording, names: Names) -> pd.DataFrame:
    """A row for each manager: hours spent on each duty, and on what is no duty (`OTHER_HOURS`)."""
    world = recording.world
    rows = []
    for k, manager in enumerate(world.managers):
        hours = {d: world.experience[k * N_DUTIES + n].hours for n, d in enumerate(DUTIES)}
        hours |= {what: getattr(manager, name) for what, name in OTHER_HOURS.items()}
        hours["away"] += manager.vacant
        rows.append({"manager": names.manager(k), **hours})
    return _frame(rows)


def _frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
