"""What a surface says: where the answer flips, where it does not, and where that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from analysis.statistics.arrays import Floats
from analysis.statistics.surface import POINTWISE, Surface
from analysis.tipping_points.axes import counted, read
from analysis.tipping_points.search import ahead, sides, ties

if TYPE_CHECKING:
    from analysis.tipping_points.axes import Axis

Kind = Literal["flips", "does not flip", "a tie", "cannot tell", "changes nothing"]

SLICES = (0.0, 0.5, 1.0)
"""Where, along the second axis of a map, the crossing on the first is told."""


@dataclass(frozen=True)
class Crossing:
    """A flip at `at` on an axis; its 95% interval is `low` to `high`.

    Below it `below` is ahead (−1 the current structure, 1 the other), above it the other way round.
    """

    at: float
    low: float
    high: float
    below: int


@dataclass(frozen=True)
class Stretch:
    """A stretch of an axis from `low` to `high` with a side: −1, 1, or 0 where neither is surely ahead.

    `tie` says of the last that surely neither is by what matters.
    """

    low: float
    high: float
    side: int
    tie: bool = False


@dataclass(frozen=True)
class Line:
    """What is found along one axis, at `value` of the other one (None if there is no other)."""

    value: float | None
    crossings: tuple[Crossing, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Finding:
    """The answer: `kind`, and what is found along the first axis, at one or more values of the second.

    `shares` are the parts of the range where the current structure (−1) or the other (1) is surely ahead, and
    where neither surely is (0). `reach` is how many standard deviations hold the whole surface with 95%,
    after every round of the search at once.
    """

    kind: Kind
    lines: tuple[Line, ...]
    shares: dict[int, float]
    reach: float


def nothing() -> Finding:
    """The finding where an axis changes nothing, so that there is nothing to read off."""
    return Finding("changes nothing", (), {-1: 0.0, 0: 0.0, 1: 0.0}, 0.0)


def finding(
    axes: Sequence[Axis], surface: Surface, shape: Sequence[int], matters: float, futures: int
) -> Finding:
    """Read off a surface over an even grid of places of this shape, known from so many `futures` in all.

    `matters` is in the difference's unit. It *flips* only if each structure is surely ahead somewhere, in a
    band that holds the whole surface with 95%; it *does not flip* only if one is, and surely nowhere behind
    by more than matters. Along an axis of whole numbers only these count.
    """
    import numpy as np

    at = surface.at(counted(axes, shape))
    reach = at.reach(futures)
    found = sides(at, reach)
    kind: Kind = "cannot tell"
    if ties(at, reach, matters).all():
        kind = "a tie"
    elif {-1, 1} <= set(found.tolist()):
        kind = "flips"
    elif ahead(at, reach, matters):
        kind = "does not flip"
    mean, sd = surface.mean.reshape(shape), surface.sd.reshape(shape)
    if len(axes) == 1:
        lines = [_line(axes[0], mean, sd, reach, matters, None)]
    else:
        columns = [round(share * (shape[1] - 1)) for share in SLICES]
        values = [float(axes[1].value(2 * share - 1)) for share in SLICES]
        lines = [
            _line(axes[0], mean[:, c], sd[:, c], reach, matters, v)
            for c, v in zip(columns, values, strict=True)
        ]
    return Finding(kind, tuple(lines), {side: float(np.mean(found == side)) for side in (-1, 0, 1)}, reach)


def _line(axis: Axis, mean: Floats, sd: Floats, reach: float, matters: float, value: float | None) -> Line:
    import numpy as np

    values, places = read(axis, len(mean))
    along = Surface(mean[places], np.diag(sd[places] ** 2))
    found = sides(along, reach)
    tied = (found == 0) & ties(along, reach, matters)
    stretches, crossings, start = [], [], 0
    for (side, tie), run in groupby(zip(found.tolist(), tied.tolist(), strict=True)):
        end = start + len(list(run))
        stretches.append(Stretch(float(values[start]), float(values[end - 1]), side, tie))
        start = end
    decided = np.flatnonzero(found)
    for before, after in pairwise(decided.tolist()):
        if found[before] != found[after]:
            crossings.append(_crossing(axis, mean / sd, int(places[before]), int(places[after])))
    return Line(value, tuple(crossings), tuple(stretches))


def _crossing(axis: Axis, z: Floats, before: int, after: int) -> Crossing:
    """The flip between two places that are surely on different sides.

    `z` is the difference in standard deviations. Its interval is every value at which a difference of zero is
    within the 95% of that place: whatever the true crossing is, it is left out in one case of twenty.
    """
    side = 1 if z[before] > 0 else -1
    middle = _zero(z, before, after)
    start = int(middle)
    low, high = start, start + 1
    while low > before and side * z[low] < POINTWISE:
        low -= 1
    while high < after and -side * z[high] < POINTWISE:
        high += 1
    places = (middle, _zero(z - side * POINTWISE, low, start + 1), _zero(z + side * POINTWISE, start, high))
    at, first, last = (float(axis.value(2 * place / (len(z) - 1) - 1)) for place in places)
    return Crossing(at, min(first, at), max(last, at), side)


def _zero(values: Floats, start: int, end: int) -> float:
    """Where, counted in steps, values first change sign between two places; the ends if they do not."""
    for k in range(start, end):
        if values[k] * values[k + 1] <= 0 and values[k] != values[k + 1]:
            return float(k + values[k] / (values[k] - values[k + 1]))
    return float(start if abs(values[start]) < abs(values[end]) else end)
