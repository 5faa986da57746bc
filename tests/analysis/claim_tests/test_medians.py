"""Where few organisations make a mean, and where time turns a verdict, the answer says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.claim_tests import words
from analysis.claim_tests.contrasts import Tested as Found
from analysis.claim_tests.judge import ruled
from analysis.claim_tests.medians import median_of
from analysis.claim_tests.records import registered
from analysis.claim_tests.summary import summary
from tests.planted_claims import FAMILY, FUTURES, ORGANISATIONS, found, over, row

FEW_LOSE = np.where(np.arange(ORGANISATIONS) % 5 == 0, -1.0, 0.0)[:, None, None]


def planted(gains: Any, **of: Any) -> Found:
    """A planted row as it would be told."""
    runs = found(gains, 0.02, values=gains.shape[1])
    paid = np.ones((ORGANISATIONS, gains.shape[1], FUTURES))
    finding = ruled(row(**of), runs, paid, FAMILY)
    return Found(registered()[3], finding, ORGANISATIONS, 0, 0, np.nan, None)


def test_what_a_fifth_loses_is_not_told_as_if_all_did() -> None:
    told = planted(FEW_LOSE)
    assert told.finding.verdict == "the reverse holds"
    assert told.finding.median.mean == pytest.approx(0, abs=0.02)
    assert words.what_it_hides(told) == "nothing that matters in the middle organisation"
    assert "Few organisations make the mean in C4" in summary([told], FAMILY)


def test_a_middle_like_the_mean_is_not_mentioned() -> None:
    assert words.what_it_hides(planted(np.full((ORGANISATIONS, 1, 1), 0.3))) == ""


def test_most_may_gain_though_a_few_lose_as_much_as_all_of_them_together() -> None:
    told = planted(FEW_LOSE + 0.2)
    assert told.finding.verdict not in ("holds", "the reverse holds")
    assert words.what_it_hides(told) == "holds in the middle organisation"


def test_far_less_in_the_middle_is_said_though_it_is_on_the_same_side() -> None:
    assert words.what_it_hides(planted(FEW_LOSE - 0.05)) == "far less in the middle organisation"


def test_what_holds_after_the_last_year_is_told_where_it_is_another_than_on_average() -> None:
    years = np.array([-0.5, -0.2, 0.0])[None, :, None] * np.ones((ORGANISATIONS, 1, 1))
    told = planted(years, over=over(1, 2, 4))
    assert told.finding.verdict == "the reverse holds"
    assert words.what_it_hides(told) == "at the last value, 4: does not hold"
    assert "over all of it: C4 (at the last value, 4: does not hold)" in summary([told], FAMILY)


def test_few_organisations_have_no_bounded_median() -> None:
    found = median_of(np.array([1.0, 2.0, 3.0]), 0.95)
    assert (found.mean, found.low, found.high) == (2.0, -np.inf, np.inf)


def test_the_interval_of_a_median_holds_wherever_one_stops() -> None:
    """Looked at after 10, 20, … of 150 heavy-tailed values, 60 times: it misses in fewer than one in ten."""
    missed = 0
    for trial in range(60):
        values = np.random.default_rng(trial).lognormal(0, 2, 150)
        looks = (median_of(values[:n], 0.95) for n in range(10, 151, 10))
        missed += any(not look.low <= 1 <= look.high for look in looks)
    assert missed < 6
