"""Whether a property does anything at all: the same futures, with the property at one value and at another.

A search cannot tell: no two of its points share a future, so what differs between them may be luck.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from analysis.tipping_points.axes import points
from sim.batch.study import Study
from sim.batch.workers import SimulateBlock, run_block, simulate_compiled

if TYPE_CHECKING:
    from analysis.tipping_points.axes import Axis

IDLE_FUTURES = 50
"""Futures in which nothing may change before a property is said to change nothing."""


def idle(study: Study, axes: Sequence[Axis], simulate: SimulateBlock | None) -> tuple[Axis, ...]:
    """The axes along which the objective stays the same to the last bit, in all `IDLE_FUTURES` futures.

    `study` is over all points of the axes. Each axis is looked at at its ends and nearest to the scenario,
    with the other one at both of its ends. Runs that fail show nothing, so an axis is not idle without some
    run that came to its end. Most axes take two runs for each structure.
    """
    work = simulate or simulate_compiled
    return tuple(a for k, a in enumerate(axes) if _idle(study, list(_lines(axes, k)), work))


def _lines(axes: Sequence[Axis], k: int) -> Iterator[list[int]]:
    """The numbers of the points to look at along axis `k`, for each end of the other axis."""
    import numpy as np

    shape = tuple(len(a.values) for a in axes)
    numbers = np.moveaxis(np.arange(len(points(axes))).reshape(shape), k, -1)
    along = [0, shape[k] - 1]
    today = axes[k].today
    if today is not None:
        along.append(int(np.abs(np.array(axes[k].values) - today).argmin()))
    for line in numbers.reshape(-1, shape[k])[[0, -1]] if len(axes) > 1 else numbers[None, :]:
        yield [int(line[i]) for i in dict.fromkeys(along)]


def _idle(study: Study, lines: Sequence[Sequence[int]], work: SimulateBlock) -> bool:
    compared = False
    for futures in (
        range(1),
        range(1, IDLE_FUTURES),
    ):  # one future is enough to see that a property does something
        for first, *others in lines:
            here = _outcomes(study, first, futures, work)
            if any(_outcomes(study, other, futures, work) != here for other in others):
                return False
            compared = compared or any(value is not None for value in here)
    return compared


def _outcomes(study: Study, point: int, futures: Sequence[int], work: SimulateBlock) -> list[Any]:
    """The objective of every run at a point, None for one that failed; runs in an order of their own."""
    name = study.scenario.judged_by
    rows = run_block(work, study, tuple((point, future) for future in futures))
    rows.sort(key=lambda row: (row[1], row[2]))
    return [None if done is None else done[name] for _, _, _, done, _ in rows]
