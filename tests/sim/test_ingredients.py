"""A structure that differs in one ingredient gets that ingredient and nothing else, whatever its name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import run_world, simulate_block
from sim.scenario import Scenario, scenario_from
from sim.world import DTYPES, NONE, RANKS_BOARD, RANKS_NOBODY, RANKS_ONE, World

SMALL = {
    "name": "A",
    "horizon_days": 80,
    "managers": 4,
    "organisation": {"teams": {"count": 3, "members": 4}},
    "portfolio": {"projects": {"at_start": 4, "a_year": 12, "tasks": 12, "effort_hours": 400}},
}


def small(*structures: Any, **keys: Any) -> Scenario:
    return scenario_from({**SMALL, "structures": list(structures), **keys})


def organised(scenario: Scenario, *names: str) -> list[World]:
    """The worlds of structures before the first day, under the same luck."""
    prepared = prepare(scenario)
    base = draw_base(prepared, 0)
    return [organise(prepared, base, name) for name in names]


def differing(one: World, other: World) -> set[str]:
    """The fields, as "table.field", in which two worlds differ by as much as a bit."""
    found = set()
    for name, dtype in DTYPES.items():
        a, b = getattr(one, name), getattr(other, name)
        for field in dtype.names or ("",):
            a_bytes, b_bytes = ((x[field] if field else x).tobytes() for x in (a, b))
            if a_bytes != b_bytes:
                found.add(f"{name}.{field}")
    return found


ONE_INGREDIENT: dict[str, tuple[dict[str, Any], set[str]]] = {
    "one ranks": ({"ranks": "one"}, {"clock.ranks"}),
    "a board ranks": ({"ranks": "board"}, {"clock.ranks"}),
    "nobody ranks": ({"ranks": "nobody"}, {"clock.ranks", "clock.ranking_role"}),
    "another role ranks": ({"ranked_by": "project_manager"}, {"clock.ranking_role"}),
    "no cover": ({"cover": False}, {"clock.cover"}),
    "no help": ({"help": False}, {"clock.help"}),
    "waiting for room": ({"intake": "when there is room", "intake_limit": 3}, {"clock.intake_limit"}),
}


@pytest.mark.parametrize(("said", "rows"), ONE_INGREDIENT.values(), ids=ONE_INGREDIENT)
@pytest.mark.parametrize("name", ["another", "agile after all"])
def test_rows_differ_in_the_one_ingredient_that_differs(
    said: dict[str, Any], rows: set[str], name: str
) -> None:
    scenario = small("separated", {"name": name, "like": "separated", **said})
    before, after = (prepare(scenario).staffing[each] for each in ("separated", name))
    assert all(np.array_equal(before[table], after[table]) for table in before)
    told = {place for place in differing(*organised(scenario, "separated", name)) if "clock" in place}
    assert told == rows


def test_another_rhythm_is_sprints_and_what_comes_with_them() -> None:
    scenario = small("merged", {"name": "ours", "like": "merged", "rhythm": "sprints", "sprint_days": 15})
    flow, sprints = (prepare(scenario).staffing[name] for name in ("merged", "ours"))
    assert np.array_equal(flow["roles"], sprints["roles"])
    changed = {field for field in flow["duties"].dtype.names if field not in ("every", "weight")}
    assert all(np.array_equal(flow["duties"][field], sprints["duties"][field]) for field in changed)
    (_, ours) = organised(scenario, "merged", "ours")
    assert ours.clock["sprint_days"][0] == 15


def test_one_duty_elsewhere_moves_that_duty_alone() -> None:
    moved = {"project_risk": "delivery_manager"}
    heads = {"separated": {"project_manager": 2}, "ours": {"project_manager": 2}}
    scenario = small("separated", {"name": "ours", "like": "separated", "duties": moved}, heads=heads)
    before, after = (prepare(scenario).staffing[name] for name in ("separated", "ours"))
    assert np.array_equal(before["roles"], after["roles"])
    rows = {number for number in range(14) if before["duties"][number] != after["duties"][number]}
    assert rows == {4}


def test_rules_are_told_who_ranks_by_number_not_by_name() -> None:
    scenario = small(
        "separated",
        {"name": "a", "like": "separated", "ranks": "one"},
        {"name": "b", "like": "separated", "ranks": "board", "ranked_by": "project_manager"},
        {"name": "c", "like": "separated", "duties": {"resources": "nobody"}},
    )
    told = [(int(w.clock["ranks"][0]), int(w.clock["ranking_role"][0])) for w in organised(scenario, *"abc")]
    assert told == [(RANKS_ONE, 1), (RANKS_BOARD, 0), (RANKS_NOBODY, NONE)]


# --- nothing favours a structure ---------------------------------------------------------------------------


def lived(prepared: Prepared) -> dict[tuple[str, int], Any]:
    """The outcomes of each structure in two futures."""
    runs = simulate_block(prepared, [0, 1])
    assert not any(error for *_, error in runs)
    return {(structure, replication): outcomes for structure, replication, outcomes, _ in runs}


@pytest.mark.parametrize("name", ["merged", "separated", "agile"])
def test_like_a_preset_with_nothing_changed_lives_the_very_same_life(name: str) -> None:
    runs = lived(prepare(small(name, {"name": "zzz", "like": name})))
    assert all(runs[name, k] == runs["zzz", k] for k in (0, 1))


def test_it_makes_no_difference_which_structure_stands_first() -> None:
    own = {"name": "ours", "like": "merged", "ranks": "one"}
    forwards = lived(prepare(small("merged", own, "separated", "agile")))
    backwards = lived(prepare(small("agile", "separated", own, "merged")))
    assert forwards == backwards


# --- people ------------------------------------------------------------------------------------------------


def test_part_of_a_post_is_part_of_the_hours_and_of_the_pay() -> None:
    heads = {"separated": {"project_manager": 2.5, "delivery_manager": 1.5}}
    scenario = small("merged", "separated", heads=heads, assumptions={"absence_days": 0.1, "attrition": 0.0})
    (world,) = organised(scenario, "separated")
    assert world.managers["share"].tolist() == [1.0, 1.0, 0.5, 1.0, 0.5]
    prepared = prepare(scenario)
    worlds = [run_world(prepared, draw_base(prepared, 0), name, 0) for name in ("merged", "separated")]
    merged, separated = (world.managers["paid"] for world in worlds)
    assert separated.sum() == pytest.approx(merged.sum())
    assert separated[2] == pytest.approx(separated[0] / 2)
    there = worlds[1].managers["available"]
    assert there[2] == pytest.approx(there[0] / 2, rel=0.1)


def test_the_one_manager_of_separated_holds_what_the_one_of_merged_holds() -> None:
    merged, separated = organised(small("merged", "separated", managers=1), "merged", "separated")
    assert len(separated.managers) == 1
    assert merged.experience.tobytes() == separated.experience.tobytes()
    recurring = separated.responsibilities["owner"]
    assert np.array_equal(recurring, merged.responsibilities["owner"])


def test_with_one_manager_the_split_makes_no_difference() -> None:
    """Nobody can hand on to themselves, so two titles of one person are one."""
    runs = lived(prepare(small("merged", "separated", managers=1)))
    assert all(runs["merged", k] == runs["separated", k] for k in (0, 1))


def test_a_role_without_a_duty_is_idle() -> None:
    own = {"name": "ours", "like": "merged", "roles": {"helper": {"heads": 1}}, "help": False}
    prepared = prepare(small("merged", own))
    world = run_world(prepared, draw_base(prepared, 0), "ours", 0)
    assert world.roles["count"].tolist() == [3, 1]
    assert world.managers["on_matters"][:3].min() > 0
    assert world.managers["on_matters"][3] == 0
    assert world.managers["paid"][3] > 0


def test_who_changes_on_a_day_has_the_heads_said_of_the_structure_before() -> None:
    change = {"from": "separated", "to": "agile", "day": 20}
    heads = {"separated": {"project_manager": 2.5}, "agile": {"product_owner": 2}}
    scenario = small("merged", "separated", reorganisation=change, heads=heads)
    before = prepare(scenario).staffing["separated → agile"]
    assert before["roles"]["count"].tolist() == [3, 2]
    assert before["next_roles"]["count"].tolist() == [2, 2]
