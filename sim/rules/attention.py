"""A manager's day: hours of attention, and which matter gets them next."""

import math

from sim.rules.duties import handle
from sim.rules.matters import note_wait
from sim.world import (
    ABOUT_PORTFOLIO,
    ABOUT_TEAM,
    N_DUTIES,
    NONE,
    World,
)

WEEK = 5.0  # working days


def plan_day(world: World, manager_id: int) -> None:
    """Set the hours that a manager has for matters in this step: the day less meetings with interfaces."""
    given = world.given[0]
    clock = world.clock[0]
    manager = world.managers[manager_id]
    hours = given.attention_hours * clock.step_days
    weekly = manager.interfaces * given.sync_hours
    sync = min(weekly / WEEK * clock.step_days, given.sync_cap * hours)
    manager.available += hours
    manager.on_sync += sync
    manager.left = hours - sync
    if clock.step % clock.steps_a_day == 0:
        manager.matter = NONE  # a new morning: what matters most today?


def subject_of(world: World, matter_id: int) -> int:
    """What a matter is about, as one number: a project, or (below -1) a team or the portfolio."""
    matter = world.matters[matter_id]
    if matter.project != NONE:
        return int(matter.project)
    if matter.about == ABOUT_TEAM:
        return int(-10 - matter.row)
    return -ABOUT_PORTFOLIO


def priority(world: World, manager_id: int, matter_id: int) -> float:
    """How much a matter calls for attention: urgency and value, mixed by `firefighting`, and the open thread.

    Urgency counts the days waited (in units of `urgent_days`) and whether work stands still; a proactive
    duty cries less loudly. Value is that of the project behind it, relative to the mean.
    """
    given = world.given[0]
    matter = world.matters[matter_id]
    urgency = (world.clock[0].now - matter.raised) / given.urgent_days
    if matter.pressing:
        urgency += given.blocking_urgency
    elif world.duties[matter.duty].proactive:
        urgency *= given.proactive_urgency
    value = 1.0
    if matter.project != NONE:
        value = world.projects[matter.project].weight
    score = given.firefighting * urgency + (1.0 - given.firefighting) * value
    if subject_of(world, matter_id) == world.managers[manager_id].subject:
        score += given.thread_bonus
    return float(score)


def choose(world: World, manager_id: int) -> int:
    """The matter to deal with now: the one at hand, else the one that calls loudest; NONE without any."""
    manager = world.managers[manager_id]
    if manager.matter != NONE:
        return int(manager.matter)
    best = NONE
    best_score = 0.0
    matter_id = world.queues[world.clock[0].first_tray + manager_id].first
    while matter_id != NONE:
        score = priority(world, manager_id, matter_id)
        if best == NONE or score > best_score:
            best = matter_id
            best_score = score
        matter_id = world.matters[matter_id].after
    return int(best)


def practise(world: World, manager_id: int, duty: int, matters: float) -> None:
    """Learning by doing: (1 + handled / scale) ** -rate, the power law of practice (Newell 1981)."""
    given = world.given[0]
    experience = world.experience[manager_id * N_DUTIES + duty]
    experience.handled += matters
    experience.practice = math.pow(1.0 + experience.handled / given.learning_scale, -given.learning_rate)


def practice(world: World, manager_id: int, duty: int) -> float:
    """Share of a beginner's hours that a matter of a duty takes this manager."""
    return float(world.experience[manager_id * N_DUTIES + duty].practice)


def rush(world: World, manager_id: int) -> float:
    """Share of the due hours that a manager takes: beyond a comfortable in-tray, corners are cut."""
    given = world.given[0]
    waiting = world.queues[world.clock[0].first_tray + manager_id].length
    if waiting <= given.comfortable_tray:
        return 1.0
    return float(given.rush_floor + (1.0 - given.rush_floor) * given.comfortable_tray / waiting)


def take_up(world: World, manager_id: int, matter_id: int) -> None:
    """Turn to a matter: pay for the change of subject and of family, and size up the work."""
    given = world.given[0]
    manager = world.managers[manager_id]
    matter = world.matters[matter_id]
    subject = subject_of(world, matter_id)
    family = world.duties[matter.duty].family
    if subject != manager.subject:
        manager.owed_switching += given.switch_subject
    if family != manager.family and manager.family != NONE:
        manager.owed_switching += given.switch_family
    manager.subject = subject
    manager.family = family
    manager.matter = matter_id
    if not matter.started:
        matter.started = 1
        note_wait(world, matter_id)
        manager.rush = rush(world, manager_id)
        manager.owed_handoffs += matter.handoff
        matter.remaining = matter.hours * practice(world, manager_id, matter.duty) * manager.rush


def pay_debts(world: World, manager_id: int) -> None:
    """Spend what changing the subject and handing on have cost, as far as the day goes."""
    manager = world.managers[manager_id]
    lost = min(manager.left, manager.owed_switching)
    manager.owed_switching -= lost
    manager.on_switching += lost
    manager.left -= lost
    talk = min(manager.left, manager.owed_handoffs)
    manager.owed_handoffs -= talk
    manager.on_handoffs += talk
    manager.left -= talk


def chance_of_error(world: World, manager_id: int, duty: int) -> float:
    """Chance that an answer is wrong: less with practice, more in haste, by the hours saved."""
    right = 1.0 - world.given[0].wrong_answer * practice(world, manager_id, duty)
    return float(1.0 - right * world.managers[manager_id].rush)


def attend(world: World, manager_id: int, matter_id: int) -> None:
    """Give a matter attention until it is settled or the day is over. NONE: rest."""
    manager = world.managers[manager_id]
    if matter_id == NONE:
        pay_debts(world, manager_id)
        manager.idle += manager.left
        manager.left = 0.0
        return
    if manager.matter != matter_id:
        take_up(world, manager_id, matter_id)
    pay_debts(world, manager_id)
    matter = world.matters[matter_id]
    hours = min(manager.left, matter.remaining)
    matter.remaining -= hours
    manager.left -= hours
    manager.on_matters += hours
    experience = world.experience[manager_id * N_DUTIES + matter.duty]
    experience.hours += hours
    if matter.remaining <= 0.0 and manager.owed_handoffs + manager.owed_switching <= 0.0:
        wrong = matter.answer < chance_of_error(world, manager_id, matter.duty)
        practise(world, manager_id, matter.duty, 1.0)
        handle(world, matter_id, 1 if wrong else 0)


def has_time(world: World, manager_id: int) -> bool:
    """Whether a manager's step is not yet over."""
    return bool(world.managers[manager_id].left > 0.0)


def spend_attention(world: World, manager_id: int) -> None:
    """A manager's step."""
    plan_day(world, manager_id)
    while has_time(world, manager_id):
        attend(world, manager_id, choose(world, manager_id))
