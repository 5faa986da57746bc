"""A verdict is never more certain than the runs allow, and a tie is called a tie."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare import Estimate, compare
from analysis.verdict import Answer, Verdict, answer_from, verdict, what_matters, wilson
from tests.fake_runs import fail, results

MATTERS = 50_000.0


def gain(low: float, high: float, futures: int = 1000) -> Estimate:
    return Estimate((low + high) / 2, low, high, futures)


def said(gains: dict[str, float], futures: int = 400, **more: object) -> Verdict:
    frame = results(gains, futures, **more)  # type: ignore[arg-type]
    return verdict(compare(frame, current=next(iter(gains))), managers=6, matters=MATTERS)


@pytest.mark.parametrize(
    ("low", "high", "wins", "answer"),
    [
        (100e3, 200e3, 0.97, "yes"),
        (100e3, 200e3, 0.83, "probably yes"),  # surely better on average, yet often worse
        (20e3, 90e3, 0.97, "probably yes"),  # better, but perhaps by less than matters
        (20e3, 90e3, 0.40, "cannot tell"),  # better on average, worse in most futures
        (-20e3, 90e3, 0.60, "cannot tell"),
        (-300e3, 400e3, 0.52, "cannot tell"),
        (-40e3, 30e3, 0.50, "a tie"),
        (10e3, 40e3, 0.99, "a tie"),  # told apart, but by nothing that matters
        (-200e3, -100e3, 0.20, "probably no"),
        (-200e3, -100e3, 0.02, "no"),
        (-200e3, -100e3, 0.60, "cannot tell"),
    ],
)
def test_the_answer_follows_from_interval_and_odds(
    low: float, high: float, wins: float, answer: Answer
) -> None:
    assert answer_from(gain(low, high), wins, MATTERS) == answer


def test_winning_each_of_five_futures_is_not_yet_a_plain_yes() -> None:
    assert answer_from(gain(100e3, 200e3, 5), 1.0, MATTERS) == "probably yes"
    assert answer_from(gain(100e3, 200e3, 500), 1.0, MATTERS) == "yes"


def test_one_future_tells_nothing() -> None:
    assert answer_from(Estimate(1e6, -math.inf, math.inf, 1), 1.0, MATTERS) == "cannot tell"
    assert "one future alone has no interval" in said({"merged": 0, "separated": 3e5}, 1).text


@given(
    low=st.floats(-1e6, 1e6),
    width=st.floats(0, 1e6),
    wins=st.floats(0, 1),
    futures=st.integers(2, 10_000),
    matters=st.floats(0, 1e5),
)
def test_gain_and_loss_are_judged_alike(
    low: float, width: float, wins: float, futures: int, matters: float
) -> None:
    mirrored = {"yes": "no", "probably yes": "probably no", "no": "yes", "probably no": "probably yes"}
    there = answer_from(gain(low, low + width, futures), wins, matters)
    back = answer_from(gain(-low - width, -low, futures), 1 - wins, matters)
    assert back == mirrored.get(there, there)


@given(low=st.floats(-1e6, 1e6), wider=st.floats(1, 1e6), wins=st.floats(0, 1), fewer=st.integers(2, 1000))
def test_fewer_runs_never_make_an_answer_more_certain(
    low: float, wider: float, wins: float, fewer: int
) -> None:
    certain = {"yes": 2, "no": 2, "a tie": 2, "probably yes": 1, "probably no": 1, "cannot tell": 0}
    few = answer_from(gain(low - wider, low + 2 * wider, fewer), wins, MATTERS)
    many = answer_from(gain(low, low + wider, 1000), wins, MATTERS)
    assert certain[few] <= certain[many]


def test_the_paragraph_says_the_answer_its_size_its_odds_and_its_limits() -> None:
    answer = said({"merged": 0, "separated": 3e5})
    assert answer.question == "Split the roles?"
    assert answer.answer == "probably yes"
    assert answer.text.startswith(
        "For Scale-up agency: probably yes. With the same six managers, separating them "
    )
    assert "€296k a year more than merged (95% interval €269k to €324k)" in answer.text
    assert "It wins in 85 of 100 futures." in answer.text
    assert answer.text.endswith(
        "No controlled study of splitting against merging these roles has been published, "
        "and the doubt about our assumptions is not counted in yet."
    )
    assert "rounding" not in answer.text
    assert "left out" not in answer.text


def test_of_several_structures_the_best_is_judged_and_the_others_are_told() -> None:
    answer = said({"merged": 0, "agile": -1e5, "separated": 3e5})
    assert answer.challenger == "separated"
    assert (
        "Against merged also: agile −€105k a year (−€135k to −€75k; wins in 36 of 100 futures)."
        in answer.text
    )


def test_when_all_others_are_worse_it_says_to_keep_what_there_is() -> None:
    answer = said({"separated": 3e5, "merged": 0})
    assert (answer.question, answer.answer) == ("Merge the roles?", "probably no")
    assert "probably no, separated is ahead" in answer.text
    assert "€296k a year less than separated (95% interval −€324k to −€269k)" in answer.text


def test_a_tie_says_what_would_have_mattered() -> None:
    answer = said({"merged": 0, "separated": 500})
    assert answer.answer == "a tie"
    assert "within the €50k a year (1% of the value delivered) that would matter" in answer.text


def test_too_few_futures_ask_for_more() -> None:
    answer = said({"merged": 0, "separated": 5e4}, 20)
    assert answer.answer == "cannot tell"
    assert "cannot tell yet" in answer.text
    assert "more replications would narrow it" in answer.text


@pytest.mark.parametrize(("spread", "warned"), [(0.8, True), (0.55, False)])
def test_managers_loaded_unevenly_are_a_warning_about_rounding(spread: float, warned: bool) -> None:
    loads = {"merged": {"manager_use_spread": 0.45}, "separated": {"manager_use_spread": spread}}
    answer = said({"merged": 0, "separated": 3e5}, changes=loads)
    apart = "80% of their time under separated and 45% of their time under merged apart"
    assert (f"{apart}: part of this may be rounding of heads." in answer.text) == warned


def test_futures_left_out_are_counted_in_words() -> None:
    frame = fail(results({"merged": 0, "separated": 3e5}, 50), "merged", 3)
    answer = verdict(compare(frame, current="merged"), managers=1, matters=MATTERS)
    assert "1 of 50 futures was left out, because a run of it failed." in answer.text
    assert "With the same one manager, " in answer.text


def test_one_structure_alone_has_no_verdict() -> None:
    answer = said({"merged": 0})
    assert (answer.answer, answer.challenger) == ("cannot tell", None)
    assert "only merged was run" in answer.text


def test_no_future_that_ended_has_no_verdict() -> None:
    frame = results({"merged": 0, "separated": 0}, 1)
    answer = verdict(compare(fail(frame, "merged", 0), current="merged"), managers=6, matters=MATTERS)
    assert answer.challenger is None
    assert "in no future did every structure run to its end" in answer.text


def test_what_matters_is_a_hundredth_of_the_value_delivered_in_a_year() -> None:
    compared = compare(
        results({"merged": 0}, changes={"merged": {"value_delivered": 12e6}}), current="merged"
    )
    assert what_matters(compared, years=2) == pytest.approx(60_000)


@pytest.mark.parametrize(("share", "n"), [(0.0, 10), (1.0, 10), (0.5, 1), (0.83, 1000)])
def test_the_interval_of_a_share_is_inside_0_to_1_and_never_a_point(share: float, n: int) -> None:
    low, high = wilson(share, n)
    assert -1e-12 <= low < high <= 1 + 1e-12
    assert low - 1e-12 <= share <= high + 1e-12
