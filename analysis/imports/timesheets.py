"""Timesheets of known programs or of anybody (CSV or xlsx): who booked how many hours on what, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from analysis.imports.columns import Columns, meant_by, plain_header, proposed, unit_in
from analysis.imports.dates import Order, day_of, order_of
from analysis.imports.grids import HEADER_WITHIN, Grid, refusal
from analysis.imports.item_tables import row_with
from analysis.imports.record import Booking, LeftOut, Reading
from analysis.imports.timesheet_words import (
    ALSO_OF_TASKS,
    TIMESHEET_NEEDS,
    TIMESHEET_PROGRAMS,
    TIMESHEET_WORDS,
)
from sim.safety.names import on_one_line, plain_text
from sim.scenario.reading.amounts import Decimal, decimal_of, hours_of

ANYBODYS = "a timesheet"
"""What a timesheet of no known program is called."""

MOST_HOURS_A_DAY = 24.0

_ROWS_LOOKED_AT = 200
"""Rows that must be days and hours, nearly all, for a table of no known program to be a timesheet."""

_OF_ITEMS = {"status", "due", "priority", "remaining", "percent", "points", "after", "before", "outline"}
"""What tables of items say, and timesheets do not."""

_KEY = re.compile(r"\b([A-Z][A-Z0-9]{1,9}-\d{1,7})\b")
"""The id of an item of a tracker, as people write it into what they did."""

_NUMBER = re.compile(r"#(\d{1,7})\b")

_AWAY = re.compile(
    r"\b(?:vacation|holidays?|sick(?:ness)?|pto|time off|absen(?:ce|t)|leave|urlaub|krank(?:heit)?"
    r"|feiertage?|congés?|vacaciones)\b",
    re.IGNORECASE,
)
"""Words of time in which nobody works."""


@dataclass(frozen=True)
class Timesheet:
    """A grid with its header, where each field stands, and what to call it, with its program if known."""

    what: str
    grid: Grid
    header: int
    places: Mapping[str, tuple[int, ...]]
    unit: str = "hours"
    order: Order = "day-first"
    decimal: Decimal = "point"

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows below the header."""
        return self.grid.rows[self.header + 1 :]

    def hours(self, row: Sequence[str]) -> float | None:
        """The hours of a row, said or from one time of the day to another; None if it says none."""
        if "hours" in self.places:
            return hours_of(self.text(row, "hours"), self.unit, self.decimal)
        begun, ended = _time(self.text(row, "from")), _time(self.text(row, "to"))
        if begun is None or ended is None:
            return None
        rest = hours_of(self.text(row, "break") or "0", "minutes", self.decimal)
        return None if rest is None else max(0.0, (ended - begun) % 24 - rest)

    def text(self, row: Sequence[str], name: str) -> str:
        """What a row says of a field; a name that stands in two columns is put together."""
        cells = (row[i].strip() for i in self.places.get(name, ()) if i < len(row))
        return on_one_line(" ".join(cell for cell in cells if cell))

    def column(self, name: str) -> Iterable[str]:
        """What all rows say of a field."""
        return filter(None, (self.text(row, name) for row in self.rows))


_TIME = re.compile(r"(\d{1,2})[:.h](\d\d)(?::\d\d)?\s*([ap])?\.?m?\.?", re.IGNORECASE)


def _time(text: str) -> float | None:
    """A time of the day, such as 17:30 or 5:30 PM, in hours since midnight; None if it is none."""
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] in ("p", "P") else 0) if found[3] else int(found[1])
    return hour + int(found[2]) / 60


def timesheet_of(grid: Grid) -> Timesheet | None:
    """The timesheet in a grid, by its headers, or by what is below them; None if it is none."""
    for i, row in enumerate(grid.rows[:HEADER_WITHIN]):
        there = set(map(plain_header, row))
        known = next((name for name, marks in TIMESHEET_PROGRAMS.items() if marks <= there), "")
        if known:
            return _sheet_at(grid, i, f"a timesheet of {known}")
        if _has_hours(sheet := _sheet_at(grid, i, ANYBODYS)) and _is_booked(sheet):
            return sheet
    return None


def _has_hours(sheet: Timesheet) -> bool:
    """Whether columns hold days, and hours of people or times of the day, none of which is there twice."""
    names = [plain_header(cell) for cell in sheet.grid.rows[sheet.header]]
    there = {field for field, (first, *_) in sheet.places.items() if names.count(names[first]) == 1}
    hours, times = TIMESHEET_NEEDS
    return there >= {*hours, "person"} or there >= times


def _is_booked(sheet: Timesheet) -> bool:
    """Whether a table of no known program is a timesheet: days, hours of a day, and people, not tasks."""
    rows = [row for row in sheet.rows[:_ROWS_LOOKED_AT] if any(row)]
    if _OF_ITEMS & proposed(sheet.grid.rows[sheet.header]).headers.keys():
        return False
    ways = [replace(sheet, order=o, decimal=d) for o in get_args(Order) for d in get_args(Decimal)]
    booked = [row for row in rows if any(_is_of_a_day(way, row) for way in ways)]
    return len(booked) > 0.8 * len(rows) and (_is_of_people(sheet) or _is_somebody_twice(sheet, booked))


def _is_of_people(sheet: Timesheet) -> bool:
    if "person" not in sheet.places or "hours" not in sheet.places:
        return True  # times of the day are nobody's plan
    header = sheet.grid.rows[sheet.header][sheet.places["person"][0]]
    return plain_header(header) not in ALSO_OF_TASKS


def _is_somebody_twice(sheet: Timesheet, rows: Sequence[Sequence[str]]) -> bool:
    return len({sheet.text(row, "person") for row in rows}) < len(rows)


