"""Dates as programs of many countries write them; where day and month could be either, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Literal

Order = Literal["day-first", "month-first"]

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january januar janvier janv enero ene gennaio gen januari janeiro",
            "feb february februar février févr fév febrero febbraio februari fevereiro fev",
            "mar march märz mär mrz mars marzo maart mrt março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aoû agosto ago augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october okt oktober octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dez dezember décembre déc diciembre dic dicembre dezembro",
        ],
        1,
    )
    for name in names.split()
}

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)")
_EITHER = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(r"(\d{1,2})[-/. ]{1,2}([^\W\d]{3,10})\.?[-/. ,]{1,2}(\d{4}|\d{2})(?!\d)")
_MILLISECONDS = re.compile(r"1\d{12}")
"""Since 1970, as ClickUp writes dates: of the years 2001 to 2033."""

_WEEKDAY = re.compile(r"([^\W\d]{2,10})\.?,?\s+(?=\w)")
_NAME_FIRST = re.compile(r"([^\W\d]{3,10})\.? (\d{1,2}),? (\d{4})(?!\d)")


@lru_cache(maxsize=100_000)
def day_of(text: str, order: Order = "day-first") -> date | None:
    """The day that a text begins with; None if it is none. Years of two digits are of this century."""
    text = _plain(text)
    if found := _ISO.match(text):
        return _day(found[1], found[2], found[3])
    if found := _DOTTED.match(text):
        return _day(found[3], found[2], found[1])
    if found := _EITHER.match(text):
        day, month = (found[1], found[2]) if order == "day-first" else (found[2], found[1])
        return _day(found[3], month, day)
    if found := _NAMED.match(text):
        return _day(found[3], MONTHS.get(found[2].lower(), 0), found[1])
    if found := _NAME_FIRST.match(text):
        return _day(found[3], MONTHS.get(found[1].lower(), 0), found[2])
    return None


def iso_day(text: str) -> date | None:
    """The day that a moment of ISO 8601 begins with, as XML has it; None if it is none."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _plain(text: str) -> str:
    """A date without the day of the week before it, as in `Mon 1/4/27`; milliseconds as the day they mean."""
    text = text.strip()
    if _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) / 1000, tz=UTC).date().isoformat()
    found = _WEEKDAY.match(text)
    return text[found.end() :] if found and found[1].lower() not in MONTHS else text


def _day(year: str, month: str | int, day: str) -> date | None:
    number = int(year)
    try:
        return date(number + 2000 if number < 100 else number, int(month), int(day))
    except ValueError:
        return None


def order_of(texts: Iterable[str]) -> Order | tuple[Order, ...]:
    """In which order day and month stand: what the texts show.

    Both where some texts show one and some the other, or where there are such dates and none shows either:
    then it has to be said.
    """
    day_first = month_first = seen = False
    for text in texts:
        if found := _EITHER.match(_plain(text)):
            seen = True
            day_first |= int(found[1]) > 12
            month_first |= int(found[2]) > 12
    if not seen or day_first != month_first:
        return "month-first" if month_first else "day-first"
    return ("day-first", "month-first")
