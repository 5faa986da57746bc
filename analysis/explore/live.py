"""Futures at one position, lived through while somebody looks: each is told as soon as it is over."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import TYPE_CHECKING, Any

from sim.batch.study import among, comparing
from sim.batch.workers import SimulateBlock, simulate_compiled
from sim.scenario.own_structures import name_of

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.vocabulary import RunEnd

FIRST_LIVE_FUTURES = 20
"""Futures that sharpen an answer at once."""

MOST_LIVE_FUTURES = 50
"""Futures at one position while nobody moves on."""

TAKEN_IN_AFTER = (FIRST_LIVE_FUTURES, MOST_LIVE_FUTURES)
"""Futures after which an answer takes them in: fixed beforehand, so that intervals can hold at all looks."""

STRUCTURES_AT_ONCE = 3
"""Structures that live through them at most."""

Future_ = dict[str, Any]
"""A future as the page is told it: its number, and outcomes by structure."""


class Threads:
    """Threads for futures at one position; runs let go of the interpreter's lock."""

    def __init__(self, jobs: int | None = None) -> None:
        self.at_once = jobs or os.cpu_count() or 1
        self.pool = ThreadPoolExecutor(max_workers=self.at_once, thread_name_prefix="rolecall-live")


def futures_at(
    scenario: Scenario,
    structures: Sequence[str],
    outcomes: Sequence[str],
    threads: Threads,
    stop: Event,
    simulate: SimulateBlock | None = None,
    most: int = MOST_LIVE_FUTURES,
) -> Iterator[Future_]:
    """Each future of `structures` (today's among them) as soon as it is over, until `stop` is set."""
    for rows in runs_at(among(scenario, structures), threads, stop, simulate, most):
        yield _told(rows, outcomes)


def runs_at(
    scenario: Scenario,
    threads: Threads,
    stop: Event,
    simulate: SimulateBlock | None = None,
    most: int = MOST_LIVE_FUTURES,
) -> Iterator[list[RunEnd]]:
    """The runs of each future, by all structures of the scenario, as soon as it is over, until `stop` is set.

    Nothing more is begun then; what a thread has begun it ends, which takes a fraction of a second.
    """
    work = simulate or simulate_compiled
    todo = iter(range(most))
    pending: set[Future[list[RunEnd]]] = set()
    try:
        while not stop.is_set():
            while len(pending) < threads.at_once and (number := next(todo, None)) is not None:
                pending.add(threads.pool.submit(work, scenario, [number]))
            if not pending:
                return
            done, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
    finally:
        for each in pending:
            each.cancel()


def with_own(scenario: Scenario, own: Mapping[str, Any], names: Sequence[str]) -> Scenario:
    """The scenario with the structures of these names and, last, one of the reader's own.

    Raises ScenarioError for a structure that cannot be.
    """
    return comparing(scenario, [*names, {**own, "name": _free_name(scenario)}])


def _free_name(scenario: Scenario) -> str:
    """What the reader's own structure is called: a name that none of the scenario's has."""
    taken = {name_of(item) for item in scenario.structures}
    wished = ("your structure", *(f"your structure {n}" for n in range(2, 100)))
    return next(name for name in wished if name not in taken)


def _told(rows: Sequence[RunEnd], outcomes: Sequence[str]) -> Future_:
    """A future by its number: the outcomes of each structure that came to an end."""
    values = {
        structure: {name: _number(ended[name]) for name in outcomes if name in ended}
        for structure, _, ended, _ in rows
        if ended is not None
    }
    return {"number": rows[0][1], "values": values}


def _number(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None
