"""One manager more, one fewer: what that brings beside the answer, and each structure at its own best number.

Structures are compared with the same number of managers. That hides that one of them may need fewer. So both
are lived through again with other numbers, what managers cost counted in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate, by_structure, complete_futures, estimate
from sim.batch.session import session
from sim.batch.study import Cell, Study, in_blocks

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

COUNTED = 100
"""Futures that each number of managers lives through."""

_FARTHEST = 2
"""Managers more or fewer that are tried at most."""


@dataclass(frozen=True)
class HeadCount:
    """What `current` and `other` bring with other numbers of managers than the `managers` of today.

    `gains[structure][number]` is what it adds to the current structure with today's number, in the
    objective's unit a year; with today's number it is the gain of the answer, over these `futures` alone.
    `apart` is how far `other` is ahead of `current`, each with its own best number, which is picked in other
    futures than those that tell how far.
    """

    current: str
    other: str
    managers: int
    futures: int
    gains: Mapping[str, Mapping[int, Estimate]]
    apart: Estimate

    def best(self, structure: str) -> int:
        """The number of managers, of those tried, with which a structure brings most."""
        return _best(self.gains[structure])


@dataclass(frozen=True)
class _Numbers:
    """The scenario with so many managers; a class, so that it travels to other processes."""

    scenario: Scenario

    def __call__(self, number: int) -> Scenario:
        return self.scenario.with_changes({"managers": number})


def head_count(
    two: Scenario, results: pd.DataFrame, other: str, folder: Path, futures: int, **workers: Any
) -> HeadCount | None:
    """Try other numbers of managers for the two structures of a scenario, as long as that brings more.

    `results` are their runs with today's number. The runs are kept in a folder inside `folder`; `workers` are
    arguments of `sim.batch.session.session`. None where the scenario says how many there are in each role, or
    no future could be compared.
    """
    names, today = (two.current, other), two.managers
    if two.heads or any(structure.heads for structure in two.all_structures()):
        return None
    tables = {today: _table(results, two, names, futures)}
    study = Study(two, _Numbers(two), {"kind": "head-count"})
    cells: list[Cell] = []
    with session(study, folder / f"heads-{study.identity[:8]}", **workers) as now:
        for number in _to_try(tables, today):
            cells += [(number, future) for future in range(futures)]
            now.extend(in_blocks(cells))
            rows = now.frame([two.judged_by])
            tables[number] = _table(rows[rows["variation"] == number], two, names, futures)
    whole = min(len(table) for table in tables.values())
    return _counted(tables, two, other, whole) if whole else None


def _to_try(tables: Mapping[int, Floats], today: int) -> Iterator[int]:
    """Numbers of managers: one more and one fewer, then on in a direction as long as it brings more."""
    for way in (1, -1):
        for far in range(1, _FARTHEST + 1):
            number = today + way * far
            if number < 1:
                break
            yield number
            if not (tables[number].mean(axis=0) > tables[number - way].mean(axis=0)).any():
                break


def _table(rows: pd.DataFrame, two: Scenario, names: tuple[str, str], futures: int) -> Floats:
    """The objective of the two structures (futures × 2), where both came to an end."""
    own = rows[rows["structure"].isin(names) & (rows["replication"] < futures)]
    return by_structure(complete_futures(own, two.judged_by), two.judged_by, names)


def _counted(tables: Mapping[int, Floats], two: Scenario, other: str, whole: int) -> HeadCount:
    base = tables[two.managers][:whole, 0]
    gains = {
        name: {number: estimate(tables[number][:whole, k] - base) for number in sorted(tables)}
        for k, name in enumerate((two.current, other))
    }
    return HeadCount(two.current, other, two.managers, whole, gains, apart_at_best(tables, whole))


def apart_at_best(tables: Mapping[int, Floats], whole: int) -> Estimate:
    """How far the second structure is ahead of the first in so many futures, each with its best number.

    Each half of the futures tells of the numbers that look best in the other half: a number that luck made
    look best is worth no more than any other where it did not.
    """
    import numpy as np

    ahead = np.empty(whole)
    for half in (0, 1):
        ours, theirs = (_picked(tables, k, slice(1 - half, whole, 2)) for k in (0, 1))
        told = slice(half, whole, 2)
        ahead[told] = tables[theirs][told, 1] - tables[ours][told, 0]
    return estimate(ahead)


def _picked(tables: Mapping[int, Floats], structure: int, futures: slice) -> int:
    """The number of managers with which a structure brings most in some futures; if there are none, any."""
    found = {number: table[futures, structure] for number, table in tables.items()}
    return max(found, key=lambda number: found[number].mean() if found[number].size else 0.0)


def _best(gains: Mapping[int, Estimate]) -> int:
    """The number of managers that brings most."""
    return max(gains, key=lambda number: gains[number].mean)
