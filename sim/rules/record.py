"""The end of a day: the clock moves on, and each queue's length goes into its books."""

from sim.rules.completion import hours_beside
from sim.rules.contracts import work_under_way
from sim.rules.queues import note_length
from sim.rules.tasks import note_use
from sim.world import World


def keep_books(world: World) -> None:
    """Bring the books of queues and of specialists up to the end of the day."""
    for queue_id in range(len(world.queues)):
        note_length(world.queues, queue_id, world.clock[0].until)
    for pool_id in range(len(world.pools)):
        note_use(world, pool_id, world.clock[0].until)


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
    row.in_progress, hours = work_under_way(world)
    row.left = hours + hours_beside(world)
    row.abandoned = clock.abandoned


def end_day(world: World) -> None:
    """Close the step, and the day with its last one."""
    clock = world.clock[0]
    if clock.step % clock.steps_a_day == clock.steps_a_day - 1:
        keep_books(world)
        note_day(world, clock.step // clock.steps_a_day)
    clock.step += 1
    clock.begun = clock.step * clock.step_days
    clock.until = (clock.step + 1) * clock.step_days
    clock.now = clock.begun
