"""Milestones: on the way, its client accepts what there is of a project, presented by someone or later."""

import math

from sim.rules.contracts import bill
from sim.rules.matters import press, raise_matter
from sim.rules.projects import give_up, share_of
from sim.rules.responsibilities import owner_of, project_duty
from sim.rules.scope import give_feedback
from sim.world import BY_MILESTONE, NOBODY, NONE, REPORTING, World


def passed(world: World, project_id: int) -> int:
    """How many milestones of a project have their share of its work done; the last equal part is delivery.

    Nothing counts but finished tasks: what has only begun cannot be shown to a client.
    """
    project = world.projects[project_id]
    parts = project.milestones + 1
    return int(min(parts - 1, int(parts * share_of(project.done_hours, project.estimate_hours))))


def look_ahead(world: World, project_id: int) -> None:
    """Note at how many hours of finished tasks a project reaches its next milestone, if there is one."""
    project = world.projects[project_id]
    project.next_milestone = math.inf
    if project.milestones_reached < project.milestones:
        share = (project.milestones_reached + 1) / (project.milestones + 1)
        project.next_milestone = share * project.estimate_hours


def begin_milestones(world: World, project_id: int) -> None:
    """Before the first day: what has been passed has been accepted."""
    project = world.projects[project_id]
    project.milestones_reached = passed(world, project_id)
    project.milestones_accepted = project.milestones_reached
    look_ahead(world, project_id)


def planned_day(world: World, project_id: int, number: int) -> float:
    """The day by which a project should have reached a milestone: its share of the time promised."""
    project = world.projects[project_id]
    promised = project.deadline - project.arrival
    return float(project.arrival + promised * number / (project.milestones + 1))


def ask_for_presentation(world: World, project_id: int) -> None:
    """Whoever reports on a project is to present what there is, with the report that is open if one is."""
    hours = world.given[0].milestone_hours
    responsibility_id = project_duty(world, project_id, REPORTING)
    matter_id = world.responsibilities[responsibility_id].matter
    if matter_id == NONE:
        raise_matter(world, responsibility_id, world.duties[REPORTING].hours + hours, 1)
    else:
        world.matters[matter_id].hours += hours
        world.matters[matter_id].remaining += hours
        press(world, matter_id)


def reach(world: World, project_id: int) -> None:
    """A project has come to its next milestone, or to several at once."""
    project = world.projects[project_id]
    project.milestones_reached = max(project.milestones_reached + 1, passed(world, project_id))
    look_ahead(world, project_id)
    if project.milestone_since < 0.0:
        project.milestone_since = world.clock[0].now
        if owner_of(world, project_id, REPORTING) != NOBODY:
            ask_for_presentation(world, project_id)


def waits_for_acceptance(world: World, project_id: int) -> bool:
    """Whether a project has come to a milestone that its client has not accepted yet."""
    return bool(world.projects[project_id].milestone_since >= 0.0)


def accept(world: World, project_id: int) -> None:
    """The client tries what there is and says all that is not as it is wanted; where the contract says so, it
    pays for what is complete.
    """
    project = world.projects[project_id]
    project.milestone_since = -1.0
    while project.milestones_accepted < project.milestones_reached:
        project.milestones_accepted += 1
        project.milestones_met += 1
        due = planned_day(world, project_id, project.milestones_accepted)
        project.milestones_late += world.clock[0].now > due
    give_feedback(world, project_id, 1.0)
    if project.contract == BY_MILESTONE:
        bill(world, project_id)


def live_with_milestones(world: World, project_id: int) -> None:
    """A step: perhaps a milestone is reached; and a client to whom nobody presents it looks for itself, after
    `milestone_patience` days.
    """
    project = world.projects[project_id]
    if project.done_hours >= project.next_milestone:
        reach(world, project_id)
    waited = world.clock[0].now - project.milestone_since
    if waits_for_acceptance(world, project_id) and waited >= world.given[0].milestone_patience:
        give_up(world, project_id, REPORTING)
        accept(world, project_id)


def missed_milestones(world: World, project_id: int, day: float) -> int:
    """How many milestones of a project should have been accepted by a day, and are not."""
    project = world.projects[project_id]
    missed = 0
    for number in range(project.milestones_accepted + 1, project.milestones + 1):
        missed += planned_day(world, project_id, number) <= day
    return int(missed)
