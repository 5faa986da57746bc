"""Matters: what needs a manager. They are raised, begun, handled or given up, and may raise others."""

from sim.rules.borders import is_left_lying, is_riddle, who_else
from sim.rules.calls import call_for_help, call_off
from sim.rules.queues import join, leave
from sim.rules.responsibilities import project_duty, team_duty, team_of_client
from sim.world import (
    ABOUT_CLIENT,
    ABOUT_PROJECT,
    ABOUT_SERVICE,
    ABOUT_TASK,
    FIRST_TEAM_QUEUE,
    LIMBO_QUEUE,
    NONE,
    QUEUES_A_TEAM,
    TEAM,
    TRAY_QUEUE,
    WAIT_BIN_DAYS,
    WAIT_BINS,
    World,
)

KINDS_OF_SUBJECT = 10  # more than there are (ABOUT_PROJECT ...), so that no two subjects have one number


def matter_of_task(world: World, task_id: int) -> int:
    """Row of the one matter that a task can wait for at a time; NONE while it waits for none."""
    return int(world.tasks[task_id].matter)


def team_behind(world: World, matter_id: int) -> int:
    """The team that a matter falls to where teams hold its duty: of its project, task, service or client."""
    matter = world.matters[matter_id]
    team = matter.row
    if matter.about == ABOUT_PROJECT:
        team = world.projects[matter.row].home
    elif matter.about == ABOUT_TASK:
        team = world.tasks[matter.row].team
    elif matter.about == ABOUT_SERVICE:
        team = world.services[matter.row].team
    elif matter.about == ABOUT_CLIENT:
        team = team_of_client(world, matter.row)
    return int(team)


def tray_of(world: World, matter_id: int) -> int:
    """The queue in which a matter waits: its owner's in-tray, its team's list of duties, or NONE."""
    matter = world.matters[matter_id]
    if matter.owner >= 0:
        return int(world.clock[0].first_tray + matter.owner)
    if matter.owner == TEAM:
        return int(FIRST_TEAM_QUEUE + team_behind(world, matter_id) * QUEUES_A_TEAM + TRAY_QUEUE)
    return NONE


def subject_of(world: World, matter_id: int) -> int:
    """What a matter is about, as one number: a project, or (below -1) a team, client, service, portfolio."""
    matter = world.matters[matter_id]
    if matter.project != NONE:
        return int(matter.project)
    return int(-KINDS_OF_SUBJECT * (1 + matter.row) - matter.about)


def weigh(world: World, matter_id: int) -> None:
    """Note how much a matter calls for attention: urgency and value, mixed by `firefighting`.

    Urgency counts the days waited (in units of `urgent_days`) and whether work stands still; a proactive
    duty cries less loudly. Value is that of the project behind it, relative to the mean. So each day it calls
    louder by the same amount, which is all that one needs to know from then on.
    """
    given = world.given[0]
    matter = world.matters[matter_id]
    value = 1.0
    if matter.project != NONE:
        value = world.projects[matter.project].weight
    urgency = 0.0
    matter.growth = given.firefighting / given.urgent_days
    if matter.pressing:
        urgency = given.blocking_urgency
    elif world.duties[matter.duty].proactive:
        matter.growth *= given.proactive_urgency
    matter.call = given.firefighting * urgency + (1.0 - given.firefighting) * value
    matter.call -= matter.growth * matter.raised


def call_of(world: World, matter_id: int) -> float:
    """How much a matter calls for attention now (see `weigh`)."""
    matter = world.matters[matter_id]
    return float(matter.call + matter.growth * world.clock[0].now)


def put_in_tray(world: World, matter_id: int) -> None:
    """Let a matter wait for its owner."""
    owner = world.matters[matter_id].owner
    if owner >= 0 and world.managers[owner].left > 0.0:
        world.clock[0].stirred = 1
    join(world.queues, tray_of(world, matter_id), world.matters, matter_id, world.clock[0].now)
    call_for_help(world, matter_id)


def leave_limbo(world: World) -> None:
    """What lay in nobody's in-tray for `limbo_days` is noticed by its owner."""
    now = world.clock[0].now
    matter_id = world.queues[LIMBO_QUEUE].first
    while matter_id != NONE and now - world.matters[matter_id].joined >= world.given[0].limbo_days:
        leave(world.queues, world.matters, matter_id, now)
        put_in_tray(world, matter_id)
        matter_id = world.queues[LIMBO_QUEUE].first


def free_row(world: World) -> int:
    """A row for a matter: the one given back last, which is still at hand, else a new one."""
    clock = world.clock[0]
    if clock.free_matters > 0:
        clock.free_matters -= 1
        return int(world.free_rows[clock.free_matters])
    clock.next_matter += 1
    return int(clock.next_matter - 1)


def give_back(world: World, matter_id: int) -> None:
    """Nothing of a matter is needed any more: its row is free for another."""
    clock = world.clock[0]
    world.free_rows[clock.free_matters] = matter_id
    clock.free_matters += 1


