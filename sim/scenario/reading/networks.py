"""Task networks, given as a list of predecessors for each task."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush


def in_order(before: Sequence[Sequence[int]]) -> list[int] | None:
    """The tasks with every predecessor first and otherwise in the order given; None if there is a cycle.

    `before[i]` are the tasks that must be done before task i.
    """
    order = _as_far_as_possible(before)
    return order if len(order) == len(before) else None


def a_cycle(before: Sequence[Sequence[int]]) -> list[int]:
    """The tasks of one cycle, each before the next and the last before the first; [] if there is none.

    It starts at its task that stands first in the list, so that the same network is always reported alike.
    """
    left = set(range(len(before))).difference(_as_far_as_possible(before))
    if not left:
        return []
    walked: dict[int, None] = {}  # in the order of the walk; every task left has a predecessor that is left
    here = min(left)
    while here not in walked:
        walked[here] = None
        here = min(left.intersection(before[here]))
    backwards = list(walked)
    cycle = backwards[backwards.index(here) :][::-1]
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]


def _as_far_as_possible(before: Sequence[Sequence[int]]) -> list[int]:
    """The tasks that can be done, in the order of `in_order`; those on a cycle or behind one are left out."""
    after: list[list[int]] = [[] for _ in before]
    open_before = [len(set(tasks)) for tasks in before]
    for i, tasks in enumerate(before):
        for task in set(tasks):
            after[task].append(i)
    free = [i for i, count in enumerate(open_before) if count == 0]
    heapify(free)
    order: list[int] = []
    while free:
        i = heappop(free)
        order.append(i)
        for follower in after[i]:
            open_before[follower] -= 1
            if open_before[follower] == 0:
                heappush(free, follower)
    return order
