"""A member's way through a step: the moment that each has come to, the hours left of it, and rest.

Members of a team act in the order of these moments, each doing one thing at a time; `clock.now` is the moment
of whoever acts.
"""

from sim.world import CALLED, DECLINED, RESTING, WORKING, World


def hours_a_day(world: World, member_id: int) -> float:
    """Hours for tickets and tasks that a member would have in a whole day like this step."""
    member = world.members[member_id]
    return float((world.teams[member.team].hours + member.overtime) / world.clock[0].step_days)


def hours_left(world: World, member_id: int) -> float:
    """Hours for tickets and tasks that a member has left in this step."""
    days = world.clock[0].until - world.members[member_id].moment
    return float(max(0.0, days) * hours_a_day(world, member_id))


def use_hours(world: World, member_id: int, used: float, most: float) -> None:
    """A member uses some of the hours left, or all of them (`most`), and time goes on by as much."""
    clock = world.clock[0]
    member = world.members[member_id]
    member.moment = clock.until
    if used < most:
        member.moment -= (most - used) / hours_a_day(world, member_id)
    clock.now = member.moment


def rests(world: World, member_id: int) -> bool:
    """Whether a member has run out of work, with time left."""
    pause = world.members[member_id].pause
    return bool((pause == RESTING) | (pause == DECLINED))


def stop(world: World, member_id: int) -> None:
    """A member finds nothing to do, and rests until there is something (see `turns`)."""
    member = world.members[member_id]
    member.pause = DECLINED if member.pause == CALLED else RESTING


def idle_until(world: World, member_id: int, moment: float) -> None:
    """A member who rests does nothing until a moment."""
    member = world.members[member_id]
    team = world.teams[member.team]
    team.idle += (moment - member.moment) * hours_a_day(world, member_id)
    team.resting -= 1
    member.moment = moment
    member.pause = WORKING


def could_begin(world: World, member_id: int, joined: float) -> bool:
    """Whether a member rests who has not yet seen what joined the line at this moment."""
    member = world.members[member_id]
    news = (joined > member.moment) | ((joined == member.moment) & (member.pause == RESTING))
    return bool(rests(world, member_id) and news)
