"""A planted change gives back its dip, its break-even and its odds, and its intervals cover as they say."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.reorganisation.hopes import Hopes
from analysis.reorganisation.losses import lost_hours
from analysis.reorganisation.payback import Payback, band, never_behind_from, payback
from analysis.reorganisation.words import by_hope, counting, in_hours, told, week
from analysis.statistics.compare import Estimate
from tests.changes import DAY, DIP, HORIZON, MADE_GOOD, futures, left_to_do, planted

Floats = NDArray[np.float64]

ONCE = Estimate(5e4, 2e4, 8e4, 400)
"""What is delivered by the end beyond what is done."""


def test_a_curve_without_luck_is_told_exactly() -> None:
    found = payback(np.tile(planted(), (5, 1)), DAY)
    assert (found.dip, found.dip_low, found.dip_high) == (-DIP, -DIP, -DIP)
    assert found.dip_day == 150
    assert found.break_even == found.break_even_low == found.break_even_high == MADE_GOOD
    assert found.dips
    assert found.odds == 1.0
    assert set(found.ahead_from) == {float(MADE_GOOD)}
    assert found.gain.mean == planted()[-1]


def test_odds_and_days_are_those_of_the_futures() -> None:
    good, bad = planted(), -planted()
    found = payback(np.array([good] * 62 + [bad] * 38), DAY)
    assert found.odds == 0.62
    assert np.isfinite(found.ahead_from).sum() == 62
    assert set(found.ahead_from[:62]) == {float(MADE_GOOD)}
    assert found.ahead[-1] == 0.62 and found.ahead[100] == 0.38
    assert found.median[-1] == good[-1]


@pytest.mark.parametrize(
    ("curve", "day"),
    [
        ([0, 0, 5, 5, 5], 2.0),  # never behind: from the change on
        ([0, 0, -5, 5, 5], 4.0),
        ([0, 0, -5, 5, -5], math.inf),
        ([0, 0, 5, -5, 5], 5.0),  # behind again in between
        ([0, 0, 0, 0, 0], 2.0),
    ],
    ids=str,
)
def test_ahead_for_good_means_never_behind_again(curve: list[float], day: float) -> None:
    assert never_behind_from(np.array([curve], dtype=float), 2)[0] == day


def test_a_future_that_gains_nothing_has_not_paid_back() -> None:
    found = payback(np.zeros((4, HORIZON)), DAY)
    assert found.odds == 0.0
    assert np.isinf(found.ahead_from).all()
    assert not found.dips
    assert found.dip == 0.0


@pytest.fixture
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough to cover as stated, and quick enough to try it a hundred times."""
    monkeypatch.setattr("analysis.reorganisation.payback.RESAMPLES", 200)


@pytest.mark.usefixtures("few_resamples")
@pytest.mark.parametrize("spread", [60.0, 250.0])
def test_the_intervals_of_dip_and_break_even_cover_the_truth_as_often_as_they_say(spread: float) -> None:
    trials, hits, deep = 120, 0, 0
    for trial in range(trials):
        found = payback(futures(trial, 100, spread), DAY)
        hits += found.break_even_low <= MADE_GOOD <= found.break_even_high
        deep += found.dip_low <= -DIP <= found.dip_high
    assert hits / trials >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / trials)
    assert deep / trials >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / trials)


@pytest.mark.usefixtures("few_resamples")
def test_luck_alone_is_seldom_taken_for_a_dip() -> None:
    trials = 120
    seen = sum(payback(futures(trial, 100, 250.0, np.zeros(HORIZON)), DAY).dips for trial in range(trials))
    assert seen / trials <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / trials)


def test_a_break_even_that_luck_leaves_open_is_left_open() -> None:
    found = payback(futures(3, 10, 400.0), DAY)
    assert math.isinf(found.break_even_high)


def test_the_band_holds_all_days_and_so_is_wider_than_that_of_one_day() -> None:
    one_day = futures(1, 200, 100.0)[:, -1:]
    assert 1.7 < band(one_day) < 2.3
    assert band(futures(1, 200, 100.0)) > 2.4


def test_the_same_futures_give_the_same_answer() -> None:
    one, again = (payback(futures(1, 50, 100.0), DAY) for _ in range(2))
    assert (one.dip_low, one.dip_high) == (again.dip_low, again.dip_high)


def test_one_future_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two futures"):
        payback(planted()[None], DAY)


def words(found: Payback) -> str:
    return told("Scale-up agency", "merged", "separated", found, found.gain, years=2.0, once=ONCE, dropped=0)


def test_it_is_told_how_money_is_counted_and_what_moves_once() -> None:
    assert "counted on delivery, the end would be €50k more (95% interval €20k to €80k)" in counting(
        ONCE, False
    )
    assert "would be €50k less" in counting(Estimate(-5e4, -8e4, -2e4, 400), False)
    assert "cannot be told (95% interval −€10k to €30k)" in counting(Estimate(1e4, -1e4, 3e4, 400), False)
    assert counting(ONCE, True) == "Work in progress counts by completion."
    assert counting(ONCE, False) in words(payback(futures(2, 400, 60.0), DAY))


