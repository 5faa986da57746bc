"""Colleagues: who takes up what holds work up while its owner is away (cover) or busy (help)."""

from sim.rules.matters import put_in_tray
from sim.rules.people import is_away
from sim.rules.queues import leave
from sim.rules.unrest import initiative
from sim.world import NONE, World


def take_over(world: World, manager_id: int, matter_id: int) -> None:
    """A colleague takes a matter over: it changes trays, and has to be explained."""
    matter = world.matters[matter_id]
    hours = world.given[0].handoff_hours
    matter.handoff += hours
    if not is_away(world, matter.owner):
        world.managers[matter.owner].owed_handoffs += hours
    leave(world.queues, world.matters, matter_id, world.clock[0].now)
    matter.owner = manager_id
    put_in_tray(world, matter_id)


def calling(world: World, matter_id: int) -> float:
    """Days that a matter has called for a colleague, as they feel it: the unsettled less."""
    clock = world.clock[0]
    return float((clock.now - world.matters[matter_id].raised) * initiative(world))


def find_to_help(world: World, manager_id: int) -> int:
    """What someone with an empty in-tray takes up: what has called longest, `help_days` or more; else NONE.

    At that person's own practice in it, which may be none.
    """
    clock = world.clock[0]
    matter_id = int(clock.first_call)
    if matter_id == NONE or calling(world, matter_id) < world.given[0].help_days:
        return NONE
    take_over(world, manager_id, matter_id)
    return matter_id


def colleague_of(world: World, manager_id: int) -> int:
    """Who of the same role is there and has least in the in-tray; NONE if nobody is there."""
    role = world.roles[world.managers[manager_id].role]
    best = NONE
    for place in range(role.first_post, role.first_post + role.count):
        other = int(world.posts[place])
        if other == manager_id or is_away(world, other):
            continue
        if best == NONE or tray_length(world, other) < tray_length(world, best):
            best = other
    return best


def tray_length(world: World, manager_id: int) -> int:
    """Matters in a manager's in-tray."""
    return int(world.queues[world.clock[0].first_tray + manager_id].length)


def cover_for(world: World, manager_id: int) -> None:
    """What holds work up does not wait for who is away: a colleague of the role takes it over.

    What comes later in this step, from someone whose day is further on, is for the next morning.
    """
    matter_id = world.queues[world.clock[0].first_tray + manager_id].first
    while matter_id != NONE:
        matter = world.matters[matter_id]
        following = matter.after
        wanted = matter.pressing and matter.joined <= world.clock[0].now
        colleague = colleague_of(world, manager_id) if wanted else NONE
        if colleague != NONE:
            take_over(world, colleague, matter_id)
        matter_id = following
