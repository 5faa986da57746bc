"""The history of the organisation as Mesa's data collector asks for it: a variable a field, a row a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from sim.world import World


class Run(Protocol):
    """A run on the Mesa clock."""

    world: World


Reporter = Callable[[Run], Any]


def reporters(tables: World) -> dict[str, Reporter]:
    """What is collected at the end of each day: its number from 1, and each field of `world.history`."""
    return {"day": _day} | {field: _reporter(field) for field in tables.history.dtype.names}


def _day(model: Run) -> int:
    """How many days are over."""
    clock = model.world.clock[0]
    return int(clock.step // clock.steps_a_day)


def _reporter(field: str) -> Reporter:
    """What the history says of the day that has just ended."""

    def report(model: Run) -> Any:
        return getattr(model.world.history[_day(model) - 1], field)

    return report
