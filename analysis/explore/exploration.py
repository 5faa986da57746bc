"""One exploration: the sliders chosen, then a spread of futures lived through and read, in the background.

What is known so far can be asked for at any time, from any thread. While futures at one position are asked
for (`aside`), the background rests: whoever moves something should not wait for it.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.causes.ask import failures
from analysis.causes.factors import Factor, factors_of
from analysis.decision.degenerate_cases import refuse_idle
from analysis.explore import screening, spread
from analysis.explore.line_up import LineUp, lined_up
from analysis.explore.sliders import Slider, slider
from analysis.statistics.arrays import Floats
from analysis.statistics.response import FUTURES_A_POINT
from sim.batch.run import loaded, results_folder
from sim.batch.session import Progress, Session, session
from sim.batch.study import Block, Study, in_blocks
from sim.batch.workers import SimulateBlock

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

CHOOSING, SPREADING, ALL_LIVED, STOPPED = "choosing", "spreading", "ready", "stopped"

_AT_ONCE = 2
"""Blocks that go out together: between them the background looks whether somebody waits."""

_POINTS_A_BLOCK = 8


@dataclass
class Exploration:
    """What is known of a scenario so far. `parts` counts how often each part of it has changed.

    `stage` says what is under way and `done` of `of` how far; `why` why it ended, where it did.
    """

    compared: LineUp
    out: Path
    jobs: int | None = None
    simulate: SimulateBlock | None = None
    points: int = spread.POSITIONS
    stage: str = CHOOSING
    done: int = 0
    of: int = screening.SCREENING_FUTURES
    why: str = ""
    sliders: tuple[Slider, ...] = ()
    surface: spread.OverSliders | None = None
    reaches: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    parts: Counter[str] = field(default_factory=Counter)
    _waiting: int = 0
    _free: threading.Condition = field(default_factory=threading.Condition)

    def run(self, progress: Progress | None = None) -> None:
        """Choose the sliders, then live through the spread and read it, again after each doubling.

        Raises what a batch raises; what is lived through is kept, and found again next time.
        """
        factors = self._choose(progress)
        self.sliders = tuple(slider(each) for each in factors)
        self._tell("sliders", SPREADING, 0, self.points)
        self._spread(factors, progress)
        self._tell("status", ALL_LIVED, self.points, self.points)

    def run_and_tell(self) -> None:
        """The same for a thread of its own: what went wrong is told on the page."""
        try:
            self.run()
        except Exception as error:
            self.why = " ".join(str(error).split()) or type(error).__name__
            self._tell("status", STOPPED, self.done, self.of)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let the background rest meanwhile."""
        with self._free:
            self._waiting += 1
        try:
            yield
        finally:
            with self._free:
                self._waiting -= 1
                self._free.notify_all()

    def _tell(self, part: str, stage: str, done: int, of: int) -> None:
        self.stage, self.done, self.of = stage, done, of
        self.parts[part] += 1
        self.parts["status"] += 1

    @property
    def _workers(self) -> dict[str, Any]:
        return {"jobs": self.jobs, "simulate": self.simulate}

    @contextmanager
    def _session(self, study: Study, progress: Progress | None) -> Iterator[Session]:
        folder = results_folder(self.compared.scenario, self.out) / f"explore-{study.identity[:8]}"
        with session(study, folder, progress=progress, **self._workers) as now:
            yield now

    def _extend(self, now: Session, blocks: dict[int, Block], done: int) -> None:
        """Some more blocks, as soon as nobody waits for anything else."""
        with self._free:
            self._free.wait_for(lambda: not self._waiting)
        now.extend(blocks)
        self._tell("status", self.stage, done, self.of)

    def _choose(self, progress: Progress | None) -> tuple[Factor, ...]:
        """The factors that get a slider; no first look where there are no more of them than sliders."""
        import numpy as np

        factors = factors_of(self.compared.scenario)
        if len(factors) <= screening.SLIDERS:
            return factors
        drawn = screening.DrawnAnew(self.compared.scenario, factors)
        blocks = in_blocks([(n, n) for n in range(screening.SCREENING_FUTURES)])
        settings = {"asks": "sliders", "factors": _ranges(factors)}
        with self._session(Study(self.compared.scenario, drawn, settings), progress) as now:
            for some in _some(blocks):
                self._extend(now, some, sum(len(blocks[n]) for n in range(max(some) + 1)))
            rows = now.frame(self.compared.columns)
        shares = np.array([drawn.shares(n) for n in range(screening.SCREENING_FUTURES)])
        return screening.chosen(factors, shares, self._gains(rows))

    def _gains(self, rows: pd.DataFrame) -> Floats:
        """How far each other structure is ahead in each future of the first look; NaN where a run failed."""
        wide = rows.pivot_table(
            index="variation", columns="structure", values=self.compared.scenario.judged_by
        ).reindex(index=range(screening.SCREENING_FUTURES), columns=self.compared.structures)
        gains: Floats = wide.sub(wide[self.compared.scenario.current], axis=0)[
            list(self.compared.others)
        ].to_numpy()
        return gains

    def _spread(self, factors: Sequence[Factor], progress: Progress | None) -> None:
        positions = spread.Positions(self.compared.scenario, tuple(factors))
        study = Study(self.compared.scenario, positions, {"asks": "explore", "factors": _ranges(factors)})
        size = _POINTS_A_BLOCK * FUTURES_A_POINT
        every = spread.cells_of(self.points)
        blocks = {n: tuple(every[n * size : (n + 1) * size]) for n in range(self.points // _POINTS_A_BLOCK)}
        with self._session(study, progress) as now:
            for some in _some(blocks):
                points = _POINTS_A_BLOCK * (max(some) + 1)
                self._extend(now, some, points)
                if points == self.points or (points in spread.READ_AFTER and not _goes_on(now, blocks, some)):
                    self._read(now.frame(self.compared.columns), positions)
            self._refuse_failed(now.frame(self.compared.columns), every)

    def _read(self, rows: pd.DataFrame, positions: spread.Positions) -> None:
        found = spread.over_sliders(self.compared, positions.shares, rows)
        if found is None:
            return
        self.reaches = self.reaches or spread.reaches(rows, self.compared)
        self.surface = found
        self._tell("surface", self.stage, self.done, self.of)

    def _refuse_failed(self, rows: pd.DataFrame, asked: Sequence[tuple[int, int]]) -> None:
        """Raise RuntimeError where runs failed and left no surface to read."""
        failed, first = failures(rows, asked)
        if self.surface is None:
            why = (
                f"{failed} futures failed; the first is {first}" if failed else "there is nothing to measure"
            )
            raise RuntimeError(f"no surface: {why}")


def exploration(
    scenario: Scenario | Path | str,
    *,
    points: int = spread.POSITIONS,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    simulate: SimulateBlock | None = None,
) -> Exploration:
    """An exploration of a scenario (or of the file it names) that is not begun yet.

    `points` of the spread are lived through at most, a multiple of eight up to 512. Raises ScenarioError
    where there is nothing to compare today's structure with, NothingToTell where nothing happens.
    """
    given = loaded(scenario, seed)
    refuse_idle(given)
    return Exploration(lined_up(given), Path(out), jobs, simulate, points)


def _some(blocks: dict[int, Block]) -> Iterator[dict[int, Block]]:
    """The blocks in their order, a few at a time."""
    for start in range(0, len(blocks), _AT_ONCE):
        yield {n: blocks[n] for n in range(start, min(start + _AT_ONCE, len(blocks)))}


def _goes_on(now: Session, blocks: dict[int, Block], some: dict[int, Block]) -> bool:
    """Whether the next block is there from before: then nothing is read until all that are there are."""
    following = max(some) + 1
    return now.store.failures_if_whole(following, blocks[following], now.store.structures) is not None


def _ranges(factors: Sequence[Factor]) -> list[list[Any]]:
    return [[f.name, f.low, f.high, f.whole] for f in factors]
