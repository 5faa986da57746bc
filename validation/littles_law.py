"""Little's law on every queue of an organisation with everything in it.

The length of a queue, summed over time, is the time that all who joined have spent in it, those included who
still stand there at the end. One side counts heads at the end of each step, the other reads the days on which
rows joined and left: tasks and tickets of teams, matters in in-trays and in limbo, projects, rosters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.faults import check_luck
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, load
from sim.world import World
from validation.answer import Estimate, KnownAnswer

Floats = NDArray[np.float64]

LOOKS = 5  # at a run, on its way and at its end
STANDING = ("projects", "tasks", "matters", "members", "tickets")
"""Tables whose rows stand in `queues`."""


def days_spent(world: World) -> Floats:
    """Days that rows have spent in each queue: those that left it, and those that still stand there."""
    spent = world.queues["waited"].copy()
    for name in STANDING:
        rows = getattr(world, name)
        here = rows[rows["queue"] != w.NONE]
        np.add.at(spent, here["queue"], world.clock["now"][0] - here["joined"])
    return np.asarray(spent)


def imbalance(world: World) -> float:
    """Days by which the two sides differ in the worst queue, over the days that rows spent there."""
    spent = days_spent(world)
    return float((np.abs(world.queues["area"] - spent) / np.maximum(spent, 1.0)).max())


def moments(scenario: Scenario) -> Iterator[World]:
    """The world of each structure's run, some times on its way and at the end. Raises LuckExhausted."""
    prepared = prepare(scenario)
    base = draw_base(prepared, 0)
    for structure in prepared.structures:
        world = organise(prepared, base, structure.name)
        steps = scenario.horizon_days * int(world.clock["steps_a_day"][0])
        for look in np.diff(np.linspace(0, steps, LOOKS + 1).astype(int)):
            entry_point("run")(world, int(look))
            check_luck(world, scenario, 0)
            yield world


def scale_up() -> Scenario:
    """The example with everything on: in all structures of its file, and reorganised half-way."""
    scenario = load(Path(__file__).parents[1] / "scenarios" / "scaleup.yaml")
    switch = {"from": "merged", "to": "separated", "day": scenario.horizon_days // 2}
    return scenario.with_changes({"reorganisation": switch})


@cache
def simulated() -> tuple[Estimate, int]:
    """The worst imbalance in the example's runs, and the number of their queues."""
    worst, queues = 0.0, 0
    for number, world in enumerate(moments(scale_up()), start=1):
        worst = max(worst, imbalance(world))
        queues += len(world.queues) if number % LOOKS == 0 else 0
    return Estimate(worst), queues


ANSWERS = (
    KnownAnswer(
        "Little's law on every queue",
        "The scale-up, all structures and a reorganisation: length over time against time spent, worst queue",
        "equals",
        0.0,
        1e-9,
        "Little 1961, with those who still wait at the end",
        lambda: simulated()[0],
    ),
)
