"""The organisation as it was given, in tables that a reader without YAML can check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.decision.ingredients import TITLE
from analysis.decision.ingredients import ingredients as side_by_side
from analysis.reports.tables import Row, Table
from analysis.words.holders import holder
from sim.building.workload import split
from sim.scenario import Scenario
from sim.scenario.assumptions import in_force, load_assumptions, values
from sim.scenario.reading.plain_words import schema_at
from sim.scenario.structures import Structure
from sim.vocabulary import DUTIES, in_words

_APART = ("name", "structures", "current", "assumptions", "seed", "replications")
"""Keys that the report tells elsewhere."""

MOST_ENTRIES = 12
"""Entries of a list that are written out; the scenario at the end of the report has them all."""

_MOST_STRUCTURES = 5
"""Structures that a table on paper has room for."""


def settings(given: Mapping[str, Any]) -> Table:
    """Every key of the scenario with its meaning, value and unit."""
    rows = tuple(row for key in given if key not in _APART for row in _rows(given[key], (key,)))
    return Table("The organisation and its work, all defaults filled in", ("key", "what", "value"), rows)


def ingredients(scenario: Scenario) -> Iterator[Table]:
    """What each structure is made of; what differs is marked."""
    made = side_by_side(scenario)
    several = len(made.structures) > 1
    caption = f"{TITLE}; marked: what differs" if several else TITLE
    for first in range(0, len(made.structures), _MOST_STRUCTURES):
        part = slice(first, first + _MOST_STRUCTURES)
        rows = (Row((r.name, *map("; ".join, r.of[part])), marked=r.differs) for r in made.rows)
        yield Table(caption, ("ingredient", *made.structures[part]), tuple(rows))


def duties(scenario: Scenario) -> Iterator[Table]:
    """Who holds which duty, and how many people are in each role."""
    structures = scenario.all_structures()
    for first in range(0, len(structures), _MOST_STRUCTURES):
        some = structures[first : first + _MOST_STRUCTURES]
        rows = [Row((in_words(duty), *(in_words(holder(s, duty)) for s in some))) for duty in DUTIES]
        rows.append(Row(("people", *(_heads(scenario, s) for s in some)), marked=True))
        names = (f"{s.name} (today)" if s.name == scenario.current else s.name for s in some)
        yield Table("Who holds which duty, and the people in each role", ("duty", *names), tuple(rows))


def assumptions(given: Mapping[str, float]) -> Table:
    """Every number of the model, those that the scenario sets itself marked."""
    rows = []
    for name, known in in_force(given).items():
        own = given.get(name)
        value = (
            f"{known.value:g}" if own is None else f"{own:g} (set by the scenario; usually {known.value:g})"
        )
        ends = f"{known.low:g} to {known.high:g}"
        cells = (name, value, ends, known.unit, known.meaning, known.source)
        rows.append(Row(cells, marked=own is not None))
    head = ("assumption", "value", "plausible range", "unit", "meaning", "source")
    return Table("The assumptions; marked: set by the scenario", head, tuple(rows))


def judged() -> tuple[int, int]:
    """How many assumptions rest on judgement, and how many there are."""
    known = load_assumptions().values()
    return sum("judgement" in each.source for each in known), len(known)


def _rows(value: Any, path: tuple[str, ...]) -> Iterator[Row]:
    """A row for each plain value below a key; nothing for what was not given."""
    if isinstance(value, dict) and value:
        for key, below in value.items():
            yield from _rows(below, (*path, str(key)))
    elif value not in (None, {}, []):
        about = {**schema_at(path[:-1]), **schema_at(path)}  # what the user names is told one level above
        meaning = about.get("description", "").partition(" Default: ")[0].replace("`", "")
        unit = about.get("unit") or ""
        yield Row((".".join(path), meaning, f"{_told(value)} {unit}".rstrip()))


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_told(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list):
        shown = "; ".join(_told(each) for each in value[:MOST_ENTRIES])
        return shown if len(value) <= MOST_ENTRIES else f"{shown}; and {len(value) - MOST_ENTRIES:,} more"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,g}" if isinstance(value, float) else str(value)


def _heads(scenario: Scenario, structure: Structure) -> str:
    given = values(scenario.assumptions)
    heads = split(scenario, given, structure)
    told = ", ".join(f"{posts:g} × {in_words(role)}" for role, posts in heads.items())
    if structure.successor is None:
        return told
    return f"{told}; from day {structure.change_day} {_heads(scenario, structure.successor)}"