def open_matter(world: World, responsibility_id: int, hours: float, pressing: int) -> int:
    """A case of what someone is responsible for comes up, and takes `hours`. Returns its row."""
    responsibility = world.responsibilities[responsibility_id]
    matter_id = free_row(world)
    matter = world.matters[matter_id]
    matter.responsibility = responsibility_id
    matter.about = responsibility.about
    matter.row = responsibility.row
    matter.duty = responsibility.duty
    matter.owner = responsibility.owner
    matter.project = matter.row if matter.about == ABOUT_PROJECT else NONE
    matter.subject = subject_of(world, matter_id)
    matter.open = 1
    matter.pressing = pressing
    matter.started = 0
    matter.raised = world.clock[0].now
    matter.hours = hours
    matter.handoff = 0.0
    matter.remaining = hours
    matter.answer = 1.0
    matter.care = 1.0
    matter.riddle = 0
    matter.calls = 0
    weigh(world, matter_id)
    world.counts[matter.duty].raised += 1
    return matter_id


def appear(world: World, matter_id: int, handed_on: int) -> None:
    """An open matter comes to its owner (NOBODY: to no one), if it is clear who that is."""
    if tray_of(world, matter_id) == NONE:
        return
    matter = world.matters[matter_id]
    responsibility = world.responsibilities[matter.responsibility]
    other = who_else(world, matter_id)
    matter.riddle = is_riddle(world, matter_id, other, handed_on)
    responsibility.known = 1
    if matter.riddle and is_left_lying(world, matter_id, other):
        join(world.queues, LIMBO_QUEUE, world.matters, matter_id, world.clock[0].now)
    else:
        put_in_tray(world, matter_id)


def raise_matter(world: World, responsibility_id: int, hours: float, pressing: int) -> None:
    """Let a matter that takes `hours` come up. If the last of its kind is still open, this time is missed."""
    responsibility = world.responsibilities[responsibility_id]
    if responsibility.matter == NONE:
        responsibility.matter = open_matter(world, responsibility_id, hours, pressing)
        appear(world, responsibility.matter, 0)
        return
    count = world.counts[responsibility.duty]
    count.raised += 1
    count.missed += 1
    if pressing:
        press(world, responsibility.matter)


def press(world: World, matter_id: int) -> None:
    """An open matter becomes one that things stand still for."""
    matter = world.matters[matter_id]
    matter.pressing = 1
    weigh(world, matter_id)
    if matter.queue == tray_of(world, matter_id):
        call_for_help(world, matter_id)


def find_owner(world: World, matter_id: int) -> None:
    """A matter belongs to who holds its duty for its subject; that of a task, for its project or team."""
    matter = world.matters[matter_id]
    responsibility_id = matter.responsibility
    if matter.about == ABOUT_TASK and world.duties[matter.duty].by_team:
        responsibility_id = team_duty(world, team_behind(world, matter_id), matter.duty)
    matter.owner = world.responsibilities[responsibility_id].owner


def raise_for_task(world: World, task_id: int, duty: int, hours: float, answer: float) -> None:
    """Let a task wait for a duty; whoever holds it for the task's project (or team) gets the matter."""
    task = world.tasks[task_id]
    task.matter = open_matter(world, project_duty(world, task.project, duty), hours, 1)
    matter = world.matters[task.matter]
    matter.about = ABOUT_TASK
    matter.row = task_id
    matter.answer = answer
    find_owner(world, task.matter)
    appear(world, task.matter, 0)


def clear_away(world: World, matter_id: int) -> None:
    """Take a matter off the table: out of where it waits, and out of its owner's hands."""
    matter = world.matters[matter_id]
    call_off(world, matter_id)
    if matter.queue != NONE:
        leave(world.queues, world.matters, matter_id, world.clock[0].now)
    if matter.owner >= 0:
        owner = world.managers[matter.owner]
        if owner.matter == matter_id:
            owner.matter = NONE


def put_away(world: World, matter_id: int) -> None:
    """A matter is over: it is off the table, and another of its kind may come up."""
    matter = world.matters[matter_id]
    clear_away(world, matter_id)
    matter.open = 0
    matter.pressing = 0
    if matter.about == ABOUT_TASK:
        world.tasks[matter.row].matter = NONE
    else:
        world.responsibilities[matter.responsibility].matter = NONE


def give_up_on(world: World, matter_id: int) -> None:
    """A matter (NONE: none) is no longer worth an answer: it was missed."""
    if matter_id != NONE:
        world.counts[world.matters[matter_id].duty].missed += 1
        put_away(world, matter_id)
        give_back(world, matter_id)


def note_wait(world: World, matter_id: int) -> None:
    """Note how many days a matter waited before its owner began."""
    matter = world.matters[matter_id]
    days = world.clock[0].now - matter.raised
    count = world.counts[matter.duty]
    count.begun += 1
    count.waited += days
    world.waits[matter.duty * WAIT_BINS + min(WAIT_BINS - 1, int(days / WAIT_BIN_DAYS))] += 1


def hand_on(world: World, owner: int, follow_on: int, hours: float) -> None:
    """Let a matter that `owner` has just handled lead to a case of another responsibility, `follow_on`.

    In the same hands the second takes a share of the hours, for the case is known. In other hands it
    takes both people a hand-off, and waits in the other in-tray.
    """
    responsibility = world.responsibilities[follow_on]
    if responsibility.matter != NONE:
        return
    given = world.given[0]
    if responsibility.owner == owner:
        raise_matter(world, follow_on, hours * given.same_hands, 0)
        return
    responsibility.matter = open_matter(world, follow_on, hours, 0)
    appear(world, responsibility.matter, 1)
    if responsibility.owner >= 0:
        world.matters[responsibility.matter].handoff = given.handoff_hours
        if owner >= 0:
            world.managers[owner].owed_handoffs += given.handoff_hours
