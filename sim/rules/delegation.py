"""Delegation: what exceeds whoever speaks with stakeholders, and how it comes before the sponsor."""

from sim.rules.luck import luck_of
from sim.rules.matters import clear_away
from sim.rules.queues import join
from sim.rules.responsibilities import project_duty
from sim.world import ABOUT_TASK, ESCALATIONS, NOBODY, NONE, SPONSOR_QUEUE, STAKEHOLDERS, World


def needs_more_money(world: World, project_id: int) -> bool:
    """Whether all that a project takes beyond its budget, approved or asked for, is the sponsor's to give."""
    project = world.projects[project_id]
    beyond = project.approved_hours + project.overrun - project.budget_hours
    most = world.given[0].sponsor_overrun * project.budget_hours
    return bool(project.overrun > 0.0 and beyond > most)


def goes_higher(world: World, project_id: int) -> bool:
    """Whether an escalation of a project, the next that is looked at, is the sponsor's to decide."""
    share = world.given[0].sponsor_share
    if share <= 0.0:
        return False
    project = world.projects[project_id]
    luck, _, _, _ = luck_of(world, ESCALATIONS, project.number, project.escalations)
    project.escalations += 1
    return bool(luck < share)


def exceeds_authority(world: World, matter_id: int) -> bool:
    """Whether a matter that has been dealt with needs the sponsor's word."""
    matter = world.matters[matter_id]
    if matter.duty != STAKEHOLDERS:
        return False
    if matter.about == ABOUT_TASK:
        return goes_higher(world, matter.project)
    return needs_more_money(world, matter.row)


def bring_before_sponsor(world: World, matter_id: int) -> None:
    """A matter leaves its owner's table and stands in line for the sponsor; until then it is open."""
    clear_away(world, matter_id)
    world.matters[matter_id].remaining = 0.0
    join(world.queues, SPONSOR_QUEUE, world.matters, matter_id, world.clock[0].now)


def let_accounts_speak(world: World, project_id: int) -> None:
    """Where nobody speaks with stakeholders, whoever pays brings the overrun before the sponsor."""
    responsibility = world.responsibilities[project_duty(world, project_id, STAKEHOLDERS)]
    matter_id = responsibility.matter
    if responsibility.owner != NOBODY or world.matters[matter_id].queue != NONE:
        return
    if needs_more_money(world, project_id):
        bring_before_sponsor(world, matter_id)
