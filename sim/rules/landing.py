"""Where extra work lands: on the few tasks that it is about, never on all of a project.

Work to be done again lands on what was worked on lately, new work on what follows from it (changes go along
what depends on what; Eckert, Clarkson & Zanker 2004).
"""

from sim.rules.finished_tasks import take_last_done
from sim.rules.rework import add_hours
from sim.rules.tasks import reopen
from sim.world import DONE, NONE, World


def land(world: World, task_id: int, hours: float) -> None:
    """Extra work on a task; a finished one reopens."""
    add_hours(world, task_id, hours)
    if world.tasks[task_id].state == DONE:
        reopen(world, task_id)


def share_for(world: World, task_id: int, hours: float) -> float:
    """What lands on one task of `hours` of extra work: at most `touched_share` of what it truly takes."""
    return float(min(hours, world.given[0].touched_share * world.tasks[task_id].effort))


def is_in_hand(world: World, task_id: int) -> bool:
    """Whether a task has been begun and is not done."""
    task = world.tasks[task_id]
    return bool(task.started >= 0.0 and task.state != DONE)


def land_on_finished(world: World, project_id: int, hours: float) -> None:
    """Extra work on what was finished last, task by task; the rest, if any, on what was taken up last."""
    project = world.projects[project_id]
    left = hours
    while left > 0.0 and project.last_done != NONE:
        task_id = take_last_done(world, project_id)
        portion = share_for(world, task_id, left)
        land(world, task_id, portion)
        left -= portion
    if left > 0.0:
        land(world, project.at_hand, left)


def land_behind(world: World, project_id: int, hours: float) -> None:
    """Work to be done again: on what is in hand, then on what was finished last."""
    task_id = int(world.projects[project_id].at_hand)
    left = hours
    if is_in_hand(world, task_id):
        portion = share_for(world, task_id, left)
        land(world, task_id, portion)
        left -= portion
    land_on_finished(world, project_id, left)


def what_follows(world: World, task_id: int) -> int:
    """A task of the project that follows another: the first that is not done, else the last; NONE without."""
    task = world.tasks[task_id]
    following = NONE
    for k in range(task.first_successor, task.first_successor + task.n_successors):
        if world.tasks[world.successors[k]].project != task.project:
            continue
        following = int(world.successors[k])
        if world.tasks[following].state != DONE:
            break
    return following


def land_ahead(world: World, project_id: int, hours: float) -> None:
    """New work: on what follows from what is in hand, step by step; at a project's end, where nothing
    follows, on what was finished last.
    """
    left = hours
    task_id = what_follows(world, world.projects[project_id].at_hand)
    while left > 0.0 and task_id != NONE:
        if world.tasks[task_id].state != DONE:
            portion = share_for(world, task_id, left)
            land(world, task_id, portion)
            left -= portion
        task_id = what_follows(world, task_id)
    land_on_finished(world, project_id, left)