def _is_of_a_day(sheet: Timesheet, row: Sequence[str]) -> bool:
    hours, day = sheet.hours(row), day_of(sheet.text(row, "day"), sheet.order)
    return day is not None and hours is not None and hours <= MOST_HOURS_A_DAY


def is_said(grid: Grid, headers: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a grid has all columns that a file of columns names for a timesheet."""
    there = set(map(plain_header, grid.rows[row_with(grid, headers)]))
    return all(there.issuperset(several) for several in headers.values())


def read_timesheet(found: Timesheet, said: Columns | None = None) -> Reading:
    """The hours of a timesheet; `said` tells its columns, or but the order of dates and the decimal sign.

    Raises ScenarioError where a date or a number could be read in two ways, and without any hours.
    """
    sheet, file = _read_as(found, said), found.grid.file
    left: Counter[tuple[str, str]] = Counter()
    rows = sheet.rows
    booked = tuple(each for row in rows if (each := _booking(sheet, row, left)))
    if not booked:
        raise refusal(file, "is a timesheet without hours", "export a period in which hours were booked")
    told = tuple(LeftOut(n, what, why) for (what, why), n in left.items())
    return Reading(file, found.what, len(rows), (), (*told, *_unused(sheet)), bookings=booked)


def _sheet_at(grid: Grid, header: int, what: str) -> Timesheet:
    names = [plain_header(cell) for cell in grid.rows[header]]
    meant = meant_by(dict.fromkeys(names))
    places = {field: _place(names, meant, known) for field, known in TIMESHEET_WORDS.items()}
    there = {field: found for field, found in places.items() if found}
    unit = unit_in(names[there["hours"][0]]) if "hours" in there else "hours"
    return Timesheet(what, grid, header, there, unit)


def _place(names: Sequence[str], meant: Mapping[str, str], known: Sequence[str]) -> tuple[int, ...]:
    """The column of a field; first and last names are one."""
    found = [word for word in known if word in meant]
    both = [word for word in found if word in ("first name", "last name")]
    return tuple(names.index(meant[word]) for word in (both if both and both[0] == found[0] else found[:1]))


def timesheet_said(grid: Grid, headers: Mapping[str, tuple[str, ...]]) -> Timesheet:
    """The sheet as a file of columns says it; its header is the row with most of what that names."""
    header = row_with(grid, headers)
    names = [plain_header(cell) for cell in grid.rows[header]]
    places = {field: tuple(map(names.index, several)) for field, several in headers.items()}
    return Timesheet("a timesheet, as the columns say", grid, header, places)


def _read_as(sheet: Timesheet, said: Columns | None) -> Timesheet:
    """The sheet with its dates and numbers as the columns say them, or as they themselves show."""
    if said and said.timesheet:
        sheet = replace(sheet, unit=said.unit)
    order, decimal = said.dates if said else None, said.decimal if said else None
    return replace(sheet, order=order or _order(sheet), decimal=decimal or _decimal(sheet))


def _order(sheet: Timesheet) -> Order:
    found = order_of(sheet.column("day"))
    if isinstance(found, str):
        return found
    one = next(t for t in sheet.column("day") if day_of(t, "day-first") != day_of(t, "month-first"))
    wrong = f"has dates such as {one!r}, which is {' or '.join(str(day_of(one, each)) for each in found)}"
    right = "say `columns: {}` and `dates: day-first` or `month-first` in a file for --columns"
    raise refusal(sheet.grid.file, wrong, right)


def _decimal(sheet: Timesheet) -> Decimal:
    found = decimal_of(sheet.column("hours"), "comma" if sheet.grid.decimal_comma else "point")
    if isinstance(found, tuple):
        wrong = f"has hours such as {found[0]!r}, which is {found[1]} or {found[2]}"
        right = "say `columns: {}` and `decimal: point` or `comma` in a file for --columns"
        raise refusal(sheet.grid.file, wrong, right)
    return found


def _booking(sheet: Timesheet, row: Sequence[str], left: Counter[tuple[str, str]]) -> Booking | None:
    day, hours = day_of(sheet.text(row, "day"), sheet.order), sheet.hours(row)
    if day is None or hours is None:
        left["row", "no day, or no hours, that are known"] += 1
        return None
    if not hours:
        left["row", "no hours"] += 1
        return None
    task, note = sheet.text(row, "task"), sheet.text(row, "note")
    project, activity = sheet.text(row, "project"), sheet.text(row, "activity")
    if any(map(_AWAY.search, (activity or task or note, project))):
        left["row", "time away, such as leave"] += 1
        return None
    key = sheet.text(row, "key") or _key_in(f"{task} {note}")
    person, team = sheet.text(row, "person"), sheet.text(row, "team")
    client = sheet.text(row, "client")
    return Booking(day, hours, person, project, task or note or activity, key, client, team, activity)


def _key_in(text: str) -> str:
    """The id of an item that a text names: `SHP-14`, else the number of `Bug #12: login`."""
    found = _KEY.search(text) or _NUMBER.search(text)
    return found[1] if found else ""


def _unused(sheet: Timesheet) -> Iterable[LeftOut]:
    """Headers of columns with something in them that no field takes."""
    used = {i for places in sheet.places.values() for i in places}
    header, rows = sheet.grid.rows[sheet.header], sheet.rows
    names = [
        plain_text(name)
        for i, name in enumerate(header)
        if i not in used and any(i < len(row) and row[i].strip() for row in rows)
    ]
    return [LeftOut(len(names), "column", f"not used: {', '.join(names)}")] if names else []
