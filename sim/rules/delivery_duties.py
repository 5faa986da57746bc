"""What handling each of a delivery manager's duties does (duties 8 to 14, as far as they are built)."""

from sim.rules.clients import care_for
from sim.rules.exceptions import resume
from sim.rules.ownership import ranked_by
from sim.rules.people import change_team
from sim.rules.risks import manage_risks
from sim.rules.scope import cut_scope
from sim.rules.services import oversee
from sim.rules.tasks import ask_for_someone, queue_of_team, stop_waiting
from sim.world import (
    ABOUT_TASK,
    BLOCKED,
    NONE,
    READY_QUEUE,
    RESOURCES,
    ROSTER_QUEUE,
    TICKET_QUEUE,
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


def load_of_team(world: World, team_id: int) -> float:
    """Hours of ready work for each member who works with a team; counted once on each occasion."""
    team = world.teams[team_id]
    occasion = world.counts[RESOURCES].handled
    if team.weighed != occasion:
        team.weighed = occasion
        hours = 0.0
        task_id = world.queues[queue_of_team(team_id, READY_QUEUE)].first
        while task_id != NONE:
            hours += world.tasks[task_id].remaining
            task_id = world.tasks[task_id].after
        ticket_id = world.queues[queue_of_team(team_id, TICKET_QUEUE)].first
        while ticket_id != NONE:
            hours += world.tickets[ticket_id].remaining
            ticket_id = world.tickets[ticket_id].after
        team.load = hours / max(1, world.queues[queue_of_team(team_id, ROSTER_QUEUE)].length)
    return float(team.load)


def has_more_to_do(world: World, team_id: int, other_id: int) -> bool:
    """Whether a team has more ready work a head than another (NONE: any); of two equals, the first has."""
    load = load_of_team(world, team_id)
    if other_id == NONE:
        return load > 0.0
    other = load_of_team(world, other_id)
    return load > other or (load == other and team_id < other_id)


def has_less_to_do(world: World, team_id: int, other_id: int) -> bool:
    """Whether a team has less ready work a head than another (NONE: yes); of two equals, the first has."""
    if other_id == NONE:
        return True
    load = load_of_team(world, team_id)
    other = load_of_team(world, other_id)
    return load < other or (load == other and team_id < other_id)


def may_lend(world: World, team_id: int, borrower: int) -> bool:
    """Whether a team has the skill that another needs, and less to do by `loan_gap_hours` a head at least."""
    if world.teams[team_id].skill != world.teams[borrower].skill:
        return False
    gap = load_of_team(world, borrower) - world.given[0].loan_gap_hours
    return load_of_team(world, team_id) < gap


def borrower_of(world: World, project_id: int, borrower: int) -> int:
    """The team with most to do, of one found already (or NONE) and those that a project works with."""
    project = world.projects[project_id]
    for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
        team_id = world.engagements[k].shared
        if team_id < len(world.teams) and has_more_to_do(world, team_id, borrower):
            borrower = team_id
    return int(borrower)


def lender_of(world: World, project_id: int, borrower: int, lender: int) -> int:
    """The team with least to do, of one found already (or NONE) and those of a project that may lend."""
    project = world.projects[project_id]
    for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
        team_id = world.engagements[k].shared
        if team_id >= len(world.teams) or not may_lend(world, team_id, borrower):
            continue  # a pool, or a team that cannot help
        if has_less_to_do(world, team_id, lender):
            lender = team_id
    return int(lender)


def lend_member(world: World, owner: int) -> None:
    """Lend a free member to the team with most to do, from one of the same skill; both work with `owner`."""
    borrower = NONE
    lender = NONE
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE:
        borrower = borrower_of(world, world.engagements[place].project, borrower)
        place = world.engagements[place].after
    place = world.shared[ranked_by(world, owner)].first
    while place != NONE and borrower != NONE:
        lender = lender_of(world, world.engagements[place].project, borrower, lender)
        place = world.engagements[place].after
    if lender != NONE:
        move_member(world, lender, borrower)


def move_member(world: World, lender: int, borrower: int) -> None:
    """The first member with nothing in hand, if any, works for another team for `loan_days`."""
    member_id = world.queues[queue_of_team(lender, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        free = member.task == NONE and member.ticket == NONE and member.reserved <= 0.0
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
