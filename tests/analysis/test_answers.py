"""An answer is never more certain than the runs allow, and a tie is called a tie."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.compare import Estimate
from analysis.statistics.selection import Answer as Selected
from analysis.statistics.selection import Selection
from analysis.words.answers import Answer, answer_of, wilson
from tests.examples import examples

MATTERS = 50_000.0


def selection(answer: Selected) -> Selection:
    return Selection("merged", "separated", answer, 1000, 0, (), {}, 100, {}, {}, MATTERS, 0.95)


def gain(low: float, high: float, futures: int = 1000) -> Estimate:
    return Estimate((low + high) / 2, low, high, futures)


@pytest.mark.parametrize(
    ("selected", "low", "high", "wins", "doubted", "answer"),
    [
        ("move", 100e3, 200e3, 0.97, None, "yes"),
        ("move", 100e3, 200e3, 0.97, 0.90, "yes"),
        ("move", 100e3, 200e3, 0.97, 0.60, "probably yes"),  # clear, unless our numbers are wrong
        ("move", 100e3, 200e3, 0.97, 0.40, "it depends"),
        ("move", 100e3, 200e3, 0.97, 0.48, "probably yes"),  # as good as half of those futures: not "most"
        ("move", 20e3, 90e3, 0.49, None, "probably yes"),
        ("move", 100e3, 200e3, 0.83, None, "probably yes"),  # surely better on average, yet often worse
        ("move", 20e3, 90e3, 0.97, None, "probably yes"),  # better, but perhaps by less than matters
        ("move", 20e3, 90e3, 0.40, None, "it depends"),  # better on average, worse in most futures
        ("tie", -40e3, 30e3, 0.50, None, "a tie"),
        ("tie", 10e3, 40e3, 0.99, 0.99, "a tie"),  # told apart, but by nothing that matters
        ("keep", -200e3, -100e3, 0.20, None, "probably no"),
        ("keep", -200e3, -100e3, 0.02, None, "no"),
        ("keep", -200e3, -100e3, 0.02, 0.45, "probably no"),
        ("keep", -200e3, -100e3, 0.60, None, "it depends"),
        ("keep", -200e3, -100e3, 0.20, 0.60, "it depends"),
        ("cannot tell", -300e3, 400e3, 0.52, 0.99, "cannot tell"),
    ],
)
def test_the_answer_follows_from_selection_and_odds(
    selected: Selected, low: float, high: float, wins: float, doubted: float | None, answer: Answer
) -> None:
    shaken = None if doubted is None else (doubted, 400)
    assert answer_of(selection(selected), gain(low, high), wins, shaken) == answer


def test_winning_each_of_five_futures_is_not_yet_a_plain_yes() -> None:
    assert answer_of(selection("move"), gain(100e3, 200e3, 5), 1.0) == "probably yes"
    assert answer_of(selection("move"), gain(100e3, 200e3, 500), 1.0) == "yes"


@examples(100)
@given(low=st.floats(-1e6, 1e6), width=st.floats(0, 1e6), wins=st.floats(0, 1), shaken=st.floats(0, 1))
def test_gain_and_loss_are_judged_alike(low: float, width: float, wins: float, shaken: float) -> None:
    mirrored = {"yes": "no", "probably yes": "probably no"}
    there = answer_of(selection("move"), gain(low, low + width), wins, (shaken, 400))
    back = answer_of(selection("keep"), gain(-low - width, -low), 1 - wins, (1 - shaken, 400))
    assert back == mirrored.get(there, there)


@examples(100)
@given(wins=st.floats(0, 1), shaken=st.floats(0, 1))
def test_doubting_the_assumptions_never_makes_an_answer_more_certain(wins: float, shaken: float) -> None:
    certain = {"yes": 2, "probably yes": 1, "it depends": 0}
    sure = answer_of(selection("move"), gain(1e5, 2e5), wins)
    doubted = answer_of(selection("move"), gain(1e5, 2e5), wins, (shaken, 400))
    assert certain[doubted] <= certain[sure]


@pytest.mark.parametrize(("share", "n"), [(0.0, 10), (1.0, 10), (0.5, 1), (0.83, 1000)])
def test_the_interval_of_a_share_is_inside_0_to_1_and_never_a_point(share: float, n: int) -> None:
    low, high = wilson(share, n)
    assert -1e-12 <= low < high <= 1 + 1e-12
    assert low - 1e-12 <= share <= high + 1e-12
    assert math.isfinite(low + high)
