"""The best of one group of designs against the best of another, with an interval honest about both maxima.

The best of several that were seen looks better than it is, the more so the more there were to choose from. So
the interval does not come from the two that look best. With intervals L to U of how far each design i of the
one group is ahead of each j of the other that hold for all pairs at once, the best of the one is ahead of the
best of the other by max_i min_j L to max_i min_j U: whichever is truly the best of its group, with the same
confidence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.statistics.anytime import sequence
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import CONFIDENCE, Estimate


def best_against_best(
    values: Floats, ones: Sequence[int], others: Sequence[int], confidence: float = CONFIDENCE
) -> Estimate:
    """How far the best of the columns `ones` is ahead of the best of `others`, in the unit of the values.

    `values` are futures × designs; more is better, and NaN stands from where a design was left out. The
    interval holds wherever one stopped; its mean is that of the two that look best. A pair counts the futures
    that both lived through. Raises ValueError where a group is empty.
    """
    if not ones or not others:
        raise ValueError("nothing to compare: a group without a design")
    import numpy as np

    each = 1 - (1 - confidence) / (len(ones) * len(others))
    found = np.array([[_ahead(values[:, i] - values[:, j], each) for j in others] for i in ones])
    low, mean, high = (float(found[:, :, k].min(axis=1).max()) for k in range(3))
    futures = int((~np.isnan(values[:, [*ones, *others]])).sum(axis=0).max())
    return Estimate(mean, low, high, futures)


def _ahead(apart: Floats, confidence: float) -> tuple[float, float, float]:
    """Low end, mean and high end of how far one design is ahead of another."""
    import numpy as np

    known = apart[~np.isnan(apart)]
    if not len(known):
        return -math.inf, math.nan, math.inf
    mean, half = sequence(known, confidence)
    return float(mean[-1] - half[-1]), float(mean[-1]), float(mean[-1] + half[-1])
