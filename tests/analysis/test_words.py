"""Numbers read as a head of delivery would write them."""

from __future__ import annotations

import math

import pytest

from analysis.words import numbers as words
from sim.vocabulary import BY_NAME


@pytest.mark.parametrize(
    ("euros", "text"),
    [
        (0, "€0"),
        (850, "€850"),
        (999.6, "€1.0k"),
        (3_400, "€3.4k"),
        (9_960, "€10k"),
        (310_000, "€310k"),
        (999_499, "€999k"),
        (999_600, "€1.0M"),
        (1_234_567, "€1.2M"),
        (123_400_000, "€123M"),
        (-40_000, "−€40k"),
        (-0.2, "€0"),
        (math.nan, "–"),
        (-math.inf, "−€∞"),
    ],
)
def test_money_in_two_or_three_digits(euros: float, text: str) -> None:
    assert words.money(euros) == text


@pytest.mark.parametrize(
    ("weight", "text"),
    [(0.00001, "0.00001"), (100.0, "100"), (1.5e6, "1,500,000"), (-0.5, "−0.5"), (0, "0")],
)
def test_a_weight_is_written_without_an_exponent(weight: float, text: str) -> None:
    assert words.plainly(weight) == text


def test_a_gain_carries_its_plus_and_nothing_carries_no_sign() -> None:
    assert words.money(310_000, signed=True) == "+€310k"
    assert words.money(0, signed=True) == "€0"
    assert words.number(-0.001, 1, signed=True) == "0.0"


def test_differences_keep_their_unit_and_show_an_interval_that_is_there() -> None:
    assert words.difference(BY_NAME["net_value_a_year"], 3.1e5, 4.1e4) == "+€310k ± €41k"
    assert words.difference(BY_NAME["on_time_share"], 0.083, 0.012) == "+8.3 ± 1.2"
    assert words.difference(BY_NAME["delay_days"], -4.24, 0.92) == "−4.2 ± 0.9"
    assert words.difference(BY_NAME["matter_wait_days"], -0.0991, 0.0031) == "−0.099 ± 0.003"
    assert words.difference(BY_NAME["delay_days"], math.nan, math.nan) == "–"
    assert words.difference(BY_NAME["objective"], 0.00715, 3.3832) == "+0.01 ± 3.38"
    assert words.difference(BY_NAME["objective"], 0.0412, 0.0031) == "+0.0412 ± 0.0031"


@pytest.mark.parametrize(
    ("euros", "half_width", "text"),
    [
        (850, 41_000, "€1k"),
        (320, 41_000, "€0"),
        (-850, 41_000, "−€1k"),
        (3_440, 410, "€3.4k"),
        (3_440, 41_000, "€3k"),
        (12_300, 2.1e6, "€0"),
        (312_000, 2.1e6, "€300k"),
        (310_000, 41_000, "€310k"),
        (2.3e6, 1.5e8, "€2M"),
        (850, math.nan, "€850"),
    ],
)
def test_money_has_no_finer_steps_than_the_interval_beside_it(
    euros: float, half_width: float, text: str
) -> None:
    assert words.money(euros, half_width) == text


def test_a_mean_in_points_has_no_more_decimals_than_its_interval() -> None:
    points = BY_NAME["objective"]
    assert words.amount(points, 0.00715, 3.3832, signed=True) == "+0.01 points"
    assert words.amount(points, 0.00215, 3.3832) == "0.00 points"
    assert words.amount(points, 0.0412, 0.0031) == "0.0412 points"
    assert words.span(points, -3.3760, 0.0034) == "−3.38 to 0.00 points"


def test_an_interval_tells_its_unit_once() -> None:
    assert words.span(BY_NAME["net_value_a_year"], -3.6e4, 8.9e4) == "−€36k to €89k"
    points = BY_NAME["objective"]
    assert words.span(points, -3.81, 7.75, signed=True) == "−3.81 to +7.75 points"
    assert words.span(points, -0.0412, 7.75) == "−0.04 to 7.75 points", "as exact as its other end"


def test_a_unit_follows_its_number_where_it_says_something() -> None:
    assert words.with_unit("2 to 3", "days") == "2 to 3 days"
    assert words.with_unit("360", "€ an hour") == "€360 an hour"
    ones = {"working days": "1 working day", "tickets a week": "1 ticket a week", "people": "1 person"}
    assert {unit: words.with_unit("1", unit) for unit in ones} == ones
    assert words.with_unit("0.03", "share a month") == "0.03 a month"
    assert words.with_unit("0.8", "chance") == words.with_unit("0.8", "") == "0.8"
    assert words.with_unit("21", "projects a year", "projects a year") == "21"
    assert [words.three_digits(v) for v in (-0.66667, 12345.6, 1600.0)] == ["−0.667", "12,346", "1,600"]


def test_an_amount_has_no_digit_that_its_interval_does_not_let_one_read() -> None:
    points = BY_NAME["objective"]
    assert words.amount(points, 0.0253) == "0.0253 points"
    assert words.amount(points, 0.0253, 1.21) == "0.03 points"
    assert words.amount(points, -0.0012, 1.21, signed=True) == "0.00 points"
    assert words.amount(points, 253.4, 1.21) == "253 points"
    assert words.amount(points, 0.0253, math.inf) == "0.0253 points", "one future alone"


def test_levels_are_rounded_as_the_outcome_asks() -> None:
    assert words.level(BY_NAME["on_time_share"], 0.6249) == "62%"
    assert words.level(BY_NAME["switching_share"], 0.0341) == "3.4%"
    assert words.level(BY_NAME["delay_days"], 31.26) == "31.3"
    assert words.level(BY_NAME["on_time_share"], math.nan) == "–"


@pytest.mark.parametrize(
    ("share", "futures", "text"),
    [
        (0.834, 1000, "83 of 100 futures"),
        (0.998, 1000, "more than 99 of 100 futures"),
        (1.0, 1000, "all 1,000 futures"),
        (0.003, 1000, "fewer than 1 of 100 futures"),
        (0.0, 1000, "none of the 1,000 futures"),
        (0.8, 5, "4 of 5 futures"),
        (0.75, 10, "8 of 10 futures"),  # a tie is half a win, and nobody lives half a future
        (0.99, 50, "49 of 50 futures"),
        (1.0, 1, "1 of 1 future"),
    ],
)
def test_odds_are_never_rounded_to_certainty(share: float, futures: int, text: str) -> None:
    assert words.odds(share, futures) == text


def test_lists_read_as_sentences_do() -> None:
    assert [words.listed(x) for x in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert [words.count(n) for n in (1, 6, 7, 5000)] == ["one", "six", "7", "5,000"]
