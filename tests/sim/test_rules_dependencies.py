"""Pairs of teams that depend on each other for long."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.building.dependencies import draw_dependencies
from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import dependencies
from sim.rules.responsibilities import team_duty
from sim.scenario import scenario_from
from sim.scenario.assumptions import neutral
from sim.scenario.reading.problems import ScenarioError
from sim.scenario.structures import PRESETS, TEAM, Structure
from sim.world import COORDINATION, IN_ORDER, LOOSE, UNLINKED, Team
from sim.world import TEAM as BY_TEAM

UNHELD = PRESETS["merged"].without("coordination")
BY_TEAMS = replace(
    PRESETS["merged"], name="teams", holders={**PRESETS["merged"].holders, "coordination": TEAM}
)
QUICK = {"pair_hours": 0.5, "coordination_hours": 0.5, "pair_days": 10.0, "handover_patience": 30.0}


def content(each: float, teams: int = 2, **assumptions: float) -> dict[str, object]:
    """Teams all of whose tasks go to others."""
    return {
        "name": "pairs",
        "horizon_days": 60,
        "step_hours": 8,
        "managers": 2,
        "structures": ["merged"],
        "organisation": {"teams": {"count": teams, "members": 2, "skills": ["web"]}, "dependencies": each},
        "portfolio": {
            "clients": 2,
            "projects": {"at_start": 4, "a_year": 0, "tasks": 20, "effort_hours": 800, "cross_team": 0.5},
        },
        "assumptions": neutral() | QUICK | assumptions,
    }


def office(
    each: float = 0.5, structure: Structure = PRESETS["merged"], **assumptions: float
) -> DeliveryOrganisation:
    scenario = scenario_from(content(each, **assumptions))
    return DeliveryOrganisation(prepare(scenario, (structure,)), structure.name)


def handovers(model: DeliveryOrganisation, days: int = 60) -> tuple[int, float]:
    """Matters of coordination that came up, and hours of rework, in some days."""
    model.run(days=days)
    world = model.world
    return int(world.counts[COORDINATION].raised), float(sum(p.rework_hours for p in world.projects))


# --- in order or not ---------------------------------------------------------------------------------------


def test_in_a_pair_that_is_looked_after_hand_overs_go_through_by_themselves() -> None:
    managed, _ = handovers(office(pair_lasting=15.0))
    each_anew, _ = handovers(office(each=0.0))
    assert managed <= 6, "one look every ten days and what came before the first"
    assert each_anew > 3 * managed


@pytest.mark.parametrize(
    "structure", [PRESETS["merged"], PRESETS["separated"], BY_TEAMS], ids=lambda s: s.name
)
def test_whoever_holds_coordination_keeps_the_pairs_in_order(structure: Structure) -> None:
    model = office(structure=structure, pair_lasting=15.0)
    model.run(days=8)
    world = model.world
    assert dependencies.link_between(world, 0, 1) == IN_ORDER == dependencies.link_between(world, 1, 0)
    one = next(k for k, team in enumerate(world.teams) if team.n_pairs)
    owner = world.responsibilities[team_duty(world, one, COORDINATION)].owner
    assert owner == BY_TEAM if structure is BY_TEAMS else owner >= 0


def test_a_pair_that_nobody_looks_after_stays_loose_and_costs_more_at_each_hand_over() -> None:
    rework = []
    for each, factor in ((0.5, 2.0), (0.5, 1.0), (0.0, 2.0)):
        model = office(each, UNHELD, handover_patience=2.0, handover_rework=4.0, loose_pair=factor)
        rework.append(handovers(model)[1])
        link = dependencies.link_between(model.world, 0, 1)
        assert link == (LOOSE if each else UNLINKED)
    assert rework[0] > 1.5 * rework[1] > 0
    assert rework[1] == rework[2], "a pair whose hand-overs cost the usual is none"


def test_care_in_haste_lasts_less_long() -> None:
    model = office(pair_lasting=20.0)
    (pair,) = model.world.dependencies
    one = next(k for k, team in enumerate(model.world.teams) if team.n_pairs)
    dependencies.put_in_order(model.world, one, 0.5)
    assert pair.in_order_until == 10.0


def test_the_more_pairs_hang_together_the_longer_a_look_takes() -> None:
    hours = []
    for each in (0.25, 1.5):
        scenario = scenario_from(content(each, teams=4, tangle_growth=0.5))
        world = DeliveryOrganisation(prepare(scenario, (PRESETS["merged"],)), "merged").world
        of_teams = [dependencies.hours_for_pairs(world, k) for k in range(4)]
        hours.append(sum(of_teams) / len(world.dependencies))
    assert hours[0] == 0.5
    assert hours[1] > 0.5 * 1.5


# --- which they are ----------------------------------------------------------------------------------------


def test_teams_depend_on_so_many_others_each_pair_once_and_never_on_themselves() -> None:
    scenario = scenario_from(content(1.5, teams=40))
    given = prepare(scenario).values
    teams = np.zeros(40, Team.dtype)
    pairs = draw_dependencies(scenario, given, teams, 0)
    one = np.repeat(np.arange(40), teams["n_pairs"])
    assert 45 <= len(pairs) <= 60
    assert (one != pairs["on"]).all()
    assert len({frozenset(pair) for pair in zip(one.tolist(), pairs["on"].tolist(), strict=True)}) == len(
        pairs
    )
    assert list(teams["first_pair"]) == list(np.cumsum(teams["n_pairs"]) - teams["n_pairs"])


def test_a_scenario_that_says_nothing_has_none() -> None:
    assert len(office(each=0.0).world.dependencies) == 0


def test_teams_cannot_depend_on_more_others_than_there_are() -> None:
    with pytest.raises(ScenarioError, match=r"organisation\.dependencies.*3 teams.*at most 1"):
        scenario_from(content(1.5, teams=3))
