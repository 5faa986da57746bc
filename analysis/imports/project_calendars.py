"""Calendars of MS Project in XML: on which days of the week people work, and which days are off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analysis.imports.dates import iso_day
from analysis.imports.record import LeftOut, WorkingTime
from sim.scenario.calendar import USUAL_DAYS, WEEKDAYS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BY_NUMBER = ("sun", *WEEKDAYS[:6])
"""Days of the week by their type, less one."""

_DAILY, _YEARLY = "1", "2"
"""Kinds of exceptions that are read; others follow rules such as "the last Monday of May"."""

_MOST_DAYS = 4000


@dataclass
class FoundCalendar:
    """A calendar as its element says it: what it says of the week, and of single days."""

    base: str
    week: dict[str, bool] = field(default_factory=dict)
    off: set[date] = field(default_factory=set)
    worked: set[date] = field(default_factory=set)
    by_rule: int = 0

    @property
    def says_nothing(self) -> bool:
        """Whether it is no other than the calendar that it is based on."""
        return not (self.week or self.off or self.worked or self.by_rule)


def calendar_in(element: Element) -> tuple[str, FoundCalendar]:
    """A calendar and the number by which others name it."""
    said = _values(element)
    found = FoundCalendar(said.get("BaseCalendarUID", ""))
    for part in element:
        for entry in part:
            if _name(entry) == "WeekDay":
                _take_weekday(entry, found)
            elif _name(entry) == "Exception":
                _take_exception(entry, found)
    return said.get("UID", ""), found


def _take_weekday(entry: Element, found: FoundCalendar) -> None:
    """A day of the week; day 0 is how older versions say that single days differ."""
    said = _values(entry)
    number = int(said.get("DayType", "0"))
    if 1 <= number <= len(_BY_NUMBER):
        found.week[_BY_NUMBER[number - 1]] = said.get("DayWorking") == "1"
    else:
        _sort(_daily(*_span(entry)), said, found)


def _take_exception(entry: Element, found: FoundCalendar) -> None:
    said, (first, last) = _values(entry), _span(entry)
    if said.get("Type", _DAILY) == _DAILY:
        _sort(_daily(first, last, int(said.get("Period") or 1)), said, found)
    elif said["Type"] == _YEARLY and said.get("MonthDay"):
        _sort(_yearly(first, last, int(said.get("Month", "0")) + 1, int(said["MonthDay"])), said, found)
    else:
        found.by_rule += 1


def _sort(days: Iterator[date], said: Mapping[str, str], found: FoundCalendar) -> None:
    (found.worked if said.get("DayWorking") == "1" else found.off).update(days)


def _span(entry: Element) -> tuple[date | None, date | None]:
    """The first and the last day of an entry; None where it does not say."""
    period = next((_values(part) for part in entry if _name(part) == "TimePeriod"), {})
    return iso_day(period.get("FromDate", "")), iso_day(period.get("ToDate", ""))


def _daily(first: date | None, last: date | None, every: int = 1) -> Iterator[date]:
    if first and last:
        for n in range(0, min((last - first).days + 1, _MOST_DAYS), max(1, every)):
            yield first + timedelta(days=n)


def _yearly(first: date | None, last: date | None, month: int, day: int) -> Iterator[date]:
    if first and last:
        for year in range(first.year, last.year + 1):
            found = iso_day(f"{year:04}-{month:02}-{day:02}")
            if found and first <= found <= last:
                yield found


def working_time(
    number: str, calendars: Mapping[str, FoundCalendar]
) -> tuple[WorkingTime | None, tuple[LeftOut, ...]]:
    """The working time of the calendar of this number, and what of it a scenario cannot say."""
    found = calendars.get(number)
    if found is None:
        there = "is not in the file: say `starts`, `working_days` and `holidays` in the scenario"
        return None, (LeftOut(1, "calendar", there),) if number else ()
    week = {day: day in USUAL_DAYS for day in WEEKDAYS} | found.week
    days = tuple(day for day in WEEKDAYS if week[day])
    extra = sum(not week[WEEKDAYS[day.weekday()]] for day in found.worked)
    off = sorted(day for day in found.off - found.worked if week[WEEKDAYS[day.weekday()]])
    told = (
        LeftOut(extra, "day", "worked though that day of the week is free; counted as free"),
        LeftOut(found.by_rule, "holiday", "by a rule of weeks or months; say its days in `holidays`"),
        LeftOut(not days, "calendar", "without a day on which people work"),
    )
    return WorkingTime(days, tuple(off)) if days else None, tuple(left for left in told if left.count)


def other_calendars(
    number: str, calendars: Mapping[str, FoundCalendar], of_people: Sequence[str], of_tasks: Sequence[str]
) -> tuple[LeftOut, ...]:
    """Calendars of people and of tasks that differ from the one of this number; a scenario has one."""

    def differs(name: str) -> bool:
        found = calendars.get(name)
        if found is None or name == number:
            return False
        return not (found.says_nothing and found.base == number)

    why = "differs from that of the plan, which counts"
    told = (
        LeftOut(sum(map(differs, of_people)), "calendar", f"of a person, {why}"),
        LeftOut(sum(map(differs, of_tasks)), "calendar", f"of a task, {why}"),
    )
    return tuple(left for left in told if left.count)


def _values(element: Element) -> dict[str, str]:
    return {_name(child): (child.text or "").strip() for child in element}


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
