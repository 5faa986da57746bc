"""Tasks: how they become ready, wait, are guessed at, handed over, reopened and finished."""

from __future__ import annotations

import pytest

from sim.rules import choice, duties, exceptions, matters, network, scope, tasks
from sim.scenario.structures import PRESETS, TEAM, Structure
from sim.world import (
    ACTIVE,
    BLOCKED,
    COORDINATION,
    DONE,
    HANDING_OVER,
    NONE,
    PLANNING,
    READY,
    STAKEHOLDERS,
    WAITING,
)
from tests.sim.small import organisation, plant_luck

ONE = [("p", "a", "web", "40")]
NEED = "security:1"


def test_a_task_takes_its_hours_and_no_more() -> None:
    office = organisation(ONE)
    office.run(days=4)
    assert office.world.tasks[0].remaining == pytest.approx(8)
    office.run(days=1)
    assert office.world.tasks[0].state == DONE
    assert office.world.tasks[0].finished == 5


def test_milestones_finish_on_the_spot() -> None:
    office = organisation(
        [
            ("p", "a", "web", "8"),
            ("p", "m1", "web", "0", "a"),
            ("p", "m2", "web", "0", "m1"),
            ("p", "b", "web", "8", "m2"),
        ]
    )
    office.run(days=1)
    a, first, second, b = office.world.tasks
    assert [t.state for t in (a, first, second)] == [DONE, DONE, DONE]
    assert a.finished == first.finished == second.finished == 1
    assert b.state == READY
    office.run(days=1)
    assert b.state == DONE


def test_a_project_of_milestones_alone_takes_no_time() -> None:
    office = organisation([("p", "a", "web", "0"), ("p", "b", "web", "0", "a")])
    office.run(days=1)
    assert office.world.projects[0].delivered == 0


def test_a_task_waits_for_all_that_comes_before_it() -> None:
    office = organisation(
        [("p", "a", "web", "8"), ("p", "b", "web", "24"), ("p", "c", "web", "8", "a;b")], teams={"web": 2}
    )
    office.run(days=1)
    assert office.world.tasks[2].state == WAITING
    office.run(days=3)
    assert office.world.tasks[2].started == 3


def test_rework_on_one_predecessor_does_not_stand_in_for_the_other() -> None:
    office = organisation(
        [("p", "a", "web", "8"), ("p", "b", "web", "80"), ("p", "c", "web", "8", "a;b")], teams={"web": 2}
    )
    office.run(days=2)
    a, b, c = office.world.tasks
    assert a.state == DONE
    a.remaining = 8.0
    tasks.reopen(office.world, 0)
    office.run(days=2)
    assert (a.state, b.state, c.state) == (DONE, ACTIVE, WAITING)
    assert c.predecessors_left == 1


# --- blocked tasks -----------------------------------------------------------------------------------------


def blocked(kind: float, **assumptions: float):  # type: ignore[no-untyped-def]
    """An office with its one task blocked; `kind` is the luck that makes it a question or something else."""
    unheard = PRESETS["merged"].without("planning").without("stakeholders").without("coordination")
    office = organisation(ONE, structure=unheard, teams={"web": 2}, **assumptions)
    office.run(days=1)
    world = office.world
    with pytest.MonkeyPatch.context() as planted:
        plant_luck(planted, exceptions, lambda *_: (kind, 0.5, 0.5, 0.5))
        exceptions.block(world, world.tasks[0].member, 0)
    return office


@pytest.mark.parametrize(
    ("kind", "duty"), [(0.1, PLANNING), (0.6, COORDINATION), (0.9, STAKEHOLDERS)], ids=str
)
def test_an_exception_is_a_question_an_impediment_or_an_escalation(kind: float, duty: int) -> None:
    office = blocked(kind)
    matter = office.world.matters[tasks.matter_of_task(office.world, 0)]
    assert (matter.duty, matter.open, matter.pressing) == (duty, 1, 1)
    assert office.world.tasks[0].state == BLOCKED


