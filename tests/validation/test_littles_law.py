"""No queue of any run gains or loses time: its length over time is the time that was spent in it."""

from __future__ import annotations

import numpy as np
import pytest

from sim import world as w
from sim.world import World
from validation import littles_law


def test_littles_law_holds_on_every_queue_of_the_example_with_everything_on() -> None:
    (answer,) = littles_law.ANSWERS
    simulated = answer.simulate()
    assert answer.holds(simulated), simulated


def kinds_of_queue(world: World) -> dict[str, np.ndarray]:
    """The queues of each kind."""
    teams = w.FIRST_TEAM_QUEUE + np.arange(len(world.teams)) * w.QUEUES_A_TEAM
    pools = int(world.clock["first_pool_queue"][0]) + np.arange(len(world.pools))
    trays = int(world.clock["first_tray"][0]) + np.arange(len(world.managers))
    numbers = {
        "portfolio": w.PORTFOLIO_QUEUE,
        "limbo": w.LIMBO_QUEUE,
        "sponsor": w.SPONSOR_QUEUE,
        "ready tasks": teams + w.READY_QUEUE,
        "waiting tasks": teams + w.WAITING_QUEUE,
        "matters of teams": teams + w.TRAY_QUEUE,
        "rosters": teams + w.ROSTER_QUEUE,
        "tickets": teams + w.TICKET_QUEUE,
        "specialists": pools,
        "in-trays": trays,
    }
    return {kind: np.atleast_1d(world.queues[which]) for kind, which in numbers.items()}


def test_the_example_has_traffic_in_every_kind_of_queue() -> None:
    spent: dict[str, float] = {}
    for world in littles_law.moments(littles_law.scale_up()):
        for kind, queues in kinds_of_queue(world).items():
            spent[kind] = max(spent.get(kind, 0.0), float(queues["waited"].sum() + queues["length"].sum()))
    still = [kind for kind, days in spent.items() if days == 0.0 and kind != "matters of teams"]
    assert not still  # teams deal with their own matters at once


@pytest.mark.parametrize("field", ["area", "waited"])
def test_a_day_that_is_missing_from_the_books_shows(field: str) -> None:
    world = next(littles_law.moments(littles_law.scale_up()))
    assert littles_law.imbalance(world) < 1e-9
    world.queues[field][w.FIRST_TEAM_QUEUE + w.TICKET_QUEUE] += 1.0
    assert littles_law.imbalance(world) > 1e-3
