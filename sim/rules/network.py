"""Networks of tasks: a task begins, and ends, and lets others go on."""

from sim.rules.dependencies import link_between
from sim.rules.finished_tasks import note_done
from sim.rules.links import hangs_on_end, hold_back, is_held, meet, moment_of, wait_for_day, wait_no_longer
from sim.rules.queues import leave
from sim.rules.tasks import become_ready, earn, hold_specialists, line_up, reserve
from sim.world import (
    ACTIVE,
    DATED_QUEUE,
    DONE,
    FINISH_START,
    HELD,
    NONE,
    RUNNING,
    WAITING,
    WORKING,
    World,
)


def take_task(world: World, member_id: int, task_id: int) -> None:
    """A member begins, or resumes, a task that stood in line."""
    now = world.clock[0].now
    task = world.tasks[task_id]
    leave(world.queues, world.tasks, task_id, now)
    if task.member != member_id:
        if task.member != NONE:
            reserve(world, task.member, task_id, -1)
        reserve(world, member_id, task_id, 1)
    if task.n_needs > 0:
        hold_specialists(world, task_id)
    else:
        world.teams[task.team].waiting -= task.remaining
    task.state = ACTIVE
    task.member = member_id
    first = task.started < 0.0
    if first:
        task.started = now
        if task.finished < 0.0:
            earn(world, task_id, 0.5)
    world.projects[task.project].at_hand = task_id
    world.members[member_id].task = task_id
    world.members[member_id].pause = WORKING
    if first and world.clock[0].linked:
        let_followers_begin(world, task_id)


def close_task_of(world: World, project_id: int) -> None:
    """One task less is open in a project; after the last, it is ready for what comes then."""
    clock = world.clock[0]
    project = world.projects[project_id]
    project.tasks_left -= 1
    if project.tasks_left == 0:
        project.waiting_since = clock.now
        clock.turned = 1


def note_border(world: World, task_id: int, next_id: int) -> None:
    """What follows in another team has to be handed over."""
    task = world.tasks[next_id]
    if task.team != world.tasks[task_id].team:
        link = link_between(world, world.tasks[task_id].team, task.team)
        task.between_teams = max(task.between_teams, link)


def finish_task(world: World, task_id: int) -> None:
    """A task is done: release what waited for it. Milestones (no work left) are done on the spot.

    A task that was reopened has released its successors already.
    """
    now = world.clock[0].now
    linked = world.clock[0].linked
    world.tasks[task_id].after = NONE
    top = task_id  # a stack of tasks to close, linked by `after`
    while top != NONE:
        done = world.tasks[top]
        closed = top
        top = done.after
        if linked:
            world.clock[0].now = max(now, world.holds[closed].end_from)
        done.state = DONE
        close_task_of(world, done.project)
        reopened = done.finished >= 0.0
        done.finished = world.clock[0].now
        note_done(world, closed, reopened)
        if reopened:
            continue
        earn(world, closed, 0.5 if done.started >= 0.0 else 1.0)
        for k in range(done.first_successor, done.first_successor + done.n_successors):
            next_id = world.successors[k]
            if linked:
                top = pass_on(world, closed, k, top)
                continue
            task = world.tasks[next_id]
            task.predecessors_left -= 1
            note_border(world, closed, next_id)
            # What a plan says was done before its turn is done, or open again, already.
            if task.predecessors_left == 0 and task.state == WAITING:
                if task.remaining > 0.0:
                    become_ready(world, next_id)
                else:
                    task.after = top
                    top = next_id
    world.clock[0].now = now


def start_first_tasks(world: World, project_id: int) -> None:
    """The project may start: release the tasks that nothing comes before."""
    project = world.projects[project_id]
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        task = world.tasks[task_id]
        if world.clock[0].linked:
            let_go_on(world, task_id)
        elif task.state == WAITING and task.predecessors_left == 0:
            if task.remaining > 0.0:
                become_ready(world, task_id)
            else:
                finish_task(world, task_id)
    if project.tasks_left == 0:  # all was done before
        project.waiting_since = world.clock[0].now
        world.clock[0].turned = 1


