"""A change of structure while work goes on: new roles and owners, matters handed over, confusion."""

from sim.rules.borders import goes_wrong, open_borders
from sim.rules.calls import call_for_help, call_off
from sim.rules.dependencies import deal_pairs
from sim.rules.matters import find_owner, tray_of
from sim.rules.ownership import deal_accounts, deal_project, deal_teams, take_off_list
from sim.rules.people import take_posts
from sim.rules.posts import fill_posts
from sim.rules.queues import join, leave
from sim.world import LIMBO_QUEUE, N_DUTIES, NONE, PORTFOLIO_QUEUE, SPONSOR_QUEUE, World


def change_roles(world: World) -> None:
    """Let the new structure's duties and roles be the ones that count."""
    clock = world.clock[0]
    for duty_id in range(N_DUTIES):
        duty = world.duties[duty_id]
        new = world.next_duties[duty_id]
        duty.role = new.role
        duty.by_team = new.by_team
        duty.every = new.every
        duty.weight = new.weight
    fill_posts(world)
    for role_id in range(len(world.roles)):
        role = world.roles[role_id]
        new_role = world.next_roles[role_id]
        role.first_post = new_role.first_post
        role.count = new_role.count
        role.cost = new_role.cost
        role.last_share = new_role.last_share
        role.by_team = new_role.by_team
    take_posts(world)
    clock.sprint_days = clock.next_sprint_days
    clock.cover = clock.next_cover
    clock.help = clock.next_help
    clock.ranks = clock.next_ranks
    clock.ranking_role = clock.next_ranking_role
    clock.intake_limit = clock.next_intake_limit


def forget_owners(world: World) -> None:
    """Nobody owns anything, and nobody has anything to talk about."""
    for manager_id in range(len(world.managers)):
        manager = world.managers[manager_id]
        manager.load = 0.0
        manager.projects = 0
        manager.interfaces = 0
        manager.sitting = 0.0
        manager.matter = NONE
    for k in range(len(world.links)):
        world.links[k] = 0
    for k in range(len(world.accounts)):
        world.accounts[k] = NONE
    for responsibility_id in range(world.clock[0].first_portfolio_duty):
        responsibility = world.responsibilities[responsibility_id]
        responsibility.owner = min(world.duties[responsibility.duty].role, NONE)


def deal_again(world: World) -> None:
    """Deal teams, accounts and running projects to the people of the new structure."""
    deal_teams(world)
    deal_pairs(world)
    deal_accounts(world)
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
            leave(world.shared, world.engagements, k, world.clock[0].now)
        take_off_list(world, project.ranking)
        take_off_list(world, project.lending)
        project_id = project.after
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        deal_project(world, project_id)
        project_id = world.projects[project_id].after


def is_lost(world: World, matter_id: int) -> bool:
    """Whether a matter gets lost for a while on the way to its new owner (chance `handover_loss`)."""
    matter = world.matters[matter_id]
    if matter.project == NONE:
        return False
    if goes_wrong(world, matter.project, world.given[0].handover_loss) == NONE:
        return False
    world.counts[matter.duty].dropped += 1
    return True


def hand_over(world: World, matter_id: int) -> None:
    """An open matter (NONE: none) goes to its owner; who is new to it needs `handover_hours` to grasp it."""
    if matter_id == NONE:
        return
    now = world.clock[0].now
    matter = world.matters[matter_id]
    find_owner(world, matter_id)
    tray = tray_of(world, matter_id)
    if tray == matter.queue or matter.queue == SPONSOR_QUEUE:
        return  # before the sponsor it stays in line, with another to speak for it
    if matter.queue != NONE:
        leave(world.queues, world.matters, matter_id, now)
    call_off(world, matter_id)
    matter.handoff += world.given[0].handover_hours
    matter.started = 0
    if tray != NONE:
        if matter.owner >= 0 and is_lost(world, matter_id):
            tray = LIMBO_QUEUE
        join(world.queues, tray, world.matters, matter_id, now)
        if tray != LIMBO_QUEUE:
            call_for_help(world, matter_id)


def reorganise(world: World) -> None:
    """Change the structure today."""
    clock = world.clock[0]
    clock.reorganise_on = -1.0
    change_roles(world)
    forget_owners(world)
    deal_again(world)
    for responsibility_id in range(len(world.responsibilities)):
        hand_over(world, world.responsibilities[responsibility_id].matter)
    for task_id in range(len(world.tasks)):
        hand_over(world, world.tasks[task_id].matter)
    open_borders(world)


def settle_structure(world: World) -> None:
    """The day's part in a reorganisation, past or due."""
    clock = world.clock[0]
    if clock.reorganise_on >= 0.0 and clock.now >= clock.reorganise_on:
        reorganise(world)
