"""Tickets wait for the members of their team as long as the theory of queues says."""

from __future__ import annotations

import heapq

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.building.preparation import prepare
from sim.world import RESOLVED
from validation import queues
from validation.answer import KnownAnswer
from validation.queues import Line

Floats = NDArray[np.float64]

DAYS = 1000


@pytest.mark.parametrize("answer", queues.ANSWERS, ids=lambda answer: answer.fact)
def test_tickets_wait_as_long_as_theory_says(answer: KnownAnswer) -> None:
    simulated = answer.simulate()
    assert answer.holds(simulated), (answer.expected, simulated)
    assert simulated.doubt <= answer.tolerance  # else the answer might hold by luck


def first_come_first_served(arrivals: Floats, days: Floats, members: int) -> Floats:
    """When each ticket would be resolved if time had no steps."""
    free = [0.0] * members
    resolved = np.empty(len(arrivals))
    for k, (arrival, effort) in enumerate(zip(arrivals, days, strict=True)):
        resolved[k] = max(arrival, heapq.heappop(free)) + effort
        heapq.heappush(free, resolved[k])
    return resolved


def hours_late(line: Line) -> Floats:
    """Hours by which tickets of some lines are resolved later than if each came as its step began."""
    prepared = prepare(queues.desk(line, DAYS), (queues.LEFT_ALONE,))
    world = queues.resolved_tickets(prepared, line, replication=0)
    step = prepared.scenario.step_hours / queues.HOURS_A_DAY
    late = []
    for rows in np.split(world.tickets, line.teams):
        arrivals = np.floor(np.cumsum(rows["gap"]) / world.services["rate"][0] / step) * step
        expected = first_come_first_served(arrivals, rows["effort"] / queues.HOURS_A_DAY, line.members)
        late.append((rows["resolved"] - expected)[rows["state"] == RESOLVED])
    return queues.HOURS_A_DAY * np.concatenate(late)


@pytest.mark.parametrize("spread", [None, 1.07])
def test_one_member_resolves_every_single_ticket_at_its_moment(spread: float | None) -> None:
    late = hours_late(Line(1, 0.8, hours=10, teams=10, replications=1, spread=spread))
    assert len(late) > 5000
    assert np.abs(late).max() < 1e-6


@pytest.mark.parametrize("members", [2, 5, 10])
def test_members_who_share_a_line_lose_nothing_by_the_steps(members: int) -> None:
    """Whoever is free first takes the next ticket at that moment, also in the middle of a step."""
    late = hours_late(Line(members, 0.9, hours=20, teams=10, replications=1))
    assert len(late) > 5000
    assert np.abs(late).max() < 1e-6


def test_the_theory_reproduces_published_figures() -> None:
    exponential = {(1, 0.8): 4.0, (2, 0.8): 1.7778, (2, 0.9): 4.2632, (5, 0.8): 0.5541, (10, 0.9): 0.6687}
    for (members, load), wait in exponential.items():
        assert queues.mean_wait_exponential(members, load) == pytest.approx(wait, abs=5e-5)
    for spread, wait in {0.5: 2.568, 0.85: 4.119, 1.07: 6.284}.items():
        assert queues.mean_wait_lognormal(0.8, spread) == pytest.approx(wait, abs=5e-4)


def test_luck_that_is_known_is_taken_out_of_a_mean_and_of_its_doubt() -> None:
    luck = np.random.default_rng(1).normal(0.0, 0.1, (30, 2))
    waits = 4.0 + luck @ [10.0, -3.0]
    estimate = queues.freed_of_luck(np.column_stack([waits, luck]))
    assert estimate.mean == pytest.approx(4.0)
    assert estimate.doubt == pytest.approx(0.0, abs=1e-9)
