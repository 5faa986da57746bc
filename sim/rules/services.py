"""Services: contracts bring tickets, members resolve them, oversight keeps order, clients renew or leave."""

import math

from sim.rules.clients import chance_to_stay, gain_business, lose_value, mind_breach, note_ticket
from sim.rules.hours import use_hours
from sim.rules.matters import raise_matter
from sim.rules.queues import join, join_first, leave
from sim.rules.responsibilities import service_duty
from sim.rules.tasks import queue_of_team
from sim.world import (
    ENDED,
    IN_HAND,
    NONE,
    OPEN,
    OUT_OF_TICKETS,
    OVERSIGHT,
    RESOLVED,
    SERVED,
    TICKET_QUEUE,
    TO_COME,
    World,
)


def weight_of_ticket(world: World, ticket_id: int) -> float:
    """How much a ticket counts with its client, in ordinary ones."""
    if world.tickets[ticket_id].severe:
        return float(world.given[0].severe_times)
    return 1.0


def raise_ticket(world: World, ticket_id: int) -> None:
    """A ticket comes in and stands in its team's line."""
    now = world.clock[0].now
    ticket = world.tickets[ticket_id]
    ticket.state = OPEN
    ticket.raised = now
    ticket.due = now + ticket.allowed
    note_ticket(world, ticket.client, weight_of_ticket(world, ticket_id))
    world.teams[ticket.team].severe_waiting += ticket.severe
    world.clock[0].open_tickets += ticket.remaining
    line = queue_of_team(ticket.team, TICKET_QUEUE)
    join(world.queues, line, world.tickets, ticket_id, now)
    world.teams[ticket.team].waiting += ticket.remaining


def receive_tickets(world: World, service_id: int) -> None:
    """Tickets come in (a Poisson process), fewer to a mature team. A severe one calls for oversight."""
    given = world.given[0]
    service = world.services[service_id]
    mature = given.ticket_maturity_effect * world.teams[service.team].maturity
    service.exposure += service.rate * (1.0 - mature) * world.clock[0].step_days
    while service.exposure >= world.tickets[service.next_ticket].gap:
        ticket_id = service.next_ticket
        service.exposure -= world.tickets[ticket_id].gap
        service.next_ticket += 1
        raise_ticket(world, ticket_id)
        if world.tickets[ticket_id].severe:
            raise_matter(world, service_duty(world, service_id), given.severe_ticket_hours, 1)
        if service.next_ticket >= service.last_ticket:
            world.clock[0].fault = OUT_OF_TICKETS
            return


def renew_or_end(world: World, service_id: int) -> None:
    """A contract ends. Renewed it is with a chance that grows with the client's satisfaction.

    Each term adds -ln(chance) to an exposure, so that one threshold is the luck of all terms.
    """
    service = world.services[service_id]
    service.renewal -= -math.log(chance_to_stay(world, service.client))
    if service.renewal > 0.0:
        service.ends += service.term
    else:
        end_service(world, service_id)


def end_service(world: World, service_id: int) -> None:
    """A contract is lost."""
    service = world.services[service_id]
    service.state = ENDED
    gain_business(world, service.client, -service.value * world.given[0].days_a_year)
    lose_value(world, service.client, service.value * service.term)


def live_with_service(world: World, service_id: int) -> None:
    """A step in the life of a service contract."""
    now = world.clock[0].now
    service = world.services[service_id]
    if service.state == TO_COME and now >= service.begins:
        service.state = SERVED
        gain_business(world, service.client, service.value * world.given[0].days_a_year)
    if service.state == SERVED:
        if not world.clients[service.client].here:
            end_service(world, service_id)
        elif now >= service.ends:
            renew_or_end(world, service_id)
    if service.state == SERVED:
        income = service.value * world.clock[0].step_days
        service.earned += income
        world.clock[0].value += income
        receive_tickets(world, service_id)


def is_overseen(world: World, team_id: int) -> bool:
    """Whether somebody has lately looked after a team's services."""
    return bool(world.clock[0].now < world.teams[team_id].fresh_until)


def goes_first(world: World, team_id: int, ticket_id: int) -> bool:
    """Whether a ticket may interrupt project work: it is severe, late, or hands are reserved for it."""
    given = world.given[0]
    team = world.teams[team_id]
    ticket = world.tickets[ticket_id]
    if ticket.severe or ticket.due - world.clock[0].now <= given.ticket_margin_days:
        return True
    return bool(team.on_tickets < given.reserved_share * team.size)


def most_urgent_ticket(world: World, team_id: int) -> int:
    """The ticket in a team's line with the least time left, of those that have come; NONE if none has."""
    best = NONE
    ticket_id = world.queues[queue_of_team(team_id, TICKET_QUEUE)].first
    while ticket_id != NONE:
        ticket = world.tickets[ticket_id]
        sooner = best == NONE or ticket.due < world.tickets[best].due
        if sooner and ticket.raised <= world.clock[0].now:
            best = int(ticket_id)
        ticket_id = ticket.after
    return best


