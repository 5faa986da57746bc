"""The table of a plan's projects: clients, first days, deadlines, prices, contracts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sim.scenario.calendar import Calendar, date_of
from sim.scenario.plan import PlannedProject
from sim.scenario.reading.plan_names import check_name, note_look_alikes
from sim.scenario.reading.problems import ScenarioError, shown, suggest
from sim.scenario.reading.tables import Row, Table, read_table
from sim.vocabulary import CONTRACTS, Contract

PROJECT_COLUMNS = ("client", "start_day", "deadline_day", "value", "budget_hours", "paid", "milestones")
_MOST_MILESTONES = 50
_LONGEST_AGO = 10_000
"""Working days before day 0 on which a project may have begun."""


def read_projects(
    path: str | Path, names: list[str], begun: Collection[str], calendar: Calendar | None
) -> tuple[PlannedProject, ...]:
    """The table of projects, in the order of `names`; a project without a row there keeps the defaults.

    `begun` are those of which something is done. With a `calendar`, days may be dates. Raises `ScenarioError`
    with all that is wrong in the table.
    """
    table = read_table(path, ("project",), PROJECT_COLUMNS)
    given: dict[str, PlannedProject] = {}
    known = set(names)
    for row in table.rows:
        name = row.cells["project"]
        if name not in known:
            wrong = f"is {shown(name)}, which has no task in the task table" if name else "is empty"
            table.note(row.line, "project", wrong, suggest(name, names))
        elif name in given:
            table.note(row.line, "project", f"repeats {shown(name)}", "give each project one row")
        given[name] = _read_project(row, table, calendar, name in begun)
    note_look_alikes(_first_lines(table, "client"), "client", table)
    if table.problems:
        raise ScenarioError(table.problems)
    return tuple(given.get(name, PlannedProject(name, name)) for name in names)


def _first_lines(table: Table, column: str) -> dict[str, int]:
    """Where each name in a column stands first."""
    lines: dict[str, int] = {}
    for row in table.rows:
        if row.cells[column]:
            lines.setdefault(row.cells[column], row.line)
    return lines


def _read_project(row: Row, table: Table, calendar: Calendar | None, begun: bool) -> PlannedProject:
    name = row.cells["project"]
    if row.cells["client"]:
        check_name(row, "client", table)
    start = _start(row, table, calendar, begun)
    deadline = _day(row, "deadline_day", table, calendar, -_LONGEST_AGO)
    if deadline is not None and deadline <= start:
        wrong = f"is day {deadline}, not after the start on day {start}"
        table.note(row.line, "deadline_day", wrong, f"give a working day from {start + 1}, or leave it empty")
    value = table.number(row, "value", 0) if row.cells["value"] else None
    budget = table.number(row, "budget_hours", 0) if row.cells["budget_hours"] else None
    paid, milestones = _paid(row, table), _milestones(row, table)
    client = row.cells["client"] or name
    return PlannedProject(name, client, start, deadline, value, budget, paid, milestones)


def _start(row: Row, table: Table, calendar: Calendar | None, begun: bool) -> int:
    """The first day; before day 0 only where something is done by then, and not after it where it is."""
    start = _day(row, "start_day", table, calendar, -_LONGEST_AGO) or 0
    said = f"is {shown(row.cells['start_day'])}"
    if start > 0 and begun:
        wrong = f"{said}, and part of the project is done before day 0"
        table.note(row.line, "start_day", wrong, "give the day on which it began, or leave it empty")
    if start < 0 and not begun:
        wrong = f"{said}, {-start} working days before day 0, and nothing of the project is done"
        right = "say percent_complete in the table of tasks, or give a day from 0"
        table.note(row.line, "start_day", wrong, right)
    return start


def _paid(row: Row, table: Table) -> Contract | None:
    """When the client pays, or None where the cell is empty."""
    cell = row.cells["paid"]
    found = next((contract for contract in CONTRACTS if contract == cell), None)
    if cell and found is None:
        table.note(row.line, "paid", f"is {shown(cell)}, which is no contract", suggest(cell, CONTRACTS))
    return found


def _milestones(row: Row, table: Table) -> int | None:
    """How many milestones a project has, or None where the cell is empty."""
    if not row.cells["milestones"]:
        return None
    number = table.number(row, "milestones", 0)
    if number is not None and (number != int(number) or number > _MOST_MILESTONES):
        wrong = f"is {shown(row.cells['milestones'])}"
        table.note(row.line, "milestones", wrong, f"give a whole number from 0 to {_MOST_MILESTONES}")
    return None if number is None else int(number)


def _day(row: Row, column: str, table: Table, calendar: Calendar | None, low: int) -> int | None:
    """A working day, or None where the cell is empty."""
    text = row.cells[column]
    if not text:
        return None
    if calendar is not None and (date := date_of(text)):
        return calendar.day_of(date) if column == "start_day" else calendar.end_of(date)
    day = table.number(row, column, low, remedy=_right(calendar))
    if day is not None and day != int(day):
        table.note(row.line, column, f"is {shown(text)}", "give a whole working day, such as 60")
    return None if day is None else int(day)


def _right(calendar: Calendar | None) -> str:
    number = "write the number of the working day, counted from 0 at the start of the horizon, such as 60"
    if calendar is not None:
        return f"{number}, or the date as year-month-day, such as {calendar.starts}"
    return f"{number}; or say `starts` in the scenario, the date of day 0, and write year-month-day"
