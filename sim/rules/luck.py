"""The luck of what happens in a run. Nobody's doing changes it: it hangs on what is struck, how often before,
and the replication alone. So every structure lives through the same, and no run can use it up. A project and
a task are known by their `number`: work that may come on top has numbers of its own and shifts nobody's luck.
"""

from sim.world import World
from sim.world.philox import philox, share


def number_of_task(world: World, task_id: int) -> int:
    """What the luck of a task's events hangs on."""
    project = world.projects[world.tasks[task_id].project]
    return int(project.first_number + task_id - project.first_task)


def luck_of(world: World, source: int, row: int, times: int) -> tuple[float, float, float, float]:
    """Four numbers, 0-1: the luck of a row's next event of a kind (`source`), after `times` of them."""
    clock = world.clock[0]
    a, b, c, d = philox(clock.luck, clock.more_luck, source, row, times, 0)
    return share(a), share(b), share(c), share(d)
