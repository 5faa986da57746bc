"""`rolecall claims`: what practitioners' texts say of the two roles, put to the test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import say, tell
from analysis.commands.options import Jobs, Out
from analysis.commands.printing import print_files, print_verdict, terminal, watched

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[CLAIM]…", help="Claims by name, such as C5.  [default: all]")
]
Organisations = Annotated[
    int | None,
    typer.Option(min=2, max=100_000, help="Organisations to draw for each claim.", show_default="500"),
]
Quick = Annotated[
    bool, typer.Option("--quick", help="Few organisations: some minutes, and more that cannot be told.")
]
List = Annotated[bool, typer.Option("--list", help="List what is registered, and run nothing.")]


def claims(
    names: Names = None,
    *,
    organisations: Organisations = None,
    quick: Quick = False,
    listing: List = False,
    jobs: Jobs = None,
    out: Out = Path("results"),
) -> None:
    """Put the claims of texts on the two roles to the test.

    Each claim was registered with its arms, outcome and margin before it is run. It
    is put to organisations drawn from the ranges of the library's, with all that is
    assumed in doubt. Goes on where it stopped.
    """
    from analysis.claim_tests.ask import ORGANISATIONS, QUICK, named
    from analysis.claim_tests.ask import claims as claims_
    from analysis.claim_tests.table import print_claims, print_registered

    asked = named(names or ())
    console = terminal()
    if listing:
        print_registered(console, asked)
        return
    many = organisations or (QUICK if quick else ORGANISATIONS)
    with watched() as progress:
        answer = claims_(
            [claim.name for claim in asked], organisations=many, jobs=jobs, out=out, progress=progress
        )
    print_claims(console, answer)
    console.print()
    print_verdict(console, answer.told().question, f"\n{answer}")
    if many < ORGANISATIONS:
        tell(f"{many} organisations are few; --organisations {ORGANISATIONS} goes on from these")
    console.print()
    tell(f"Runs are kept: {answer.folder}")
    print_files(answer.files)
    failed = sum(each.failed for each in answer.tested)
    if failed:
        say(f"{failed:,} runs failed (our mistake)")
