"""Risks of projects: unknown, known, mitigated; they strike, grow, and are contained."""

from sim.rules.matters import matter_of_project, raise_matter
from sim.rules.scope import add_work
from sim.world import (
    CONTAINED,
    KNOWN,
    MITIGATED,
    PROJECT_RISK,
    STRUCK,
    UNKNOWN,
    World,
)


def suffer(world: World, project_id: int, hours: float) -> None:
    """A risk costs the project extra work."""
    world.projects[project_id].risk_hours += hours
    add_work(world, project_id, hours)


def strike(world: World, risk_id: int) -> None:
    """A risk becomes a fact; forewarned is forearmed."""
    given = world.given[0]
    risk = world.risks[risk_id]
    if risk.state == KNOWN:
        risk.impact *= given.known_impact
    elif risk.state == MITIGATED:
        risk.impact *= given.mitigated_impact
    risk.state = STRUCK
    risk.struck = world.clock[0].now
    suffer(world, risk.project, risk.impact)
    duty = world.duties[PROJECT_RISK]
    raise_matter(world, matter_of_project(world, risk.project, PROJECT_RISK), duty.hours, 1)


def live_with_risks(world: World, project_id: int) -> None:
    """A step in the life of a running project's risks: hazards add up, what has struck grows."""
    given = world.given[0]
    days = world.clock[0].step_days
    project = world.projects[project_id]
    for risk_id in range(project.first_risk, project.first_risk + project.n_risks):
        risk = world.risks[risk_id]
        if risk.state == STRUCK:
            if world.clock[0].now - risk.struck >= given.strike_days:
                risk.state = CONTAINED
            else:
                suffer(world, project_id, risk.impact * given.strike_growth * days)
        elif risk.state != CONTAINED:
            hazard = risk.hazard
            if risk.state == MITIGATED:
                hazard *= given.mitigated_hazard
            risk.exposure += hazard * days
            if risk.exposure >= risk.threshold:
                strike(world, risk_id)


def manage_risks(world: World, project_id: int) -> None:
    """Contain what has struck, mitigate what is known, look for what is not."""
    project = world.projects[project_id]
    for risk_id in range(project.first_risk, project.first_risk + project.n_risks):
        risk = world.risks[risk_id]
        if risk.state == STRUCK:
            risk.state = CONTAINED
        elif risk.state == KNOWN:
            risk.state = MITIGATED
        elif risk.state == UNKNOWN:
            risk.state = KNOWN
