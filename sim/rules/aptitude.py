"""Aptitude: people differ in their talent for the two families of duties."""

import math

from sim.rules.luck import luck_of
from sim.rules.responsibilities import has_to_do_with
from sim.world import N_DUTIES, NEW_TALENTS, World
from sim.world.philox import normal


def hours_by_talent(spread: float, luck: float) -> float:
    """Share of the ordinary hours that duties take, by a talent's luck (normal): lognormal of mean 1."""
    return math.exp(spread * luck - spread * spread / 2.0)


def talent_for(world: World, manager_id: int, duty_id: int) -> float:
    """Share of the ordinary hours that a duty takes a manager, by talent; 1 where all are alike."""
    manager = world.managers[manager_id]
    if world.duties[duty_id].family:
        return float(manager.other_talent)
    return float(manager.talent)


def bring_talents(world: World, manager_id: int) -> None:
    """Who is new in a seat has talents of their own."""
    spread = world.given[0].aptitude
    manager = world.managers[manager_id]
    if spread > 0.0:
        one, two, three, four = luck_of(world, NEW_TALENTS, manager_id, manager.leavers)
        manager.talent = hours_by_talent(spread, normal(one, two))
        manager.other_talent = hours_by_talent(spread, normal(three, four))


def hours_in(world: World, manager_id: int, place: int) -> float:
    """Hours that the duties of a post would take a manager, by talent alone."""
    hours = 0.0
    for duty_id in range(N_DUTIES):
        if has_to_do_with(world, place, duty_id):
            hours += world.duties[duty_id].weight * talent_for(world, manager_id, duty_id)
    return hours


def hours_beyond(world: World, manager_id: int, place: int) -> float:
    """Hours that a post would take a manager beyond those of each post that there is, all together; exactly 0
    where all posts are alike.
    """
    here = hours_in(world, manager_id, place)
    beyond = 0.0
    for role_id in range(len(world.roles)):
        role = world.roles[role_id]
        if role.count > 0:
            beyond += role.count * (here - hours_in(world, manager_id, role.first_post))
    return beyond
