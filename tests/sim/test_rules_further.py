"""Who is accountable beside the holder of a duty, who is consulted about it, and who is informed of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import borders, matters
from sim.rules.attention import take_up
from sim.rules.duties import handle
from sim.rules.responsibilities import client_duty, project_duty, team_duty
from sim.scenario.structures import FURTHER, NOBODY, PRESETS, TEAM, Role, Structure
from sim.world import (
    BUDGET,
    CONFUSIONS_OF_TEAMS,
    LIMBO_QUEUE,
    NONE,
    OPERATIONAL_RISK,
    PLANNING,
    PROCESS,
    STAKEHOLDERS,
    TIMELINE,
)
from tests.sim.serving import office
from tests.sim.small import plant_luck

SEPARATED, MERGED = PRESETS["separated"], PRESETS["merged"]
PM, DM = "project_manager", "delivery_manager"
DROPPED, TWICE = 0.1, 0.9  # luck of what goes wrong


def with_others(base: Structure = SEPARATED, **parts: Mapping[str, tuple[str, ...]]) -> Structure:
    """A structure in which further roles take part in duties."""
    fields: dict[str, Any] = dict(parts)
    return replace(base, **fields)


BUDGET_OF_BOTH = with_others(also_accountable={"budget": (DM,)})


def split(structure: Structure = BUDGET_OF_BOTH, **others: Any) -> DeliveryOrganisation:
    """Two people under a structure, after a day, with nothing owed."""
    given = {"dropped_share": 0.5, "limbo_days": 4, "consult_hours": 0.5, "inform_hours": 0.25}
    team = office({"p": 80}, structure=structure, **{**given, **others})
    team.run(days=1)
    for manager in team.world.managers:
        manager.owed_meetings = 0.0
    return team


def came_up(team: DeliveryOrganisation, responsibility: int, pressing: int = 1) -> Any:
    """A matter of a responsibility comes up. Returns its row's number."""
    mine = team.world.responsibilities[responsibility]
    if mine.matter != NONE:
        matters.give_up_on(team.world, mine.matter)
    matters.raise_matter(team.world, responsibility, 2.0, pressing)
    return mine.matter


def riddles(team: DeliveryOrganisation, duty: int) -> int:
    """Whether a pressing matter of a duty about the project could be thought another's."""
    return int(team.world.matters[came_up(team, project_duty(team.world, 0, duty))].riddle)


# --- accountable as well -----------------------------------------------------------------------------------


def test_a_duty_with_two_accountable_is_one_where_two_could_act_and_no_other_duty_is() -> None:
    one, both = split(SEPARATED), split()
    assert [riddles(one, duty) for duty in (BUDGET, PLANNING)] == [0, 0], "they are in no overlap"
    assert [riddles(both, duty) for duty in (BUDGET, PLANNING)] == [1, 0]
    budget = both.world.responsibilities[project_duty(both.world, 0, BUDGET)]
    assert (budget.owner, budget.shared_with) == (0, 1)


def test_one_person_in_both_roles_leaves_nothing_unclear() -> None:
    assert riddles(split(managers=1), BUDGET) == 0


@pytest.mark.parametrize("holder", [TEAM, NOBODY, DM])
def test_nobody_is_accountable_beside_a_team_beside_nobody_or_beside_themselves(holder: str) -> None:
    moved = replace(BUDGET_OF_BOTH, holders={**SEPARATED.holders, "budget": holder})
    assert moved.beside("budget", "also_accountable") == ()
    assert riddles(split(moved), BUDGET) == 0


def planted(patch: pytest.MonkeyPatch, team: DeliveryOrganisation, kind: float) -> None:
    """The next misunderstanding is of this kind, and comes with the next case that is half unclear."""
    plant_luck(patch, borders, lambda *_: (kind, math.exp(-99.0), 0.5, 0.5))
    for struck in (*team.world.projects, *team.world.teams):
        struck.confusion_gap = 0.5


