"""Tasks: they become ready, are handed over, assigned, put down and reopened (see `network`)."""

import math

from sim.rules.dependencies import handover_hours, handover_rework
from sim.rules.matters import give_up_on, matter_of_task, raise_for_task
from sim.rules.queues import join, leave
from sim.rules.rework import redo
from sim.world import (
    ALLOCATION,
    COORDINATION,
    FIRST_TEAM_QUEUE,
    HANDING_OVER,
    NONE,
    QUEUES_A_TEAM,
    READY,
    READY_QUEUE,
    ROSTER_QUEUE,
    UNASSIGNED,
    WAITING_QUEUE,
    World,
)


def queue_of_team(team_id: int, which: int) -> int:
    """Number of one of a team's queues."""
    return FIRST_TEAM_QUEUE + team_id * QUEUES_A_TEAM + which


def queue_of_pool(world: World, pool_id: int) -> int:
    """Number of the queue of tasks that wait for a pool of specialists, and perhaps for others too."""
    return int(world.clock[0].first_pool_queue + pool_id)


def wait_in_state(world: World, task_id: int, state: int) -> None:
    """Let a task wait for someone to decide something about it."""
    task = world.tasks[task_id]
    task.state = state
    join(world.queues, queue_of_team(task.team, WAITING_QUEUE), world.tasks, task_id, world.clock[0].now)


def stop_waiting(world: World, task_id: int) -> None:
    """The wait is over, by an answer or without one."""
    give_up_on(world, matter_of_task(world, task_id))
    leave(world.queues, world.tasks, task_id, world.clock[0].now)


def become_ready(world: World, task_id: int) -> None:
    """All predecessors are done. Work that comes from another team must be handed over first."""
    task = world.tasks[task_id]
    if task.between_teams:
        wait_in_state(world, task_id, HANDING_OVER)
        raise_for_task(world, task_id, COORDINATION, handover_hours(world, task_id), 1.0)
        if world.given[0].handover_patience <= 0.0:
            hand_over_alone(world, task_id)
    else:
        ask_for_someone(world, task_id)


def hand_over_alone(world: World, task_id: int) -> None:
    """Teams that nobody brought together sort a hand-over out themselves, at the price of rework."""
    stop_waiting(world, task_id)
    redo(world, task_id, handover_rework(world, task_id))
    ask_for_someone(world, task_id)  # it waits from now on, without patience not at all


def ask_for_someone(world: World, task_id: int) -> None:
    """The task can be done; who does it is a question of allocation."""
    wait_in_state(world, task_id, UNASSIGNED)
    raise_for_task(world, task_id, ALLOCATION, world.duties[ALLOCATION].hours, 1.0)
    if world.given[0].allocation_patience <= 0.0:
        stop_waiting(world, task_id)
        line_up(world, task_id, NONE)


def reserve(world: World, member_id: int, task_id: int, more: int) -> None:
    """A member has one task more (1) or less (-1), in line or in hand. With none, sums leave no crumbs."""
    member = world.members[member_id]
    member.promised += more
    busy = member.reserved + more * world.tasks[task_id].estimate
    member.reserved = busy if member.promised > 0 else 0.0


def line_up(world: World, task_id: int, member_id: int) -> None:
    """Put a task in line for a member (NONE: for anyone in its team)."""
    task = world.tasks[task_id]
    task.state = READY
    task.member = member_id
    if member_id != NONE:
        reserve(world, member_id, task_id, 1)
    line = queue_of_team(task.team, READY_QUEUE)
    if task.n_needs > 0:
        line = queue_of_pool(world, world.needs[task.first_need].pool)
        world.clock[0].stirred = 1
    else:
        world.teams[task.team].waiting += task.remaining
    join(world.queues, line, world.tasks, task_id, world.clock[0].now)


def fit(world: World, member_id: int, task_id: int) -> float:
    """How well a member's speciality suits a task: 1 the same, 1 - `fit_loss` the opposite."""
    apart = abs(world.members[member_id].speciality - world.tasks[task_id].speciality)
    return float(1.0 - world.given[0].fit_loss * 2.0 * min(apart, 1.0 - apart))


def best_member(world: World, task_id: int) -> int:
    """Who in the task's team would finish it first, all that is already reserved for them included."""
    now = world.clock[0].now
    task = world.tasks[task_id]
    best = NONE
    best_finish = math.inf
    member_id = world.queues[queue_of_team(task.team, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        if member.away_until > now:
            member_id = member.after
            continue
        finish = (member.reserved + task.estimate / fit(world, member_id, task_id)) / member.productivity
        if finish < best_finish:
            best = member_id
            best_finish = finish
        member_id = member.after
    return best


def can_have_specialists(world: World, task_id: int) -> bool:
    """Whether all specialists that a task needs are free by now."""
    task = world.tasks[task_id]
    for need_id in range(task.first_need, task.first_need + task.n_needs):
        need = world.needs[need_id]
        pool = world.pools[need.pool]
        if pool.out or pool.used + need.units > pool.units or pool.freed > world.clock[0].now:
            return False
    return True


def note_use(world: World, pool_id: int, now: float) -> None:
    """Add the specialists at work over the time since their number changed (see `queues.note_length`)."""
    pool = world.pools[pool_id]
    pool.busy += pool.used * (now - pool.noted)
    pool.noted = now


def hold_specialists(world: World, task_id: int) -> None:
    """Take the specialists that a task needs while it is active."""
    task = world.tasks[task_id]
    for need_id in range(task.first_need, task.first_need + task.n_needs):
        need = world.needs[need_id]
        note_use(world, need.pool, world.clock[0].now)
        world.pools[need.pool].used += need.units


def release_specialists(world: World, task_id: int) -> None:
    """Give them back, for others to take from this moment on."""
    clock = world.clock[0]
    task = world.tasks[task_id]
    for need_id in range(task.first_need, task.first_need + task.n_needs):
        need = world.needs[need_id]
        pool = world.pools[need.pool]
        note_use(world, need.pool, clock.now)
        pool.used -= need.units
        pool.freed = max(pool.freed, clock.now)
        clock.stirred = 1


def part_of_team(world: World, project_id: int, team_id: int) -> int:
    """The row of `engagements` of a project with a team that works on it."""
    part = world.projects[project_id].first_engagement
    while world.partners[part] != team_id:
        part += 1
    return int(part)


def earn(world: World, task_id: int, share: float) -> None:
    """Book a share of a task's estimate as earned, for its project and for its team's part in it.

    Once: rework is cost, and takes back nothing that was earned.
    """
    task = world.tasks[task_id]
    hours = share * task.estimate
    world.projects[task.project].earned += hours
    world.engagements[task.part].earned += hours


def put_down(world: World, member_id: int) -> None:
    """A member stops working on a task, which is finished or blocked."""
    member = world.members[member_id]
    release_specialists(world, member.task)
    reserve(world, member_id, member.task, -1)
    member.task = NONE


def reopen(world: World, task_id: int) -> None:
    """Work came back to a finished task; who did it last does it again."""
    world.projects[world.tasks[task_id].project].tasks_left += 1
    line_up(world, task_id, world.tasks[task_id].member)
