"""Where two people could act: what is dropped, what is done twice, and who could think a matter theirs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import borders, matters, people
from sim.rules.duties import handle
from sim.rules.responsibilities import project_duty
from sim.scenario.structures import PRESETS, TEAM
from sim.world import LIMBO_QUEUE, NONE, PLANNING, PROJECT_RISK, REPORTING, STAKEHOLDERS
from tests.sim.serving import office
from tests.sim.small import plant_luck

Planting = Callable[[DeliveryOrganisation, float, float], None]

DROPPED, TWICE = 0.1, 0.9  # luck of what goes wrong


def split(**assumptions: float) -> DeliveryOrganisation:
    """The textbook's two people."""
    team = office(
        {"p": 80}, structure=PRESETS["separated"], **{"dropped_share": 0.5, "limbo_days": 4, **assumptions}
    )
    team.run(days=1)
    return team


@pytest.fixture
def mistaken_after(monkeypatch: pytest.MonkeyPatch) -> Planting:
    """Let so many misunderstandings be expected before each that happens, all of one kind."""

    def planted(team: DeliveryOrganisation, gap: float, kind: float) -> None:
        plant_luck(monkeypatch, borders, lambda *_: (kind, math.exp(-gap), 0.5, 0.5))
        team.world.projects[0].confusion_gap = gap

    return planted


def reported(team: DeliveryOrganisation, hours: float = 2.0, pressing: int = 1) -> int:
    """A report falls due, by default because work stands still for it. Returns its matter."""
    responsibility = project_duty(team.world, 0, REPORTING)
    matters.raise_matter(team.world, responsibility, hours, pressing)
    return int(team.world.responsibilities[responsibility].matter)


def test_duties_of_one_area_in_two_hands_can_be_mistaken_for_each_others() -> None:
    team = split()
    reports, decisions = (
        team.world.responsibilities[project_duty(team.world, 0, duty)] for duty in (REPORTING, STAKEHOLDERS)
    )
    assert (reports.shared_with, decisions.shared_with) == (decisions.owner, reports.owner)
    plans = team.world.responsibilities[project_duty(team.world, 0, PLANNING)]
    assert plans.shared_with == NONE, "planning is in no overlap"


def test_nothing_of_a_project_is_shared_where_one_person_holds_all() -> None:
    team = office({"p": 80}, managers=1)
    team.run(days=1)
    assert all(one.shared_with == NONE for one in team.world.responsibilities)


def test_a_team_that_holds_a_duty_itself_leaves_nothing_unclear() -> None:
    separated = PRESETS["separated"]
    own = replace(separated, holders={**separated.holders, "project_risk": TEAM})
    team = office({"p": 80}, structure=own)
    team.run(days=1)
    risks = team.world.responsibilities[project_duty(team.world, 0, PROJECT_RISK)]
    assert risks.shared_with == NONE


def test_a_matter_that_each_leaves_to_the_other_lies_in_limbo_and_then_with_its_owner(
    mistaken_after: Planting,
) -> None:
    team = split(clarity=0.0)
    mistaken_after(team, 0.5, DROPPED)
    matter_id = reported(team)
    matter = team.world.matters[matter_id]
    assert matter.queue == LIMBO_QUEUE
    assert team.world.counts[REPORTING].dropped == 1
    team.run(days=4)
    assert matter.open
    team.run(days=1)
    assert not matter.open
    assert team.world.counts[REPORTING].handled >= 1


def test_what_both_do_costs_the_other_the_hours_as_well_for_nothing(
    mistaken_after: Planting,
) -> None:
    team = split(clarity=0.0)
    mistaken_after(team, 0.5, TWICE)
    matter = team.world.matters[reported(team, hours=2.0)]
    reports = team.world.responsibilities[matter.responsibility]
    assert matter.queue == team.world.clock[0].first_tray + matter.owner
    handled = team.world.counts[REPORTING].handled
    team.run(days=1)
    assert team.world.counts[REPORTING].handled == handled + 1
    assert team.world.managers[reports.shared_with].duplicated == pytest.approx(2.0)
    assert team.world.managers[reports.owner].duplicated == 0


