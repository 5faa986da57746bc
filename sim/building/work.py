"""What there is to do in one replication, as arrays; drawn (`projects`) or given (`given_work`)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

NO_INTS: Ints = np.zeros(0, np.int32)
NO_FLOATS: Floats = np.zeros(0)


@dataclass(frozen=True)
class Work:
    """Projects (P), tasks (T), edges (E) and needs (N), project by project, predecessors before successors.

    A negative deadline, value, budget, contract or number of milestones is still open; a negative stage means
    "not begun". Links and shares done are of no length where there are none: see `sim.scenario.plan`.
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
    on_top: Ints  # P: 1: it comes only if its client is more than content
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
    *("contract", "milestones", "n_tasks", "on_top"),
)
"""The fields of `Work` with an entry a project."""


def both_together(work: Work, more: Work) -> Work:
    """Both together in the order of their days, so that a longer run begins as a shorter one."""
    tasks = len(work.estimate)
    behind = {
        "edge_from": more.edge_from + tasks,
        "edge_to": more.edge_to + tasks,
        "need_task": more.need_task + tasks,
        "on_top": np.ones(len(more.home), np.int32),
    }
    names = [each.name for each in fields(Work)]
    added = {name: behind.get(name, getattr(more, name)) for name in names}
    both = {name: np.concatenate([getattr(work, name), added[name]]) for name in names}
    return in_order_of_days(Work(**both), both["arrival"].argsort(kind="stable"))


def in_order_of_days(work: Work, order: NDArray[np.int64]) -> Work:
    """The same work, its projects in another order, each with its tasks, edges and needs."""
    if not len(order):  # no project comes at all
        return work
    ends = work.n_tasks.cumsum()
    tasks = np.concatenate([np.arange(ends[k] - work.n_tasks[k], ends[k]) for k in order])
    place = np.empty(len(tasks), np.int32)
    place[tasks] = np.arange(len(tasks))
    of_projects = {name: getattr(work, name)[order] for name in _OF_PROJECTS}
    need_task = place[work.need_task]
    needs, edges = need_task.argsort(kind="stable"), place[work.edge_from].argsort(kind="stable")
    return Work(
        **of_projects,
        estimate=work.estimate[tasks],
        team=work.team[tasks],
        edge_from=place[work.edge_from][edges],
        edge_to=place[work.edge_to][edges],
        need_task=need_task[needs],
        need_pool=work.need_pool[needs],
        need_units=work.need_units[needs],
    )
