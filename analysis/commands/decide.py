"""`rolecall decide`: an answer for one organisation."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from analysis.decision.verdict import Verdict
    from sim.scenario import Scenario

from analysis.commands.atlas import said_of
from analysis.commands.exits import say, tell
from analysis.commands.options import All, Jobs, MaxReplications, OneScenario, Out, Seed
from analysis.commands.printing import (
    print_comparison,
    print_ingredients,
    print_likeness,
    print_verdict,
    print_where,
    tell_failures,
    terminal,
    watched,
)
from analysis.commands.progress import StepsAside
from analysis.words.numbers import many


def above_zero(value: float | None) -> float | None:
    """A number above 0, or none. Raises BadParameter for any other."""
    if value is not None and not value > 0.0:
        raise typer.BadParameter(f"is {value:g}; give a number above 0")
    return value


ADVISED = ("yes", "probably yes", "it depends")
"""Answers after which somebody may want to have what was asked about."""

Matters = Annotated[
    float | None,
    typer.Option(
        callback=above_zero,
        help="Smallest difference that counts, in the objective's unit.",
        show_default="1% of what is earned a year, or of an objective of the scenario's own",
    ),
]
Confidence = Annotated[
    float, typer.Option(min=0.51, max=0.9999, help="How sure the answer must be of luck, as a share.")
]
Doubted = Annotated[
    int, typer.Option("--doubt", min=0, max=100_000, help="Futures with assumptions in doubt; 0 for none.")
]
Steps = Annotated[
    bool,
    typer.Option(
        "--steps/--no-steps",
        help="Try single ingredients of the structures, and other numbers of managers, too.",
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Also what brings the gains, by ingredient and mechanism (more runs), warnings, and more.",
    ),
]


def decide(
    scenario: OneScenario,
    *,
    matters: Matters = None,
    confidence: Confidence = 0.95,
    max_replications: MaxReplications = None,
    doubted: Doubted = 400,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
    steps: Steps = True,
    explain: Explain = False,
) -> None:
    """Answer for one organisation.

    Lives through futures until the answer is known, then through more in which
    the assumptions differ, too. Prints the answer in three lines, then what each
    structure is made of and a table, and draws a figure. Goes on where an
    interrupted batch of the same scenario stopped.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    if given.vary:
        say(f"{scenario}: vary is left aside here; `rolecall run` lives through every combination")
    from analysis.decision.ask import decide as decide_

    console, said = terminal(), ""

    def print_lines(verdict: Verdict) -> None:
        nonlocal said
        said = verdict.text
        bar.aside()
        print_verdict(console, verdict.question, said)

    with StepsAside(watched) as bar:
        decision = decide_(
            given,
            matters=matters,
            confidence=confidence,
            max_replications=max_replications,
            doubted=doubted,
            jobs=jobs,
            seed=seed,
            out=out,
            steps=steps,
            explain=explain,
            progress=bar,
            tell=print_lines,
        )
    if rest := decision.verdict.text.removeprefix(said).strip():
        console.print(rest, highlight=False, markup=False)
    console.print()
    print_ingredients(console, given.with_changes({"vary": {}}) if given.vary else given)
    print_comparison(console, decision.judgement.shown, every)
    console.print()
    print_likeness(console, decision.resemblance, explain, decision.verdict.text)
    doomed = decision.resemblance is not None and decision.resemblance.doomed
    if not doomed and (like := said_of(given)):
        console.print(f"{like} (`rolecall atlas`)", highlight=False, markup=False)
        console.print()
    if explain and not doomed:  # there is no answer to explain
        from analysis.decision.grounds import print_grounds
        from analysis.decision.steps import print_steps

        print_steps(console, decision.judgement)
        console.print()
        print_grounds(console, decision.explained, given.judged_by)
        console.print()
        console.print("\n".join(decision.verdict.details), markup=False)
        console.print()
    print_where(decision.batch, decision.figures)
    if decision.doubted is not None:
        tell(f"and {many(decision.doubted.futures, 'future')} with assumptions in doubt")
    if following := how_to_write_out(decision.verdict, given, scenario):
        tell(following)
    tell_failures(decision.batch, decision.comparison)


def how_to_write_out(verdict: Verdict, given: Scenario, path: Path) -> str:
    """The command that writes out the design that an answer advises; nothing where it advises none."""
    from analysis.exports.choice import structures_known

    if verdict.answer not in ADVISED or verdict.challenger not in structures_known(given):
        return ""
    command = shlex.join(["rolecall", "structure", verdict.challenger, str(path)])
    forms = "a page for each role; --as raci: a RACI table; --as yaml: for a scenario"
    return f"Next: {command} --as roles -o roles.html\n      ({forms})"
