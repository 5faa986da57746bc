"""The doubt about the model's assumptions: draw them over their ranges, and find what an answer hangs on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate
from sim.scenario.assumptions import Assumption, in_force

if TYPE_CHECKING:
    import numpy as np

HYPERCUBE_FUTURES = 100
"""Futures that share one Latin hypercube: what one future draws must not hang on how many there are."""

WIDE = 10
"""A range whose ends are this many times apart, or more, is drawn by orders of magnitude."""

_SWITCH = "0 or 1"


@dataclass(frozen=True)
class Driver:
    """An assumption that a difference hangs on.

    `correlation` is Spearman's, between the assumption and the difference; `flips_at` the value at which a
    straight line through the differences crosses zero, with its interval, within the assumption's range
    (None if it does not): there the sign of the mean difference changes. `assumed` is what it is when it is
    not doubted.
    """

    name: str
    correlation: float
    flips_at: Estimate | None
    assumed: float


def doubted(own: Mapping[str, float], *, own_too: bool = False) -> tuple[Assumption, ...]:
    """The assumptions that are open to doubt, in the order of their file.

    Those that a scenario sets (`own`) are taken as known, unless `own_too`. Never in doubt are those without
    a range, and switches: whether an effect is in the model at all is a choice.
    """
    return tuple(
        a
        for a in in_force(own).values()
        if a.low < a.high and a.unit != _SWITCH and (own_too or a.name not in own)
    )


def draw(factors: Sequence[Assumption], futures: Sequence[int], seed: int) -> Floats:
    """Values of `factors` (columns) in each of `futures` (rows), by Latin hypercube (McKay et al. 1979).

    Every value between an assumption's `low` and `high` is as likely as any other; where they are ten times
    apart or more, every order of magnitude. Each block of a hundred futures is a hypercube of its own, so
    that a future's values depend on its number and `seed` alone, not on how many futures there are.
    """
    import numpy as np

    if not factors or not len(futures):
        return np.empty((len(futures), len(factors)))
    numbers = np.asarray(futures)
    shares = np.empty((len(numbers), len(factors)))
    for block in np.unique(numbers // HYPERCUBE_FUTURES):
        luck = np.random.default_rng([seed, int(block)])
        cube = latin_hypercube(luck, HYPERCUBE_FUTURES, len(factors))
        here = numbers // HYPERCUBE_FUTURES == block
        shares[here] = cube[numbers[here] % HYPERCUBE_FUTURES]
    low, high = np.array([a.low for a in factors]), np.array([a.high for a in factors])
    values: Floats = low + shares * (high - low)
    wide = np.array([by_magnitude(a) for a in factors])
    values[:, wide] = low[wide] * (high[wide] / low[wide]) ** shares[:, wide]
    return np.clip(values, low, high)


def latin_hypercube(luck: np.random.Generator, points: int, factors: int) -> Floats:
    """Points × factors between 0 and 1, of each factor one in each of `points` equal parts (McKay 1979).

    The same numbers as `scipy.stats.qmc.LatinHypercube`, which takes longer to load than some answers take.
    """
    import numpy as np

    luck = luck.spawn(1)[0]
    within = luck.uniform(size=(points, factors))
    parts = np.tile(np.arange(1, points + 1), (factors, 1))
    for part in parts:
        luck.shuffle(part)
    cube: Floats = (parts.T - within) / points
    return cube


def by_magnitude(factor: Assumption) -> bool:
    """Is it drawn by orders of magnitude."""
    return factor.low > 0 and factor.high >= WIDE * factor.low


def hangs_on(
    draws: Floats, differences: Floats, factors: Sequence[Assumption], confidence: float = CONFIDENCE
) -> tuple[Driver, ...]:
    """The factors that `differences` (one a future) hang on, the strongest first.

    `draws` are futures × factors. With probability `confidence` no factor is named that has nothing to do
    with the differences: rank correlations (Spearman 1904) are tested, each with Bonferroni's share of the
    doubt. A factor that works both ways, up to a point and down from there, is not found.
    """
    import numpy as np
    from scipy.special import stdtr

    n = len(differences)
    if n < 4:
        return ()
    rho = _rank_correlations(draws, differences)
    with np.errstate(divide="ignore"):
        t = np.abs(rho) * np.sqrt((n - 2) / (1 - np.minimum(rho**2, 1)))
    found = np.flatnonzero(2 * stdtr(n - 2, -t) * len(factors) < 1 - confidence).tolist()
    return tuple(
        Driver(
            factors[c].name,
            float(rho[c]),
            flip(draws[:, c], differences, factors[c], confidence),
            factors[c].value,
        )
        for c in sorted(found, key=lambda c: -abs(rho[c]))
    )


def flip(
    values: Floats, differences: Floats, factor: Assumption, confidence: float = CONFIDENCE
) -> Estimate | None:
    """The value of `factor` at which the mean difference changes sign, or None if not within its range.

    A least-squares line of the differences on the factor, or on its logarithm where it is drawn by orders of
    magnitude; the interval is Fieller's (1954), cut at the ends of the range. None also if the line is too
    flat for an interval.
    """
    import numpy as np
    from scipy.special import stdtrit

    x = np.log(values) if by_magnitude(factor) else np.asarray(values, dtype=float)
    centre, n = float(x.mean()), len(x)
    squares = float(((x - centre) ** 2).sum())
    if n < 4 or squares == 0:
        return None
    level = float(differences.mean())
    slope = float(((x - centre) * (differences - level)).sum()) / squares
    left = float(((differences - level - slope * (x - centre)) ** 2).sum()) / (n - 2)
    allowance = float(stdtrit(n - 2, (1 + confidence) / 2)) ** 2 * left
    # |level + slope z|² ≤ allowance (1 / n + z² / squares), for z = x − centre, holds between two roots.
    a, c = slope**2 - allowance / squares, level**2 - allowance / n
    if a <= 0:
        return None
    root = math.sqrt(max((level * slope) ** 2 - a * c, 0))
    ends = [centre - (level * slope + side * root) / a for side in (1, -1)]
    bounds = np.log([factor.low, factor.high]) if by_magnitude(factor) else [factor.low, factor.high]
    if not bounds[0] <= centre - level / slope <= bounds[1]:
        return None
    marks = np.clip([centre - level / slope, *ends], *bounds)  # before exp, which the ends may be too far for
    at, low, high = (np.exp(marks) if by_magnitude(factor) else marks).tolist()
    return Estimate(at, low, high, n)


def _rank_correlations(draws: Floats, differences: Floats) -> Floats:
    """Spearman's correlation of each column with the differences; zero for what does not vary."""
    import numpy as np

    ranks = np.column_stack([mean_ranks(column) for column in draws.T]) - (len(draws) + 1) / 2
    others = mean_ranks(differences) - (len(draws) + 1) / 2
    scale = np.sqrt((ranks**2).sum(axis=0) * (others**2).sum())
    rho: Floats = np.divide(others @ ranks, scale, out=np.zeros(ranks.shape[1]), where=scale > 0)
    return rho


def mean_ranks(values: Floats) -> Floats:
    """The rank of each value from 1 on; those that are equal share the mean of theirs."""
    import numpy as np

    ordered = np.sort(values)
    ranks: Floats = (np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right") + 1) / 2
    return ranks
