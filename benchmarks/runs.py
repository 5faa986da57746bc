"""What a run costs for each person and day, split into its parts; and how much slower the Mesa clock is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.organisations import example, people, person_days
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import draw_some
from sim.engine.compilation import entry_point
from sim.outcomes.reduce import reduce_run
from sim.world import World

NANO = 1e9
T = TypeVar("T")
Floats = NDArray[np.float64]


class Cost(NamedTuple):
    """Nanoseconds for each person and day of a run; drawing is shared by the structures of a replication."""

    people: int
    drawing: float
    organising: float
    running: float
    reducing: float

    @property
    def total(self) -> float:
        """All in."""
        return self.drawing + self.organising + self.running + self.reducing


def timed(work: Callable[..., T], *arguments: object) -> tuple[float, T]:
    """Seconds of the processor that a piece of work took, and what came of it."""
    start = process_time()
    result = work(*arguments)
    return process_time() - start, result


def costs_of(sizes: Sequence[tuple[Prepared, int]], rounds: int = 12) -> list[Cost]:
    """The costs of runs, each of so many replications, in the best of some rounds in which they take turns.

    So each has its share of a machine's quiet moments. Everything is compiled before.
    """
    for prepared, _ in sizes:
        measured(prepared, 1)
    found = [[measured(*size) for size in sizes] for _ in range(rounds)]
    return [
        cheapest(prepared, of_one)
        for (prepared, _), of_one in zip(sizes, zip(*found, strict=True), strict=True)
    ]


def measured(prepared: Prepared, replications: int) -> Floats:
    """Seconds of drawing, organising, running and reducing (columns) in some replications (rows)."""
    rows: list[tuple[float, ...]] = []
    while len(rows) < replications:
        drawing, bases = timed(draw_some, prepared, range(len(rows), replications))
        rows += [(drawing / len(bases), *lived(prepared, base)) for base in bases]
    return np.array(rows)


def cheapest(prepared: Prepared, rounds: Sequence[Floats]) -> Cost:
    """The cost of a run, each replication and each part in its best round: other work only adds."""
    best = np.min(rounds, axis=0)
    runs = len(best) * len(prepared.structures)
    scale = NANO / runs / person_days(prepared.scenario)
    return Cost(people(prepared.scenario), *(best.sum(axis=0) * scale).tolist())


def lived(prepared: Prepared, base: World) -> tuple[float, float, float]:
    """Seconds of organising, running and reducing one replication, in the order of a batch."""
    scenario, run = prepared.scenario, entry_point("run")
    organised = [timed(organise, prepared, base, structure.name) for structure in prepared.structures]
    worlds = [world for _, world in organised]
    steps = scenario.horizon_days * int(base.clock["steps_a_day"][0])
    running = sum(timed(run, world, steps)[0] for world in worlds)
    reducing = sum(timed(reduce_run, world)[0] for world in worlds)
    return sum(seconds for seconds, _ in organised), running, reducing


def mesa_ratio(days: int = 100) -> float:
    """How many times longer the Mesa clock takes for the same days of the example, under all structures."""
    scenario = example()
    prepared, run = prepare(scenario), entry_point("run")
    mesa = compiled = 0.0
    for structure in scenario.structures:
        model = DeliveryOrganisation(prepared, structure)
        mesa += timed(model.run, days)[0]
        worlds = [organise(prepared, draw_base(prepared, 0), structure) for _ in range(5)]
        steps = days * int(worlds[0].clock["steps_a_day"][0])
        compiled += min(timed(run, world, steps)[0] for world in worlds)
    return mesa / compiled
