"""A project's finished tasks, linked by `after`: the one finished last on top, where rework comes first.

One that has been corrected goes to the end, for it is right by now.
"""

from sim.world import NONE, World


def count_as_done(world: World, task_id: int) -> None:
    """A task is done for the first time: what a milestone asks for. Rework takes back nothing of it."""
    task = world.tasks[task_id]
    world.projects[task.project].done_hours += task.estimate


def note_done(world: World, task_id: int, corrected: bool) -> None:
    """Put a task on the list of what its project has finished: on top, or, `corrected`, at the end. What
    takes no work never needs any again, and stays off it.
    """
    task = world.tasks[task_id]
    project = world.projects[task.project]
    if not corrected:
        count_as_done(world, task_id)
    if task.effort <= 0.0:
        return
    task.after = NONE
    if project.last_done == NONE:
        project.last_done = task_id
        project.first_done = task_id
    elif corrected:
        world.tasks[project.first_done].after = task_id
        project.first_done = task_id
    else:
        task.after = project.last_done
        project.last_done = task_id


def take_last_done(world: World, project_id: int) -> int:
    """Take the task that was finished last from a project's list; there is one. Returns its row."""
    project = world.projects[project_id]
    task_id = project.last_done
    project.last_done = world.tasks[task_id].after
    world.tasks[task_id].after = NONE
    return int(task_id)
