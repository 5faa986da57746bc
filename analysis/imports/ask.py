"""`import_files`: from files of other programs to a scenario, with the tables of its plan."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.imports.azure import AZURE, NO_LINKS, in_plain_columns, is_azure
from analysis.imports.columns import (
    DURATIONS,
    Columns,
    check_columns,
    commented,
    is_jira,
    plain_header,
    proposed,
    read_columns,
)
from analysis.imports.duty_words import EXAMPLES_OF_DUTIES
from analysis.imports.foreign import what_is
from analysis.imports.github import is_github, read_github
from analysis.imports.gitlab import GITLAB, NO_LINKS_OF_GITLAB, is_gitlab, of_gitlab
from analysis.imports.grids import Grid, refusal
from analysis.imports.item_tables import Table, header_of, row_with, table_of
from analysis.imports.items import reading_of, unused
from analysis.imports.ms_project import is_ms_project, read_ms_project
from analysis.imports.opening import LARGEST, grids_of
from analysis.imports.primavera import is_primavera, read_primavera
from analysis.imports.raci import matrix_of
from analysis.imports.record import LeftOut, Reading
from analysis.imports.responsibilities import structure_of
from analysis.imports.timesheets import ANYBODYS, is_said, read_timesheet, timesheet_of, timesheet_said
from analysis.imports.writing import Content, Wish, content_of
from analysis.questionnaire.examples import write_all
from sim.safety.names import plain_text
from sim.scenario.reading.amounts import number_of
from sim.scenario.reading.files import read_content
from sim.scenario.reading.problems import ScenarioError, shown
from sim.scenario.structures import Ranks

if TYPE_CHECKING:
    from sim.scenario import Scenario

Tell = Callable[[str], None]

SECONDS_FROM = 600
"""Hours beyond which no item of a table is thought to be estimated, if all are: ten minutes of seconds."""

NOT_ENOUGH = ("title", "id", "estimate", "points", "created", "due", "status", "percent", "project", "epic")
"""Fields of which a table of items must name two at least, one of them a title or an id."""


@dataclass(frozen=True)
class Imported:
    """What came of an import: what each file gave, the files to be written, and the scenario in them."""

    readings: tuple[Reading, ...]
    content: Content
    left_out: tuple[LeftOut, ...]
    scenario: Scenario

    def __repr__(self) -> str:
        read = f"{len(self.readings)} files read, {len(self.left_out)} left out"
        return f"<{type(self).__name__}: {read}: {self.scenario!r}>"


def import_files(
    files: Sequence[Path],
    out: Path | None = None,
    *,
    columns: Path | None = None,
    wish: Wish | None = None,
    dry_run: bool = False,
    propose: Tell = lambda text: None,
    ask_ranks: Callable[[], Ranks | None] = lambda: None,
) -> Imported:
    """Read files of other programs and write a scenario to `out`, with the tables of its plan beside it.

    `columns` is a file that says which column is what; `propose` is told the columns of each file that were
    found without one. Nothing is overwritten, and with `dry_run` nothing is written. Raises ScenarioError for
    what is no such file, and where something could be read in two ways.
    """
    said = read_columns(columns) if columns else None
    wish = wish or Wish()
    found = [_read(path, said, str(columns), propose, wish) for path in files]
    readings = _with_one_matrix([reading for several in found for reading in several])
    path = out or Path(f"{files[0].stem}.yaml")
    if wish.ranks is None and any(reading.roles for reading in readings):
        wish = replace(wish, ranks=ask_ranks())
    content = content_of(readings, path, wish)
    scenario = _checked(content, path)
    if not dry_run:
        write_all({path.with_name(name): text.encode() for name, text in content.files.items()})
    return Imported(readings, content, content.left_out, scenario)


def _read(path: Path, said: Columns | None, named: str, propose: Tell, wish: Wish) -> list[Reading]:
    """What the sheets of a file give; those that cannot be read are passed over, and told, unless all are."""
    content = read_content(path, LARGEST, "give the path of a file of CSV, xlsx, XML, XER or JSON")
    if is_ms_project(content):
        return [read_ms_project(content, str(path))]
    if is_primavera(content):
        return [read_primavera(content, str(path))]
    if is_github(content):
        return [read_github(content, str(path))]
    grids = grids_of(content, path)
    found: list[Reading] = []
    wrong: dict[str, ScenarioError] = {}
    for grid in grids:
        try:
            found.append(_of_grid(grid, said, named, propose, wish))
        except ScenarioError as error:
            wrong[grid.sheet] = error
    if wrong and not found:
        raise next(iter(wrong.values()))
    passed = [LeftOut(1, "sheet", f"{sheet!r} {error.problems[0].wrong}") for sheet, error in wrong.items()]
    return [replace(found[0], left_out=(*found[0].left_out, *passed)), *found[1:]]


def _of_grid(grid: Grid, said: Columns | None, named: str, propose: Tell, wish: Wish) -> Reading:
    """What a grid gives: hours, responsibilities or items."""
    if said and said.timesheet:
        header = grid.rows[row_with(grid, said.timesheet)]
        if is_said(grid, said.timesheet) or not (said.headers or what_is(grid)):
            check_columns(said, header, named, grid.file)
            return read_timesheet(timesheet_said(grid, said.timesheet), said)
        said = replace(said, timesheet={}) if said.headers else None  # another of the files is meant
    sheet = timesheet_of(grid)
    if sheet and not (said and said.headers and sheet.what == ANYBODYS):
        return read_timesheet(sheet, said)
    return _matrix(grid, wish) or _items(grid, said, named, propose)


def _with_one_matrix(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings; ScenarioError if several are matrices of responsibilities, for which would count?"""
    matrices = [reading.file for reading in readings if reading.roles]
    if len(matrices) > 1:
        wrong = f"is a matrix of responsibilities, and so is {matrices[0]}"
        raise refusal(matrices[1], wrong, "give one of them, with one matrix in it")
    return tuple(readings)


