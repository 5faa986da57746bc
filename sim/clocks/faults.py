"""What can go wrong with a run that is not the user's mistake."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.world import NO_FAULT, Clock, World
from sim.world.rows import as_object


class LuckExhausted(RuntimeError):
    """A service brought more tickets than were drawn for it. The run stops: luck is never reused."""


def check_luck(world: World, scenario: Scenario, replication: int) -> None:
    """Raise LuckExhausted, with what is needed to repeat the run, if a run stopped for lack of tickets."""
    if as_object(Clock, world.clock[0]).fault != NO_FAULT:
        raise LuckExhausted(
            f"{scenario.name}: out of luck for tickets of a service "
            f"(seed {scenario.seed}, replication {replication})"
        )