@pytest.mark.parametrize(
    ("duty", "of"),
    [
        ("budget", lambda world: project_duty(world, 0, BUDGET)),
        ("operational_risk", lambda world: team_duty(world, 0, OPERATIONAL_RISK)),
        ("process", lambda world: team_duty(world, 0, PROCESS)),
        ("satisfaction", lambda world: client_duty(world, 0)),
    ],
)
def test_a_matter_of_it_lies_with_nobody_or_is_done_twice_whatever_it_is_about(
    duty: str, of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = DM if SEPARATED.holders[duty] == PM else PM
    team = split(with_others(also_accountable={duty: (other,)}), clarity=0.0)
    planted(monkeypatch, team, DROPPED)
    assert team.world.matters[came_up(team, of(team.world))].queue == LIMBO_QUEUE
    planted(monkeypatch, team, TWICE)
    matter = team.world.matters[came_up(team, of(team.world))]
    assert matter.queue == team.world.clock[0].first_tray + matter.owner
    owed = [manager.owed_duplicates for manager in team.world.managers]
    assert (owed[matter.owner], owed[1 - matter.owner]) == (0.0, 2.0)


def test_the_luck_of_it_beside_projects_hangs_on_the_team_and_on_how_often_it_was_struck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    met: list[tuple[int, ...]] = []

    def noting(_: Any, *event: int) -> tuple[float, float, float, float]:
        met.append(event)
        return TWICE, math.exp(-0.5), 0.5, 0.5

    team = split(with_others(also_accountable={"satisfaction": (PM,)}), clarity=0.0)
    plant_luck(monkeypatch, borders, noting)
    team.world.teams[0].confusion_gap = 0.5
    for _ in range(3):
        came_up(team, client_duty(team.world, 0))
    assert met == [(CONFUSIONS_OF_TEAMS, 0, k) for k in range(3)]


def of_three() -> DeliveryOrganisation:
    """Three people of three roles, all accountable for budgets."""
    third = replace(BUDGET_OF_BOTH, roles=(*SEPARATED.roles, Role("controller")))
    return split(with_others(third, also_accountable={"budget": (DM, "controller")}), managers=3, clarity=0.5)


def test_of_three_each_other_one_is_a_chance_of_its_own_to_get_it_wrong() -> None:
    exposed = []
    for team in (split(clarity=0.5), of_three()):
        team.world.projects[0].confusion_gap = 99.0
        came_up(team, project_duty(team.world, 0, BUDGET))
        exposed.append(99.0 - team.world.projects[0].confusion_gap)
    assert exposed == pytest.approx([0.5, 1.0])


def test_a_case_that_is_handled_teaches_all_three_the_border() -> None:
    team = of_three()
    borders.forget_borders(team.world)
    handle(team.world, came_up(team, project_duty(team.world, 0, BUDGET)), 0)
    known = {manager.borders for manager in team.world.managers}
    assert len(known) == 1 and known != {0.0}


def test_after_a_reorganisation_the_new_structure_says_who_could_think_it_theirs() -> None:
    after = with_others(also_accountable={"timeline": (DM,)})
    team = split(BUDGET_OF_BOTH.changing_to(after, 3))
    assert [riddles(team, duty) for duty in (BUDGET, TIMELINE)] == [1, 0]
    team.run(days=4)
    assert [riddles(team, duty) for duty in (BUDGET, TIMELINE)] == [0, 1]


# --- consulted and informed --------------------------------------------------------------------------------


def owed(parts: Mapping[str, Mapping[str, tuple[str, ...]]], **others: Any) -> list[float]:
    """Hours of meetings that each manager owes after a budget was taken up and handled."""
    team = split(with_others(**parts), **others)
    matter_id = came_up(team, project_duty(team.world, 0, BUDGET))
    take_up(team.world, team.world.matters[matter_id].owner, matter_id)
    handle(team.world, matter_id, 0)
    return [float(manager.owed_meetings) for manager in team.world.managers]


def test_consulting_costs_the_owner_and_who_is_consulted_and_informing_who_is_informed() -> None:
    assert owed({}) == [0.0, 0.0]
    assert owed({"consulted": {"budget": (DM,)}}) == [0.5, 0.5]
    assert owed({"informed": {"budget": (DM,)}}) == [0.0, 0.25]
    assert owed({"consulted": {"planning": (DM,)}}) == [0.0, 0.0]


def test_nobody_is_asked_or_told_twice_nor_by_themselves() -> None:
    assert owed({"consulted": {"budget": (DM,)}, "informed": {"budget": (DM,)}}) == [0.5, 0.5]
    assert owed({part: {"budget": (DM,)} for part in FURTHER}, managers=1) == [0.0]


def test_the_hours_are_spent_in_meetings_before_the_matter_is_settled() -> None:
    team = split(with_others(consulted={"budget": (DM,)}))
    matter_id = came_up(team, project_duty(team.world, 0, BUDGET))
    before = [manager.on_sync for manager in team.world.managers]
    came_up(team, project_duty(team.world, 0, STAKEHOLDERS))
    team.run(days=2)
    assert not team.world.matters[matter_id].open
    spent = [m.on_sync - was for m, was in zip(team.world.managers, before, strict=True)]
    assert spent[0] >= 0.5 and spent[1] >= 0.5


def test_a_team_that_holds_the_duty_gives_hours_to_ask_as_well() -> None:
    hours = []
    for consulted in ((), (DM,)):
        own = replace(SEPARATED, holders={**SEPARATED.holders, "budget": TEAM})
        team = split(with_others(own, consulted={"budget": consulted}))
        came_up(team, project_duty(team.world, 0, BUDGET))
        before = team.world.teams[0].duties
        team.run(days=3)
        hours.append(team.world.teams[0].duties - before)
    assert hours[1] - hours[0] == pytest.approx(0.5)
