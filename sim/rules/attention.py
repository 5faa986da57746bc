"""A manager's day: hours of attention, and which matter gets them next."""

import math

from sim.rules.aptitude import talent_for
from sim.rules.calls import call_off
from sim.rules.duties import handle
from sim.rules.further import consult
from sim.rules.help import cover_for, find_to_help
from sim.rules.matters import call_of, note_wait
from sim.rules.people import is_away, manager_goes_away, manager_tires, practise
from sim.rules.unrest import attention_kept
from sim.world import CALLED, DECLINED, N_DUTIES, NONE, RESTING, WORKING, World


def plan_day(world: World, manager_id: int) -> None:
    """Set the hours that a manager has for matters in this step: the day less meetings with interfaces."""
    given = world.given[0]
    clock = world.clock[0]
    clock.now = clock.begun
    manager = world.managers[manager_id]
    manager.moment = clock.begun
    manager.pause = WORKING
    hours = given.attention_hours * clock.step_days * manager.share
    manager_goes_away(world, manager_id)
    vacant = manager.vacant_until > clock.now
    if not vacant:
        manager.paid += clock.step_hours * manager.share
        manager.pay += clock.step_hours * manager.share * world.roles[manager.role].cost
    if is_away(world, manager_id):
        manager.left = 0.0
        manager.matter = NONE
        if vacant:
            manager.vacant += hours
        else:
            manager.absent += hours
        if clock.cover and clock.step % clock.steps_a_day == 0:
            cover_for(world, manager_id)
        return
    daily = manager.interfaces * given.sync_hours / given.week_days + manager.sitting
    sync = min(daily * clock.step_days, given.sync_cap * hours)
    manager.available += hours
    manager.on_sync += sync
    manager.left = hours - sync
    manager.pace = manager.left / clock.step_days
    if clock.step % clock.steps_a_day == 0:
        manager.matter = NONE  # a new morning: what matters most today?


def go_home(world: World, manager_id: int) -> None:
    """The end of a manager's step: the rest of it was idle; a full day tires, and some think of leaving."""
    have_nothing_to_do(world, manager_id, world.managers[manager_id].left)
    if world.given[0].attrition > 0.0 and not is_away(world, manager_id):
        manager = world.managers[manager_id]
        rested = manager.idle > manager.idle_before
        manager.idle_before = manager.idle
        manager_tires(world, manager_id, 1.0 if rested else 0.0)


def priority(world: World, manager_id: int, matter_id: int) -> float:
    """What a matter comes up to in a manager's eyes: its call for attention, and the thread that is open.

    Nothing yet if it comes later in this step.
    """
    matter = world.matters[matter_id]
    if matter.joined > world.clock[0].now:
        return -math.inf
    on_thread = matter.subject == world.managers[manager_id].subject
    return float(call_of(world, matter_id) + world.given[0].thread_bonus * on_thread)


