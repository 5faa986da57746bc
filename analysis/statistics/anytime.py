"""Intervals of a mean that may be looked at after every future, and hold wherever one stops.

An ordinary 95% interval holds for a number of futures that was fixed before. Whoever looks again and again
and stops at what he likes to see misses the truth more often. A *confidence sequence* is a chain of
intervals, one after each future, that hold all at once: so also at the future at which somebody stopped.
"""

from __future__ import annotations

import math

from analysis.statistics.arrays import Floats

TIGHTEST = 400
"""The number of futures about which the intervals are made as narrow as they can be.

A choice of where to spend, not of how sure to be; it must not come from the data.
"""


def reach(n: Floats, confidence: float) -> Floats:
    """How many standard errors (sd / √n) the interval after each of `n` futures reaches to either side.

    All of them hold together with probability `confidence` for normal data of unknown mean and variance: the
    t statistic with a normal mixture over the standardised mean (Lai 1976; Wang & Ramdas 2024, "Anytime-valid
    t-tests and confidence sequences for Gaussian means with unknown variance"), and in the limit for any data
    of finite variance (Waudby-Smith et al. 2024, "Time-uniform central limit theory"). Infinite where so few
    futures cannot bound the mean. `n` must be 2 or more.
    """
    import numpy as np

    error = 1 - confidence
    spread = (-2 * math.log(error) + math.log(1 - 2 * math.log(error))) / TIGHTEST  # of mean / sd, squared
    informed = 1 + n * spread
    threshold = (informed / error**2) ** (1 / n)
    room = 1 - threshold / informed
    with np.errstate(divide="ignore", invalid="ignore"):
        squared = np.where(room > 0, (n - 1) * (threshold - 1) / room, math.inf)
    chain: Floats = np.sqrt(squared)
    return chain


def sequence(values: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Mean and half-width of the interval after each row of `values` (futures × anything), one by one.

    A row of the answer depends on the rows up to it alone. After one row the half-width is infinite; where
    all values so far are the same it is zero.
    """
    import numpy as np

    n = np.arange(1, len(values) + 1, dtype=float).reshape(-1, *[1] * (values.ndim - 1))
    shifted = values - values[:1]  # about the first value, so that the squares do not drown the variance
    total, squares = np.cumsum(shifted, axis=0), np.cumsum(shifted**2, axis=0)
    variance = np.maximum(squares - total**2 / n, 0) / np.maximum(n - 1, 1)
    wide = np.full_like(shifted, math.inf)
    with np.errstate(invalid="ignore"):
        half = reach(n[1:], confidence) * np.sqrt(variance[1:] / n[1:])
    wide[1:] = np.where(variance[1:] > 0, half, 0)
    return values[:1] + total / n, wide


def share_interval(held: int, n: int, confidence: float) -> tuple[float, float]:
    """Where the chance of an event lies that came `held` times in `n`, wherever one stops counting.

    The chances that a uniform mixture over all of them does not speak against by more than one over 1 −
    confidence (Robbins 1970, Ann. Math. Stat. 41, 1397-1409). Unlike a mean's, it is wide where all came out
    alike.
    """
    import numpy as np
    from scipy.special import betaln, xlog1py, xlogy

    chances = np.linspace(0, 1, 2001)
    with np.errstate(divide="ignore"):
        against = betaln(held + 1, n - held + 1) - xlogy(held, chances) - xlog1py(n - held, -chances)
    inside = chances[against < -math.log(1 - confidence)]
    return float(inside.min()), float(inside.max())
