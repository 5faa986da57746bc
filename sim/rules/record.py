"""The end of a day: the clock moves on, and each queue's length goes into its books."""

from sim.world import World


def keep_books(world: World) -> None:
    """Note the length of each queue over the step."""
    days = world.clock[0].step_days
    for queue_id in range(len(world.queues)):
        queue = world.queues[queue_id]
        queue.area += queue.length * days


def end_day(world: World) -> None:
    """Close the step."""
    keep_books(world)
    clock = world.clock[0]
    clock.step += 1
    clock.now = clock.step * clock.step_days
