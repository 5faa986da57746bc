"""The tasks and projects of the files as the tables of a given plan."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any

from analysis.imports.body_of_work import Work
from analysis.imports.record import Item, ItemLink
from analysis.imports.workload import Hours, by_project
from sim.safety.cells import harmless
from sim.scenario.calendar import Calendar
from sim.scenario.reading.amounts import HOURS

_LONGEST_TITLE = 200
DAYS_A_STEP = 50
NEEDED = ("project", "task", "team", "estimate_hours", "predecessors")
MORE = ("id", "people", "percent_complete")
"""Columns of a table of tasks beside those that it needs."""

SHORTEST_HORIZON, LONGEST_HORIZON = 250, 10_000
PARTING = str.maketrans(dict.fromkeys(";,|", " "))
"""Signs that part predecessors: no name of a task may hold one."""


@dataclass(frozen=True)
class PlanTables:
    """A plan as two tables of text, how long a run must be to hold it, and what of it was left out.

    `calendar` says which dates its days are; None where the files have no dates.
    """

    tasks: str
    projects: str
    horizon_days: int
    calendar: Calendar | None
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
    sheet = _Sheet(work, names, {name: f"T{n}" for n, name in enumerate(names, 1)}, hours)
    said: list[tuple[Any, ...]] = [
        (titles[key], names[i.id], team[i.id], round(hours.of[i.id], 2), *sheet.more(i))
        for key, items in projects.items()
        for i in items
    ]
    calendar = _calendar(work, _day_0(work, kept, only_open))
    header, tasks = _filled((*NEEDED, *MORE), said, keep_ids=sheet.crosses(kept))
    rows = [_project(work, key, items, titles[key], calendar, only_open) for key, items in projects.items()]
    return PlanTables(
        _csv(header, tasks),
        _csv(("project", "client", "start_day", "deadline_day"), [row for row, _ in rows]),
        _horizon([row[3] for row, _ in rows], sum(row[3] for row in tasks), len(set(team.values()))),
        calendar,
        len(tasks),
        sum(late for _, late in rows),
    )


def _filled(
    header: Sequence[str], rows: Sequence[Sequence[Any]], *, keep_ids: bool
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """A table without the columns that are not needed, or in which nothing stands."""
    empty = {name for k, name in enumerate(header) if name in MORE and not any(row[k] for row in rows)}
    left = [k for k, name in enumerate(header) if name not in empty and (keep_ids or name != "id")]
    return tuple(header[k] for k in left), [tuple(row[k] for k in left) for row in rows]


def _names(items: Mapping[str, Item]) -> dict[str, str]:
    """What each task is called: its id and title, safe in a cell and in a list of predecessors."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, item in items.items():
        title = item.title if item.title != key else ""
        words = " ".join(f"{key} {title}".translate(PARTING).split())[:_LONGEST_TITLE].strip()
        name = str(harmless(words)) or "Task"
        while name in taken:
            name = f"{name} ({len(taken)})"
        taken.add(name)
        found[key] = name
    return found


def _titles(work: Work, projects: Collection[str]) -> dict[str, str]:
    return {key: str(harmless(work.titles[key][:_LONGEST_TITLE].strip())) for key in projects}


@dataclass(frozen=True)
class _Sheet:
    """What a table of tasks says beside the hours."""

    work: Work
    names: Mapping[str, str]
    ids: Mapping[str, str]
    hours: Hours

    def more(self, item: Item) -> tuple[str, ...]:
        """Predecessors, id, people and what is done; empty where there is nothing to say."""
        ties = [tie for tie in self.work.before.get(item.id, ()) if tie.after in self.names]
        done = "" if not item.done_share else f"{100 * item.done_share:g}"
        crew = str(item.crew) if item.crew > 1 else ""
        return ";".join(self._link(tie, item) for tie in ties), self.ids[item.id], crew, done

    def crosses(self, items: Iterable[str]) -> bool:
        """Whether a link leads from one project to another."""
        of, before = self.work.project, self.work.before
        return any(of[tie.after] != of[key] for key in items for tie in before.get(key, ()))

    def _link(self, tie: ItemLink, item: Item) -> str:
        """A link by the name of the task, or across projects by its id."""
        of = self.work.project
        name = (self.names if of[tie.after] == of[item.id] else self.ids)[tie.after]
        lag = self._lag(tie)
        kind = tie.kind if lag or tie.kind != "FS" else ""
        return f"{name} {kind}{lag:+g}d" if lag else f"{name} {kind}".strip()

    def _lag(self, tie: ItemLink) -> float:
        """Working days of a lag; of a lead, no more than lets the task begin with the one before."""
        if tie.lag_days >= 0:
            return round(tie.lag_days, 3)
        before = self.work.tasks[tie.after]
        days = self.hours.of[tie.after] / before.crew / HOURS["days"] if tie.kind[0] == "F" else 0.0
        return round(-min(-tie.lag_days, days), 3)


def _day_0(work: Work, items: Mapping[str, Item], only_open: bool) -> date | None:
    """The first day of a plan: that of its first item, or of what is open the last day of the files."""
    if work.day:
        return work.day
    all_days = [d for item in work.tasks.values() for d in (item.created, item.started, item.done) if d]
    if only_open:
        return max(all_days, default=None)
    return min((d for item in items.values() if (d := item.started or item.created)), default=None)


def _project(
    work: Work, key: str, items: Sequence[Item], title: str, calendar: Calendar | None, only_open: bool
) -> tuple[tuple[Any, ...], bool]:
    """The row of a project, and whether its date is too early to be a deadline."""
    above = work.containers.get(items[0].group)
    begins = [day for item in items if (day := item.started or item.created)]
    start = 0 if only_open or not begins else _working_days(calendar, min(begins))
    start = min(start, 0) if any(item.done_share for item in items) else max(start, 0)
    dues = [above.due] if above and above.due else [item.due for item in items if item.due]
    deadline = _working_days(calendar, max(dues) + timedelta(days=1)) if dues else None  # in the evening
    late = deadline is not None and deadline <= start
    client = next((item.client for item in items if item.client), "")
    return (title, str(harmless(client)), start, "" if late or deadline is None else deadline), late


def _calendar(work: Work, day_0: date | None) -> Calendar | None:
    """The working calendar: that of the plan, else the usual week."""
    if day_0 is None:
        return None
    return Calendar(day_0, work.time.days, work.time.holidays) if work.time else Calendar(day_0)


def _working_days(calendar: Calendar | None, day: date) -> int:
    """Working days from day 0 to another; before it, less than none."""
    return calendar.day_of(day) if calendar else 0


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
