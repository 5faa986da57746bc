"""`rolecall atlas`: for which organisations each change of structure pays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.options import Jobs, Out
from analysis.commands.printing import print_files, print_verdict, terminal, watched

if TYPE_CHECKING:
    from sim.scenario import Scenario

Like = Annotated[
    Path | None,
    typer.Argument(metavar="[SCENARIO]", help="Scenario file: what the atlas says of it; runs nothing."),
]
Organisations = Annotated[
    int | None,
    typer.Option(min=30, max=100_000, help="Organisations to draw.", show_default="900"),
]


def said_of(scenario: Scenario) -> str:
    """What the atlas that comes with Rolecall says of organisations like this; nothing where it has none."""
    from analysis.change_atlas.files import read
    from analysis.change_atlas.traits import traits_of
    from analysis.change_atlas.words import like_yours

    shipped, traits = read(), traits_of(scenario)
    return like_yours(shipped, traits) if shipped is not None and traits is not None else ""


def atlas(
    scenario: Like = None,
    *,
    organisations: Organisations = None,
    jobs: Jobs = None,
    out: Out = Path("results"),
) -> None:
    """Say for which organisations each change of structure pays.

    With a scenario, prints what the atlas that comes with Rolecall says of an
    organisation like it. Without, draws organisations, runs them, and makes one.
    """
    console = terminal()
    if scenario is not None:
        from analysis.change_atlas.result import ATLAS_QUESTION
        from sim.scenario import load

        said = said_of(load(scenario))
        print_verdict(console, ATLAS_QUESTION, said or "The atlas says nothing of work that is a given plan.")
        return
    from analysis.change_atlas.ask import DRAWN
    from analysis.change_atlas.ask import atlas as atlas_

    with watched() as progress:
        answer = atlas_(organisations=organisations or DRAWN, jobs=jobs, out=out, progress=progress)
    print_verdict(console, answer.told().question, f"\n{answer}")
    console.print()
    print_files(answer.files)
