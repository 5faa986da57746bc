"""What handling each of a project manager's duties does: planning to tracking (duties 1 to 7)."""

from sim.rules.budget import alarm_of
from sim.rules.cancelling import reconsider
from sim.rules.clients import hear_news
from sim.rules.contracts import bill_after_report
from sim.rules.exceptions import resume
from sim.rules.matters import hand_on
from sim.rules.milestones import accept, waits_for_acceptance
from sim.rules.projects import admit, forecast_finish, is_starting, leave_check, push, view_of
from sim.rules.ranking import hours_on_portfolio
from sim.rules.responsibilities import owner_of, portfolio_duty, project_duty
from sim.rules.risks import manage_risks
from sim.rules.scope import add_rework, give_feedback, stop_creep
from sim.rules.tasks import best_member, line_up, stop_waiting
from sim.rules.tracking import compare_with_objectives, see
from sim.world import (
    ABOUT_TASK,
    CHECKING,
    NONE,
    OFF_COST,
    OFF_SCOPE,
    OFF_TIME,
    RANKS_BOARD,
    RESOURCES,
    STAKEHOLDERS,
    World,
)


def plan(world: World, matter_id: int, wrong: int) -> None:
    """Planning: answer a team's question, or bring the plan up to date, and let a waiting project begin."""
    matter = world.matters[matter_id]
    if matter.about == ABOUT_TASK:
        resume(world, matter.row, wrong)
        return
    project = world.projects[matter.row]
    project.plan_quality += matter.care * (1.0 - project.plan_quality)
    if is_starting(world, matter.row) and not project.queued:
        admit(world, matter.row)


def review_budget(world: World, matter_id: int) -> None:
    """Budget: stop creep, forecast the cost; an alarm, or its end, goes to who talks to stakeholders. What
    does not pay any more, though there is none, is stopped.
    """
    matter = world.matters[matter_id]
    stop_creep(world, matter.row, matter.care)
    see(world, matter.row, OFF_COST)
    alarm = alarm_of(world, matter.row)
    if alarm != 0.0:
        world.projects[matter.row].overrun = alarm
        follow_on = project_duty(world, matter.row, STAKEHOLDERS)
        hand_on(world, matter.owner, follow_on, world.duties[STAKEHOLDERS].hours)
    else:
        reconsider(world, matter.row)


def allocate(world: World, matter_id: int) -> None:
    """Allocation: the task goes in line for the member who would finish it first."""
    matter = world.matters[matter_id]
    stop_waiting(world, matter.row)
    line_up(world, matter.row, best_member(world, matter.row))


def who_is_asked_for_people(world: World, project_id: int) -> int:
    """Whom a late project asks: who ranks it (a board meets on its own day), else who lends its people."""
    ranker = int(world.projects[project_id].ranker)
    if ranker >= 0 and world.clock[0].ranks != RANKS_BOARD:
        return ranker
    return owner_of(world, project_id, RESOURCES)


def check_timeline(world: World, matter_id: int) -> None:
    """Timeline: forecast the finish. A late project works overtime and asks for people.

    Where nobody has ranked it for `rank_days`, it makes noise, and the loudest goes first.
    """
    matter = world.matters[matter_id]
    project = world.projects[matter.row]
    see(world, matter.row, OFF_TIME)
    finish = forecast_finish(world, matter.row, view_of(matter.owner, project.home))
    project.forecast += matter.care * (finish - project.forecast)
    if project.forecast <= project.deadline:
        project.late = 0
        return
    project.late = 1
    if world.clock[0].now - project.ranked >= world.given[0].rank_days:
        push(world, matter.row)
    asked = who_is_asked_for_people(world, matter.row)
    if asked >= 0 and world.responsibilities[portfolio_duty(world, asked)].matter == NONE:
        hand_on(world, matter.owner, portfolio_duty(world, asked), hours_on_portfolio(world, asked))


def look_after_risks(world: World, matter_id: int) -> None:
    """Project risk: see `risks.manage_risks`."""
    project = world.projects[world.matters[matter_id].row]
    care = world.matters[matter_id].care
    manage_risks(world, project.first_risk, project.n_risks, project.risk_days, care)


def report(world: World, matter_id: int) -> None:
    """Reporting: the client sees where the project is, and says what is no longer wanted so; all of it, if it
    is presented a milestone.
    """
    given = world.given[0]
    fidelity = given.report_fidelity
    if world.clock[0].sprint_days > 0.0:
        fidelity = given.review_fidelity
    if waits_for_acceptance(world, world.matters[matter_id].row):
        accept(world, world.matters[matter_id].row)
    else:
        give_feedback(world, world.matters[matter_id].row, fidelity * world.matters[matter_id].care)
    hear_news(world, world.matters[matter_id].row)
    see(world, world.matters[matter_id].row, OFF_SCOPE)
    bill_after_report(world, world.matters[matter_id].row)


def track(world: World, matter_id: int) -> None:
    """Tracking: hold a project against its objectives, and find a share `detection` of the latent defects
    while they are cheap to repair.
    """
    project_id = world.matters[matter_id].row
    project = world.projects[project_id]
    found = project.latent * world.given[0].detection * world.matters[matter_id].care
    project.latent -= found
    if project.state == CHECKING:
        leave_check(world, project_id)
        project.waiting_since = world.clock[0].now
        world.clock[0].turned = 1
    else:
        compare_with_objectives(world, project_id, world.matters[matter_id].owner)
    add_rework(world, project_id, found)
