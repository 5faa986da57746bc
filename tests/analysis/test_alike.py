"""Two answers that say the same are equal, also in what they do not know."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis.decision.verdict import Verdict
from analysis.statistics.compare import Estimate
from analysis.statistics.equality import Alike
from analysis.statistics.percentiles import Percentile


def nothing_known() -> float:
    """Each time another NaN: the same object would be taken for equal to itself."""
    return float(np.float64("nan"))


def estimate() -> Estimate:
    return Estimate(nothing_known(), nothing_known(), nothing_known(), 0)


def verdict() -> Verdict:
    return Verdict("Split?", "cannot tell", None, estimate(), nothing_known(), nothing_known(), ("No.",))


def percentile() -> Percentile:
    return Percentile(0.9, nothing_known(), nothing_known(), nothing_known())


@pytest.mark.parametrize("answer", [estimate, verdict, percentile])
def test_an_answer_with_something_unknown_is_equal_to_itself(answer: Callable[[], Alike]) -> None:
    assert answer() == answer()
    assert hash(answer()) == hash(answer())


def test_what_is_known_tells_them_apart() -> None:
    known = Estimate(1.0, 0.5, 1.5, 30)
    assert known == Estimate(1.0, 0.5, 1.5, 30)
    assert known != replace(known, mean=math.nan)
    assert known != replace(known, futures=31)
    assert estimate() != percentile()
