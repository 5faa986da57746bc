"""From a scenario file to an answer that is kept with what it rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from analysis.decision.ask import decide, rounds
from analysis.statistics.selection import FIRST_FUTURES
from sim.batch.results import read_results
from sim.batch.study import BLOCK
from sim.scenario import Scenario
from tests.fake_runs import Row, organisation, outcomes, simulate


def test_an_answer_is_kept_with_its_runs_and_its_figure(tmp_path: Path) -> None:
    decision = decide(organisation(), max_replications=100, doubted=0, out=tmp_path, simulate=simulate)
    assert decision.verdict.challenger == "separated"
    assert decision.comparison.futures == 100
    assert str(decision).startswith("Split the roles? For Scale-up agency: ")
    assert [p.name for p in decision.figures] == ["decision.png", "decision.svg"]
    assert all(p.parent == decision.batch.folder and p.stat().st_size > 10_000 for p in decision.figures)
    assert len(read_results(decision.batch.folder)) == 300


def test_the_question_is_asked_of_the_structure_of_today(tmp_path: Path) -> None:
    decision = decide(organisation(current="agile"), max_replications=50, out=tmp_path, simulate=simulate)
    assert decision.comparison.current == "agile"
    assert "than agile" in decision.verdict.text


def fifty_thousand_apart(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Value of 12 million in each run, and one structure always 50,000 a year ahead."""
    fixed = {"value_delivered": 12e6}
    return [
        (s, r, run | fixed | {"net_value_a_year": 1e6 + 5e4 * (s == "separated")}, why)
        for s, r, run, why in simulate(scenario, replications)
        if run is not None
    ]


def test_what_matters_is_told_by_the_year_and_not_by_the_horizon(tmp_path: Path) -> None:
    """12 million over 500 days are 6 million in a year of 250 days: 1% is 60,000; over 1,000 days, 30,000."""
    answers = []
    for horizon in (500, 1000):
        scenario = organisation(structures=["merged", "separated"], horizon_days=horizon)
        answers.append(decide(scenario, doubted=0, out=tmp_path, simulate=fifty_thousand_apart).verdict)
    assert [a.answer for a in answers] == ["a tie", "yes"]
    assert "hardly more than the €60k that would matter" in answers[0].text


def test_one_structure_gives_its_means_and_no_figure(tmp_path: Path) -> None:
    decision = decide(
        organisation(structures=["merged"]), max_replications=25, out=tmp_path, simulate=simulate
    )
    assert decision.figures == ()
    assert decision.verdict.answer == "cannot tell"


def test_sampling_stops_when_the_best_is_known_and_goes_on_while_it_is_not(tmp_path: Path) -> None:
    far = decide(organisation(structures=["merged", "dm_only"]), doubted=0, out=tmp_path, simulate=simulate)
    assert far.judgement.selection is not None and far.judgement.selection.decided
    assert far.batch.replications == FIRST_FUTURES
    near = organisation(name="Near", structures=["merged", "pm_only"], replications=450)
    close = decide(near, matters=50.0, doubted=0, out=tmp_path, simulate=simulate)
    assert close.batch.replications == 450
    assert close.verdict.answer == "cannot tell" or close.judgement.selection.decided  # type: ignore[union-attr]


def test_rounds_grow_in_whole_blocks_up_to_the_most() -> None:
    assert list(rounds(120)) == [120]
    whole = list(rounds(1010))
    assert whole[0] == FIRST_FUTURES and whole[-1] == 1010
    assert all(futures % BLOCK == 0 for futures in whole[:-1])
    assert whole == sorted(set(whole))


def test_what_cannot_be_told_yet_says_how_many_futures_it_would_take(tmp_path: Path) -> None:
    decision = decide(organisation(), max_replications=30, doubted=0, out=tmp_path, simulate=simulate)
    assert decision.verdict.answer == "cannot tell"
    assert "cannot tell yet, about " in decision.verdict.text


