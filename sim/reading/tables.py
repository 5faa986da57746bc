"""CSV tables as users and spreadsheets write them: comma or semicolon, with or without a byte-order mark."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from sim.reading.problems import Problem, ScenarioError, shown, suggest


@dataclass(frozen=True)
class Row:
    """One row of a table: its line in the file (from 1), and a cell for each column known, '' where it is
    empty.
    """

    line: int
    cells: dict[str, str]


@dataclass
class Table:
    """The rows of a CSV file, and what was wrong with them so far."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    decimal_comma: bool = False

    def note(self, line: int | None, key: str, wrong: str, right: str) -> None:
        """Keep a problem of this file, to be told with all the others."""
        self.problems.append(Problem(self.file, line, key, wrong, right))

    def number(self, row: Row, column: str, low: float, default: float | None = None) -> float | None:
        """The number in a cell, at least `low`; `default` if it is empty. None, and a problem noted, if it is
        no such number.

        Where semicolons part the cells, a comma is a decimal comma, as spreadsheets in much of Europe write
        it.
        """
        text = row.cells[column]
        if not text and default is not None:
            return default
        try:
            value = float(text.replace(",", ".") if self.decimal_comma else text)
        except ValueError:
            value = float("nan")
        if not low <= value < 1e9 or "_" in text:
            wrong = f"is {shown(text)}"
            self.note(row.line, column, wrong, f"give a number of at least {low:g}, such as {low + 12.5:g}")
            return None
        return value


def read_table(path: str | Path, needed: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Read the CSV file `path` with the columns `needed` and perhaps `optional`.

    Raises `ScenarioError` if the file cannot be read as a table with these columns; what is wrong with single
    rows is noted in the table.
    """
    table = Table(str(path))
    text = _text(path, table)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    table.decimal_comma = delimiter == ";"
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if columns is None:
                    columns = _columns(cells, line, needed, optional, table)
                else:
                    _add_row(cells, line, columns, [*needed, *optional], table)
            line = reader.line_num + 1
    except csv.Error as error:
        table.note(
            line, "", f"is no CSV ({error})", "save it as CSV, with quotes round cells that hold quotes"
        )
    if columns is None:
        table.note(None, "", "is empty", f"give a first line with the columns {', '.join(needed)}")
    elif not table.rows and not table.problems:
        table.note(None, "", "has no rows below its header", "give a row for each entry")
    if columns is None or not table.rows:
        raise ScenarioError(table.problems)
    return table


def _text(path: str | Path, table: Table) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        table.note(None, "", f"cannot be read ({error.strerror})", "give the path of a CSV file")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        table.note(line, "", "is not UTF-8 text", "save it as CSV UTF-8")
    raise ScenarioError(table.problems)


def _columns(
    cells: list[str], line: int, needed: Sequence[str], optional: Sequence[str], table: Table
) -> list[str]:
    """The column names of the header; raise if some are missing, unknown or repeated."""
    if len(cells) == 1 and "\t" in cells[0].strip():
        table.note(line, "", "has cells parted by tabs", "part them by commas or semicolons")
        raise ScenarioError(table.problems)
    columns = [cell.strip().lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    known = [*needed, *optional]
    missing = [name for name in needed if name not in columns]
    for i, name in enumerate(columns):
        if name not in known:
            left = [k for k in known if k not in columns]
            table.note(line, name or f"column {i + 1}", "is not a column of this table", suggest(name, left))
        elif name in columns[:i]:
            table.note(line, name, "is a column twice", "keep one of the two")
    for name in missing:
        table.note(line, name, "is missing", f"give the columns {', '.join(needed)}")
    if table.problems:
        raise ScenarioError(table.problems)
    return columns


def _add_row(cells: list[str], line: int, columns: list[str], known: Sequence[str], table: Table) -> None:
    surplus = [cell for cell in cells[len(columns) :] if cell.strip()]
    if surplus:
        wrong = f"has {len(cells)} cells where the header has {len(columns)}"
        table.note(line, "", wrong, "put quotes round a cell that holds the delimiter")
    filled = zip(columns, (cell.strip() for cell in cells), strict=False)
    table.rows.append(Row(line, dict.fromkeys(known, "") | dict(filled)))
