"""Risks of projects and of operations: unknown, known, mitigated; they strike, grow, and are contained."""

import math

from sim.rules.landing import land_ahead
from sim.rules.matters import raise_matter
from sim.rules.people import lose_member
from sim.rules.responsibilities import project_duty, team_duty
from sim.world import (
    CONTAINED,
    EFFORT,
    KNOWN,
    MITIGATED,
    MONEY,
    NONE,
    OPERATIONAL_RISK,
    PEOPLE,
    POOL_OUT,
    PROJECT_RISK,
    STRUCK,
    UNKNOWN,
    World,
)


def suffer(world: World, project_id: int, hours: float) -> None:
    """A risk costs a project extra work."""
    world.projects[project_id].risk_hours += hours
    land_ahead(world, project_id, hours)


def harm(world: World, risk_id: int, impact: float) -> None:
    """What a strike costs at once, or on one more day: money, or effort of one or all projects of a team."""
    risk = world.risks[risk_id]
    if risk.effect == MONEY:
        risk.cost += impact
    elif risk.effect == EFFORT and risk.project != NONE:
        suffer(world, risk.project, impact)
    elif risk.effect == EFFORT:
        engagement_id = world.shared[risk.team].first
        while engagement_id != NONE:
            engagement = world.engagements[engagement_id]
            if world.projects[engagement.project].home == risk.team:
                suffer(world, engagement.project, impact)
            engagement_id = engagement.after


def strike(world: World, risk_id: int) -> None:
    """A risk becomes a fact; forewarned is forearmed. Whoever holds its duty is called."""
    given = world.given[0]
    risk = world.risks[risk_id]
    if risk.state == KNOWN:
        risk.impact *= given.known_impact
    elif risk.state == MITIGATED:
        risk.impact *= given.mitigated_impact
    risk.state = STRUCK
    risk.struck = world.clock[0].now
    if risk.effect == PEOPLE:
        for _ in range(int(risk.impact + 0.5)):
            lose_member(world, risk.team)
    elif risk.effect == POOL_OUT:
        world.pools[risk.pool].out += 1
    harm(world, risk_id, risk.impact)
    if risk.project != NONE:
        hours = world.duties[PROJECT_RISK].hours
        raise_matter(world, project_duty(world, risk.project, PROJECT_RISK), hours, 1)
    else:
        hours = world.duties[OPERATIONAL_RISK].hours
        raise_matter(world, team_duty(world, risk.team, OPERATIONAL_RISK), hours, 1)


def contain(world: World, risk_id: int) -> None:
    """A strike does no more harm."""
    risk = world.risks[risk_id]
    risk.state = CONTAINED
    if risk.effect == POOL_OUT:
        world.pools[risk.pool].out -= 1


def last_day(world: World, risk_id: int) -> float:
    """Day on which a strike that nobody contains has done its damage."""
    risk = world.risks[risk_id]
    if risk.effect == POOL_OUT:
        return float(risk.struck + risk.impact)
    return float(risk.struck + world.given[0].strike_days)


def live_with_risk(world: World, risk_id: int, day: float) -> None:
    """A step in a risk's life: on its day it strikes; then it grows until it is contained."""
    given = world.given[0]
    clock = world.clock[0]
    risk = world.risks[risk_id]
    if risk.state == STRUCK:
        if clock.now >= last_day(world, risk_id):
            contain(world, risk_id)
        else:
            harm(world, risk_id, risk.impact * given.strike_growth * clock.step_days)
    elif risk.state != CONTAINED and day >= risk.strikes_at:
        strike(world, risk_id)


def soonest_strike(world: World, first: int, count: int) -> float:
    """The day on which one of some risks will strike; 0: one has struck, and each day counts."""
    soonest = math.inf
    for risk_id in range(first, first + count):
        risk = world.risks[risk_id]
        if risk.state == STRUCK:
            return 0.0
        if risk.state != CONTAINED:
            soonest = min(soonest, risk.strikes_at)
    return float(soonest)


def live_with_risks(world: World, first: int, count: int, day: float) -> float:
    """A step in the life of `count` risks from row `first` on, the `day`-th of their owner's `risk_days`.

    Returns on which of these there is something to do about them again.
    """
    for risk_id in range(first, first + count):
        live_with_risk(world, risk_id, day)
    return soonest_strike(world, first, count)


def live_with_risks_of_project(world: World, project_id: int) -> None:
    """A step in which the risks of a project can strike."""
    project = world.projects[project_id]
    project.risk_days += world.clock[0].step_days
    if project.risk_days >= project.next_strike:
        project.next_strike = live_with_risks(world, project.first_risk, project.n_risks, project.risk_days)


def live_with_risks_of_team(world: World, team_id: int) -> None:
    """A step in which the risks of a team's operations can strike."""
    team = world.teams[team_id]
    team.risk_days += world.clock[0].step_days
    if team.risk_days >= team.next_strike:
        team.next_strike = live_with_risks(world, team.first_risk, team.n_risks, team.risk_days)


def mitigate(world: World, risk_id: int, day: float) -> None:
    """From now on a risk's hazard is `mitigated_hazard` of what it was: it takes longer to strike."""
    risk = world.risks[risk_id]
    left = world.given[0].mitigated_hazard
    risk.state = MITIGATED
    risk.strikes_at = day + (risk.strikes_at - day) / left if left > 0.0 else math.inf


def needs_care(world: World, risk_id: int) -> bool:
    """Whether there is something to do about a risk."""
    state = world.risks[risk_id].state
    return bool((state == UNKNOWN) | (state == KNOWN) | (state == STRUCK))


def manage_risk(world: World, risk_id: int, day: float) -> None:
    """Contain what has struck, mitigate what is known, look for what is not."""
    risk = world.risks[risk_id]
    if risk.state == STRUCK:
        contain(world, risk_id)
    elif risk.state == KNOWN:
        mitigate(world, risk_id, day)
    elif risk.state == UNKNOWN:
        risk.state = KNOWN


def manage_risks(world: World, first: int, count: int, day: float, care: float) -> None:
    """Take those risks a step that need it, what has struck first; in haste only a share `care` of them.

    `day`: see `live_with_risks`.
    """
    left = 0
    for risk_id in range(first, first + count):
        left += needs_care(world, risk_id)
    left = int(left * care + 0.5)
    for risk_id in range(first, first + count):
        if world.risks[risk_id].state == STRUCK and left > 0:
            left -= 1
            contain(world, risk_id)
    for risk_id in range(first, first + count):
        if world.risks[risk_id].state != STRUCK and needs_care(world, risk_id) and left > 0:
            left -= 1
            manage_risk(world, risk_id, day)
