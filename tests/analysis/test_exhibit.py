"""Answers print on a line, and show themselves in a notebook without running anything that a file brings."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

import analysis
from analysis.decision.result import Decision
from analysis.figures.exhibit import WIDTH, Exhibit
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.payback import days_of_block
from sim.scenario import load
from tests.fake_runs import organisation, simulate

HOSTILE = "<script>alert(1)</script> & Co"


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exhibit]:
    """One answer to each question."""
    out = tmp_path_factory.mktemp("answers")
    given = organisation(name=HOSTILE, horizon_days=40)
    return {
        "decide": analysis.decide(given, out=out, max_replications=50, doubted=0, simulate=simulate),
        "tip": analysis.tip(given, "managers=2..6", against="agile", runs=400, out=out, simulate=simulate),
        "why": analysis.why(given, against="agile", runs=400, out=out, simulate=simulate),
        "reorganise": analysis.reorganise(
            given, to="agile", day=10, replications=2, out=out, simulate=days_of_block
        ),
        "trace": analysis.trace(given),
    }


QUESTIONS = ("decide", "tip", "why", "reorganise", "trace")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_prints_on_one_line_that_begins_with_its_question(
    question: str, answers: dict[str, Exhibit]
) -> None:
    printed = repr(answers[question])
    assert "\n" not in printed and len(printed) < WIDTH + 20
    assert answers[question].told().question[:40] in printed


def test_whatever_a_user_holds_prints_on_a_line_that_says_what_it_is(
    answers: dict[str, Exhibit], tmp_path: Path
) -> None:
    scenario = load("scenarios/scaleup.yaml")
    model = DeliveryOrganisation(scenario, "merged", 3)
    decision = answers["decide"]
    assert isinstance(decision, Decision)
    held = {
        "Scenario 'Scale-up agency': 48 members in 8 teams, 6 managers, 500 days,": scenario,
        "DeliveryOrganisation: Scale-up agency, merged, future 3, day 0 of 500": model,
        "World: day 0, 6 managers, 8 teams, 48 members,": model.world,
        "DeliveryLead 2": model.world.managers[2],
        "Team 1": model.world.teams[1],
        f"Comparison of {HOSTILE}: 5 with merged by net_value_a_year, over": decision.comparison,
        "BatchResult:": decision.batch,
        "WrittenOut: 26 lines": analysis.structure("merged"),
    }
    for said, thing in held.items():
        printed = repr(thing)
        assert printed.startswith(f"<{said}") and printed.endswith(">"), printed
        assert "\n" not in printed and len(printed) < 2 * WIDTH


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_notebook_shows_question_and_words_and_nothing_of_a_file_runs(
    question: str, answers: dict[str, Exhibit]
) -> None:
    shown = answers[question]._repr_html_()
    assert shown.startswith("<h4>") and "?</h4><p>" in shown
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in shown


def test_a_notebook_shows_the_figure_as_an_image(answers: dict[str, Exhibit]) -> None:
    for question in ("decide", "why", "reorganise"):
        source = answers[question]._repr_html_().split('src="data:image/svg+xml;base64,')[1].split('"')[0]
        assert b"<svg" in base64.b64decode(source)


def test_a_figure_that_was_damaged_since_is_left_out(tmp_path: Path) -> None:
    decision = analysis.decide(
        organisation(), out=tmp_path, max_replications=50, doubted=0, simulate=simulate
    )
    drawn = next(path for path in decision.figures if path.suffix == ".svg")
    assert "<img" in decision._repr_html_()
    drawn.write_bytes(drawn.read_bytes().replace(b"<svg", b"<svg onload='alert(1)'", 1))
    assert "<img" not in decision._repr_html_()
