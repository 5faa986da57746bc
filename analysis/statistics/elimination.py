"""KN, the fully sequential procedure of Kim & Nelson that picks the best of several under common luck.

S.-H. Kim and B. L. Nelson (2001), "A fully sequential procedure for indifference-zone selection in
simulation", ACM Transactions on Modeling and Computer Simulation 11(3), 251-273; with their c = 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from analysis.statistics.arrays import Floats


@dataclass(frozen=True)
class Elimination:
    """What KN says after some futures; structures are told by their columns.

    `left_out[column]` is the number of futures after which a structure was left out; `known_at` that after
    which the best was known (None while it is not). `best` is it, or the leader of the `survivors` so far.
    """

    survivors: tuple[int, ...]
    left_out: dict[int, int]
    known_at: int | None
    best: int


def eliminate(values: Floats, delta: float, confidence: float, first: int, prefer: int = 0) -> Elimination:
    """Replay KN on `values` (futures × structures; more is better), one future after the other.

    The best is picked with probability `confidence` or more if it is `delta` ahead of every other, for normal
    data, however correlated. Of structures that are exactly the same, the column `prefer` is picked, else the
    first.
    """
    left = list(range(values.shape[1]))
    if len(left) == 1:
        return Elimination((0,), {}, 0, 0)
    if len(values) < first:
        return Elimination(tuple(left), {}, None, _leader(values, left, prefer))
    closes = horizon(values, delta, confidence, first)
    values = values[: max(first, math.floor(closes.max()) + 1)]  # after which nothing is open
    behind, closed = _boundaries(values, closes, delta, first)
    left_out, row = dict[int, int](), first
    while len(left) > 1:
        after = slice(row - first, None)
        beaten = behind[after][:, left][:, :, left].any(axis=2)
        ended = closed[after][:, left][:, :, left].all(axis=(1, 2))
        events = (beaten.any(axis=1) | ended).nonzero()[0]
        if not len(events):
            return Elimination(tuple(left), left_out, None, _leader(values, left, prefer))
        row += int(events[0])
        gone = [c for c, out in zip(left, beaten[events[0]].tolist(), strict=True) if out]
        if not gone:  # every boundary has closed and none is behind: they are the same
            best = _leader(values[:row], left, prefer)
            gone = [c for c in left if c != best]
        left_out |= dict.fromkeys(gone, row)
        left = [c for c in left if c not in gone]
    return Elimination(tuple(left), left_out, row, left[0])


def usable(values: Floats, delta: float, confidence: float, first: int, prefer: int = 0) -> int:
    """How many futures KN can look at, where structures end early: NaN from some row on.

    It looks no further than the first row that lacks a structure which was not left out by then.
    """
    import numpy as np

    ends = (~np.isnan(values)).sum(axis=0).tolist()
    rows: int = min(ends)
    while rows < len(values):
        out = eliminate(values[:rows], delta, confidence, first, prefer).left_out
        further = min(end for c, end in enumerate(ends) if c not in out)
        if further == rows:
            return rows
        rows = further
    return rows


def horizon(values: Floats, delta: float, confidence: float, first: int) -> Floats:
    """For each pair of structures the futures at which KN's boundary has closed: h²S² / δ²."""
    import numpy as np

    error, structures = 1 - confidence, values.shape[1]
    eta = ((2 * error / (structures - 1)) ** (-2 / (first - 1)) - 1) / 2
    pairs = values[:first, :, None] - values[:first, None, :]
    closes: Floats = 2 * eta * (first - 1) * np.var(pairs, axis=0, ddof=1) / delta**2
    return closes


def _boundaries(values: Floats, closes: Floats, delta: float, first: int) -> tuple[Any, Any]:
    """For each row from `first` on and each pair: is one too far behind the other; is the boundary closed.

    In sums, not means: i is left out when its sum is more than (h²S² / δ − δ r) / 2 behind that of l.
    """
    import numpy as np

    rows = np.arange(first, len(values) + 1, dtype=float)[:, None, None]
    ahead = np.cumsum(values[:, :, None] - values[:, None, :], axis=0)[first - 1 :]
    room = np.maximum((closes - rows) * delta / 2, 0)
    return ahead < -room, room == 0


def _leader(values: Floats, among: list[int], prefer: int) -> int:
    """The column with the highest mean; `prefer`, or else the first, of those that are equally high."""
    if not len(values):
        return prefer
    means = (values - values[:, [prefer]]).mean(axis=0)
    highest = max(means[column] for column in among)
    if prefer in among and means[prefer] == highest:
        return prefer
    return next(column for column in among if means[column] == highest)
