"""A member's day in a team: meetings, then work on tickets and tasks until they are done or stop."""

from sim.rules.choice import pick_task
from sim.rules.exceptions import block, exception_rate
from sim.rules.gathering import ceremonies
from sim.rules.people import rest
from sim.rules.scope import note_work
from sim.rules.services import pick_ticket, serve, take_ticket
from sim.rules.tasks import finish_task, fit, put_down, queue_of_team, take_task
from sim.world import (
    NONE,
    READY_QUEUE,
    ROSTER_QUEUE,
    TICKET_QUEUE,
    World,
)


def note_hours(world: World, team_id: int) -> None:
    """The books of a team's step, of those who were there."""
    clock = world.clock[0]
    team = world.teams[team_id]
    team.paid += team.present * clock.step_hours
    team.meetings += team.present * team.overhead * clock.step_hours
    team.ceremonies += team.present * ceremonies(world, team_id) * clock.step_hours
    team.duties += team.present * team.duty_hours
    team.present = 0


def works_late(world: World, member_id: int) -> bool:
    """Whether a member is there, and on a task of a late project."""
    member = world.members[member_id]
    if member.task == NONE or member.away_until > world.clock[0].now:
        return False
    return bool(world.projects[world.tasks[member.task].project].late)


def plan_overtime(world: World, team_id: int) -> None:
    """Overtime is for members on a late project whose team has more work ready than hands as a step begins.

    All members' tasks and projects are looked at one after another, so that the waits for memory overlap.
    """
    more = world.queues[queue_of_team(team_id, READY_QUEUE)].length > 0
    hours = world.given[0].overtime * world.clock[0].step_hours * more
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        member.overtime = hours * works_late(world, member_id)
        member_id = member.after


def hours_for_tasks(world: World, team_id: int, member_id: int) -> float:
    """Hours that a member has for tickets and tasks in this step, the overtime that is planned included, and
    the books of who is not there: the absent are paid, an empty seat is not.
    """
    clock = world.clock[0]
    team = world.teams[team_id]
    member = world.members[member_id]
    if member.away_until > clock.now:
        if member.vacant:
            team.vacant += clock.step_hours
        else:
            team.paid += clock.step_hours
            team.absent += clock.step_hours
        return 0.0
    team.present += 1
    team.paid += member.overtime
    team.overtime += member.overtime
    return float(team.hours + member.overtime)


def turn_to_project(world: World, team_id: int, member_id: int, hours: float) -> float:
    """Hours lost when a member turns to the task of another project (Tregubov & Boehm 2017).

    What the step has no room for is lost in the next one.
    """
    member = world.members[member_id]
    project = world.tasks[member.task].project
    if member.project != project and member.project != NONE:
        member.owed_switching = world.given[0].member_switch
    member.project = project
    lost = min(hours, member.owed_switching)
    member.owed_switching -= lost
    world.teams[team_id].switching += lost
    return float(lost)


def speed(world: World, member_id: int, task_id: int) -> float:
    """Effort that a member gets done on a task in an hour."""
    return pace(world, member_id) * fit(world, member_id, task_id)


def pace(world: World, member_id: int) -> float:
    """Effort that a member gets done in an hour of work that suits them."""
    member = world.members[member_id]
    given = world.given[0]
    rate = member.productivity
    rate *= given.newcomer_speed + (1.0 - given.newcomer_speed) * member.ramp
    if member.team != member.home:
        rate *= given.loan_speed
    return float(rate)


def work_on(world: World, team_id: int, member_id: int, hours: float) -> float:
    """Work on a member's task for up to `hours`, until it is done or stopped. Returns the hours used."""
    member = world.members[member_id]
    task_id = member.task
    task = world.tasks[task_id]
    project = world.projects[task.project]
    rate = speed(world, member_id, task_id)
    useful = rate * (1.0 - project.creep)
    hazard = exception_rate(world, team_id, member_id, task_id)
    used = hours
    finished = useful * used >= task.remaining
    if finished:
        used = task.remaining / useful
    blocked = hazard * used > task.gap
    if blocked:
        used = task.gap / hazard
    task.gap -= hazard * used
    task.remaining = max(0.0, task.remaining - useful * used)
    project.creep_hours += (rate - useful) * used
    world.teams[team_id].productive += used
    note_work(world, task.project, used, useful * used)
    if blocked:
        block(world, member_id, task_id)
    elif finished:
        task.remaining = 0.0
        put_down(world, member_id)
        finish_task(world, task_id)
    return float(used)


def work_on_tickets(world: World, team_id: int, member_id: int, hours: float) -> float:
    """Resolve the ticket in hand, and those that come before project work. Returns the hours left."""
    member = world.members[member_id]
    left = hours
    if member.ticket == NONE:
        ticket_id = pick_ticket(world, team_id)
        if ticket_id == NONE:
            return left
        take_ticket(world, team_id, member_id, ticket_id)
    return serve(world, team_id, member_id, pace(world, member_id), left)


def help_out(world: World, team_id: int, member_id: int, hours: float) -> float:
    """Without a task, a member takes the oldest ticket, if there is one; else there is nothing to do."""
    ticket_id = world.queues[queue_of_team(team_id, TICKET_QUEUE)].first
    if ticket_id == NONE:
        world.teams[team_id].idle += hours
        return 0.0
    take_ticket(world, team_id, member_id, ticket_id)
    return serve(world, team_id, member_id, pace(world, member_id), hours)


def work(world: World, team_id: int, member_id: int, task_id: int, hours: float) -> float:
    """Spend hours on a task that the member has or takes up; NONE: idle. Returns the hours left."""
    member = world.members[member_id]
    if task_id == NONE:
        return help_out(world, team_id, member_id, hours)
    if member.task != task_id:
        take_task(world, member_id, task_id)
    hours -= turn_to_project(world, team_id, member_id, hours)
    return float(hours - work_on(world, team_id, member_id, hours))


def choose_task(world: World, team_id: int, member_id: int) -> int:
    """The task at hand, else the next from the team's line."""
    task_id = world.members[member_id].task
    if task_id != NONE:
        return int(task_id)
    return pick_task(world, team_id, member_id)


def spend_day(world: World, team_id: int) -> None:
    """A team's step, member by member."""
    plan_overtime(world, team_id)
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        hours = hours_for_tasks(world, team_id, member_id)
        while hours > 0.0:
            hours = work_on_tickets(world, team_id, member_id, hours)
            if hours > 0.0:
                hours = work(world, team_id, member_id, choose_task(world, team_id, member_id), hours)
        rest(world, member_id)
        member_id = world.members[member_id].after
    note_hours(world, team_id)
