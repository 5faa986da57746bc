"""What handling each of a delivery manager's duties does (duties 8 to 14, as far as they are built)."""

from sim.rules.clients import care_for
from sim.rules.exceptions import resume
from sim.rules.matters import owner_of
from sim.rules.people import change_team
from sim.rules.risks import manage_risks
from sim.rules.scope import cut_scope
from sim.rules.services import oversee
from sim.rules.tasks import ask_for_someone, queue_of_team, stop_waiting
from sim.world import (
    ABOUT_TASK,
    BLOCKED,
    NONE,
    PORTFOLIO_QUEUE,
    READY_QUEUE,
    RESOURCES,
    ROSTER_QUEUE,
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
    """Cost of delay over remaining work (weighted shortest job first; Smith 1956, Reinertsen 2009)."""
    project = world.projects[project_id]
    done = project.done_before + project.progress
    remaining = max(world.given[0].piece_hours, project.estimate_hours - done)
    return float(cost_of_delay(world, project_id) / remaining)


def rank_projects(world: World, owner: int) -> None:
    """Rank the projects that `owner` looks after; the first of each ranker's projects ranks -1."""
    best = 0.0
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        if owner_of(world, project_id, RESOURCES) == owner:
            project.rank = -urgency_of_project(world, project_id)
            best = max(best, -project.rank)
        project_id = project.after
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE and best > 0.0:
        project = world.projects[project_id]
        if owner_of(world, project_id, RESOURCES) == owner:
            project.rank /= best
        project_id = project.after


def load_of_team(world: World, team_id: int) -> float:
    """Hours of ready work for each member who works with a team."""
    hours = 0.0
    task_id = world.queues[queue_of_team(team_id, READY_QUEUE)].first
    while task_id != NONE:
        hours += world.tasks[task_id].remaining
        task_id = world.tasks[task_id].after
    return float(hours / max(1, world.queues[queue_of_team(team_id, ROSTER_QUEUE)].length))


def works_with(world: World, owner: int, team_id: int) -> bool:
    """Whether any running project of `owner` works with a team."""
    engagement_id = world.shared[team_id].first
    while engagement_id != NONE:
        engagement = world.engagements[engagement_id]
        if owner_of(world, engagement.project, RESOURCES) == owner:
            return True
        engagement_id = engagement.after
    return False


def most_loaded(world: World, owner: int) -> int:
    """The team with most ready work a head among those that `owner` works with; NONE if none has any."""
    busiest = NONE
    most = 0.0
    for team_id in range(len(world.teams)):
        load = load_of_team(world, team_id)
        if load > most and works_with(world, owner, team_id):
            most = load
            busiest = team_id
    return busiest


def lend_member(world: World, owner: int) -> None:
    """Lend a free member to the most loaded team of the same skill that `owner` works with."""
    borrower = most_loaded(world, owner)
    if borrower == NONE:
        return
    lender = NONE
    least = load_of_team(world, borrower) - world.given[0].loan_gap_hours
    for team_id in range(len(world.teams)):
        if world.teams[team_id].skill == world.teams[borrower].skill:
            load = load_of_team(world, team_id)
            if load < least and works_with(world, owner, team_id):
                least = load
                lender = team_id
    if lender != NONE:
        move_member(world, lender, borrower)


def move_member(world: World, lender: int, borrower: int) -> None:
    """The first member without a task, if any, works for another team for `loan_days`."""
    member_id = world.queues[queue_of_team(lender, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        free = member.task == NONE and member.reserved <= 0.0
        if free and member.home == lender and member.away_until <= world.clock[0].now:
            member.until = world.clock[0].now + world.given[0].loan_days
            change_team(world, member_id, borrower)
            return
        member_id = member.after


def allot_resources(world: World, matter_id: int) -> None:
    """Resources: rank projects by cost of delay over remaining work; lend a member where work piles up."""
    owner = world.matters[matter_id].row
    rank_projects(world, owner)
    lend_member(world, owner)


def improve_process(world: World, matter_id: int) -> None:
    """Process: a team learns from its retrospective, with diminishing returns."""
    team = world.teams[world.matters[matter_id].row]
    team.maturity += world.given[0].maturity_gain * (1.0 - team.maturity)


def decide_with_stakeholders(world: World, matter_id: int, wrong: int) -> None:
    """Stakeholders: take the decision that was above the project: go on, more money, less scope."""
    matter = world.matters[matter_id]
    if matter.about == ABOUT_TASK:
        resume(world, matter.row, wrong)
        return
    project = world.projects[matter.row]
    if project.overrun > 0.0:
        project.approved_hours += project.overrun
        cut_scope(world, matter.row, project.overrun * world.given[0].cut_share)
        project.overrun = 0.0


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
    oversee(world, world.matters[matter_id].row)


def watch_operations(world: World, matter_id: int) -> None:
    """Operational risk: as for the risks of projects, for those that hit many projects at once."""
    team = world.teams[world.matters[matter_id].row]
    manage_risks(world, team.first_risk, team.n_risks)


def satisfy_client(world: World, matter_id: int) -> None:
    """Satisfaction: see `clients.care_for`."""
    care_for(world, world.matters[matter_id].row)
