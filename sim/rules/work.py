"""A member's day in a team: meetings, then work on tickets and tasks until they are done or stop."""

from sim.rules.choice import pick_task, task_with_specialists
from sim.rules.exceptions import block, exception_rate
from sim.rules.gathering import ceremonies, hold_duties
from sim.rules.hours import hours_a_day, hours_left, idle_until, rests, stop, use_hours
from sim.rules.network import end_task, take_task
from sim.rules.people import rest
from sim.rules.scope import note_work
from sim.rules.services import pick_ticket, serve, take_ticket
from sim.rules.tasks import fit, put_down, queue_of_team
from sim.rules.turns import next_to_act
from sim.rules.unrest import attention_kept
from sim.world import NONE, READY_QUEUE, ROSTER_QUEUE, TICKET_QUEUE, TRAY_QUEUE, WORKING, World


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
    world.clock[0].now = world.clock[0].begun
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
    if member.away_until > clock.begun:
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
    if lost > 0.0:
        member.owed_switching -= lost
        world.teams[team_id].switching += lost
        use_hours(world, member_id, lost, hours)
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
    return float(rate * attention_kept(world))


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
    use_hours(world, member_id, used, hours)
    if blocked:
        block(world, member_id, task_id)
    elif finished:
        task.remaining = 0.0
        put_down(world, member_id)
        end_task(world, task_id)
    if (blocked or finished) and world.queues[queue_of_team(team_id, TRAY_QUEUE)].length > 0:
        deal_with_duties(world, team_id, member_id)
    return float(used)


def deal_with_duties(world: World, team_id: int, member_id: int) -> None:
    """Whoever stops in the course of a step deals with the team's own duties that have come up meanwhile, as
    far as the team's time for them goes.
    """
    team = world.teams[team_id]
    most = hours_left(world, member_id)
    hours = min(most, team.duty_left)
    if hours > 0.0:
        spent = hold_duties(world, team_id, hours, hours_a_day(world, member_id))
        team.duty_left -= spent
        team.duties += spent
        use_hours(world, member_id, spent, most)


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


def help_out(world: World, team_id: int, member_id: int, hours: float) -> None:
    """Without a task, a member takes the oldest ticket, if there is one; else there is nothing to do."""
    ticket_id = world.queues[queue_of_team(team_id, TICKET_QUEUE)].first
    if ticket_id == NONE or world.tickets[ticket_id].raised > world.clock[0].now:
        stop(world, member_id)
        return
    take_ticket(world, team_id, member_id, ticket_id)
    serve(world, team_id, member_id, pace(world, member_id), hours)


def work(world: World, team_id: int, member_id: int, task_id: int, hours: float) -> None:
    """Spend up to `hours` on a task that the member has or takes up, until it stops; NONE: on none."""
    member = world.members[member_id]
    if task_id == NONE:
        help_out(world, team_id, member_id, hours)
        return
    if member.task != task_id:
        take_task(world, member_id, task_id)
    hours -= turn_to_project(world, team_id, member_id, hours)
    if hours > 0.0:
        work_on(world, team_id, member_id, hours)


def choose_task(world: World, team_id: int, member_id: int) -> int:
    """The task at hand, else one with specialists who are free now, else the next from the team's line."""
    clock = world.clock[0]
    task_id = world.members[member_id].task
    if task_id == NONE and clock.now > clock.begun:
        task_id = task_with_specialists(world, member_id)
    if task_id == NONE:
        task_id = pick_task(world, team_id, member_id)
    return int(task_id)


def begin_step(world: World, team_id: int, member_id: int) -> float:
    """A member's step begins. Returns the hours for tickets and tasks; without any, it is over at once."""
    clock = world.clock[0]
    clock.now = clock.begun
    member = world.members[member_id]
    member.moment = clock.begun
    member.pause = WORKING
    hours = hours_for_tasks(world, team_id, member_id)
    if hours <= 0.0:
        member.moment = clock.until
        rest(world, member_id)
    return hours


def hours_of_turn(world: World, member_id: int) -> float:
    """Hours left to a member whose turn it is, from the moment that the member has come to."""
    world.clock[0].now = world.members[member_id].moment
    return hours_left(world, member_id)


def end_turn(world: World, team_id: int, member_id: int) -> None:
    """A member has done one thing: there is time for more, or nothing to do now, or the step is over."""
    clock = world.clock[0]
    if world.members[member_id].moment >= clock.until:
        rest(world, member_id)
    elif rests(world, member_id):
        world.teams[team_id].resting += 1
    else:
        world.teams[team_id].at_work += 1


def take_turn(world: World, team_id: int, member_id: int, hours: float) -> None:
    """Do one thing, for up to `hours`: a ticket, if one is in hand or urgent, or a task."""
    left = work_on_tickets(world, team_id, member_id, hours)
    if left == hours:
        work(world, team_id, member_id, choose_task(world, team_id, member_id), hours)
    end_turn(world, team_id, member_id)


def go_on(world: World, team_id: int) -> None:
    """Turns of a team's members, as long as anyone has both time and something to do."""
    member_id = next_to_act(world, team_id)
    while member_id != NONE:
        take_turn(world, team_id, member_id, hours_of_turn(world, member_id))
        member_id = next_to_act(world, team_id)


def spend_day(world: World, team_id: int) -> None:
    """A team's step: first what each member has in hand or finds to do, then turn by turn."""
    plan_overtime(world, team_id)
    world.teams[team_id].at_work = 0
    world.teams[team_id].resting = 0
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        hours = begin_step(world, team_id, member_id)
        if hours > 0.0:
            take_turn(world, team_id, member_id, hours)
        member_id = world.members[member_id].after
    go_on(world, team_id)


def rest_till_the_end(world: World, member_id: int) -> None:
    """A member who has nothing to do has nothing to do for the rest of the step."""
    idle_until(world, member_id, world.clock[0].until)
    rest(world, member_id)


def end_day_of_team(world: World, team_id: int) -> None:
    """The end of a team's step: for those who still rest, and in the books."""
    world.clock[0].now = world.clock[0].begun
    if world.teams[team_id].resting > 0:
        member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
        while member_id != NONE:
            if rests(world, member_id):
                rest_till_the_end(world, member_id)
            member_id = world.members[member_id].after
    note_hours(world, team_id)
