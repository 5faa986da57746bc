"""Blocks handed out to threads, processes or a cluster, and taken back as they are done."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

from sim.batch.results import Row
from sim.batch.study import Block, Blocks, Study, by_variation
from sim.vocabulary import RunEnd

if TYPE_CHECKING:
    from sim.scenario import Scenario

SimulateBlock = Callable[["Scenario", Sequence[int]], list[RunEnd]]
"""From a scenario and replications to the runs of every structure."""


class Workers(TypedDict):
    """Who does the work of a batch, as `run_blocks` takes them."""

    jobs: int | None
    executor: Executor | None
    simulate: SimulateBlock | None


Keep = Callable[[int, list[Row]], None]

AHEAD = 2
"""Blocks handed out for each job: one is run, one waits, so that no thread idles while a part is written."""

PIECE = 5
"""Cells of a piece. The last blocks go out in pieces, so that no thread waits long for another to end."""

Piece = tuple[int, int]
"""Where a piece begins: the number of its block, and its first cell there."""


def run_blocks(
    study: Study,
    blocks: Blocks,
    keep: Keep,
    *,
    simulate: SimulateBlock | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> None:
    """Run `blocks` on the executor, or on `jobs` threads of our own; give each block's rows to `keep`.

    `simulate(scenario, replications)` takes the place of the compiled run. `keep` is called in this thread,
    in whatever order blocks are done; so is `meanwhile`, once, while the first are run.
    """
    if not blocks:
        return
    jobs = jobs or os.cpu_count() or 1
    pool = executor or ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="rolecall")
    work = simulate or simulate_compiled
    pieces = _pieces(blocks, AHEAD * jobs)

    def submit(piece: Piece) -> Future[list[Row]]:
        return pool.submit(run_block, work, study, pieces[piece])

    try:
        _in_flight(pieces, submit, _joined(pieces, keep), AHEAD * jobs, meanwhile or _nothing)
    except BaseException:
        if executor is None:  # a compiled run cannot be cut short; nobody should wait for one after Ctrl-C
            pool.shutdown(wait=False, cancel_futures=True)
        raise
    if executor is None:
        pool.shutdown()


def _pieces(blocks: Blocks, last: int) -> dict[Piece, Block]:
    """What goes out, in its order: blocks as they are, and the `last` of them in pieces."""
    pieces: dict[Piece, Block] = {}
    for place, (number, block) in enumerate(blocks.items()):
        size = PIECE if place >= len(blocks) - last else max(len(block), 1)
        for start in range(0, max(len(block), 1), size):
            pieces[number, start] = block[start : start + size]
    return pieces


def _joined(pieces: Mapping[Piece, Block], keep: Keep) -> Callable[[Piece, list[Row]], None]:
    """What takes each piece's rows, and gives `keep` those of a block as soon as they are all there."""
    wanted = Counter(number for number, _ in pieces)
    there: dict[int, dict[int, list[Row]]] = {}

    def take(piece: Piece, rows: list[Row]) -> None:
        number, start = piece
        parts = there.setdefault(number, {})
        parts[start] = rows
        if len(parts) == wanted[number]:
            keep(number, [row for start in sorted(parts) for row in parts[start]])
            del there[number]

    return take


def simulate_compiled(scenario: Scenario, replications: Sequence[int]) -> list[RunEnd]:
    """Every structure of a scenario under the luck of `replications`, on the compiled clock."""
    from sim.building.preparation import prepare
    from sim.clocks.simulate import simulate_block

    return simulate_block(prepare(scenario), replications)


def run_block(work: SimulateBlock, study: Study, block: Block) -> list[Row]:
    """The rows of a block, or of a piece of one, checked to be all there. Runs in a worker.

    If a variation's replications fail as a whole, each is tried alone, so that one bad run takes no other
    along.
    """
    rows: list[Row] = []
    for variation, replications in by_variation(block):
        scenario = study.at(variation)
        names = study.arms(scenario)
        try:
            runs = work(scenario, replications)
        except MemoryError:
            raise
        except Exception:
            runs = [run for replication in replications for run in _alone(work, scenario, names, replication)]
        expected = {(structure, r) for r in replications for structure in names}
        if len(runs) != len(expected) or {(run[0], run[1]) for run in runs} != expected:
            which = f"replications {replications[0]} to {replications[-1]}"
            raise RuntimeError(f"{which} came back with other runs than asked")
        rows += [(variation, *run) for run in runs]
    return rows


def _alone(work: SimulateBlock, scenario: Scenario, names: Sequence[str], replication: int) -> list[RunEnd]:
    try:
        return work(scenario, [replication])
    except MemoryError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        return [(structure, replication, None, why) for structure in names]


def _in_flight(
    pieces: Iterable[Piece],
    submit: Callable[[Piece], Future[list[Row]]],
    take: Callable[[Piece, list[Row]], None],
    most: int,
    meanwhile: Callable[[], None],
) -> None:
    """Have at most `most` pieces out at any time, so that memory and the loss by a kill stay bounded."""
    pending: dict[Future[list[Row]], Piece] = {}
    todo = iter(pieces)
    try:
        while True:
            for piece in islice(todo, most - len(pending)):
                pending[submit(piece)] = piece
            if not pending:
                return
            meanwhile()
            meanwhile = _nothing
            wait(pending, return_when=FIRST_COMPLETED)
            _take_done(pending, take)
    except KeyboardInterrupt:
        _take_done(pending, take)  # what is whole is not thrown away
        raise
    finally:
        for future in pending:
            future.cancel()


def _nothing() -> None:
    """Wait, and do nothing else."""


def _take_done(pending: dict[Future[list[Row]], Piece], take: Callable[[Piece, list[Row]], None]) -> None:
    for future in [f for f in pending if f.done()]:
        take(pending[future], future.result())
        del pending[future]
