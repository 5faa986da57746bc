"""`rolecall why`: what drives the difference between two structures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import say, tell
from analysis.commands.options import Jobs, OneScenario, Out, Seed
from analysis.commands.printing import print_files, print_verdict, terminal, watched

Against = Annotated[
    str | None,
    typer.Option(help="Structure to compare with today's.", show_default="the best other in a first look"),
]
Runs = Annotated[
    int | None,
    typer.Option(
        min=64,
        max=1_000_000,
        help="Paired runs to spend; more go on from fewer.",
        show_default="4,000",
    ),
]


def why(
    scenario: OneScenario,
    *,
    against: Against = None,
    runs: Runs = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
) -> None:
    """Say what drives the difference between two structures.

    Varies every assumption and every trait of the organisation at once, and tells
    which way each of them pulls, what would flip the answer, and how much is luck.
    Prints the answer in words and a table, and draws a figure.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.causes.ask import RUNS
    from analysis.causes.ask import why as why_
    from analysis.causes.table import print_causes
    from analysis.decision.challenger import refuse_alone

    refuse_alone(given, against)  # before anything is compiled: none such is told at once
    console = terminal()
    with watched() as progress:
        answer = why_(
            given, against=against, runs=runs or RUNS, jobs=jobs, seed=seed, out=out, progress=progress
        )
    print_verdict(console, answer.question, str(answer))
    console.print()
    print_causes(console, answer)
    console.print()
    tell(f"{answer.runs:,} paired runs: {answer.folder}")
    print_files(answer.files)
    if answer.failed:
        many = f"{answer.failed:,} of {answer.runs:,} paired runs failed (our mistake)"
        say(f"{many}; the first is {answer.first_failure}")
