"""A change of structure: new owners, matters handed over, experience kept, confusion that wears off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import matters, reorganisation
from sim.rules.responsibilities import owner_of, project_duty
from sim.scenario.structures import PRESETS, Structure
from sim.world import (
    LIMBO_QUEUE,
    N_DUTIES,
    NOBODY,
    PLANNING,
    REPORTING,
    RESOURCES,
    STAKEHOLDERS,
    TEAM,
    TRACKING,
)
from tests.sim.serving import office

MERGED, SEPARATED, AGILE = (PRESETS[name] for name in ("merged", "separated", "agile"))


def changing(before: Structure, after: Structure, day: int = 5, **assumptions: float) -> DeliveryOrganisation:
    """An organisation on the eve of a change of structure, with two projects."""
    team = office(
        {"p": 400, "q": 400},
        structure=before.changing_to(after, day),
        teams={"web": 2, "data": 2},
        **{"handover_hours": 1.5, **assumptions},
    )
    team.run(days=day)
    return team


def owner(team: DeliveryOrganisation, duty: int, project: int = 0) -> int:
    return owner_of(team.world, project, duty)


def raised(team: DeliveryOrganisation, duty: int, hours: float = 20.0, project: int = 0) -> int:
    """A matter about a project comes up. Returns its row."""
    responsibility = project_duty(team.world, project, duty)
    matters.raise_matter(team.world, responsibility, hours, 0)
    return int(team.world.responsibilities[responsibility].matter)


def test_from_that_day_on_duties_are_held_by_the_new_roles() -> None:
    team = changing(MERGED, SEPARATED)
    assert {owner(team, duty) for duty in (PLANNING, REPORTING, RESOURCES)} in ({0}, {1})
    team.run(days=1)
    assert owner(team, PLANNING) == owner(team, REPORTING) == 0, "the project manager"
    assert owner(team, RESOURCES) == 1, "the delivery manager"
    assert [manager.role for manager in team.managers] == [0, 1]


def test_an_open_matter_goes_to_its_new_owner_who_needs_time_to_understand_it() -> None:
    team = changing(MERGED, SEPARATED)
    decision, plan = (team.world.matters[raised(team, duty)] for duty in (STAKEHOLDERS, PLANNING))
    assert decision.owner == plan.owner == 0
    reorganisation.reorganise(team.world)
    trays = team.world.clock[0].first_tray
    assert (decision.owner, decision.queue, decision.handoff) == (1, trays + 1, 1.5)
    assert (plan.owner, plan.queue, plan.handoff) == (0, trays, 0), "who keeps it has understood it"


def test_who_keeps_a_matter_goes_on_with_it() -> None:
    alone = office({"p": 400}, structure=MERGED.changing_to(MERGED, 5), managers=1, handover_hours=1.5)
    alone.run(days=5)
    matter_id = raised(alone, TRACKING, hours=10.0)
    matter = alone.world.matters[matter_id]
    matter.started, matter.remaining = 1, 4.0
    reorganisation.reorganise(alone.world)
    assert (matter.started, matter.remaining, matter.handoff) == (1, 4.0, 0)


def test_a_matter_may_get_lost_on_the_way() -> None:
    team = changing(MERGED, SEPARATED, handover_loss=1.0, limbo_days=4)
    team.world.projects[0].confusion_gap = 0.5
    decision, plan = (team.world.matters[raised(team, duty, hours=1.0)] for duty in (STAKEHOLDERS, PLANNING))
    reorganisation.reorganise(team.world)
    assert decision.queue == LIMBO_QUEUE
    assert plan.queue == team.world.clock[0].first_tray, "what stays is not lost"
    assert team.world.counts[STAKEHOLDERS].dropped == 1
    team.run(days=5)
    assert not decision.open


def test_people_keep_their_experience_and_are_novices_in_what_is_new_to_them() -> None:
    team = changing(SEPARATED, MERGED, learning_rate=0.2)
    practice = [row.practice for row in team.world.experience]
    team.world.clock[0].reorganise_on = -1.0
    reorganisation.reorganise(team.world)
    assert [row.practice for row in team.world.experience] == practice
    manager = owner(team, PLANNING)
    of_manager = practice[manager * N_DUTIES : (manager + 1) * N_DUTIES]
    assert min(of_manager) < 1.0
    assert max(of_manager) == 1.0


def test_a_change_opens_the_borders_between_people_and_work_together_settles_them() -> None:
    team = changing(MERGED, SEPARATED)
    assert {manager.borders for manager in team.managers} == {1.0}
    reorganisation.reorganise(team.world)
    assert {manager.borders for manager in team.managers} == {0.0}
    team.run(days=30)
    assert all(0.1 < manager.borders < 0.9 for manager in team.managers)


def test_sprints_begin_and_end_with_the_structure() -> None:
    team = changing(MERGED, AGILE, ceremonies=0.1)
    assert sum(one.ceremonies for one in team.teams) == 0
    team.run(days=1)
    assert sum(one.ceremonies for one in team.teams) == pytest.approx(0.1 * 8 * 4)
    back = changing(AGILE, MERGED, ceremonies=0.1)
    before = sum(one.ceremonies for one in back.teams)
    assert before > 0
    back.run(days=5)
    assert sum(one.ceremonies for one in back.teams) == before


def test_what_nobody_held_is_taken_up_by_who_holds_it_now() -> None:
    team = changing(MERGED.without("tracking"), MERGED)
    assert owner(team, TRACKING) == NOBODY
    matter = team.world.matters[raised(team, TRACKING, hours=1.0)]
    team.run(days=2)
    assert owner(team, TRACKING) >= 0
    assert not matter.open
    assert team.world.counts[TRACKING].handled == 1


def test_what_the_team_holds_from_now_on_it_settles_itself() -> None:
    team = changing(MERGED, replace(AGILE, holders={**AGILE.holders, "tracking": "team"}))
    matter = team.world.matters[raised(team, TRACKING, hours=1.0)]
    team.run(days=1)
    assert owner(team, TRACKING) == TEAM
    assert not matter.open
    assert sum(one.duties for one in team.teams) > 0


def test_who_ranks_all_projects_after_the_change_ranks_those_that_run_already() -> None:
    team = changing(MERGED, SEPARATED)
    assert [manager.projects for manager in team.managers] == [2, 0]
    team.run(days=1)
    assert [manager.projects for manager in team.managers] == [0, 2]
