"""Many runs: every structure of a scenario × replications, over threads, kept on disk as they come.

Work goes out in blocks of replications. Within a block the structures take turns (r0/A, r0/B, r1/A, …), so
that a batch stopped at any moment is balanced. Each block becomes one Parquet part, written whole by the main
thread; so a killed batch goes on where it was, and ends with the very bytes of one that was never killed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.manifest import describe, folder_name, read_manifest, write_manifest
from sim.results_store import PARTS, PartStore, ResultsError, Row, frame, only_writer, read_results, writing

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

__all__ = ["BatchResult", "Interrupted", "ResultsError", "Row", "read_results", "run", "run_batch"]

BLOCK = 25
"""Replications in a block. Fixed: the boundaries of parts must not depend on how a batch was started."""

AHEAD = 2
"""Blocks handed out for each job: one is run, one waits, so that no thread idles while a part is written."""

SimulateBlock = Callable[[Any, Sequence[int]], list[Row]]
Progress = Callable[[int, int], None]
Keep = Callable[[range, list[Row]], None]


@dataclass(frozen=True)
class BatchResult:
    """A finished batch: where its rows are, and how it went.

    `runs` = structures × replications; `kept` of them were found whole from an earlier sitting; `failed` of
    them have an error in place of outcomes; `seconds` is the time of this sitting.
    """

    folder: Path
    structures: tuple[str, ...]
    replications: int
    runs: int
    kept: int
    failed: int
    seconds: float

    def frame(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The rows of this batch, as `read_results` gives them."""
        return read_results(self.folder, columns=columns, replications=self.replications)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a batch: `done` of `runs` are safe in `folder`, and the same call goes on from there."""

    def __init__(self, folder: Path, done: int, runs: int) -> None:
        super().__init__(f"stopped after {done} of {runs} runs")
        self.folder, self.done, self.runs = folder, done, runs


def run(
    scenario: Scenario | Path | str,
    *,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> pd.DataFrame:
    """Run every structure of `scenario` (or of the file it names) and give the runs as a DataFrame.

    Without `out` nothing is written and all rows are held in memory; with it, this is `run_batch`, read back.
    The other arguments are those of `run_batch`, and the columns those of `read_results`.
    """
    scenario = _loaded(scenario)
    if out is not None:
        return run_batch(
            scenario,
            replications=replications,
            jobs=jobs,
            seed=seed,
            out=Path(out),
            progress=progress,
            executor=executor,
            simulate=simulate,
        ).frame()
    scenario, blocks = _planned(scenario, replications, seed)
    store = PartStore(Path(), "", scenario.name, scenario.seed, scenario.structure_names)
    tally = _Tally(runs=_size(blocks) * len(store.structures), report=progress)
    rows: dict[int, list[Row]] = {}

    def keep(block: range, done: list[Row]) -> None:
        rows[block.start] = done
        tally.add(done)

    _run_blocks(scenario, blocks, keep, simulate=simulate, executor=executor, jobs=jobs)
    return frame(store, [row for start in sorted(rows) for row in rows[start]])


def run_batch(
    scenario: Scenario,
    *,
    replications: int | None = None,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path = Path("results"),
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> BatchResult:
    """Run `replications` (default: the scenario's) of every structure and keep the rows under `out`.

    Whole parts of an earlier, interrupted or shorter batch of the same scenario, seed and model are kept.
    `jobs` threads (default: the cores of this machine) share the work, or the `executor` given. `progress`
    is called with (runs done, runs in all), first with what was kept. `simulate(scenario, replications)`
    takes the place of the compiled run, for agents of your own.

    Memory does not grow with the number of replications. Raises ResultsError when `out` cannot be written,
    Interrupted on Ctrl-C (all finished blocks are safe then), ValueError on impossible arguments.
    """
    started = time.monotonic()
    arguments = {"replications": replications, "jobs": jobs, "seed": seed}
    scenario, blocks = _planned(scenario, replications, seed)
    facts = describe(scenario, arguments)
    folder = out / folder_name(scenario.name, facts["identity"])
    store = PartStore(folder, facts["identity"], scenario.name, scenario.seed, scenario.structure_names)
    tally = _Tally(runs=_size(blocks) * len(store.structures), report=progress)

    with writing(folder):
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
    with writing(folder), only_writer(folder):
        record = _Record(folder, facts, _size(blocks), started)
        record.write("running", tally)
        missing = _missing(store, blocks, tally)

        def keep(block: range, rows: list[Row]) -> None:
            store.write(block.start // BLOCK, rows)
            tally.add(rows)

        try:
            _run_blocks(scenario, missing, keep, simulate=simulate, executor=executor, jobs=jobs)
        except KeyboardInterrupt:
            record.write("interrupted", tally)
            raise Interrupted(folder, tally.done, tally.runs) from None
        record.write("complete", tally)
    seconds = time.monotonic() - started
    return BatchResult(folder, store.structures, _size(blocks), tally.runs, tally.kept, tally.failed, seconds)


@dataclass
class _Tally:
    """How many runs there are, are done, were kept from before, and failed."""

    runs: int
    report: Progress | None
    done: int = 0
    kept: int = 0
    failed: int = 0

    def add(self, rows: Sequence[Row]) -> None:
        self.done += len(rows)
        self.failed += sum(error is not None for _, _, _, error in rows)
        self.tell()

    def tell(self) -> None:
        if self.report is not None:
            self.report(self.done, self.runs)


@dataclass(frozen=True)
class _Record:
    """Keeps the manifest in step with the batch."""

    folder: Path
    facts: dict[str, Any]
    replications: int
    started: float

    def write(self, status: str, tally: _Tally) -> None:
        before = read_manifest(self.folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        # A batch once finished with more replications stays what it was when fewer are asked for.
        finished = before.get("replications", 0) if before.get("status") == "complete" else 0
        if finished > self.replications:
            return
        write_manifest(
            self.folder,
            self.facts
            | {
                "status": status,
                "replications": self.replications,
                "runs": tally.done,
                "failed": tally.failed,
                "created": before.get("created", now),
                "updated": now,
                "seconds_of_last_sitting": round(time.monotonic() - self.started, 3),
            },
        )


def _loaded(scenario: Scenario | Path | str) -> Scenario:
    from sim.scenario import load

    return load(Path(scenario)) if isinstance(scenario, (str, Path)) else scenario


def _planned(scenario: Scenario, replications: int | None, seed: int | None) -> tuple[Scenario, list[range]]:
    """The scenario with its seed settled, and its replications cut into blocks."""
    count = scenario.replications if replications is None else replications
    if count < 1 or (seed is not None and seed < 0):
        raise ValueError("replications must be at least 1, and the seed at least 0")
    if seed is not None:
        scenario = scenario.model_copy(update={"seed": seed})
    return scenario, [range(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]


def _size(blocks: Sequence[range]) -> int:
    return blocks[-1].stop


def _missing(store: PartStore, blocks: Sequence[range], tally: _Tally) -> list[range]:
    """The blocks that have yet to be run; the others are counted as done."""
    missing = []
    for block in blocks:
        failed = store.failures_if_whole(block.start // BLOCK, block)
        if failed is None:
            missing.append(block)
        else:
            tally.kept += len(block) * len(store.structures)
            tally.failed += failed
    tally.done = tally.kept
    tally.tell()
    return missing


def _run_blocks(
    scenario: Scenario,
    blocks: Sequence[range],
    keep: Keep,
    *,
    simulate: SimulateBlock | None,
    executor: Executor | None,
    jobs: int | None,
) -> None:
    """Run `blocks` on the executor, or on threads of our own, handing each block's rows to `keep`."""
    if not blocks:
        return
    work, subject = _work(scenario, simulate)
    jobs = jobs or os.cpu_count() or 1
    pool = executor or ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="rolecall")
    structures = scenario.structure_names

    def submit(block: range) -> Future[list[Row]]:
        return pool.submit(run_block, work, subject, block, structures)

    try:
        _in_flight(blocks, submit, keep, AHEAD * jobs)
    except BaseException:
        if executor is None:  # a compiled run cannot be cut short; nobody should wait for one after Ctrl-C
            pool.shutdown(wait=False, cancel_futures=True)
        raise
    if executor is None:
        pool.shutdown()


