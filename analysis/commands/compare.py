"""`rolecall compare`: results that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.exits import say
from analysis.commands.options import All, Show
from analysis.commands.printing import (
    asked_for,
    outcomes,
    print_all_ingredients,
    print_comparison,
    print_ingredients,
    print_remarks,
    print_sweep,
    terminal,
)

if TYPE_CHECKING:
    from rich.console import Console

Folders = Annotated[list[Path], typer.Argument(metavar="RESULTS", help="Folders of results.")]
AnyVersion = Annotated[
    bool, typer.Option("--any-version", help="Compare results of different versions of the model.")
]


def compare(
    results: Folders, *, any_version: AnyVersion = False, every: All = False, show: Show = None
) -> None:
    """Compare results that are there already.

    One folder: its structures, for each combination of a sweep. Several: the
    structures side by side, a row for each folder, told by what differs.
    """
    asked = asked_for(show)
    from analysis.sweeps.labels import folder_of_labels
    from analysis.sweeps.side_by_side import gathered, lines_of_material

    console = terminal()
    if len(results) == 1:
        _print_folder(console, results[0], every, asked)
        return
    found = gathered(results, any_version)
    print_all_ingredients(console, [(folder_of_labels(labels, m.folder), m.scenario) for labels, m in found])
    for outcome in asked or (None,):
        print_sweep(console, [li for labels, m in found for li in lines_of_material(m, labels, outcome)], {})


def _print_folder(console: Console, folder: Path, every: bool, asked: Sequence[str]) -> None:
    """One folder as the command showed it that ran it."""
    from analysis.results.folder_contents import gather
    from analysis.sweeps.labels import in_all
    from analysis.sweeps.side_by_side import comparison_of, lines_of_material
    from sim.scenario.sweep import variations

    material = gather(folder, every=True)
    print_ingredients(console, material.scenario)
    if material.varied:
        for outcome in asked or (None,):
            fixed = in_all(variations(material.scenario))
            print_sweep(console, lines_of_material(material, outcome=outcome), fixed)
    else:
        comparison = comparison_of(material, outcomes(every, asked))
        print_comparison(console, comparison, every, asked)
        print_remarks(material.scenario, comparison)
    if not material.finished:
        say(f"{folder}: not finished, {len(material.results):,} runs so far")
