"""What a project costs against what is approved: forecasts, alarms true and false, money that runs out."""

from sim.rules.clients import disappoint, share_of_business
from sim.rules.delegation import let_accounts_speak
from sim.rules.matters import raise_matter
from sim.rules.projects import share_done
from sim.rules.responsibilities import project_duty
from sim.rules.scope import cut_scope, restore_scope, stop_creep
from sim.world import NONE, STAKEHOLDERS, World


def spent_hours(world: World, project_id: int) -> float:
    """Hours of effort that a project has taken so far."""
    project = world.projects[project_id]
    return float(project.done_before + project.progress + project.creep_hours)


def tolerated_hours(world: World, project_id: int) -> float:
    """Hours by which what is expected and what is approved may be apart before the client must decide."""
    return float(world.given[0].overrun_tolerance * world.projects[project_id].budget_hours)


def expected_hours(world: World, project_id: int) -> float:
    """Hours that a project is expected to take: by the pace so far, as far as that tells, else as planned.

    What was seen counts against the budget as the share done against `budget_prior` (a weighted mean, as in
    Bayesian estimates at completion).
    """
    done = share_done(world, project_id, NONE)
    budget = float(world.projects[project_id].budget_hours)
    if done <= 0.0:
        return budget
    known = done / (done + world.given[0].budget_prior)
    return known * spent_hours(world, project_id) / done + (1.0 - known) * budget


def alarm_of(world: World, project_id: int) -> float:
    """Hours expected beyond what is approved, if the client must decide about them; below 0 if scope was cut
    for an overrun that is no longer expected; else 0.
    """
    project = world.projects[project_id]
    overrun = expected_hours(world, project_id) - project.approved_hours
    if overrun > tolerated_hours(world, project_id):
        return float(overrun)
    if project.descoped_hours > 0.0 and overrun < -tolerated_hours(world, project_id):
        return float(overrun)
    return 0.0


def set_next_alarm(world: World, project_id: int) -> None:
    """The accounts speak up when a project has taken more than is approved, beyond what is tolerated."""
    project = world.projects[project_id]
    known = max(project.approved_hours, spent_hours(world, project_id))
    project.next_alarm = known + tolerated_hours(world, project_id)


def settle_overrun(world: World, project_id: int) -> None:
    """The client decides: more hours are approved, and a share `cut_share` of an overrun is met by less
    scope. After a false alarm it is the other way round: what was cut is taken in again, by the same share.
    """
    project = world.projects[project_id]
    overrun = project.overrun
    project.overrun = 0.0
    share = world.given[0].cut_share
    if overrun > 0.0:
        project.approved_hours += overrun
        cut_scope(world, project_id, overrun * share)
        set_next_alarm(world, project_id)
    elif overrun < 0.0:
        project.approved_hours = max(project.budget_hours, project.approved_hours + overrun)
        restore_scope(world, project_id, -overrun * share)
        set_next_alarm(world, project_id)


def refuse_overrun(world: World, project_id: int) -> None:
    """No more hours are approved: all of an overrun is met by less scope, as deep as it can be cut."""
    project = world.projects[project_id]
    cut_scope(world, project_id, project.overrun)
    project.overrun = 0.0
    set_next_alarm(world, project_id)


def notice_spending(world: World, project_id: int) -> None:
    """Money that is used up is noticed by whoever pays, also where nobody holds the budget: extras stop as
    after a review, the client hears of it too late and minds, and someone must talk to the stakeholders.
    """
    project = world.projects[project_id]
    if spent_hours(world, project_id) < project.next_alarm:
        return
    stop_creep(world, project_id, 1.0)
    weight = share_of_business(world, project_id)
    disappoint(world, project.client, weight * world.given[0].overdraft_effect)
    project.overrun = max(0.0, expected_hours(world, project_id) - project.approved_hours)
    raise_matter(world, project_duty(world, project_id, STAKEHOLDERS), world.duties[STAKEHOLDERS].hours, 0)
    let_accounts_speak(world, project_id)
    set_next_alarm(world, project_id)
