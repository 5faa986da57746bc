"""What share of a spread each factor makes: Sobol' indices from runs in which all factors vary at once.

The expected outcome is expanded in Legendre polynomials of the factors' shares of their ranges; the variance
that a factor makes is the sum of its squared coefficients (Sudret 2008, Reliability Engineering & System
Safety 93, 964-979). Each square is estimated without bias, as a U-statistic over independent quadruples of
runs, so that luck, however large, adds noise but no share. Luck against everything else is told by Sobol'
indices of two groups (Saltelli et al. 2010, Comp. Phys. Comm. 181, 259-270), with the estimators of SALib.
Intervals come from leaving out one group of quadruples after the other (jackknife).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analysis.statistics.arrays import Flags, Floats, Ints
from analysis.statistics.compare import CONFIDENCE, Estimate, estimate

DEGREE = 8
"""Polynomials of a factor alone go up to this degree: enough for a response with two humps."""

DEGREE_IN_PAIRS = 4
"""In pairs of leading factors, each goes up to this degree; any other pair counts by its product alone."""

COARSE = 2
"""The degree up to which every pair is tried, to see which factors are leading."""

LEADING = 10
"""Factors whose pairs are looked at closely."""

_GROUPS = 64
"""Groups of quadruples that are left out in turn."""

LEAST = 8
"""Quadruples without which nothing is said."""


@dataclass(frozen=True)
class Estimates:
    """One estimate for each factor, with its standard error and the ends of its 95% interval.

    All are from so many `quadruples` of runs.
    """

    value: Floats
    error: Floats
    low: Floats
    high: Floats
    quadruples: int

    def __getitem__(self, factor: int) -> Estimate:
        value, low, high = (float(of[factor]) for of in (self.value, self.low, self.high))
        return Estimate(value, low, high, self.quadruples)


@dataclass(frozen=True)
class Indices:
    """Shares of the variance of single outcomes, around `mean` with standard deviation `deviation`.

    `luck` is what luck makes, with its interplay with all else; `known` what luck has no part in. Factor by
    factor, `first` is what each makes by itself and `total` that and its interplay with the others, of the
    expected outcome; `alone` is the sum of `first`. `low` and `high` are mean outcomes in the lowest and the
    highest third of each range, `rise` is high − low. `drivers` says which factors are told from chance,
    although so many were tried.
    """

    mean: Estimate
    deviation: float
    luck: Estimate
    known: Estimate
    alone: Estimate
    first: Estimates
    total: Estimates
    low: Estimates
    high: Estimates
    rise: Estimates
    drivers: Flags


def indices(shares: Floats, outcomes: Floats) -> Indices:
    """The indices of outcomes (quadruples, point, luck) at points (2 × quadruples, factors), which are in
    shares of ranges.

    Quadruples with a NaN are left out. Raises ValueError with fewer than eight whole ones, or if all
    outcomes are alike.
    """
    import numpy as np

    whole = ~np.isnan(outcomes).any(axis=(1, 2))
    points, outcomes = shares.reshape(len(outcomes), 2, -1)[whole], outcomes[whole]
    if len(outcomes) < LEAST or not np.ptp(outcomes):
        raise ValueError("too few runs ended, or all alike: there is no spread to explain")
    groups = _groups(len(outcomes))
    alone, first, total = _shares_of(points, outcomes, groups)
    low, high, rise = _thirds(points, outcomes.mean(axis=2), groups)
    luck = _share_of_luck(outcomes, groups)
    return Indices(
        mean=estimate(outcomes.mean(axis=(1, 2))),
        deviation=float(outcomes.std()),
        luck=luck,
        known=Estimate(1 - luck.mean, 1 - luck.high, 1 - luck.low, luck.futures),
        alone=alone,
        first=first,
        total=total,
        low=low,
        high=high,
        rise=rise,
        drivers=_drivers(first, total, rise, len(groups)),
    )


def _drivers(first: Estimates, total: Estimates, rise: Estimates, groups: int) -> Flags:
    """Which factors are told from chance: by trend, by shape, or by interplay.

    Bonferroni: in one study of twenty, chance makes a driver of any of the factors without effect.
    """
    from scipy.special import chdtri

    level = (1 - CONFIDENCE) / (3 * len(first.value))
    trend = abs(rise.value) > _reach(groups, 1 - level) * rise.error
    noise = first.error  # of an index that is zero
    shape = first.value > (chdtri(DEGREE, level) - DEGREE) / math.sqrt(2 * DEGREE) * noise
    interplay = total.value > _reach(groups, 1 - 2 * level) * total.error
    drivers: Flags = ((trend | shape) & (first.low > 0)) | interplay
    return drivers


def legendre(shares: Floats, degree: int) -> Floats:
    """Legendre polynomials of shares 0 to 1, of degree 1 to `degree` in a new last axis, of unit variance."""
    import numpy as np
    from numpy.polynomial.legendre import legvander

    scale = np.sqrt(2 * np.arange(1, degree + 1) + 1)
    of_degree: Any = legvander(2 * shares - 1, degree)
    polynomials: Floats = of_degree[..., 1:] * scale
    return polynomials


def _shares_of(
    points: Floats, outcomes: Floats, groups: Sequence[slice]
) -> tuple[Estimate, Estimates, Estimates]:
    """The sum of all first-order indices; the first-order and the total index of every factor."""
    import numpy as np

    variance, centred = float(outcomes.var()), outcomes.mean(axis=2) - outcomes.mean()
    basis = legendre(points, DEGREE)
    counts = np.array([len(centred[group]) for group in groups], dtype=float)
    single = _singles(basis, centred, groups)
    product = _products(basis[..., 0], centred, groups)
    first = _first(len(centred), single[0].sum(axis=0), single[1].sum(axis=0), variance)
    summed = _leaving_out(
        len(centred), lambda n, *s: _squared(n, *s).sum(axis=(1, 2))[:, None] / variance, counts, *single
    )
    lead = _leading(first.value * variance, basis, centred)
    bent = basis[:, :, lead, :DEGREE_IN_PAIRS].reshape(*centred.shape, -1)

    def total(n: Floats, *sums: Floats) -> Floats:
        by_itself = _squared(n, *sums[:2]).sum(axis=-1)
        straight = _squared(n, *sums[2:4])
        together = _pairs(straight, 1)
        among = _pairs(straight[:, lead][:, :, lead], 1)
        together[:, lead] += _pairs(_squared(n, *sums[4:]), DEGREE_IN_PAIRS) - among
        result: Floats = (by_itself + together) / variance
        return result

    closer = _products(bent, centred, groups)
    return summed[0], first, _leaving_out(len(centred), total, counts, *single, *product, *closer)


def _first(n: int, sums: Floats, squares: Floats, variance: float) -> Estimates:
    """First-order indices, with intervals that hold the indices which the one found does not contradict.

    A squared coefficient c² of noise v has the variance 4c²v + 2v²: of an index S from D coefficients,
    4Sv + 2Dv². Like Wilson's interval of a share, this one solves for S, and so is right near zero. The
    error is that of an index that is zero; nothing is reported below zero.
    """
    import numpy as np

    found = _squared(np.array([n]), sums[None], squares[None])[0].sum(axis=-1) / variance
    noise = (squares / n - (sums / n) ** 2).mean(axis=-1) / (n * variance)
    error = np.sqrt(2 * DEGREE) * noise
    wide = _reach(n)
    middle = found + 2 * wide**2 * noise
    reach = np.sqrt(np.maximum(0.0, middle**2 - found**2 + (wide * error) ** 2))
    value, low, high = (np.maximum(0.0, each) for each in (found, middle - reach, middle + reach))
    return Estimates(value, error, np.minimum(low, value), np.maximum(high, value), n)


def _leading(by_itself: Floats, basis: Floats, centred: Floats) -> Ints:
    """The factors whose pairs deserve a closer look: by themselves and their strongest pair, coarsely."""
    import numpy as np

    count = len(by_itself)
    coarse = basis[..., :COARSE].reshape(*centred.shape, -1)
    sums = _products(coarse, centred, [slice(None)])
    table = _squared(np.array([len(centred)]), *sums).reshape(count, COARSE, count, COARSE).sum(axis=(1, 3))
    np.fill_diagonal(table, 0.0)
    chosen: Ints = np.argsort(-(by_itself + table.max(axis=0)), kind="stable")[:LEADING]
    return chosen


def _singles(basis: Floats, centred: Floats, groups: Sequence[slice]) -> tuple[Floats, Floats]:
    """Sums and sums of squares, by group, of the quadruples' coefficients of polynomials in one factor."""
    import numpy as np

    each = [np.einsum("spfd,sp->sfd", basis[g], centred[g]) / 2 for g in groups]
    return np.array([z.sum(axis=0) for z in each]), np.array([(z * z).sum(axis=0) for z in each])


