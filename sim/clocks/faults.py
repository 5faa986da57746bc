"""What can go wrong with a run that is not the user's mistake."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.world import NO_FAULT, World


class LuckExhausted(RuntimeError):
    """A service brought more tickets than were drawn for it. The run stops: luck is never reused."""


def check_luck(world: World, scenario: Scenario, replication: int) -> None:
    """Raise LuckExhausted, with what is needed to repeat the run, if a run stopped for lack of tickets."""
    clock = world.clock[0]
    fault = int(clock.fault if hasattr(clock, "fault") else clock["fault"])
    if fault != NO_FAULT:
        raise LuckExhausted(
            f"{scenario.name}: out of luck for tickets of a service "
            f"(seed {scenario.seed}, replication {replication})"
        )
