"""Shares of a spread come out as they are known to be, luck gives none, and their intervals hold."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from analysis.causes.design import drawn
from analysis.statistics.sobol import Indices, indices

Response = Callable[[np.ndarray], np.ndarray]

FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)
"""The indices of the Ishigami function with a = 7, b = 0.1 (Homma & Saltelli 1996)."""


def ishigami(shares: np.ndarray) -> np.ndarray:
    x = math.pi * (2 * shares - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def planted(shares: np.ndarray) -> np.ndarray:
    """Factor 0 makes a variance of 0.02 by itself, factors 1 and 2 one of 0.02 together."""
    straight = math.sqrt(12) * (shares - 0.5)
    return math.sqrt(0.02) * (straight[:, 0] + straight[:, 1] * straight[:, 2])


def study(response: Response, factors: int, quadruples: int, *, luck: float = 0.0, seed: int = 1) -> Indices:
    points, _ = drawn(seed, factors, quadruples)
    noise = luck * np.random.default_rng(seed).normal(size=(quadruples, 2, 2))
    return indices(points, response(points).reshape(quadruples, 2, 1) + noise)


def test_the_known_indices_of_the_ishigami_function() -> None:
    found = study(ishigami, 3, 2500)
    assert found.first.value == pytest.approx(FIRST, abs=0.03)
    assert found.total.value == pytest.approx(TOTAL, abs=0.03)
    for k in range(3):
        assert found.first[k].low <= FIRST[k] <= found.first[k].high
        assert found.total[k].low <= TOTAL[k] <= found.total[k].high
    assert found.luck.mean == 0.0
    assert found.drivers.all()


def test_they_agree_with_saltellis_estimators_where_there_is_no_luck() -> None:
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    points = sampler.sample(problem, 2048, calc_second_order=False, seed=1)
    theirs = sobol.analyze(problem, ishigami(points), calc_second_order=False, seed=1)
    ours = study(ishigami, 3, 2500)
    assert ours.first.value == pytest.approx(theirs["S1"], abs=0.04)
    assert ours.total.value == pytest.approx(theirs["ST"], abs=0.04)


def test_three_factors_are_found_among_two_hundred_and_no_other_is() -> None:
    found = study(ishigami, 200, 1500)
    assert np.flatnonzero(found.drivers).tolist() == [0, 1, 2]
    assert found.total.value[:3] == pytest.approx(TOTAL, abs=0.08)


def test_luck_is_told_from_what_is_known_and_lends_no_share_to_any_factor() -> None:
    found = study(planted, 40, 2000, luck=math.sqrt(0.24))  # 0.24 of 0.28
    assert found.luck.low <= 0.24 / 0.28 <= found.luck.high
    assert found.known.mean == pytest.approx(1 - found.luck.mean)
    assert found.first[0].low <= 0.02 / 0.28 <= found.first[0].high
    assert abs(found.first.value[1:]).max() < 0.01
    assert found.total[1].low <= 0.02 / 0.28 <= found.total[1].high
    assert np.flatnonzero(found.drivers).tolist() == [0, 1, 2]


@pytest.mark.slow
def test_without_any_effect_there_is_a_driver_in_hardly_any_study() -> None:
    false = sum(
        study(lambda shares: 0 * shares[:, 0], 60, 150, luck=1.0, seed=s).drivers.any() for s in range(40)
    )
    assert false <= 6  # 1 in 20 for what a factor does alone, as much again for its interplay


@pytest.mark.slow
def test_intervals_cover_the_truth_nineteen_times_in_twenty() -> None:
    held = []
    for seed in range(100):
        found = study(planted, 10, 600, luck=math.sqrt(0.16), seed=seed)
        truths = [(found.first[0], 0.1), (found.first[5], 0.0), (found.total[1], 0.1), (found.luck, 0.8)]
        held.append([interval.low <= truth <= interval.high for interval, truth in truths])
    assert np.mean(held, axis=0).min() >= 0.89


def test_the_thirds_of_a_range_tell_which_way_and_how_much() -> None:
    found = study(lambda shares: 6 * shares[:, 0] - 3 * shares[:, 1], 3, 1000, luck=0.1)
    assert found.rise[0].low <= 4 <= found.rise[0].high and found.rise[0].sign == 1
    assert found.rise[1].low <= -2 <= found.rise[1].high and found.rise[1].sign == -1
    assert found.low[0].mean == pytest.approx(-0.5, abs=0.2)
    assert found.rise.value == pytest.approx(found.high.value - found.low.value)


def test_quadruples_with_a_failed_run_are_left_out() -> None:
    points, _ = drawn(1, 3, 400)
    outcomes = ishigami(points).reshape(400, 2, 1) * np.ones((1, 1, 2))
    outcomes[7, 1, 0] = np.nan
    kept = np.delete(np.arange(400), 7)
    found, same = indices(points, outcomes), indices(points.reshape(400, 2, 3)[kept], outcomes[kept])
    assert found.first.value.tolist() == same.first.value.tolist()


@pytest.mark.parametrize("outcomes", [np.full((20, 2, 2), np.nan), np.ones((20, 2, 2)), np.eye(4)[None]])
def test_without_a_spread_there_is_nothing_to_explain(outcomes: np.ndarray) -> None:
    points, _ = drawn(1, 2, len(outcomes))
    with pytest.raises(ValueError, match="no spread to explain"):
        indices(points, outcomes[:, :2, :2])


def test_more_quadruples_leave_the_first_as_they_were_and_two_lucks_always_differ() -> None:
    (few, little), (many, lucks) = drawn(5, 4, 10), drawn(5, 4, 300)
    assert many[:20].tolist() == few.tolist()
    assert lucks[:10].tolist() == little.tolist()
    assert (lucks[:, 0] != lucks[:, 1]).all()
    assert drawn(6, 4, 10)[0].tolist() != few.tolist()
