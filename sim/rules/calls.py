"""The list of matters that hold work up and that nobody has begun with, longest first."""

from sim.world import NONE, World


def call_for_help(world: World, matter_id: int) -> None:
    """Work stands still for a matter in a manager's in-tray: it joins the list of what others may take up.

    So whoever has nothing to do need not look into all in-trays; the list is empty where nobody helps.
    """
    clock = world.clock[0]
    matter = world.matters[matter_id]
    listed = matter.calls or not clock.help or matter.owner < 0 or not matter.pressing
    if listed or matter.started:
        return
    matter.calls = 1
    matter.called_before = clock.last_call
    matter.called_after = NONE
    if clock.last_call == NONE:
        clock.first_call = matter_id
    else:
        world.matters[clock.last_call].called_after = matter_id
    clock.last_call = matter_id


def call_off(world: World, matter_id: int) -> None:
    """Someone has begun with a matter, or nobody need: it leaves the list, if it is on it."""
    clock = world.clock[0]
    matter = world.matters[matter_id]
    if not matter.calls:
        return
    matter.calls = 0
    if matter.called_before == NONE:
        clock.first_call = matter.called_after
    else:
        world.matters[matter.called_before].called_after = matter.called_after
    if matter.called_after == NONE:
        clock.last_call = matter.called_before
    else:
        world.matters[matter.called_after].called_before = matter.called_before
