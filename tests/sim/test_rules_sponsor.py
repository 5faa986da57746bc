"""The sponsor: what exceeds those below, how long it takes, and what a refusal means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, stdev

import pytest

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import simulate_block
from sim.rules import budget, delegation, sponsor
from sim.rules.duties import handle
from sim.rules.exceptions import guess
from sim.rules.matters import raise_for_task, raise_matter
from sim.rules.projects import deliver
from sim.rules.responsibilities import project_duty
from sim.rules.tasks import put_down, wait_in_state
from sim.scenario import load
from sim.scenario.structures import NOBODY, PRESETS, TEAM, Structure
from sim.world import BLOCKED, NONE, READY, SPONSOR_QUEUE, STAKEHOLDERS
from tests.sim.small import Luck, organisation, plant_luck

PROJECTS = [(name, f"{name} {k}", "web", "80") for name in ("p", "q", "r") for k in range(2)]


def office(
    structure: Structure = PRESETS["merged"], managers: int = 3, **assumptions: float
) -> DeliveryOrganisation:
    """Three projects of 160 hours; the sponsor has an hour a day, a decision takes two."""
    given = {
        "sponsor_overrun": 0.25, "sponsor_hours": 5.0, "sponsor_decision_hours": 2.0, "cut_share": 0.5,
        "cut_depth": 0.5, "patience": 1000.0, "overrun_tolerance": 0.1,
    } | assumptions  # fmt: skip
    team = organisation(PROJECTS, structure=structure, managers=managers, contingency=0.0, **given)
    team.run(days=1)
    return team


def ask_for(team: DeliveryOrganisation, hours: float, project_id: int = 0) -> int:
    """Someone speaks with the stakeholders about an overrun of so many hours. Returns the matter's row."""
    world = team.world
    world.projects[project_id].overrun = hours
    row = project_duty(world, project_id, STAKEHOLDERS)
    raise_matter(world, row, 1.0, 0)
    matter_id = world.responsibilities[row].matter
    world.matters[matter_id].started = 1
    world.counts[STAKEHOLDERS].begun += 1
    handle(world, matter_id, 0)
    return matter_id


def escalate(team: DeliveryOrganisation, answer: float = 1.0) -> int:
    """The task in hand waits for a decision, and its holder has looked at it. Returns the task's row."""
    world = team.world
    task_id = int(world.members[0].task)
    put_down(world, 0)
    wait_in_state(world, task_id, BLOCKED)
    raise_for_task(world, task_id, STAKEHOLDERS, 1.0, answer)
    handle(world, world.tasks[task_id].matter, 0)
    return task_id


def days_of(team: DeliveryOrganisation, count: int) -> None:
    """Days of the sponsor's alone."""
    clock = team.world.clock[0]
    for _ in range(count):
        clock.now = clock.begun = clock.begun + 1.0
        sponsor.sit(team.world)


def waiting(team: DeliveryOrganisation) -> int:
    return int(team.world.queues[SPONSOR_QUEUE].length)


