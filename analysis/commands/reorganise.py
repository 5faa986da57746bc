"""`rolecall reorganise`: what it costs, and when it pays, to change the structure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.commands.exits import tell
from analysis.commands.options import Jobs, OneScenario, Out, Replications, Seed
from analysis.commands.printing import print_verdict, print_where, terminal, watched
from analysis.commands.scenarios import told_of

OPTIONS = {
    "reorganisation.from": "--from",
    "reorganisation.to": "--to",
    "reorganisation.day": "--day",
    "reorganisation.announced": "--announced",
    "reorganisation.chosen": "--chosen",
    "reorganisation.phased": "--phased",
    "reorganisation.phased.teams_at_a_time": "--phased",
    "reorganisation.phased.every": "--phased",
    "replications": "--replications",
}
"""Where a user of the command line has written what the keys name."""


def reorganise(
    scenario: OneScenario,
    *,
    to: Annotated[str, typer.Option("--to", help="Structure after: a name, NAME+ranks=one, or a file.")],
    start: Annotated[
        str | None, typer.Option("--from", help="Structure before, likewise.", show_default="that of today")
    ] = None,
    day: Annotated[int, typer.Option("--day", help="First day of the new structure.")] = 60,
    announced: Annotated[
        int, typer.Option("--announced", help="Days before that day on which people hear of it.")
    ] = 0,
    quietly: Annotated[
        bool, typer.Option("--quietly", help="Not announced: unsettles nobody, and costs no title.")
    ] = False,
    chosen: Annotated[
        str, typer.Option("--chosen", help="Who gets which post: by_name or by_experience.")
    ] = "by_name",
    phased: Annotated[
        str | None, typer.Option("--phased", help="Teams at a time and days between them, as 2:30.")
    ] = None,
    planned_days: Annotated[
        int, typer.Option("--planned", help="Days after it by which its gain is hoped for.", min=1)
    ] = 125,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
) -> None:
    """Tell what a change of structure costs and when it pays.

    Draws the money that it brings, day by day; an objective of the scenario's
    own is told at the end. Goes on where an interrupted call stopped.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.reorganisation.ask import planned
    from analysis.reorganisation.ask import reorganise as reorganise_

    with told_of(lambda key: OPTIONS.get(key, key)):
        how: dict[str, Any] = {"announced": None if quietly else announced, "chosen": chosen}
        waves = None if phased is None else _waves(phased)
        planned(given, start or given.current, to, day, replications, **how, phased=waves)
    with watched() as progress:
        answer = reorganise_(
            given,
            start=start,
            to=to,
            day=day,
            planned_days=planned_days,
            phased=None if waves is None else (waves["teams_at_a_time"], waves["every"]),
            **how,
            replications=replications,
            jobs=jobs,
            seed=seed,
            out=out,
            progress=progress,
        )
    print_verdict(terminal(), answer.question, answer.text)
    tell()
    print_where(answer, answer.files)


def _waves(written: str) -> dict[str, int]:
    """`2:30` as the keys of a scenario. Raises ScenarioError."""
    from sim.scenario.reading.problems import Problem, ScenarioError, shown

    parts = written.split(":")
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts):
        wrong, right = f"is {shown(written)}", "give teams at a time and days between them, as 2:30"
        raise ScenarioError([Problem("", None, "reorganisation.phased", wrong, right)])
    return {"teams_at_a_time": int(parts[0]), "every": int(parts[1])}
