"""Risks of projects and of operations: unknown, known, mitigated; they strike, grow, and are contained."""

from sim.rules.matters import matter_of_project, matter_of_team, raise_matter
from sim.rules.people import lose_member
from sim.rules.scope import add_work
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
    add_work(world, project_id, hours, 1)


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
        raise_matter(world, matter_of_project(world, risk.project, PROJECT_RISK), hours, 1)
    else:
        hours = world.duties[OPERATIONAL_RISK].hours
        raise_matter(world, matter_of_team(world, risk.team, OPERATIONAL_RISK), hours, 1)


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


def live_with_risk(world: World, risk_id: int) -> None:
    """A step in a risk's life: its hazard adds up until it strikes; then it grows until it is contained."""
    given = world.given[0]
    clock = world.clock[0]
    risk = world.risks[risk_id]
    if risk.state == CONTAINED:
        return
    if risk.state == STRUCK:
        if clock.now >= last_day(world, risk_id):
            contain(world, risk_id)
        else:
            harm(world, risk_id, risk.impact * given.strike_growth * clock.step_days)
        return
    hazard = risk.hazard
    if risk.state == MITIGATED:
        hazard *= given.mitigated_hazard
    risk.exposure += hazard * clock.step_days
    if risk.exposure >= risk.threshold:
        strike(world, risk_id)


def live_with_risks(world: World, first: int, count: int) -> None:
    """A step in the life of `count` risks from row `first` on."""
    for risk_id in range(first, first + count):
        live_with_risk(world, risk_id)


def manage_risks(world: World, first: int, count: int) -> None:
    """Contain what has struck, mitigate what is known, look for what is not."""
    for risk_id in range(first, first + count):
        risk = world.risks[risk_id]
        if risk.state == STRUCK:
            contain(world, risk_id)
        elif risk.state == KNOWN:
            risk.state = MITIGATED
        elif risk.state == UNKNOWN:
            risk.state = KNOWN