@pytest.mark.parametrize(
    ("home", "questions", "impediments"), [(True, 0.5, 0.2), (False, 0.5 * 0.4 / 0.8, 0.6)], ids=str
)
def test_between_teams_more_exceptions_are_impediments_at_the_cost_of_both_others(
    home: bool, questions: float, impediments: float
) -> None:
    office = organisation(
        [("p", "a", "web", "80"), ("p", "b", "data", "40")],
        teams={"web": 1, "data": 1},
        **{"question_share": 0.5, "impediment_share": 0.2, "cross_impediment_share": 0.6},
    )
    assert office.world.tasks[0].team == office.world.projects[0].home
    shares = exceptions.shares_of_kinds(office.world, 0 if home else 1)
    assert shares == pytest.approx((questions, impediments))


def test_where_all_exceptions_are_impediments_none_are_questions() -> None:
    office = organisation(
        [("p", "a", "web", "80"), ("p", "b", "data", "40")],
        teams={"web": 1, "data": 1},
        **{"question_share": 0.5, "impediment_share": 1.0, "cross_impediment_share": 0.9},
    )
    assert exceptions.shares_of_kinds(office.world, 0) == (0.0, 1.0)
    assert exceptions.shares_of_kinds(office.world, 1) == (0.0, 0.9)


@pytest.mark.parametrize(("luck", "wrong"), [(0.4, True), (0.6, False)])
def test_a_team_that_waited_its_patience_for_an_answer_guesses(luck: float, wrong: bool) -> None:
    office = blocked(0.1, patience=3, guess_wrong=0.5, wrong_answer_hours=12)
    task = office.world.tasks[0]
    office.world.matters[tasks.matter_of_task(office.world, 0)].answer = luck
    office.run(days=3)
    assert task.state == BLOCKED
    left = task.remaining
    office.run(days=1)
    assert task.state == ACTIVE
    assert task.remaining == pytest.approx(left - 8 + (12 if wrong else 0))
    assert office.world.projects[0].rework_hours == (12 if wrong else 0)


def test_a_patient_team_waits_for_ever() -> None:
    office = blocked(0.1, patience=1e6)
    office.run(days=100)
    assert office.world.tasks[0].state == BLOCKED


def test_an_unblocked_task_goes_back_to_who_was_on_it() -> None:
    office = blocked(0.1, allocation_patience=2)
    world = office.world
    task = world.tasks[0]
    same, other = task.member, 1 - task.member
    exceptions.resume(world, 0, 0)
    assert task.state == READY
    assert choice.pick_task(world, 0, same) == 0
    assert choice.pick_task(world, 0, other) == NONE
    world.clock[0].now += 2.0
    assert choice.pick_task(world, 0, other) == 0, "after a while, anyone takes it"


def test_a_member_whose_task_is_blocked_takes_another() -> None:
    office = organisation([("p", "a", "web", "40"), ("p", "b", "web", "40")])
    office.run(days=1)
    (member,) = office.world.members
    first = member.task
    exceptions.block(office.world, 0, first)
    office.run(days=1)
    assert member.task == 1 - first


# --- hand-overs --------------------------------------------------------------------------------------------

ACROSS = [("p", "a", "web", "8"), ("p", "b", "data", "8", "a")]


def test_work_of_another_team_must_be_handed_over() -> None:
    office = organisation(ACROSS, teams={"web": 1, "data": 1}, coordination_hours=0.8)
    office.run(days=1)
    assert office.world.tasks[1].state == HANDING_OVER
    office.run(days=2)
    assert office.world.tasks[1].finished == pytest.approx(2 + 0.8 / office.world.given[0].attention_hours)
    assert office.world.counts[COORDINATION].handled == 1
    assert office.world.projects[0].rework_hours == 0


def test_teams_that_nobody_brings_together_sort_it_out_at_the_price_of_rework() -> None:
    office = organisation(
        ACROSS,
        structure=PRESETS["merged"].without("coordination"),
        teams={"web": 1, "data": 1},
        handover_patience=4,
        handover_rework=6,
    )
    office.run(days=5)
    assert office.world.tasks[1].state == HANDING_OVER
    office.run(days=1)
    assert office.world.tasks[1].started == 5
    assert office.world.projects[0].rework_hours == 6


