"""One sitting at a batch: its folder held, what is missing run, every block kept as soon as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sim.manifest import describe, read_manifest, write_manifest
from sim.results_store import PARTS, PartStore, Row, only_writer, read_results, writing
from sim.study import Block, Blocks, Cell, Study
from sim.workers import SimulateBlock, run_blocks

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Told (runs done, runs in all), first with what was kept from before."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a batch: `done` of `runs` are safe in `folder`, and the same call goes on from there."""

    def __init__(self, folder: Path, done: int, runs: int) -> None:
        super().__init__(f"stopped after {done} of {runs} runs")
        self.folder, self.done, self.runs = folder, done, runs


class Store(Protocol):
    """Where a sitting keeps its blocks: `PartStore` for outcomes, `HistoryStore` for days."""

    @property
    def folder(self) -> Path:
        """The folder of this batch."""

    @property
    def structures(self) -> tuple[str, ...]:
        """The structures that cells live through, in the order of their rows."""

    def write(self, index: int, rows: Sequence[Row]) -> None:
        """Keep a block's rows, all or nothing. Raises ResultsError when the disk refuses."""

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` under `structures` a block holds; None unless it holds them all,
        undamaged.
        """


@dataclass
class Tally:
    """How many runs there are, are done, were kept from before, and failed; `expected` may run ahead."""

    report: Progress | None
    runs: int = 0
    expected: int = 0
    done: int = 0
    kept: int = 0
    failed: int = 0
    _counted: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, block: int, rows: Sequence[Row]) -> None:
        """Count a block that was just run."""
        self._count(block, len(rows), sum(row[-1] is not None for row in rows))
        self.tell()

    def found(self, block: int, runs: int, failed: int) -> None:
        """Count a block that is there from before."""
        self.kept += runs
        self._count(block, runs, failed)

    def _count(self, block: int, runs: int, failed: int) -> None:
        """Once, though it comes again: it may have grown, and Ctrl-C may fall between taking and noting."""
        runs_before, failed_before = self._counted.get(block, (0, 0))
        self._counted[block] = runs, failed
        self.done += runs - runs_before
        self.failed += failed - failed_before

    def tell(self) -> None:
        """Report, if anybody listens."""
        if self.report is not None:
            self.report(self.done, max(self.runs, self.expected))


@dataclass
class Sitting:
    """An open batch. `extend` runs blocks that are not there yet; `frame` gives the rows so far."""

    study: Study
    store: Store
    tally: Tally
    facts: Mapping[str, Any]
    workers: Mapping[str, Any]
    started: float = field(default_factory=time.monotonic)
    _blocks: dict[int, Block] = field(default_factory=dict)
    _runs: dict[int, int] = field(default_factory=dict)
    _replications: int | None = None
    _left_out: dict[str, int] = field(default_factory=dict)

    def extend(
        self,
        blocks: Blocks,
        *,
        replications: int | None = None,
        structures: Sequence[str] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Have every block of `blocks`: found whole on disk, or run now.

        Only `structures` (default: all) live through blocks that this sitting does not have yet. Where others
        did, in an earlier sitting, all of them do: what is there already is never lost.
        `replications`, of the batch with these blocks, is for the manifest. `meanwhile` is called once while
        runs are under way, if there are any.
        """
        names = self.store.structures if structures is None else tuple(structures)
        new = {number: block for number, block in blocks.items() if self._blocks.get(number) != block}
        missing: dict[tuple[str, ...], dict[int, Block]] = {}
        runs = {}
        for number, block in new.items():
            failed = self.store.failures_if_whole(number, block, names)
            lived = (
                self.store.structures if failed is None and self._others_did(number, block, names) else names
            )
            runs[number] = len(block) * len(lived)
            self.tally.runs += runs[number] - self._runs.get(number, 0)
            if failed is None:
                missing.setdefault(lived, {})[number] = block
            else:
                self.tally.found(number, runs[number], failed)
        self.tally.tell()
        self._note(names, replications)
        for lived, todo in missing.items():
            run_blocks(self.study.among(lived), todo, self._keep, meanwhile=meanwhile, **self.workers)
            meanwhile = None
        self._blocks.update(new)
        self._runs.update(runs)

    def _others_did(self, number: int, block: Block, names: Sequence[str]) -> bool:
        """Whether structures beside `names` lived through a block before, or through its beginning."""
        begun = block[:1]
        others = [name for name in self.store.structures if name not in names]
        return any(self.store.failures_if_whole(number, begun, (name,)) is not None for name in others)

    def _note(self, names: Sequence[str], replications: int | None) -> None:
        """Say in the manifest how far the batch goes now, and which structures do not go with it."""
        for name in self.store.structures:
            if name not in names:
                self._left_out.setdefault(name, self._replications or 0)
        self._replications = replications
        self.record("running")

    def _keep(self, number: int, rows: list[Row]) -> None:
        self.store.write(number, rows)
        self.tally.add(number, rows)

    def frame(self, columns: Sequence[str] | None = None, replications: int | None = None) -> pd.DataFrame:
        """The rows of this batch so far, as `read_results` gives them."""
        return read_results(self.store.folder, columns=columns, replications=replications)

    def record(self, status: str) -> None:
        """Keep the manifest in step with the batch."""
        before = read_manifest(self.store.folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        # A batch once finished with more replications stays what it was when fewer are asked for.
        finished = before.get("replications", 0) if before.get("status") == "complete" else 0
        if self._replications is not None and finished > self._replications:
            return
        state = {
            "status": status,
            "replications": self._replications,
            "left_out_after": self._left_out or None,
            "runs": self.tally.done,
            "failed": self.tally.failed,
            "created": before.get("created", now),
            "updated": now,
            "seconds_of_last_sitting": round(time.monotonic() - self.started, 3),
        }
        kept = {key: value for key, value in state.items() if value is not None}
        write_manifest(self.store.folder, {**self.facts, **kept})


@contextmanager
def sitting(
    study: Study,
    folder: Path,
    *,
    facts: Mapping[str, Any] | None = None,
    arguments: Mapping[str, Any] | None = None,
    expected: int = 0,
    progress: Progress | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
    store: Store | None = None,
) -> Iterator[Sitting]:
    """Open the batch of `study` in `folder` for one sitting; it is complete when the `with` block is.

    `facts` and `arguments` go into the manifest; `expected` is how many runs to tell `progress` of before
    they are known; `store` keeps the blocks, as Parquet parts unless another is given; the rest is as for
    `sim.batch.run_batch`. Raises ResultsError when the folder cannot be
    written or another process writes to it, Interrupted on Ctrl-C.
    """
    scenario = study.scenario
    store = store or PartStore(folder, study.identity, scenario.name, scenario.seed, scenario.structure_names)
    tally = Tally(report=progress, expected=expected)
    about = {**describe(study, arguments or {}), **(facts or {})}
    workers = {"jobs": jobs, "executor": executor, "simulate": simulate}
    with writing(folder):
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
    with writing(folder), only_writer(folder):
        now = Sitting(study, store, tally, about, workers)
        try:
            yield now
        except KeyboardInterrupt:
            now.record("interrupted")
            raise Interrupted(folder, tally.done, max(tally.runs, tally.expected)) from None
        now.record("complete")
