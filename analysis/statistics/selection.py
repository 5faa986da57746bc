"""When to stop sampling futures, and what may be said then: move, keep, a tie, or that it is still open.

Two promises on the same futures. *Which structure is best* is picked by KN
(`analysis.statistics.elimination`): a structure is left out as soon as another is too far ahead, and the one
that is left is the best with the asked probability if it is ahead by what matters. KN alone would have to
pick one of two that are equal; so *what to do about it* rests on intervals that hold whenever one stops
(`analysis.statistics.anytime`): nobody is told to move unless the gain is above zero with the same
confidence, and a tie is called a tie.

Both are replayed future by future from the first. So the same futures give the same answer, in whatever
rounds they came, and futures after the one that settled it do not change it.

A structure that KN left out and that is surely behind the current one needs no more futures: its last
interval, which holds at all futures at once, goes on to stand for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.statistics.anytime import reach, sequence
from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.compare import CONFIDENCE, Estimate
from analysis.statistics.elimination import Elimination, eliminate, horizon, usable

FIRST_FUTURES = 200
"""Futures before anything is decided: KN takes its variances from them.

For outcomes like the example's 100 would do. Where a few futures make most of what is lost, even this many
keep the promise only nearly, for the variance comes out too small just when the mean is off: measured in
docs/explanation/statistics.md.
"""

FARTHEST = 10_000_000
"""Futures beyond which nobody would go on."""

Answer = Literal["move", "keep", "tie", "cannot tell"]


@dataclass(frozen=True)
class Selection:
    """What may be said about structures after `futures` futures, the number that the answer rests on.

    - *move*: the gain of `best` over the current structure is surely above zero, and it is the best by KN, or
      else surely less than `delta` behind any other;
    - *tie*: no structure gains more than `delta` on the current one, and one is surely not further behind it;
    - *keep*: every other structure is surely behind the current one;
    - *cannot tell*: none of these yet; about `more` futures would do if means and spreads stay as they are.

    `differences[structure]` is its gain over the current one, with intervals that hold together with
    probability `confidence`, whenever sampling stopped; `so_far` the same after all the futures there are.
    `survivors`, `left_out` (after how many futures) and `known_at` (after how many KN knew the best; None if
    not yet) are KN's.
    """

    current: str
    best: str
    answer: Answer
    futures: int
    more: int
    survivors: tuple[str, ...]
    left_out: dict[str, int]
    known_at: int | None
    differences: dict[str, Estimate]
    so_far: dict[str, Estimate]
    delta: float
    confidence: float

    @property
    def decided(self) -> bool:
        """True if further futures would not change the answer."""
        return self.answer != "cannot tell"

    @property
    def in_question(self) -> tuple[str, ...]:
        """The structures of which more futures may still say something: the current one, and all but those
        that KN left out and that are surely behind it.
        """
        behind = {name for name, gain in self.so_far.items() if gain.sign < 0}
        return (self.current, *(s for s in self.so_far if not (s in behind and s in self.left_out)))

    @property
    def nothing_to_gain(self) -> bool:
        """True if surely no structure gains more than `delta` on the current one: told apart or not, stay."""
        return all(gain.high <= self.delta for gain in self.differences.values())


@dataclass(frozen=True)
class _Intervals:
    """How far each structure is ahead of each other: rows × structures × structures, and half the interval.

    The rows are futures, one after the other, or futures to come. With k structures each interval holds with
    Bonferroni's share of the error, so that the k − 1 about any one structure hold together. `lived` is how
    many futures each structure lived through; after its last one its intervals stay as they are.
    """

    mean: Floats
    half: Floats
    base: int
    lived: tuple[int, ...] = ()

    @property
    def others(self) -> list[int]:
        """The columns of all but the current structure."""
        return [c for c in range(self.half.shape[1]) if c != self.base]

    def gains(self, row: int, names: Sequence[str]) -> dict[str, Estimate]:
        """The gains over the current structure in that row."""
        if row < 0:
            return {names[c]: Estimate(math.nan, math.nan, math.nan, 0) for c in self.others}
        mean, half = self.mean[row, :, self.base].tolist(), self.half[row, :, self.base].tolist()
        return {
            names[c]: Estimate(mean[c], mean[c] - half[c], mean[c] + half[c], min(row + 1, self.lived[c]))
            for c in self.others
        }


def select(
    values: Floats,
    names: Sequence[str],
    current: str,
    delta: float,
    *,
    confidence: float = CONFIDENCE,
    first: int = FIRST_FUTURES,
) -> Selection:
    """What may be said about the structures `names` from `values` (futures × structures; more is better).

    A structure that was left out, as not in question any more, has NaN from there on.

    `delta` is the smallest difference that matters, in the unit of the values; no answer comes before `first`
    futures. Call it after every round with all futures so far, in the order of their numbers: once decided,
    it stays so. Raises ValueError if `values` has another shape or holds what is not a finite number, if
    `current` is none of the names, `delta` not above zero, `first` below 3, or `confidence` not between a
    half and 1.
    """
    _check(values, names, current, delta, confidence, first)
    base = list(names).index(current)
    values = values[: usable(values, delta, confidence, first, base)]
    intervals = _intervals(values, base, confidence)
    whole = eliminate(values, delta, confidence, first, base)
    answer, futures, best = _first_answer(intervals, whole, delta, first)
    picked = whole if futures == len(values) else eliminate(values[:futures], delta, confidence, first, base)
    more = 0
    if answer == "cannot tell":
        known = _known_about(values, picked, delta, confidence, first)
        more = _more(values, intervals, picked, known, delta, confidence, first)
    return Selection(
        current=current,
        best=names[best],
        answer=answer,
        futures=futures,
        more=more,
        survivors=tuple(names[c] for c in picked.survivors),
        left_out={names[c]: row for c, row in picked.left_out.items()},
        known_at=picked.known_at,
        differences=intervals.gains(futures - 1, names),
        so_far=intervals.gains(len(values) - 1, names),
        delta=delta,
        confidence=confidence,
    )


def gains(values: Floats, names: Sequence[str], current: str, confidence: float) -> dict[str, Estimate]:
    """What each other structure adds to the current one over all futures of `values`, as `so_far` has it."""
    return _intervals(values, list(names).index(current), confidence).gains(len(values) - 1, names)


def _intervals(values: Floats, base: int, confidence: float) -> _Intervals:
    """The intervals after each future; those of a structure that was left out stay as they were then."""
    import numpy as np

    pairs = values[:, :, None] - values[:, None, :]
    mean, half = sequence(pairs, _each(confidence, values.shape[1]))
    lived = (~np.isnan(values)).sum(axis=0)
    for last in sorted({int(n) for n in lived if 0 < n < len(values)}):
        ended = np.minimum.outer(lived, lived) == last
        mean[last:, ended], half[last:, ended] = mean[last - 1, ended], half[last - 1, ended]
    return _Intervals(mean, half, base, tuple(lived.tolist()))


def _each(confidence: float, structures: int) -> float:
    """How sure each interval is, for the k − 1 about any one structure to hold together."""
    return 1 - (1 - confidence) / max(structures - 1, 1)


def _check(
    values: Floats, names: Sequence[str], current: str, delta: float, confidence: float, first: int
) -> None:
    import numpy as np

    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError(f"values must be futures × {len(names)} structures, not {values.shape}")
    if current not in names:
        raise ValueError(f"{current!r} is not among the structures: {', '.join(names)}")
    gone = np.isnan(values)
    gone &= np.logical_and.accumulate(gone[::-1])[::-1]  # from some row to the last
    too_early = gone[:first].any() or gone[:, list(names).index(current)].any()
    if too_early or not np.isfinite(values[~gone]).all():
        raise ValueError("a value is not a finite number: leave out futures that failed")
    if not delta > 0:
        raise ValueError(f"what matters must be above zero, not {delta}")
    if first < 3:
        raise ValueError(f"a first stage of {first} futures says nothing about spread; 3 is the least")
    if not 0.5 < confidence < 1:
        raise ValueError(f"confidence must be between 0.5 and 1, not {confidence}")


def _first_answer(
    intervals: _Intervals, picked: Elimination, delta: float, first: int
) -> tuple[Answer, int, int]:
    """The first answer that the futures allow, after how many, and the column of the best by then."""
    import numpy as np

    base, rows = intervals.base, np.arange(1, len(intervals.mean) + 1)
    if not intervals.others:  # nothing to move to
        return "keep", len(rows), base
    known = rows >= (math.inf if picked.known_at is None else picked.known_at)
    allowed = _allowed(intervals, picked.best, known, delta)
    when: list[tuple[int, Answer]] = []
    for answer, flags in allowed.items():
        after = rows[np.any(flags, axis=1) & (rows >= first)]
        if len(after):
            when.append((int(after[0]), answer))
    if not when:
        return "cannot tell", len(rows), picked.best
    futures, answer = min(when, key=lambda found: found[0])
    ahead = np.where(allowed[answer][futures - 1], intervals.mean[futures - 1, :, base], -math.inf)
    best = base if ahead[base] == ahead.max() else int(np.argmax(ahead))
    return answer, futures, best


def _allowed(intervals: _Intervals, best: int, known: Flags, delta: float) -> dict[Answer, Flags]:
    """For each answer, the one that claims least first: in which rows it holds of which structures.

    `known` says in which rows KN knows that `best` is the best. A structure is one to move to if its gain is
    above zero and it is the best by KN, or by the intervals: surely less than `delta` behind any other. The
    one to keep is the current one; a tie is one of all.
    """
    import numpy as np

    base, others = intervals.base, intervals.others
    low, high = intervals.mean - intervals.half, intervals.mean + intervals.half
    gain, most = low[:, :, base], high[:, others, base]
    fine = np.all(low > -delta, axis=2)
    fine[:, best] |= known
    tie = np.all(most <= delta, axis=1) & np.any(gain[:, others] >= -delta, axis=1)
    keep = np.all(most < 0, axis=1)
    columns = np.arange(low.shape[1])
    return {
        "tie": tie[:, None] & (columns >= 0),
        "keep": keep[:, None] & (columns == base),
        "move": (gain > 0) & fine,  # the current one gains nothing on itself
    }


def _more(
    values: Floats,
    intervals: _Intervals,
    picked: Elimination,
    known_at: float,
    delta: float,
    confidence: float,
    first: int,
) -> int:
    """How many futures more until an answer, if all means and variances stay as they are now."""
    import numpy as np

    n = len(values)
    if n < 3:
        return first - n
    ahead = np.unique(np.geomspace(max(n + 1, first), FARTHEST, 400).astype(int))
    pairs = values[:, :, None] - values[:, None, :]
    errors = np.std(pairs, axis=0, ddof=1) / np.sqrt(ahead)[:, None, None]
    half = reach(ahead.astype(float), _each(confidence, values.shape[1]))[:, None, None] * errors
    half = np.where(np.isnan(pairs[-1]), intervals.half[-1], half)  # of those left out nothing more comes
    coming = _Intervals(intervals.mean[-1:], half, intervals.base)
    allowed = _allowed(coming, picked.best, ahead >= known_at, delta)
    enough = np.any([np.any(flags, axis=1) for flags in allowed.values()], axis=0)
    return int(ahead[enough][0] if enough.any() else FARTHEST) - n


def _known_about(values: Floats, picked: Elimination, delta: float, confidence: float, first: int) -> float:
    """After how many futures KN would know the best, were the survivors to stay as far behind as now."""
    if picked.known_at is not None:
        return picked.known_at
    if len(values) < 3 or len(picked.survivors) == 1:
        return first
    closes = horizon(values, delta, confidence, min(first, len(values)))
    behind = (values[:, [picked.best]] - values).mean(axis=0)
    return max(
        float(closes[picked.best, c] / (1 + 2 * max(behind[c], 0) / delta))
        for c in picked.survivors
        if c != picked.best
    )