def noticed_ticket(world: World, team_id: int) -> int:
    """What a team turns to of itself: the first severe ticket that has waited `severe_notice` days, else the
    oldest of all if it has waited `ticket_notice` days; NONE if there is none.
    """
    given = world.given[0]
    now = world.clock[0].now
    first = world.queues[queue_of_team(team_id, TICKET_QUEUE)].first
    ticket_id = first
    while ticket_id != NONE and world.teams[team_id].severe_waiting > 0:
        ticket = world.tickets[ticket_id]
        if ticket.severe and now - ticket.raised >= given.severe_notice:
            return int(ticket_id)
        ticket_id = ticket.after
    if now - world.tickets[first].raised >= given.ticket_notice:
        return int(first)
    return NONE


def pick_ticket(world: World, team_id: int) -> int:
    """The ticket that comes before project work; NONE if there is none.

    Where nobody oversees services, the team notices after a while, and keeps no hands free.
    """
    if world.queues[queue_of_team(team_id, TICKET_QUEUE)].length == 0:
        return NONE
    if not is_overseen(world, team_id):
        return noticed_ticket(world, team_id)
    best = most_urgent_ticket(world, team_id)
    if best != NONE and goes_first(world, team_id, best):
        return best
    return NONE


def take_ticket(world: World, team_id: int, member_id: int, ticket_id: int) -> None:
    """A member takes a ticket out of the line; a task at hand waits."""
    team = world.teams[team_id]
    ticket = world.tickets[ticket_id]
    leave(world.queues, world.tickets, ticket_id, world.clock[0].now)
    ticket.state = IN_HAND
    world.members[member_id].ticket = ticket_id
    team.on_tickets += 1
    team.severe_waiting -= ticket.severe
    team.waiting -= ticket.remaining


def resolve(world: World, ticket_id: int) -> None:
    """A ticket is resolved; the client minds if it took too long."""
    ticket = world.tickets[ticket_id]
    ticket.state = RESOLVED
    ticket.resolved = world.clock[0].now
    if ticket.resolved > ticket.due:
        mind_breach(world, ticket.client, weight_of_ticket(world, ticket_id))


def serve(world: World, team_id: int, member_id: int, rate: float, hours: float) -> float:
    """Work on the member's ticket for up to `hours` at `rate`. Returns the hours left."""
    team = world.teams[team_id]
    member = world.members[member_id]
    ticket = world.tickets[member.ticket]
    used = hours
    done = rate * used >= ticket.remaining
    if done:
        used = ticket.remaining / rate
    ticket.remaining -= rate * used
    world.clock[0].open_tickets -= rate * used
    team.productive += used
    team.tickets += used
    use_hours(world, member_id, used, hours)
    if done:
        ticket.remaining = 0.0
        resolve(world, member.ticket)
        member.ticket = NONE
        team.on_tickets -= 1
    return float(hours - used)


def put_ticket_back(world: World, team_id: int, member_id: int) -> None:
    """A member who goes away gives a ticket back to the head of the line: the begun is finished first."""
    member = world.members[member_id]
    team = world.teams[team_id]
    ticket = world.tickets[member.ticket]
    ticket.state = OPEN
    line = queue_of_team(team_id, TICKET_QUEUE)
    join_first(world.queues, line, world.tickets, member.ticket, world.clock[0].now)
    team.on_tickets -= 1
    team.severe_waiting += ticket.severe
    team.waiting += ticket.remaining
    member.ticket = NONE


def oversee(world: World, service_id: int, care: float) -> None:
    """Service oversight: for `oversight_days` the team knows what goes first and keeps hands free for it; a
    hasty look does not last as long.
    """
    team = world.teams[world.services[service_id].team]
    lasts = world.clock[0].now + world.given[0].oversight_days * care
    team.fresh_until = max(team.fresh_until, lasts)


def release_warranty(world: World, project_id: int) -> None:
    """Escaped defects come back as tickets for the home team, dearer than they would have been before."""
    project = world.projects[project_id]
    hours = project.escaped * world.given[0].escape_cost
    if hours <= 0.0:
        return
    for ticket_id in range(project.first_warranty, project.first_warranty + project.n_warranty):
        ticket = world.tickets[ticket_id]
        ticket.effort *= hours
        ticket.remaining = ticket.effort
        raise_ticket(world, ticket_id)


def needs_oversight(world: World, service_id: int) -> bool:
    """Whether a service's weekly review is of any use."""
    return bool(world.services[service_id].state == SERVED and world.duties[OVERSIGHT].every > 0.0)
