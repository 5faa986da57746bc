"""`rolecall decide`: an answer for one organisation."""

from __future__ import annotations

from pathlib import Path

from analysis.commands.options import All, Jobs, OneScenario, Out, Replications, Seed
from analysis.commands.printing import (
    outcomes,
    print_comparison,
    print_verdict,
    print_where,
    tell_failures,
    terminal,
    watched,
)


def decide(
    scenario: OneScenario,
    *,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
) -> None:
    """Answer for one organisation.

    Prints a table and a verdict in words, and draws a figure. Goes on where an
    interrupted batch of the same scenario stopped.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.decide import decide as decide_

    console = terminal()
    with watched() as progress:
        decision = decide_(
            given,
            replications=replications,
            jobs=jobs,
            seed=seed,
            out=out,
            outcomes=outcomes(every),
            progress=progress,
        )
    print_comparison(console, decision.comparison, every)
    console.print()
    print_verdict(console, decision.verdict.question, decision.verdict.text)
    console.print()
    print_where(decision.batch, decision.figures)
    tell_failures(decision.batch, decision.comparison)
