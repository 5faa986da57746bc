"""Clients, their service contracts, and the tickets that may come: rows and luck of one replication."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sim import world as w
from sim.building.projects import Given
from sim.building.work import Ints, Work
from sim.scenario import Scenario
from sim.scenario.organisation import Services
from sim.world import Rows
from sim.world.copies import one_row, repeated
from sim.world.luck import draw_apart, draw_rows, stream

_EXPECTED = one_row(w.Ticket.dtype, resolved=-1.0, queue=w.NONE)  # a ticket before it comes


def draw_clients(scenario: Scenario, given: Given, count: int, replication: int) -> Rows:
    """One row a client: content at first, with the luck of its leaving."""
    rows = np.zeros(count, w.Client.dtype)
    rows["satisfaction"] = given["first_satisfaction"]
    rows["here"] = 1
    rows["threshold"] = stream(scenario.seed, replication, "departures").standard_exponential(count)
    return rows


def expect_tickets(scenario: Scenario, given: Given, clients: Rows, services: Rows) -> None:
    """Fill in each client's tickets of the last month: as many as its contracts bring."""
    description = scenario.portfolio.services
    if description is None:
        return
    weight = 1.0 + (given["severe_times"] - 1.0) * description.severe_share
    np.add.at(clients["recent"], services["client"], services["rate"] * given["month_days"] * weight)


def draw_services(
    scenario: Scenario, given: Given, work: Work, clients: int, replication: int
) -> tuple[Rows, Rows]:
    """Services and all tickets: for each service more than can come, then each project's for its warranty."""
    projects, warranty = len(work.home), int(given["warranty_tickets"])
    description, seed = scenario.portfolio.services, scenario.seed
    count = description.count if description else 0
    services = np.zeros(count, w.Service.dtype)
    per_service = 0
    if description and count:
        services["client"] = np.arange(count) % clients
        services["team"] = np.arange(count) * len(scenario.teams) // count
        services["rate"] = description.tickets_a_week / given["week_days"]
        services["value"] = description.value_a_year / given["days_a_year"]
        services["term"] = description.contract_days
        # Contracts are in all stages of their terms at the start.
        services["ends"] = description.contract_days * stream(seed, replication, "terms").random(count)
        services["renewal"] = stream(seed, replication, "renewals").standard_exponential(count)
        likely = services["rate"][0] * scenario.horizon_days
        per_service = int(np.ceil(likely + 8.0 * np.sqrt(likely) + 10))
        services["next_ticket"] = per_service * np.arange(count)
        services["last_ticket"] = per_service * np.arange(1, count + 1)
    expected = count * per_service
    tickets = repeated(_EXPECTED, expected + projects * warranty)
    if description and count:
        served = tickets[:expected].reshape(count, per_service)
        _of_services(served, description, seed, given, services, replication)
    _of_warranty(tickets[expected:].reshape(projects, warranty), seed, given, work, replication)
    return services, tickets


def _of_services(
    rows: Rows, description: Services, seed: int, given: Given, services: Rows, replication: int
) -> None:
    """Fill in the tickets that may come to each service (services x tickets)."""
    severity = draw_rows(seed, replication, "severities", Generator.random, *rows.shape)
    normal = draw_rows(seed, replication, "ticket efforts", Generator.standard_normal, *rows.shape)
    severe = severity < description.severe_share
    sigma = given["ticket_spread"]
    effort = description.effort_hours * np.exp(sigma * normal - 0.5 * sigma * sigma)
    rows["effort"] = rows["remaining"] = effort
    rows["gap"] = draw_rows(seed, replication, "tickets", Generator.standard_exponential, *rows.shape)
    rows["severe"] = severe
    rows["allowed"] = np.where(severe, description.allowed_days.severe, description.allowed_days.normal)
    rows["penalty"] = description.breach_penalty
    rows["client"] = services["client"][:, None]
    rows["team"] = services["team"][:, None]


def _of_warranty(rows: Rows, seed: int, given: Given, work: Work, replication: int) -> None:
    """Fill in tickets for the defects that a project may deliver (projects x tickets).

    Their effort is a share until it is known.
    """
    each = rows.shape[1]
    part = draw_apart(
        seed, replication, "warranty", lambda luck, n: luck.standard_exponential((n, each)), work.source
    )
    rows["effort"] = part / part.sum(axis=1, keepdims=True)
    rows["client"], rows["team"] = work.client[:, None], work.home[:, None]
    rows["allowed"] = given["warranty_days"]


def draw_promises(
    scenario: Scenario, projects: Rows, source: Ints, tickets: int, given: Given, replication: int
) -> None:
    """Fill in whether clients will bring their projects, and where the rows of their warranty lie."""
    each = int(given["warranty_tickets"])
    projects["promise"] = draw_apart(scenario.seed, replication, "promises", Generator.random, source)
    projects["n_warranty"] = each
    projects["first_warranty"] = tickets - each * len(projects) + each * np.arange(len(projects))
