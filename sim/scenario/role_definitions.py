"""Published definitions of roles as structures: one file each in `published/`, as it was read.

A definition says for each of the fourteen duties who holds it, and whether its source says so (`explicit`),
it follows (`inferred`), the source is `silent`, or it is `judgement` where there is no source. What a source
is silent on is held by the team, unless a scenario says otherwise.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sim.scenario.structures import PRESETS, Role, Structure
from sim.vocabulary import DUTIES

DEFINITIONS = Path(__file__).with_name("published")

EXPLICIT, INFERRED, SILENT, JUDGEMENT = "explicit", "inferred", "silent", "judgement"
SAYS = (EXPLICIT, INFERRED, SILENT, JUDGEMENT)
"""What a source has to say on who does a thing."""

READ_WHOLE, IN_PART, SECONDARY, PRACTICE = (
    "read",
    "read in part, the rest from secondary sources",
    "from secondary sources",
    "practice, judgement",
)
READINGS = (READ_WHOLE, IN_PART, SECONDARY, PRACTICE)
"""How far a source was read."""


@dataclass(frozen=True)
class Attributed:
    """Who or what has something in a definition, what its source says of that, and why it is read so."""

    what: str
    said: str
    because: str


@dataclass(frozen=True)
class Definition:
    """A published definition of roles.

    `called` is its title, `what` a sentence on the source. `reading` says how far that was `read`, on which
    day, and `note` of what; `sources` are addresses. `duties` are in the order of the vocabulary. `parts` are
    roles that are held by few, with part of a post each. `cannot` tells what a structure cannot say of it.
    """

    name: str
    called: str
    what: str
    reading: str
    read: date
    note: str
    sources: tuple[str, ...]
    duties: Mapping[str, Attributed]
    ranking: Attributed
    rhythm: Attributed
    parts: tuple[str, ...]
    cannot: tuple[str, ...]
    structure: Structure

    def marked(self, mark: str) -> tuple[str, ...]:
        """The duties of which the source says this."""
        return tuple(duty for duty, said in self.duties.items() if said.said == mark)


@cache
def published_names() -> tuple[str, ...]:
    """The names of all definitions, in order; nothing is read for that but the folder."""
    return tuple(sorted(path.stem for path in DEFINITIONS.glob("*.toml")))


@cache
def definition(name: str) -> Definition:
    """The definition of this name. Raises KeyError if there is none."""
    if name not in published_names():
        raise KeyError(name)
    return _read(name, tomllib.loads((DEFINITIONS / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def known_by_name() -> Mapping[str, Structure]:
    """Every structure that a scenario may name without writing it: the presets, and what is published."""
    return PRESETS | {name: definition(name).structure for name in published_names()}


def _read(name: str, table: Mapping[str, Any]) -> Definition:
    ranking, rhythm, roles = table["ranking"], table["rhythm"], table["roles"]
    said = {duty: table["duties"][duty] for duty in DUTIES}
    structure = Structure(
        name,
        tuple(Role(role, each["looks_after"] == "teams") for role, each in roles.items()),
        {duty: each["holder"] for duty, each in said.items()},
        ranks=ranking["ranks"],
        ranked_by=ranking["by"],
        rhythm=rhythm["rhythm"],
    )
    return Definition(
        name=name,
        called=table["called"],
        what=table["what"],
        reading=table["reading"],
        read=table["read"],
        note=table["note"],
        sources=tuple(table["sources"]),
        duties={duty: _attributed(each, "holder") for duty, each in said.items()},
        ranking=_attributed(ranking, "ranks"),
        rhythm=_attributed(rhythm, "rhythm"),
        parts=tuple(role for role, each in roles.items() if each.get("part_of_a_post")),
        cannot=tuple(table["cannot"]),
        structure=structure,
    )


def _attributed(table: Mapping[str, str], what: str) -> Attributed:
    return Attributed(table[what], table["said"], table["because"])
