"""How rows come to point at each other: the people and matters of a structure.

Compiled like the rules, and written like them: plain loops over rows, no memory of its own.
"""

from sim.rules.dependencies import deal_pairs
from sim.rules.gathering import team_as_holder
from sim.rules.ownership import deal_accounts, deal_teams
from sim.rules.people import have_experience, take_posts
from sim.rules.posts import deal_posts
from sim.rules.queues import join
from sim.rules.responsibilities import has_to_do_with
from sim.rules.tasks import queue_of_team
from sim.world import (
    ABOUT_CLIENT,
    ABOUT_PORTFOLIO,
    ABOUT_PROJECT,
    ABOUT_SERVICE,
    ABOUT_TEAM,
    N_DUTIES,
    NONE,
    OVERSIGHT,
    RESOURCES,
    ROSTER_QUEUE,
    SATISFACTION,
    TEAM,
    Queue,
    World,
)


def clear_queue(queue: Queue) -> None:
    """An empty queue."""
    queue.first = NONE
    queue.last = NONE


def lay_out(world: World, responsibility_id: int, duty: int, about: int, row: int) -> None:
    """A responsibility before anything happened. Its owner is found later, unless there is nobody to find."""
    responsibility = world.responsibilities[responsibility_id]
    responsibility.owner = min(world.duties[duty].role, NONE)
    responsibility.shared_with = NONE
    responsibility.matter = NONE
    responsibility.row = row
    responsibility.about = about
    responsibility.duty = duty
    responsibility.known = about != ABOUT_PROJECT or world.projects[row].begun


def lay_out_responsibilities(world: World) -> None:
    """A row for each duty and subject: projects, teams, services, clients, portfolios."""
    clock = world.clock[0]
    place = 0
    for project_id in range(len(world.projects)):
        world.projects[project_id].first_duty = place
        for duty in range(N_DUTIES):
            lay_out(world, place, duty, ABOUT_PROJECT, project_id)
            place += 1
    clock.first_team_duty = place
    for team_id in range(len(world.teams)):
        for duty in range(N_DUTIES):
            lay_out(world, place, duty, ABOUT_TEAM, team_id)
            world.due[place] = 1.0 + team_id % (5 if duty == RESOURCES else 10)
            place += 1
    clock.first_service_duty = place
    for service_id in range(len(world.services)):
        lay_out(world, place, OVERSIGHT, ABOUT_SERVICE, service_id)
        world.due[place] = 1.0 + service_id % 5
        place += 1
    clock.first_client_duty = place
    for client_id in range(len(world.clients)):
        lay_out(world, place, SATISFACTION, ABOUT_CLIENT, client_id)
        world.due[place] = 1.0 + 4.0 * (client_id % 5)
        place += 1
    clock.first_portfolio_duty = place
    for manager_id in range(len(world.managers)):
        lay_out(world, place, RESOURCES, ABOUT_PORTFOLIO, manager_id)
        world.due[place] = 1.0 + manager_id % 5
        world.responsibilities[place].owner = manager_id
        place += 1


def handled_of_each(world: World, place: int) -> float:
    """Matters of each duty of their post that a manager has handled before the run.

    In all everyone has handled as many, as if with half of the duties, for careers are equally long: who
    holds them all has handled half as many of each.
    """
    held = 0
    for duty in range(N_DUTIES):
        held += has_to_do_with(world, place, duty)
    return float(world.given[0].experience_at_start * (N_DUTIES / 2) / max(1, held))


def hire(world: World) -> None:
    """Managers begin: experienced in the duties of their post, with nothing on the table."""
    deal_posts(world)
    for place in range(len(world.managers)):
        manager_id = world.posts[place]
        manager = world.managers[manager_id]
        manager.borders = 1.0
        manager.matter = NONE
        manager.subject = NONE
        manager.family = NONE
        handled = handled_of_each(world, place)
        for duty in range(N_DUTIES):
            mine = has_to_do_with(world, place, duty)
            have_experience(world, manager_id, duty, handled if mine else 0.0)
    take_posts(world)


def settle_teams(world: World) -> None:
    """Teams begin as experienced as managers in the duties that they hold themselves."""
    for team_id in range(len(world.teams)):
        world.teams[team_id].subject = NONE
        for duty in range(N_DUTIES):
            held = world.duties[duty].role == TEAM
            handled = world.given[0].experience_at_start if held else 0.0
            have_experience(world, team_as_holder(world, team_id), duty, handled)


def staff(world: World) -> None:
    """Fill the rows that depend on the structure, for a run that begins."""
    for queue_id in range(len(world.queues)):
        clear_queue(world.queues[queue_id])
    for queue_id in range(len(world.shared)):
        clear_queue(world.shared[queue_id])
    world.clock[0].first_tray = len(world.queues) - len(world.managers)
    world.clock[0].first_pool_queue = world.clock[0].first_tray - len(world.pools)
    world.clock[0].first_ranker = len(world.shared) - 2 * len(world.managers)
    world.clock[0].first_lender = len(world.shared) - len(world.managers)
    world.clock[0].next_board = 1.0
    world.clock[0].first_call = NONE
    world.clock[0].last_call = NONE
    lay_out_responsibilities(world)
    world.clock[0].next_matter = 0
    world.clock[0].free_matters = 0
    for matter_id in range(len(world.matters)):
        world.matters[matter_id].queue = NONE
    hire(world)
    settle_teams(world)
    deal_teams(world)
    deal_pairs(world)
    deal_accounts(world)
    for member_id in range(len(world.members)):
        home = world.members[member_id].home
        join(world.queues, queue_of_team(home, ROSTER_QUEUE), world.members, member_id, 0.0)
