"""A team's step before anyone works: its meetings, and the duties that it holds, at its members' cost."""

from sim.rules.duties import handle
from sim.rules.further import consult
from sim.rules.matters import call_of, note_wait
from sim.rules.people import departures_expected, practise
from sim.rules.responsibilities import owner_of, team_duty
from sim.rules.tasks import queue_of_team
from sim.rules.unrest import attention_kept
from sim.world import (
    N_DUTIES,
    NONE,
    PLANNING,
    PORTFOLIO_QUEUE,
    PROCESS,
    ROSTER_QUEUE,
    RUNNING,
    TRAY_QUEUE,
    World,
)


def meetings(world: World, team_id: int) -> float:
    """Share of a member's day in meetings: those that all have (`meetings`), and what a larger team talks on
    top, `communication` times the square of its size (Brooks; Abdel-Hamid & Madnick).
    """
    given = world.given[0]
    size = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].length
    return float(min(given.communication_cap, given.meetings + given.communication * size * size))


def ceremonies(world: World, team_id: int) -> float:
    """Share of a member's day that sprints add to meetings, as far as those leave time for it."""
    if world.clock[0].sprint_days > 0.0:
        return float(min(world.given[0].ceremonies, 1.0 - world.teams[team_id].overhead))
    return 0.0


def count_led_projects(world: World) -> None:
    """Count for each team the running projects that it leads."""
    for team_id in range(len(world.teams)):
        world.teams[team_id].led = 0
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        world.teams[project.home].led += project.state == RUNNING
        project_id = project.after


def seat_managers(world: World) -> None:
    """Who sits with which team in the meetings of a sprint, for `sprint_sitting` hours a day with each.

    Whoever looks after a team's process sits in all of them; whoever plans a project that the team leads, in
    the part that is about it. Planning, review and retrospective are not among these hours: who holds those
    duties spends the duties' own hours on them.
    """
    hours = world.given[0].sprint_sitting
    count_led_projects(world)
    for manager_id in range(len(world.managers)):
        world.managers[manager_id].sitting = 0.0
    for team_id in range(len(world.teams)):
        master = world.responsibilities[team_duty(world, team_id, PROCESS)].owner
        if master >= 0:
            world.managers[master].sitting += hours
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        planner = owner_of(world, project_id, PLANNING)
        master = world.responsibilities[team_duty(world, project.home, PROCESS)].owner
        if project.state == RUNNING and planner >= 0 and planner != master:
            world.managers[planner].sitting += hours / world.teams[project.home].led
        project_id = project.after


def present(world: World, team_id: int) -> int:
    """How many of those who work with a team are there."""
    count = 0
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        if world.members[member_id].away_until <= world.clock[0].now:
            count += 1
        member_id = world.members[member_id].after
    return count


def loudest(world: World, tray: int) -> int:
    """The matter that calls loudest in a queue by now, of equals the first to come; NONE if none is there."""
    best = NONE
    matter_id = int(world.queues[tray].first)
    while matter_id != NONE:
        is_there = world.matters[matter_id].joined <= world.clock[0].now
        if is_there and (best == NONE or call_of(world, matter_id) > call_of(world, best)):
            best = matter_id
        matter_id = int(world.matters[matter_id].after)
    return best


def team_as_holder(world: World, team_id: int) -> int:
    """The team's place among those who have experience: teams come after managers."""
    return len(world.managers) + team_id


def turn_to_duty(world: World, team_id: int, matter_id: int) -> None:
    """Someone of a team turns to a matter: like a manager, at the price of a change of subject."""
    team = world.teams[team_id]
    matter = world.matters[matter_id]
    matter.started = 1
    note_wait(world, matter_id)
    experience = world.experience[team_as_holder(world, team_id) * N_DUTIES + matter.duty]
    matter.remaining = matter.hours * experience.practice / attention_kept(world) + matter.handoff
    matter.remaining += world.given[0].switch_subject * (matter.subject != team.subject)
    matter.remaining += consult(world, matter_id)
    team.subject = matter.subject


def attend_to_duty(world: World, team_id: int, matter_id: int, hours: float, pace: float) -> float:
    """Spend up to `hours` of a team's on a matter, `pace` of them a day. It is answered once all of its hours
    are paid, and wrong by the same chance as a manager's answer without haste. Returns the hours left.
    """
    matter = world.matters[matter_id]
    if not matter.started:
        turn_to_duty(world, team_id, matter_id)
    used = min(hours, matter.remaining)
    matter.remaining -= used
    world.clock[0].now += used / pace
    if matter.remaining <= 0.0:
        holder = team_as_holder(world, team_id)
        chance = world.given[0].wrong_answer * world.experience[holder * N_DUTIES + matter.duty].practice
        wrong = matter.answer < chance
        practise(world, holder, matter.duty)
        handle(world, matter_id, 1 if wrong else 0)
    return float(hours - used)


def hold_duties(world: World, team_id: int, hours: float, pace: float) -> float:
    """A team deals with the duties that it holds itself, as far as `hours` go, at `pace` of them a day.

    Returns the hours spent.
    """
    tray = queue_of_team(team_id, TRAY_QUEUE)
    left = hours
    matter_id = loudest(world, tray)
    while left > 0.0 and matter_id != NONE:
        left = attend_to_duty(world, team_id, matter_id, left, pace)
        matter_id = loudest(world, tray)
    return hours - left


def gather(world: World, team_id: int) -> None:
    """Deal with the team's own duties, and share out what they and the team's meetings cost its members."""
    clock = world.clock[0]
    clock.now = clock.begun
    team = world.teams[team_id]
    team.overhead = meetings(world, team_id)
    team.departures = departures_expected(world, team_id)
    team.duty_hours = 0.0
    busy = team.overhead + ceremonies(world, team_id)
    most = min(world.given[0].team_duty_cap, 1.0 - busy) * clock.step_hours
    team.duty_left = most * world.queues[queue_of_team(team_id, ROSTER_QUEUE)].length
    hands = present(world, team_id) if world.queues[queue_of_team(team_id, TRAY_QUEUE)].length > 0 else 0
    if hands > 0 and most > 0.0:
        team.duty_left = most * hands
        spent = hold_duties(world, team_id, team.duty_left, team.duty_left / clock.step_days)
        team.duty_left -= spent
        team.duty_hours = spent / hands
        clock.now = clock.begun
    team.hours = clock.step_hours * (1.0 - busy) - team.duty_hours