def unlucky(luck: float) -> Luck:
    return luck, luck, luck, luck


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sponsor who would refuse, if there were any chance of it."""
    plant_luck(monkeypatch, sponsor, lambda *_: unlucky(0.0))
    yield


def test_what_a_manager_may_approve_does_not_go_higher() -> None:
    team = office()
    ask_for(team, 30.0)
    assert waiting(team) == 0
    assert team.world.projects[0].approved_hours == pytest.approx(190.0)


def test_a_larger_overrun_is_approved_when_the_sponsor_has_had_time_for_it() -> None:
    team = office()
    world, project = team.world, team.world.projects[0]
    ask_for(team, 60.0)
    assert waiting(team) == 1
    assert project.approved_hours == 160.0
    days_of(team, 1)
    assert waiting(team) == 1, "an hour of two"
    days_of(team, 1)
    assert waiting(team) == 0
    assert project.approved_hours == pytest.approx(220.0)
    assert project.descoped_hours == pytest.approx(30.0)
    assert world.clock[0].decisions == 1
    assert world.clock[0].decision_days == 2.0


def test_small_overruns_add_up_to_one_that_goes_higher() -> None:
    team = office()
    ask_for(team, 30.0)
    ask_for(team, 30.0)
    assert waiting(team) == 1


def test_while_it_is_before_the_sponsor_the_matter_is_open_and_no_other_comes_up() -> None:
    team = office()
    world = team.world
    matter_id = ask_for(team, 60.0)
    matter, count = world.matters[matter_id], world.counts[STAKEHOLDERS]
    handled, missed = count.handled, count.missed
    assert matter.open and matter.queue == SPONSOR_QUEUE
    assert all(manager.matter != matter_id for manager in world.managers)
    raise_matter(world, project_duty(world, 0, STAKEHOLDERS), 1.0, 0)
    assert count.missed == missed + 1
    days_of(team, 2)
    assert not matter.open
    assert count.handled == handled + 1


def test_cases_are_decided_in_the_order_in_which_they_came() -> None:
    team = office()
    for project_id in (2, 0, 1):
        ask_for(team, 60.0, project_id)
    decided = []
    for _ in range(3):
        days_of(team, 2)
        decided.append([k for k in range(3) if team.world.projects[k].approved_hours > 200.0])
    assert decided == [[2], [0, 2], [0, 1, 2]]


@pytest.mark.parametrize(("managers", "days"), [(1, 6), (3, 9)])
def test_several_points_of_contact_take_the_sponsor_longer_than_one(managers: int, days: int) -> None:
    """Half as long again for each further one who waits: 4, 3 and 2 hours in place of three times 2."""
    team = office(managers=managers, sponsor_comparison=0.5)
    for project_id in range(3):
        owner = team.world.responsibilities[project_duty(team.world, project_id, STAKEHOLDERS)]
        owner.owner = project_id % managers
        ask_for(team, 60.0, project_id)
    assert sponsor.points_of_contact(team.world) == managers
    days_of(team, days - 1)
    assert waiting(team) == 1
    days_of(team, 1)
    assert waiting(team) == 0


def test_a_refused_overrun_is_met_by_scope_alone(refusing: None) -> None:
    team = office(sponsor_refusal=0.1)
    project = team.world.projects[0]
    ask_for(team, 60.0)
    days_of(team, 2)
    assert project.approved_hours == 160.0
    assert project.descoped_hours == pytest.approx(40.0), "half of the task that has not begun"
    assert project.overrun == 0.0


def test_an_alarm_that_has_ended_meanwhile_cannot_be_refused(refusing: None) -> None:
    team = office(sponsor_refusal=0.1)
    project = team.world.projects[0]
    ask_for(team, 60.0)
    project.approved_hours, project.overrun = 200.0, -30.0
    days_of(team, 2)
    assert project.approved_hours == pytest.approx(170.0)
    assert project.descoped_hours == 0.0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_escalations_goes_higher(share: float) -> None:
    team = office(sponsor_share=share)
    task = team.world.tasks[escalate(team)]
    assert waiting(team) == (share == 1.0)
    assert task.state == (BLOCKED if share else READY)
    days_of(team, 2)
    assert task.state == READY


@pytest.mark.parametrize(("refusal", "answer", "redone"), [(0.1, 0.3, 4.0), (0.0, 0.3, 0.0), (0.0, 0.1, 4.0)])
def test_a_refused_escalation_goes_on_by_guess(
    refusing: None, refusal: float, answer: float, redone: float
) -> None:
    team = office(
        sponsor_share=1.0, sponsor_refusal=refusal, guess_wrong=0.4, wrong_answer=0.2, wrong_answer_hours=4.0
    )
    task_id = escalate(team, answer)
    days_of(team, 2)
    assert team.world.tasks[task_id].state == READY
    assert team.world.projects[0].rework_hours == pytest.approx(redone)


def test_whoever_loses_patience_takes_the_case_back() -> None:
    team = office(sponsor_share=1.0)
    task_id = escalate(team)
    guess(team.world, task_id)
    assert waiting(team) == 0
    assert team.world.tasks[task_id].matter == NONE
    days_of(team, 3)
    assert team.world.clock[0].decisions == 0


def test_a_project_that_ends_meanwhile_is_taken_out() -> None:
    team = office()
    missed = team.world.counts[STAKEHOLDERS].missed
    ask_for(team, 60.0, 0)
    ask_for(team, 60.0, 1)
    deliver(team.world, 0)
    assert waiting(team) == 1
    assert team.world.counts[STAKEHOLDERS].missed == missed + 1
    days_of(team, 2)
    assert team.world.projects[1].approved_hours == pytest.approx(220.0)


def run_out_of_money(team: DeliveryOrganisation) -> None:
    project = team.world.projects[0]
    project.progress = project.next_alarm + 60.0
    budget.notice_spending(team.world, 0)


@pytest.mark.parametrize("holder", [TEAM, NOBODY])
def test_where_no_manager_speaks_with_stakeholders_the_case_still_comes_before_the_sponsor(
    holder: str,
) -> None:
    merged = PRESETS["merged"]
    structure = Structure(merged.name, merged.roles, {**merged.holders, "stakeholders": holder})
    team = office(structure, budget_prior=0.0)
    team.world.projects[0].earned = 120.0
    run_out_of_money(team)
    if holder == TEAM:
        assert waiting(team) == 0, "the team deals with it first"
        team.run(days=1)
    assert waiting(team) == 1
    first = team.world.queues[SPONSOR_QUEUE].first
    assert sponsor.contact_of(team.world, first) == (TEAM_NUMBER if holder == TEAM else NONE)
    days_of(team, 3)
    assert waiting(team) == 0
    assert team.world.projects[0].approved_hours > 200.0


TEAM_NUMBER = -2  # of the first team


def test_nobody_goes_higher_where_nothing_exceeds_anyone() -> None:
    team = office(sponsor_overrun=1.0e6)
    ask_for(team, 1000.0)
    assert waiting(team) == 0
    assert not delegation.goes_higher(team.world, 0)


# --- felt in the example -----------------------------------------------------------------------------------


def differ(
    outcome: str, one: dict[str, float], other: dict[str, float], futures: Sequence[int]
) -> list[float]:
    """What assumptions change in an outcome of the example, future by future."""
    scenario = load(Path(__file__).parents[2] / "scenarios" / "scaleup.yaml").with_changes(
        {"horizon_days": 300, "step_hours": 8, "structures": ["separated"], "current": "separated"}
    )
    found = []
    for given in (one, other):
        rows = simulate_block(prepare(scenario.with_changes({"assumptions": given})), list(futures))
        found.append([outcomes[outcome] for _, _, outcomes, _ in rows if outcomes])
    return [a - b for a, b in zip(*found, strict=True)]


@pytest.mark.slow
@pytest.mark.whole_runs
def test_a_busier_sponsor_keeps_cases_waiting_longer() -> None:
    longer = differ("sponsor_wait_days", {"sponsor_hours": 1.0}, {"sponsor_hours": 6.0}, range(8))
    assert fmean(longer) - 2.4 * stdev(longer) / 8**0.5 > 0.0


@pytest.mark.slow
@pytest.mark.whole_runs
def test_refusals_keep_cost_down_and_cost_scope() -> None:
    less = differ("scope_delivered", {"sponsor_refusal": 0.0}, {"sponsor_refusal": 0.5}, range(8))
    assert fmean(less) - 2.4 * stdev(less) / 8**0.5 > 0.0
