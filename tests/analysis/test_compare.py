"""Structures are compared within a future, and nothing is claimed of futures that did not end."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from analysis.statistics.compare import (
    best_shares,
    by_structure,
    compare,
    estimate,
    paired_differences,
    win_share,
)
from tests.fake_runs import fail, results

GAINS = {"merged": 0.0, "separated": 3e5, "agile": -1e5}


def test_an_interval_is_the_t_interval_of_the_textbook() -> None:
    sample = np.array([3.0, 5.0, 8.0, 1.0, 4.0])
    low, high = stats.t.interval(0.95, 4, loc=sample.mean(), scale=stats.sem(sample))
    found = estimate(sample)
    assert (found.mean, found.low, found.high, found.futures) == (
        pytest.approx(4.2),
        pytest.approx(low),
        pytest.approx(high),
        5,
    )


def test_intervals_hold_the_true_mean_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    found = [estimate(rng.normal(7, 2, 12)) for _ in range(4000)]
    held = np.mean([e.low <= 7 <= e.high for e in found])
    assert held == pytest.approx(0.95, abs=0.012)  # 3.5 standard errors


def test_one_future_has_a_mean_but_no_bounds_and_none_has_nothing() -> None:
    one, none = estimate(np.array([4.0])), estimate(np.array([math.nan]))
    assert (one.mean, one.low, one.high, one.sign) == (4.0, -math.inf, math.inf, 0)
    assert math.isnan(none.mean)
    assert none.futures == 0


def test_common_luck_cancels_out_of_a_paired_difference() -> None:
    compared = compare(results(GAINS), current="merged")
    gain = compared.differences["net_value_a_year", "separated"]
    alone = [compared.levels["net_value_a_year", s] for s in ("merged", "separated")]
    assert gain.low < 3e5 < gain.high
    assert gain.mean == pytest.approx(alone[1].mean - alone[0].mean)
    assert gain.half_width < 0.5 * math.hypot(alone[0].half_width, alone[1].half_width)
    assert ("net_value_a_year", "merged") not in compared.differences


def test_the_same_futures_seen_from_the_other_structure_change_sign() -> None:
    frame = results(GAINS)
    there = compare(frame, current="merged").differences["delay_days", "separated"]
    back = compare(frame, current="separated").differences["delay_days", "merged"]
    assert (back.mean, back.low, back.high) == pytest.approx((-there.mean, -there.high, -there.low))


def test_a_future_in_which_one_structure_failed_counts_for_none() -> None:
    frame = results(GAINS, 50)
    harmed = compare(fail(fail(frame, "agile", 7), "merged", 9), current="merged")
    clean = compare(frame[~frame["replication"].isin([7, 9])], current="merged")
    assert (harmed.futures, harmed.dropped, clean.dropped) == (48, 2, 0)
    assert harmed.levels == clean.levels
    assert harmed.differences == clean.differences


def test_a_future_that_misses_a_structure_counts_for_none() -> None:
    frame = results(GAINS, 20)
    missing = frame[~((frame["replication"] == 3) & (frame["structure"] == "agile"))]
    assert (compare(missing, current="merged").futures, compare(missing, current="merged").dropped) == (19, 1)


def test_an_outcome_that_a_future_does_not_have_is_left_out_of_its_mean_only() -> None:
    frame = results(GAINS, 20)
    frame.loc[frame["replication"] == 4, "on_time_share"] = math.nan
    compared = compare(frame, current="merged")
    assert compared.differences["on_time_share", "agile"].futures == 19
    assert compared.differences["delay_days", "agile"].futures == 20


def test_every_future_has_one_best_structure_or_shares_it() -> None:
    assert best_shares(np.array([[1.0, 2.0, 0.0], [5.0, 5.0, 1.0]])) == [0.25, 0.75, 0.0]
    compared = compare(results(GAINS), current="merged")
    assert sum(compared.best_share.values()) == pytest.approx(1)
    assert max(compared.best_share, key=lambda s: compared.best_share[s]) == "separated"


def test_a_draw_is_half_a_win() -> None:
    assert win_share(np.array([1.0, 0.0, -2.0, 3.0])) == 0.625
    twins = compare(results({"merged": 0.0, "twin": 0.0}, 10, spread=0.0), current="merged")
    assert twins.win_share == {"twin": 0.5}


def test_the_order_of_rows_does_not_matter() -> None:
    frame = results(GAINS, 30)
    shuffled = frame.sample(frac=1, random_state=4).sort_values(
        "structure", key=lambda s: s.map(list(GAINS).index)
    )
    assert compare(shuffled, current="merged") == compare(frame, current="merged")


def test_paired_differences_are_those_that_the_comparison_averages() -> None:
    frame = fail(results(GAINS, 30), "agile", 5)
    values = paired_differences(frame, "net_value_a_year", "merged")["separated"]
    assert len(values) == 29
    assert values.mean() == pytest.approx(
        compare(frame, current="merged").differences["net_value_a_year", "separated"].mean
    )
    assert by_structure(frame, "delay_days", ["agile", "merged"]).shape == (30, 2)


def test_a_current_structure_that_was_not_run_is_refused() -> None:
    with pytest.raises(ValueError, match="'dm_only' is not among"):
        compare(results(GAINS, 3), current="dm_only")
