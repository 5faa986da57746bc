"""How rows come to point at each other: networks of tasks before a run (people and matters: `staffing`).

Compiled like the rules, and written like them: plain loops over rows, no memory of its own.
"""

from sim.rules.budget import set_next_alarm
from sim.rules.completion import fine, hours_left
from sim.rules.contracts import value_in_progress
from sim.rules.finished_tasks import note_done
from sim.rules.links import hangs_on_end, hangs_on_start_of, wait_no_longer
from sim.rules.milestones import begin_milestones
from sim.rules.tasks import earn, part_of_team
from sim.world import DONE, NONE, Numbers, World, f64, i32


def link_tasks(world: World, edge_from: Numbers[i32], edge_to: Numbers[i32]) -> None:
    """Turn edges (predecessor, successor) into rows of `successors`, in whose order `links` are."""
    for k in range(len(edge_from)):
        world.tasks[edge_from[k]].n_successors += 1
        world.tasks[edge_to[k]].predecessors_left += 1
    first = 0
    for task_id in range(len(world.tasks)):
        task = world.tasks[task_id]
        task.first_successor = first
        first += task.n_successors
        task.n_successors = 0
    for k in range(len(edge_from)):
        task = world.tasks[edge_from[k]]
        place = task.first_successor + task.n_successors
        world.successors[place] = edge_to[k]
        task.n_successors += 1
        if world.clock[0].linked and not hangs_on_start_of(world, place):
            world.tasks[edge_to[k]].predecessors_left -= 1
            world.holds[edge_to[k]].ends_left += 1


def hours_from(world: World, task_id: int, k: int) -> float:
    """Planned hours from a task's start to the end of its project, by way of link `k`; a lag is days of them.

    Another project has its own end.
    """
    link = world.ties[k]
    task = world.tasks[task_id]
    following = world.tasks[world.successors[k]]
    if following.project != task.project:
        return float(task.estimate)
    hours = link.lag * world.given[0].planned_day + following.tail
    if hangs_on_end(world, k):
        hours += task.estimate
    if not hangs_on_start_of(world, k):
        hours -= following.estimate
    return float(hours)


def measure_linked_tails(world: World) -> None:
    """As `measure_tails`, with lags, and links of all kinds."""
    for back in range(len(world.tasks)):
        task_id = len(world.tasks) - 1 - back
        task = world.tasks[task_id]
        task.tail = task.estimate
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            task.tail = max(task.tail, hours_from(world, task_id, k))


def measure_tails(world: World) -> None:
    """Find the longest chain of estimates from each task to its project's end; successors stand below."""
    for back in range(len(world.tasks)):
        task = world.tasks[len(world.tasks) - 1 - back]
        longest = 0.0
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            longest = max(longest, world.tasks[world.successors[k]].tail)
        task.tail = task.estimate + longest


def plan_project(world: World, project_id: int, slack: float) -> None:
    """A project's first plan: how long it takes with the crew it counts on, and what is promised."""
    given = world.given[0]
    project = world.projects[project_id]
    longest = 0.0
    project.estimate_hours = 0.0
    project.true_hours = 0.0
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        task = world.tasks[task_id]
        project.estimate_hours += task.estimate
        project.true_hours += task.effort
        longest = max(longest, task.tail)
    crew = given.planned_crew * world.teams[project.home].size
    hours = max(longest, project.estimate_hours / crew)
    project.planned_days = max(1.0, hours / given.planned_day)
    if project.deadline < 0.0:
        project.deadline = project.arrival + slack * project.planned_days
    else:  # who promised a day plans to keep it, with more than the usual crew if need be, if its chain fits
        promised = project.deadline - project.arrival
        in_time = max(longest / given.planned_day, promised / (1.0 + given.tail_share))
        project.planned_days = max(1.0, min(project.planned_days, in_time))
    if project.budget_hours < 0.0:
        project.budget_hours = (1.0 + given.contingency) * project.estimate_hours
    project.approved_hours = project.budget_hours
    project.forecast = project.arrival + (1.0 + given.tail_share) * project.planned_days
    project.belief = project.deadline


def do_before(world: World, project_id: int, stage: float, slack: float) -> None:
    """Bring a project under way at the start to its stage: its first tasks done, its days gone."""
    project = world.projects[project_id]
    project.begun = 1
    days = stage * slack * project.planned_days
    project.arrival -= days
    project.deadline -= days
    project.forecast -= days
    project.belief -= days
    for task_id in range(project.first_task, project.first_task + int(stage * project.n_tasks)):
        task = world.tasks[task_id]
        task.state = DONE
        task.remaining = 0.0
        task.started = 0.0  # begun, like all that may take extra work; the day does not matter
        task.finished = 0.0
        project.at_hand = task_id
        note_done(world, task_id, False)
        earn(world, task_id, 1.0)
        project.done_before += task.effort
        project.tasks_left -= 1
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            world.tasks[world.successors[k]].predecessors_left -= 1