def test_weeks_are_counted_from_the_change() -> None:
    found = payback(np.tile(planted(), (3, 1)), DAY)
    assert [week(found, DAY + days) for days in (0, 1, 5, 6, 45)] == [1, 1, 1, 2, 9]


def test_a_change_that_pays_back_is_told_with_dip_week_and_odds() -> None:
    text = words(payback(futures(2, 400, 60.0), DAY))
    assert text.startswith("For Scale-up agency: in ") and "; on average it has." in text
    assert "The change costs about €1" in text and "at its deepest" in text
    assert "On average it is made good by week 4" in text
    assert "of 100 futures it has paid back by the end (day 500), half of these for good by week" in text


def test_a_change_that_loses_is_told_as_one() -> None:
    text = words(payback(futures(2, 400, 60.0, -planted()), DAY))
    assert "it has paid back by the end (day 500); on average it has not." in text
    assert "On average it is not made good: at the end it is €1" in text
    assert "made good by week" not in text


def hours_told(left: Floats, found: Payback) -> str:
    return in_hours(lost_hours(left, np.zeros_like(left), DAY, 200.0), found)


def test_hours_lost_are_told_with_when_interval_and_days_of_all() -> None:
    gains = futures(2, 400, 60.0)
    found = payback(gains, DAY)
    text = hours_told(left_to_do(gains), found)
    assert text.startswith("It costs about 2,000 hours of work: at the worst, around week ")
    assert "as many as all members do in 10 days. At the end, 3," in text
    assert text.endswith("hours fewer are left than without it.")
    assert "less than a day" in hours_told(left_to_do(gains) / 20, found)


def test_hours_that_luck_hides_are_not_claimed() -> None:
    noise = np.random.default_rng(4).normal(size=(30, HORIZON)).cumsum(axis=1)
    text = hours_told(noise, payback(futures(5, 30, 900.0), DAY))
    assert "cannot be told from luck" in text
    assert "It costs" not in text and "interval" not in text


def test_a_change_that_leaves_no_more_to_do_costs_no_hours() -> None:
    found = payback(futures(2, 20, 60.0), DAY)
    assert hours_told(np.full((20, HORIZON), -1.0), found) == (
        "On average no more work is left to do than without it, on any day."
    )
    few = payback(np.tile(planted(), (2, 1)), DAY)
    assert "on average of these" in hours_told(np.ones((2, HORIZON)), few)


def test_what_luck_hides_is_not_told() -> None:
    found = payback(futures(5, 30, 900.0), DAY)
    assert found.gain.sign == 0 and not found.dips
    text = words(found)
    assert "whether it has on average cannot be told yet" in text
    assert "cannot be told from luck" in text
    assert "more futures would tell" in text


def test_a_future_in_which_nothing_changed_is_neither_won_nor_lost() -> None:
    found = payback(np.array([planted(), -planted(), *[np.zeros(HORIZON)] * 18]), DAY)
    assert found.unchanged == 18 / 20
    assert "in 1 of 20 futures it is ahead by the end (day 500), in 18 it made no difference" in words(found)
    never = payback(np.array([-planted(), *[np.zeros(HORIZON)] * 39]), DAY)
    assert "in none of the 40 futures is it ahead by the end (day 500), in 39 it made no" in words(never)


@pytest.mark.parametrize("few", [2, 19])
def test_of_few_futures_nothing_is_claimed_but_what_they_were(few: int) -> None:
    text = words(payback(np.tile(planted(), (few, 1)), DAY))
    assert f"{few} futures are too few to tell whether it pays back" in text
    assert "interval" not in text and "made good" not in text
    assert f"; in all {few} futures it has paid back by the end." in text
    enough = words(payback(futures(2, 20, 60.0), DAY))
    assert "too few" not in enough and "interval" in enough


def test_of_none_it_is_asked_in_order() -> None:
    assert "in none of the 2 futures has it paid back" in words(payback(np.tile(-planted(), (2, 1)), DAY))


def test_a_change_that_never_costs_has_no_dip() -> None:
    text = words(payback(np.tile(np.abs(planted()), (20, 1)), DAY))
    assert "On average it is never behind." in text
    assert "made good" not in text and "deepest" not in text


def test_a_loss_is_nothing_to_hope_for() -> None:
    price = Estimate(-1e5, -2e5, -5e4, 40)
    loss, gain = (
        by_hope(Hopes(125, Estimate(at, at - 1e4, at + 1e4, 40), 0.5, price, 0.01, 0.5, 0.4, 0.02), 40)
        for at in (-2e5, 2e5)
    )
    assert "it would be €200k behind in week 25 on average: no gain to hope for by then." in loss
    assert "miss it" not in loss and "no gain" not in gain
    assert "take that as what is hoped for, and 20 of 40 futures miss it." in gain
