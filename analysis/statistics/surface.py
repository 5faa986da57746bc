"""A surface through noisy means: how a difference changes over the places that were tried, and how surely.

Gaussian-process regression with the error of each mean known (stochastic kriging: Ankenman, Nelson & Staum
2010), on a straight trend. How wide and how high the surface bends is not known, so it is not picked:
surfaces of several kernels are averaged, each with the weight that the data give it (Rasmussen & Williams
2006, 5.2). Errors must be independent between places: they share no luck (Chen, Ankenman & Nelson 2012).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import product
from typing import Any

from analysis.statistics.arrays import Floats, Ints

POINTWISE = 1.96
"""Standard deviations to either side that hold 95% at one place."""

BENDS = (0.05, 0.2, 0.8)
"""Heights of bends off the straight trend, in parts of the size of the differences."""

WIDTHS = (0.4, 1.0, 2.5)
"""Widths of bends, in places; an axis is 2 long."""

TREND = 2.0
"""Spread of the trend's middle and slopes before any run, in parts of the size of the differences: wide."""

NEGLIGIBLE = 0.01
"""Weight below which a kernel is left out."""

POOLED = 25
"""The variance at a place counts the average of all places as so many futures of its own.

Few runs tell little about a variance, and where they understate it the mean would be trusted too much.
"""

LEAST_ERROR = 1e-6
"""Error variance, in parts of a variance, below which matrices could no longer be factored."""

DRAWS = 2000
"""Surfaces drawn to find how far one of them strays at its farthest place."""


@dataclass(frozen=True)
class Surface:
    """What is known of a difference at some places: its mean, and the covariance of its error."""

    mean: Floats
    covariance: Floats

    @property
    def sd(self) -> Floats:
        """The standard deviation at each place."""
        import numpy as np

        sd: Floats = np.sqrt(np.maximum(np.diag(self.covariance), 1e-300))
        return sd

    def at(self, numbers: Ints) -> Surface:
        """The surface at the places of these numbers alone."""
        import numpy as np

        return Surface(self.mean[numbers], self.covariance[np.ix_(numbers, numbers)])

    def reach(self, futures: float, confidence: float = 0.95) -> float:
        """How many standard deviations hold the whole surface, at all places together, with `confidence`.

        And after each round at once, however many follow: a search looks again and again and ends when it
        likes what it sees. How far the farthest place strays is found by drawing surfaces, the same each
        time; a single mean that strays so far with the same probability has the interval of
        `analysis.statistics.anytime.reach` after so many `futures` in all.
        """
        import numpy as np

        from analysis.statistics.anytime import reach

        error = math.erfc(self._once(confidence) / math.sqrt(2))
        return float(reach(np.array([float(futures)]), 1 - error)[0])

    def _once(self, confidence: float) -> float:
        """The same for a single look."""
        import numpy as np

        sd = self.sd
        correlation = self.covariance / np.outer(sd, sd) + LEAST_ERROR * np.eye(len(sd))
        root = np.linalg.cholesky(correlation)
        draws = np.random.default_rng(0).standard_normal((len(sd), DRAWS))
        farthest = np.abs(root @ draws).max(axis=0)
        return max(POINTWISE, float(np.quantile(farthest, confidence)))


def one_thread() -> AbstractContextManager[Any]:
    """Linear algebra on one thread meanwhile.

    These matrices are small: threads would spend three times the processor time and win none, and how sums
    are rounded would hang on how many the machine has.
    """
    import sklearn.gaussian_process  # noqa: F401 - only what is loaded is held to it
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(1, user_api="blas")
    return limits


def no_surface() -> Surface:
    """The surface over no places."""
    import numpy as np

    return Surface(np.zeros(0), np.zeros((0, 0)))


def noise(variances: Floats, futures: Ints) -> Floats:
    """The variance of each mean, from the variance and the number of futures at each place (2 or more)."""
    own = futures - 1
    pooled = (own * variances).sum() / own.sum()
    found: Floats = (POOLED * pooled + own * variances) / (POOLED + own) / futures
    return found


def fit(places: Floats, means: Floats, errors: Floats, at: Floats) -> Surface:
    """The surface at the places `at` (m × axes), given `means` at `places` with variances `errors`."""
    import numpy as np
    from sklearn.gaussian_process import GaussianProcessRegressor

    size = float(np.sqrt(np.mean(means**2))) or 1.0
    alpha = np.maximum(errors / size**2, LEAST_ERROR)
    fitted = [
        GaussianProcessRegressor(kernel, alpha=alpha, optimizer=None).fit(places, means / size)
        for kernel in _kernels(places.shape[1])
    ]
    likelihoods = np.array([each.log_marginal_likelihood_value_ for each in fitted])
    weights = np.exp(likelihoods - likelihoods.max())
    weights = np.where(weights / weights.sum() < NEGLIGIBLE, 0, weights)
    weights /= weights.sum()
    mean, square = np.zeros(len(at)), np.zeros((len(at), len(at)))
    for each, weight in zip(fitted, weights, strict=True):
        if weight:
            m, covariance = each.predict(at, return_cov=True)
            mean += weight * m
            square += weight * (covariance + np.outer(m, m))
    return Surface(size * mean, size**2 * (square - np.outer(mean, mean)))


def _kernels(axes: int) -> Iterator[Any]:
    """A straight trend and bends of every height and of every width along each axis."""
    from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, Matern

    trend = ConstantKernel(TREND**2) * DotProduct(1.0)
    for height, *widths in product(BENDS, *[WIDTHS] * axes):
        yield trend + ConstantKernel(height**2) * Matern(widths, nu=2.5)
