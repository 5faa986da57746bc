"""`rolecall run`: batches, kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.commands.options import All, Detail, Jobs, Out, Replications, Scenarios, Seed
from analysis.commands.printing import (
    outcomes,
    print_comparison,
    print_ingredients,
    print_remarks,
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
    detail: Detail = False,
) -> None:
    """Run scenarios and compare their structures.

    Keeps every run. Goes on where an interrupted batch of the same scenario
    stopped, with the very same results. A scenario that varies keys is run in
    every combination.
    """
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
        comparison = _print_sweep(console, batch) if scenario.vary else _print_one(console, batch, every)
        print_where(batch, _details(batch) if detail else ())
        print_remarks(scenario, None if scenario.vary else comparison)
        tell_failures(batch, comparison)


def _print_heading(console: Console, scenario: Scenario) -> None:
    from rich.text import Text

    console.print(Text(scenario.name, "bold"))


def _print_one(console: Console, batch: BatchResult, every: bool) -> Comparison:
    """The structures of a scenario, outcome by outcome."""
    from analysis.sweeps.side_by_side import compared

    scenario, shown = batch.variations[0].scenario, outcomes(every)
    columns = list(dict.fromkeys([*shown, scenario.judged_by]))
    comparison = compared(batch.frame(columns), scenario, shown)
    print_comparison(console, comparison, every)
    return comparison


def _print_sweep(console: Console, batch: BatchResult) -> Comparison:
    """The combinations of a sweep, a line each; returns the comparison with the most futures."""
    from analysis.sweeps.side_by_side import lines_of
    from analysis.sweeps.table import print_lines
    from sim.vocabulary import EARNED

    objective = batch.variations[0].scenario.judged_by
    columns = list(dict.fromkeys([objective, *EARNED]))
    lines = lines_of(batch.frame(columns), batch.variations)
    print_lines(console, lines)
    return max((line.comparison for line in lines), key=lambda comparison: comparison.futures)


def _details(batch: BatchResult) -> tuple[Path, ...]:
    """Write what `--detail` asks for beside the results."""
    from sim.batch.detail import write_details
    from sim.batch.results import writing

    with writing(batch.folder):
        return write_details(batch.variations, batch.replications, batch.folder)
