"""A project's life: it arrives, is planned, begins, is checked, tried by the client, and delivered."""

import math

from sim.rules.clients import brings_project, forbearance_of, gain_business, lose_value, receive_project
from sim.rules.contracts import settle_bill
from sim.rules.growth import judge_price_and_scope
from sim.rules.matters import give_up_on, raise_matter
from sim.rules.network import let_others_go_on, start_first_tasks
from sim.rules.ownership import deal_project, release_owners
from sim.rules.queues import join, leave
from sim.rules.responsibilities import owner_of, project_duty
from sim.rules.scope import give_feedback
from sim.rules.services import release_warranty
from sim.rules.tasks import part_of_team
from sim.world import (
    CHECKING,
    DELIVERED,
    N_DUTIES,
    NOBODY,
    NONE,
    PLANNING,
    PORTFOLIO_QUEUE,
    PROJECT_RISK,
    RANKS_NOBODY,
    RANKS_TEAM,
    RUNNING,
    STARTING,
    TEAM,
    TRACKING,
    WITHHELD,
    World,
)

LOUDEST_RANKED = -1.0  # the rank of the first of each ranker's projects


def open_project(world: World, project_id: int) -> None:
    """A project arrives: it gets owners, and waits for its first plan. Or it is under way already."""
    given = world.given[0]
    now = world.clock[0].now
    project = world.projects[project_id]
    planned = not project.begun and not project.on_top
    if planned and not brings_project(world, project_id):
        project.state = WITHHELD
        lose_value(world, project.client, project.value)
        let_others_go_on(world, project_id)
        return
    join(world.queues, PORTFOLIO_QUEUE, world.projects, project_id, now)
    gain_business(world, project.client, project.value)
    deal_project(world, project_id)
    project.borders = 1.0
    if project.begun:
        project.plan_quality = given.plan_inherited
        begin_project(world, project_id)
        return
    project.state = STARTING
    project.borders = given.borders_kept
    project.waiting_since = now
    hours = given.start_planning_hours * project.size
    raise_matter(world, project_duty(world, project_id, PLANNING), hours, 1)
    risks = project_duty(world, project_id, PROJECT_RISK)
    raise_matter(world, risks, world.duties[PROJECT_RISK].hours, 0)


def admit(world: World, project_id: int) -> None:
    """A planned project may begin: at once, or, where its team takes on only so many, when there is room."""
    clock = world.clock[0]
    if clock.intake_limit == 0:
        begin_project(world, project_id)
    else:
        world.projects[project_id].queued = 1
        clock.queued += 1


def goes_in_before(world: World, one: int, other: int) -> bool:
    """Whether one project that waits for room begins before another (NONE: yes) that came earlier.

    Who ranks decides, and lets the others wait; where nobody does, first come, first in.
    """
    if other == NONE:
        return True
    ranks = world.clock[0].ranks
    ranked = ranks != RANKS_NOBODY and ranks != RANKS_TEAM
    return bool(ranked and world.projects[one].rank < world.projects[other].rank)


def has_room(world: World, team_id: int) -> bool:
    """Whether a team may begin to lead one more project."""
    limit = world.clock[0].intake_limit
    return bool(limit == 0 or world.teams[team_id].running < limit)


def let_in(world: World) -> None:
    """Where there is room, the first of the projects that wait for it begins; one a team and step."""
    if world.clock[0].queued == 0:
        return
    for team_id in range(len(world.teams)):
        world.teams[team_id].next_in = NONE
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        team = world.teams[project.home]
        if project.queued and goes_in_before(world, project_id, team.next_in):
            team.next_in = project_id
        project_id = project.after
    for team_id in range(len(world.teams)):
        if world.teams[team_id].next_in != NONE and has_room(world, team_id):
            begin_project(world, world.teams[team_id].next_in)


def begin_project(world: World, project_id: int) -> None:
    """Work may begin, and the recurring duties about it fall due from now on."""
    now = world.clock[0].now
    project = world.projects[project_id]
    world.clock[0].queued -= project.queued
    project.queued = 0
    world.teams[project.home].running += 1
    project.state = RUNNING
    project.forbearance = forbearance_of(world, project_id)
    project.next_review = now + 1.0
    for duty_id in range(N_DUTIES):
        every = world.duties[duty_id].every
        if every > 0.0:
            # Not all on one day: each project's weeks begin on a day of their own.
            weekday = project.number % int(world.given[0].week_days)
            world.due[project_duty(world, project_id, duty_id)] = now + every - weekday
    start_first_tasks(world, project_id)


def give_up(world: World, project_id: int, duty: int) -> None:
    """The matter of a duty about a project, if one is open, is no longer worth an answer."""
    give_up_on(world, world.responsibilities[project_duty(world, project_id, duty)].matter)


def wait_for_plan(world: World, project_id: int) -> None:
    """A team that waited `start_patience` days for a plan begins without one."""
    project = world.projects[project_id]
    waited = world.clock[0].now - project.waiting_since
    if waited >= world.given[0].start_patience and not project.queued:
        give_up(world, project_id, PLANNING)
        admit(world, project_id)


def review(world: World, project_id: int) -> None:
    """Raise the recurring matters of a project that fall due."""
    now = world.clock[0].now
    project = world.projects[project_id]
    soonest = math.inf
    for duty_id in range(N_DUTIES):
        duty = world.duties[duty_id]
        if duty.every > 0.0 and duty.by_project:
            responsibility_id = project_duty(world, project_id, duty_id)
            if now >= world.due[responsibility_id]:
                world.due[responsibility_id] += duty.every
                raise_matter(world, responsibility_id, duty.hours, 0)
            soonest = min(soonest, world.due[responsibility_id])
    project.next_review = soonest


