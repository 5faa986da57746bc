"""Tracking: a project is held against its objectives, and who can correct a drift is told of it."""

from sim.rules.budget import spent_hours
from sim.rules.matters import hand_on
from sim.rules.projects import share_done, view_of
from sim.rules.responsibilities import client_duty, project_duty
from sim.world import (
    BUDGET,
    NOBODY,
    NONE,
    OFF_CLIENT,
    OFF_COST,
    OFF_SCOPE,
    OFF_TIME,
    PORTFOLIO_QUEUE,
    REPORTING,
    SATISFACTION,
    TIMELINE,
    World,
)


def is_behind(world: World, project_id: int, team_id: int) -> bool:
    """Whether clearly less is earned than should be by now to keep the promise (index of schedule).

    `team_id` restricts the view to one team's tasks; NONE sees them all.
    """
    given = world.given[0]
    project = world.projects[project_id]
    promised = max(1.0, project.deadline - project.arrival)
    planned = min(1.0, (world.clock[0].now - project.arrival) / promised)
    if planned < given.pace_known:
        return False
    return share_done(world, project_id, team_id) < (1.0 - given.drift_tolerance) * planned


def is_dear(world: World, project_id: int) -> bool:
    """Whether clearly more was spent than what is earned may cost (index of cost), or goes into extras."""
    given = world.given[0]
    project = world.projects[project_id]
    if project.creep > given.drift_tolerance:
        return True
    done = share_done(world, project_id, NONE)
    worth = done * project.approved_hours
    return bool(
        done >= given.pace_known and worth < (1.0 - given.drift_tolerance) * spent_hours(world, project_id)
    )


def off_course(world: World, project_id: int, team_id: int) -> int:
    """The objectives, as a sum of OFF_TIME ..., that a project misses by more than is tolerated."""
    given = world.given[0]
    project = world.projects[project_id]
    usual = (1.0 - given.drift_tolerance) * given.first_satisfaction
    off = OFF_TIME * is_behind(world, project_id, team_id)
    off += OFF_COST * is_dear(world, project_id)
    off += OFF_SCOPE * (project.undiscovered > given.drift_tolerance)
    off += OFF_CLIENT * (world.clients[project.client].satisfaction < usual)
    return int(off)


def how_many(objectives: int) -> int:
    """How many objectives there are in a sum of OFF_TIME ..."""
    time = objectives & OFF_TIME
    cost = (objectives & OFF_COST) // OFF_COST
    scope = (objectives & OFF_SCOPE) // OFF_SCOPE
    client = (objectives & OFF_CLIENT) // OFF_CLIENT
    return int(time + cost + scope + client)


def note_drift(world: World, project_id: int) -> None:
    """A morning: which objectives a project has lost sight of, and since when nobody has noticed."""
    clock = world.clock[0]
    if world.given[0].drift_tolerance >= 1.0 or clock.step % clock.steps_a_day > 0:
        return
    project = world.projects[project_id]
    off = off_course(world, project_id, NONE)
    project.drifts += how_many(off & ~project.off)
    project.off = off
    project.seen &= off
    project.unseen_days += how_many(off & ~project.seen)


def see(world: World, project_id: int, objective: int) -> None:
    """Whoever deals with an objective sees whether the project is off it."""
    project = world.projects[project_id]
    project.seen |= project.off & objective


def see_client(world: World, client_id: int) -> None:
    """Whoever cares for a client sees it for all of the client's projects."""
    if world.given[0].drift_tolerance >= 1.0:
        return
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        if project.client == client_id:
            see(world, project_id, OFF_CLIENT)
        project_id = project.after


def ask(world: World, owner: int, responsibility_id: int, hours: float) -> None:
    """Whoever tracks asks who can act; where that is nobody's duty, there is nobody to ask."""
    if world.responsibilities[responsibility_id].owner != NOBODY:
        hand_on(world, owner, responsibility_id, hours)


def correct(world: World, project_id: int, owner: int, drift: int) -> None:
    """Each drift is a case for the duty that can act on it: time, cost, scope, the client."""
    duties = world.duties
    if drift & OFF_TIME:
        ask(world, owner, project_duty(world, project_id, TIMELINE), duties[TIMELINE].hours)
    if drift & OFF_COST:
        ask(world, owner, project_duty(world, project_id, BUDGET), duties[BUDGET].hours)
    if drift & OFF_SCOPE:
        ask(world, owner, project_duty(world, project_id, REPORTING), duties[REPORTING].hours)
    if drift & OFF_CLIENT:
        client = world.projects[project_id].client
        ask(world, owner, client_duty(world, client), duties[SATISFACTION].hours)


def compare_with_objectives(world: World, project_id: int, owner: int) -> None:
    """Hold a project against its objectives, and ask once for the correction of each drift that is new.

    A team sees its own tasks only.
    """
    if world.given[0].drift_tolerance >= 1.0:
        return
    project = world.projects[project_id]
    drift = off_course(world, project_id, view_of(owner, project.home)) & ~project.seen
    project.seen |= drift
    correct(world, project_id, owner, drift)
