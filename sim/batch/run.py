"""Many runs: every structure of every variation of a scenario, replicated, and kept on disk as they come.

Work goes out in blocks of replications. Within a block the structures take turns (r0/A, r0/B, r1/A, …), and
the variations of a sweep take turns block by block, so that a batch stopped at any moment is balanced. Each
block becomes one Parquet part, written whole by the main thread; so a killed batch goes on where it was, and
ends with the very bytes of one that was never killed.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.batch.identity import identity
from sim.batch.manifest import folder_name
from sim.batch.results import PartStore, Row, frame, read_results
from sim.batch.session import Progress, Tally, session
from sim.batch.study import Study, comparing, grid
from sim.batch.workers import SimulateBlock, Workers, run_blocks
from sim.scenario.sweep import Variation, variations

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


Structures = Sequence[str | Mapping[str, object]]
"""Structures to compare: names of presets or of the scenario's own, or as they are written in a file."""


@dataclass(frozen=True)
class BatchResult:
    """A finished batch: where its rows are, and how it went.

    `runs` = structures × variations × replications; `kept` of them were found whole from an earlier session;
    `failed` of them have an error in place of outcomes; `seconds` is the time of this session.
    """

    folder: Path
    structures: tuple[str, ...]
    replications: int
    runs: int
    kept: int
    failed: int
    seconds: float
    variations: tuple[Variation, ...] = ()

    def __repr__(self) -> str:
        of = f"{len(self.structures)} structures, {self.replications:,} futures"
        varied = f", {len(self.variations):,} combinations" if len(self.variations) > 1 else ""
        failed = f", {self.failed:,} failed" if self.failed else ""
        return f"<{type(self).__name__}: {self.runs:,} runs of {of}{varied}{failed}: {self.folder}>"

    def frame(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The rows of this batch, as `read_results` gives them."""
        return read_results(self.folder, columns=columns, replications=self.replications)


@dataclass(frozen=True)
class Sweep:
    """The variations of a scenario by their number, in a form that travels to other processes."""

    all: tuple[Variation, ...]

    def __call__(self, number: int) -> Scenario:
        """The scenario of this number."""
        return self.all[number].scenario


def study_of(scenario: Scenario) -> Study:
    """The batch of a scenario: all variations of its sweep, or itself alone."""
    return Study(scenario, Sweep(variations(scenario)))


def results_folder(scenario: Scenario, out: Path | str) -> Path:
    """Where the results of a scenario are kept under `out`; other answers about it lie in folders inside."""
    return Path(out) / folder_name(scenario.name, identity(scenario))


def run(
    scenario: Scenario | Path | str,
    *,
    structures: Structures | None = None,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> pd.DataFrame:
    """Run every structure of `scenario` (or of the file it names) and give the runs as a DataFrame.

    `structures` are compared instead of the scenario's: names of presets or of its own, or as in a file.
    Without `out` nothing is written and all rows are held in memory; with it, this is `run_batch`, read back.
    The other arguments are those of `run_batch`, and the columns those of `read_results`.
    """
    given = _of(loaded(scenario), structures)
    workers: Workers = {"jobs": jobs, "executor": executor, "simulate": simulate}
    if out is not None:
        batch = run_batch(
            given, replications=replications, seed=seed, out=Path(out), progress=progress, **workers
        )
        return batch.frame()
    given, count = _planned(given, replications, seed)
    varied = variations(given)
    blocks = grid(len(varied), count)
    tally = Tally(report=progress, runs=len(varied) * count * len(given.structure_names))
    rows: dict[int, list[Row]] = {}

    def keep(number: int, done: list[Row]) -> None:
        rows[number] = done
        tally.add(number, done)

    run_blocks(study_of(given), blocks, keep, **workers)
    store = PartStore(Path(), "", given.name, given.seed, given.structure_names)
    return frame(store, [row for number in sorted(rows) for row in rows[number]], [v.changes for v in varied])


def run_batch(
    scenario: Scenario,
    *,
    structures: Structures | None = None,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path = Path("results"),
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> BatchResult:
    """Run `replications` (default: the scenario's) of every structure and keep the rows under `out`.

    `structures` are compared instead of the scenario's: names of presets or of its own, or as in a file.
    With `vary` in the scenario, every combination of it is run so. Whole parts of an earlier, interrupted or
    shorter batch of the same scenario, seed and model are kept. `jobs` threads (default: the cores of this
    machine) share the work, or the `executor` given. `progress` is called with (runs done, runs in all),
    first with what was kept. `simulate(scenario, replications)` takes the place of the compiled run, for
    agents of your own.

    Memory does not grow with the number of replications. Raises ResultsError when `out` cannot be written,
    Interrupted on Ctrl-C (all finished blocks are safe then), ScenarioError for structures that cannot be,
    ValueError on other impossible arguments.
    """
    started = time.monotonic()
    arguments = {"replications": replications, "jobs": jobs, "seed": seed}
    scenario, count = _planned(_of(scenario, structures), replications, seed)
    varied = variations(scenario)
    folder = results_folder(scenario, out)
    with session(
        study_of(scenario),
        folder,
        facts={"variations": [dict(v.changes) for v in varied]} if scenario.vary else {},
        arguments=arguments,
        progress=progress,
        jobs=jobs,
        executor=executor,
        simulate=simulate,
    ) as now:
        now.extend(grid(len(varied), count), replications=count)
    tally = now.tally
    seconds = time.monotonic() - started
    names = scenario.structure_names
    return BatchResult(folder, names, count, tally.runs, tally.kept, tally.failed, seconds, varied)


def loaded(scenario: Scenario | Path | str, seed: int | None = None) -> Scenario:
    """The scenario, or that of the file it names; with another seed if one is given."""
    from sim.scenario import load

    given = load(Path(scenario)) if isinstance(scenario, (str, Path)) else scenario
    return given if seed is None else given.model_copy(update={"seed": seed})


def _of(scenario: Scenario, structures: Structures | None) -> Scenario:
    """The scenario with the structures that were asked for, if any were."""
    return scenario if structures is None else comparing(scenario, structures)


def _planned(scenario: Scenario, replications: int | None, seed: int | None) -> tuple[Scenario, int]:
    """The scenario with its seed settled, and how many replications of it to run."""
    count = scenario.replications if replications is None else replications
    if count < 1 or (seed is not None and seed < 0):
        raise ValueError("replications must be at least 1, and the seed at least 0")
    return loaded(scenario, seed), count