# --- where links are of other kinds, or lead to other projects ---------------------------------------------


def pass_on(world: World, task_id: int, k: int, top: int) -> int:
    """A task has ended: what hangs on that, or on its start if it never had one, may go on."""
    if not hangs_on_end(world, k) and world.tasks[task_id].started >= 0.0:
        return top
    if world.ties[k].kind == FINISH_START:
        note_border(world, task_id, world.successors[k])
    meet(world, k)
    return continue_task(world, world.successors[k], top)


def continue_task(world: World, task_id: int, top: int) -> int:
    """A task goes on if nothing is left that it waits for: it becomes ready, or ends.

    `top` is a stack of tasks to close, linked by `after`; returns it, with this task on it if it ends.
    """
    task = world.tasks[task_id]
    if task.queue == DATED_QUEUE:
        return top
    if task.state == HELD:
        return end_if_it_may(world, task_id, top)
    begun = world.projects[task.project].state == RUNNING
    if task.state != WAITING or task.predecessors_left > 0 or not begun:
        return top
    return begin_if_it_may(world, task_id, top)


def end_if_it_may(world: World, task_id: int, top: int) -> int:
    """A task that is worked off ends, or waits for its day; or goes on, if work has come to it meanwhile."""
    if is_held(world, task_id):
        hold_back(world, task_id)
        return top
    if world.tasks[task_id].remaining > 0.0:
        line_up(world, task_id, world.tasks[task_id].member)
        return top
    world.holds[task_id].end_from = moment_of(world, world.holds[task_id].end_from)
    world.tasks[task_id].after = top
    return task_id


def begin_if_it_may(world: World, task_id: int, top: int) -> int:
    """A task whose predecessors let it begin does so on its day; without any work, it ends at once."""
    hold = world.holds[task_id]
    if hold.start_from >= world.clock[0].until:
        wait_for_day(world, task_id)
        return top
    now = world.clock[0].now
    world.clock[0].now = moment_of(world, hold.start_from)
    if world.tasks[task_id].remaining > 0.0:
        become_ready(world, task_id)
    else:
        top = end_if_it_may(world, task_id, top)
    world.clock[0].now = now
    return top


def let_go_on(world: World, task_id: int) -> None:
    """A task goes on, if it may."""
    if continue_task(world, task_id, NONE) != NONE:
        finish_task(world, task_id)


def let_followers_begin(world: World, task_id: int) -> None:
    """A task has begun for the first time: what hangs on its start may go on."""
    task = world.tasks[task_id]
    for k in range(task.first_successor, task.first_successor + task.n_successors):
        if not hangs_on_end(world, k):
            meet(world, k)
            let_go_on(world, world.successors[k])


def let_days_come(world: World) -> None:
    """Tasks whose day comes in this step go on, at its moment."""
    now = world.clock[0].now
    task_id = world.queues[DATED_QUEUE].first
    while task_id != NONE:
        following = int(world.tasks[task_id].after)
        hold = world.holds[task_id]
        day = hold.end_from if world.tasks[task_id].state == HELD else hold.start_from
        if day < world.clock[0].until:
            leave(world.queues, world.tasks, task_id, now)
            let_go_on(world, task_id)
        task_id = following


def let_others_go_on(world: World, project_id: int) -> None:
    """Nothing more comes of a project: tasks of others wait for none of its tasks any longer."""
    project = world.projects[project_id]
    if not world.clock[0].linked:
        return
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        task = world.tasks[task_id]
        for k in range(task.first_successor, task.first_successor + task.n_successors):
            came = task.finished >= 0.0 or (task.started >= 0.0 and not hangs_on_end(world, k))
            if not came and world.tasks[world.successors[k]].project != project_id:
                wait_no_longer(world, k)
                let_go_on(world, world.successors[k])


def end_task(world: World, task_id: int) -> None:
    """A task is worked off: it is done, unless it may not end before others."""
    if world.clock[0].linked and is_held(world, task_id):
        hold_back(world, task_id)
    else:
        finish_task(world, task_id)
