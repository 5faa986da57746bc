"""One session at a batch: its folder held, what is missing run, every block kept as soon as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from sim.batch.inventory import PARTS, Held, Lost
from sim.batch.manifest import MANIFEST, Manifest, describe, read_manifest, write_manifest
from sim.batch.memory import refusal
from sim.batch.results import PartStore, ResultsError, Row, only_writer, tell_strays, with_changes, writing
from sim.batch.study import Block, Blocks, Study
from sim.batch.workers import SimulateBlock, Workers, run_blocks
from sim.safety.facts_file import facts_if_whole, log

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Told (runs done, runs in all), first with what was kept from before."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C in a batch: `done` of `runs` are safe in `folder`, and the same call goes on from there."""

    def __init__(self, folder: Path, done: int, runs: int) -> None:
        super().__init__(f"stopped after {done} of {runs} runs")
        self.folder, self.done, self.runs = folder, done, runs


class Store(Held, Protocol):
    """Where a session keeps its blocks: `PartStore` for outcomes, `HistoryStore` for days."""

    def write(self, index: int, rows: Sequence[Row]) -> None:
        """Keep a block's rows, all or nothing. Raises ResultsError when the disk refuses."""


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
class Session:
    """An open batch. `extend` runs blocks that are not there yet; `frame` gives the rows so far."""

    study: Study
    store: Store
    tally: Tally
    facts: Manifest
    workers: Workers
    started: float = field(default_factory=time.monotonic)
    before: Manifest = field(default_factory=Manifest)
    _blocks: dict[int, Block] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)
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

        Only `structures` (default: all) live through blocks that this session does not have yet. Where others
        did, in an earlier session, all of them do: what is there already is never lost.
        `replications`, of the batch with these blocks, is for the manifest. `meanwhile` is called once while
        runs are under way, if there are any.
        """
        names = self.store.structures if structures is None else tuple(structures)
        self._asked |= set(blocks)
        new = {number: block for number, block in blocks.items() if self._blocks.get(number) != block}
        missing: dict[tuple[str, ...], dict[int, Block]] = {}
        runs = {}
        lost = Lost(self.store, self.before)
        for number, block in new.items():
            failed = self.store.failures_if_whole(number, block, names)
            lived, cells = names, block
            if failed is None and (promise := lost.promise(number)):
                lived, cells = self._and(names, promise.structures), _longer(block, promise.block)
            elif failed is None and self._others_did(number, block, names):
                lived = self.store.structures
            runs[number] = len(cells) * len(lived)
            self.tally.runs += runs[number] - self._runs.get(number, 0)
            if failed is None:
                missing.setdefault(lived, {})[number] = cells
            else:
                self.tally.found(number, runs[number], failed)
        lost.tell()
        self.tally.tell()
        self._note(names, replications)
        for lived, todo in missing.items():
            run_blocks(self.study.among(lived), todo, self._keep, meanwhile=meanwhile, **self.workers)
            meanwhile = None
        self._blocks.update(new)
        self._runs.update(runs)

    def _and(self, names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
        """Both, in the order of the scenario."""
        return tuple(name for name in self.store.structures if name in {*names, *others})

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
        """The rows of this session's blocks, as `read_results` gives them; of a `PartStore` alone.

        Of a block that is longer than asked, all rows are there.
        """
        store = cast(PartStore, self.store)
        rows = store.rows(self._blocks, columns, replications)
        return with_changes(rows, self.facts.get("variations") or [])

    def record(self, status: str) -> None:
        """Keep the manifest in step with the batch."""
        before = self._own(read_manifest(self.store.folder))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        # A batch once finished with more replications stays what it was when fewer are asked for.
        finished = before.get("replications", 0) if before.get("status") == "complete" else 0
        if self._replications is not None and finished > self._replications:
            return
        state: Manifest = {**self.facts, "status": status}
        if self._replications is not None:
            state["replications"] = self._replications
        state["parts"] = self._parts(before)
        if self._left_out:
            state["left_out_after"] = self._left_out
        state["runs"], state["failed"] = self.tally.done, self.tally.failed
        state["created"], state["updated"] = before.get("created", now), now
        state["seconds_of_last_session"] = round(time.monotonic() - self.started, 3)
        write_manifest(self.store.folder, state)

    def _own(self, manifest: Manifest) -> Manifest:
        """A manifest, if it is of this batch."""
        return manifest if manifest.get("identity") == self.facts["identity"] else {}

    def _parts(self, before: Manifest) -> int:
        """How many parts there will be; those of a longer batch of before count, too."""
        return max([before.get("parts") or 0, *(number + 1 for number in self._asked)])


def _longer(one: Block, other: Block) -> Block:
    return one if len(one) >= len(other) else other


@contextmanager
def session(
    study: Study,
    folder: Path,
    *,
    facts: Manifest | None = None,
    arguments: Mapping[str, object] | None = None,
    expected: int = 0,
    progress: Progress | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
    store: Store | None = None,
) -> Iterator[Session]:
    """Open the batch of `study` in `folder` for one session; it is complete when the `with` block is.

    `facts` and `arguments` go into the manifest; `expected` is how many runs to tell `progress` of before
    they are known; `store` keeps the blocks, as Parquet parts unless another is given; the rest is as for
    `sim.batch.run.run_batch`. Raises ResultsError when the folder cannot be
    written or another process writes to it, Interrupted on Ctrl-C.
    """
    scenario = study.scenario
    store = store or PartStore(folder, study.identity, scenario.name, scenario.seed, study.arms(scenario))
    tally = Tally(report=progress, expected=expected)
    about = describe(study, arguments or {})
    about.update(facts or {})
    workers: Workers = {"jobs": jobs, "executor": executor, "simulate": simulate}
    if simulate is None and (unfit := refusal(scenario, jobs)):
        raise ResultsError(unfit)
    with writing(folder):
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
    with writing(folder), only_writer(folder):
        now = Session(study, store, tally, about, workers, before=_before(folder, study.identity))
        try:
            yield now
        except KeyboardInterrupt:
            now.record("interrupted")
            raise Interrupted(folder, tally.done, max(tally.runs, tally.expected)) from None
        now.record("complete")
        tell_strays(folder, store.suffix, read_manifest(folder).get("parts", 0))


def _before(folder: Path, identity: str) -> Manifest:
    """The manifest of an earlier session at this batch; one that is damaged or of another batch is named."""
    before = cast(Manifest, facts_if_whole(folder / MANIFEST, "it is written anew"))
    if before.get("identity", identity) != identity:
        log.warning("%s: is of another batch; it is written anew", folder / MANIFEST)
        return {}
    return before
