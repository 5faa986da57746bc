"""Links beyond "done before": lags, and starts and ends that hang on starts and ends (SS, FF, SF).

A task may begin once all that its start hangs on has come, and may end once that holds for its end: worked
off before, it is held back. A lag is time that passes, not work.
"""

from sim.rules.queues import join
from sim.world import DATED_QUEUE, FINISH_FINISH, FINISH_START, HELD, START_START, World


def hangs_on_end(world: World, k: int) -> bool:
    """Whether link `k` comes from the end of a task, not from its start."""
    kind = world.ties[k].kind
    return bool(kind in (FINISH_START, FINISH_FINISH))


def hangs_on_start_of(world: World, k: int) -> bool:
    """Whether link `k` holds up the start of the task that it leads to, not its end."""
    kind = world.ties[k].kind
    return bool(kind in (FINISH_START, START_START))


def wait_no_longer(world: World, k: int) -> None:
    """What link `k` comes from is past, or never comes: one thing less to wait for, and no lag."""
    if hangs_on_start_of(world, k):
        world.tasks[world.successors[k]].predecessors_left -= 1
    else:
        world.holds[world.successors[k]].ends_left -= 1


def meet(world: World, k: int) -> None:
    """What link `k` comes from has come, at this moment: one thing less to wait for, and perhaps a day."""
    hold = world.holds[world.successors[k]]
    day = world.clock[0].now + world.ties[k].lag
    wait_no_longer(world, k)
    if hangs_on_start_of(world, k):
        hold.start_from = max(hold.start_from, day)
    else:
        hold.end_from = max(hold.end_from, day)


def moment_of(world: World, day: float) -> float:
    """The present, or a day that comes later in this step."""
    return float(max(world.clock[0].now, day))


def is_held(world: World, task_id: int) -> bool:
    """Whether a task may not end in this step, were all of its work done."""
    hold = world.holds[task_id]
    return bool(hold.ends_left > 0 or hold.end_from >= world.clock[0].until)


def wait_for_day(world: World, task_id: int) -> None:
    """A task waits for the day on which it may begin, or end."""
    join(world.queues, DATED_QUEUE, world.tasks, task_id, world.clock[0].now)


def hold_back(world: World, task_id: int) -> None:
    """A task is worked off, and may not end yet."""
    world.tasks[task_id].state = HELD
    if world.holds[task_id].ends_left == 0:
        wait_for_day(world, task_id)
