"""The surface of the page: it finds what is there, owns up to what it misses, and its odds come true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.statistics.response import FUTURES_A_POINT, basis, calibration, fit, terms

Floats = np.ndarray[Any, Any]


def drawn(points: int, seed: int) -> tuple[Floats, Floats]:
    """Places over three axes, and noisy outcomes there; the noise doubles along the first."""
    random = np.random.default_rng(seed)
    shares = random.random((points, 3))
    noise = random.standard_normal((points, FUTURES_A_POINT)) * deviation(shares)[:, None]
    return shares, truth(shares)[:, None] + noise


def truth(shares: Floats) -> Floats:
    """Straight along one axis, bent along another, nothing along the third."""
    found: Floats = 60 + 100 * (2 * shares[:, 0] - 1) + 60 * np.sin(3 * shares[:, 1])
    return found


def deviation(shares: Floats) -> Floats:
    found: Floats = 200 * np.exp(0.35 * (2 * shares[:, 0] - 1))
    return found


@pytest.fixture(scope="module")
def fits() -> list[tuple[Any, Floats]]:
    places = np.random.default_rng(99).random((200, 3))
    return [(fit(*drawn(256, seed)), places) for seed in range(8)]


def test_the_terms_of_a_basis_are_of_unit_variance_and_apart() -> None:
    at = basis(np.random.default_rng(0).random((200_000, 3)))
    assert at.shape[1] == len(terms(3)) == 13
    assert np.allclose(at.T @ at / len(at), np.eye(13), atol=0.03)


def test_the_interval_of_the_mean_holds_the_truth_in_nineteen_places_of_twenty(fits: Any) -> None:
    held = [
        abs(each.response.mean(places) - truth(places)) < 1.96 * each.response.sd(places)
        for each, places in fits
    ]
    assert 0.9 < np.mean(held) <= 0.999


def test_the_spread_of_single_futures_is_found_where_it_differs(fits: Any) -> None:
    ratios = [each.response.deviation(places) / deviation(places) for each, places in fits]
    assert 0.9 < np.mean(ratios) < 1.1
    ends = np.array([[0.0, 0.5, 0.5], [1.0, 0.5, 0.5]])
    low, high = np.mean([each.response.deviation(ends) for each, _ in fits], axis=0)
    assert high / low == pytest.approx(np.exp(0.7), rel=0.2)


def test_the_odds_said_of_futures_that_were_held_out_come_true(fits: Any) -> None:
    for said, came, futures in calibration([each for each, _ in fits]):
        assert abs(said - came) < 3.5 * np.sqrt(said * (1 - said) / futures) + 0.02


def test_the_odds_at_a_place_are_those_of_the_truth(fits: Any) -> None:
    random = np.random.default_rng(5).standard_normal(2000)
    each, places = fits[0]
    came = np.mean(truth(places)[:, None] + deviation(places)[:, None] * random > 0, axis=1)
    assert np.mean(abs(each.response.odds(places) - came)) < 0.05


def test_what_a_surface_cannot_follow_is_in_its_doubt() -> None:
    shares, outcomes = drawn(256, 3)
    jumps = 300.0 * (np.floor(8 * shares[:, 2]) % 2)  # no cubic goes up and down so often
    rough, smooth = fit(shares, outcomes + jumps[:, None]).response, fit(shares, outcomes).response
    assert rough.misfit**0.5 > 100 > smooth.misfit**0.5


def test_points_in_which_a_run_failed_are_left_out() -> None:
    shares, outcomes = drawn(64, 1)
    outcomes[::4, 0] = np.nan
    whole = fit(shares, outcomes).response
    left = np.arange(64) % 4 != 0
    assert np.array_equal(whole.weights, fit(shares[left], outcomes[left]).response.weights)
    with pytest.raises(ValueError, match="15 points say nothing"):
        fit(shares[:15], np.zeros((15, 2)))


@pytest.mark.parametrize("same", [0.0, 1.0, -3e-9])
def test_what_is_the_same_in_all_futures_is_read_as_that(same: float) -> None:
    shares = np.random.default_rng(5).random((64, 3))
    found = fit(shares, np.full((64, FUTURES_A_POINT), same)).response
    assert found.mean(shares) == pytest.approx(same)
    assert np.isfinite(found.sd(shares)).all() and np.isfinite(found.deviation(shares)).all()
