"""A verdict says what whoever must decide will ask, and nothing that the runs do not show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.decision.assumption_doubt import Doubted
from analysis.decision.verdict import Verdict, verdict
from analysis.statistics.compare import Estimate, by_structure, compare, complete_futures
from analysis.statistics.doubt import Driver
from analysis.statistics.selection import select
from sim.vocabulary import NET_VALUE
from tests.fake_runs import fail, judged, results


def said(gains: dict[str, float], futures: int = 400, **more: object) -> Verdict:
    frame = results(gains, futures, **more)  # type: ignore[arg-type]
    return verdict(*judged(frame, next(iter(gains))), managers=6)


def test_the_paragraph_says_the_answer_its_size_its_odds_and_its_limits() -> None:
    answer = said({"merged": 0, "separated": 3e5})
    assert answer.question == "Split the roles?"
    assert answer.answer == "probably yes"
    assert answer.text.startswith(
        "For Scale-up agency: probably yes. With the same six managers, separating the roles "
    )
    assert "€296k a year more than merged (95% interval €253k to €339k)" in answer.whole
    assert "It wins in 85 of 100 futures." in answer.whole
    assert answer.whole.endswith(
        "No controlled study of splitting against merging these roles has been published, "
        "and the doubt about our assumptions is not counted in."
    )
    assert "rounding" not in answer.whole
    assert "left out" not in answer.whole


def test_of_several_structures_the_best_is_judged_and_the_others_are_told() -> None:
    answer = said({"merged": 0, "agile": -1e5, "separated": 3e5})
    assert answer.challenger == "separated"
    assert (
        "Against merged also: agile −€105k a year (−€155k to −€55k; wins in 36 of 100 futures)."
        in answer.whole
    )


def test_when_all_others_are_worse_it_says_to_keep_what_there_is() -> None:
    answer = said({"separated": 3e5, "merged": 0})
    assert (answer.question, answer.answer) == ("Merge the roles?", "probably no")
    assert "probably no, separated is ahead" in answer.whole
    assert "€296k a year less than separated (95% interval −€339k to −€253k)" in answer.whole


def test_a_tie_says_what_would_have_mattered() -> None:
    answer = said({"merged": 0, "separated": 500})
    assert answer.answer == "a tie"
    assert "hardly more than the €50k that would matter" in answer.whole


def test_too_few_futures_ask_for_more() -> None:
    answer = said({"merged": 0, "separated": 5e4}, 20)
    assert answer.answer == "cannot tell"
    assert "cannot tell yet" in answer.whole
    assert "more futures needed" in answer.whole


@pytest.mark.parametrize(("spread", "warned"), [(0.8, True), (0.55, False)])
def test_managers_loaded_unevenly_are_a_warning_about_rounding(spread: float, warned: bool) -> None:
    loads = {"merged": {"manager_use_spread": 0.45}, "separated": {"manager_use_spread": spread}}
    answer = said({"merged": 0, "separated": 3e5}, changes=loads)
    apart = "80% of their time under separated and 45% of their time under merged apart"
    assert (f"{apart}: part of this may be rounding of heads." in answer.whole) == warned


def test_futures_left_out_are_counted_in_words() -> None:
    frame = fail(results({"merged": 0, "separated": 3e5}, 50), "merged", 3)
    answer = verdict(*judged(frame, "merged"), managers=1)
    assert "1 of 50 futures was left out, because a run of it failed." in answer.whole
    assert "With the same one manager, " in answer.whole


def test_futures_that_give_the_objective_nothing_to_measure_are_left_out_and_told() -> None:
    frame = results({"merged": 0, "separated": 3e5}, 50)
    frame["objective"] = frame[NET_VALUE].where(frame["replication"] >= 2)
    comparison = compare(frame, current="merged", objective="objective")
    values = by_structure(complete_futures(frame, "objective"), "objective", comparison.structures)
    text = verdict(comparison, select(values, comparison.structures, "merged", 50.0), managers=6).whole
    assert "2 of 50 futures were left out, because a run of them failed or gave the objective nothing" in text
    nothing = compare(frame[frame["replication"] < 2], current="merged", objective="objective")
    assert verdict(nothing, None, managers=6).whole.endswith("and give the objective something to measure.")


def test_one_structure_alone_has_no_verdict() -> None:
    answer = said({"merged": 0})
    assert (answer.answer, answer.challenger) == ("cannot tell", None)
    assert "only merged was run" in answer.whole


def test_no_future_that_ended_has_no_verdict() -> None:
    frame = results({"merged": 0, "separated": 0}, 1)
    answer = verdict(*judged(fail(frame, "merged", 0), "merged"), managers=6)
    assert answer.challenger is None
    assert "in no future did every structure run to its end" in answer.whole


def test_the_doubt_about_assumptions_is_told_beside_the_odds_of_luck() -> None:
    frame = results({"merged": 0, "separated": 3e5}, 400)
    drivers = {"separated": (Driver("patience", 0.4, Estimate(3.1, 2.4, 4.0, 200), 2.5),)}
    doubted = Doubted(200, 3, {"separated": Estimate(1e5, 4e4, 1.6e5, 200)}, {"separated": 0.71}, drivers)
    answer = verdict(*judged(frame, "merged"), managers=6, doubted=doubted)
    assert answer.doubted_share == 0.71
    assert (
        "It wins in 85 of 100 futures, and in 71 of 100 once the doubt about our assumptions is counted in."
        in answer.text
    )
    assert "With the assumptions in doubt the mean is +€100k a year (€40k to €160k), beside" in answer.whole
    assert (
        "What would change it: how long teams wait for an answer [assumptions.patience] (2.5 days here): on "
        "average it flips at about 3.1 days (2.4 to 4)." in answer.text
    )
    assert "What it hangs on most: " in answer.whole
    assert (
        "What it hangs on most: how long teams wait for an answer (the higher, the better for separated; "
        "on average it flips at about 3.1 days, 2.4 to 4; we assume 2.5)." in answer.whole
    )
    assert "not counted in" not in answer.whole
    left_out = "3 of 203 futures were left out, because a run of them failed."
    assert f"With the assumptions in doubt, {left_out}" in answer.whole


def test_what_loses_in_most_doubted_futures_is_no_advice() -> None:
    frame = results({"merged": 0, "separated": 3e5}, 400)
    doubted = Doubted(200, 0, {"separated": Estimate(-1e4, -5e4, 3e4, 200)}, {"separated": 0.40}, {})
    answer = verdict(*judged(frame, "merged"), managers=6, doubted=doubted)
    assert answer.answer == "it depends"
    assert "behind in most of the futures in which we doubt them" in answer.whole


def test_an_answer_that_the_last_interval_alone_would_not_allow_says_why_it_stands() -> None:
    comparison, selection = judged(results({"merged": 0, "separated": 3e5}, 400), "merged")
    assert "was sure after" not in verdict(comparison, selection, managers=6).whole
    since = comparison.with_gains({"separated": Estimate(28e3, -9e3, 65e3, 400)})
    then = {"separated": Estimate(40e3, 1e3, 79e3, 300)}
    earlier = replace(selection, futures=300, differences=then)
    text = verdict(since, earlier, managers=6).whole
    assert "95% interval −€9k to +€65k" in text
    assert "That it is more was sure after 300 futures; " in text


def test_an_organisation_that_loses_its_business_is_told_before_it_reorganises() -> None:
    for lost, told in ((1e6, False), (2e6, True)):
        money = {"value_delivered": 3e6, "service_income": 1e6, "revenue_lost": lost}
        text = said({"merged": 0, "separated": 3e5}, changes={"merged": money, "separated": money}).whole
        assert ("Under merged clients take 33% of the work elsewhere (€2.0M)" in text) is told


def test_an_organisation_that_gets_nothing_done_is_told_before_it_reorganises() -> None:
    for share, told in ((0.4, False), (0.99, True)):
        undone = {"unfinished_share": share}
        text = said({"merged": 0, "separated": 3e5}, changes={"merged": undone, "separated": undone}).whole
        assert ("Under merged 99% of the due projects are unfinished at the end: look at" in text) is told


def test_the_size_is_told_in_days_and_in_what_moves_most() -> None:
    later = {
        "merged": {"delay_days": 30.0, "fatigue": 0.1},
        "separated": {"delay_days": 33.5, "fatigue": 0.1},
    }
    text = said({"merged": 0, "separated": 3e5}, changes=later).whole
    assert "due projects come 3.5 days later than under merged" in text
    moved = text.split("What moves most: ")[1].split("\n")[0]
    assert len(moved.split("; ")) == 3
    assert "fatigue" not in moved, "what does not move is not told"


def test_another_number_of_managers_is_told_apart() -> None:
    gains = {"merged": 0, "separated": 3e5, "separated with 7 managers": 9e5}
    frame = results(gains, 400)
    alike = frame[frame["structure"] != "separated with 7 managers"]
    beside = compare(frame[frame["structure"] != "separated"], current="merged")
    answer = verdict(*judged(alike, "merged"), managers=6, unequal=beside)
    assert answer.challenger == "separated"
    unlike = next(p for p in answer.details if "not like for like" in p)
    assert "separated with 7 managers +€897k a year" in unlike


def test_a_mean_is_told_in_the_decimals_of_the_interval_beside_it() -> None:
    """One future up, one down: a mean of nearly nothing, and an interval of several points."""
    frame = results({"merged": 0, "separated": 0}, 400)
    apart = np.where(frame["replication"] % 2, 30.0, -30.0) + 0.00715
    frame["objective"] = np.where(frame["structure"] == "separated", apart, 0.0)
    comparison = compare(frame, current="merged", objective="objective")
    values = by_structure(frame, "objective", comparison.structures)
    text = verdict(comparison, select(values, comparison.structures, "merged", 0.5), managers=6).whole
    assert "would bring 0.01 points more than merged (95% interval −2.95 to +2.96 points)" in text


def test_an_objective_of_ones_own_is_told_in_its_points() -> None:
    frame = results({"merged": 0, "separated": 3e5}, 400)
    frame["objective"] = frame[NET_VALUE] / 1e3
    comparison = compare(frame, current="merged", objective="objective")
    values = by_structure(frame, "objective", comparison.structures)
    answer = verdict(comparison, select(values, comparison.structures, "merged", 50.0), managers=6)
    assert "would bring 296 points more than merged (95% interval 2" in answer.whole
    assert "€" not in answer.paragraphs[0]
