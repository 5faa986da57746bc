"""What there is to do in one replication, as arrays; drawn (`projects`) or given (`given_work`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from sim.world import Rows

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

NO_INTS: Ints = np.zeros(0, np.int32)
NO_FLOATS: Floats = np.zeros(0)


@dataclass(frozen=True)
class Work:
    """Projects (P), tasks (T), edges (E) and needs (N), project by project, predecessors before successors.

    A negative deadline, value, budget, contract or number of milestones is still open; a negative stage means
    "not begun". Links and shares done are of no length where there are none: see `sim.scenario.plan`.
    `source` is one of `sim.world.luck.PLANNED` ...
    """

    client: Ints  # P
    home: Ints  # P: team
    arrival: Floats  # P: day
    stage: Floats  # P: share done at the start
    deadline: Floats  # P: day
    value: Floats  # P: euro
    budget: Floats  # P: h
    contract: Ints  # P
    milestones: Ints  # P
    n_tasks: Ints  # P
    source: Ints  # P: PLANNED ...
    estimate: Floats  # T: h
    team: Ints  # T
    edge_from: Ints  # E: task
    edge_to: Ints  # E: task
    need_task: Ints  # N: task, ascending
    need_pool: Ints  # N
    need_units: Ints  # N
    edge_kind: Ints = field(default_factory=lambda: NO_INTS)  # E: FINISH_START ...
    edge_lag: Floats = field(default_factory=lambda: NO_FLOATS)  # E: day
    done: Floats = field(default_factory=lambda: NO_FLOATS)  # T: share done before day 0
    range_task: Ints = field(default_factory=lambda: NO_INTS)  # R: tasks with a range, ascending
    range_low: Floats = field(default_factory=lambda: NO_FLOATS)  # R: h, over the estimate
    range_likely: Floats = field(default_factory=lambda: NO_FLOATS)  # R
    range_high: Floats = field(default_factory=lambda: NO_FLOATS)  # R


_OF_PROJECTS = (
    *("client", "home", "arrival", "stage", "deadline", "value", "budget"),
    *("contract", "milestones", "n_tasks", "source"),
)
"""The fields of `Work` with an entry a project."""
_OF_TASKS = ("estimate", "team", "done")
_OF_EDGES = ("edge_from", "edge_to", "edge_kind", "edge_lag")
_OF_NEEDS = ("need_task", "need_pool", "need_units")
_OF_RANGES = ("range_task", "range_low", "range_likely", "range_high")
_POINTERS = {"edge_from", "edge_to", "need_task", "range_task"}
"""The fields that say which task."""


def both_together(work: Work, more: Work) -> Work:
    """Both together in the order of their days, so that a longer run begins as a shorter one."""
    both = Work(**dict(_joined(work, more)))
    return in_order_of_days(both, both.arrival.argsort(kind="stable"))


def _joined(work: Work, more: Work) -> Iterator[tuple[str, Rows]]:
    """Each field of both, one behind the other. Where one has links, or shares done, and the other none, it
    has usual links, or nothing done.
    """
    tasks = len(work.estimate)
    for name in (each.name for each in fields(Work)):
        one, other = getattr(work, name), getattr(more, name)
        if name in _POINTERS:
            other = other + tasks
        elif len(one) or len(other):
            one, other = _filled(work, name, one), _filled(more, name, other)
        yield name, np.concatenate([one, other])


def _filled(work: Work, name: str, values: Rows) -> Rows:
    """A field with an entry for each edge or task, zero where it was of no length."""
    along = "edge_to" if name in _OF_EDGES else "estimate" if name == "done" else name
    return values if len(values) else np.zeros(len(getattr(work, along)), values.dtype)


def in_order_of_days(work: Work, order: NDArray[np.int64]) -> Work:
    """The same work, its projects in another order, each with its tasks, edges, needs and ranges."""
    if not len(order):  # no project comes at all
        return work
    ends = work.n_tasks.cumsum()
    tasks = np.concatenate([np.arange(ends[k] - work.n_tasks[k], ends[k]) for k in order])
    place = np.empty(len(tasks), np.int32)
    place[tasks] = np.arange(len(tasks))

    def moved(names: tuple[str, ...], where: NDArray[np.int64]) -> dict[str, Rows]:
        found = {name: getattr(work, name) for name in names}
        found |= {name: place[found[name]] for name in names if name in _POINTERS}
        return {name: values[where] if len(values) else values for name, values in found.items()}

    def by(name: str) -> NDArray[np.int64]:
        return np.argsort(place[getattr(work, name)], kind="stable")

    return Work(
        **moved(_OF_PROJECTS, order),
        **moved(_OF_TASKS, tasks),
        **moved(_OF_EDGES, by("edge_from")),
        **moved(_OF_NEEDS, by("need_task")),
        **moved(_OF_RANGES, by("range_task")),
    )
