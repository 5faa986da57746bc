"""A plan read from CSV tables: one of tasks, perhaps one of projects; all that is wrong is found at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sim.scenario.calendar import Calendar
from sim.scenario.plan import Plan, PlannedProject, PlannedTask
from sim.scenario.reading.plan_headings import note_headings, notes_on_sums
from sim.scenario.reading.plan_names import check_name, is_total, note_look_alikes
from sim.scenario.reading.plan_networks import Draft, tasks_of
from sim.scenario.reading.predecessors import TaskNames, links_of
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.reading.project_tables import PROJECT_COLUMNS, read_projects
from sim.scenario.reading.tables import Row, Table, read_table

__all__ = ["MORE_TASK_COLUMNS", "PROJECT_COLUMNS", "TASK_COLUMNS", "plan_from_tables"]

TASK_COLUMNS = ("project", "task", "team", "estimate_hours", "predecessors")
MORE_TASK_COLUMNS = (
    *("needs", "id", "duration", "people", "percent_complete", "done_hours"),
    *("optimistic_hours", "pessimistic_hours"),
)
_INSTEAD = {"estimate_hours": "duration"}
_MOST_PEOPLE = 50
"""People whom one task may need."""


def plan_from_tables(
    tasks_path: str | Path,
    projects_path: str | Path | None,
    teams: Collection[str],
    pools: Mapping[str, int],
    calendar: Calendar | None = None,
) -> Plan:
    """The plan in these CSV files; raise `ScenarioError` with all that is wrong with both."""
    table = read_table(tasks_path, TASK_COLUMNS, MORE_TASK_COLUMNS, _INSTEAD)
    notes = _pass_over_totals(table)
    tasks, names, on_sums = _read_tasks(table, dict.fromkeys(teams), pools)
    problems: list[Problem] = sorted(table.problems, key=lambda problem: problem.line or 0)
    projects = tuple(PlannedProject(name, name) for name in names)
    if projects_path is not None:
        try:
            begun = {names[task.project] for task in tasks if task.done}
            projects = read_projects(projects_path, names, begun, calendar)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return Plan(projects, tasks, (*notes, *on_sums))


def _pass_over_totals(table: Table) -> tuple[str, ...]:
    """Take rows that only add up others out of a table; what is said of that."""
    totals = [row for row in table.rows if is_total(row)]
    if not totals or len(totals) == len(table.rows):
        return ()
    table.rows[:] = [row for row in table.rows if not is_total(row)]
    lines = ", ".join(str(row.line) for row in totals[:5]) + (" …" if len(totals) > 5 else "")
    return (f"{table.file}:{lines}: passed over, for what only adds up other rows is no task",)


def _read_tasks(
    table: Table, teams: Collection[str], pools: Mapping[str, int]
) -> tuple[tuple[PlannedTask, ...], list[str], tuple[str, ...]]:
    """The tasks of a table, in order, the names of its projects, and what is to be said of its sums.

    What is wrong is noted in the table.
    """
    lines: dict[str, int] = {}
    for row in table.rows:
        for column in ("project", "task"):
            check_name(row, column, table)
        lines.setdefault(row.cells["project"], row.line)
    note_look_alikes(lines, "project", table)
    number = {name: k for k, name in enumerate(lines)}
    names = _names(table)
    drafts = [_draft(row, number[row.cells["project"]], teams, pools, table) for row in table.rows]
    for row, draft in zip(table.rows, drafts, strict=True):
        draft.links = links_of(
            row.cells["predecessors"],
            row.cells["project"],
            names,
            lambda wrong, right, line=row.line: table.note(line, "predecessors", wrong, right),  # type: ignore[misc]
        )
    hours = [(row, draft.hours) for row, draft in zip(table.rows, drafts, strict=True)]
    note_headings(hours, table)
    return tasks_of(drafts, table), list(number), notes_on_sums(hours, table.file)


def _names(table: Table) -> TaskNames:
    """What tasks may be called by; names that are given twice in a project, and ids, are noted."""
    names = TaskNames()
    at: dict[tuple[str, ...], Row] = {}
    for position, row in enumerate(table.rows):
        project, task, id_ = (row.cells[column] for column in ("project", "task", "id"))
        names.add(position, project, task, id_)
        for column, key, right in (
            ("task", (project, task), "give each task of a project its own name"),
            ("id", (id_,), "give each task its own id"),
        ):
            first = at.setdefault(key, row)
            if key[-1] and first is not row:
                wrong = f"repeats {shown(key[-1])} of line {first.line}"
                table.note(row.line, column, wrong, right)
    return names


def _draft(row: Row, project: int, teams: Collection[str], pools: Mapping[str, int], table: Table) -> Draft:
    team = row.cells["team"]
    if team not in teams:
        wrong = f"is {shown(team)}, which is no team of the organisation" if team else "is empty"
        table.note(row.line, "team", wrong, suggest(team, teams))
    people = _people(row, table)
    likely = _hours(row, people, table)
    found = _range(row, likely, table)
    hours = (found[0] + 4 * found[1] + found[2]) / 6 if found else likely
    needs, done = _needs(row, pools, table), _done(row, hours, table)
    return Draft(
        row.line, project, row.cells["task"], team, hours, people if hours else 1, needs, done, found
    )


def _people(row: Row, table: Table) -> int:
    """How many people a task needs; one where it does not say."""
    number = table.number(row, "people", 1, 1.0)
    if number is not None and (number != int(number) or number > _MOST_PEOPLE):
        wrong = f"is {shown(row.cells['people'])}"
        table.note(row.line, "people", wrong, f"give a whole number from 1 to {_MOST_PEOPLE}")
        return 1
    return int(number or 1)


def _hours(row: Row, people: int, table: Table) -> float:
    """Hours of work: as estimated, else what the duration is for all the people on it."""
    if row.cells["estimate_hours"] or not row.cells["duration"]:
        return table.hours(row, "estimate_hours", "hours") or 0.0
    return (table.hours(row, "duration", None) or 0.0) * people


def _range(row: Row, likely: float, table: Table) -> tuple[float, float, float] | None:
    """The hours at best, most likely and at worst; None where only the likely ones are said."""
    columns = ("optimistic_hours", "pessimistic_hours")
    if not any(row.cells[column] for column in columns):
        return None
    for column in columns:
        if not row.cells[column]:
            table.note(row.line, column, "is empty", "give the hours at best and at worst, or neither")
            return None
    low, high = (table.hours(row, column, "hours") for column in columns)
    if low is None or high is None:
        return None
    if not low <= likely <= high:
        wrong = f"is {low:g} at best, {likely:g} most likely and {high:g} at worst"
        table.note(
            row.line, "estimate_hours", wrong, "give three hours of which none is below the one before"
        )
    return None if low == high else (low, likely, high)


def _done(row: Row, hours: float, table: Table) -> float:
    """The share of a task's work that was done before day 0."""
    percent, done = row.cells["percent_complete"], row.cells["done_hours"]
    if percent and done:
        table.note(row.line, "done_hours", "is given beside percent_complete", "give one of the two")
    if percent:
        row.cells["percent_complete"] = percent.rstrip("% ")
        return _share(row, "percent_complete", table.number(row, "percent_complete", 0), 100.0, table)
    return _share(row, "done_hours", table.hours(row, "done_hours", "hours"), hours, table) if done else 0.0


