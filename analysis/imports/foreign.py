"""What a file looks like that was given where a scenario or one of its tables was wanted."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice
from pathlib import Path

from analysis.imports.azure import AZURE, is_azure
from analysis.imports.columns import is_jira, plain_header, proposed
from analysis.imports.csv_files import TEXT, delimiter_of, said_of_binary
from analysis.imports.github import GITHUB, is_github
from analysis.imports.gitlab import GITLAB, is_gitlab
from analysis.imports.grids import Grid
from analysis.imports.item_tables import header_of
from analysis.imports.primavera import PRIMAVERA, is_primavera
from analysis.imports.raci import matrix_of
from analysis.imports.timesheets import timesheet_of
from analysis.questionnaire.examples import THERE_ALREADY
from sim.scenario.reading.plan_tables import PROJECT_COLUMNS, TASK_COLUMNS
from sim.scenario.reading.problems import Problem, ScenarioError

LOOKED_AT = 200_000
"""Bytes of a file that are looked at."""

_MOST_ROWS_LOOKED_AT = 300
FEWEST_KNOWN = 3
"""Headers that must be known, for a table to be one of items."""

OWN = {*TASK_COLUMNS, *PROJECT_COLUMNS}
FEWEST_OWN = 3
"""Headers of Rolecall's own tables that make a table one of these, whatever is wrong with it."""


_TRACKERS = ((is_gitlab, GITLAB), (is_jira, "an export of Jira"), (is_azure, AZURE))


def named(error: ScenarioError) -> ScenarioError:
    """The error, with files that are another program's told as such, and with what reads them."""
    read = (problem for problem in error.problems if problem.wrong != THERE_ALREADY)
    files = dict.fromkeys(problem.file for problem in read if problem.file)
    known = {file: said for file in files if (said := _said(Path(file)))}
    if not known:
        return error
    kept = [problem for problem in error.problems if problem.file not in known]
    told = [Problem(file, None, "", *said) for file, said in known.items()]
    return ScenarioError([*told, *kept], error.to_come if kept else ())


def _said(path: Path) -> tuple[str, str] | None:
    """What is wrong with a file of another program, and what would be right; None if it is none."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            start = file.read(LOOKED_AT)
    except OSError:
        return None
    if start.startswith(b"PK"):
        return ("is a workbook of Excel", _reads(path)) if b"xl/" in start else None
    if said := said_of_binary(start):
        return said
    if is_github(start) or is_primavera(start):
        return f"is {PRIMAVERA} (XER)" if is_primavera(start) else f"is {GITHUB} in JSON", _reads(path)
    return _said_of_text(_text(start), path)


def _text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError:
        return start.decode("cp1252", errors="replace")


def _said_of_text(text: str, path: Path) -> tuple[str, str] | None:
    start = text[:2000].lstrip()
    for pattern, wrong, right in TEXT:
        own = "JSON" in wrong or "PSPLIB" in wrong  # what a scenario is in, or names
        if not own and re.match(pattern, start, re.IGNORECASE):
            return wrong, _reads(path) if "MS Project" in wrong else right
    what = _table(text, path)
    return (f"is {what}", _reads(path)) if what else None


def _table(text: str, path: Path) -> str | None:
    """What table of another program a text is; None if it is one of Rolecall's own, or none."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        rows = [row for row in islice(reader, _MOST_ROWS_LOOKED_AT) if any(row)]
    except csv.Error:
        return None
    if not rows or max(map(len, rows)) < 2:
        return None
    return what_is(Grid(str(path), rows, list(range(1, len(rows) + 1))))


def what_is(grid: Grid) -> str | None:
    """What the table in a grid is, in words; None for one of Rolecall's own, or of nobody's."""
    if sheet := timesheet_of(grid):
        return sheet.what
    header = grid.rows[header_of(grid)]
    for knows, what in _TRACKERS:
        if knows(header):
            return what
    if len(OWN.intersection(map(plain_header, header))) >= FEWEST_OWN:
        return None
    if matrix_of(grid):
        return "a matrix of responsibilities"
    fields = proposed(header).headers
    return "a table of items" if len(fields) >= FEWEST_KNOWN and {"id", "title"} & fields.keys() else None


def _reads(path: Path) -> str:
    return f"`rolecall import {path.name}` reads it and writes a scenario"
