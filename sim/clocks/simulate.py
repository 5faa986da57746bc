"""Runs on the compiled clock: one, or a block of replications under every structure of a scenario."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.faults import check_luck
from sim.engine.compilation import entry_point, telling
from sim.engine.lint import RuleMistake
from sim.engine.news import Notify
from sim.outcomes.reduce import reduce_run
from sim.scenario.reader import scenario_from
from sim.vocabulary import OBJECTIVE, Measured, RunEnd
from sim.world import World

Came = TypeVar("Came")

Reduction = Callable[[Prepared, World], Mapping[str, Measured]]
"""From a run that is over to what is kept of it, by name."""


def run_world(prepared: Prepared, base: World, structure: str, replication: int) -> World:
    """The world of one run at its end. Raises LuckExhausted."""
    return _run(prepared, organise(prepared, base, structure), replication)


def _run(prepared: Prepared, world: World, replication: int) -> World:
    steps = prepared.scenario.horizon_days * int(world.clock["steps_a_day"][0])
    entry_point("run")(world, steps)
    check_luck(world, prepared.scenario, replication)
    return world


def outcomes_of(prepared: Prepared, world: World) -> dict[str, float]:
    """The outcomes of a run that is over, and the scenario's objective: their sum, weighted."""
    outcomes = reduce_run(world)
    weights = prepared.scenario.objective
    return outcomes | {OBJECTIVE: sum(weight * outcomes[name] for name, weight in weights.items())}


def simulate(prepared: Prepared, structure: str, replication: int) -> dict[str, float]:
    """The outcomes of one run, by name. Raises LuckExhausted."""
    world = run_world(prepared, draw_base(prepared, replication), structure, replication)
    return outcomes_of(prepared, world)


def simulate_block(
    prepared: Prepared, replications: Sequence[int], reduced: Reduction = outcomes_of
) -> list[RunEnd]:
    """Every structure under each replication's luck; each run `reduced` to what is kept of it.

    A failed run is a row with its error, and the others go on. If nothing can be drawn for a replication, the
    block fails as a whole.
    """
    names = [structure.name for structure in prepared.structures]
    rows: list[RunEnd] = []
    todo = list(replications)
    while todo:
        # Like work together: each kind finds what it takes in the processor's cache.
        with _drawing:
            bases = draw_some(prepared, todo)
        for replication, base in zip(todo, bases, strict=False):
            with _drawing:
                worlds = [_tried(organise, prepared, base, name) for name in names]
            ends = [_tried(_run, prepared, world, replication) for world in worlds]
            kept = [_tried(reduced, prepared, world) for world in ends]
            rows += [_row(name, replication, outcome) for name, outcome in zip(names, kept, strict=True)]
        del todo[: len(bases)]
    return rows


def draw_some(prepared: Prepared, replications: Sequence[int]) -> list[World]:
    """The rows of the next replications: of a few, as long as they are small."""
    bases: list[World] = []
    held = 0
    for replication in replications:
        bases.append(draw_base(prepared, replication))
        held += sum(table.nbytes for table in bases[-1])
        if held >= DRAWN_TOGETHER:
            break
    return bases


DRAWN_TOGETHER = 4_000_000
"""Bytes of rows that are drawn in a row: some five replications of 50 people, one of 500 or more."""

_drawing = threading.Semaphore(1 + (os.cpu_count() or 1) // 4)
"""Few threads draw at a time: numpy lets go of the interpreter's lock at every array, and threads that all
want it spend more on handing it to and fro than they gain. The others run worlds meanwhile, without it.
"""


def _tried(work: Callable[..., Came], *given: object) -> Came | Exception:
    """What comes of work on what is given, or the error that came instead, now or earlier."""
    for one in given:
        if isinstance(one, Exception):
            return one
    try:
        return work(*given)
    except (MemoryError, RuleMistake):  # neither a limit of this machine nor a slip of ours ends a run
        raise
    except Exception as error:
        return error


def _row(structure: str, replication: int, kept: Mapping[str, Measured] | Exception) -> RunEnd:
    if isinstance(kept, Exception):
        return structure, replication, None, f"{type(kept).__name__}: {kept}"
    return structure, replication, kept, None


# --- compiling ---------------------------------------------------------------------------------------------

_loaded: set[str] = set()


def ensure_compiled(notify: Notify = print) -> None:
    """Load the compiled run, or compile it, which takes about 20 seconds; `notify` is told first."""
    if "run" not in _loaded:
        with telling.to(notify):
            _run_smallest()
        _loaded.add("run")


def _run_smallest() -> None:
    """A run that needs every compiled function."""
    prepared = prepare(scenario_from({"name": "smallest", "horizon_days": 20, "structures": ["merged"]}))
    world = organise(prepared, draw_base(prepared, 0), "merged")
    entry_point("run")(world, 1)
    reduce_run(world)