def do_part_before(world: World, task_id: int, share: float) -> None:
    """A share of a task was done before the first day; what was done then is waited for no longer."""
    task = world.tasks[task_id]
    project = world.projects[task.project]
    project.begun = 1
    project.at_hand = task_id
    project.done_before += share * task.effort
    task.started = 0.0
    task.remaining -= share * task.effort
    earn(world, task_id, 1.0 if share >= 1.0 else 0.5)
    if share >= 1.0:
        task.state = DONE
        task.remaining = 0.0
        task.finished = 0.0
        project.tasks_left -= 1
        note_done(world, task_id, False)
    for k in range(task.first_successor, task.first_successor + task.n_successors):
        let_follow(world, k, share >= 1.0)


def let_follow(world: World, k: int, ended: bool) -> None:
    """A task that began before the first day, and perhaps `ended`, has let what follows by link `k` go on."""
    if not world.clock[0].linked:
        world.tasks[world.successors[k]].predecessors_left -= ended
    elif ended or not hangs_on_end(world, k):
        wait_no_longer(world, k)


def do_tasks_before(world: World, project_id: int, done: Numbers[f64]) -> None:
    """Bring a project of a given plan to where it stands on the first day: some of its tasks done in part."""
    project = world.projects[project_id]
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        if done[task_id] > 0.0:
            do_part_before(world, task_id, done[task_id])


def engage(world: World, count: int, project_id: int, shared: int, seen: Numbers[i32]) -> int:
    """Note that a project works with a team or a pool, once. Returns the engagements noted so far."""
    if seen[shared] == project_id:
        return count
    seen[shared] = project_id
    engagement = world.engagements[count]
    engagement.project = project_id
    world.partners[count] = shared
    engagement.queue = NONE
    return count + 1


def wire(
    world: World,
    edge_from: Numbers[i32],
    edge_to: Numbers[i32],
    stage: Numbers[f64],
    done: Numbers[f64],
    slack: Numbers[f64],
    seen: Numbers[i32],
) -> int:
    """Wire drawn projects and tasks together; returns how many rows of `engagements` are used.

    `edge_from`, `edge_to`: int32, rows of tasks, a predecessor and its successor. `stage`: float64, for each
    project the share done at the start, or negative. `done`: float64, for each task likewise, or of no
    length where nothing is. `slack`: float64, for each project the promised over the planned time. `seen`:
    int32, teams + pools, filled with NONE.
    """
    link_tasks(world, edge_from, edge_to)
    if world.clock[0].linked:
        measure_linked_tails(world)
    else:
        measure_tails(world)
    used = 0
    for project_id in range(len(world.projects)):
        project = world.projects[project_id]
        plan_project(world, project_id, slack[project_id])
        project.tasks_left = project.n_tasks
        project.first_engagement = used
        used = engage(world, used, project_id, project.home, seen)
        for task_id in range(project.first_task, project.first_task + project.n_tasks):
            task = world.tasks[task_id]
            used = engage(world, used, project_id, task.team, seen)
            task.part = part_of_team(world, project_id, task.team)
            world.engagements[task.part].estimate_hours += task.estimate
            for k in range(task.first_need, task.first_need + task.n_needs):
                used = engage(world, used, project_id, len(world.teams) + world.needs[k].pool, seen)
        project.n_engagements = used - project.first_engagement
        if stage[project_id] >= 0.0:
            do_before(world, project_id, stage[project_id], slack[project_id])
        if len(done) > 0:
            do_tasks_before(world, project_id, done)
        set_next_alarm(world, project_id)
        begin_milestones(world, project_id)
        project.ranking = used
        project.lending = used + 1
        for place in range(used, used + 2):
            world.engagements[place].project = project_id
            world.engagements[place].queue = NONE
        used += 2
    open_the_books(world)
    return used


def open_the_books(world: World) -> None:
    """What work under way counts for, and how much of it is left, before the first day.

    By the rules that count it on the last one; it hangs on no structure.
    """
    clock = world.clock[0]
    for project_id in range(len(world.projects)):
        clock.opening_value += value_in_progress(world, project_id)
        clock.opening_fines += fine(world, project_id, 0.0)
        if world.projects[project_id].begun:
            clock.opening_left += hours_left(world, project_id)
