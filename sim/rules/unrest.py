"""The price of changing: once announced, a reorganisation unsettles people until it is old news."""

from sim.world import World


def feel_unrest(world: World) -> None:
    """How much an announced change unsettles people today: wholly until it has come, then less and less over
    `unrest_days`.
    """
    clock = world.clock[0]
    if clock.announced_on < 0.0 or clock.now < clock.announced_on:
        return
    if clock.now <= clock.changed_on:
        clock.unrest = 1.0
        return
    clock.unrest = max(0.0, 1.0 - (clock.now - clock.changed_on) / world.given[0].unrest_days)
    if clock.unrest == 0.0:
        clock.announced_on = -1.0


def attention_kept(world: World) -> float:
    """Share of their attention that people have for their work (1: nothing unsettles them)."""
    return float(1.0 - world.given[0].unrest_distraction * world.clock[0].unrest)


def initiative(world: World) -> float:
    """Share of their initiative that people keep: for what nobody asks them to do."""
    return float(1.0 - world.given[0].unrest_initiative * world.clock[0].unrest)
