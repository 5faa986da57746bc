"""Structures, presets and own ones: who holds which duty, and nothing else."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from sim.outcomes import DUTIES
from sim.scenario import Scenario, scenario_from
from sim.structures import NOBODY, OVERLAP_AREAS, PRESETS, TEAM, split_heads


def matrix(**changes: Any) -> dict[str, Any]:
    """A structure of one's own, as a file would give it: a lead, and a planner for planning and resources."""
    duties = dict.fromkeys(DUTIES, "lead") | {"planning": "planner", "resources": "planner", "budget": NOBODY}
    return {"name": "ours", "roles": {"lead": {}, "planner": {}}, "duties": duties} | changes


def with_own(**changes: Any) -> Scenario:
    return scenario_from({"name": "A", "structures": ["merged", matrix(**changes)]})


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_says_of_each_duty_who_holds_it_and_leaves_no_role_idle(name: str) -> None:
    structure = PRESETS[name]
    assert tuple(structure.holders) == DUTIES
    assert set(structure.holders.values()) <= {role.name for role in structure.roles} | {TEAM, NOBODY}
    assert all(structure.duties_of(role) for role in structure.roles)
    assert (structure.cover, structure.cadence, structure.heads) == (False, {}, None)


def test_a_preset_written_out_as_a_matrix_says_the_same() -> None:
    for preset in PRESETS.values():
        written = {
            "name": "ours",
            "roles": {r.name: {"looks_after": "teams" if r.by_team else "projects"} for r in preset.roles},
            "duties": dict(preset.holders),
            "sprints": preset.rhythm == "sprints",
            "ranks": "all" if preset.ranked == "one" else "own",
        }
        ours = scenario_from({"name": "A", "structures": [written]}).structure("ours")
        assert (ours.roles, ours.holders, ours.rhythm) == (preset.roles, preset.holders, preset.rhythm)
        assert ours.ranked == preset.ranked


def test_each_overlap_lies_between_duties_that_project_and_delivery_managers_hold() -> None:
    holders = PRESETS["separated"].holders
    assert [len({holders[duty] for duty in area}) for area in OVERLAP_AREAS.values()] == [2, 2, 2, 2]


def test_a_matrix_of_ones_own_says_all_that_the_model_needs() -> None:
    roles = {"lead": {"heads": 5}, "planner": {"heads": 1, "looks_after": "teams"}}
    scenario = with_own(
        roles=roles, sprints=True, ranks="all", cover=True, cadence={"resources": 10, "planning": 5}
    )
    assert scenario.structure_names == ("merged", "ours")
    merged, ours = scenario.all_structures()
    assert merged is PRESETS["merged"]
    assert [(role.name, role.by_team) for role in ours.roles] == [("lead", False), ("planner", True)]
    assert (ours.holders["planning"], ours.holders["budget"], ours.holders["process"]) == (
        "planner",
        NOBODY,
        "lead",
    )
    assert (ours.rhythm, ours.ranks, ours.cover) == ("sprints", "one", True)
    assert ours.cadence == {"planning": 5, "resources": 10}
    assert ours.heads == {"lead": 5, "planner": 1}


def test_a_structure_of_ones_own_can_be_todays_and_the_goal_of_a_reorganisation() -> None:
    scenario = scenario_from(
        {
            "name": "A",
            "structures": [matrix(), "merged"],
            "reorganisation": {"from": "ours", "to": "pm_only", "day": 500},
            "heads": {"ours": {"lead": 4, "planner": 2}, "pm_only": {"project_manager": 6}},
        }
    )
    assert scenario.current == "ours"
    assert scenario.reorganisation is not None
    assert scenario.structure(scenario.reorganisation.from_).holders["planning"] == "planner"
    assert scenario.structure(scenario.reorganisation.to) is PRESETS["pm_only"]
    earlier = scenario.with_changes({"reorganisation.day": 20}).reorganisation
    assert earlier is not None
    assert (earlier.from_, earlier.to, earlier.day) == ("ours", "pm_only", 20)


def test_a_reorganisation_may_lead_to_where_one_is() -> None:
    switch = {"from": "merged", "to": "merged", "day": 60}
    assert scenario_from({"name": "A", "reorganisation": switch}).reorganisation is not None


def test_ablation_changes_one_holder_and_keeps_the_rest() -> None:
    ours = with_own(cover=True, cadence={"planning": 5}).structure("ours")
    without = ours.without("tracking")
    assert {duty for duty in DUTIES if without.holders[duty] != ours.holders[duty]} == {"tracking"}
    assert without.holders["tracking"] == NOBODY
    assert (without.cover, without.cadence, without.roles) == (ours.cover, ours.cadence, ours.roles)


def test_a_matrix_counts_in_the_hash_by_what_it_says_not_by_the_order_of_its_lines() -> None:
    scenario = with_own(cadence={"planning": 5, "budget": 9})
    turned = matrix(cadence={"budget": 9, "planning": 5}, sprints=False)
    turned["duties"] = dict(reversed(turned["duties"].items()))
    same = scenario_from({"name": "A", "structures": ["merged", turned]})
    assert same.content_hash() == scenario.content_hash()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "theirs"),
        ("duties.planning", "lead"),
        ("roles.planner.looks_after", "teams"),
        ("sprints", True),
        ("ranks", "all"),
        ("cover", True),
        ("cadence.planning", 7),
    ],
)
def test_what_a_matrix_says_otherwise_changes_the_hash(key: str, value: object) -> None:
    scenario = with_own()
    assert scenario.with_changes({f"structures.1.{key}": value}).content_hash() != scenario.content_hash()


def test_a_scenario_with_a_matrix_travels_to_another_process() -> None:
    scenario = with_own(cover=True)
    there = pickle.loads(pickle.dumps(scenario))
    assert there.all_structures() == scenario.all_structures()
    assert there.content_hash() == scenario.content_hash()


def test_heads_go_where_the_work_is_and_every_role_gets_somebody() -> None:
    ours = with_own().structure("ours")
    work = dict.fromkeys(DUTIES, 1.0) | {"planning": 12.0, "resources": 11.0}
    assert split_heads(ours, 6, work) == {"lead": 2, "planner": 4}
    assert split_heads(ours, 2, work) == {"lead": 1, "planner": 1}
    with pytest.raises(ValueError, match="2 roles"):
        split_heads(ours, 1, work)
