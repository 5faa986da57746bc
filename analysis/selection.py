"""When to stop sampling futures, and what may be said then: move, keep, a tie, or that it is still open.

Two promises on the same futures. *Which structure is best* is picked by KN (`analysis.elimination`): a
structure is left out as soon as another is too far ahead, and the one that is left is the best with the
asked probability if it is ahead by what matters. KN alone would have to pick one of two that are equal; so
*what to do about it* rests on intervals that hold whenever one stops (`analysis.anytime`): nobody is told to
move unless the gain is above zero beyond the same doubt, and a tie is called a tie.

Both are replayed future by future from the first. So the same futures give the same answer, in whatever
rounds they came, and futures after the one that settled it do not change it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.anytime import reach, sequence
from analysis.compare import CONFIDENCE, Estimate
from analysis.elimination import Elimination, eliminate, horizon

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, Any]
    Flags = np.ndarray[Any, Any]

FIRST = 50
"""Futures before anything is decided: KN takes its variances from them."""

FARTHEST = 10_000_000
"""Futures beyond which nobody would go on."""

Answer = Literal["move", "keep", "tie", "cannot tell"]


@dataclass(frozen=True)
class Selection:
    """What may be said about structures after `futures` futures, the number that the answer rests on.

    - *move*: `best` is not the current structure, it is the best by KN, and its gain is surely above zero;
    - *tie*: no structure gains more than `delta` on the current one, and one is surely not further behind it;
    - *keep*: every other structure is surely behind the current one;
    - *cannot tell*: none of these yet; about `more` futures would do if means and spreads stay as they are
      (None if no number would).

    `differences[structure]` is its gain over the current one, with intervals that hold together with
    probability `confidence`, whenever sampling stopped. `survivors`, `left_out` (after how many futures) and
    `known_at` (after how many KN knew the best; None if not yet) are KN's.
    """

    current: str
    best: str
    answer: Answer
    futures: int
    more: int | None
    survivors: tuple[str, ...]
    left_out: dict[str, int]
    known_at: int | None
    differences: dict[str, Estimate]
    delta: float
    confidence: float

    @property
    def decided(self) -> bool:
        """True if further futures would not change the answer."""
        return self.answer != "cannot tell"

    @property
    def nothing_to_gain(self) -> bool:
        """True if surely no structure gains more than `delta` on the current one: told apart or not, stay."""
        return all(gain.high <= self.delta for gain in self.differences.values())


@dataclass(frozen=True)
class _Gains:
    """Gains of the others over the current structure after each future, and half of their intervals."""

    columns: tuple[int, ...]
    mean: Floats
    half: Floats
    confidence: float

    def at(self, futures: int, names: Sequence[str]) -> dict[str, Estimate]:
        """The intervals after so many futures."""
        if not futures:
            return {names[c]: Estimate(math.nan, math.nan, math.nan, 0) for c in self.columns}
        last = zip(
            self.columns, self.mean[futures - 1].tolist(), self.half[futures - 1].tolist(), strict=True
        )
        return {names[c]: Estimate(m, m - h, m + h, futures) for c, m, h in last}


def select(
    values: Floats,
    names: Sequence[str],
    current: str,
    delta: float,
    *,
    confidence: float = CONFIDENCE,
    first: int = FIRST,
) -> Selection:
    """What may be said about the structures `names` from `values` (futures × structures; more is better).

    `delta` is the smallest difference that matters, in the unit of the values; no answer comes before `first`
    futures. Call it after every round with all futures so far, in the order of their numbers: once decided,
    it stays so. Raises ValueError if `values` has another shape or holds what is not a finite number, if
    `current` is none of the names, `delta` not above zero, `first` below 3, or `confidence` not between a
    half and 1.
    """
    _check(values, names, current, delta, confidence, first)
    base = list(names).index(current)
    gains = _gains(values, base, confidence)
    whole = eliminate(values, delta, confidence, first, base)
    answer, used = _first_answer(gains, whole, base, delta, first)
    picked = eliminate(values[:used], delta, confidence, first, base)
    best = {"keep": base, "cannot tell": picked.best, "move": picked.best}.get(answer)
    if best is None:
        best = max((base, *gains.columns), key=lambda c: values[:used, c].sum())
    return Selection(
        current=current,
        best=names[best],
        answer=answer,
        futures=used,
        more=0 if answer != "cannot tell" else _more(values, gains, picked, base, delta, first, confidence),
        survivors=tuple(names[c] for c in picked.survivors),
        left_out={names[c]: row for c, row in picked.left_out.items()},
        known_at=picked.known_at,
        differences=gains.at(used, names),
        delta=delta,
        confidence=confidence,
    )


def _check(
    values: Floats, names: Sequence[str], current: str, delta: float, confidence: float, first: int
) -> None:
    import numpy as np

    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError(f"values must be futures × {len(names)} structures, not {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("a value is not a finite number: leave out futures that failed")
    if current not in names:
        raise ValueError(f"{current!r} is not among the structures: {', '.join(names)}")
    if not delta > 0:
        raise ValueError(f"what matters must be above zero, not {delta}")
    if first < 3:
        raise ValueError(f"a first stage of {first} futures says nothing about spread; 3 is the least")
    if not 0.5 < confidence < 1:
        raise ValueError(f"confidence must be between 0.5 and 1, not {confidence}")


def _gains(values: Floats, base: int, confidence: float) -> _Gains:
    """Bonferroni's share of the doubt for each of the others, so that their intervals hold together."""
    columns = tuple(c for c in range(values.shape[1]) if c != base)
    each = 1 - (1 - confidence) / max(len(columns), 1)
    mean, half = sequence(values[:, list(columns)] - values[:, [base]], each)
    return _Gains(columns, mean, half, each)


