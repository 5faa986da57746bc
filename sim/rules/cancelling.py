"""Cancelling: a project is stopped when going on costs more than it brings, or when its client gives it up.

Whoever looks at it late stops it late. What it has cost stays; of what it would have brought, what was paid,
and, from a client who gives it up, part of what is done.
"""

from sim.rules.budget import expected_hours, spent_hours
from sim.rules.clients import ask_for_care, disappoint, dissatisfaction, overrun_seen, share_of_business
from sim.rules.completion import hours_left
from sim.rules.contracts import costs_more_than_it_brings, settle_what_is_done
from sim.rules.network import let_others_go_on
from sim.rules.projects import let_go
from sim.rules.queues import leave
from sim.rules.tasks import put_down, reserve, stop_waiting
from sim.world import (
    ACTIVE,
    BLOCKED,
    CANCELLED,
    DATED_QUEUE,
    DONE,
    DROPPED,
    GIVEN_UP,
    HANDING_OVER,
    NONE,
    NOT_WORTH_IT,
    READY,
    RUNNING,
    UNASSIGNED,
    World,
)


def take_out_of_hands(world: World, task_id: int) -> None:
    """Its member puts a task down, at the moment that they have come to in the step, if that is later."""
    clock = world.clock[0]
    now = clock.now
    member_id = world.tasks[task_id].member
    clock.now = max(now, world.members[member_id].moment)
    put_down(world, member_id)
    clock.now = now


def take_out_of_line(world: World, task_id: int) -> None:
    """A task that stands ready leaves its line, and whoever was to do it has less to do."""
    task = world.tasks[task_id]
    leave(world.queues, world.tasks, task_id, world.clock[0].now)
    if task.n_needs == 0:
        world.teams[task.team].waiting -= task.remaining
    if task.member != NONE:
        reserve(world, task.member, task_id, -1)


def drop(world: World, task_id: int) -> None:
    """Nobody works on a task any more, or will."""
    task = world.tasks[task_id]
    state = task.state
    if state == DONE:
        return
    if task.queue == DATED_QUEUE:
        leave(world.queues, world.tasks, task_id, world.clock[0].now)
    if state == ACTIVE:
        take_out_of_hands(world, task_id)
    elif state == READY:
        take_out_of_line(world, task_id)
    elif state in (HANDING_OVER, UNASSIGNED, BLOCKED):
        stop_waiting(world, task_id)
    task.state = DROPPED


def cancel(world: World, project_id: int, cause: int) -> None:
    """A project is stopped, and work on it ends at once; its client is disappointed, whoever stopped it."""
    clock = world.clock[0]
    project = world.projects[project_id]
    if cause == GIVEN_UP:
        settle_what_is_done(world, project_id)
    project.abandoned_hours = hours_left(world, project_id)
    clock.abandoned += project.abandoned_hours
    project.state = CANCELLED
    project.cancelled = clock.now
    project.cause = cause
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        drop(world, task_id)
    let_others_go_on(world, project_id)
    weight = share_of_business(world, project_id)
    disappoint(world, project.client, weight * world.given[0].cancel_effect)
    let_go(world, project_id)


def can_be_stopped(world: World, project_id: int) -> bool:
    """Whether there is anything left to stop: work has begun, and is not done."""
    project = world.projects[project_id]
    return bool(project.state == RUNNING and project.tasks_left > 0)


def reconsider(world: World, project_id: int) -> None:
    """Stop a project of which whoever looks at it expects that the rest costs more than it brings."""
    left = max(0.0, expected_hours(world, project_id) - spent_hours(world, project_id))
    if can_be_stopped(world, project_id) and costs_more_than_it_brings(world, project_id, left):
        cancel(world, project_id, NOT_WORTH_IT)


def try_clients_patience(world: World, project_id: int) -> None:
    """A step in which a client who is not content complains of a project that exceeds what was agreed, and,
    once it has, may give it up: the more likely, the more it exceeds, and the less content the client is.
    """
    project = world.projects[project_id]
    doubt = dissatisfaction(world, project.client)
    if doubt <= 0.0:
        return
    overrun = max(0.0, overrun_seen(world, project_id))
    if not project.complained:
        if overrun >= world.given[0].complaint_overrun:
            project.complained = 1
            ask_for_care(world, project.client)
        return
    project.forbearance -= world.given[0].give_up_hazard * overrun * doubt * world.clock[0].step_days
    if project.forbearance <= 0.0 and can_be_stopped(world, project_id):
        cancel(world, project_id, GIVEN_UP)
