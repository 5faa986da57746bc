"""CSV tables as users and spreadsheets write them: comma or semicolon, with or without a byte-order mark."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from sim.safety.names import breaks, plain_text
from sim.scenario.reading.amounts import Decimal, decimal_of, hours_of, number_of, readings_of
from sim.scenario.reading.files import LARGEST_TABLE, decoded, read_content
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest

_MOST_COLUMNS = 1000
"""Cells of a header that are looked at one by one."""

_MOST_ROWS = 200_000
"""Rows of a table at most."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_HEADER_WITHIN = 30
"""Filled rows in which the header is looked for: titles may stand above it."""

_FEWEST_KNOWN = 3
"""Columns that make a row the header, where so many are needed."""

ENCODINGS = ("utf-8-sig", "cp1252")
"""UTF-8 with or without a mark, else the code page of Windows, in which old spreadsheets save."""

MOST_PROBLEMS = 100_000
"""Problems of one table that are counted: who has more has given another file."""


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
    decimals: dict[str, Decimal | None] = field(default_factory=dict)

    def note(self, line: int | None, key: str, wrong: str, right: str) -> None:
        """Keep a problem of this file, to be told with all the others; raise them if they are too many."""
        self.problems.append(Problem(self.file, line, key, wrong, right))
        if len(self.problems) >= MOST_PROBLEMS:
            raise ScenarioError(self.problems)

    def number(
        self, row: Row, column: str, low: float, default: float | None = None, remedy: str = ""
    ) -> float | None:
        """The number in a cell, at least `low`; `default` if it is empty. None, and a problem noted, if it is
        no such number, with the `remedy` if it is not the usual one.

        Which sign is the decimal one the numbers of the column show; where they show none, a comma is where
        semicolons part the cells, as spreadsheets in much of Europe write it. What could be read in two ways
        is refused.
        """
        text = row.cells[column]
        if not text and default is not None:
            return default
        known = self._decimal(column) is not None
        unclear = not known and self._is_unclear(row, column, text)
        return None if unclear else self._within(row, column, low, remedy)

    def hours(self, row: Row, column: str, unit: str | None) -> float | None:
        """Hours of work of at least 0: a number in `unit`, or a text that says its units, such as `2w 3d` or
        `PT16H`. None, and a problem noted, if it is neither, or a bare number where there is no `unit`.
        """
        text = row.cells[column]
        if any(sign.isalpha() for sign in text) and (hours := hours_of(text, "hours")) is not None:
            return None if self._is_unclear(row, column, text.rstrip(_LETTERS).strip()) else hours
        if unit is None and number_of(text) is not None:
            right = f"say the unit, as in {text}d or {text}h"
            self.note(row.line, column, f"is {shown(text)}: days or hours?", right)
            return None
        return self.number(row, column, 0)

    def _within(self, row: Row, column: str, low: float, remedy: str) -> float | None:
        text = row.cells[column]
        value = number_of(text, self._decimal(column) or "point")
        if value is None or not low <= value < 1e9:
            right = f"give a number of at least {low:g}, such as {low + 12.5:g}"
            self.note(row.line, column, f"is {shown(text)}", remedy or right)
            return None
        return value

    def _is_unclear(self, row: Row, column: str, text: str) -> bool:
        """Whether the number in a cell could be read in two ways; then that is noted."""
        both = readings_of(text)
        if both is not None:
            wrong = f"is {shown(row.cells[column])}, which is {both[0]} or {both[1]}"
            self.note(row.line, column, wrong, "write it without a sign between thousands")
        return both is not None

    def _decimal(self, column: str) -> Decimal | None:
        """The decimal sign of a column; None where it could be either."""
        if column not in self.decimals:
            usual: Decimal = "comma" if self.decimal_comma else "point"
            found = decimal_of((row.cells[column] for row in self.rows), usual)
            self.decimals[column] = found if isinstance(found, str) else None
        return self.decimals[column]


