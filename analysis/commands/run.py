"""`rolecall run`: batches, kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analysis.commands.options import All, Detail, Jobs, Out, Replications, Scenarios, Seed
from analysis.commands.printing import (
    outcomes,
    print_comparison,
    print_where,
    tell_failures,
    terminal,
    watched,
)
from analysis.commands.scenarios import load_all

if TYPE_CHECKING:
    from sim.batch import BatchResult
    from sim.scenario import Scenario


def run(
    scenarios: Scenarios,
    *,
    replications: Replications = None,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
    every: All = False,
    detail: Detail = False,
) -> None:
    """Run scenarios and compare their structures.

    Keeps every run. Goes on where an interrupted batch of the same scenario
    stopped, with the very same results.
    """
    given = load_all(scenarios)
    from analysis.compare import compare
    from sim.batch import run_batch

    for scenario in given:
        with watched() as progress:
            batch = run_batch(
                scenario, replications=replications, jobs=jobs, seed=seed, out=out, progress=progress
            )
        shown = outcomes(every)
        comparison = compare(batch.frame(shown), current=scenario.current, outcomes=shown)
        print_comparison(terminal(), comparison, every)
        print_where(batch, _details(scenario, seed, batch) if detail else ())
        tell_failures(batch, comparison)


def _details(scenario: Scenario, seed: int | None, batch: BatchResult) -> tuple[Path, ...]:
    """Write what `--detail` asks for beside the results."""
    from sim.detail import write_details
    from sim.results_store import writing
    from sim.simulate import prepare

    chosen = scenario if seed is None else scenario.with_changes({"seed": seed})
    with writing(batch.folder):
        return write_details(prepare(chosen), batch.replications, batch.folder)
