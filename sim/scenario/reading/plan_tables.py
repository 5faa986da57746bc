"""A plan read from CSV tables: one of tasks, perhaps one of projects; all that is wrong is found at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sim.safety.names import look
from sim.scenario.plan import Plan, PlannedProject, PlannedTask
from sim.scenario.reading.networks import a_cycle, in_order
from sim.scenario.reading.problems import MOST_LISTED, Problem, ScenarioError, shown, suggest
from sim.scenario.reading.tables import Row, Table, read_table
from sim.vocabulary import CONTRACTS, Contract

TASK_COLUMNS = ("project", "task", "team", "estimate_hours", "predecessors")
_LONGEST_NAME = 500
"""Characters of a name in a table: twice what trackers of tasks allow for a summary."""

PROJECT_COLUMNS = ("client", "start_day", "deadline_day", "value", "budget_hours", "paid", "milestones")
_MOST_MILESTONES = 50


def plan_from_tables(
    tasks_path: str | Path, projects_path: str | Path | None, teams: Collection[str], pools: Mapping[str, int]
) -> Plan:
    """The plan in these CSV files; raise `ScenarioError` with all that is wrong with both."""
    table = read_table(tasks_path, TASK_COLUMNS, ("needs",))
    tasks, names = _read_tasks(table, dict.fromkeys(teams), pools)
    problems: list[Problem] = sorted(table.problems, key=lambda problem: problem.line or 0)
    projects = tuple(PlannedProject(name, name) for name in names)
    if projects_path is not None:
        try:
            projects = _read_projects(projects_path, names)
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    return Plan(projects, tasks)


def _read_tasks(
    table: Table, teams: Collection[str], pools: Mapping[str, int]
) -> tuple[tuple[PlannedTask, ...], list[str]]:
    """The tasks of a table, in order, and the names of its projects; what is wrong is noted in the table."""
    projects: dict[str, list[Row]] = {}
    for row in table.rows:
        for column in ("project", "task"):
            _check_name(row, column, table)
        projects.setdefault(row.cells["project"], []).append(row)
    _note_look_alikes({name: rows[0].line for name, rows in projects.items()}, "project", table)
    tasks: list[PlannedTask] = []
    for number, rows in enumerate(projects.values()):
        positions = _positions(rows, table)
        before = [_predecessors(row, positions, table) for row in rows]
        read = [_read_task(row, number, teams, pools, table) for row in rows]
        order = in_order(before)
        if order is None:
            cycle = a_cycle(before)
            wrong = f"form a cycle: {_round([rows[i].cells['task'] for i in cycle])}"
            table.note(rows[cycle[0]].line, "predecessors", wrong, "take one of these arrows out")
            continue
        place = {i: len(tasks) + k for k, i in enumerate(order)}
        for i in order:
            name, team, hours, needs = read[i]
            tasks.append(
                PlannedTask(number, name, team, hours, tuple(sorted(place[p] for p in before[i])), needs)
            )
    return tuple(tasks), list(projects)


def _check_name(row: Row, column: str, table: Table) -> None:
    name = row.cells[column]
    if not name:
        table.note(row.line, column, "is empty", f"give the name of the {column}")
    elif len(name) > _LONGEST_NAME:
        wrong = f"is {len(name):,} characters long"
        table.note(row.line, column, wrong, f"give the {column} a name of at most {_LONGEST_NAME}")


def _note_look_alikes(lines: Mapping[str, int], column: str, table: Table) -> None:
    """Note names that differ only in how they are written, such as in capitals; `lines` says where."""
    seen: dict[str, str] = {}
    for name, line in lines.items():
        first = seen.setdefault(look(name), name)
        if first != name:
            wrong = f"is {shown(name)}, which looks like {shown(first)} of line {lines[first]}"
            table.note(
                line, column, wrong, "write it the same way wherever it is meant, or name it otherwise"
            )


def _round(names: list[str]) -> str:
    """The tasks of a cycle, as arrows lead from one to the next; of a long one, how it begins."""
    if len(names) <= MOST_LISTED:
        return " -> ".join([*names, names[0]])
    return f"{' -> '.join(names[:MOST_LISTED])} -> … and {len(names) - MOST_LISTED:,} more"


def _positions(rows: list[Row], table: Table) -> dict[str, int]:
    """Where in `rows`, those of one project, each task name stands."""
    positions: dict[str, int] = {}
    for i, row in enumerate(rows):
        name = row.cells["task"]
        if name in positions and name:
            wrong = f"repeats {shown(name)} of line {rows[positions[name]].line}"
            table.note(row.line, "task", wrong, "give each task of a project its own name")
        positions.setdefault(name, i)
    return positions


def _predecessors(row: Row, positions: dict[str, int], table: Table) -> list[int]:
    found: dict[int, None] = {}
    for name in _listed(row.cells["predecessors"]):
        if name in positions:
            found[positions[name]] = None
            continue
        wrong = f"names {shown(name)}, which is no task of this project"
        table.note(row.line, "predecessors", wrong, _parted(name, positions) or suggest(name, positions))
    return list(found)


def _parted(name: str, positions: Mapping[str, int]) -> str:
    """The remedy for predecessors that are parted by commas; nothing where these are no tasks either."""
    names = [part.strip() for part in name.split(",")]
    if len(names) < 2 or not all(part in positions for part in names):
        return ""
    return f"part predecessors by semicolons: {shown('; '.join(names))}"


def _read_task(
    row: Row, project: int, teams: Collection[str], pools: Mapping[str, int], table: Table
) -> tuple[str, str, float, tuple[tuple[str, int], ...]]:
    team = row.cells["team"]
    if team not in teams:
        wrong = f"is {shown(team)}, which is no team of the organisation" if team else "is empty"
        table.note(row.line, "team", wrong, suggest(team, teams))
    hours = table.number(row, "estimate_hours", 0)
    return row.cells["task"], team, hours or 0.0, _needs(row, pools, table)


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


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _read_projects(path: str | Path, names: list[str]) -> tuple[PlannedProject, ...]:
    """The table of projects, in the order of `names`; a project without a row there keeps the defaults."""
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
        given[name] = _read_project(row, table)
    _note_look_alikes(_first_lines(table, "client"), "client", table)
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


def _read_project(row: Row, table: Table) -> PlannedProject:
    name = row.cells["project"]
    if row.cells["client"]:
        _check_name(row, "client", table)
    start = _day(row, "start_day", table) or 0
    deadline = _day(row, "deadline_day", table)
    if deadline is not None and deadline <= start:
        wrong = f"is day {deadline}, not after the start on day {start}"
        table.note(row.line, "deadline_day", wrong, f"give a working day from {start + 1}, or leave it empty")
    value = table.number(row, "value", 0) if row.cells["value"] else None
    budget = table.number(row, "budget_hours", 0) if row.cells["budget_hours"] else None
    paid, milestones = _paid(row, table), _milestones(row, table)
    client = row.cells["client"] or name
    return PlannedProject(name, client, start, deadline, value, budget, paid, milestones)


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


def _day(row: Row, column: str, table: Table) -> int | None:
    """A working day, or None where the cell is empty."""
    if not row.cells[column]:
        return None
    right = "write the number of the working day, counted from 0 at the start of the horizon, such as 60"
    day = table.number(row, column, 0, remedy=right)
    if day is not None and day != int(day):
        table.note(row.line, column, f"is {shown(row.cells[column])}", "give a whole working day, such as 60")
    return None if day is None else int(day)
