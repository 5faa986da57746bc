"""Who gets which post, at the start and when the structure changes, and what a lost title does."""

import math

from sim.rules.aptitude import hours_beyond
from sim.rules.responsibilities import belongs, falls_to
from sim.world import BY_APTITUDE, CHOSEN_BY_EXPERIENCE, N_DUTIES, NONE, World


def keeps_title(world: World, manager_id: int, place: int) -> bool:
    """Whether a post of the new structure has the title that a manager has had so far."""
    for role_id in range(len(world.next_roles)):
        kept = world.next_roles[role_id].kept
        if (
            kept != NONE
            and kept == world.managers[manager_id].role
            and belongs(world.next_roles, place, role_id)
        ):
            return True
    return False


def hours_in_post(world: World, manager_id: int, place: int) -> float:
    """Hours that the duties of a post would take a manager, at their present practice."""
    hours = 0.0
    ranking = world.clock[0].next_ranking_role
    for duty_id in range(N_DUTIES):
        if falls_to(world.next_duties, world.next_roles, ranking, duty_id, place):
            experience = world.experience[manager_id * N_DUTIES + duty_id]
            hours += world.next_duties[duty_id].weight * experience.practice
    return hours


def best_placed(world: World, place: int, at_start: int) -> int:
    """Who of those without a post suits one best: at the start by talent, in a change by how little time its
    duties would take them; of equals, the first.
    """
    best = NONE
    least = math.inf
    for manager_id in range(len(world.managers)):
        if not world.managers[manager_id].placed:
            if at_start:
                hours = hours_beyond(world, manager_id, place)
            else:
                hours = hours_in_post(world, manager_id, place)
            if hours < least:
                best = manager_id
                least = hours
    return best


def deal_posts(world: World) -> None:
    """Everyone gets a post at the start: that of their row, which is by lot, or by their talents."""
    for place in range(len(world.managers)):
        world.managers[place].placed = 0
    for place in range(len(world.managers)):
        by_aptitude = world.clock[0].dealt == BY_APTITUDE
        manager_id = best_placed(world, place, 1) if by_aptitude else place
        world.posts[place] = manager_id
        world.managers[manager_id].placed = 1


def same_title(world: World, place: int) -> int:
    """Who of those without a post has the title of one: whoever has its number, else the first; or NONE."""
    if not world.managers[place].placed and keeps_title(world, place, place):
        return place
    for manager_id in range(len(world.managers)):
        if not world.managers[manager_id].placed and keeps_title(world, manager_id, place):
            return manager_id
    return NONE


def next_in_number(world: World, place: int) -> int:
    """Who of those without a post has a post's number, else the first of them."""
    if not world.managers[place].placed:
        return place
    for manager_id in range(len(world.managers)):
        if not world.managers[manager_id].placed:
            return manager_id
    return NONE


def give_post(world: World, place: int, manager_id: int) -> None:
    """A manager gets a post. Whoever loses a title by a change that unsettles
    thinks of leaving.
    """
    manager = world.managers[manager_id]
    manager.placed = 1
    world.posts[place] = manager_id
    if world.clock[0].announced_on >= 0.0 and manager.role != NONE:
        lost = not keeps_title(world, manager_id, place)
        manager.gap -= world.given[0].title_loss * lost


def fill_posts(world: World) -> None:
    """Find someone for each post of the new structure, before anyone takes theirs."""
    managers = len(world.managers)
    for place in range(managers):
        world.managers[place].placed = 0
        world.posts[place] = NONE
    for place in range(managers):
        by_experience = world.clock[0].chosen == CHOSEN_BY_EXPERIENCE
        found = best_placed(world, place, 0) if by_experience else same_title(world, place)
        if found != NONE:
            give_post(world, place, found)
    for place in range(managers):
        if world.posts[place] == NONE:
            give_post(world, place, next_in_number(world, place))
