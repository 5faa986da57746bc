"""Aptitude: talents differ by seat and family of duties, and posts are dealt by lot or by them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import aptitude, people
from sim.rules.attention import chance_of_error, practice
from sim.scenario import Scenario, scenario_from
from sim.scenario.structures import PRESETS
from sim.world import PLANNING, SATISFACTION, World
from tests.sim.serving import office


def company(deal: str, managers: int = 8, **assumptions: float) -> Scenario:
    return scenario_from(
        {
            "name": "company",
            "managers": managers,
            "structures": ["merged", "separated"],
            "deal_roles": deal,
            "assumptions": assumptions,
        }
    )


def staffed(deal: str, structure: str, managers: int = 8, **assumptions: float) -> World:
    prepared = prepare(company(deal, managers, **assumptions))
    return organise(prepared, draw_base(prepared, 2), structure)


def hours(world: World) -> float:
    """What the duties that people hold take, by talent, on average over posts."""
    talents = np.stack([world.managers["talent"], world.managers["other_talent"]])
    family = np.where(world.managers["role"] == 0, 0, 1)
    return float(talents[family, np.arange(len(family))].mean())


def test_talents_are_drawn_by_seat_whatever_the_structure_and_however_many_there_are() -> None:
    few, many, others = (
        staffed("by_lot", name, count, aptitude=0.4)
        for name, count in (("merged", 4), ("merged", 8), ("separated", 8))
    )
    for talent in ("talent", "other_talent"):
        assert np.array_equal(few.managers[talent], many.managers[talent][:4])
        assert np.array_equal(many.managers[talent], others.managers[talent])
        assert len(set(many.managers[talent])) == 8
    without = staffed("by_lot", "merged")
    assert set(without.managers["talent"]) == set(without.managers["other_talent"]) == {1.0}
    for other in ("gap", "absent_from"):
        assert np.array_equal(without.managers[other], many.managers[other]), "other luck is what it was"


def test_by_aptitude_people_do_what_they_are_better_at() -> None:
    lot, suited = (staffed(deal, "separated", 40, aptitude=0.4) for deal in ("by_lot", "by_aptitude"))
    assert sorted(suited.posts) == list(range(40))
    assert (suited.posts != np.arange(40)).any()
    assert np.array_equal(np.bincount(lot.managers["role"]), np.bincount(suited.managers["role"]))
    assert hours(suited) < 0.9 * hours(lot)


@pytest.mark.parametrize("structure", ["merged", "separated"])
def test_where_nothing_differs_there_is_nothing_to_deal(structure: str) -> None:
    spread = 0.4 if structure == "merged" else 0.0
    lot, suited = (staffed(deal, structure, 7, aptitude=spread) for deal in ("by_lot", "by_aptitude"))
    for table in ("managers", "experience", "posts", "responsibilities"):
        assert np.array_equal(getattr(lot, table), getattr(suited, table)), table


def team_of(**more: Any) -> DeliveryOrganisation:
    return office({"p": 100}, structure=PRESETS["separated"], managers=2, wrong_answer=0.2, **more)


def test_talent_tells_in_hours_and_in_wrong_answers_of_its_family_alone() -> None:
    team = team_of()
    plain = practice(team.world, 0, PLANNING)
    team.managers[0].talent = 0.5
    assert practice(team.world, 0, PLANNING) == 0.5 * plain
    assert practice(team.world, 0, SATISFACTION) == team.world.experience[SATISFACTION].practice
    matter = team.world.matters[0]
    matter.duty, matter.care = PLANNING, 1.0
    assert chance_of_error(team.world, 0, 0) == pytest.approx(0.2 * 0.5 * plain)
    team.managers[0].talent = 90.0
    assert chance_of_error(team.world, 0, 0) == 1.0


def test_a_successor_has_talents_of_their_own() -> None:
    team = team_of(aptitude=0.4, attrition=0.1)
    before = [(manager.talent, manager.other_talent) for manager in team.managers]
    people.manager_resigns(team.world, 0)
    after = [(manager.talent, manager.other_talent) for manager in team.managers]
    assert after[0] != before[0]
    assert after[1] == before[1]
    alike = team_of(attrition=0.1)
    people.manager_resigns(alike.world, 0)
    assert (alike.managers[0].talent, alike.managers[0].other_talent) == (1.0, 1.0)


def test_hours_by_talent_are_the_ordinary_ones_on_average() -> None:
    luck = np.random.default_rng(1).standard_normal(20_000)
    assert np.mean([aptitude.hours_by_talent(0.4, one) for one in luck]) == pytest.approx(1.0, abs=0.02)
