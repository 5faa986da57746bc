"""Rework: hours that are to be done again, whatever causes them, are counted here and nowhere else.

What causes it: changed wants and stale work (`scope`), hand-overs that nobody saw to (`dependencies`), wrong
answers (`exceptions`). On which tasks it falls: `landing`.
"""

from sim.world import READY, World


def add_hours(world: World, task_id: int, hours: float) -> None:
    """More work on a task (or, below 0, less), wherever it stands."""
    task = world.tasks[task_id]
    task.remaining += hours
    if task.state == READY and task.n_needs == 0:
        world.teams[task.team].waiting += hours


def book_rework(world: World, project_id: int, hours: float) -> None:
    """Hours of a project's work have to be done again: whatever causes rework, it is counted here."""
    world.projects[project_id].rework_hours += hours


def redo(world: World, task_id: int, hours: float) -> None:
    """Part of a task, `hours` of it, has to be done again."""
    add_hours(world, task_id, hours)
    book_rework(world, world.tasks[task_id].project, hours)
