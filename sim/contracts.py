"""Clients, their service contracts, and the tickets that may come: rows and luck of one replication."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.copies import joined
from sim.luck import long_rows, stream
from sim.portfolio import Given, Work
from sim.scenario import Scenario
from sim.structures import Structure

Rows = NDArray[Any]


def draw_clients(scenario: Scenario, given: Given, count: int, replication: int) -> Rows:
    """One row a client: content at first, with the luck of its leaving."""
    rows = np.zeros(count, w.CLIENT)
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
    description, seed = scenario.portfolio.services, scenario.seed
    count = description.count if description else 0
    services = np.zeros(count, w.SERVICE)
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
        expected = services["rate"][0] * scenario.horizon_days
        per_service = int(np.ceil(expected + 8.0 * np.sqrt(expected) + 10))
        services["next_ticket"] = per_service * np.arange(count)
        services["last_ticket"] = per_service * np.arange(1, count + 1)
    served = _tickets(scenario, given, services, per_service, replication)
    return services, joined(served, _warranty(given, scenario, work, replication))


def _tickets(scenario: Scenario, given: Given, services: Rows, each: int, replication: int) -> Rows:
    description, seed = scenario.portfolio.services, scenario.seed
    rows = np.zeros(len(services) * each, w.TICKET)
    if description is None or not len(rows):
        return rows
    shape = (len(services), each)
    rows["gap"] = long_rows(seed, replication, "tickets", shape, "standard_exponential").ravel()
    severity = long_rows(seed, replication, "severities", shape, "random").ravel()
    rows["severe"] = severity < description.severe_share
    sigma = given["ticket_spread"]
    normal = long_rows(seed, replication, "ticket efforts", shape, "standard_normal").ravel()
    rows["effort"] = description.effort_hours * np.exp(sigma * normal - 0.5 * sigma * sigma)
    rows["remaining"] = rows["effort"]
    allowed = description.allowed_days
    rows["allowed"] = np.where(rows["severe"] == 1, allowed.severe, allowed.normal)
    rows["penalty"] = description.breach_penalty
    rows["client"] = np.repeat(services["client"], each)
    rows["team"] = np.repeat(services["team"], each)
    rows["resolved"] = -1.0
    rows["queue"] = w.NONE
    return rows


def _warranty(given: Given, scenario: Scenario, work: Work, replication: int) -> Rows:
    """Tickets for the defects that a project may deliver; their effort is a share until it is known."""
    each = int(given["warranty_tickets"])
    rows = np.zeros(each * len(work.home), w.TICKET)
    part = stream(scenario.seed, replication, "warranty").standard_exponential((len(work.home), each))
    rows["effort"] = (part / part.sum(axis=1, keepdims=True)).ravel() if each else 0.0
    rows["client"], rows["team"] = np.repeat(work.client, each), np.repeat(work.home, each)
    rows["allowed"] = given["warranty_days"]
    rows["resolved"] = -1.0
    rows["queue"] = w.NONE
    return rows


def draw_promises(scenario: Scenario, projects: Rows, tickets: int, given: Given, replication: int) -> None:
    """Fill in whether clients will bring their projects, and where the rows of their warranty lie."""
    each = int(given["warranty_tickets"])
    projects["promise"] = stream(scenario.seed, replication, "promises").random(len(projects))
    projects["n_warranty"] = each
    projects["first_warranty"] = tickets - each * len(projects) + each * np.arange(len(projects))


def draw_confusions(
    scenario: Scenario, projects: Rows, given: Given, structures: Iterable[Structure], replication: int
) -> Rows:
    """Luck of misunderstandings: for each project more than its matters can bring, if anything is unclear."""
    changes = any(structure.successor for structure in structures)
    unclear = 1.0 - min(given["clarity"], given["clarity_new"] if changes else 1.0)
    lost = given["handover_loss"] if changes else 0.0
    each = math.ceil(given["most_misunderstandings"] * min(1.0, unclear + lost))
    shape = (len(projects), each)
    rows = np.zeros(each * len(projects), w.CONFUSION)
    rows["gap"] = long_rows(
        scenario.seed, replication, "misunderstandings", shape, "standard_exponential"
    ).ravel()
    rows["kind"] = long_rows(scenario.seed, replication, "misunderstanding kinds", shape, "random").ravel()
    projects["next_confusion"] = each * np.arange(len(projects))
    projects["last_confusion"] = each * np.arange(1, len(projects) + 1)
    projects["confusion_gap"] = rows["gap"][::each] if each else 0.0
    return rows
