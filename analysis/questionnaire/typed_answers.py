"""What people type, read as they mean it: `5-7`, `120 EUR`, `about 1,600 h`, `10%`, `delivery lead`.

What could mean two things is refused with both readings. Errors are ValueError; their text is for the user.
"""

from __future__ import annotations

import re
from math import ceil

from sim.scenario.reading.amounts import number_of, readings_of
from sim.scenario.role_definitions import known_by_name
from sim.scenario.structures import PRESETS

_SAID = {
    "merged": "merged one role delivery lead leads one person does both together combined",
    "separated": "separated separate split two roles project and delivery managers both",
    "agile": "agile scrum product owner owners and scrum master masters",
    "pm_only": "pm only pms project manager managers",
    "dm_only": "dm only dms delivery manager managers service",
}
"""Words by which people mean a preset; the one with most of them is meant."""

_NONE = {"", "none", "no", "nobody", "-", "0", "unknown", "don't know", "?"}

_IN_WORDS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
"""Numbers that people write out, from 1."""

_PERCENT = r"\b(?:percent|per cent|pct|prozent)\b"
_MONEY = r"€|\$|£|\b(?:eur|euros?|usd|gbp|chf|dollars?|pounds?)\b"
_AROUND = r"\b(?:about|around|approx\.?|roughly|ca\.?|circa|some)\b|~|≈"
_UNITS = (
    r"\b(?:an?|per|each|in all|in total|people|persons?|members?|managers?|teams?|clients?|services?"
    r"|projects?|tickets?|contracts?|hours?|hrs?|h|days?|weeks?|months?|years?)\b|/"
)
_RANGE = re.compile(r"(\d[\d.,']*)\s*(?:-|–|—|\bto\b|\bbis\b)\s*(\d[\d.,']*)")


def number_typed(text: str) -> float:
    """A number with whatever unit or currency stands around it; of a range (`5-7`) its middle."""
    plain = re.sub(f"{_MONEY}|{_AROUND}|{_UNITS}", " ", text.strip(), flags=re.IGNORECASE).strip()
    if in_words := _in_words(plain):
        return float(in_words)
    span = _RANGE.fullmatch(plain)
    if span:
        return (_number(span[1], text) + _number(span[2], text)) / 2
    times = re.fullmatch(r"(.*\d)\s*[kK]", plain)
    return 1000 * _number(times[1], text) if times else _number(plain, text)


def count_typed(text: str) -> int:
    """A whole number; of a range its middle, rounded up."""
    value = number_typed(text)
    if value != int(value) and not _RANGE.search(text):
        raise ValueError(f"{text!r} is no whole number such as 12")
    return ceil(value)


def share_typed(text: str) -> float:
    """A share, typed in %: `10%`, `10`, `5-15 %`. A bare number below 1 could mean two things."""
    marked = re.sub(_PERCENT, "%", text, flags=re.IGNORECASE)
    value = number_typed(marked.replace("%", " "))
    if 0 < value < 1 and "%" not in marked:
        raise ValueError(f"{text!r} is {value:g}% or {100 * value:g}%; write it with its %")
    return round(value / 100, 4)


def share_or_none(text: str) -> float | None:
    """A share in %, or nothing where it is not known."""
    return None if text.strip().lower() in _NONE else share_typed(text)


def days_or_none(text: str) -> float | None:
    """Working days, or weeks of five of them (`2 weeks`), or none."""
    if text.strip().lower() in _NONE:
        return None
    return number_typed(text) * (5 if re.search(r"\bweeks?\b|\bw\b", text, re.IGNORECASE) else 1)


def names_typed(text: str) -> list[str]:
    """Names with commas, semicolons, or a last `and` between them."""
    return [name.strip() for name in re.split(r"[,;]|\s+and\s+", text) if name.strip()]


def pools_typed(text: str) -> dict[str, int]:
    """`security 2, test lab 1` as names and units, also `2 x security` and `test lab (1)`; `none` is none."""
    if text.strip().lower() in _NONE:
        return {}
    return dict(_pool(part) for part in names_typed(text))


_UNITS_FIRST = re.compile(r"(\w+)\s*[x×*]?\s+(.*)")
_UNITS_LAST = re.compile(r"(.*?)[\s:=(]+[x×*]?\s*(\w+)\s*[x×*]?\)?")


def _pool(part: str) -> tuple[str, int]:
    """A name and how many, whichever stands first."""
    for found, name, units in ((_UNITS_LAST.fullmatch(part), 1, 2), (_UNITS_FIRST.fullmatch(part), 2, 1)):
        if found and found[name].strip() and (many := _units(found[units])):
            return found[name].strip(), many
    raise ValueError(f"{part!r} names no number; write as: security 2, test lab 1 (or none)")


def _units(word: str) -> int:
    """A whole number, in figures or in words; 0 where it is none."""
    word = word.lower().rstrip("x×")
    return int(word) if word.isascii() and word.isdecimal() else _in_words(word)


def _in_words(word: str) -> int:
    """A number that is written out; 0 where it is none."""
    return 1 + _IN_WORDS.index(word.lower()) if word.lower() in _IN_WORDS else 0


def structure_typed(text: str) -> str:
    """A preset or a published definition by its name, or a preset by what people call the roles of it."""
    name = text.strip().lower().replace(" ", "_")
    if name in known_by_name():
        return name
    words = re.findall(r"[a-z]+", text.lower())
    if {"project", "delivery"} <= set(words) or "both" in words:
        return "separated"
    meant = {preset: sum(word in said.split() for word in words) for preset, said in _SAID.items()}
    most = max(meant.values())
    found = [preset for preset, count in meant.items() if count == most]
    if not most or len(found) > 1:
        raise ValueError(f"{text!r} is no structure that is known; write one of {', '.join(PRESETS)}")
    return found[0]


def _number(part: str, text: str) -> float:
    both = readings_of(part)
    if both is not None and "." in part:
        raise ValueError(f"{text!r} is {both[0]} or {both[1]}; write {both[0]} or {both[1]}")
    value = number_of(part)
    if value is None and re.fullmatch(r"\d+,\d{1,2}", part.strip()):
        value = number_of(part, "comma")
    if value is None:
        raise ValueError(f"{text!r} is no number such as 12 or 2.5")
    return value
