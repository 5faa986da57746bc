"""The history of the organisation, field by field: of many runs, and as Mesa's data collector asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from sim.building.preparation import Prepared, prepare
from sim.clocks.simulate import simulate_block
from sim.vocabulary import RunEnd
from sim.world import Day, Rows, World

if TYPE_CHECKING:
    from sim.scenario import Scenario


def history_of_block(scenario: Scenario, replications: Sequence[int]) -> list[RunEnd]:
    """Every field of the history of every structure under each replication's luck: an entry a day."""
    return simulate_block(prepare(scenario), replications, days_of)


def days_of(_: Prepared, world: World) -> dict[str, Rows]:
    """Each field of the history of a run that is over, an entry a day."""
    return {field: world.history[field].copy() for field in Day.fields}


class Run(Protocol):
    """A run on the Mesa clock."""

    world: World


Reporter = Callable[[Run], float]


def reporters() -> dict[str, Reporter]:
    """What is collected at the end of each day: its number from 1, and each field of `world.history`."""
    return {"day": _day} | {field: _reporter(field) for field in Day.fields}


def _day(model: Run) -> int:
    """How many days are over."""
    clock = model.world.clock[0]
    return int(clock.step // clock.steps_a_day)


def _reporter(field: str) -> Reporter:
    """What the history says of the day that has just ended."""

    def report(model: Run) -> float:
        value: float = getattr(model.world.history[_day(model) - 1], field)
        return value

    return report
