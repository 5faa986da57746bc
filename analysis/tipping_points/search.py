"""Where to run next, and when to stop: the search for the line on which a difference is zero.

Level-set estimation with Gaussian processes: runs go where it is least clear on which side of zero the
difference is, by the *straddle* κσ − |μ| of Bryan et al. (2005). A round has several points; each is
chosen as if those before it had been run (Gotovos et al. 2013 have batches so). A place counts as decided
when a band that holds the whole surface with 95%, after every round at once, is on one side of zero there,
or within what matters; κ is that band's, so that what is decided gets no more runs while anything is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from analysis.statistics.arrays import Flags, Floats, Ints
from analysis.statistics.surface import Surface

if TYPE_CHECKING:
    from analysis.tipping_points.axes import Axis

ROUND = {1: 8, 2: 16}
"""Points of the first design, and evaluations in each round after it, by the number of axes."""

TWICE = 2
"""Evaluations of each point of the first design."""

AROUND = 4
"""A round goes to this part of all points at least, a quarter, or to as many as it has evaluations."""

_KNOWN = 0.1
"""The search ends when no more than this part of the range is open, and all of that between two sides."""

TIED = 2
"""Told of a place where no side is surely ahead: that surely none is by what matters."""


def first_design(axes: Sequence[Axis], at: Floats) -> list[int]:
    """The numbers of the points to begin with, of those at the places `at`: each comes `TWICE`.

    They are those nearest to the corners, and to a Sobol sequence between them. Without the corners the ends
    of a range would be guessed.
    """
    import numpy as np
    from scipy.stats import qmc

    wanted = ROUND[len(axes)]
    corners = np.indices((2,) * len(axes)).reshape(len(axes), -1).T
    inside = qmc.Sobol(len(axes), scramble=False).random(2 * wanted)[1:]
    targets = 2 * np.vstack([corners, inside]) - 1
    nearest = np.abs(at[None, :, :] - targets[:, None, :]).sum(axis=2).argmin(axis=1)
    numbers = list(dict.fromkeys(nearest.tolist()))[:wanted]
    return numbers * TWICE


def next_points(
    surface: Surface, reach: float, error: float, count: int, possible: Flags, matters: float
) -> list[int]:
    """The `count` points, of those `possible`, to run next.

    `surface` is over all points, `reach` that of its band, `error` the variance of the mean that one
    evaluation gives. Where points are few, one may come several times; else a round goes to different ones,
    so that no finding rests on a single point and on how smooth the surface is taken to be.
    """
    import numpy as np

    size, covariance = np.abs(surface.mean), surface.covariance.copy()
    possible, most = possible.copy(), -(-AROUND * count // max(1, int(possible.sum())))
    chosen: list[int] = []
    for _ in range(count):
        far = reach * np.sqrt(np.maximum(np.diag(covariance), 0))
        to_a_tie = size + far - matters
        straddle = np.where(to_a_tie <= 0, np.minimum(far - size, to_a_tie), far - size)
        scale = float(np.abs(straddle).max()) or 1.0
        best = int(np.argmax(np.where(possible, np.round(straddle / scale, 9), -np.inf)))
        chosen.append(best)
        possible[best] = chosen.count(best) < most
        column = covariance[:, best].copy()
        covariance -= np.outer(column, column) / (column[best] + error)
    return chosen


def sides(surface: Surface, reach: float) -> Ints:
    """1 where the difference is surely above zero, −1 where it is surely below, 0 where it is open."""
    import numpy as np

    far = reach * surface.sd
    found: Ints = np.where(surface.mean - far > 0, 1, np.where(surface.mean + far < 0, -1, 0))
    return found


def ties(surface: Surface, reach: float, matters: float) -> Flags:
    """Where the difference is surely no more than matters, either way."""
    import numpy as np

    tied: Flags = np.abs(surface.mean) + reach * surface.sd <= matters
    return tied


def ahead(surface: Surface, reach: float, matters: float) -> int:
    """The side that is surely ahead somewhere and surely nowhere behind by more than matters; 0 for none."""
    import numpy as np

    found = set(sides(surface, reach).tolist()) - {0}
    if len(found) != 1:
        return 0
    side = int(found.pop())
    return side if bool(np.all(side * surface.mean - reach * surface.sd >= -matters)) else 0


def known(surface: Surface, reach: float, axes: int, matters: float) -> bool:
    """Whether the search may end: the line is known well enough, or there is surely none that matters."""
    import numpy as np

    tied = ties(surface, reach, matters)
    if tied.all() or ahead(surface, reach, matters):
        return True
    found = sides(surface, reach)
    told = np.where((found == 0) & tied, TIED, found)
    if np.mean(told == 0) > _KNOWN:
        return False
    return axes > 1 or _settled(told)


def _settled(told: Ints) -> bool:
    """Whether, along one axis, all that is open lies between places of which different things are told."""
    runs = [int(what) for what, _ in groupby(told)]
    within = zip(runs, runs[1:], runs[2:], strict=False)
    ends = (runs[0], runs[-1])
    return 0 not in ends and all(here or before != after for before, here, after in within)