def _products(basis: Floats, centred: Floats, groups: Sequence[slice]) -> tuple[Floats, Floats]:
    """The same for products of each two polynomials of `basis` (quadruples, point, polynomial)."""
    import numpy as np

    sums, squares = [], []
    for g in groups:
        one, other = basis[g, 0], basis[g, 1]
        a, b = one * centred[g, 0, None], other * centred[g, 1, None]
        sums.append((a.T @ one + b.T @ other) / 2)
        mixed = (a * b).T @ (one * other)
        squares.append(((a * a).T @ (one * one) + (b * b).T @ (other * other) + 2 * mixed) / 4)
    return np.array(sums), np.array(squares)


def _squared(n: Floats, sums: Floats, squares: Floats) -> Floats:
    """Squares of means of n values without bias: the mean product of two different ones."""
    n = n.reshape(-1, *[1] * (sums.ndim - 1))
    result: Floats = (sums * sums - squares) / (n * (n - 1))
    return result


def _pairs(table: Floats, degree: int) -> Floats:
    """For each factor, the sum over all others; rows and columns hold `degree` polynomials a factor."""
    import numpy as np

    count = table.shape[1] // degree
    blocks = table.reshape(-1, count, degree, count, degree).sum(axis=(2, 4))
    sums: Floats = blocks.sum(axis=2) - np.einsum("gff->gf", blocks)
    return sums