def test_within_a_team_nothing_is_handed_over() -> None:
    office = organisation([("p", "a", "web", "8"), ("p", "b", "web", "8", "a")])
    office.run(days=2)
    assert office.world.counts[COORDINATION].raised == 0


# --- reopened tasks and specialists ------------------------------------------------------------------------


def test_work_that_comes_back_goes_to_who_did_it() -> None:
    office = organisation([("p", "a", "web", "8"), ("p", "b", "web", "80")], teams={"web": 2})
    office.run(days=2)
    done = office.world.tasks[0]
    who = done.member
    scope.add_rework(office.world, 0, 4.0)
    while done.state != READY and office.world.tasks[1].remaining < 80:
        scope.add_rework(office.world, 0, 4.0)
    assert done.state == READY
    assert done.member == who


def test_a_scarce_specialist_serves_one_task_at_a_time() -> None:
    office = organisation(
        [("p", "a", "web", "8", "", "security:1"), ("p", "b", "web", "8", "", "security:1")],
        teams={"web": 2},
        pools={"security": 1},
    )
    office.run(days=1)
    assert sorted(t.state for t in office.world.tasks) == [READY, DONE]
    office.run(days=1)
    assert [t.state for t in office.world.tasks] == [DONE, DONE]


def test_specialists_go_to_the_project_that_ranks_first() -> None:
    office = organisation(
        [("p", "a", "web", "8", "", "security:1"), ("q", "b", "web", "8", "", "security:1")],
        structure=PRESETS["merged"].without("resources").without("timeline"),
        teams={"web": 2},
        pools={"security": 1},
    )
    office.world.projects[1].rank = -1.0
    office.run(days=1)
    assert [t.state for t in office.world.tasks] == [READY, DONE]


def test_a_member_puts_ordinary_work_down_for_a_task_whose_specialists_are_free() -> None:
    office = organisation(
        [
            ("p", "long", "web", "800"),
            ("q", "before", "data", "8"),
            ("q", "scarce", "web", "8", "before", NEED),
        ],
        teams={"web": 1, "data": 1},
        pools={"security": 1},
    )
    long, _, scarce = office.world.tasks
    office.run(days=1)
    assert (long.state, long.remaining) == (ACTIVE, 800 - 8)
    assert scarce.state == HANDING_OVER
    office.run(days=1)
    assert (long.state, long.remaining) == (READY, 800 - 8)
    assert scarce.state == DONE
    office.run(days=1)
    assert (long.state, long.remaining) == (ACTIVE, 800 - 16)


@pytest.mark.parametrize("teams", [("web", "web"), ("web", "data"), ("data", "web")])
@pytest.mark.parametrize("step_hours", [8, 4, 2, 1])
def test_specialists_who_are_free_serve_again_in_the_same_step(
    teams: tuple[str, str], step_hours: int
) -> None:
    """The same team or another, whose people have nothing else to do."""
    one, other = teams
    office = organisation(
        [("p", "a", one, "2", "", "security:1"), ("q", "b", other, "3", "", "security:1")],
        structure=PRESETS["merged"].without("resources"),
        teams={"web": 2, "data": 2},
        pools={"security": 1},
        step_hours=step_hours,
    )
    office.run(days=1)
    assert [t.state for t in office.world.tasks] == [DONE, DONE]
    assert sorted(t.finished for t in office.world.tasks) == pytest.approx([2 / 8, 5 / 8])
    assert office.world.pools[0].busy == pytest.approx(5 / 8)
    assert office.world.pools[0].used == 0


def test_a_task_that_a_team_assigns_itself_gets_specialists_on_the_same_day() -> None:
    own = PRESETS["merged"]
    own = Structure("merged", own.roles, {**own.holders, "allocation": TEAM})
    office = organisation([("p", "a", "web", "8", "", "security:1")], structure=own, pools={"security": 1})
    office.run(days=1)
    assert office.world.tasks[0].state == DONE


