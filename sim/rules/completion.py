"""What a project counts for before it is delivered: by percentage of completion, on what is truly left to do.

Nothing here rests on what anybody in the organisation believes. Waste earns nothing: rework, creep and the
damage of struck risks are left to do while they are open, but never part of the whole.
"""

from sim.rules.tasks import queue_of_team
from sim.world import CANCELLED, CHECKING, DELIVERED, FUTURE, NONE, RUNNING, TRAY_QUEUE, WITHHELD, World


def hours_on_tasks(world: World, project_id: int) -> float:
    """Hours of effort open on a project's tasks, from its books: what they take, less what was done."""
    project = world.projects[project_id]
    needed = project.true_hours + project.rework_hours + project.drift_hours + project.risk_hours
    done = project.descoped_hours + project.done_before + project.progress
    return float(max(0.0, needed - done))


def unnoticed_hours(world: World, project_id: int) -> float:
    """Hours that changed wants which nobody has noticed will add to a project."""
    project = world.projects[project_id]
    return float(project.undiscovered * project.estimate_hours * world.given[0].change_growth)


def hours_left(world: World, project_id: int) -> float:
    """Hours until a project is truly done: open tasks, with the creep beside them at its present share; stale
    work; defects that nobody has found; and what changed wants will add.
    """
    project = world.projects[project_id]
    on_tasks = hours_on_tasks(world, project_id) / (1.0 - project.creep)
    return float(on_tasks + project.stale + project.latent + unnoticed_hours(world, project_id))


def hours_in_all(world: World, project_id: int) -> float:
    """Hours that the client's wants truly take, work before the first day included, less what was cut."""
    project = world.projects[project_id]
    wanted = project.true_hours + project.drift_hours + unnoticed_hours(world, project_id)
    return float(wanted - project.descoped_hours)


def is_under_way(world: World, project_id: int) -> bool:
    """Whether work on a project has begun; before the first day, whether it will be under way then."""
    project = world.projects[project_id]
    if project.state == FUTURE:
        return bool(project.begun)
    return bool(project.state == RUNNING or project.state == CHECKING)


def completion(world: World, project_id: int) -> float:
    """How much of a project is done, 0 to 1: all of it once it is delivered, none before it has begun."""
    if world.projects[project_id].state == DELIVERED:
        return 1.0
    whole = hours_in_all(world, project_id)
    if not is_under_way(world, project_id) or whole <= 0.0:
        return 0.0
    return float(max(0.0, 1.0 - hours_left(world, project_id) / whole))


def gone_on_until(world: World, project_id: int, day: float) -> float:
    """The day up to which a project has gone on by `day`: that of its delivery or end, once it is over."""
    project = world.projects[project_id]
    if project.state == DELIVERED:
        return float(min(day, project.delivered))
    if project.state == CANCELLED:
        return float(min(day, project.cancelled))
    return day


def fine(world: World, project_id: int, day: float) -> float:
    """Euro of penalties that a project's lateness has cost by a day; nothing before it has come."""
    given = world.given[0]
    project = world.projects[project_id]
    if project.state == WITHHELD or project.arrival > day:
        return 0.0
    late = max(0.0, gone_on_until(world, project_id, day) - project.deadline)
    return float(min(given.late_penalty * late, given.late_penalty_most) * project.value)


def hours_in_tray(world: World, team_id: int) -> float:
    """Hours that the matters of duties which a team holds itself still take."""
    hours = 0.0
    matter_id = world.queues[queue_of_team(team_id, TRAY_QUEUE)].first
    while matter_id != NONE:
        hours += world.matters[matter_id].remaining
        matter_id = world.matters[matter_id].after
    return hours


def hours_beside(world: World) -> float:
    """Hours left of all that has come beside projects: tickets, and duties that teams still owe."""
    hours = world.clock[0].open_tickets
    for team_id in range(len(world.teams)):
        hours += hours_in_tray(world, team_id)
    return float(hours)
