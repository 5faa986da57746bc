"""*Is this you?* as a table: as simulated, as published, last year; printed, kept, and read back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from analysis.resemblance.result import Compared, Resemblance
from analysis.resemblance.words import heading, size, usual

if TYPE_CHECKING:
    from rich.console import Console

HEADS_OF_TABLE = ("figure", "simulated", "published", "last year", "off")
SIGNS = {1: "above", -1: "below", 0: ""}
"""How it is said which way a figure is off."""

_NUMBERS = {1, 2, 3}
"""Columns that stand to the right."""


@dataclass(frozen=True)
class Likeness:
    """The table in words, as it is kept beside an answer: its heading, its rows, and what is said below."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    paragraphs: tuple[str, ...]
    doomed: bool


def likeness_of(found: Resemblance) -> Likeness:
    """The table of a resemblance."""
    rows = tuple(cells(each) for each in found.figures)
    return Likeness(heading(found), rows, found.paragraphs, found.doomed)


def facts_of(found: Resemblance) -> dict[str, Any]:
    """The same as plain values, for a file."""
    return asdict(likeness_of(found))


def likeness_from(facts: Any) -> Likeness | None:
    """What `facts_of` made, read back; None for anything else."""
    try:
        rows = tuple(tuple(map(str, row)) for row in facts["rows"])
        paragraphs = tuple(map(str, facts["paragraphs"]))
        return Likeness(str(facts["heading"]), rows, paragraphs, facts["doomed"] is True)
    except (KeyError, TypeError):
        return None


def cells(each: Compared) -> tuple[str, ...]:
    """The row of a figure."""
    about = each.about
    simulated, last = size(about, each.simulated.mean), size(about, each.last_year)
    return about.title, simulated, usual(about), last, SIGNS[each.off]


def print_resemblance(console: Console, found: Resemblance, told: str = "") -> None:
    """Print the table under its heading, and the sentences after it but for those that were `told` above."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for k, head in enumerate(HEADS_OF_TABLE):
        table.add_column(head, justify="right" if k in _NUMBERS else "left")
    likeness = likeness_of(found)
    for row in likeness.rows:
        table.add_row(*map(Text, row))
    console.print(Text(likeness.heading, "bold"))
    console.print(table)
    console.print()
    for paragraph in likeness.paragraphs:
        if paragraph not in told:
            console.print(Text(paragraph))