def _work(scenario: Scenario, simulate: SimulateBlock | None) -> tuple[SimulateBlock, Any]:
    """What runs a block, and what it is given: the compiled run and its prepared world, or the caller's."""
    if simulate is not None:
        return simulate, scenario
    from sim.simulate import prepare, simulate_block

    return simulate_block, prepare(scenario)


def _in_flight(
    blocks: Iterable[range],
    submit: Callable[[range], Future[list[Row]]],
    keep: Keep,
    most: int,
) -> None:
    """Have at most `most` blocks out at any time, so that memory and the loss by a kill stay bounded."""
    pending: dict[Future[list[Row]], range] = {}
    todo = iter(blocks)
    try:
        while True:
            for block in islice(todo, most - len(pending)):
                pending[submit(block)] = block
            if not pending:
                return
            wait(pending, return_when=FIRST_COMPLETED)
            _keep_done(pending, keep)
    except KeyboardInterrupt:
        _keep_done(pending, keep)  # what is whole is not thrown away
        raise
    finally:
        for future in pending:
            future.cancel()


def _keep_done(pending: dict[Future[list[Row]], range], keep: Keep) -> None:
    for future in [f for f in pending if f.done()]:
        keep(pending[future], future.result())
        del pending[future]


def run_block(work: SimulateBlock, subject: Any, block: range, structures: Sequence[str]) -> list[Row]:
    """One block's rows, checked to be all there. Runs in a worker.

    If the block as a whole fails, each replication is tried alone, so that one bad run takes no other along.
    """
    try:
        rows = work(subject, block)
    except Exception:
        rows = [row for replication in block for row in _alone(work, subject, replication, structures)]
    expected = {(structure, replication) for replication in block for structure in structures}
    if len(rows) != len(expected) or {(row[0], row[1]) for row in rows} != expected:
        raise RuntimeError(
            f"replications {block.start} to {block.stop - 1} came back with other runs than asked"
        )
    return rows


def _alone(work: SimulateBlock, subject: Any, replication: int, structures: Sequence[str]) -> list[Row]:
    try:
        return work(subject, range(replication, replication + 1))
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        return [(structure, replication, None, why) for structure in structures]