def patience_decides(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Separated is ahead by 300,000 at a patience of 2 days, and behind by as much at 7."""
    gain = 3e5 - 1.2e5 * (scenario.assumptions.get("patience", 2.0) - 2.0)
    return [
        (s, r, outcomes(scenario.seed, s, r, gain if s == "separated" else 0.0), None)
        for r in replications
        for s in scenario.structure_names
    ]


def test_futures_with_assumptions_in_doubt_tell_what_the_answer_hangs_on(tmp_path: Path) -> None:
    two = organisation(structures=["merged", "separated"])
    decision = decide(two, doubted=200, out=tmp_path, simulate=patience_decides)
    doubted = decision.doubted
    assert doubted is not None and doubted.futures == 200
    assert decision.verdict.win_share > 0.75 > decision.verdict.doubted_share
    assert doubted.drivers["separated"][0].name == "patience"
    assert (
        "What it hangs on most: how long teams wait for an answer (the higher, the worse for separated; on "
        "average it flips at about" in decision.verdict.whole
    )


def test_what_the_scenario_sets_itself_is_not_doubted(tmp_path: Path) -> None:
    known = organisation(structures=["merged", "separated"], assumptions={"patience": 2.0})
    decision = decide(known, doubted=200, out=tmp_path, simulate=patience_decides)
    assert decision.verdict.doubted_share == decision.doubted.win_share["separated"] > 0.75  # type: ignore[union-attr]
    assert "how long teams wait for an answer" not in decision.verdict.whole


def test_another_number_of_managers_is_told_but_not_chosen(tmp_path: Path) -> None:
    beside = organisation(structures=["merged", "separated"], unequal_managers={"separated": 7})

    def seven_win(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        gains = {"separated with 7 managers": 9e5, "separated": 3e5}
        return [
            (s, r, outcomes(scenario.seed, s, r, gains.get(s, 0.0)), None)
            for r in replications
            for s in scenario.structure_names
        ]

    decision = decide(beside, doubted=0, out=tmp_path, simulate=seven_win)
    assert decision.verdict.challenger == "separated"
    assert decision.comparison.structures == ("merged", "separated")
    assert "not like for like: separated with 7 managers +€" in decision.verdict.whole
    seven, beside_them = "separated with 7 managers", decision.judgement.shown
    assert beside_them.beside == (seven,)
    assert beside_them.gain("separated") == decision.comparison.gain("separated")
    assert 8e5 < beside_them.gain(seven).mean < 1e6


def test_the_answer_is_kept_in_words_and_numbers(tmp_path: Path) -> None:
    decision = decide(organisation(), max_replications=100, doubted=50, out=tmp_path, simulate=simulate)
    kept = json.loads((decision.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert kept["text"] == decision.verdict.text
    assert kept["doubted"]["futures"] == 50
    assert kept["selection"]["answer"] in {"move", "keep", "tie", "cannot tell"}


def test_an_objective_of_ones_own_decides(tmp_path: Path) -> None:
    """Weighed by delays alone, the structure that earns less but is never late is the better one."""

    def late_or_poor(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        rows: list[Row] = []
        for s, r, run, why in simulate(scenario, replications):
            delay = 60.0 if s == "separated" else 10.0
            rows.append((s, r, {**(run or {}), "delay_days": delay, "objective": -delay}, why))
        return rows

    two = {"structures": ["merged", "separated"]}
    by_money = decide(organisation(**two), doubted=0, out=tmp_path, simulate=late_or_poor)
    by_delay = decide(
        organisation(**two, objective={"delay_days": -1.0}), doubted=0, out=tmp_path, simulate=late_or_poor
    )
    assert by_money.verdict.answer == "probably yes"
    assert by_delay.verdict.answer == "no"
    assert "50.0 points less than merged" in by_delay.verdict.text
    assert "objective: −1 × Delay of due projects, mean." in by_delay.verdict.whole


def test_fewer_futures_later_neither_fail_nor_take_the_place_of_the_larger_answer(tmp_path: Path) -> None:
    two = organisation(structures=["merged", "separated"])
    larger = decide(two, max_replications=100, doubted=50, out=tmp_path, simulate=simulate)
    smaller = decide(two, max_replications=50, doubted=25, out=tmp_path, simulate=simulate)
    assert smaller.doubted is not None and smaller.doubted.futures == 25
    assert smaller.comparison.futures == 50
    kept = json.loads((larger.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert kept["difference"]["futures"] == 100
    assert smaller.figures == ()