# --- the order of work -------------------------------------------------------------------------------------

CHAIN = [("p", "short", "web", "8"), ("p", "long", "web", "8"), ("p", "rest", "web", "80", "long")]


@pytest.mark.parametrize(("quality", "first"), [(0.9, 1), (0.1, 0)], ids=["good plan", "stale plan"])
def test_with_a_plan_worth_following_the_task_with_least_slack_goes_first(quality: float, first: int) -> None:
    office = organisation(CHAIN, plan_followed=0.5)
    world = office.world
    world.projects[0].plan_quality = quality
    for task_id in (0, 1):
        world.tasks[task_id].state = READY
        tasks.line_up(world, task_id, NONE)
        world.clock[0].now += 1.0
    assert choice.pick_task(world, 0, 0) == first


@pytest.mark.parametrize("others", [0, 1, 2, 3, 4])
def test_of_equal_tasks_that_came_on_one_day_the_first_of_the_plan_goes_first(others: int) -> None:
    """However long the line, and whoever the foremost are meant for."""
    plan = [("p", f"task {number}", "web", "8") for number in range(others + 2)]
    world = organisation(plan, teams={"web": 2}, plan_followed=1.0, allocation_patience=9).world
    for task_id in reversed(range(others + 2)):
        world.tasks[task_id].state = READY
        tasks.line_up(world, task_id, 1 if task_id == 0 else NONE)
    assert (choice.pick_task(world, 0, 0), choice.pick_task(world, 0, 1)) == (1, 0)


def test_what_has_waited_very_long_goes_before_any_rank_the_oldest_first() -> None:
    office = organisation(
        [("p", "first", "web", "8"), ("q", "old", "web", "8"), ("r", "older", "web", "8")], longest_wait=60
    )
    world = office.world
    for project, rank in zip(world.projects, (-1.0, -0.5, -0.1), strict=True):
        project.rank = rank
    for task_id, day in ((2, 0.0), (1, 30.0), (0, 50.0)):
        world.clock[0].now = day
        world.tasks[task_id].state = READY
        tasks.line_up(world, task_id, NONE)
    chosen = []
    for world.clock[0].now in (59.0, 60.0, 90.0):
        chosen.append(choice.pick_task(world, 0, 0))
    assert chosen == [0, 2, 2]
    assert choice.goes_before(world, 1, 0), "on day 90"


def test_a_task_is_allocated_to_who_would_finish_it_first() -> None:
    office = organisation([("p", "a", "web", "40"), ("p", "b", "web", "8")], teams={"web": 2}, fit_loss=0.5)
    world = office.world
    task, (one, other) = world.tasks[1], world.members
    task.speciality, one.speciality, other.speciality = 0.2, 0.7, 0.2
    assert tasks.best_member(world, 1) == 1
    other.reserved = 100.0
    assert tasks.best_member(world, 1) == 0


def test_every_task_may_wait_and_every_matter_be_open_while_one_is_handled_and_leads_to_another() -> None:
    """A matter's row is given back when all of its effect is done; until then its task needs one more."""
    office = organisation(
        [("p", "a", "web", "8"), ("p", "b", "data", "8", "a")],
        teams={"web": 1, "data": 1},
        handover_patience=100,
        patience=100,
        allocation_patience=0,
    )
    world = office.world
    first, second = world.tasks
    while first.started < 0.0:
        office.step()
    for manager in world.managers:
        manager.away_until = 1e9
    while second.state == WAITING:
        office.step()
    scope.add_rework(world, 0, 8.0)
    network.take_task(world, 0, choice.pick_task(world, first.team, 0))
    exceptions.block(world, 0, 0)
    assert (first.state, second.state) == (BLOCKED, HANDING_OVER)
    for responsibility in range(len(world.responsibilities)):
        matters.raise_matter(world, responsibility, 1.0, 0)
    duties.handle(world, second.matter, 0)
    assert second.state == READY and first.matter != second.matter
    assert world.clock[0].next_matter == len(world.matters), "there is room for all at once, and no more"
