"""The reference page of published definitions of roles, made from their files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from analysis.exports.definitions import (
    IN_MATRIX,
    NO_SOURCE,
    about_definition,
    all_definitions,
    definition_rows,
)
from analysis.words.sources import said_in_short, who_ranks
from sim.scenario.role_definitions import Definition

Tabled = Callable[[Iterable[str], Iterable[Iterable[str]]], str]

TEXT = """\
# Published definitions of roles

Users come with titles. These are definitions that others have published, read for who holds each of
[the fourteen duties](structures.md#the-fourteen-duties). Any of them may stand in `structures` of a scenario
by its name, or be what a structure of your own is `like`. `rolecall roles NAME` prints one; how to use them:
[Compare role definitions](../how-to/compare-role-definitions.md).

*Explicit*: the source says who holds the duty. *Inferred*: it follows from what the source says. *Silent*:
the source does not say; then the team holds the duty here, **which is not the source's**, and `check`, the
answer and the report say so. Give it to somebody with `like`. *Judgement*: a practice without a published
source.

{listed}"""


def definitions_page(table: Tabled) -> str:
    """The whole page, with tables as `table` writes them."""
    rows = map(_row, all_definitions())
    listed = table(("definition", "what it is", "duties", "ranks", "rhythm", "source"), rows)
    return "\n\n".join([TEXT.format(listed=listed), *(_section(found, table) for found in all_definitions())])


def _row(found: Definition) -> tuple[str, ...]:
    source = f"<{found.sources[0]}>" if found.sources else NO_SOURCE
    name = f"[`{found.name}`](#{found.name})"
    told = f"{source} ({found.reading})" if found.sources else source
    return name, found.what, said_in_short(found), who_ranks(found), found.rhythm.what, told


def _section(found: Definition, table: Tabled) -> str:
    return "\n\n".join(
        [
            f"## {found.name}",
            f"**{found.called}.** {found.what}",
            table(IN_MATRIX, definition_rows(found)),
            "\n".join(_points(found)),
        ]
    )


def _points(found: Definition) -> Iterator[str]:
    yield from (f"- {sentence}" for sentence in about_definition(found))
    yield from (f"- A structure cannot say: {sentence}" for sentence in found.cannot)
    if found.sources:
        yield f"- Sources: {', '.join(f'<{source}>' for source in found.sources)}"