def _first_answer(
    gains: _Gains, picked: Elimination, base: int, delta: float, first: int
) -> tuple[Answer, int]:
    """The first answer that the futures allow, and after how many."""
    import numpy as np

    if not gains.columns:  # nothing to move to
        return "keep", len(gains.mean)
    rows = np.arange(1, len(gains.mean) + 1)
    known = rows >= (math.inf if picked.known_at is None else picked.known_at)
    allowed = _allowed(gains, gains.mean, gains.half, known, picked.best, base, delta)
    when: list[tuple[int, Answer]] = []
    for answer, flags in allowed:
        after = rows[flags & (rows >= first)]
        if len(after):
            when.append((int(after[0]), answer))
    row, answer = min(when, key=lambda found: found[0], default=(len(rows), "cannot tell"))
    return answer, row


def _allowed(
    gains: _Gains, mean: Floats, half: Floats, known: Flags, best: int, base: int, delta: float
) -> list[tuple[Answer, Flags]]:
    """For each answer the rows of `mean` ± `half` that allow it, the answer that claims least coming first.

    `known` says in which rows KN knows that column `best` is the best.
    """
    import numpy as np

    low, high = mean - half, mean + half
    tie: Flags = np.all(high <= delta, axis=1) & np.any(low >= -delta, axis=1)
    keep: Flags = np.all(high < 0, axis=1)
    if best == base:
        return [("tie", tie), ("keep", keep)]
    move: Flags = known & (low[:, gains.columns.index(best)] > 0)
    return [("tie", tie), ("keep", keep), ("move", move)]


def _more(
    values: Floats,
    gains: _Gains,
    picked: Elimination,
    base: int,
    delta: float,
    first: int,
    confidence: float,
) -> int | None:
    """How many futures more until an answer, if all means and variances stay as they are now."""
    import numpy as np

    n = len(values)
    if n < 3:
        return first - n
    ahead = np.unique(np.geomspace(max(n + 1, first), FARTHEST, 400).astype(int))
    spread = np.std(values[:, list(gains.columns)] - values[:, [base]], axis=0, ddof=1)
    half = reach(ahead[:, None].astype(float), gains.confidence) * spread / np.sqrt(ahead[:, None])
    known = ahead >= _known_about(values, picked, delta, confidence, first)
    allowed = _allowed(gains, gains.mean[-1:], half, known, picked.best, base, delta)
    enough = ahead[np.any([flags for _, flags in allowed], axis=0)]
    return int(enough[0]) - n if len(enough) else None


def _known_about(values: Floats, picked: Elimination, delta: float, confidence: float, first: int) -> float:
    """After how many futures KN would know the best, were the survivors to stay as far behind as now."""
    if picked.known_at is not None:
        return picked.known_at
    closes = horizon(values, delta, confidence, min(first, len(values)))
    behind = (values[:, [picked.best]] - values).mean(axis=0)
    return max(
        float(closes[picked.best, c] / (1 + 2 * max(behind[c], 0) / delta))
        for c in picked.survivors
        if c != picked.best
    )
