"""What the client wants, and what is built instead: changed wants, stale work, creep, cuts."""

from sim.rules.landing import land_ahead, land_behind
from sim.rules.luck import luck_of
from sim.rules.rework import add_hours, book_rework
from sim.world import CHANGES, DONE, World
from sim.world.philox import exponential


def add_rework(world: World, project_id: int, hours: float) -> None:
    """Work that has to be done again, where it was done lately."""
    if hours > 0.0:
        book_rework(world, project_id, hours)
        land_behind(world, project_id, hours)


def change_wants(world: World, project_id: int) -> None:
    """The client's wants change (a Poisson process of rate `volatility`); nobody has noticed yet."""
    project = world.projects[project_id]
    project.change_gap -= project.volatility * world.clock[0].step_days
    while project.change_gap <= 0.0:
        size, gap, _, _ = luck_of(world, CHANGES, project.number, project.changes)
        project.changes += 1
        project.change_gap += exponential(gap)
        change = world.given[0].change_size * exponential(size)
        project.undiscovered = min(1.0, project.undiscovered + change)


def give_feedback(world: World, project_id: int, fidelity: float) -> None:
    """The client sees the work: a share `fidelity` of what went stale, and of what changed, comes out.

    Too little to talk about (`least_rework_hours`) is left for the next time, unless nothing is to be
    left at all.
    """
    given = world.given[0]
    project = world.projects[project_id]
    stale = fidelity * project.stale
    change = fidelity * project.undiscovered
    scope = change * project.estimate_hours * given.change_growth
    if stale + scope < given.least_rework_hours:
        if fidelity < 1.0:
            return
        stale = 0.0
        scope = 0.0
    project.stale -= fidelity * project.stale
    project.undiscovered -= change
    add_rework(world, project_id, stale)
    if scope > 0.0:
        project.drift_hours += scope
        land_ahead(world, project_id, scope)


def stop_creep(world: World, project_id: int, care: float) -> None:
    """A budget review finds the unapproved extras and stops a share `creep_found` of them, less in haste."""
    world.projects[project_id].creep *= 1.0 - world.given[0].creep_found * care


def cut_scope(world: World, project_id: int, hours: float) -> None:
    """Give up to `hours` of work not yet begun, the last tasks first, at most `cut_depth` of each.

    What the client misses is the same share of the tasks' estimates, whatever effort they turned out to be.
    """
    given = world.given[0]
    project = world.projects[project_id]
    left = hours
    task_id = project.first_task + project.n_tasks - 1
    while left > 0.0 and task_id >= project.first_task:
        task = world.tasks[task_id]
        if task.started < 0.0 and task.state != DONE:
            cut = min(left, given.cut_depth * task.remaining)
            if cut > 0.0:
                project.descoped += task.estimate * cut / max(task.effort, task.remaining)
            add_hours(world, task_id, -cut)
            left -= cut
            project.descoped_hours += cut
        task_id -= 1


def restore_scope(world: World, project_id: int, hours: float) -> None:
    """Take in again up to `hours` of what was cut. It lands like new scope."""
    project = world.projects[project_id]
    given = min(hours, project.descoped_hours)
    if given > 0.0:
        project.descoped -= project.descoped * given / project.descoped_hours
        project.descoped_hours -= given
        land_ahead(world, project_id, given)


def note_work(world: World, project_id: int, hours: float, progress: float) -> None:
    """What `hours` of work leave behind besides `progress`: creep, stale work and latent defects."""
    given = world.given[0]
    project = world.projects[project_id]
    project.progress += progress
    world.clock[0].progress += progress
    project.stale += progress * project.undiscovered
    project.latent += progress * given.defect_rate
    growth = given.creep_growth * hours / max(1.0, project.estimate_hours)
    project.creep = min(given.creep_most, project.creep + growth)
