"""People: they tire, recover, are away, leave, are replaced, grow into their jobs, come home from loans."""

import math

from sim.rules.aptitude import bring_talents
from sim.rules.luck import luck_of
from sim.rules.queues import join, leave
from sim.rules.services import put_ticket_back
from sim.rules.tasks import line_up, put_down, queue_of_team
from sim.world import (
    MANAGERS_AWAY,
    MANAGERS_LEAVE,
    MEMBERS_AWAY,
    MEMBERS_LEAVE,
    N_DUTIES,
    NONE,
    ROSTER_QUEUE,
    World,
)
from sim.world.philox import exponential, normal


def change_team(world: World, member_id: int, team_id: int) -> None:
    """A member works with another team from now on."""
    now = world.clock[0].now
    world.members[member_id].team = team_id
    leave(world.queues, world.members, member_id, now)
    join(world.queues, queue_of_team(team_id, ROSTER_QUEUE), world.members, member_id, now)


def hand_back(world: World, member_id: int) -> None:
    """Someone who will be away for long gives back what is in hand."""
    member = world.members[member_id]
    if member.task != NONE:
        task_id = member.task
        put_down(world, member_id)
        line_up(world, task_id, NONE)
    if member.ticket != NONE:
        put_ticket_back(world, member.team, member_id)


def days_away(world: World, luck: float) -> float:
    """Whole days of an absence, by its luck."""
    return float(math.ceil(world.given[0].absence_spell * exponential(luck)))


def mean_days_away(spell: float) -> float:
    """Mean of whole days of absence: of an exponential number of mean `spell`, rounded up."""
    return 1.0 / (1.0 - math.exp(-1.0 / spell))


def mean_days_there(spell: float, days_away_a_year: float, days_a_year: float) -> float:
    """Mean days from the end of one absence to the start of the next."""
    return mean_days_away(spell) * max(0.0, days_a_year / days_away_a_year - 1.0)


def days_there(world: World, luck: float) -> float:
    """Days from the end of one absence to the start of the next, by its luck."""
    given = world.given[0]
    mean = mean_days_there(given.absence_spell, given.absence_days, given.days_a_year)
    return float(mean * exponential(luck))


def go_away(world: World, member_id: int) -> None:
    """An absence begins: holiday or illness."""
    member = world.members[member_id]
    length, gap, _, _ = luck_of(world, MEMBERS_AWAY, member_id, member.absences)
    days = days_away(world, length)
    member.absences += 1
    member.away_until = max(member.away_until, member.absent_from + days)
    member.absent_from += days + days_there(world, gap)
    if days >= world.given[0].short_absence and member.away_until > world.clock[0].now:
        hand_back(world, member_id)


def productivity(world: World, luck: float, more_luck: float) -> float:
    """Of a newcomer, by luck: lognormal with mean 1."""
    sigma = world.given[0].productivity_spread
    return math.exp(sigma * normal(luck, more_luck) - sigma * sigma / 2)


def resign(world: World, member_id: int) -> None:
    """A member leaves. After `hire_days` a newcomer takes the seat. The team loses maturity."""
    member = world.members[member_id]
    team = world.teams[member.home]
    hand_back(world, member_id)
    luck, more_luck, speciality, gap = luck_of(world, MEMBERS_LEAVE, member_id, member.leavers)
    member.leavers += 1
    member.gap = exponential(gap)
    member.productivity = productivity(world, luck, more_luck)
    member.speciality = speciality
    member.ramp = 0.0
    member.fatigue = 0.0
    member.project = NONE
    member.vacant = 1
    member.away_until = world.clock[0].now + world.given[0].hire_days
    team.maturity -= team.maturity / team.size
    team.leavers += 1
    lose_experience(world, member.home)


def lose_experience(world: World, team_id: int) -> None:
    """Of what a team knows of the duties that it holds, a member who leaves takes a share along: what the
    successor has not got of an equal part.
    """
    lost = (1.0 - world.given[0].successor_experience) / world.teams[team_id].size
    for duty in range(N_DUTIES):
        holder = len(world.managers) + team_id
        handled = world.experience[holder * N_DUTIES + duty].handled
        if handled > 0.0:
            have_experience(world, holder, duty, (1.0 - lost) * handled)


def lose_member(world: World, team_id: int) -> None:
    """A key person leaves: the one who gets most done of those present."""
    best = NONE
    member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
    while member_id != NONE:
        member = world.members[member_id]
        if not member.vacant and (best == NONE or member.productivity > world.members[best].productivity):
            best = member_id
        member_id = member.after
    if best != NONE:
        resign(world, best)


def departures_expected(world: World, team_id: int) -> float:
    """Departures expected in a step of a rested member of a team: more where it is immature, and
    while a reorganisation unsettles people.
    """
    discontent = world.given[0].leave_immaturity * (1.0 - world.teams[team_id].maturity)
    worries = world.given[0].leave_unrest * world.clock[0].unrest
    return float(world.clock[0].departures * (1.0 + discontent + worries))


