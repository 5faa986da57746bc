"""Tracking: what counts as drift, who is asked to correct it, and that it is noticed later without."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean, stdev

import pytest

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import simulate_block
from sim.rules import project_duties, tracking
from sim.rules.responsibilities import client_duty, project_duty
from sim.scenario import load
from sim.scenario.structures import PRESETS, Structure
from sim.world import (
    BUDGET,
    NONE,
    OFF_CLIENT,
    OFF_COST,
    OFF_SCOPE,
    OFF_TIME,
    REPORTING,
    RUNNING,
    TIMELINE,
    TRACKING,
)
from tests.sim.small import organisation

TWO = [("p", "a", "web", "80"), ("p", "b", "web", "80", "a")]


def office(structure: Structure = PRESETS["separated"], **assumptions: float) -> DeliveryOrganisation:
    """A project of 160 hours, promised for day 40, of which day 20 has come and half is done."""
    given = {"drift_tolerance": 0.1, "pace_known": 0.1, "first_satisfaction": 0.7} | assumptions
    team = organisation(TWO, structure=structure, deadline_day=40, contingency=0.0, **given)
    team.run(days=1)
    project, clock = team.world.projects[0], team.world.clock[0]
    clock.now = clock.begun = 20.0
    project.earned = project.progress = 80.0
    project.creep_hours = project.creep = project.undiscovered = 0.0
    team.world.clients[project.client].satisfaction = 0.7
    assert project.state == RUNNING
    return team


def asked(team: DeliveryOrganisation) -> set[str]:
    """Which matters are open of the duties that can correct a drift."""
    world = team.world
    rows = {
        "timeline": project_duty(world, 0, TIMELINE),
        "budget": project_duty(world, 0, BUDGET),
        "reporting": project_duty(world, 0, REPORTING),
        "satisfaction": client_duty(world, world.projects[0].client),
    }
    return {duty for duty, row in rows.items() if world.responsibilities[row].matter != NONE}


def review(team: DeliveryOrganisation) -> set[str]:
    """What a review by whoever tracks the project asks for."""
    owner = team.world.responsibilities[project_duty(team.world, 0, TRACKING)].owner
    tracking.compare_with_objectives(team.world, 0, owner)
    return asked(team)


def drift(team: DeliveryOrganisation, objective: int) -> None:
    """Let a project be off one objective by a fifth."""
    project = team.world.projects[0]
    if objective == OFF_TIME:
        project.earned = project.progress = 64.0
    elif objective == OFF_COST:
        project.creep_hours = 20.0
    elif objective == OFF_SCOPE:
        project.undiscovered = 0.2
    else:
        team.world.clients[project.client].satisfaction = 0.56


CASES = {OFF_TIME: "timeline", OFF_COST: "budget", OFF_SCOPE: "reporting", OFF_CLIENT: "satisfaction"}


def test_a_project_that_keeps_to_its_objectives_asks_for_nothing() -> None:
    assert review(office()) == set()


@pytest.mark.parametrize("objective", CASES)
def test_each_drift_is_a_case_for_the_duty_that_can_act(objective: int) -> None:
    team = office()
    drift(team, objective)
    assert review(team) == {CASES[objective]}


@pytest.mark.parametrize("objective", CASES)
def test_within_what_is_tolerated_nobody_is_asked(objective: int) -> None:
    team = office(drift_tolerance=0.25)
    drift(team, objective)
    assert review(team) == set()


def test_extras_count_as_cost_before_they_show_in_the_accounts() -> None:
    team = office()
    team.world.projects[0].creep = 0.2
    assert review(team) == {"budget"}


def test_of_the_first_tasks_little_is_made() -> None:
    team = office(pace_known=0.6)
    drift(team, OFF_TIME)
    drift(team, OFF_COST)
    assert review(team) == set()


@pytest.mark.parametrize("objective", CASES)
def test_where_nobody_can_act_nobody_is_asked(objective: int) -> None:
    team = office(PRESETS["separated"].without(CASES[objective]))
    drift(team, objective)
    assert review(team) == set()


def test_a_case_in_other_hands_costs_both_a_hand_off() -> None:
    team = office(handoff_hours=0.5)
    drift(team, OFF_CLIENT)
    review(team)
    world = team.world
    project = world.projects[0]
    matter = world.matters[world.responsibilities[client_duty(world, project.client)].matter]
    tracker = world.responsibilities[project_duty(world, 0, TRACKING)].owner
    assert matter.owner != tracker
    assert matter.handoff == world.managers[tracker].owed_handoffs == 0.5


def test_a_drift_is_asked_about_once_and_again_when_it_comes_back() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    for mends in (False, True):
        drift(team, OFF_SCOPE)
        tracking.note_drift(world, 0)
        assert project.drifts == 1 + mends
        assert review(team) == {"reporting"}
        handled = world.responsibilities[project_duty(world, 0, REPORTING)]
        handled.matter = NONE
        assert review(team) == set(), "asked already"
        project.undiscovered = 0.0
        tracking.note_drift(world, 0)


def test_days_count_until_someone_notices() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    drift(team, OFF_TIME)
    drift(team, OFF_SCOPE)
    tracking.note_drift(world, 0)
    tracking.note_drift(world, 0)
    assert (project.drifts, project.unseen_days) == (2, 4)
    tracking.see(world, 0, OFF_TIME)
    tracking.note_drift(world, 0)
    assert (project.drifts, project.unseen_days) == (2, 5)


def test_a_team_that_tracks_sees_its_own_tasks() -> None:
    tasks = [("p", "a", "web", "80"), ("p", "b", "data", "80", "a")]
    team = organisation(
        tasks, structure=PRESETS["separated"], teams={"web": 1, "data": 1}, deadline_day=40,
        drift_tolerance=0.1, pace_known=0.1,
    )  # fmt: skip
    team.run(days=1)
    world = team.world
    world.clock[0].now = 30.0
    world.projects[0].earned = world.engagements[world.tasks[0].part].earned = 80.0
    assert tracking.is_behind(world, 0, NONE)
    assert not tracking.is_behind(world, 0, world.tasks[0].team)


def test_the_check_before_delivery_looks_for_defects_alone() -> None:
    team = office(detection=0.5, defect_rate=0.2)
    world, project = team.world, team.world.projects[0]
    drift(team, OFF_SCOPE)
    project.state, project.latent = project_duties.CHECKING, 10.0
    matter = world.matters[0]
    matter.row, matter.care, matter.owner = 0, 1.0, 0
    project_duties.track(world, 0)
    assert project.latent == 5.0
    assert asked(team) == set()


@pytest.mark.slow
@pytest.mark.whole_runs
def test_without_tracking_drift_is_noticed_later() -> None:
    """In the example, paired over twelve futures."""
    scenario = load(Path(__file__).parents[2] / "scenarios" / "scaleup.yaml").with_changes(
        {"horizon_days": 300, "step_hours": 8}
    )
    held = PRESETS["separated"]
    prepared = prepare(scenario, (held, held.without("tracking")))
    rows = simulate_block(prepared, list(range(12)))
    days = {(name, future): outcomes["drift_days"] for name, future, outcomes, _ in rows if outcomes}
    names = [structure.name for structure in prepared.structures]
    later = [days[names[1], future] - days[names[0], future] for future in range(12)]
    assert fmean(later) - 2.2 * stdev(later) / 12**0.5 > 0.0
