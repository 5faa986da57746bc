"""Doubt about assumptions is drawn evenly, and only what an answer hangs on is named."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from analysis.statistics.doubt import (
    HYPERCUBE_FUTURES,
    by_magnitude,
    doubted,
    draw,
    flip,
    hangs_on,
    latin_hypercube,
    mean_ranks,
)
from sim.scenario.assumptions import Assumption, load_assumptions

Floats = NDArray[np.float64]


def factor(name: str, low: float = 0.0, high: float = 1.0) -> Assumption:
    return Assumption(name, (low + high) / 2, low, high, low, high, "ratio", "a test", "a test")


FACTORS = tuple(factor(f"factor_{i}") for i in range(20))


def differences(draws: Floats, seed: int, noise: float = 1.0) -> Floats:
    """Grow with the fourth factor and cross zero at 0.3 of it; shrink, less so, with the eighth."""
    luck = np.random.default_rng(seed).normal(0, noise, len(draws))
    return 2 * (draws[:, 3] - 0.3) - 1 * (draws[:, 7] - 0.5) + luck


def test_what_the_scenario_sets_is_known_and_a_switch_is_a_choice() -> None:
    names = [a.name for a in doubted({"patience": 4})]
    assert "patience" not in names
    assert "patience" in [a.name for a in doubted({"patience": 4}, own_too=True)]
    assert "operational_risks" not in names
    assert "week_days" not in names
    assert len(names) > 0.9 * len(load_assumptions())


def test_every_draw_is_within_its_range_and_every_hundredth_of_it_is_drawn_once_in_a_hundred() -> None:
    factors = doubted({})
    values = draw(factors, range(3 * HYPERCUBE_FUTURES), seed=4)
    for column, a in zip(values.T, factors, strict=True):
        assert a.low <= column.min() <= column.max() <= a.high
        scale = np.log if by_magnitude(a) else np.asarray
        share = (scale(column) - scale(a.low)) / (scale(a.high) - scale(a.low))
        for block in share.reshape(3, HYPERCUBE_FUTURES):
            parts = np.minimum(block * HYPERCUBE_FUTURES, HYPERCUBE_FUTURES - 1e-6).astype(int)
            assert sorted(parts) == pytest.approx(range(HYPERCUBE_FUTURES), abs=1)


def test_a_wide_range_is_drawn_by_orders_of_magnitude() -> None:
    values = draw([factor("rare", 0.001, 1.0), factor("narrow", 0.2, 1.0)], range(1000), seed=1)
    assert np.median(values, axis=0) == pytest.approx([0.0316, 0.6], rel=0.05)


def test_a_future_has_the_same_values_however_many_there_are_and_whichever_are_asked_for() -> None:
    whole = draw(FACTORS, range(450), seed=9)
    assert (draw(FACTORS, range(130), seed=9) == whole[:130]).all()
    assert (draw(FACTORS, [407, 3, 299], seed=9) == whole[[407, 3, 299]]).all()
    assert (draw(FACTORS, range(450), seed=10) != whole).all()
    assert draw((), range(5), seed=9).shape == (5, 0)


def test_planted_drivers_are_found_the_stronger_first_with_their_direction() -> None:
    for seed in range(20):
        draws = draw(FACTORS, range(400), seed)
        found = hangs_on(draws, differences(draws, seed), FACTORS)
        assert [d.name for d in found][:2] == ["factor_3", "factor_7"]
        assert [d.correlation > 0 for d in found][:2] == [True, False]


def test_none_is_found_where_there_is_none_in_nineteen_cases_of_twenty() -> None:
    trials, rng = 500, np.random.default_rng(3)
    false = 0
    for seed in range(trials):
        draws = draw(FACTORS, range(100), seed)
        false += bool(hangs_on(draws, rng.lognormal(0, 1, 100), FACTORS))
    assert false <= stats.binom.ppf(0.999, trials, 0.05)
    assert false >= stats.binom.ppf(0.001, trials, 0.02)  # nor is the test blunt


def test_what_the_others_do_is_not_laid_to_a_factor_that_does_nothing() -> None:
    trials, false = 200, 0
    for seed in range(trials):
        draws = draw(FACTORS, range(200), seed)
        false += any(
            d.name not in {"factor_3", "factor_7"} for d in hangs_on(draws, differences(draws, seed), FACTORS)
        )
    assert false <= stats.binom.ppf(0.999, trials, 0.05)


def test_the_value_at_which_the_answer_flips_lies_in_its_interval_as_often_as_it_says() -> None:
    trials, held = 300, 0
    for seed in range(trials):
        draws = draw(FACTORS, range(200), seed)
        at = flip(draws[:, 3], differences(draws, seed), FACTORS[3])
        held += at is not None and at.low <= 0.3 <= at.high
    assert stats.binom.ppf(0.001, trials, 0.95) <= held


def test_a_flip_is_found_on_a_scale_of_magnitudes_too() -> None:
    rare = factor("rare", 0.001, 1.0)
    values = draw([rare], range(500), seed=2)[:, 0]
    at = flip(values, np.log(values / 0.02) + np.random.default_rng(1).normal(0, 1, 500), rare)
    assert at is not None
    assert at.low < 0.02 < at.high < 0.03


def test_no_flip_is_told_outside_the_range_or_for_a_factor_that_does_nothing() -> None:
    draws = draw(FACTORS, range(400), seed=5)
    gains = differences(draws, 5)
    assert flip(draws[:, 3], gains + 5, FACTORS[3]) is None
    assert flip(draws[:, 0], gains - gains.mean(), FACTORS[0]) is None


@pytest.mark.parametrize("futures", [0, 1, 3, 50])
def test_differences_that_are_all_the_same_hang_on_nothing(futures: int) -> None:
    draws = draw(FACTORS, range(futures), seed=1)
    assert hangs_on(draws, np.full(futures, 7.0), FACTORS) == ()


def test_draws_and_ranks_are_those_of_scipy_which_takes_long_to_load() -> None:
    for seed in range(3):
        ours = latin_hypercube(np.random.default_rng(seed), 100, 40)
        theirs = stats.qmc.LatinHypercube(40, seed=np.random.default_rng(seed)).random(100)
        assert np.array_equal(ours, theirs)
        tied = np.random.default_rng(seed).integers(0, 30, 100).astype(float)
        assert np.array_equal(mean_ranks(tied), stats.rankdata(tied))
