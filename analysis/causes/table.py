"""The causes as a table for a terminal: a factor a row, nothing told by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.causes.words import amount, share, shares, total_of, within
from analysis.words.numbers import difference
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.causes.result import Why
    from analysis.statistics.compare import Estimate

ROWS = 10
"""Factors that table and figure show at most."""

DRIVER = "●"

UNTOLD = "–"
"""What stands where there are too few runs to say."""


def print_causes(console: Console, why: Why) -> None:
    """Print the leading factors, and what the columns mean."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("Factor", overflow="fold")
    for head in ("Alone, %", "In all, %"):
        table.add_column(head, justify="right", overflow="fold")
    for head in ("Low third", "High third"):  # a number and its ± stay on one line
        table.add_column(head, justify="right", no_wrap=True, overflow="fold")
    for cause in why.causes[:ROWS]:
        total = total_of(cause)
        mark = DRIVER if cause.is_driver else ""
        indices = (_percent(within(cause.first)), _percent(total) if total else UNTOLD)
        table.add_row(
            mark, Text(cause.factor.label), *indices, _apart(why, cause.low), _apart(why, cause.high)
        )
    console.print(table)
    console.print(legend(why), highlight=False, markup=False)


def legend(why: Why) -> str:
    """What the columns mean, in one plain sentence each."""
    outcome = BY_NAME[why.objective]
    return (
        f"Shares of the spread of {why.against} − {why.current} between single futures, over {why.runs:,} "
        f"paired runs in which everything varies at once. Luck makes {shares(why.luck)} of it.\n"
        "Alone: the part of the spread that would go if this one were known. "
        "In all: the part it has a hand in, with its interplay with others; known less well.\n"
        f"Low, high third: the mean difference in {outcome.label.lower()} ({outcome.unit}) where the factor "
        f"is in the lowest, the highest third of its range; {amount(why, why.difference)} over all.\n"
        f"{DRIVER} told from chance, although {len(why.causes)} were tried." + _untold(why)
    )


def _untold(why: Why) -> str:
    """What a dash means, where there is one."""
    if all(total_of(cause) for cause in why.causes[:ROWS]):
        return ""
    return f"\n{UNTOLD} too few runs to say."


def _percent(estimate: Estimate) -> str:
    mean, low, high = (share(v).rstrip("%") for v in (estimate.mean, estimate.low, estimate.high))
    return f"{mean} ({low}–{high})"


def _apart(why: Why, estimate: Estimate) -> str:
    return difference(BY_NAME[why.objective], estimate.mean, estimate.half_width)
