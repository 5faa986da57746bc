"""People: members tire of overtime, recover, grow into their jobs, and come home from loans."""

from sim.rules.delivery_duties import change_team
from sim.world import NONE, World


def live(world: World, member_id: int) -> None:
    """The end of a member's step."""
    given = world.given[0]
    clock = world.clock[0]
    member = world.members[member_id]
    if member.overtime > 0.0:
        member.fatigue = min(1.0, member.fatigue + given.fatigue_gain * member.overtime)
    if member.fatigue > 0.0:
        member.fatigue -= member.fatigue * given.recovery * clock.step_days
    if member.ramp < 1.0:
        member.ramp = min(1.0, member.ramp + clock.step_days / given.ramp_days)
    if member.team != member.home and clock.now >= member.until and member.task == NONE:
        change_team(world, member_id, member.home)
