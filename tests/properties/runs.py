"""Worlds of random organisations in the middle and at the end of their runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import strategies as st

from sim import world as w
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.scenario import Scenario
from sim.scenario.structures import Structure
from sim.world import World
from tests.strategies import given_plans, scenarios

Rows = np.ndarray[Any, np.dtype[Any]]

LOOKS = 6  # how often a run is looked at on its way


def any_scenario() -> st.SearchStrategy[Scenario]:
    """Generated portfolios and given plans."""
    return st.one_of(scenarios(), given_plans())


def moments(scenario: Scenario, structures: tuple[Structure, ...] | None = None) -> Iterator[World]:
    """The world of each structure's run, at a few moments and at the end; it is one world, running on."""
    prepared = prepare(scenario, structures)
    base = draw_base(prepared, 0)
    for structure in prepared.structures:
        world = organise(prepared, base, structure.name)
        steps = scenario.horizon_days * int(world.clock["steps_a_day"][0])
        marks = np.unique(np.linspace(0, steps, LOOKS + 1).astype(int))
        for taken in np.diff(marks):
            entry_point("run")(world, int(taken))
            yield world


def team_queues(world: World, which: int) -> Rows:
    """Numbers of one of the queues that every team has."""
    return w.FIRST_TEAM_QUEUE + np.arange(len(world.teams)) * w.QUEUES_A_TEAM + which


def pool_queues(world: World) -> Rows:
    """Numbers of the queues of tasks that wait for each pool."""
    return int(world.clock["first_pool_queue"][0]) + np.arange(len(world.pools))


def in_trays(world: World) -> Rows:
    """Numbers of the managers' in-trays."""
    return int(world.clock["first_tray"][0]) + np.arange(len(world.managers))


def queues_of(world: World) -> dict[str, tuple[Rows, list[int], Rows]]:
    """For each kind of row that stands in queues: the queues, the numbers of those meant for it, the rows."""
    trays = [*team_queues(world, w.TRAY_QUEUE), *in_trays(world)]
    ready = [*team_queues(world, w.READY_QUEUE), *pool_queues(world)]
    lines = [*ready, *team_queues(world, w.WAITING_QUEUE), w.DATED_QUEUE]
    return {
        "projects": (world.queues, [w.PORTFOLIO_QUEUE], world.projects),
        "tasks": (world.queues, lines, world.tasks),
        "matters": (world.queues, [w.LIMBO_QUEUE, w.SPONSOR_QUEUE, *trays], world.matters),
        "tickets": (world.queues, list(team_queues(world, w.TICKET_QUEUE)), world.tickets),
        "members": (world.queues, list(team_queues(world, w.ROSTER_QUEUE)), world.members),
        "engagements": (world.shared, list(range(len(world.shared))), world.engagements),
    }


def sums(values: Rows, by: Rows, count: int) -> Rows:
    """Sums of `values` for each of `count` groups."""
    return np.bincount(by, values, minlength=count) if len(by) else np.zeros(count)