@pytest.mark.parametrize(("clarity", "mistaken"), [(1.0, 0), (0.9, 1), (0.5, 5)])
def test_the_less_clear_the_more_often(clarity: float, mistaken: int, mistaken_after: Planting) -> None:
    team = split(clarity=clarity)
    mistaken_after(team, 0.95, TWICE)
    found = 0
    for _ in range(10):
        before = team.world.counts[REPORTING].duplicated
        matters.give_up_on(team.world, reported(team))
        found += team.world.counts[REPORTING].duplicated - before
    assert found == mistaken


# --- learning the borders ----------------------------------------------------------------------------------


def clarity_of_a_case(team: DeliveryOrganisation) -> float:
    """How clear it is whose a pressing report is."""
    matter_id = reported(team)
    shared = team.world.responsibilities[team.world.matters[matter_id].responsibility].shared_with
    clear = borders.clarity(team.world, matter_id, shared)
    matters.give_up_on(team.world, matter_id)
    return clear


def test_a_routine_matter_with_a_named_owner_is_nobodys_riddle() -> None:
    team = split()
    riddles = []
    for pressing in (0, 0, 1):  # the first is new, the second routine, for the third work stands still
        matter_id = reported(team, pressing=pressing)
        riddles.append(team.world.matters[matter_id].riddle)
        matters.give_up_on(team.world, matter_id)
    assert riddles == [1, 0, 1]


def test_the_first_of_its_kind_in_a_project_can_be_misunderstood_and_so_can_what_is_handed_on() -> None:
    team = split()
    world = team.world
    decisions = project_duty(world, 0, STAKEHOLDERS)
    world.responsibilities[decisions].known = 0
    riddles = []
    for _ in range(2):
        matters.raise_matter(world, decisions, 1.0, 0)
        matter_id = world.responsibilities[decisions].matter
        riddles.append(world.matters[matter_id].riddle)
        matters.give_up_on(world, matter_id)
    matters.hand_on(world, world.responsibilities[project_duty(world, 0, REPORTING)].owner, decisions, 1.0)
    riddles.append(world.matters[world.responsibilities[decisions].matter].riddle)
    assert riddles == [1, 0, 1]


def open_borders(team: DeliveryOrganisation) -> None:
    """What a reorganisation does, to the people and to what they hold."""
    borders.forget_borders(team.world)
    for responsibility in team.world.responsibilities:
        responsibility.known = 0


def test_everyone_begins_settled_and_a_reorganisation_opens_the_borders() -> None:
    team = split(clarity=0.9, clarity_new=0.5)
    assert clarity_of_a_case(team) == pytest.approx(0.9)
    open_borders(team)
    assert clarity_of_a_case(team) == pytest.approx(0.5)


def test_people_learn_the_borders_case_by_case_up_to_a_ceiling() -> None:
    team = split(clarity=0.9, clarity_new=0.5, border_cases=20)
    open_borders(team)
    clear = []
    for _ in range(400):
        clear.append(clarity_of_a_case(team))
        handle(team.world, reported(team), 0)
    assert clear == sorted(clear)
    assert clear[0] == pytest.approx(0.5)
    assert clear[20] == pytest.approx(0.5 + 0.4 * (1 - 0.95**20) ** 2)
    assert clear[-1] == pytest.approx(0.9, abs=1e-6)


def test_someone_new_and_a_new_project_open_borders_that_were_settled() -> None:
    team = split(clarity=0.9, clarity_new=0.5)
    team.world.projects[0].borders = 0.7
    assert clarity_of_a_case(team) == pytest.approx(0.5 + 0.4 * 0.7)
    people.manager_resigns(team.world, 0)
    assert clarity_of_a_case(team) == pytest.approx(0.5)
