"""A dozen answers make a scenario that a person would have written, and that can be decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.questionnaire.ask import content, new
from analysis.questionnaire.comments import commented
from analysis.questionnaire.prices import price_by_cost, unusual_price
from analysis.questionnaire.questions import QUESTIONS, Question, share_asked_for
from analysis.questionnaire.typed_answers import (
    names_typed,
    number_typed,
    pools_typed,
    share_typed,
    structure_typed,
)
from sim.scenario import load
from sim.scenario.reading.problems import ScenarioError
from tests.examples import examples

DEFAULTS: dict[str, Any] = {}
for question in QUESTIONS:
    DEFAULTS[question.key] = question.default(DEFAULTS)


def saying(**said: str) -> tuple[Any, list[str]]:
    """Somebody who says so, takes the default elsewhere, and gives up his mistakes; and what he was told."""
    told: list[str] = []
    left: dict[str, Iterator[str]] = {key: iter(text.split("|")) for key, text in said.items()}

    def ask(question: Question, default: Any, wrong: str) -> str:
        told.append(wrong)
        return next(left.get(question.key, iter([""])), "")

    return ask, told


def test_the_defaults_are_a_scenario_that_check_accepts_and_that_compares_what_people_ask_about(
    tmp_path: Path,
) -> None:
    written = new(tmp_path / "my.yaml")
    assert written == load(tmp_path / "my.yaml")
    assert written.structure_names == ("merged", "separated", "agile")
    assert [p.name for p in tmp_path.iterdir()] == ["my.yaml"]


def test_answers_reach_the_file(tmp_path: Path) -> None:
    ask, _ = saying(
        name="Acme", teams="3", specialists="security 2, test lab 1", cross_team="45%", current="agile"
    )
    scenario = new(tmp_path / "my.yaml", ask=ask)
    assert (scenario.name, scenario.current, len(scenario.teams)) == ("Acme", "agile", 3)
    assert scenario.pools == {"security": 2, "test lab": 1}
    assert scenario.portfolio.projects is not None
    assert scenario.portfolio.projects.cross_team == 0.45


@pytest.mark.parametrize(("said", "own"), [("", {}), ("32.5", {}), ("0", {"free_hour_value": 0.0})])
def test_what_a_free_hour_is_worth_is_set_if_it_is_known_and_else_stays_in_doubt(
    tmp_path: Path, said: str, own: dict[str, float]
) -> None:
    ask, _ = saying(free_hour=said)
    assert new(tmp_path / "my.yaml", ask=ask).assumptions == own


def test_a_mistake_is_told_and_asked_again(tmp_path: Path) -> None:
    ask, told = saying(managers="many|-2|4", current="matrix|separated", specialists="security|none")
    scenario = new(tmp_path / "my.yaml", ask=ask)
    assert (scenario.managers, scenario.current) == (4, "separated")
    wrongs = [wrong for wrong in told if wrong]
    assert len(wrongs) == 4
    assert "'matrix' is no structure that is known; write one of merged, separated" in wrongs[0]
    assert "'many' is no number such as 12 or 2.5" in wrongs[1]
    assert "is -2; give a whole number from 1" in wrongs[2]
    assert "write as: security 2" in wrongs[3]


@pytest.mark.parametrize("skills", ["law, geo", "law; geo", "law;geo,"])
def test_names_may_be_parted_by_semicolons_as_spreadsheets_part_them(tmp_path: Path, skills: str) -> None:
    ask, _ = saying(skills=skills)
    scenario = new(tmp_path / "my.yaml", ask=ask)
    assert {team.skill for team in scenario.teams} == {"law", "geo"}


def test_one_manager_compares_what_one_person_can_hold(tmp_path: Path) -> None:
    ask, _ = saying(managers="1")
    assert new(tmp_path / "my.yaml", ask=ask).structure_names == ("merged", "pm_only", "dm_only")


def test_work_fits_the_hands_unless_the_user_says_otherwise() -> None:
    for members in (3, 12):
        answers = DEFAULTS | {"members": members}
        for key in ("a_year", "at_start"):
            answers[key] = next(q for q in QUESTIONS if q.key == key).default(answers)
        assert 0.3 < share_asked_for(answers) < 0.42


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "my.yaml"
    there.write_text("mine")
    with pytest.raises(ScenarioError, match="is there already"):
        new(there)
    assert there.read_text() == "mine"


@examples(100)
@given(name=st.text(min_size=1, max_size=60), pool=st.text(min_size=1, max_size=20))
@example(name="breaks \x85 a line", pool="\u2028")
def test_whatever_things_are_called_the_file_says_it(name: str, pool: str) -> None:
    values = content(DEFAULTS | {"name": name, "specialists": {pool: 2}})
    text = commented(values, 0.35)
    try:
        read = yaml.safe_load(text)
    except yaml.reader.ReaderError:  # a character that no YAML file can hold
        return
    assert read == values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5-7", 6),
        ("5 to 7 people", 6),
        ("120 EUR", 120),
        ("€ 1,600 an hour", 1600),
        ("about 12", 12),
        ("six", 6),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("1.6k", 1600),
        ("14 projects a year", 14),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert number_typed(text) == number


@pytest.mark.parametrize(
    ("text", "share"), [("10%", 0.1), ("10", 0.1), ("5-15 %", 0.1), ("0.5 percent", 0.005)]
)
def test_shares_are_typed_in_percent(text: str, share: float) -> None:
    assert share_typed(text) == share


@pytest.mark.parametrize(("text", "readings"), [("1.600", ("1.6", "1600")), ("0.3", ("0.3%", "30%"))])
def test_what_could_mean_two_things_is_refused_with_both(text: str, readings: tuple[str, str]) -> None:
    read = share_typed if "%" in readings[0] else number_typed
    with pytest.raises(ValueError, match=re.escape(readings[0])) as refused:
        read(text)
    assert readings[1] in str(refused.value)


@pytest.mark.parametrize(
    ("text", "preset"),
    [
        ("delivery lead", "merged"),
        ("project managers and delivery managers", "separated"),
        ("Split", "separated"),
        ("scrum", "agile"),
        ("product owner", "agile"),
        ("project manager", "pm_only"),
        ("Delivery Manager", "dm_only"),
        ("pm only", "pm_only"),
    ],
)
def test_a_structure_is_known_by_what_its_roles_are_called(text: str, preset: str) -> None:
    assert structure_typed(text) == preset


def test_sprints_that_are_not_the_presets_make_a_structure_of_ones_own(tmp_path: Path) -> None:
    ask, _ = saying(sprints="3 weeks")
    scenario = new(tmp_path / "my.yaml", ask=ask)
    today = scenario.structure(scenario.current)
    assert (scenario.current, today.rhythm, today.sprint_days) == ("today", "sprints", 15)
    assert scenario.structure_names == ("today", "merged", "separated", "agile")


def test_pay_and_last_year_reach_the_file_if_they_are_known(tmp_path: Path) -> None:
    ask, _ = saying(member_cost="80 EUR", on_time="40%", busy="unknown")
    scenario = new(tmp_path / "my.yaml", ask=ask)
    assert scenario.assumptions == {"member_cost": 80.0}
    assert scenario.last_year is not None
    assert scenario.last_year.on_time_share == 0.4
    assert scenario.last_year.utilisation is None


@pytest.mark.parametrize(
    ("key", "text", "strange"),
    [
        ("value", "80", "people cost €7.3M; the library's organisations bring 1.2 to 1.7 times their cost"),
        ("value", "180", "not a rate for hours worked"),
        ("value", "700", "at €700 projects and services bring €20.5M a year if all goes to plan"),
        ("value", "2600", "not for a day"),
        ("member_cost", "6500", "not of a day"),
        ("a_year", "400", "hands"),
    ],
)
def test_what_is_unusual_is_asked_again_and_kept_if_it_is_meant(
    tmp_path: Path, key: str, text: str, strange: str
) -> None:
    ask, told = saying(**{key: f"{text}|"})
    written = new(tmp_path / "my.yaml", ask=ask)
    assert [said for said in told if strange in said and said.startswith("Unusual: ")]
    assert text in (tmp_path / "my.yaml").read_text(encoding="utf-8")
    assert written.name == "My organisation"


def test_who_is_plainly_overloaded_is_told_as_soon_as_the_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = {"name": "Acme", "managers": "1", "teams": "40"}
    typed = "".join(f"{said.get(question.key, '')}\n" for question in QUESTIONS)
    loaded = CliRunner().invoke(app, ["new", "few.yaml"], input=typed, prog_name="rolecall")
    assert "few.yaml: warning: what falls due is" in loaded.stdout and "it would pile up" in loaded.stdout
    fine = CliRunner().invoke(app, ["new", "fine.yaml", "--defaults"], prog_name="rolecall")
    assert fine.exit_code == 0 and "warning" not in fine.stdout


@pytest.mark.parametrize("price", [280, 340, 360, 430])
def test_a_price_that_pays_for_the_people_is_not_doubted(price: float) -> None:
    assert unusual_price(DEFAULTS | {"value": price}) == ""
    assert unusual_price(DEFAULTS | {"value": 1.0, "a_year": 0.0}) == ""  # nothing is paid by the hour


def test_a_price_that_nobody_gave_pays_for_the_people_there_are() -> None:
    assert DEFAULTS["value"] == 360
    for moved in ({"member_cost": 95.0}, {"managers": 16}, {"a_year": 12.0}, {"members": 9, "services": 0}):
        answers = DEFAULTS | moved
        assert unusual_price(answers | {"value": price_by_cost(answers)}) == ""
    assert price_by_cost(DEFAULTS | {"a_year": 0.0}) == 360  # where none follows


def test_the_command_asks_and_says_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["new", "my.yaml"], input="Acme\n" + "\n" * 30, prog_name="rolecall")
    assert done.exit_code == 0
    assert "Next: rolecall decide my.yaml" in done.stdout
    assert load("my.yaml").name == "Acme"
    again = CliRunner().invoke(app, ["new", "my.yaml", "--defaults"], prog_name="rolecall")
    assert again.exit_code == 2
    assert again.stderr.count("\n") == 1


def test_an_interview_broken_off_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["new", "my.yaml"], input="Acme\n", prog_name="rolecall")
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "security 2, test lab 1",
        "2 security; 1 test lab",
        "security x2 and test lab (1)",
        "two security, test lab: one",
    ],
)
def test_specialists_are_counted_before_or_after_their_name(text: str) -> None:
    assert pools_typed(text) == {"security": 2, "test lab": 1}
    assert pools_typed("none") == {}


def test_specialists_without_a_number_are_asked_for_again() -> None:
    with pytest.raises(ValueError, match="names no number; write as: security 2"):
        pools_typed("security, test lab 1")


def test_a_last_and_parts_names() -> None:
    assert names_typed("web, data and platform") == ["web", "data", "platform"]
