"""Blocks handed out to threads, processes or a cluster, and taken back as they are done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING, Any

from sim.results_store import Row
from sim.study import Block, Blocks, Study, by_variation

if TYPE_CHECKING:
    from sim.scenario import Scenario

Outcome = tuple[str, int, dict[str, Any] | None, str | None]
"""What a simulator gives for a run: structure, replication, outcomes by name (or None), error (or None)."""

SimulateBlock = Callable[[Any, Sequence[int]], list[Outcome]]
"""From a scenario and replications to the runs of every structure."""

Keep = Callable[[int, list[Row]], None]

AHEAD = 2
"""Blocks handed out for each job: one is run, one waits, so that no thread idles while a part is written."""


def run_blocks(
    study: Study,
    blocks: Blocks,
    keep: Keep,
    *,
    simulate: SimulateBlock | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
) -> None:
    """Run `blocks` on the executor, or on `jobs` threads of our own; give each block's rows to `keep`.

    `simulate(scenario, replications)` takes the place of the compiled run. `keep` is called in this thread,
    in whatever order blocks are done.
    """
    if not blocks:
        return
    jobs = jobs or os.cpu_count() or 1
    pool = executor or ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="rolecall")
    work = simulate or simulate_compiled

    def submit(number: int) -> Future[list[Row]]:
        return pool.submit(run_block, work, study, blocks[number])

    try:
        _in_flight(blocks, submit, keep, AHEAD * jobs)
    except BaseException:
        if executor is None:  # a compiled run cannot be cut short; nobody should wait for one after Ctrl-C
            pool.shutdown(wait=False, cancel_futures=True)
        raise
    if executor is None:
        pool.shutdown()


def simulate_compiled(scenario: Scenario, replications: Sequence[int]) -> list[Outcome]:
    """Every structure of a scenario under the luck of `replications`, on the compiled clock."""
    from sim.simulate import prepare, simulate_block

    return simulate_block(prepare(scenario), replications)


def run_block(work: SimulateBlock, study: Study, block: Block) -> list[Row]:
    """One block's rows, checked to be all there. Runs in a worker.

    If a variation's replications fail as a whole, each is tried alone, so that one bad run takes no other
    along.
    """
    rows: list[Row] = []
    for variation, replications in by_variation(block):
        scenario = study.at(variation)
        try:
            runs = work(scenario, replications)
        except Exception:
            runs = [run for replication in replications for run in _alone(work, scenario, replication)]
        expected = {(structure, r) for r in replications for structure in scenario.structure_names}
        if len(runs) != len(expected) or {(run[0], run[1]) for run in runs} != expected:
            which = f"replications {replications[0]} to {replications[-1]}"
            raise RuntimeError(f"{which} came back with other runs than asked")
        rows += [(variation, *run) for run in runs]
    return rows


def _alone(work: SimulateBlock, scenario: Scenario, replication: int) -> list[Outcome]:
    try:
        return work(scenario, [replication])
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        return [(structure, replication, None, why) for structure in scenario.structure_names]


def _in_flight(
    numbers: Iterable[int],
    submit: Callable[[int], Future[list[Row]]],
    keep: Keep,
    most: int,
) -> None:
    """Have at most `most` blocks out at any time, so that memory and the loss by a kill stay bounded."""
    pending: dict[Future[list[Row]], int] = {}
    todo = iter(numbers)
    try:
        while True:
            for number in islice(todo, most - len(pending)):
                pending[submit(number)] = number
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


def _keep_done(pending: dict[Future[list[Row]], int], keep: Keep) -> None:
    for future in [f for f in pending if f.done()]:
        keep(pending[future], future.result())
        del pending[future]
