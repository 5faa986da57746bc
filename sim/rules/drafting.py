"""How drawn numbers become tasks and their networks: plain loops over arrays, compiled like the rules."""

from sim.world import NONE, Grid, Numbers, Project, Table, Task, f64, i32


def predecessor(luck: Grid, task: int, width: int, twice: float, which: int) -> int:
    """The task of the layer before, of `width` tasks, that one follows first (0) or second (1), or NONE."""
    first = int(luck[task, 0] * width)
    if which == 0:
        return first
    if width > 1 and luck[task, 1] < twice:
        return (first + 1 + int(luck[task, 2] * (width - 1))) % width
    return NONE


def link_layers(
    sizes: Numbers[i32],
    layers: Numbers[i32],
    twice: float,
    luck: Grid,
    edge_from: Numbers[i32],
    edge_to: Numbers[i32],
) -> int:
    """Edges of layered networks: each task follows one or two tasks of the layer before. Returns how many.

    `sizes`, `layers`: int, of each project. `twice`: the share of tasks that follow two. `luck`: tasks x 3,
    0-1. `edge_from`, `edge_to`: int32, to be filled, with room for two edges a task.
    """
    edges = 0
    for which in range(2):
        first_task = 0
        for project_id in range(len(sizes)):
            size, count = sizes[project_id], layers[project_id]
            before, begin = first_task, first_task - (-size // count)  # rounded up
            for layer in range(1, count):
                end = first_task - (-(layer + 1) * size // count)
                for task in range(begin, end):
                    chosen = predecessor(luck, task, begin - before, twice, which)
                    if chosen != NONE:
                        edge_from[edges], edge_to[edges] = before + chosen, task
                        edges += 1
                before, begin = begin, end
            first_task += size
    return edges


def lay_out_tasks(
    tasks: Table[Task],
    projects: Table[Project],
    team: Numbers[i32],
    estimate: Numbers[f64],
    effort: Numbers[f64],
) -> None:
    """Fill rows of tasks, project by project, before anyone has begun."""
    for project_id in range(len(projects)):
        project = projects[project_id]
        for task_id in range(project.first_task, project.first_task + project.n_tasks):
            task = tasks[task_id]
            task.project = project_id
            task.team = team[task_id]
            task.estimate = estimate[task_id]
            task.effort = effort[task_id]
            task.remaining = effort[task_id]
            task.started = -1.0
            task.finished = -1.0
            task.member = NONE
            task.matter = NONE
            task.queue = NONE
