"""What a change of structure pays: its dip, the day from which it is ahead, and its odds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.payback import reduce_differences


@pytest.mark.parametrize(
    ("days", "from_day"),
    [
        ([0, -2, -1, 0, 3], 4),
        ([0, 2, -1, 1, 3], 4),
        ([0, 0, 1, 2, 3], 1),
        ([1, 2, 3, 2, -1], math.nan),
        ([0, 0, 0, 0, 0], math.nan),
    ],
    ids=["dip", "second dip", "never behind", "behind in the end", "no difference"],
)
def test_a_change_is_ahead_for_good_from_the_day_after_it_was_last_behind(
    days: list[float], from_day: float
) -> None:
    found = reduce_differences(np.array([days, days], float)).break_even
    assert found == from_day or (math.isnan(found) and math.isnan(from_day))


def test_the_dip_is_the_lowest_day_of_the_mean_and_odds_are_of_single_futures() -> None:
    change = reduce_differences(np.array([[0.0, -4.0, 2.0], [0.0, -2.0, -1.0], [0.0, 0.0, 5.0]]))
    assert (change.dip, change.dip_day) == (-2.0, 2)
    assert change.odds == pytest.approx(2 / 3)
