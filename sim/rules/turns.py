"""Whose turn is next in a team: who has come least far in the step, or rests and has work again."""

import math

from sim.rules.hours import could_begin, idle_until, rests
from sim.rules.tasks import queue_of_team
from sim.world import CALLED, NONE, READY_QUEUE, ROSTER_QUEUE, World


def least_far(world: World, team_id: int) -> int:
    """Of those at work with time left, who has come least far; of equals, who is first in the roster."""
    until = world.clock[0].until
    best = NONE
    soonest = until
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        if member.moment < soonest and not rests(world, member_id):
            best = int(member_id)
            soonest = member.moment
        member_id = member.after
    return best


def who_could(world: World, team_id: int, task_id: int) -> int:
    """Who of those at rest may begin a task that has come into line in this step; NONE if nobody."""
    task = world.tasks[task_id]
    if task.member != NONE and world.given[0].allocation_patience > 0.0:
        theirs = world.members[task.member].team == team_id  # who is lent to another team does not see it
        return int(task.member) if theirs and could_begin(world, task.member, task.joined) else NONE
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        if could_begin(world, member_id, task.joined):
            return int(member_id)
        member_id = world.members[member_id].after
    return NONE


def first_for_resting(world: World, team_id: int, before: float) -> int:
    """The first task that came into line in this step, before a moment, for someone at rest; NONE if none."""
    begun = world.clock[0].begun
    best = NONE
    soonest = before
    task_id = world.queues[queue_of_team(team_id, READY_QUEUE)].first
    while task_id != NONE:
        joined = world.tasks[task_id].joined
        if begun <= joined < soonest and who_could(world, team_id, task_id) != NONE:
            best = int(task_id)
            soonest = joined
        task_id = world.tasks[task_id].after
    return best


def call(world: World, member_id: int, moment: float) -> None:
    """Someone at rest has something to do from a moment on."""
    member = world.members[member_id]
    idle_until(world, member_id, max(moment, member.moment))
    member.pause = CALLED


def next_to_act(world: World, team_id: int) -> int:
    """Whose turn it is in a team; NONE: all hours are spent, or there is nothing to do for who has any.

    Who has just finished something goes before those who rest.
    """
    team = world.teams[team_id]
    member_id = least_far(world, team_id) if team.at_work > 0 else NONE
    team.at_work -= member_id != NONE
    if team.resting == 0 or world.queues[queue_of_team(team_id, READY_QUEUE)].length == 0:
        return member_id
    soonest = math.inf if member_id == NONE else world.members[member_id].moment
    task_id = first_for_resting(world, team_id, min(soonest, world.clock[0].until))
    if task_id == NONE:
        return member_id
    team.at_work += member_id != NONE
    member_id = who_could(world, team_id, task_id)
    call(world, member_id, world.tasks[task_id].joined)
    return member_id