def read_table(
    path: str | Path,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    instead: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """Read the CSV file `path` with the columns `needed` (or what is there `instead`) and perhaps `optional`.

    Titles may stand above the header. Raises `ScenarioError` if the file cannot be read as a table with these
    columns; what is wrong with single rows is noted in the table.
    """
    table = Table(str(path))
    content = read_content(path, LARGEST_TABLE, "give the path of a CSV file")
    text = decoded(content, path, "save it as CSV UTF-8", ENCODINGS)
    known = [*needed, *optional]
    table.decimal_comma = _parted_by_semicolons(text, known)
    rows = list(_filled(text, table))
    header = _header(rows, needed, known)
    if header is None:
        table.note(None, "", "is empty", f"give a first line with the columns {', '.join(needed)}")
        raise ScenarioError(table.problems)
    line, cells = rows[header]
    columns = _columns(cells, line, needed, optional, instead, table)
    if len(rows) - header - 1 > _MOST_ROWS:
        wrong, right = f"has more than {_MOST_ROWS:,} rows", "give the rows that the question needs"
        raise ScenarioError([Problem(table.file, line, "", wrong, right)])
    for line, cells in rows[header + 1 :]:
        _add_row(cells, line, columns, known, table)
    if not table.rows and not table.problems:
        table.note(None, "", "has no rows below its header", "give a row for each entry")
    if not table.rows:
        raise ScenarioError(table.problems)
    return table


def _header(rows: Sequence[tuple[int, list[str]]], needed: Sequence[str], known: Sequence[str]) -> int | None:
    """Which row is the header: the first with enough known columns, else the first of all."""
    enough = min(_FEWEST_KNOWN, len(needed))
    found = (i for i, (_, cells) in enumerate(rows[:_HEADER_WITHIN]) if _known_in(cells, known) >= enough)
    return next(found, 0 if rows else None)


def _known_in(cells: Sequence[str], known: Sequence[str]) -> int:
    return len({plain_text(cell).lower() for cell in cells[:_MOST_COLUMNS]}.intersection(known))


def _parted_by_semicolons(text: str, known: Sequence[str]) -> bool:
    """Whether semicolons part the cells of the header, or, where none is found, of the first line."""
    lines = [line for line in islice(StringIO(text), 2 * _HEADER_WITHIN) if line.strip()]
    by_known = {sign: max((_known_in(line.split(sign), known) for line in lines), default=0) for sign in ";,"}
    if by_known[";"] != by_known[","]:
        return by_known[";"] > by_known[","]
    first = next(iter(lines), "")
    return first.count(";") > first.count(",")


def _filled(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Each row in which there is something, with the line in which it begins; raise for what is no CSV."""
    delimiter = ";" if table.decimal_comma else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, rows = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
                rows += 1
            if rows > _MOST_ROWS + _HEADER_WITHIN:
                wrong, right = f"has more than {_MOST_ROWS:,} rows", "give the rows that the question needs"
                raise ScenarioError([Problem(table.file, line, "", wrong, right)])
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioError([no_csv(error, text, line, reader.line_num, table.file)]) from None


def no_csv(error: csv.Error, text: str, first: int, last: int, file: str) -> Problem:
    """What is wrong with the row from line `first` to `last`, in which the reader gave up."""
    if "end of data" in str(error):
        opened = _last_opened(text, first)
        right = "close it, or leave it out where it belongs to the text"
        return Problem(file, opened, "", "opens a quote that is never closed", right)
    ends = "" if last == first else f" up to line {last}"
    right = 'put quotes round cells that hold quotes, and write these twice (""); close each quote'
    return Problem(file, first, "", f"is no CSV{ends} ({error})", right)


def _last_opened(text: str, first: int) -> int:
    """The line of the last quote that opens, counted from the start of the row in line `first`."""
    opened, within = first, False
    for number, line in enumerate(islice(StringIO(text, newline=""), first - 1, None), first):
        for _ in range(line.count('"')):
            opened, within = (opened, False) if within else (number, True)
    return opened


def _columns(
    cells: list[str],
    line: int,
    needed: Sequence[str],
    optional: Sequence[str],
    instead: Mapping[str, str],
    table: Table,
) -> list[str]:
    """The column names of the header; raise if some are missing, unknown or repeated."""
    if len(cells) == 1 and "\t" in cells[0].strip():
        table.note(line, "", "has cells parted by tabs", "part them by commas or semicolons")
        raise ScenarioError(table.problems)
    if len(cells) > _MOST_COLUMNS:
        right = f"give a first line with the columns {', '.join(needed)}"
        table.note(line, "", f"has {len(cells):,} columns", right)
        raise ScenarioError(table.problems)
    columns = [plain_text(cell).lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    known = [*needed, *optional]
    missing = [name for name in needed if not {name, instead.get(name, name)}.intersection(columns)]
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
    filled = {c: _plain_cell(cell, line, c, table) for c, cell in zip(columns, cells, strict=False)}
    table.rows.append(Row(line, dict.fromkeys(known, "") | filled))


def _plain_cell(cell: str, line: int, column: str, table: Table) -> str:
    """The text of a cell; a break of its line is a blank, but not where a whole row may have got into it."""
    text = plain_text(cell)
    if not breaks(text):
        return text
    lines = text.splitlines()
    if len(lines) > 1 and (";" if table.decimal_comma else ",") in text:
        wrong = f"holds {len(lines)} lines, perhaps rows: is the quote before them closed?"
        table.note(line, column, wrong, "close each quote, and write what belongs into a cell on one line")
    elif breaks(text := " ".join(lines)):
        table.note(line, column, "holds a control character", "write it in plain text")
    return plain_text(text)
