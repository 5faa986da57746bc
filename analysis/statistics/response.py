"""A smooth response over several axes, fitted to single noisy outcomes, that a page can carry with it.

Legendre polynomials in shares of ranges: straight, bent, in pairs, and bent twice. How large each of these
four kinds is, the outcomes say themselves (empirical Bayes: Efron & Morris 1973; evidence: MacKay 1992), so
that what they do not show shrinks to nothing. Each point is lived through twice: what two residuals of one
point have in common, where the point was held out, is no luck but the response's own misfit, and is added to
its variance. Spread and quantiles come from residuals of points held out, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from analysis.statistics.arrays import Flags, Floats

DOTS = 50
"""Quantiles of a residual that are kept: as many as a page draws dots."""

FOLDS = 8
"""Parts of the points that are held out in turn."""

FUTURES_A_POINT = 2
"""Futures at each point."""

KINDS = 4
"""Kinds of terms beside the constant."""

_ROUNDS = 40
"""Rounds in which the sizes of the four kinds settle."""

_LEAST = 1e-9
"""Size of a kind, in parts of the variance of outcomes, below which it is nothing."""

_SAME = 1e-20
"""Variance, in parts of the mean square, of outcomes that are all the same."""

_NARROWEST, _WIDEST = 0.2, 5.0
"""Spread at a place, in times of that over all: further is not believed from so few residuals."""

Term = tuple[tuple[int, int], ...]
"""A product of polynomials: an axis and a degree for each."""


@dataclass(frozen=True)
class Response:
    """A fitted response: `mean` at a place is `basis @ weights`, its variance
    `basis @ covariance @ basis`.

    `misfit` is a variance beside it. `spread` holds the logarithm of the standard deviation of a future: its
    middle, then its slope along each axis from −1 to 1. `quantiles` are of residuals in such deviations.
    """

    weights: Floats
    covariance: Floats
    misfit: float
    spread: Floats
    quantiles: Floats

    def mean(self, shares: Floats) -> Floats:
        """The mean at places (n × axes), in shares of ranges."""
        found: Floats = basis(shares) @ self.weights
        return found

    def sd(self, shares: Floats) -> Floats:
        """The standard error of the mean there."""
        import numpy as np

        at = basis(shares)
        found: Floats = np.sqrt(np.einsum("nt,tu,nu->n", at, self.covariance, at) + self.misfit)
        return found

    def deviation(self, shares: Floats) -> Floats:
        """The standard deviation of single futures there."""
        import numpy as np

        found: Floats = np.exp(self.spread[0] + (2 * shares - 1) @ self.spread[1:])
        return found

    def odds(self, shares: Floats) -> Floats:
        """The share of futures there in which the outcome is above zero."""
        import numpy as np

        at = self.mean(shares)[:, None] + self.deviation(shares)[:, None] * self.quantiles[None, :]
        found: Floats = np.mean(at > 0, axis=1)
        return found


@dataclass(frozen=True)
class Fitted:
    """A response, and what it said of futures that were held out: `odds` above zero, and `above` whether."""

    response: Response
    odds: Floats
    above: Flags


def terms(axes: int) -> tuple[Term, ...]:
    """The products of polynomials over so many axes: the constant, straight, bent, in pairs, bent twice."""
    single = tuple(((axis, degree),) for degree in (1, 2) for axis in range(axes))
    pairs = tuple(((a, 1), (b, 1)) for a, b in combinations(range(axes), 2))
    return ((), *single, *pairs, *(((axis, 3),) for axis in range(axes)))


def kinds(axes: int) -> Iterator[slice]:
    """Where among the terms each kind stands; the constant is of none."""
    sizes = (axes, axes, axes * (axes - 1) // 2, axes)
    start = 1
    for size in sizes:
        yield slice(start, start + size)
        start += size


def basis(shares: Floats) -> Floats:
    """Every term at places (n × axes): n × terms, each of unit variance over the ranges."""
    import numpy as np

    from analysis.statistics.sobol import legendre

    polynomials = legendre(np.asarray(shares, dtype=float), 3)
    columns = np.ones((len(polynomials), 1))
    found = [columns]
    for term in terms(polynomials.shape[1])[1:]:
        product = np.ones(len(polynomials))
        for axis, degree in term:
            product = product * polynomials[:, axis, degree - 1]
        found.append(product[:, None])
    return np.hstack(found)


def fit(shares: Floats, outcomes: Floats) -> Fitted:
    """The response through `outcomes` (points × futures) at `shares` (points × axes).

    Points with a NaN are left out. Raises ValueError where fewer than two folds of points are left.
    """
    import numpy as np

    whole = ~np.isnan(outcomes).any(axis=1)
    shares, outcomes = shares[whole], outcomes[whole]
    if len(shares) < FUTURES_A_POINT * FOLDS:
        raise ValueError(f"{len(shares)} points say nothing: {FUTURES_A_POINT * FOLDS} are the least")
    at, middle = basis(shares), outcomes.mean(axis=1)
    noise, sizes = _sizes(at, middle, _variance(outcomes))
    weights, covariance = _solved(at.T @ at, at.T @ middle, noise, sizes)
    predicted, variances = _held_out(at, middle, noise, sizes)
    residuals = outcomes - predicted[:, None]
    misfit = max(0.0, float(np.mean(residuals[:, 0] * residuals[:, 1])) - float(variances.mean()))
    spread = _spread(shares, residuals)
    deviation = np.exp(spread[0] + (2 * shares - 1) @ spread[1:])[:, None]
    quantiles = np.quantile(residuals / deviation, (np.arange(DOTS) + 0.5) / DOTS)
    odds = np.mean(predicted[:, None] + deviation * quantiles > 0, axis=1)
    response = Response(weights, covariance, misfit, spread, quantiles)
    return Fitted(response, np.repeat(odds, FUTURES_A_POINT), (outcomes > 0).ravel())


def _variance(outcomes: Floats) -> float:
    """The variance of outcomes; where they are all the same a very small one, by which can be divided."""
    import numpy as np

    return max(float(outcomes.var()), _SAME * float(np.mean(outcomes**2)), _SAME)


def _held_out(at: Floats, middle: Floats, noise: float, sizes: Floats) -> tuple[Floats, Floats]:
    """What is predicted at each point from the points of all other folds, and the variance of that."""
    import numpy as np

    predicted, variances = np.empty(len(at)), np.empty(len(at))
    fold = np.arange(len(at)) % FOLDS
    for out in range(FOLDS):
        inside, outside = fold != out, fold == out
        gram, moment = at[inside].T @ at[inside], at[inside].T @ middle[inside]
        weights, covariance = _solved(gram, moment, noise, sizes)
        predicted[outside] = at[outside] @ weights
        variances[outside] = np.einsum("nt,tu,nu->n", at[outside], covariance, at[outside])
    return predicted, variances


def _sizes(at: Floats, middle: Floats, variance: float) -> tuple[float, Floats]:
    """The variance of noise, and that of the weights of each kind, to which the evidence leads."""
    import numpy as np

    axes = _axes(at.shape[1])
    noise, sizes = variance / FUTURES_A_POINT, np.full(KINDS, variance / at.shape[1])
    gram, moment, square = at.T @ at, at.T @ middle, float(middle @ middle)
    for _ in range(_ROUNDS):
        weights, covariance = _solved(gram, moment, noise, sizes)
        for kind, where in enumerate(kinds(axes)):
            own = weights[where] ** 2 + np.diag(covariance)[where]
            sizes[kind] = max(float(own.mean()) if own.size else 0.0, _LEAST * variance)
        left = square - 2 * float(weights @ moment) + float(weights @ gram @ weights)
        noise = max((left + float(np.sum(gram * covariance))) / len(at), _LEAST * variance)
    return noise, sizes


def _solved(gram: Floats, moment: Floats, noise: float, sizes: Floats) -> tuple[Floats, Floats]:
    """The weights of the terms and their covariance, where the noise and the sizes of the kinds are these."""
    import numpy as np

    precision = np.zeros(len(moment))
    for kind, where in enumerate(kinds(_axes(len(moment)))):
        precision[where] = 1.0 / sizes[kind]
    covariance: Any = np.linalg.inv(gram / noise + np.diag(precision))
    return covariance @ moment / noise, covariance


def _spread(shares: Floats, residuals: Floats) -> Floats:
    """The logarithm of the standard deviation: its middle, and slopes as far as they are told from chance."""
    import numpy as np

    size = float(np.sqrt(np.mean(residuals**2))) or 1e-300
    logs = np.log(np.maximum(np.abs(residuals) / size, 1e-3))
    places = np.repeat(2 * shares - 1, FUTURES_A_POINT, axis=0)
    tried = np.hstack([np.ones((len(places), 1)), places])
    gram = tried.T @ tried
    slopes = np.linalg.solve(gram, tried.T @ logs.ravel())
    errors = np.sqrt(np.diag(np.linalg.inv(gram)) * float(np.var(logs)))
    kept = slopes[1:] * np.maximum(0.0, 1 - (errors[1:] / np.where(slopes[1:] == 0, 1e-300, slopes[1:])) ** 2)
    bent = np.clip((2 * shares - 1) @ kept, np.log(_NARROWEST), np.log(_WIDEST))
    middle = 0.5 * float(np.log(np.mean((residuals / np.exp(bent)[:, None]) ** 2) or 1e-300))
    found: Floats = np.concatenate([[middle], kept])
    return found


@cache
def _axes(count: int) -> int:
    """Over how many axes there are so many terms."""
    return next(axes for axes in range(1, count) if len(terms(axes)) == count)


def calibration(fits: Sequence[Fitted], parts: int = 5) -> list[tuple[float, float, int]]:
    """Of held-out futures in equal parts by the odds said: the mean odds, what came, and how many."""
    import numpy as np

    odds = np.concatenate([each.odds for each in fits])
    above = np.concatenate([each.above for each in fits])
    order = np.array_split(np.argsort(odds, kind="stable"), parts)
    return [(float(odds[n].mean()), float(above[n].mean()), len(n)) for n in order if len(n)]
