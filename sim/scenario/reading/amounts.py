"""Numbers and times of work as people write them: local decimals, seconds, `1w 2d 3h`, `PT16H`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Decimal = Literal["point", "comma"]

HOURS: dict[str, float] = {"seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1, "days": 8, "weeks": 40}
"""Hours of work in each unit: a day is one of eight hours, a week has five."""

MOST_HOURS = 1e6

_WORDS = {
    "seconds": "s sec secs second seconds sek sekunde sekunden",
    "minutes": "m min mins minute minutes minuten",
    "hours": "h hr hrs hour hours std stunde stunden heure heures hora horas ore u uur",
    "days": "d day days t tag tage j jour jours día días dia dias giorni dag dagen pt pd md personentage",
    "weeks": "w wk wks week weeks woche wochen sem semaine semaines semana semanas settimane weken",
}
_UNIT = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zà-ÿ]+)\.?", re.IGNORECASE)
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE)
_EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_PLAIN = re.compile(r"-?(?:\d+|\d{1,3}(?:[,' ]\d{3})+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_BLANKS = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{RIGHT SINGLE QUOTATION MARK}", "  '")
_OTHER = str.maketrans(".,", ",.")


def number_of(text: str, decimal: Decimal = "point") -> float | None:
    """A number, its thousands parted or not; None if it is none."""
    text = text.strip().translate(_BLANKS)
    if decimal == "comma":
        text = text.translate(_OTHER)
    if len(text) >= 30 or not _PLAIN.fullmatch(text):
        return None
    return float(text.replace(",", "").replace("'", "").replace(" ", ""))


def readings_of(text: str) -> tuple[str, str] | None:
    """Both numbers that a text such as `1.200` may mean, the lower first; None if it can be but one."""
    if not _EITHER.fullmatch(text.strip()):
        return None
    low, high = sorted(number_of(text, sign) or 0.0 for sign in ("point", "comma"))
    return f"{low:g}", f"{high:g}"


def decimal_of(texts: Iterable[str], usual: Decimal) -> Decimal | tuple[str, str, str]:
    """Which sign the numbers of a column show to be the decimal one; `usual` where none needs one.

    Where a number could be read in two ways and no other shows which: that number and both readings.
    """
    unclear = ""
    for each in texts:
        text = re.sub(r"[' ]", "", each.translate(_BLANKS))
        if _EITHER.fullmatch(text):
            unclear = unclear or text
        elif "," in text and "." in text:
            return "comma" if text.rfind(",") > text.rfind(".") else "point"
        elif re.fullmatch(r"-?\d+[.,]\d+", text):
            return "comma" if "," in text else "point"
    if not unclear:
        return usual
    low, high = readings_of(unclear) or ("", "")
    return unclear, low, high


def named_unit(word: str) -> str | None:
    """The unit that a word or a letter means, a key of HOURS; None if it is none."""
    return _UNIT.get(word.strip(" .").lower())


def hours_of(text: str, unit: str, decimal: Decimal = "point") -> float | None:
    """Hours of work: a number in `unit`, or a text that names its units; None if it is neither."""
    text = text.strip()
    value = number_of(text, decimal)
    hours = _named(text) if value is None else value * HOURS[unit]
    return hours if hours is not None and 0 <= hours <= MOST_HOURS else None


def _named(text: str) -> float | None:
    if len(text) > 100:
        return None
    if len(text) > 1 and (found := _ISO.fullmatch(text)):
        units = ("weeks", "days", "hours", "minutes", "seconds")
        return sum(float(n) * HOURS[unit] for n, unit in zip(found.groups(), units, strict=True) if n)
    if clock := re.fullmatch(r"(\d{1,5}):(\d\d)(?::(\d\d))?", text):
        return int(clock[1]) + int(clock[2]) / 60 + int(clock[3] or 0) / 3600
    text = text.rstrip("?")  # how MS Project marks an estimate
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip(" ,"):
        return None
    if any(unit.lower() not in _UNIT for _, unit in parts):
        return None
    return sum(float(n.replace(",", ".")) * HOURS[_UNIT[unit.lower()]] for n, unit in parts)
