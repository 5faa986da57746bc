"""`rolecall compare`: results that are there already."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import say
from analysis.commands.options import All
from analysis.commands.printing import (
    outcomes,
    print_all_ingredients,
    print_comparison,
    print_ingredients,
    print_remarks,
    terminal,
)

Folders = Annotated[list[Path], typer.Argument(metavar="RESULTS", help="Folders of results.")]
AnyVersion = Annotated[
    bool, typer.Option("--any-version", help="Compare results of different versions of the model.")
]


def compare(results: Folders, *, any_version: AnyVersion = False, every: All = False) -> None:
    """Compare results that are there already.

    One folder: its structures, for each combination of a sweep. Several: the
    structures side by side, a row for each folder.
    """
    from analysis.sweeps.side_by_side import comparison_of, gathered, lines_of_material
    from analysis.sweeps.table import print_lines

    console = terminal()
    if len(results) == 1:
        from analysis.results.material import gather

        material = gather(results[0], every=True)
        print_ingredients(console, material.scenario)
        if material.varied:
            print_lines(console, lines_of_material(material))
        else:
            comparison = comparison_of(material, outcomes(every))
            print_comparison(console, comparison, every)
            print_remarks(material.scenario, comparison)
        if not material.finished:
            say(f"{results[0]}: not finished, {len(material.results):,} runs so far")
        return
    found = gathered(results, any_version)
    print_all_ingredients(console, [(name or "", material.scenario) for name, material in found])
    print_lines(console, [line for name, material in found for line in lines_of_material(material, name)])
