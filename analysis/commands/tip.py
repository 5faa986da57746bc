"""`rolecall tip`: where the answer flips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import tell
from analysis.commands.options import Jobs, OneScenario, Out, Seed
from analysis.commands.printing import print_verdict, print_where, terminal, watched


def tip(
    scenario: OneScenario,
    *,
    over: Annotated[
        str, typer.Option(metavar="KEY[=LOW..HIGH]", help="What to move, such as managers=3..12.")
    ],
    and_: Annotated[
        str | None, typer.Option("--and", metavar="KEY[=LOW..HIGH]", help="A second one, for a map.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(help="The structure to compare with.", show_default="the best in a first look"),
    ] = None,
    runs: Annotated[int, typer.Option(min=400, max=1_000_000, help="Runs at most; a map takes 800.")] = 8000,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
) -> None:
    """Find and draw where the answer flips.

    Moves one or two properties of the organisation, and spends runs where it is
    least clear which of two structures is ahead. Without a range, an assumption
    goes over its plausible one, any other key from half to double.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.decision.challenger import refuse_alone
    from analysis.decision.degenerate_cases import alike_in_all
    from analysis.tipping_points.ask import smallest
    from analysis.tipping_points.ask import tip as tip_
    from analysis.tipping_points.files import files

    refuse_alone(given, against)  # before anything is compiled: none such is told at once
    with watched(at_most=True) as progress:
        found = tip_(
            given,
            over,
            and_,
            against=against,
            runs=runs,
            jobs=jobs,
            seed=seed,
            out=out,
            progress=progress,
        )
    print_verdict(terminal(), "Where does it flip?", found.text)
    if found.futures and not found.points[["mean", "error"]].any(axis=None):
        tell(f"\n{alike_in_all((found.other,), found.current)}, at any point that was tried.")
    if found.idle:
        tell("\nNo search was made, and nothing is kept.")
        return
    if runs < (least := smallest(len(found.axes))):
        tell(f"\nA map takes {least:,} runs at least, so more were made than --runs {runs}.")
    tell()
    print_where(found, files(found))
