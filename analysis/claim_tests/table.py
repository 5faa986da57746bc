"""Claims as a table for a terminal: a comparison a row, under the claim's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.claim_tests import words
from analysis.claim_tests.contrasts import Tested
from analysis.claim_tests.records import Claim
from analysis.claim_tests.result import Claims

if TYPE_CHECKING:
    from rich.console import Console

MARKS = {"holds": "●", "the reverse holds": "◆", "does not hold": "○", "holds above": "◐", "holds below": "◐"}
_UNTOLD = "·"
_BY_RULES = " – true by construction: only its size is a finding"


def print_claims(console: Console, claims: Claims) -> None:
    """Print each claim with its rows, and what the columns mean."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("Claim", overflow="fold", ratio=3)
    table.add_column("Verdict", overflow="fold", ratio=1)
    table.add_column("Mean", overflow="fold", ratio=1)
    table.add_column("Median", overflow="fold", ratio=1)
    for claim in claims.claims:
        table.add_row(Text(claim.name, "bold"), Text(claim.says, "bold"), "", "", "")
        for tested in claims.of(claim):
            row = tested.finding.row
            table.add_row(
                sign_of(tested),
                Text(f"{tested.says}: {words.measured(row)}{_BY_RULES if row.by_construction else ''}"),
                Text(_verdict(tested)),
                Text(words.without_unit(row, tested.finding.mean)),
                Text(words.median(tested)),
            )
        if claim.lacks:
            table.add_row("", Text(claim.lacks, "italic"), "", "", "")
    console.print(table)
    console.print(legend(claims), highlight=False, markup=False)


def _verdict(tested: Tested) -> str:
    """The verdict on the mean, and what it hides."""
    hidden = words.what_it_hides(tested)
    return words.ruling(tested) + (f"; {hidden}" if hidden else "")


def sign_of(tested: Tested) -> str:
    """A sign for a verdict, so that nothing is told by words alone or by colour."""
    return MARKS.get(tested.finding.verdict, _UNTOLD)


def legend(claims: Claims) -> str:
    """What the columns mean."""
    return (
        "Mean and median over the organisations with their intervals, turned so that + is in the claim's "
        "favour. The verdict is about the mean.\n"
        "● holds  ◐ from a value on  ○ does not hold: not more than the margin  ◆ the reverse holds  "
        "· cannot tell"
    )


def print_registered(console: Console, claims: Sequence[Claim]) -> None:
    """Print what is registered: each claim with its comparisons, margins and case."""
    from rich.text import Text

    for claim in claims:
        console.print(Text(f"{claim.name}  {claim.says}", "bold"))
        for row in claim.rows:
            console.print(Text(f"    {row.says}: {words.measured(row)}: {words.claimed(row)}"))
        console.print(Text(f"    {claim.case}"))
