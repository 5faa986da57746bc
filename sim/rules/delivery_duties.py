"""What handling each of a delivery manager's duties does (duties 8 to 14)."""

from sim.rules.budget import settle_overrun
from sim.rules.clients import care_for
from sim.rules.exceptions import resume
from sim.rules.lending import lend_member
from sim.rules.ownership import ranked_by
from sim.rules.projects import share_done
from sim.rules.risks import manage_risks
from sim.rules.services import oversee
from sim.rules.tasks import ask_for_someone, stop_waiting
from sim.world import (
    ABOUT_TASK,
    BLOCKED,
    NONE,
    World,
)


def cost_of_delay(world: World, project_id: int) -> float:
    """Euro that a day's delay of a project costs: value comes later, and a late one pays penalties."""
    given = world.given[0]
    project = world.projects[project_id]
    rate = given.value_decay
    if project.forecast > project.deadline:
        rate += given.late_penalty
    return float(project.value * rate)


def urgency_of_project(world: World, project_id: int) -> float:
    """Cost of delay over remaining work (weighted shortest job first; Smith 1956, Reinertsen 2009).

    What remains is what has not been earned, as in forecasts: hours spent say nothing about it.
    """
    project = world.projects[project_id]
    open_share = 1.0 - share_done(world, project_id, NONE)
    remaining = max(world.given[0].piece_hours, open_share * project.estimate_hours)
    return float(cost_of_delay(world, project_id) / remaining)


def rank_projects(world: World, owner: int) -> None:
    """Rank the projects that `owner` looks after; the first of each ranker's projects ranks -1."""
    best = 0.0
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE:
        project_id = world.engagements[place].project
        urgency = urgency_of_project(world, project_id)
        world.projects[project_id].rank = -urgency
        world.projects[project_id].ranked = world.clock[0].now
        best = max(best, urgency)
        place = world.engagements[place].after
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE and best > 0.0:
        world.projects[world.engagements[place].project].rank /= best
        place = world.engagements[place].after


def allot_resources(world: World, matter_id: int) -> None:
    """Resources: rank projects by cost of delay over remaining work; lend a member where work piles up."""
    owner = world.matters[matter_id].row
    rank_projects(world, owner)
    lend_member(world, owner)


def improve_process(world: World, matter_id: int) -> None:
    """Process: a team learns from its retrospective, with diminishing returns."""
    team = world.teams[world.matters[matter_id].row]
    gain = world.given[0].maturity_gain * world.matters[matter_id].care
    team.maturity += gain * (1.0 - team.maturity)


def decide_with_stakeholders(world: World, matter_id: int, wrong: int) -> None:
    """Stakeholders: take the decision that was above the project: go on, more money, less scope."""
    matter = world.matters[matter_id]
    if matter.about == ABOUT_TASK:
        resume(world, matter.row, wrong)
        return
    settle_overrun(world, matter.row)


def coordinate(world: World, matter_id: int, wrong: int) -> None:
    """Coordination: clear an impediment, or bring two teams together over what one hands to the other."""
    task_id = world.matters[matter_id].row
    if world.tasks[task_id].state == BLOCKED:
        resume(world, task_id, wrong)
    else:
        stop_waiting(world, task_id)
        ask_for_someone(world, task_id)


def oversee_service(world: World, matter_id: int) -> None:
    """Service oversight: see `services.oversee`."""
    oversee(world, world.matters[matter_id].row, world.matters[matter_id].care)


def watch_operations(world: World, matter_id: int) -> None:
    """Operational risk: as for the risks of projects, for those that hit many projects at once."""
    team = world.teams[world.matters[matter_id].row]
    care = world.matters[matter_id].care
    manage_risks(world, team.first_risk, team.n_risks, team.risk_days, care)


def satisfy_client(world: World, matter_id: int) -> None:
    """Satisfaction: see `clients.care_for`."""
    care_for(world, world.matters[matter_id].row, world.matters[matter_id].care)