def decay(world: World, project_id: int) -> None:
    """A plan that nobody keeps up loses touch with the work."""
    project = world.projects[project_id]
    project.plan_quality -= project.plan_quality * world.given[0].plan_decay * world.clock[0].step_days


def share_of(earned: float, whole: float) -> float:
    """Share of a whole that is earned; all of it where there is nothing to do."""
    if whole > 0.0:
        return float(earned / whole)
    return 1.0


def share_done(world: World, project_id: int, team_id: int) -> float:
    """Share of a project that is done, by the fifty-fifty rule of earned value: half for a task begun.

    `team_id` restricts the view to one team's tasks; NONE sees them all.
    """
    project = world.projects[project_id]
    if team_id == NONE:
        return share_of(project.earned, project.estimate_hours)
    part = world.engagements[part_of_team(world, project_id, team_id)]
    return share_of(part.earned, part.estimate_hours)


def tail_days(world: World, project_id: int, days: float) -> float:
    """Days that a project which takes `days` is expected to need from its last task to its delivery: rework
    that comes out late, the check, and what the client finds when trying it.
    """
    return float(0.0 if world.projects[project_id].accepted else world.given[0].tail_share * days)


def forecast_finish(world: World, project_id: int, team_id: int) -> float:
    """Day on which a project would finish at its present pace (earned schedule), or as planned if later,
    with what comes after the last task.
    """
    now = world.clock[0].now
    project = world.projects[project_id]
    done = share_done(world, project_id, team_id)
    days = project.planned_days
    if done >= world.given[0].pace_known:
        days = max(days, (now - project.arrival) / done)
    return float(now + (1.0 - done) * days + tail_days(world, project_id, days))


def push(world: World, project_id: int) -> None:
    """Make noise for a project: it goes before all others until someone ranks them again."""
    world.projects[project_id].rank = LOUDEST_RANKED - 1.0 - world.clock[0].now


def finish_project(world: World, project_id: int) -> None:
    """All tasks are done: checked once (if anyone does that), tried by the client once, and delivered.

    At the moment when the last task was done, or the check was over, if that was in this step.
    """
    clock = world.clock[0]
    project = world.projects[project_id]
    clock.now = max(clock.begun, project.waiting_since)
    if not project.checked:
        project.checked = 1
        if owner_of(world, project_id, TRACKING) != NOBODY:
            project.state = CHECKING
            clock.checking += 1
            hours = world.duties[TRACKING].hours
            raise_matter(world, project_duty(world, project_id, TRACKING), hours, 1)
            return
    if not project.accepted:
        project.accepted = 1
        give_feedback(world, project_id, 1.0)
    if project.tasks_left == 0:
        deliver(world, project_id)


def wait_for_check(world: World, project_id: int) -> None:
    """A finished project that waited `check_patience` days for its check goes to the client without it."""
    project = world.projects[project_id]
    if world.clock[0].begun - project.waiting_since >= world.given[0].check_patience:
        give_up(world, project_id, TRACKING)
        leave_check(world, project_id)
        project.waiting_since = world.clock[0].begun


def leave_check(world: World, project_id: int) -> None:
    """The check of a project is over, or it was given up."""
    world.projects[project_id].state = RUNNING
    world.clock[0].checking -= 1


def deliver(world: World, project_id: int) -> None:
    """The project goes to the client, with the defects that nobody found."""
    clock = world.clock[0]
    project = world.projects[project_id]
    project.state = DELIVERED
    project.delivered = clock.now
    project.escaped = project.latent
    project.latent = 0.0
    settle_bill(world, project_id)
    receive_project(world, project_id)
    judge_price_and_scope(world, project_id)
    release_warranty(world, project_id)
    let_go(world, project_id)


def let_go(world: World, project_id: int) -> None:
    """Work on a project is over: its owners and its team have room again, and nobody thinks about it."""
    project = world.projects[project_id]
    gain_business(world, project.client, -project.value)
    for duty_id in range(N_DUTIES):
        give_up(world, project_id, duty_id)
    world.teams[project.home].running -= 1
    release_owners(world, project_id)
    leave(world.queues, world.projects, project_id, world.clock[0].now)


def move_projects(world: World) -> None:
    """The flow of a day: what is finished is checked, tried and delivered. Without any, none is looked at."""
    clock = world.clock[0]
    project_id = NONE
    if clock.turned or clock.checking > 0:
        project_id = int(world.queues[PORTFOLIO_QUEUE].first)
    clock.turned = 0
    while project_id != NONE:
        project = world.projects[project_id]
        following = int(project.after)
        if project.state == CHECKING:
            wait_for_check(world, project_id)
        if project.state == RUNNING and project.tasks_left == 0:
            finish_project(world, project_id)
        project_id = following
    clock.now = clock.begun


def view_of(owner: int, team_id: int) -> int:
    """What the holder of a duty sees of a project: a team its own tasks, a manager (NONE) all of them."""
    if owner == TEAM:
        return team_id
    return NONE


def is_starting(world: World, project_id: int) -> bool:
    """Whether a project waits for its first plan."""
    return bool(world.projects[project_id].state == STARTING)
