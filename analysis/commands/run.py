"""`rolecall run`: batches, kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.commands.options import All, Detail, Jobs, Out, Replications, Scenarios, Seed, Show
from analysis.commands.printing import (
    asked_for,
    outcomes,
    print_comparison,
    print_ingredients,
    print_remarks,
    print_sweep,
    print_where,
    tell_failures,
    terminal,
    watched,
)
from analysis.commands.scenarios import load_all
from analysis.commands.varying import Vary, varying

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.statistics.compare import Comparison
    from sim.batch.run import BatchResult
    from sim.scenario import Scenario


def run(
    scenarios: Scenarios,
    *,
    vary: Vary = None,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
    show: Show = None,
    detail: Detail = False,
) -> None:
    """Run scenarios and compare their structures.

    Keeps every run. Goes on where an interrupted batch of the same scenario
    stopped, with the very same results. A scenario that varies keys is run in
    every combination; what --show names is then drawn as a curve over each key.
    """
    asked = asked_for(show)
    given = varying(load_all(scenarios), scenarios, vary or ())
    from sim.batch.run import run_batch

    console = terminal()
    for scenario in given:
        with watched() as progress:
            batch = run_batch(
                scenario, replications=replications, jobs=jobs, seed=seed, out=out, progress=progress
            )
        if len(given) > 1:
            _print_heading(console, scenario)
        print_ingredients(console, scenario)
        if scenario.vary:
            comparison, files = _print_sweep(console, batch, asked)
        else:
            comparison, files = _print_one(console, batch, every, asked), ()
        print_where(batch, (*files, *(_details(batch) if detail else ())))
        print_remarks(scenario, None if scenario.vary else comparison)
        tell_failures(batch, comparison)


def _print_heading(console: Console, scenario: Scenario) -> None:
    from rich.text import Text

    console.print(Text(scenario.name, "bold"))


def _print_one(console: Console, batch: BatchResult, every: bool, asked: Sequence[str]) -> Comparison:
    """The structures of a scenario, outcome by outcome."""
    from analysis.sweeps.side_by_side import compared

    scenario, shown = batch.variations[0].scenario, outcomes(every, asked)
    columns = list(dict.fromkeys([*shown, scenario.judged_by]))
    comparison = compared(batch.frame(columns), scenario, shown)
    print_comparison(console, comparison, every, asked)
    return comparison


def _print_sweep(
    console: Console, batch: BatchResult, asked: Sequence[str]
) -> tuple[Comparison, tuple[Path, ...]]:
    """The combinations of a sweep, a line each, for each outcome asked for; and the curves that were drawn.

    Returns the comparison with the most futures. A scenario of one structure has a curve in any case.
    """
    from analysis.sweeps.curves import write_curves
    from analysis.sweeps.labels import in_all
    from analysis.sweeps.side_by_side import lines_of
    from sim.vocabulary import EARNED

    scenario = batch.variations[0].scenario
    frame = batch.frame(list(dict.fromkeys([scenario.judged_by, *EARNED, *asked])))
    tables = [lines_of(frame, batch.variations, outcome=name) for name in asked or (scenario.judged_by,)]
    for lines in tables:
        print_sweep(console, lines, in_all(batch.variations))
    drawn = asked or ((scenario.judged_by,) if len(scenario.structure_names) == 1 else ())
    files = write_curves(frame, batch.variations, drawn, batch.folder)
    return max((line.comparison for line in tables[0]), key=lambda comparison: comparison.futures), files


def _details(batch: BatchResult) -> tuple[Path, ...]:
    """Write what `--detail` asks for beside the results."""
    from sim.batch.detail import write_details
    from sim.batch.results import writing

    with writing(batch.folder):
        return write_details(batch.variations, batch.replications, batch.folder)