def rest(world: World, member_id: int) -> None:
    """The end of a member's step: overtime tires, nights restore, newcomers grow into the job, and the day of
    leaving comes nearer, faster for the tired. What changes with whom they work is left to `settle`.
    """
    given = world.given[0]
    clock = world.clock[0]
    member = world.members[member_id]
    if member.vacant:
        if clock.until >= member.away_until:
            member.vacant = 0
            world.teams[member.team].unsettled = 1
        return
    tired = min(1.0, member.fatigue + given.fatigue_gain * member.overtime)
    member.fatigue = tired - tired * given.recovery * clock.step_days
    if member.ramp < 1.0:
        member.ramp = min(1.0, member.ramp + clock.step_days / given.ramp_days)
    member.gap -= (
        world.teams[member.home].departures + clock.departures * given.leave_fatigue * member.fatigue
    )
    lent = (member.team != member.home) & (clock.begun >= member.until)
    if lent | (member.gap <= 0.0) | (member.absent_from <= clock.until):
        world.teams[member.team].unsettled = 1


def move(world: World, member_id: int) -> None:
    """Whoever is done with a loan comes home, whose day it is leaves, and who is due goes away."""
    clock = world.clock[0]
    member = world.members[member_id]
    if member.vacant:
        return
    free = member.task == NONE and member.ticket == NONE
    if free and member.team != member.home and clock.now >= member.until:
        change_team(world, member_id, member.home)
    if member.gap <= 0.0:
        resign(world, member_id)
    while not member.vacant and member.absent_from <= clock.until:
        go_away(world, member_id)


def settle(world: World, team_id: int) -> None:
    """The end of a day: who of a team leaves, goes away or comes home, if anyone does."""
    if world.teams[team_id].unsettled:
        world.teams[team_id].unsettled = 0
        member_id = world.queues[queue_of_team(team_id, ROSTER_QUEUE)].first
        while member_id != NONE:
            following = world.members[member_id].after
            move(world, member_id)
            member_id = following


# --- managers ----------------------------------------------------------------------------------------------


def take_posts(world: World) -> None:
    """Everyone takes the post that is theirs; whoever has none is without a role."""
    for manager_id in range(len(world.managers)):
        world.managers[manager_id].role = NONE
        world.managers[manager_id].share = 0.0
    for role_id in range(len(world.roles)):
        role = world.roles[role_id]
        last = role.first_post + role.count - 1
        for place in range(role.first_post, role.first_post + role.count):
            holder = world.managers[world.posts[place]]
            holder.role = role_id
            holder.share = role.last_share if place == last else 1.0


def is_away(world: World, manager_id: int) -> bool:
    """Whether a manager is absent in this step, or the seat is empty."""
    return bool(world.managers[manager_id].away_until > world.clock[0].now)


def manager_goes_away(world: World, manager_id: int) -> None:
    """Absences of a manager that have begun."""
    manager = world.managers[manager_id]
    while manager.absent_from <= world.clock[0].now:
        length, gap, _, _ = luck_of(world, MANAGERS_AWAY, manager_id, manager.absences)
        days = days_away(world, length)
        manager.absences += 1
        manager.away_until = max(manager.away_until, manager.absent_from + days)
        manager.absent_from += days + days_there(world, gap)


def have_experience(world: World, holder: int, duty: int, handled: float) -> None:
    """What experience makes of a manager or a team, the power law: (1 + handled / scale) ** -rate (Newell
    1981).
    """
    given = world.given[0]
    experience = world.experience[holder * N_DUTIES + duty]
    experience.handled = handled
    experience.practice = math.pow(1.0 + handled / given.learning_scale, -given.learning_rate)


def practise(world: World, holder: int, duty: int) -> None:
    """Learning by doing: one more matter, a step along the power law.

    As a quotient, right to the second order, for a power would cost more than all else about a matter.
    """
    given = world.given[0]
    experience = world.experience[holder * N_DUTIES + duty]
    middle = given.learning_scale + experience.handled + 0.5
    half = 0.5 * given.learning_rate
    experience.handled += 1.0
    experience.practice *= (middle - half) / (middle + half)


def manager_resigns(world: World, manager_id: int) -> None:
    """A manager leaves and takes experience along; a successor who has less comes after `hire_days`."""
    given = world.given[0]
    manager = world.managers[manager_id]
    gap, _, _, _ = luck_of(world, MANAGERS_LEAVE, manager_id, manager.leavers)
    manager.leavers += 1
    manager.gap = exponential(gap)
    manager.fatigue = 0.0
    manager.borders = 0.0
    bring_talents(world, manager_id)
    manager.vacant_until = world.clock[0].now + given.hire_days
    manager.away_until = manager.vacant_until
    for duty in range(N_DUTIES):
        known = world.experience[manager_id * N_DUTIES + duty].handled
        have_experience(world, manager_id, duty, given.successor_experience * known)


def manager_tires(world: World, manager_id: int, idle: float) -> None:
    """Days without a free hour tire a manager; others restore. The tired think of leaving."""
    given = world.given[0]
    clock = world.clock[0]
    manager = world.managers[manager_id]
    if idle <= 0.0:
        manager.fatigue = min(1.0, manager.fatigue + given.overload_fatigue * clock.step_days)
    manager.fatigue -= manager.fatigue * given.recovery * clock.step_days
    wishes = given.leave_fatigue * manager.fatigue + given.leave_unrest * clock.unrest
    manager.gap -= clock.departures * (1.0 + wishes)
    if manager.gap <= 0.0:
        manager_resigns(world, manager_id)
