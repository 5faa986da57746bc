"""The median over organisations beside the mean: where a few lose much, the mean is nobody's.

It is the median of what each organisation shows in its own few futures, the luck of these included, which as
a rule draws it towards the mean. Its interval is that of the sign test, and holds wherever one stops.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import Literal

import numpy as np

from analysis.statistics.anytime import share_interval
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate

SMALL_PART = 1 / 3
"""Part of a mean below which a median on its side says that few organisations make it what it is."""

Middle = Literal["", "nothing", "less", "other", "gains", "loses"]
"""What a mean hides of the middle organisation: that there is `nothing` that matters, `less` by far, or the
`other` sign; where the mean is of no side, that the middle surely `gains` or `loses`. "": it hides nothing.
"""


def median_of(values: Floats, confidence: float) -> Estimate:
    """The median of independent values, as `mean`, with its interval.

    A value is inside as long as half may be the chance of a value below it; an end that so few values leave
    open is infinite.
    """
    n = len(values)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0)
    ordered = np.sort(values)
    below = _fewest_below(n, confidence)
    low = float(ordered[below - 1]) if below else -np.inf
    high = float(ordered[n - below]) if below else np.inf
    return Estimate(float(np.median(ordered)), low, high, n)


@cache
def _fewest_below(n: int, confidence: float) -> int:
    """How few of so many independent values may lie below their median."""
    return bisect_left(range(n), 0.5, key=lambda k: share_interval(k, n, confidence)[1])


def hidden_by(mean: Estimate, side: int, median: Estimate, margin: float) -> Middle:
    """What a mean that surely differs to one `side` (1 or −1) hides of the middle organisation.

    Of a mean that is told of no side (0), that the middle surely differs by the margin.
    """
    if not side:
        return "gains" if median.low > margin else "loses" if median.high < -margin else ""
    most = max(side * median.low, side * median.high)
    if most < 0:
        return "other"
    if most < margin:
        return "nothing"
    return "less" if side * median.mean < SMALL_PART * abs(mean.mean) and most < abs(mean.mean) else ""
