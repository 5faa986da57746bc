"""`rolecall atlas`: for which organisations each change of structure pays."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import tell
from analysis.commands.options import Jobs, Out
from analysis.commands.printing import print_files, print_verdict, terminal, watched

Like = Annotated[
    Path | None,
    typer.Argument(metavar="[SCENARIO]", help="Scenario file: what the atlas says of it; runs nothing."),
]
Organisations = Annotated[
    int | None,
    typer.Option(min=30, max=100_000, help="Organisations to draw.", show_default="900"),
]


def atlas(
    scenario: Like = None,
    *,
    organisations: Organisations = None,
    jobs: Jobs = None,
    out: Out = Path("results"),
) -> None:
    """Say for which organisations splitting, ranking by one, or sprints pay.

    With a scenario, prints what the atlas that comes with Rolecall says of an
    organisation like it. Without, draws organisations, runs them, and makes one.
    """
    from analysis.atlas.files import read
    from analysis.atlas.traits import traits_of
    from analysis.atlas.words import like_yours

    console = terminal()
    if scenario is not None:
        from sim.scenario import load

        traits, shipped = traits_of(load(scenario)), read()
        if traits is None or shipped is None:
            tell("The atlas says nothing of an organisation whose work is a given plan.")
            return
        print_verdict(console, shipped.told().question, like_yours(shipped, traits))
        return
    from analysis.atlas.ask import ORGANISATIONS
    from analysis.atlas.ask import atlas as atlas_

    with watched() as progress:
        answer = atlas_(organisations=organisations or ORGANISATIONS, jobs=jobs, out=out, progress=progress)
    print_verdict(console, answer.told().question, str(answer))
    console.print()
    print_files(answer.files)
