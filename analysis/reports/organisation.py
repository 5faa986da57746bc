"""The organisation as it was given, in tables that a reader without YAML can check."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.decision.ingredients import TITLE, Ingredients
from analysis.decision.ingredients import ingredients as side_by_side
from analysis.reports.tables import Row, Table
from analysis.words.board_words import board_words
from analysis.words.holders import holder, posts_of
from analysis.words.keys import label_of
from analysis.words.numbers import capital, with_unit
from analysis.words.sources import told_of_sources
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


@dataclass(frozen=True)
class AtAGlance:
    """What the structures are made of, as far as one page has room for: a table, and what it leaves out."""

    table: Table
    beside: str


def settings(given: Mapping[str, Any]) -> Table:
    """Every key of the scenario with what it is called, its meaning, value and unit."""
    rows = tuple(row for key in given if key not in _APART for row in _rows(given[key], (key,)))
    return Table("The organisation and its work, all defaults filled in", ("what", "meaning", "value"), rows)


def at_a_glance(scenario: Scenario, also: Sequence[Structure] = ()) -> AtAGlance:
    """What differs between the structures, those that the answer is about first."""
    made = side_by_side(scenario, also)
    first = [scenario.current, *(structure.name for structure in also)]
    names = sorted(made.structures, key=lambda name: (name not in first, made.structures.index(name)))
    columns = [made.structures.index(name) for name in names[:_MOST_STRUCTURES]]
    rows = (Row((r.name, *(", ".join(r.of[c]) for c in columns)), marked=r.differs) for r in made.shown)
    heads = (f"{made.structures[c]}{_today(scenario, made.structures[c])}" for c in columns)
    left = f"{len(names) - len(columns)} more structures are told below. " if names[len(columns) :] else ""
    beside = " ".join(filter(None, (f"{left}{made.same}", *told_of_sources(scenario))))
    return AtAGlance(Table(_caption(made), ("", *heads), tuple(rows)), beside)


def _today(scenario: Scenario, name: str) -> str:
    return " (today)" if name == scenario.current else ""


def _caption(made: Ingredients) -> str:
    return f"{TITLE}; marked: what differs" if len(made.structures) > 1 else TITLE


def ingredients(scenario: Scenario, also: Sequence[Structure] = ()) -> Iterator[Table]:
    """What each structure is made of, where those at a glance are not all."""
    made = side_by_side(scenario, also)
    if len(made.structures) <= _MOST_STRUCTURES:
        return
    for first in range(0, len(made.structures), _MOST_STRUCTURES):
        part = slice(first, first + _MOST_STRUCTURES)
        rows = (Row((r.name, *map("; ".join, r.of[part])), marked=r.differs) for r in made.rows)
        yield Table(_caption(made), ("ingredient", *made.structures[part]), tuple(rows))


def duties(scenario: Scenario, also: Sequence[Structure] = ()) -> Iterator[Table]:
    """Who holds which duty, and how many people are in each role."""
    structures = (*scenario.all_structures(), *also)
    for first in range(0, len(structures), _MOST_STRUCTURES):
        some = structures[first : first + _MOST_STRUCTURES]
        rows = [Row((in_words(duty), *(in_words(holder(s, duty)) for s in some))) for duty in DUTIES]
        rows.append(Row(("people", *(_heads(scenario, s) for s in some)), marked=True))
        names = (f"{s.name}{_today(scenario, s.name)}" for s in some)
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
        cells = (
            _board_words_and_name(name),
            value,
            ends,
            known.unit,
            _plain(known.meaning),
            _plain(known.source),
        )
        rows.append(Row(cells, marked=own is not None))
    head = ("assumption", "value", "plausible range", "unit", "meaning", "source")
    return Table("The assumptions; marked: set by the scenario", head, tuple(rows))


def _board_words_and_name(assumption: str) -> str:
    """What an assumption is called; below it the name by which a scenario sets it, where that is another."""
    called, name = board_words(assumption), in_words(assumption)
    return name if called == name else f"{called}\n({name})"


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
        meaning = _plain(about.get("description", "").partition(" Default: ")[0].replace("`", ""))
        unit = about.get("unit") or ""
        called = capital(label_of(".".join(path), whole=False))
        yield Row((called, meaning, with_unit(_told(value), unit)))


def _told(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_told(each)}" for key, each in value.items() if each is not None)
    if isinstance(value, list):
        shown = "; ".join(_told(each) for each in value[:MOST_ENTRIES])
        return shown if len(value) <= MOST_ENTRIES else f"{shown}; and {len(value) - MOST_ENTRIES:,} more"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,g}" if isinstance(value, float) else _plain(str(value))


def _plain(text: str) -> str:
    """Text with its names_like_this in words."""
    return _NAME.sub(lambda name: in_words(name[0]), text)


_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


def _heads(scenario: Scenario, structure: Structure) -> str:
    given = values(scenario.assumptions)
    heads = split(scenario, given, structure)
    told = ", ".join(posts_of(posts, role) for role, posts in heads.items())
    if structure.successor is None:
        return told
    return f"{told}; from day {structure.change_day} {_heads(scenario, structure.successor)}"
