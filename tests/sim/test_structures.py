"""Structures are data: who holds which of the fourteen duties, and how many people that takes."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.building.preparation import prepare
from sim.building.workload import split
from sim.clocks.simulate import simulate_block
from sim.scenario import scenario_from
from sim.scenario.structures import (
    DELIVERY_DUTIES,
    NOBODY,
    OVERLAP_AREAS,
    PRESETS,
    PROJECT_DUTIES,
    TEAM,
    Role,
    Seat,
    Structure,
    seats_of,
    shared_seats,
    split_heads,
)
from sim.vocabulary import DUTIES
from tests.examples import examples


@pytest.mark.parametrize("structure", PRESETS.values(), ids=lambda s: s.name)
def test_a_structure_says_of_each_duty_who_holds_it(structure: Structure) -> None:
    roles = {role.name for role in structure.roles}
    assert set(structure.holders) == set(DUTIES)
    assert set(structure.holders.values()) <= {*roles, TEAM, NOBODY}
    assert roles <= set(structure.holders.values()), "every role has something to do"


def test_separated_managers_hold_what_the_textbook_gives_them() -> None:
    manager, delivery = PRESETS["separated"].roles
    assert PRESETS["separated"].duties_of(manager) == list(PROJECT_DUTIES)
    assert PRESETS["separated"].duties_of(delivery) == list(DELIVERY_DUTIES)


def test_merged_leads_hold_everything() -> None:
    (lead,) = PRESETS["merged"].roles
    assert PRESETS["merged"].duties_of(lead) == list(DUTIES)


@pytest.mark.parametrize(("name", "missing"), [("pm_only", DELIVERY_DUTIES), ("dm_only", PROJECT_DUTIES)])
def test_with_one_title_only_nobody_holds_the_duties_of_the_other(name: str, missing: list[str]) -> None:
    assert [d for d in DUTIES if PRESETS[name].holders[d] == NOBODY] == list(missing)


def test_both_titles_claim_the_duties_of_an_overlap_area() -> None:
    for duties in OVERLAP_AREAS.values():
        assert set(duties) & set(PROJECT_DUTIES)
        assert set(duties) & set(DELIVERY_DUTIES)


@pytest.mark.parametrize("duty", DUTIES)
def test_without_a_duty_all_else_stays_as_it_was(duty: str) -> None:
    before = PRESETS["separated"]
    after = before.without(duty)
    assert after.holders[duty] == NOBODY
    assert {d: h for d, h in after.holders.items() if d != duty} == {
        d: h for d, h in before.holders.items() if d != duty
    }
    assert (after.roles, after.ranks, after.rhythm) == (before.roles, before.ranks, before.rhythm)
    assert after.name != before.name
    assert before.holders[duty] != NOBODY


# --- heads -------------------------------------------------------------------------------------------------


def heaviest(work: list[float], heads: tuple[int, ...]) -> float:
    return max(load / people for load, people in zip(work, heads, strict=True))


def every_split(managers: int, roles: int) -> list[tuple[int, ...]]:
    """All ways to give each role at least one of `managers` people."""
    cuts = combinations(range(1, managers), roles - 1)
    return [tuple(b - a for a, b in zip((0, *cut), (*cut, managers), strict=True)) for cut in cuts]


@examples(100)
@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=4),
    st.integers(0, 12),
)
def test_no_other_split_of_heads_loads_the_busiest_role_less(work: list[float], more: int) -> None:
    roles = tuple(Role(f"role {k}") for k in range(len(work)))
    holders = {duty: f"role {k}" if k < len(work) else NOBODY for k, duty in enumerate(DUTIES)}
    structure = Structure("any", roles, holders)
    managers = len(work) + more
    loads = dict.fromkeys(DUTIES, 0.0) | dict(zip(DUTIES, work, strict=False))
    heads = split_heads(structure, managers, loads)
    assert sum(heads.values()) == managers
    assert min(heads.values()) >= 1
    best = min(heaviest(work, split) for split in every_split(managers, len(work)))
    assert heaviest(work, tuple(heads.values())) == pytest.approx(best)


def test_one_manager_holds_both_roles() -> None:
    work = dict.fromkeys(DUTIES, 1.0)
    assert split_heads(PRESETS["separated"], 1, work) == {"project_manager": 0.5, "delivery_manager": 0.5}
    seats = shared_seats(PRESETS["separated"], 1, work)
    assert seats == {"project_manager": Seat(0, 1, 1.0), "delivery_manager": Seat(0, 1, 1.0)}


def test_with_fewer_managers_than_roles_whoever_has_least_takes_another() -> None:
    roles = (Role("a"), Role("b"), Role("c"))
    holders = dict.fromkeys(DUTIES, NOBODY) | {"planning": "a", "budget": "b", "timeline": "c"}
    work = dict.fromkeys(DUTIES, 0.0) | {"planning": 1.0, "budget": 5.0, "timeline": 3.0}
    seats = shared_seats(Structure("any", roles, holders), 2, work)
    assert {role: seat.first for role, seat in seats.items()} == {"a": 1, "b": 0, "c": 1}


def test_part_of_a_post_is_the_last_persons_of_a_role() -> None:
    assert seats_of({"a": 3.5, "b": 2, "c": 0.5}) == {
        "a": Seat(0, 4, 0.5),
        "b": Seat(4, 2, 1),
        "c": Seat(6, 1, 0.5),
    }


def test_roles_whose_heads_are_not_said_share_what_the_others_leave() -> None:
    work = dict.fromkeys(DUTIES, 1.0)
    heads = split_heads(PRESETS["separated"], 6, work, {"project_manager": 3.5})
    assert heads == {"project_manager": 3.5, "delivery_manager": 2.5}


# --- nothing but the roles, between merged and separated ----------------------------------------------------


def test_separated_differs_from_merged_by_the_roles_alone() -> None:
    merged, separated, agile = (PRESETS[name] for name in ("merged", "separated", "agile"))
    for ingredient in ("ranks", "rhythm", "cover", "help", "intake", "cadence", "sprint_days"):
        assert getattr(merged, ingredient) == getattr(separated, ingredient), ingredient
        assert ingredient == "rhythm" or getattr(merged, ingredient) == getattr(agile, ingredient), ingredient


def test_where_nobody_is_left_to_rank_nobody_does() -> None:
    without = PRESETS["separated"].without("resources")
    assert (PRESETS["separated"].ranked, without.ranked) == ("own", "nobody")
    named = replace(without, ranked_by="project_manager")
    assert named.ranked == "own"
    assert named.ranking_role == Role("project_manager")


def test_another_number_of_managers_is_run_beside_the_rest_under_a_name_that_says_so() -> None:
    scenario = scenario_from({"name": "A", "unequal_managers": {"separated": 7, "merged": 1}})
    assert scenario.structure_names == (
        *("merged", "separated", "agile"),
        *("separated with 7 managers", "merged with one manager"),
    )
    prepared = prepare(scenario)
    heads = {s.name: sum(split(scenario, prepared.values, s).values()) for s in prepared.structures}
    assert list(heads.values()) == [6, 6, 6, 7, 1]


def test_those_who_are_compared_run_alike_with_another_number_beside_them() -> None:
    alone = scenario_from({"name": "A", "horizon_days": 60, "structures": ["merged", "separated"]})
    beside = alone.with_changes({"unequal_managers": {"separated": 7}})
    runs = simulate_block(prepare(beside), [0])
    assert runs[:2] == simulate_block(prepare(alone), [0])
    assert runs[2][2] != runs[1][2]
