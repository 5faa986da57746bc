"""From a scenario file to an answer that is kept with what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analysis.decide import decide
from sim.batch import read_results
from sim.scenario import Scenario
from tests.fake_runs import Row, organisation, simulate


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
