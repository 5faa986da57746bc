"""Percentiles with intervals that assume nothing about how the values are spread."""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE
from analysis.statistics.equality import Alike

SHARES = (0.1, 0.5, 0.9)
"""The percentiles that are shown: one future in ten is below the first, one in ten above the last."""


@dataclass(frozen=True, eq=False)
class Percentile(Alike):
    """The value that `share` of all futures do not exceed, and its interval, in the outcome's unit.

    An end of the interval is infinite where there are too few futures to bound it; all is NaN without any.
    """

    share: float
    value: float
    low: float
    high: float

    @property
    def bounded(self) -> bool:
        """Whether there are futures enough for an interval with two ends."""
        return math.isfinite(self.low) and math.isfinite(self.high)


def percentile(values: Floats, share: float, confidence: float = CONFIDENCE) -> Percentile:
    """The percentile of `values`, NaN left out, with the order-statistic interval (Hahn & Meeker 1991, 5.2).

    How many of n values lie below the true percentile is binomial, so two of the ordered values enclose it
    with at least this confidence, whatever the distribution is.
    """
    import numpy as np
    from scipy.special import bdtr  # the binomial distribution; scipy.stats would take ten times as long

    known = np.sort(values[~np.isnan(values)])
    n = len(known)
    if not n:
        return Percentile(share, math.nan, math.nan, math.nan)
    tail = (1 - confidence) / 2
    below = bdtr(np.arange(n + 1, dtype=float), n, share)  # P(at most k values lie below)
    first = int(np.searchsorted(below, tail))  # the chance of fewer than this below is at most the tail
    last = int(np.searchsorted(below, 1 - tail))
    low = float(known[first - 1]) if first >= 1 else -math.inf
    high = float(known[last]) if last < n else math.inf
    return Percentile(share, float(np.quantile(known, share)), low, high)
