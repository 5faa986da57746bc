"""Structures, presets and own ones: who holds which duty, and nothing else."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest

from sim.building.preparation import prepare
from sim.building.workload import split
from sim.scenario import Scenario, scenario_from
from sim.scenario.reading.problems import OldKeys
from sim.scenario.structures import NOBODY, OVERLAP_AREAS, PRESETS, TEAM, Structure, split_heads
from sim.vocabulary import DUTIES


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
    assert (structure.cover, structure.help, structure.cadence, structure.heads) == (True, True, {}, None)


def test_a_preset_written_out_as_a_matrix_says_the_same() -> None:
    for preset in PRESETS.values():
        written = {
            "name": "ours",
            "roles": {r.name: {"looks_after": "teams" if r.by_team else "projects"} for r in preset.roles},
            "duties": dict(preset.holders),
            "rhythm": preset.rhythm,
            "ranks": preset.ranks,
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
        roles=roles, rhythm="sprints", ranks="one", cover=False, cadence={"resources": 10, "planning": 5}
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
    assert (ours.rhythm, ours.ranks, ours.cover) == ("sprints", "one", False)
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
    turned = matrix(cadence={"budget": 9, "planning": 5}, rhythm="flow")
    turned["duties"] = dict(reversed(turned["duties"].items()))
    same = scenario_from({"name": "A", "structures": ["merged", turned]})
    assert same.content_hash() == scenario.content_hash()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "theirs"),
        ("duties.planning", "lead"),
        ("roles.planner.looks_after", "teams"),
        ("rhythm", "sprints"),
        ("ranks", "one"),
        ("ranked_by", "lead"),
        ("cover", False),
        ("help", False),
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


# --- like another one --------------------------------------------------------------------------------------


def like(**said: Any) -> Structure:
    """A structure of one's own, by what it says."""
    return scenario_from({"name": "A", "structures": ["merged", {"name": "ours", **said}]}).structure("ours")


@pytest.mark.parametrize("name", PRESETS)
def test_like_a_preset_with_nothing_changed_is_that_preset(name: str) -> None:
    assert replace(like(like=name), name=name, sprint_days=None) == PRESETS[name]


def test_like_another_only_what_is_said_differs() -> None:
    ours = like(like="separated", duties={"project_risk": "delivery_manager"}, ranks="one")
    base = PRESETS["separated"]
    assert {d for d in DUTIES if ours.holders[d] != base.holders[d]} == {"project_risk"}
    assert replace(ours, name=base.name, holders=base.holders, ranks="own") == base


def test_one_may_be_like_another_of_ones_own_wherever_that_stands() -> None:
    later = {"name": "later", "like": "ours", "cover": False}
    items = [later, matrix(ranks="one", cadence={"planning": 5}), "merged"]
    structure = scenario_from({"name": "A", "structures": items}).structure("later")
    assert (structure.cover, structure.ranks, structure.cadence) == (False, "one", {"planning": 5})


def test_a_role_of_the_other_keeps_what_is_not_said_of_it_and_another_may_come() -> None:
    ours = like(like="agile", roles={"scrum_master": {"heads": 1.5}, "coach": {"heads": 1}})
    assert ours.heads == {"scrum_master": 1.5, "coach": 1}
    assert [role.by_team for role in ours.roles] == [False, True, False]


def test_what_the_other_says_of_ranking_goes_with_the_duty_that_it_hung_on() -> None:
    assert like(like="separated", duties={"resources": "team"}).ranked == "nobody"
    assert like(like="separated", duties={"resources": "team"}, ranked_by="project_manager").ranked == "own"


def test_old_keys_are_read_and_said_anew() -> None:
    with pytest.warns(OldKeys, match="ranks: one") as told:
        old = like(like="separated", ranks="all", sprints=True)
    assert [str(each.message).partition(";")[0] for each in told] == [
        "structures.1.ranks: all is now written ranks: one",
        "structures.1.sprints: yes is now written rhythm: sprints",
    ]
    assert old == like(like="separated", ranks="one", rhythm="sprints")


# --- heads that are moved ----------------------------------------------------------------------------------


def moved(scenario: Scenario, key: str, posts: float) -> Any:
    """The heads of the last structure of a scenario in which those of a role are set."""
    other = scenario.with_changes({key: posts})
    return split(other, prepare(other).values, other.all_structures()[-1])


def test_other_roles_give_way_where_the_heads_of_one_are_moved() -> None:
    said = {"separated": {"project_manager": 3, "delivery_manager": 3}}
    scenario = scenario_from({"name": "A", "structures": ["merged", "separated"], "heads": said})
    at_four = moved(scenario, "heads.separated.project_manager", 4)
    assert at_four == {"project_manager": 4, "delivery_manager": 2}
    unsaid = scenario.with_changes({"heads": {}})
    assert moved(unsaid, "heads.separated.project_manager", 4) == at_four


def test_heads_that_a_structure_says_itself_give_way_as_well() -> None:
    scenario = with_own(roles={"lead": {"heads": 5}, "planner": {"heads": 1}})
    assert moved(scenario, "heads.ours.planner", 2.5) == {"lead": 3.5, "planner": 2.5}