def choose(world: World, manager_id: int) -> int:
    """The matter to deal with now: the one at hand, else the one that calls loudest; with an empty in-tray
    what holds a colleague's people up; NONE without any.

    Of two that call as loud, who came first. From both ends (see `queues`); the one in the middle may be
    looked at twice.
    """
    manager = world.managers[manager_id]
    if manager.matter != NONE:
        return int(manager.matter)
    tray = world.queues[world.clock[0].first_tray + manager_id]
    if tray.length == 0:
        return find_to_help(world, manager_id)
    best = NONE  # of the front half
    later = NONE  # of the back half
    score = -math.inf
    later_score = -math.inf
    front = int(tray.first)
    back = int(tray.last)
    for _ in range((tray.length + 1) // 2):
        if priority(world, manager_id, front) > score:
            best = front
            score = priority(world, manager_id, front)
        if priority(world, manager_id, back) >= later_score:
            later = back
            later_score = priority(world, manager_id, back)
        front = world.matters[front].after
        back = world.matters[back].before
    return best if score >= later_score else later


def practice(world: World, manager_id: int, duty: int) -> float:
    """Share of a beginner's hours that a matter of a duty takes this manager, by experience and talent."""
    experience = world.experience[manager_id * N_DUTIES + duty]
    return float(experience.practice * talent_for(world, manager_id, duty))


def rush(world: World, manager_id: int) -> float:
    """Share of the due hours that a manager takes: beyond a comfortable in-tray, corners are cut."""
    given = world.given[0]
    waiting = world.queues[world.clock[0].first_tray + manager_id].length
    comfortable = given.comfortable_tray * world.managers[manager_id].share
    if waiting <= comfortable:
        return 1.0
    return float(given.rush_floor + (1.0 - given.rush_floor) * comfortable / waiting)


def take_up(world: World, manager_id: int, matter_id: int) -> None:
    """Turn to a matter: pay for the change of subject and of family, and size up the work."""
    given = world.given[0]
    manager = world.managers[manager_id]
    matter = world.matters[matter_id]
    family = world.duties[matter.duty].family
    manager.owed_switching += given.switch_subject * (matter.subject != manager.subject)
    other_family = (family != manager.family) & (manager.family != NONE)
    manager.owed_switching += given.switch_family * other_family
    manager.subject = matter.subject
    manager.family = family
    manager.matter = matter_id
    call_off(world, matter_id)
    if not matter.started:
        matter.started = 1
        note_wait(world, matter_id)
        matter.care = rush(world, manager_id)
        manager.owed_handoffs += matter.handoff
        manager.owed_meetings += consult(world, matter_id)
        matter.remaining = matter.hours * practice(world, manager_id, matter.duty) * matter.care
        matter.remaining /= attention_kept(world)


def pay_debts(world: World, manager_id: int) -> None:
    """Spend what changing the subject and handing on have cost, as far as the day goes."""
    manager = world.managers[manager_id]
    meeting = min(manager.left, manager.owed_meetings)
    manager.owed_meetings -= meeting
    manager.on_sync += meeting
    manager.left -= meeting
    lost = min(manager.left, manager.owed_switching)
    manager.owed_switching -= lost
    manager.on_switching += lost
    manager.left -= lost
    talk = min(manager.left, manager.owed_handoffs)
    manager.owed_handoffs -= talk
    manager.on_handoffs += talk
    manager.left -= talk
    vain = min(manager.left, manager.owed_duplicates)
    manager.owed_duplicates -= vain
    manager.duplicated += vain
    manager.left -= vain


def debts(world: World, manager_id: int) -> float:
    """Hours to be paid before a matter can be settled."""
    manager = world.managers[manager_id]
    owed = manager.owed_meetings + manager.owed_switching + manager.owed_handoffs
    return float(owed + manager.owed_duplicates)


def chance_of_error(world: World, manager_id: int, matter_id: int) -> float:
    """Chance that an answer is wrong: less with practice, more in haste, by the hours saved."""
    matter = world.matters[matter_id]
    right = max(0.0, 1.0 - world.given[0].wrong_answer * practice(world, manager_id, matter.duty))
    return float(1.0 - right * matter.care)


def pass_moments(world: World, manager_id: int) -> None:
    """The moment that a manager has come to, by the hours that are left of the step."""
    clock = world.clock[0]
    manager = world.managers[manager_id]
    if manager.left > 0.0:
        manager.moment = max(manager.moment, clock.until - manager.left / manager.pace)
    else:
        manager.moment = clock.until
    clock.now = manager.moment


def next_news(world: World, manager_id: int) -> float:
    """Moment of this step at which the first matter reaches a resting manager that is new to them; else its
    end.
    """
    clock = world.clock[0]
    manager = world.managers[manager_id]
    soonest = clock.until
    matter_id = world.queues[clock.first_tray + manager_id].first
    while matter_id != NONE:
        joined = world.matters[matter_id].joined
        new = (joined > manager.moment) | ((joined == manager.moment) & (manager.pause == RESTING))
        if new and joined < soonest:
            soonest = joined
        matter_id = world.matters[matter_id].after
    return float(soonest)


def have_nothing_to_do(world: World, manager_id: int, hours: float) -> None:
    """Book hours without a matter."""
    manager = world.managers[manager_id]
    manager.left -= hours
    manager.idle += hours
    manager.idle_pay += hours * world.roles[manager.role].cost


def hear_of_news(world: World, manager_id: int) -> None:
    """Whoever rests goes on with what is new in the in-tray, from the moment that it is there."""
    clock = world.clock[0]
    manager = world.managers[manager_id]
    news = next_news(world, manager_id)
    if news < clock.until:
        left = min(manager.left, (clock.until - news) * manager.pace)
        have_nothing_to_do(world, manager_id, manager.left - left)
        manager.moment = news
        manager.pause = CALLED
        clock.now = news


def take_rest(world: World, manager_id: int) -> None:
    """Nothing to do: pay what is owed, and rest until there is something."""
    manager = world.managers[manager_id]
    pay_debts(world, manager_id)
    pass_moments(world, manager_id)
    manager.pause = DECLINED if manager.pause == CALLED else RESTING
    hear_of_news(world, manager_id)


def attend(world: World, manager_id: int, matter_id: int) -> None:
    """Give a matter attention until it is settled or the day is over. NONE: rest."""
    manager = world.managers[manager_id]
    if matter_id == NONE:
        take_rest(world, manager_id)
        return
    manager.pause = WORKING
    if manager.matter != matter_id:
        take_up(world, manager_id, matter_id)
    pay_debts(world, manager_id)
    matter = world.matters[matter_id]
    hours = min(manager.left, matter.remaining)
    matter.remaining -= hours
    manager.left -= hours
    manager.on_matters += hours
    pass_moments(world, manager_id)
    experience = world.experience[manager_id * N_DUTIES + matter.duty]
    experience.hours += hours
    if matter.remaining <= 0.0 and debts(world, manager_id) <= 0.0:
        wrong = matter.answer < chance_of_error(world, manager_id, matter_id)
        practise(world, manager_id, matter.duty)
        handle(world, matter_id, 1 if wrong else 0)


def has_time(world: World, manager_id: int) -> bool:
    """Whether a manager has both time left in this step and something to do."""
    manager = world.managers[manager_id]
    return bool(manager.left > 0.0 and (manager.pause == WORKING or manager.pause == CALLED))


def spend_attention(world: World, manager_id: int) -> None:
    """A manager's step, as far as there is something to do."""
    plan_day(world, manager_id)
    keep_on(world, manager_id)


def keep_on(world: World, manager_id: int) -> None:
    """Matter by matter, while there is time and something to do."""
    while has_time(world, manager_id):
        attend(world, manager_id, choose(world, manager_id))


def can_be_called(world: World, manager_id: int) -> bool:
    """Whether a manager rests who has time left and something in the in-tray."""
    waiting = world.queues[world.clock[0].first_tray + manager_id].length
    return bool(world.managers[manager_id].left > 0.0 and waiting > 0)


def come_back(world: World, manager_id: int) -> None:
    """A manager who has time left in a step looks whether something has come up."""
    if can_be_called(world, manager_id):
        hear_of_news(world, manager_id)
        keep_on(world, manager_id)