def _matrix(grid: Grid, wish: Wish) -> Reading | None:
    """What a matrix of responsibilities gives; None if the grid is none."""
    header = grid.rows[header_of(grid)]
    matrix = None if is_jira(header) or is_azure(header) or is_gitlab(header) else matrix_of(grid)
    if matrix is None:
        return None
    roles = structure_of(matrix, anonymous=wish.anonymous)
    if not roles.understood:
        wrong = "is a matrix of responsibilities, and no activity in it is one of the fourteen duties"
        raise refusal(grid.file, wrong, f"call them by such words as {', '.join(EXAMPLES_OF_DUTIES)}")
    what = "a matrix of responsibilities"
    return Reading(grid.file, what, len(matrix.activities), (), roles.left_out, roles.remarks, roles)


def _items(grid: Grid, said: Columns | None, named: str, propose: Tell) -> Reading:
    """The items of a table; one of Azure DevOps or GitLab is put into plain columns first."""
    header = header_of(grid)
    for knows, plain, what, remark in _IN_PLAIN_COLUMNS:
        if knows(grid.rows[header]):
            made, left = plain(grid, header, keep=said is not None)
            reading = _items_of(made, said, named, propose)
            remarks = (*reading.remarks, remark)
            return replace(reading, what=what, left_out=(*left, *reading.left_out), remarks=remarks)
    return _items_of(grid, said, named, propose)


_IN_PLAIN_COLUMNS = (
    (is_azure, in_plain_columns, AZURE, NO_LINKS),
    (is_gitlab, of_gitlab, GITLAB, NO_LINKS_OF_GITLAB),
)
"""Whose exports have columns of their own: how they are known, put right, called, and what they lack."""


def _items_of(grid: Grid, said: Columns | None, named: str, propose: Tell) -> Reading:
    header = grid.rows[header_of(grid)]
    columns = said or proposed(header, _empty(grid, header_of(grid)))
    if said is None:
        propose(commented(columns, header, Path(grid.file).name))
        _refuse_unknown(columns, grid)
    table = table_of(grid, columns)
    if said is not None:
        check_columns(said, grid.rows[table.header], named, grid.file)
    else:
        _ask_unit(table)
    reading = reading_of(table)
    if not reading.items:
        raise refusal(grid.file, "has no items below its header", "give a file with rows that have a title")
    left = unused(table)
    listed = ", ".join(left[:12]) + (" …" if len(left) > 12 else "")
    more = (LeftOut(len(left), "column", f"not used: {listed}"),) if left else ()
    return replace(reading, left_out=(*reading.left_out, *more))


def _empty(grid: Grid, header: int) -> set[str]:
    """The headers, as they are compared, of columns with nothing in them."""
    below = grid.rows[header + 1 :]
    names = list(map(plain_header, grid.rows[header]))
    filled = {name for i, name in enumerate(names) if any(i < len(row) and row[i].strip() for row in below)}
    return set(names) - filled


def _ask_unit(table: Table) -> None:
    """Refuse times such as 3 in a column of durations, or 28800 in one of work, whose unit nothing says."""
    headers = table.columns.headers.get("estimate", ())
    rows, decimal = table.grid.rows[table.header + 1 :], table.decimals["estimate"]
    said = [text for row in rows if number_of(text := table.text(row, "estimate"), decimal)]
    if not said:
        return
    named = plain_text(next(cell for cell in table.grid.rows[table.header] if plain_header(cell) in headers))
    if DURATIONS.intersection(headers):
        wrong, right = f"{named}: has {shown(said[0])} without a unit: days or hours?", "hours or days"
    elif _look_like_seconds([number_of(text, decimal) or 0.0 for text in said], table):
        wrong, right = f"{named}: has {shown(said[0])} without a unit: hours or seconds?", "hours or seconds"
    else:
        return
    raise refusal(table.grid.file, wrong, f"say unit: {right} in a file for --columns")


def _look_like_seconds(said: Sequence[float], table: Table) -> bool:
    """Whether every time is whole minutes if it is seconds, and more than a quarter's work if it is hours."""
    hours = table.columns.unit == "hours" and not any("hour" in h for h in table.columns.headers["estimate"])
    return hours and all(each >= SECONDS_FROM and each % 60 == 0 for each in said)


def _refuse_unknown(columns: Columns, grid: Grid) -> None:
    known = [name for name in NOT_ENOUGH if name in columns.headers]
    if len(known) < 2 or not {"title", "id"} & set(known):
        wrong = "is a table, and which of its columns is what is not known"
        right = "`rolecall import FILE --dry-run` proposes a file to edit and give with --columns"
        raise refusal(grid.file, wrong, right)


def _checked(content: Content, path: Path) -> Scenario:
    """The scenario that the files make, read as it will be read: what is written is sound."""
    from sim.scenario import load

    with tempfile.TemporaryDirectory() as folder:
        for name, text in content.files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        try:
            return load(Path(folder, path.name))
        except ScenarioError as error:
            where = {str(Path(folder, name)): name for name in content.files}
            raise ScenarioError(
                replace(p, file=where.get(p.file, p.file), wrong=f"{p.wrong} (as read from the files)")
                for p in error.problems
            ) from None


def names_of(files: Mapping[str, str], path: Path) -> list[str]:
    """The paths of the files that are written, the scenario first."""
    return [str(path.with_name(name)) for name in files]