def _thirds(points: Floats, by_point: Floats, groups: Sequence[slice]) -> tuple[Estimates, ...]:
    """Mean outcomes in the lowest and in the highest third of each factor's range, and their difference."""
    import numpy as np

    sums = []
    for inside in (points < 1 / 3, points > 2 / 3):
        sums.append(np.array([np.einsum("spf,sp->f", inside[g], by_point[g]) for g in groups]))
        sums.append(np.array([inside[g].sum(axis=(0, 1)) for g in groups], dtype=float))
    low = _leaving_out(len(points), lambda a, n: a / n, *sums[:2])
    high = _leaving_out(len(points), lambda a, n: a / n, *sums[2:])
    return low, high, _leaving_out(len(points), lambda a, n, b, m: b / m - a / n, *sums)


def _share_of_luck(outcomes: Floats, groups: Sequence[slice]) -> Estimate:
    """The total index of luck: what is left to chance when all else is fixed."""
    import numpy as np
    from SALib.analyze.sobol import total_order

    def share(given: Floats) -> float:
        """Both points of a quadruple tell, and the design stays one when they change places."""
        (a, a_luck), (b, b_luck) = given[:, 0].T, given[:, 1].T
        return float(total_order(a, a_luck, b_luck) + total_order(b, b_luck, a_luck)) / 2

    left = np.array([share(np.delete(outcomes, g, axis=0)) for g in groups])
    value, reach = share(outcomes), _reach(len(groups)) * float(_jackknife(left))
    return Estimate(value, value - reach, value + reach, outcomes.size)


def _leaving_out(quadruples: int, statistic: Callable[..., Floats], *by_group: Floats) -> Estimates:
    """A statistic of sums over all groups of so many quadruples, and its error by the jackknife."""
    whole = statistic(*(sums.sum(axis=0, keepdims=True) for sums in by_group))[0]
    left = statistic(*(sums.sum(axis=0, keepdims=True) - sums for sums in by_group))
    error = _jackknife(left)
    reach = _reach(len(left)) * error
    return Estimates(whole, error, whole - reach, whole + reach, quadruples)


def _jackknife(left: Floats) -> Floats:
    """The standard error from estimates that each leave out one group."""
    import numpy as np

    error: Floats = np.sqrt((len(left) - 1) * left.var(axis=0))
    return error


def _groups(quadruples: int) -> list[slice]:
    """Quadruples next to each other, in groups as equal as can be."""
    count = min(_GROUPS, quadruples)
    ends = [quadruples * k // count for k in range(count + 1)]
    return [slice(a, b) for a, b in pairwise(ends)]


def _reach(groups: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors an interval reaches to either side."""
    from scipy.special import stdtrit

    return float(stdtrit(groups - 1, (1 + confidence) / 2))
