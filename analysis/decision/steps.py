"""One ingredient at a time: what each design that an answer chose from changes, and brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.decision.designs import ROLES, Design, what_changes
from analysis.decision.judgement import Judgement
from analysis.words.numbers import difference, odds
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from rich.console import Console

STEP_BY_STEP = "Step by step: what each design changes, and brings"
_COLUMNS = ("Design", "Changes", "", "Ahead in")


class Brought(NamedTuple):
    """A row of the table: a design, what it changes, what it adds to today's, how often it is ahead."""

    design: str
    changes: str
    adds: str
    ahead: str


def brought_by(judgement: Judgement) -> Iterator[Brought]:
    """All designs but today's, the fewest changes first; nothing where none lies between those listed."""
    if not judgement.between or judgement.selection is None:
        return
    comparison = judgement.comparison
    outcome = BY_NAME[comparison.objective]
    for design in sorted(judgement.designs, key=lambda design: (len(design.changes), not design.listed)):
        if not design.changes:
            continue
        gain = comparison.gain(design.name)
        won = odds(comparison.win_share[design.name], comparison.lived[design.name])
        size = difference(outcome, gain.mean, gain.half_width)
        yield Brought(design.name, _changes(design), size, won)


def _changes(design: Design) -> str:
    """What a design changes of today's; of roles, that it does."""
    return ", ".join(what_changes(design)) if design.changes != (ROLES,) else "the roles alone"


def print_steps(console: Console, judgement: Judgement) -> None:
    """Print the table, if there is one."""
    rows = list(brought_by(judgement))
    if not rows:
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    outcome = BY_NAME[judgement.comparison.objective]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    labels = (*_COLUMNS[:2], outcome.label if outcome.unit == "€" else "Objective", _COLUMNS[3])
    for label in labels:
        table.add_column(Text(label), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Text(STEP_BY_STEP, "bold"))
    console.print(table)


def brought(judgement: Judgement) -> list[dict[str, Any]]:
    """The designs that took part as plain values."""
    comparison = judgement.comparison
    return [
        {
            "design": design.name,
            "listed": design.listed,
            "changes": list(design.changes),
            "gain": asdict(comparison.gain(design.name)),
            "win_share": comparison.win_share[design.name],
        }
        for design in judgement.designs
        if design.changes and judgement.selection is not None
    ]
