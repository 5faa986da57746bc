"""The tasks and projects of the files as the tables of a given plan."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from analysis.imports.known import Hours, by_project
from analysis.imports.record import Item
from analysis.imports.together import Work
from sim.safety.cells import harmless

LONGEST_NAME = 200
DAYS_A_STEP = 50
SHORTEST_HORIZON, LONGEST_HORIZON = 250, 10_000
PARTING = str.maketrans(dict.fromkeys(";,|", " "))
"""Signs that part predecessors: no name of a task may hold one."""


@dataclass(frozen=True)
class PlanTables:
    """A plan as two tables of text, how long a run must be to hold it, and what of it was left out."""

    tasks: str
    projects: str
    horizon_days: int
    day_0: date | None
    count: int
    late: int


def plan_of(work: Work, hours: Hours, team: Mapping[str, str], *, only_open: bool) -> PlanTables:
    """The plan of all tasks, or of the open ones only; those that are done need not be waited for."""
    kept = {key: item for key, item in work.tasks.items() if not (only_open and item.finished)}
    names = _names(kept)
    projects = {
        key: left for key, items in by_project(work).items() if (left := [i for i in items if i.id in kept])
    }
    titles = _titles(work, projects)
    tasks = [
        (titles[key], names[i.id], team[i.id], round(hours.of[i.id], 2), _before(work, i.id, names))
        for key, items in projects.items()
        for i in items
    ]
    day_0 = _day_0(work, kept, only_open)
    rows = [_project(work, key, items, titles[key], day_0, only_open) for key, items in projects.items()]
    return PlanTables(
        _csv(("project", "task", "team", "estimate_hours", "predecessors"), tasks),
        _csv(("project", "client", "start_day", "deadline_day"), [row for row, _ in rows]),
        _horizon([row[3] for row, _ in rows], sum(row[3] for row in tasks), len(set(team.values()))),
        day_0,
        len(tasks),
        sum(late for _, late in rows),
    )


def _names(items: Mapping[str, Item]) -> dict[str, str]:
    """What each task is called: its id and title, safe in a cell and in a list of predecessors."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, item in items.items():
        title = item.title if item.title != key else ""
        words = " ".join(f"{key} {title}".translate(PARTING).split())[:LONGEST_NAME].strip()
        name = str(harmless(words)) or "Task"
        while name in taken:
            name = f"{name} ({len(taken)})"
        taken.add(name)
        found[key] = name
    return found


def _titles(work: Work, projects: Collection[str]) -> dict[str, str]:
    return {key: str(harmless(work.titles[key][:LONGEST_NAME].strip())) for key in projects}


def _before(work: Work, key: str, names: Mapping[str, str]) -> str:
    return ";".join(names[name] for name in work.before.get(key, ()) if name in names)


def _day_0(work: Work, items: Mapping[str, Item], only_open: bool) -> date | None:
    """The first day of a plan: that of its first item, or of what is open the last day of the files."""
    all_days = [d for item in work.tasks.values() for d in (item.created, item.started, item.done) if d]
    if only_open:
        return max(all_days, default=None)
    return min((d for item in items.values() if (d := item.started or item.created)), default=None)


def _project(
    work: Work, key: str, items: Sequence[Item], title: str, day_0: date | None, only_open: bool
) -> tuple[tuple[Any, ...], bool]:
    """The row of a project, and whether its date is too early to be a deadline."""
    above = work.containers.get(items[0].group)
    begins = [day for item in items if (day := item.started or item.created)]
    start = 0 if only_open or not begins else _working_days(day_0, min(begins))
    dues = [above.due] if above and above.due else [item.due for item in items if item.due]
    deadline = _working_days(day_0, max(dues)) if dues else None
    late = deadline is not None and deadline <= start
    client = next((item.client for item in items if item.client), "")
    return (title, str(harmless(client)), start, "" if late or deadline is None else deadline), late


def _working_days(first: date | None, day: date) -> int:
    """Working days from one day to another; none before it."""
    import numpy as np

    return max(0, int(np.busday_count(first or day, day)))


def _horizon(deadlines: Sequence[Any], hours: float, teams: int) -> int:
    """Days that hold the plan: half as long again as its last date, or as its hours at one person a team."""
    last = max((day for day in deadlines if day != ""), default=0)
    days = max(1.5 * last, 1.5 * hours / 4 / max(1, teams), SHORTEST_HORIZON)
    return int(min(LONGEST_HORIZON, -(-days // DAYS_A_STEP) * DAYS_A_STEP))


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
