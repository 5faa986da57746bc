"""Published definitions of roles, written out: a list of all, and each as a matrix."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.words.numbers import listed
from analysis.words.sources import held_by, said_in_short, who_ranks
from sim.safety.names import plain_text
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.role_definitions import (
    IN_PART,
    PRACTICE,
    READ_WHOLE,
    SECONDARY,
    SILENT,
    Definition,
    definition,
    published_names,
)
from sim.vocabulary import in_words

IN_MATRIX = ("duty", "holder", "the source", "why it is read so")

_READ = {
    READ_WHOLE: "Read on {day}.",
    IN_PART: "Read in part on {day}, the rest is from secondary sources.",
    SECONDARY: "From secondary sources, read on {day}.",
    PRACTICE: "Practice, by judgement; written on {day}.",
}

NO_SOURCE = "no published source"


def definition_called(name: str) -> Definition:
    """The definition of this name. Raises ScenarioError, with the nearest one, if there is none."""
    meant = plain_text(name).strip()
    if meant in published_names():
        return definition(meant)
    wrong = f"is {shown(meant)}, which is no published definition of roles"
    raise ScenarioError([Problem("", None, "NAME", wrong, suggest(meant, published_names()))])


def all_definitions() -> tuple[Definition, ...]:
    """All definitions, by name."""
    return tuple(definition(name) for name in published_names())


def definition_in_short(found: Definition) -> tuple[str, ...]:
    """A definition in a list: what it is, what is in it, and where that is from, a line each."""
    return (
        found.what,
        f"{said_in_short(found)}; ranks: {who_ranks(found)}; {found.rhythm.what}",
        f"{found.sources[0] if found.sources else NO_SOURCE} ({found.reading})",
    )


def definition_rows(found: Definition) -> Iterator[tuple[str, ...]]:
    """A row for each duty."""
    for duty, said in found.duties.items():
        yield in_words(duty), held_by(said.what), said.said, said.because


def about_definition(found: Definition) -> Iterator[str]:
    """What is to be known of a definition beside its matrix, a sentence or two each."""
    yield f"Ranks across projects: {who_ranks(found)} ({found.ranking.said}: {found.ranking.because})."
    yield f"Rhythm: {found.rhythm.what} ({found.rhythm.said}: {found.rhythm.because})."
    if silent := found.marked(SILENT):
        duties = listed([in_words(duty) for duty in silent])
        yield f"Silent: {duties}. The team holds what the source is silent on; that is not the source's."
    yield f"{_READ[found.reading].format(day=found.read)} {found.note}"
