"""The causes as a table for a terminal: a factor a row, nothing told by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.causes.words import share, within
from analysis.words.numbers import difference
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.causes.result import Why
    from analysis.statistics.compare import Estimate

ROWS = 8
"""Factors that table and figure show at most."""

DRIVER = "●"


def print_causes(console: Console, why: Why) -> None:
    """Print the leading factors, and what the columns mean."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("What is known or assumed", overflow="fold")
    for head in ("Where low", "Where high"):  # a number and its ± stay on one line
        table.add_column(head, justify="right", no_wrap=True, overflow="fold")
    table.add_column("Decides", justify="right", no_wrap=True)
    for cause in why.causes[:ROWS]:
        table.add_row(
            DRIVER if cause.is_driver else "",
            Text(cause.factor.label),
            _apart(why, cause.low),
            _apart(why, cause.high),
            share(within(cause.first).mean),
        )
    console.print(table)
    console.print(legend(why), highlight=False, markup=False)


def legend(why: Why) -> str:
    """What the columns mean."""
    outcome = BY_NAME[why.objective]
    return (
        f"Low, high: {why.against} less {why.current} in {outcome.label.lower()} ({outcome.unit}), with 95% "
        "interval, in the lowest and the highest third of the range. Decides: the part of the spread between "
        f"single futures that it makes by itself. {DRIVER} told from chance, although {len(why.causes)} were "
        "tried. Keys, ranges and interplay: why.csv."
    )


def _apart(why: Why, estimate: Estimate) -> str:
    return difference(BY_NAME[why.objective], estimate.mean, estimate.half_width)
