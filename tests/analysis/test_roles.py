"""`rolecall roles` prints what is published, and answers say what its source is silent on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.reports.organisation import at_a_glance
from analysis.words.sources import parts_of_posts, told_of_sources
from sim.scenario import Scenario, scenario_from
from sim.scenario.role_definitions import SILENT, definition, published_names
from sim.vocabulary import DUTIES, in_words

THREE = """\
name: Small
horizon_days: 120
step_hours: 8
managers: 5
organisation: {teams: {count: 3, members: 5, skills: [web, data, mobile]}}
portfolio: {clients: 4, projects: {at_start: 4, a_year: 6}}
structures: [gov_uk_delivery, scrum_guide, safe]
"""


def rolecall(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "120"})
    assert done.exit_code == code, done.output
    return done.output


def of(*structures: object, **others: object) -> Scenario:
    return scenario_from({"name": "A", "managers": 6, "structures": list(structures), **others})


def test_the_list_has_each_with_its_source_and_what_that_says() -> None:
    told = rolecall("roles")
    for name in published_names():
        assert f"{name}: {definition(name).called}" in told
    assert "7 explicit, 3 inferred and 4 silent; ranks: own, by product owner; sprints" in told
    assert "https://scrumguides.org/scrum-guide.html (read)" in told
    assert "no published source (practice, judgement)" in told


def test_one_is_a_matrix_with_source_and_day_and_what_it_is_silent_on() -> None:
    told = rolecall("roles", "scrum_guide")
    lines = {line.split("  ")[0].strip(): line for line in told.splitlines()}
    for duty in DUTIES:
        assert definition("scrum_guide").duties[duty].said in lines[in_words(duty)]
    assert "Silent: budget, project risk, resources and operational risk." in told
    assert "that is not the source's" in told.replace("\n", " ")
    assert "2026-11-28" in told and "https://scrumguides.org/scrum-guide.html" in told


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    told = rolecall("roles", "scrumguide", code=2)
    wrong = "NAME: is 'scrumguide', which is no published definition of roles"
    assert told == f"{wrong}; did you mean scrum_guide?\n"


def test_it_is_told_what_a_source_is_silent_on_and_who_holds_it_here() -> None:
    ours = {"name": "ours", "like": "scrum_guide", "duties": {"budget": "product_owner"}}
    others = ("gov_uk_delivery", "prince2", "engineering_trio", "merged")
    told = told_of_sources(of("scrum_guide", ours, *others))
    silent = "(Scrum Guide 2020) is silent on budget, project risk, resources and operational risk"
    assert told == (
        f"scrum_guide: its source {silent}; the team holds them here, which is not the source's.",
        f"ours: its source {silent}; here the product owner holds budget and the team holds project risk, "
        "resources and operational risk, which is not the source's.",
        "prince2: its source (PRINCE2) is silent on service oversight; the team holds it here, which is not "
        "the source's.",
        "prince2: its source also leaves open who ranks across projects.",
        "engineering_trio is a practice without a published source: who holds what is judgement.",
    )


def test_a_scenario_of_presets_says_nothing_of_sources() -> None:
    assert told_of_sources(of("merged", "separated")) == () == tuple(parts_of_posts(of("merged")))


def test_a_role_that_few_hold_with_part_of_a_post_is_told_until_the_scenario_says_its_heads() -> None:
    told = list(parts_of_posts(of("safe")))
    assert len(told) == 1 and "Portfolio of safe is held by few" in told[0]
    line = told[0].partition("`heads: ")[2]
    assert 0.1 <= float(line.partition("portfolio: ")[2].strip("}`")) < 1
    assert not list(parts_of_posts(of("safe", heads={"safe": {"portfolio": 0.3}})))


def test_check_and_report_say_it() -> None:
    scenario = of("scrum_guide", "safe")
    beside = at_a_glance(scenario).beside
    assert all(sentence in beside for sentence in told_of_sources(scenario))


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("three")
    (folder / "three.yaml").write_text(THREE, encoding="utf-8")
    how = ("--max-replications", "10", "--doubt", "0", "--no-steps", "--out", str(folder / "results"))
    return rolecall("decide", str(folder / "three.yaml"), *how), folder


def test_three_definitions_are_decided_between(decided: tuple[str, Path]) -> None:
    told, folder = decided
    assert "For Small:" in told and "gov_uk_delivery" in told
    for sentence in ("its source (Scrum Guide 2020) is silent on budget", "its source (SAFe) is silent on"):
        assert sentence in told.replace("\n", " ")
    (kept,) = folder.glob("results/*/decision.json")
    made_of = json.loads(kept.read_text(encoding="utf-8"))["ingredients"]
    assert made_of["scrum_guide"]["silent"] == list(definition("scrum_guide").marked(SILENT))
    assert made_of["safe"]["definition"] == "safe"


def test_check_tells_it_too(decided: tuple[str, Path]) -> None:
    path = decided[1] / "three.yaml"
    told = rolecall("check", str(path))
    assert f"{path}: note: safe: its source (SAFe) is silent on service oversight" in told
