"""People: they tire, recover, are away, leave, are replaced, grow into their jobs, come home from loans."""

import math

from sim.rules.queues import join, leave
from sim.rules.services import put_ticket_back
from sim.rules.tasks import line_up, put_down, queue_of_team
from sim.world import N_DUTIES, NONE, OUT_OF_PEOPLE, ROSTER_QUEUE, World


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


def go_away(world: World, member_id: int) -> None:
    """An absence begins: holiday or illness."""
    given = world.given[0]
    member = world.members[member_id]
    spell = world.spells[member.next_spell]
    member.next_spell += 1
    member.absent_from = math.inf
    if member.next_spell < member.last_spell:
        member.absent_from = world.spells[member.next_spell].begins
    member.away_until = max(member.away_until, spell.begins + spell.days)
    if spell.days >= given.short_absence and member.away_until > world.clock[0].now:
        hand_back(world, member_id)


def resign(world: World, member_id: int) -> None:
    """A member leaves. After `hire_days` a newcomer takes the seat. The team loses maturity."""
    given = world.given[0]
    clock = world.clock[0]
    member = world.members[member_id]
    team = world.teams[member.home]
    hand_back(world, member_id)
    successor = world.persons[member.next_person]
    member.next_person += 1
    if member.next_person < member.last_person:
        member.gap = world.persons[member.next_person].gap
    else:
        clock.fault = OUT_OF_PEOPLE
    member.exposure = 0.0
    member.productivity = successor.productivity
    member.speciality = successor.speciality
    member.ramp = 0.0
    member.fatigue = 0.0
    member.project = NONE
    member.vacant = 1
    member.away_until = clock.now + given.hire_days
    team.maturity -= team.maturity / team.size
    team.leavers += 1


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


def think_of_leaving(world: World, member_id: int) -> None:
    """The hazard of leaving adds up: more for the tired, and in immature teams."""
    given = world.given[0]
    member = world.members[member_id]
    unrest = given.leave_fatigue * member.fatigue
    unrest += given.leave_immaturity * (1.0 - world.teams[member.home].maturity)
    member.exposure += world.clock[0].departures * (1.0 + unrest)
    if member.exposure >= member.gap:
        resign(world, member_id)


def live(world: World, member_id: int) -> None:
    """The end of a member's step."""
    given = world.given[0]
    clock = world.clock[0]
    member = world.members[member_id]
    if member.vacant:
        member.vacant = 1 if clock.now + clock.step_days < member.away_until else 0
        return
    if member.overtime > 0.0:
        member.fatigue = min(1.0, member.fatigue + given.fatigue_gain * member.overtime)
    if member.fatigue > 0.0:
        member.fatigue -= member.fatigue * given.recovery * clock.step_days
    if member.ramp < 1.0:
        member.ramp = min(1.0, member.ramp + clock.step_days / given.ramp_days)
    free = member.task == NONE and member.ticket == NONE
    if free and member.team != member.home and clock.now >= member.until:
        change_team(world, member_id, member.home)
    if given.attrition > 0.0:
        think_of_leaving(world, member_id)
    tomorrow = clock.now + clock.step_days
    if member.absent_from <= tomorrow:
        go_away(world, member_id)


# --- managers ----------------------------------------------------------------------------------------------


def is_away(world: World, manager_id: int) -> bool:
    """Whether a manager is absent in this step, or the seat is empty."""
    return bool(world.managers[manager_id].away_until > world.clock[0].now)


def manager_goes_away(world: World, manager_id: int) -> None:
    """Absences of a manager that have begun."""
    manager = world.managers[manager_id]
    while manager.absent_from <= world.clock[0].now:
        spell = world.manager_spells[manager.next_spell]
        manager.next_spell += 1
        manager.absent_from = math.inf
        if manager.next_spell < manager.last_spell:
            manager.absent_from = world.manager_spells[manager.next_spell].begins
        manager.away_until = max(manager.away_until, spell.begins + spell.days)


def practise(world: World, manager_id: int, duty: int, matters: float) -> None:
    """Learning by doing: (1 + handled / scale) ** -rate, the power law of practice (Newell 1981)."""
    given = world.given[0]
    experience = world.experience[manager_id * N_DUTIES + duty]
    experience.handled += matters
    experience.practice = math.pow(1.0 + experience.handled / given.learning_scale, -given.learning_rate)


def manager_resigns(world: World, manager_id: int) -> None:
    """A manager leaves and takes experience along; a successor who has less comes after `hire_days`."""
    given = world.given[0]
    manager = world.managers[manager_id]
    manager.next_person += 1
    if manager.next_person < manager.last_person:
        manager.gap = world.manager_persons[manager.next_person].gap
    else:
        world.clock[0].fault = OUT_OF_PEOPLE
    manager.exposure = 0.0
    manager.fatigue = 0.0
    manager.leavers += 1
    manager.vacant_until = world.clock[0].now + given.hire_days
    manager.away_until = manager.vacant_until
    for duty in range(N_DUTIES):
        known = world.experience[manager_id * N_DUTIES + duty].handled
        practise(world, manager_id, duty, (given.successor_experience - 1.0) * known)


def manager_tires(world: World, manager_id: int, idle: float) -> None:
    """Days without a free hour tire a manager; others restore. The tired think of leaving."""
    given = world.given[0]
    clock = world.clock[0]
    manager = world.managers[manager_id]
    if idle <= 0.0:
        manager.fatigue = min(1.0, manager.fatigue + given.overload_fatigue * clock.step_days)
    manager.fatigue -= manager.fatigue * given.recovery * clock.step_days
    manager.exposure += clock.departures * (1.0 + given.leave_fatigue * manager.fatigue)
    if manager.exposure >= manager.gap:
        manager_resigns(world, manager_id)
