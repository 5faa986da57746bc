"""Clients: what pleases and disappoints them, what they believe, and when they leave."""

from sim.rules.luck import luck_of
from sim.rules.matters import raise_matter
from sim.rules.responsibilities import client_duty
from sim.world import CLIENT_GIVES_UP, SATISFACTION, World
from sim.world.philox import exponential


def disappoint(world: World, client_id: int, amount: float) -> None:
    """Satisfaction falls by `amount` of what there is."""
    client = world.clients[client_id]
    client.satisfaction = max(0.0, client.satisfaction * (1.0 - min(1.0, amount)))


def please(world: World, client_id: int, amount: float) -> None:
    """Satisfaction rises by `amount` of what is missing."""
    client = world.clients[client_id]
    client.satisfaction += amount * (1.0 - client.satisfaction)


def lose_value(world: World, client_id: int, value: float) -> None:
    """Work worth `value` euro goes elsewhere."""
    world.clients[client_id].lost_value += value


def chance_to_stay(world: World, client_id: int) -> float:
    """Chance that a client renews a contract or brings a project: with satisfaction, up to certainty."""
    given = world.given[0]
    client = world.clients[client_id]
    if not client.here:
        return float(given.least_chance)
    share = (client.satisfaction - given.gone) / (given.content - given.gone)
    return float(min(1.0, max(given.least_chance, share)))


def brings_project(world: World, project_id: int) -> bool:
    """Whether a client brings a project here that it has to give away."""
    project = world.projects[project_id]
    return bool(project.promise < chance_to_stay(world, project.client))


def forbearance_of(world: World, project_id: int) -> float:
    """By luck, how often a project is to be expected to be given up before its client does give it up."""
    luck, _, _, _ = luck_of(world, CLIENT_GIVES_UP, world.projects[project_id].number, 0)
    return exponential(luck)


def dissatisfaction(world: World, client_id: int) -> float:
    """How far a client is from being content: 0 if it is, 1 without any satisfaction left."""
    return float(max(0.0, 1.0 - world.clients[client_id].satisfaction / world.given[0].content))


def overrun_seen(world: World, project_id: int) -> float:
    """By what share a project exceeds what was agreed, as its client sees it: days beyond the promise, by
    what it was told or by the day that it is, or hours approved beyond the budget, whichever is more.
    """
    project = world.projects[project_id]
    days = max(project.belief, world.clock[0].now) - project.deadline
    hours = project.approved_hours - project.budget_hours
    return float(max(days / project.planned_days, hours / max(1.0, project.budget_hours)))


def gain_business(world: World, client_id: int, value: float) -> None:
    """A client's business here grows by `value` euro, or shrinks."""
    world.clients[client_id].business += value


def share_of_business(world: World, project_id: int) -> float:
    """How much a project weighs with its client: its share in all that runs for the client here."""
    project = world.projects[project_id]
    business = world.clients[project.client].business
    if business <= 0.0:
        return 1.0
    return float(min(1.0, project.value / business))


def note_ticket(world: World, client_id: int, weight: float) -> None:
    """One more of the client's recent tickets."""
    world.clients[client_id].recent += weight


def mind_breach(world: World, client_id: int, weight: float) -> None:
    """A ticket came late. A client judges by the share of its recent tickets that did, if they are many."""
    given = world.given[0]
    recent = max(given.few_tickets, world.clients[client_id].recent)
    disappoint(world, client_id, given.breach_effect * weight / recent)


def hear_news(world: World, project_id: int) -> None:
    """A report tells the client the forecast. Later than believed is bad news, but early.

    The client believes in the promise, then in the latest day it was told: a delay is bad news once, however
    often the forecast goes up and down.
    """
    project = world.projects[project_id]
    later = project.forecast - project.belief
    if later > 0.0:
        weight = share_of_business(world, project_id)
        disappoint(world, project.client, weight * world.given[0].bad_news * later / project.planned_days)
        project.belief = project.forecast


def receive_project(world: World, project_id: int) -> None:
    """Delivery: the client compares with the promise, with what it believed, and with what works.

    All of it counts by the project's share in the client's business.
    """
    given = world.given[0]
    project = world.projects[project_id]
    surprise = max(0.0, project.delivered - project.belief)
    delay = max(0.0, project.delivered - project.deadline)
    weight = share_of_business(world, project_id)
    loss = given.surprise * surprise + given.late_effect * delay
    disappoint(world, project.client, weight * loss / project.planned_days)
    defects = project.escaped / max(1.0, project.estimate_hours)
    disappoint(world, project.client, weight * given.defect_effect * defects)
    if delay <= 0.0:
        please(world, project.client, weight * given.on_time_gain)


def care_for(world: World, client_id: int, care: float) -> None:
    """Satisfaction duty: someone listens, and part of the gap closes; less if there is no time for it."""
    please(world, client_id, world.given[0].care_gain * care)


def ask_for_care(world: World, client_id: int) -> None:
    """A client says that it is not content: a pressing matter for whoever cares for it."""
    raise_matter(world, client_duty(world, client_id), world.duties[SATISFACTION].hours, 1)


def live_with_client(world: World, client_id: int) -> None:
    """A step in a client's life: it forgets and forgives slowly, complains when unhappy, and may leave."""
    given = world.given[0]
    days = world.clock[0].step_days
    client = world.clients[client_id]
    if not client.here:
        return
    client.recent -= client.recent * days / given.month_days
    if client.satisfaction < given.first_satisfaction:
        client.satisfaction += given.forgiveness * (given.first_satisfaction - client.satisfaction) * days
    if client.satisfaction >= given.unhappy:
        client.unhappy = 0
        return
    if not client.unhappy:
        client.unhappy = 1
        client.complaints += 1
        ask_for_care(world, client_id)
    client.exposure += given.leave_hazard * (1.0 - client.satisfaction / given.unhappy) * days
    if client.exposure >= client.threshold:
        client.here = 0
