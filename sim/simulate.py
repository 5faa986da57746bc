"""Runs on the compiled clock: one, or a block of replications under every structure of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.build import Prepared, draw_base, organise, prepare
from sim.compiled import entry_point
from sim.errors import check_luck
from sim.outcomes import OBJECTIVE
from sim.reduce import reduce_run
from sim.workers import Outcome
from sim.world import World

__all__ = ["Prepared", "outcomes_of", "prepare", "run_world", "simulate", "simulate_block"]

Reduction = Callable[[Prepared, World], dict[str, Any]]
"""From a run that is over to what is kept of it, by name."""


def run_world(prepared: Prepared, base: World, structure: str, replication: int) -> World:
    """The world of one run at its end. Raises LuckExhausted."""
    world = organise(prepared, base, structure)
    clock = world.clock
    entry_point("run")(world, prepared.scenario.horizon_days * int(clock["steps_a_day"][0]))
    check_luck(world, prepared.scenario, replication)
    return world


def outcomes_of(prepared: Prepared, world: World) -> dict[str, Any]:
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
) -> list[Outcome]:
    """Every structure under each replication's luck, interleaved; each run `reduced` to what is kept of it.

    A failed run is a row with its error.
    """
    rows: list[Outcome] = []
    for replication in replications:
        base = draw_base(prepared, replication)
        for structure in prepared.structures:
            rows.append(_one(prepared, base, structure.name, replication, reduced))
    return rows


def _one(prepared: Prepared, base: World, structure: str, replication: int, reduced: Reduction) -> Outcome:
    try:
        world = run_world(prepared, base, structure, replication)
        return structure, replication, reduced(prepared, world), None
    except Exception as error:  # the rest of the batch goes on; this run is recorded with its error
        return structure, replication, None, f"{type(error).__name__}: {error}"