def _share(row: Row, column: str, part: float | None, whole: float, table: Table) -> float:
    if part is not None and part > whole:
        table.note(
            row.line, column, f"is {part:g}, more than {whole:g}", f"give a number from 0 to {whole:g}"
        )
    return 0.0 if part is None or whole <= 0.0 else min(1.0, part / whole)


def _needs(row: Row, pools: Mapping[str, int], table: Table) -> tuple[tuple[str, int], ...]:
    """Units of pools from a cell such as `security:1;test_environment:2`."""
    needs: dict[str, int] = {}
    for need in _listed(row.cells["needs"]):
        pool, _, units = (part.strip() for part in need.rpartition(":"))
        if not (pool and units.isascii() and units.isdecimal() and 0 < len(units) < 10 and int(units) > 0):
            table.note(
                row.line,
                "needs",
                f"is {shown(need)}",
                "give pool:units, such as security:1, parted by semicolons",
            )
        elif pool not in pools:
            wrong = f"names {shown(pool)}, which is no specialist pool"
            table.note(row.line, "needs", wrong, suggest(pool, pools))
        elif pool in needs:
            table.note(row.line, "needs", f"names {pool} twice", "give the units of a pool once")
        elif int(units) > pools[pool]:
            wrong = f"is {units} units of {pool}, which has {pools[pool]}"
            table.note(row.line, "needs", wrong, f"give at most {pools[pool]}, or enlarge the pool")
        else:
            needs[pool] = int(units)
    return tuple(needs.items())


def _listed(cell: str) -> Sequence[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
