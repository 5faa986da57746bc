"""A scenario: its defaults, what is derived from it, when two of them give the same results."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.scenario import Scenario, ScenarioError, load, scenario_from
from sim.scenario.reader import json_schema
from sim.scenario.reading.scenario_reference import reference
from sim.vocabulary import DUTIES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference" / "scenario.md"


def test_a_name_is_all_that_must_be_given() -> None:
    scenario = scenario_from({"name": "A"})
    assert scenario.current == "merged"
    assert len(scenario.teams) == 8
    assert sum(team.members for team in scenario.teams) == 48
    assert scenario.portfolio.projects is not None
    assert scenario.plan is None
    assert scenario.pools == {}
    assert (scenario.portfolio.services, scenario.reorganisation) == (None, None)
    assert (scenario.risks, scenario.objective) == ("default", {"net_value_a_year": 1})


def test_a_section_given_in_part_keeps_its_other_defaults() -> None:
    scenario = scenario_from({"name": "A", "organisation": {"teams": {"count": 2}}})
    assert [team.members for team in scenario.teams] == [6, 6]


def test_generated_teams_get_the_skills_in_turn() -> None:
    teams = {"count": 3, "skills": ["web", "data"]}
    scenario = scenario_from({"name": "A", "organisation": {"teams": teams}})
    assert [(team.name, team.skill) for team in scenario.teams] == [
        ("web-1", "web"),
        ("data-1", "data"),
        ("web-2", "web"),
    ]


def test_a_given_team_can_do_what_its_name_says_unless_told_otherwise() -> None:
    given = [{"name": "web"}, {"name": "shop", "members": 2, "skill": "web"}]
    scenario = scenario_from({"name": "A", "organisation": {"teams": given}})
    assert [(team.name, team.members, team.skill) for team in scenario.teams] == [
        ("web", 6, "web"),
        ("shop", 2, "web"),
    ]


def test_aliases_that_save_typing_are_welcome(tmp_path: Path) -> None:
    file = tmp_path / "org.yaml"
    file.write_text("name: A\norganisation:\n  teams: [{name: a, members: &n 3}, {name: b, members: *n}]\n")
    assert [team.members for team in load(file).teams] == [3, 3]


def test_a_scenario_cannot_be_changed_in_place() -> None:
    scenario = scenario_from({"name": "A"})
    with pytest.raises(ValueError, match="frozen"):
        scenario.managers = 7


def test_a_scenario_travels_to_another_process() -> None:
    scenario = load(ROOT / "scenarios" / "erp.yaml")
    there = pickle.loads(pickle.dumps(scenario))
    assert there == scenario
    assert there.plan == scenario.plan
    assert there.content_hash() == scenario.content_hash()


def test_changes_reach_any_depth_and_leave_the_rest() -> None:
    scenario = scenario_from({"name": "A", "organisation": {"teams": [{"name": "a"}, {"name": "b"}]}})
    changed = scenario.with_changes(
        {"portfolio.projects.at_start": 4, "organisation.teams.1.members": 2, "assumptions.patience": 3}
    )
    assert changed.portfolio.projects is not None
    assert changed.portfolio.projects.at_start == 4
    assert [team.members for team in changed.teams] == [6, 2]
    assert changed.assumptions == {"patience": 3}
    assert scenario.assumptions == {}
    assert changed.with_changes({"portfolio.projects.at_start": 6}).portfolio == scenario.portfolio


def test_numbers_and_rows_of_numpy_and_pandas_are_those_of_python() -> None:
    plain = scenario_from({"name": "few", "managers": 3, "structures": ["merged", "agile"]})
    found = scenario_from(
        {"name": "few", "managers": np.int64(3), "structures": np.array(["merged", "agile"])}
    )
    assert found.content_hash() == plain.content_hash()
    changed = plain.with_changes({"managers": pd.Series([4]).max(), "assumptions.patience": np.float32(5.5)})
    assert (changed.managers, changed.assumptions) == (4, {"patience": 5.5})


def test_the_structure_of_today_follows_changed_structures_unless_it_was_named() -> None:
    assert scenario_from({"name": "A"}).with_changes({"structures": ["agile"]}).current == "agile"
    with pytest.raises(ScenarioError, match="current: is 'merged', which is not among structures"):
        scenario_from({"name": "A", "current": "merged"}).with_changes({"structures": ["agile"]})


@pytest.mark.parametrize(
    ("key", "value", "part"),
    [
        ("managers", -1, "managers: is -1; give a whole number"),
        ("portfolio.project.tasks", 3, "portfolio.project: is not a key here; did you mean projects?"),
        ("organisation.teams.7.members", 3, "is no position in this list; give a position from 0 to 0"),
    ],
)
def test_a_change_that_makes_no_scenario_is_refused(key: str, value: object, part: str) -> None:
    scenario = scenario_from({"name": "A", "organisation": {"teams": [{"name": "a"}]}})
    with pytest.raises(ScenarioError) as caught:
        scenario.with_changes({key: value})
    assert part in str(caught.value)


def test_a_plan_stays_found_when_a_scenario_is_changed() -> None:
    scenario = load(ROOT / "scenarios" / "erp.yaml")
    assert scenario.with_changes({"managers": 4}).plan == scenario.plan


SAME_RESULTS = {
    "name": "B",
    "replications": 7,
    "current": "agile",
    "last_year": {"on_time_share": 0.35, "lead_days": 90},
}
OTHER_RESULTS = {
    "seed": 2,
    "step_hours": 4,
    "managers": 7,
    "horizon_days": 400,
    "structures": ["merged"],
    "heads.agile": {"product_owner": 3, "scrum_master": 3},
    "unequal_managers": {"agile": 7},
    "vary": {"managers": [6, 7]},
    "assumptions.patience": 3,
    "portfolio.projects.tasks": 41,
    "organisation.teams.members": 5,
    "organisation.specialists": {"security": 1},
    "portfolio.services": {},
    "risks": "none",
    "objective": {"on_time_share": 1e6},
    "reorganisation": {"from": "merged", "to": "agile", "day": 60},
}


@pytest.mark.parametrize("key", SAME_RESULTS)
def test_what_changes_no_run_keeps_the_hash(key: str) -> None:
    scenario = scenario_from({"name": "A"})
    assert scenario.with_changes({key: SAME_RESULTS[key]}).content_hash() == scenario.content_hash()


@pytest.mark.parametrize("key", OTHER_RESULTS)
def test_what_changes_a_run_changes_the_hash(key: str) -> None:
    scenario = scenario_from({"name": "A"})
    assert scenario.with_changes({key: OTHER_RESULTS[key]}).content_hash() != scenario.content_hash()


def test_writing_a_default_out_or_keys_in_another_order_keeps_the_hash() -> None:
    short = scenario_from({"name": "A", "portfolio": {"projects": {"tasks": 9}}})
    long = scenario_from(
        {"portfolio": {"projects": {"a_year": 14, "tasks": 9}, "clients": 5}, "seed": 1, "name": "A"}
    )
    assert short.content_hash() == long.content_hash()


def test_a_plan_counts_in_the_hash_by_its_content(tmp_path: Path) -> None:
    content = {"name": "A", "organisation": {"teams": [{"name": "web"}]}}
    header = "project,task,team,estimate_hours,predecessors\n"
    hashes = []
    for name, hours in [("one.csv", 8), ("two.csv", 8), ("three.csv", 9)]:
        (tmp_path / name).write_text(f"{header}P,a,web,{hours},\n")
        hashes.append(
            scenario_from(content | {"portfolio": {"plan": {"tasks": name}}}, tmp_path).content_hash()
        )
    assert hashes[0] == hashes[1] != hashes[2]
    for key, value in (("change_a_month", 0.02), ("deadline_slack", 1.5)):
        plan = {"tasks": "one.csv", key: value}
        assert scenario_from(content | {"portfolio": {"plan": plan}}, tmp_path).content_hash() != hashes[0]


RISKS = [
    {"name": "vendor late", "of": "project", "effect": "effort", "chance_a_year": 0.4, "impact": 0.03},
    {
        "name": "scanner down",
        "of": "team",
        "effect": "pool",
        "chance_a_year": 0.2,
        "impact": 5,
        "pool": "security",
    },
]


def test_services_go_with_generated_and_with_given_projects() -> None:
    generated = scenario_from({"name": "A", "portfolio": {"services": {"count": 2}}})
    given = load(ROOT / "scenarios" / "erp.yaml").with_changes({"portfolio.services.count": 2})
    for scenario in (generated, given):
        assert scenario.portfolio.services is not None
        assert scenario.portfolio.services.count == 2
        assert scenario.portfolio.services.allowed_days.severe == 1
    assert generated.portfolio.projects is not None
    assert given.plan is not None


def test_a_register_of_risks_is_kept_in_its_order_and_can_be_changed() -> None:
    organisation = {"specialists": {"security": 1}}
    scenario = scenario_from({"name": "A", "organisation": organisation, "risks": RISKS})
    likelier = scenario.with_changes({"risks.1.chance_a_year": 0.5})
    for each, chance in ((scenario, 0.2), (likelier, 0.5)):
        assert isinstance(each.risks, tuple)
        assert [risk.name for risk in each.risks] == ["vendor late", "scanner down"]
        assert (each.risks[1].pool, each.risks[1].chance_a_year) == ("security", chance)
    assert scenario.content_hash() != likelier.content_hash()


def test_the_order_of_weights_changes_nothing() -> None:
    one = scenario_from({"name": "A", "objective": {"net_value_a_year": 1, "delay_days": -2000}})
    other = scenario_from({"name": "A", "objective": {"delay_days": -2000, "net_value_a_year": 1}})
    assert one.content_hash() == other.content_hash()
    assert list(one.objective) == list(other.objective)


@pytest.mark.parametrize("name", ["scaleup", "erp"])
def test_the_scenarios_that_come_with_rolecall_are_sound(name: str) -> None:
    assert isinstance(load(ROOT / "scenarios" / f"{name}.yaml"), Scenario)


def test_an_editor_learns_every_key_with_its_meaning() -> None:
    schema = json_schema()
    fields = [*schema["properties"].items()]
    for part in schema["$defs"].values():
        fields += part["properties"].items()
    assert [key for key, field in fields if not field.get("description")] == []
    assert schema["required"] == ["name"]
    by_name, matrix = schema["properties"]["structures"]["items"]["oneOf"]
    assert "merged" in by_name["enum"]
    assert "OwnStructure" in matrix["$ref"]
    assert schema["$defs"]["OwnStructure"]["properties"]["duties"]["required"] == list(DUTIES)
    assert "on_time_share" in schema["properties"]["objective"]["properties"]
    assert schema["properties"]["assumptions"]["properties"]["patience"]["description"]


def test_the_reference_page_says_what_the_schema_says() -> None:
    written = REFERENCE.read_text(encoding="utf-8")
    assert written == reference(), (
        "run: python -m sim.scenario.reading.scenario_reference > docs/reference/scenario.md"
    )
