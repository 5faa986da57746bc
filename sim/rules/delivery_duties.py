"""What handling each of a delivery manager's duties does (duties 8 to 14)."""

from sim.rules.budget import settle_overrun
from sim.rules.cancelling import reconsider
from sim.rules.clients import care_for
from sim.rules.dependencies import put_in_order
from sim.rules.exceptions import resume
from sim.rules.lending import lend_member
from sim.rules.process import learn_from_retrospective
from sim.rules.ranking import order_own_line, rank_projects
from sim.rules.risks import manage_risks
from sim.rules.services import oversee
from sim.rules.tasks import ask_for_someone, stop_waiting
from sim.rules.tracking import see_client
from sim.rules.unrest import initiative
from sim.world import ABOUT_TASK, ABOUT_TEAM, BLOCKED, RANKS_BOARD, RANKS_TEAM, World


def allot_resources(world: World, matter_id: int) -> None:
    """Resources: rank projects, whoever ranks, and lend a member where work piles up, whoever lends.

    A team that holds it lends nobody; it orders its own line, where nobody else ranks.
    """
    matter = world.matters[matter_id]
    if matter.about == ABOUT_TEAM:
        if world.clock[0].ranks == RANKS_TEAM:
            order_own_line(world, matter.row)
        return
    if world.clock[0].ranks != RANKS_BOARD:
        rank_projects(world, matter.row)
    lend_member(world, matter.row)


def improve_process(world: World, matter_id: int) -> None:
    """Process: see `process.learn_from_retrospective`; who is unsettled brings less of it about."""
    matter = world.matters[matter_id]
    learn_from_retrospective(world, matter.row, matter.care * initiative(world))


def decide_with_stakeholders(world: World, matter_id: int, wrong: int) -> None:
    """Stakeholders: take the decision that was above the project: go on, more money, less scope, or stop."""
    matter = world.matters[matter_id]
    if matter.about == ABOUT_TASK:
        resume(world, matter.row, wrong)
        return
    settle_overrun(world, matter.row)
    reconsider(world, matter.row)


def coordinate(world: World, matter_id: int, wrong: int) -> None:
    """Coordination: clear an impediment, bring two teams together over what one hands to the other, or keep
    those in order on which a team depends for long.
    """
    if world.matters[matter_id].about == ABOUT_TEAM:
        put_in_order(world, world.matters[matter_id].row, world.matters[matter_id].care)
        return
    task_id = world.matters[matter_id].row
    if world.tasks[task_id].state == BLOCKED:
        resume(world, task_id, wrong)
    else:
        stop_waiting(world, task_id)
        ask_for_someone(world, task_id)


def oversee_service(world: World, matter_id: int) -> None:
    """Service oversight: see `services.oversee`."""
    oversee(world, world.matters[matter_id].row, world.matters[matter_id].care)


def watch_operations(world: World, matter_id: int) -> None:
    """Operational risk: as for the risks of projects, for those that hit many projects at once."""
    team = world.teams[world.matters[matter_id].row]
    care = world.matters[matter_id].care
    manage_risks(world, team.first_risk, team.n_risks, team.risk_days, care)


def satisfy_client(world: World, matter_id: int) -> None:
    """Satisfaction: see `clients.care_for`."""
    see_client(world, world.matters[matter_id].row)
    care_for(world, world.matters[matter_id].row, world.matters[matter_id].care)
