"""What is told of published definitions of roles, and of structures of a scenario that go back to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.words.numbers import capital, listed
from sim.building.workload import seats, workload
from sim.scenario.assumptions import values
from sim.scenario.own_structures import OwnStructure, known_structures
from sim.scenario.role_definitions import JUDGEMENT, SAYS, SILENT, Definition, definition, published_names
from sim.scenario.structures import NOBODY, TEAM, Structure
from sim.vocabulary import in_words

if TYPE_CHECKING:
    from sim.scenario import Scenario

_SMALLEST = 0.1
"""Part of a post that a role may have."""


def said_in_short(found: Definition) -> str:
    """How many of the fourteen duties are explicit, inferred and silent, in words."""
    number = {mark: len(found.marked(mark)) for mark in SAYS}
    if number[JUDGEMENT]:
        return f"{number[JUDGEMENT]} by judgement"
    return listed([f"{number[mark] or 'none'} {mark}" for mark in SAYS[:3]])


def who_ranks(found: Definition) -> str:
    """Who ranks work across projects."""
    role = found.structure.ranking_role
    return f"{found.ranking.what}, by {in_words(role.name)}" if role else found.ranking.what


def held_by(holder: str) -> str:
    """A holder within a sentence."""
    return {TEAM: "the team", NOBODY: "nobody"}.get(holder, in_words(holder))


def origins(scenario: Scenario) -> dict[str, Definition]:
    """The definition that each structure of a scenario goes back to, by the structure's name."""
    own = (item for item in scenario.structures if isinstance(item, OwnStructure))
    named = {item.name: definition(item.like) for item in own if item.like in published_names()}
    change = scenario.reorganisation
    ends = (change.from_, change.to) if change else ()
    known = {item if isinstance(item, str) else item.name for item in scenario.structures}
    return named | {e: definition(e) for e in ends if e in published_names() and e not in known}


def _silences(scenario: Scenario) -> Iterator[str]:
    """A sentence for each structure whose source is silent on something: on what, and who holds it here."""
    known = known_structures(scenario.structures)
    for name, found in origins(scenario).items():
        silent, open_ = found.marked(SILENT), list(_left_open(found))
        if silent:
            yield _silence(name, found, known[name])
        if open_:
            also = "its source also" if silent else f"its source ({found.called})"
            yield f"{name}: {also} leaves open {listed(open_)}."


def _left_open(found: Definition) -> Iterator[str]:
    if found.ranking.said == SILENT:
        yield "who ranks across projects"
    if found.rhythm.said == SILENT:
        yield "the rhythm"


def _silence(name: str, found: Definition, structure: Structure) -> str:
    silent = found.marked(SILENT)
    holders = dict.fromkeys(structure.holders[duty] for duty in silent)
    duties = {h: [in_words(d) for d in silent if structure.holders[d] == h] for h in holders}
    what = listed([in_words(duty) for duty in silent])
    if len(duties) == 1:
        here = f"{_whoever(next(iter(duties)))} holds {'it' if len(silent) == 1 else 'them'} here"
    else:
        here = "here " + listed([f"{_whoever(h)} holds {listed(each)}" for h, each in duties.items()])
    return f"{name}: its source ({found.called}) is silent on {what}; {here}, which is not the source's."


def _whoever(holder: str) -> str:
    return held_by(holder) if holder in (TEAM, NOBODY) else f"the {in_words(holder)}"


def _practices(scenario: Scenario) -> Iterator[str]:
    """A sentence for each structure that is a practice without a source."""
    for name, found in origins(scenario).items():
        if found.marked(JUDGEMENT):
            yield f"{name} is a practice without a published source: who holds what is judgement."


def told_of_sources(scenario: Scenario) -> tuple[str, ...]:
    """All that must be said of the sources of a scenario's structures."""
    return (*_silences(scenario), *_practices(scenario))


def parts_of_posts(scenario: Scenario) -> Iterator[str]:
    """A sentence for each role that few hold with part of a post, but that has a whole one here."""
    given, known = values(scenario.assumptions), known_structures(scenario.structures)
    for name, found in origins(scenario).items():
        structure = known[name]
        if structure.heads or name in scenario.heads:
            continue
        held = seats(scenario, given, structure)
        shared = len({seat.first for seat in held.values()}) < len(held)
        for role in () if shared else (part for part in found.parts if part in held):
            posts = max(_SMALLEST, round(scenario.managers * _share(scenario, structure, role), 1))
            if posts < 1 <= held[role].people - 1 + held[role].last_share:
                few = f"{capital(in_words(role))} of {name} is held by few, with part of a post each"
                line = f"`heads: {{{name}: {{{role}: {posts:g}}}}}`"
                yield f"{few}; here it has a whole one, and its duties take about {posts:g}: {line}"


def _share(scenario: Scenario, structure: Structure, role: str) -> float:
    """The part of all work of managers that the duties of a role are."""
    loads = workload(scenario, values(scenario.assumptions), structure)
    held = {r.name: sum(loads[d].total for d in structure.duties_of(r)) for r in structure.roles}
    return held[role] / max(1e-9, sum(held.values()))
