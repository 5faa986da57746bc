"""What a project brings, and when its client pays: on delivery, in parts, or by the hour."""

from sim.rules.completion import completion, hours_in_all, hours_left, is_under_way
from sim.world import BY_HOUR, BY_INCREMENT, NONE, PORTFOLIO_QUEUE, World


def approved_changes(world: World, project_id: int) -> float:
    """Hours of changed scope, as far as more than the budget has been approved."""
    project = world.projects[project_id]
    return float(min(project.drift_hours, max(0.0, project.approved_hours - project.budget_hours)))


def worth(world: World, project_id: int) -> float:
    """Euro that a project brings in all: its value, less that of what was cut from it, and perhaps a share of
    what approved changes come to.

    By the hour, the value is the price of the budget; what is paid are the hours that the client caused, its
    first wants and the changed ones, as far as they are approved. Neither rework nor extras are.
    """
    project = world.projects[project_id]
    if project.contract == BY_HOUR:
        hours = min(project.approved_hours, hours_in_all(world, project_id))
        return float(project.value * hours / max(1.0, project.budget_hours))
    cut = world.given[0].cut_value * project.descoped / max(1.0, project.estimate_hours)
    changes = world.clock[0].changes_paid * approved_changes(world, project_id)
    return float(
        project.value * max(0.0, 1.0 - cut) + changes * project.value / max(1.0, project.budget_hours)
    )


def bill(world: World, project_id: int) -> None:
    """Charge what is done of a project and has not been paid; what was paid is never given back here."""
    project = world.projects[project_id]
    due = completion(world, project_id) * worth(world, project_id)
    if due > project.paid:
        world.clock[0].value += due - project.paid
        project.paid = due


def bill_after_report(world: World, project_id: int) -> None:
    """A report of hours is followed by a bill for them; a review, by one for the parts that were accepted."""
    contract = world.projects[project_id].contract
    reviewed = world.clock[0].sprint_days > 0.0
    if contract == BY_HOUR or (contract == BY_INCREMENT and reviewed):
        bill(world, project_id)


def settle_bill(world: World, project_id: int) -> None:
    """On delivery all that a project is worth has been paid, whatever was paid before."""
    project = world.projects[project_id]
    brings = worth(world, project_id)
    world.clock[0].value += brings - project.paid
    project.paid = brings


def settle_what_is_done(world: World, project_id: int) -> None:
    """A client who gives a project up pays a share `termination_pay` of what is done and not paid."""
    project = world.projects[project_id]
    open_ = completion(world, project_id) * worth(world, project_id) - project.paid
    if open_ > 0.0:
        paid = world.given[0].termination_pay * open_
        world.clock[0].value += paid
        project.paid += paid


def costs_more_than_it_brings(world: World, project_id: int, hours: float) -> bool:
    """Whether `hours` of effort that are left to do cost more than what is left to be paid, by the factor at
    which a project is stopped (0: none ever is). What was to bring nothing from the first is not judged so.
    """
    given = world.given[0]
    project = world.projects[project_id]
    if given.cancel_factor <= 0.0 or project.value <= 0.0:
        return False
    value = worth(world, project_id) - project.paid
    return bool(hours * given.member_cost > given.cancel_factor * value)


def value_in_progress(world: World, project_id: int) -> float:
    """Euro that a project counts for beyond what was paid: its completion's worth, if that is more; nothing
    for one that should be stopped, as it truly stands.
    """
    project = world.projects[project_id]
    if not is_under_way(world, project_id):
        return 0.0
    if costs_more_than_it_brings(world, project_id, hours_left(world, project_id)):
        return 0.0
    return float(max(0.0, completion(world, project_id) * worth(world, project_id) - project.paid))


def work_under_way(world: World) -> tuple[float, float]:
    """Euro that projects under way count for beyond what was paid, and hours left of all that have come."""
    value = hours = 0.0
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        value += value_in_progress(world, project_id)
        hours += hours_left(world, project_id)
        project_id = world.projects[project_id].after
    return value, hours
