"""The end of a day: the clock moves on, and each queue's length goes into its books."""

from sim.rules.completion import left_to_do
from sim.rules.contracts import value_under_way
from sim.world import World


def keep_books(world: World) -> None:
    """Note the length of each queue over the step, and the specialists at work."""
    days = world.clock[0].step_days
    for queue_id in range(len(world.queues)):
        queue = world.queues[queue_id]
        queue.area += queue.length * days
    for pool_id in range(len(world.pools)):
        pool = world.pools[pool_id]
        pool.busy += pool.used * days
        pool.used -= pool.done
        pool.done = 0


def note_day(world: World, day: int) -> None:
    """Write the day into the history."""
    clock = world.clock[0]
    row = world.history[day]
    row.value = clock.value
    for team_id in range(len(world.teams)):
        row.hours += world.teams[team_id].paid
        row.overtime += world.teams[team_id].overtime
        row.idle += world.teams[team_id].idle
    for manager_id in range(len(world.managers)):
        row.management += world.managers[manager_id].pay
        row.idle_pay += world.managers[manager_id].idle_pay
        row.matters += world.queues[clock.first_tray + manager_id].length
    row.progress = clock.progress
    row.in_progress = value_under_way(world)
    row.left = left_to_do(world)


def end_day(world: World) -> None:
    """Close the step, and the day with its last one."""
    keep_books(world)
    if world.clock[0].step % world.clock[0].steps_a_day == world.clock[0].steps_a_day - 1:
        note_day(world, world.clock[0].step // world.clock[0].steps_a_day)
    clock = world.clock[0]
    clock.step += 1
    clock.now = clock.step * clock.step_days
