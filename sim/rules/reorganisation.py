"""A change of structure while work goes on: new roles and owners, matters handed over, confusion."""

import math

from sim.rules.borders import forget_borders, goes_wrong
from sim.rules.calls import call_for_help, call_off
from sim.rules.dependencies import deal_pairs
from sim.rules.matters import find_owner, tray_of
from sim.rules.ownership import deal_accounts, deal_project, deal_teams, take_off_list
from sim.rules.people import take_posts
from sim.rules.posts import fill_posts
from sim.rules.queues import join, leave
from sim.rules.responsibilities import team_of
from sim.world import (
    ABOUT_PROJECT,
    GOES_OVER,
    GONE_OVER,
    LIMBO_QUEUE,
    N_DUTIES,
    NONE,
    PORTFOLIO_QUEUE,
    SPONSOR_QUEUE,
    STAYS,
    World,
)


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
        duty.first_further = new.first_further
        duty.n_further = new.n_further
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


def call_teams(world: World) -> None:
    """Teams whose day it is go over to the new structure."""
    for team_id in range(len(world.teams)):
        team = world.teams[team_id]
        if team.over == STAYS and team.over_on <= world.clock[0].now:
            team.over = GOES_OVER


def day_of_next(world: World) -> float:
    """Those that have gone over are there. The day on which the next teams go over; -1 if all have."""
    soonest = math.inf
    for team_id in range(len(world.teams)):
        team = world.teams[team_id]
        if team.over == GOES_OVER:
            team.over = GONE_OVER
        elif team.over == STAYS:
            soonest = min(soonest, team.over_on)
    return soonest if soonest < math.inf else -1.0


def goes_over(world: World, responsibility_id: int) -> bool:
    """Whether a responsibility (not a portfolio's) is dealt out anew today; a project that came after the new
    structure had taken over has been dealt out by it.
    """
    mine = world.responsibilities[responsibility_id]
    if mine.about == ABOUT_PROJECT and world.projects[mine.row].joined >= world.clock[0].took_over_on:
        return False
    return bool(world.teams[team_of(world, responsibility_id)].over == GOES_OVER)


def forget_owners(world: World) -> None:
    """What goes over has no owner, and nobody has anything to talk about; who has something else keeps it."""
    for manager_id in range(len(world.managers)):
        manager = world.managers[manager_id]
        manager.load = 0.0
        manager.projects = 0
        manager.interfaces = 0
        manager.sitting = 0.0
        manager.matter = NONE
    for k in range(len(world.links)):
        world.links[k] = 0
    for responsibility_id in range(world.clock[0].first_portfolio_duty):
        responsibility = world.responsibilities[responsibility_id]
        responsibility.shared_with = NONE
        if responsibility.owner < 0 or goes_over(world, responsibility_id):
            responsibility.owner = min(world.duties[responsibility.duty].role, NONE)


def forget_accounts(world: World) -> None:
    """No role is known yet to have had a client."""
    for k in range(len(world.accounts)):
        world.accounts[k] = NONE


def take_apart(world: World, project_id: int) -> None:
    """A running project leaves all lists that hang on its owners."""
    project = world.projects[project_id]
    for k in range(project.first_engagement, project.first_engagement + project.n_engagements):
        leave(world.shared, world.engagements, k, world.clock[0].now)
    take_off_list(world, project.ranking)
    take_off_list(world, project.lending)


def deal_running(world: World, over: bool) -> None:
    """Deal the running projects of teams that go over today, or all others, to whom they belong now."""
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        project = world.projects[project_id]
        if (world.teams[project.home].over == GOES_OVER) == over:
            deal_project(world, project_id)
        project_id = project.after


def deal_again(world: World) -> None:
    """Deal teams, accounts and running projects to the people of the new structure."""
    deal_teams(world)
    deal_pairs(world)
    deal_accounts(world)
    project_id = world.queues[PORTFOLIO_QUEUE].first
    while project_id != NONE:
        take_apart(world, project_id)
        project_id = world.projects[project_id].after
    deal_running(world, False)
    deal_running(world, True)


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


def open_new_borders(world: World) -> None:
    """Nobody knows any more whose is what of what went over, and the first case of it is new."""
    for responsibility_id in range(len(world.responsibilities)):
        portfolio = responsibility_id >= world.clock[0].first_portfolio_duty
        if portfolio or goes_over(world, responsibility_id):
            world.responsibilities[responsibility_id].known = 0


def change_over(world: World) -> None:
    """The new structure takes over: its roles, its duties, its rhythm."""
    world.clock[0].took_over_on = world.clock[0].now
    change_roles(world)
    forget_accounts(world)


def reorganise(world: World) -> None:
    """Change the structure today; or, if that has been, let more teams go over to it."""
    clock = world.clock[0]
    first = clock.took_over_on < 0.0
    if first:
        change_over(world)
    call_teams(world)
    forget_owners(world)
    deal_again(world)
    for responsibility_id in range(len(world.responsibilities)):
        hand_over(world, world.responsibilities[responsibility_id].matter)
    for task_id in range(len(world.tasks)):
        hand_over(world, world.tasks[task_id].matter)
    if first:
        forget_borders(world)
    open_new_borders(world)
    clock.reorganise_on = day_of_next(world)


def settle_structure(world: World) -> None:
    """The day's part in a reorganisation, past or due."""
    clock = world.clock[0]
    if clock.reorganise_on >= 0.0 and clock.now >= clock.reorganise_on:
        reorganise(world)
