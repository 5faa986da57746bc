"""Timesheets (Toggl, Clockify, Harvest, Tempo; CSV or xlsx): who booked how many hours on what, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.imports.columns import Columns, plain_header
from analysis.imports.dates import Order, day_of, order_of
from analysis.imports.grids import Grid, refusal
from analysis.imports.record import Booking, LeftOut, Reading
from sim.safety.names import legible, plain_text
from sim.scenario.reading.amounts import Decimal, decimal_of, hours_of

HEADER_WITHIN = 30

_MARKS = {
    "Tempo": {"issue key", "work date", "hours"},
    "Harvest": {"date", "hours", "first name", "last name"},
    "Clockify": {"user", "start date", "duration (decimal)"},
    "Toggl": {"user", "email", "start date", "duration"},
}
"""Headers by which each program's export is known; the first that fits counts."""

_HEADED = {
    "day": ("work date", "date", "start date"),
    "hours": ("hours", "duration (decimal)", "duration"),
    "person": ("full name", "user", "first name", "last name", "username"),
    "client": ("client", "account name"),
    "project": ("project name", "project", "project key"),
    "task": ("issue summary", "task"),
    "note": ("work description", "description", "notes"),
    "key": ("issue key",),
    "team": ("group", "team"),
}
"""What a column of each field is headed, in any of the programs; the first that is there counts."""

_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,7}\b")
"""The id of an item of a tracker, as people write it into what they did."""


_AWAY = re.compile(
    r"\b(?:vacation|holidays?|sick(?:ness)?|pto|time off|absen(?:ce|t)|leave|urlaub|krank(?:heit)?"
    r"|feiertage?|congés?|vacaciones)\b",
    re.IGNORECASE,
)
"""Words of time in which nobody works."""


@dataclass(frozen=True)
class _Sheet:
    """A grid with its header, and where each field stands."""

    grid: Grid
    header: int
    places: Mapping[str, tuple[int, ...]]
    order: Order = "day-first"
    decimal: Decimal = "point"

    def text(self, row: Sequence[str], name: str) -> str:
        """What a row says of a field; a name that stands in two columns is put together."""
        cells = (row[i].strip() for i in self.places.get(name, ()) if i < len(row))
        return _plain(" ".join(cell for cell in cells if cell))

    def column(self, name: str) -> Iterable[str]:
        """What all rows say of a field."""
        return filter(None, (self.text(row, name) for row in self.grid.rows[self.header + 1 :]))


def program_of(grid: Grid) -> str:
    """The program whose timesheet this is; empty if it is none."""
    return next((name for row in grid.rows[:HEADER_WITHIN] if (name := _program(row))), "")


def _program(row: Sequence[str]) -> str:
    there = set(map(plain_header, row))
    return next((name for name, marks in _MARKS.items() if marks <= there), "")


def read_timesheet(grid: Grid, said: Columns | None = None) -> Reading:
    """The hours of a timesheet; `said` is asked for the order of dates and the decimal sign alone.

    Raises ScenarioError where a date or a number could be read in two ways.
    """
    sheet = _sheet_of(grid, said)
    left: Counter[tuple[str, str]] = Counter()
    rows = grid.rows[sheet.header + 1 :]
    booked = tuple(each for row in rows if (each := _booking(sheet, row, left)))
    if not booked:
        raise refusal(grid.file, "is a timesheet without hours", "export a period in which hours were booked")
    told = tuple(LeftOut(n, what, why) for (what, why), n in left.items())
    what = f"a timesheet of {program_of(grid)}"
    return Reading(grid.file, what, len(rows), (), (*told, *_unused(sheet)), bookings=booked)


def _sheet_of(grid: Grid, said: Columns | None) -> _Sheet:
    header = next(i for i, row in enumerate(grid.rows) if _program(row))
    names = [plain_header(cell) for cell in grid.rows[header]]
    places = {field: _place(names, known) for field, known in _HEADED.items()}
    sheet = _Sheet(grid, header, {field: found for field, found in places.items() if found})
    order, decimal = said.dates if said else None, said.decimal if said else None
    return replace(sheet, order=order or _order(sheet), decimal=decimal or _decimal(sheet))


def _place(names: Sequence[str], known: Sequence[str]) -> tuple[int, ...]:
    """The column of a field; first and last names are one."""
    found = [word for word in known if word in names]
    both = [word for word in found if word.endswith(" name") and word.split()[0] in ("first", "last")]
    return tuple(names.index(word) for word in (both if both and both[0] == found[0] else found[:1]))


def _order(sheet: _Sheet) -> Order:
    found = order_of(sheet.column("day"))
    if isinstance(found, str):
        return found
    one = next(t for t in sheet.column("day") if day_of(t, "day-first") != day_of(t, "month-first"))
    wrong = f"has dates such as {one!r}, which is {' or '.join(str(day_of(one, each)) for each in found)}"
    right = "say `columns: {}` and `dates: day-first` or `month-first` in a file for --columns"
    raise refusal(sheet.grid.file, wrong, right)


def _decimal(sheet: _Sheet) -> Decimal:
    found = decimal_of(sheet.column("hours"), "comma" if sheet.grid.decimal_comma else "point")
    if isinstance(found, tuple):
        wrong = f"has hours such as {found[0]!r}, which is {found[1]} or {found[2]}"
        right = "say `columns: {}` and `decimal: point` or `comma` in a file for --columns"
        raise refusal(sheet.grid.file, wrong, right)
    return found


def _booking(sheet: _Sheet, row: Sequence[str], left: Counter[tuple[str, str]]) -> Booking | None:
    day, said = day_of(sheet.text(row, "day"), sheet.order), sheet.text(row, "hours")
    hours = hours_of(said, "hours", sheet.decimal)
    if day is None or hours is None:
        left["row", "no day, or no hours, that are known"] += 1
        return None
    if not hours:
        left["row", "no hours"] += 1
        return None
    task, note = sheet.text(row, "task"), sheet.text(row, "note")
    project = sheet.text(row, "project")
    if _AWAY.search(task or note) or _AWAY.search(project):
        left["row", "time away, such as leave"] += 1
        return None
    key = sheet.text(row, "key") or next(iter(_KEY.findall(f"{task} {note}")), "")
    person, team = sheet.text(row, "person"), sheet.text(row, "team")
    return Booking(day, hours, person, project, task or note, key, sheet.text(row, "client"), team)


def _unused(sheet: _Sheet) -> Iterable[LeftOut]:
    """Headers of columns with something in them that no field takes."""
    used = {i for places in sheet.places.values() for i in places}
    header, rows = sheet.grid.rows[sheet.header], sheet.grid.rows[sheet.header + 1 :]
    names = [
        plain_text(name)
        for i, name in enumerate(header)
        if i not in used and any(i < len(row) and row[i].strip() for row in rows)
    ]
    return [LeftOut(len(names), "column", f"not used: {', '.join(names)}")] if names else []


def _plain(text: str) -> str:
    return plain_text(legible(" ".join(text.split())))
