"""What can go wrong with a run that is not the user's mistake."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.world import (
    OUT_OF_CHANGES,
    OUT_OF_CONFUSIONS,
    OUT_OF_EXCEPTIONS,
    OUT_OF_PEOPLE,
    OUT_OF_TICKETS,
    World,
)

LUCK = {
    OUT_OF_EXCEPTIONS: "exceptions of a task",
    OUT_OF_CHANGES: "changes of a project's wants",
    OUT_OF_TICKETS: "tickets of a service",
    OUT_OF_PEOPLE: "successors for a seat",
    OUT_OF_CONFUSIONS: "misunderstandings about a project",
}


class LuckExhausted(RuntimeError):
    """A run needed more luck than was drawn for it. It stops: luck is never reused or invented."""


def check_luck(world: World, scenario: Scenario, replication: int) -> None:
    """Raise LuckExhausted, with what is needed to repeat the run, if a run stopped for lack of luck."""
    clock = world.clock[0]
    fault = int(clock.fault if hasattr(clock, "fault") else clock["fault"])
    if fault in LUCK:
        raise LuckExhausted(
            f"{scenario.name}: out of luck for {LUCK[fault]} "
            f"(seed {scenario.seed}, replication {replication})"
        )
