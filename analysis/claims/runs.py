"""What drawn organisations live through, as arrays: the runs behind claims and atlas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.claims.population import Population
from analysis.resemblance.thresholds import UNDONE_MOSTLY
from sim.batch.session import Progress, sitting
from sim.batch.study import Cell, Study, in_blocks
from sim.scenario.assumptions import values as assumed

if TYPE_CHECKING:
    import pandas as pd

Floats = np.ndarray[Any, Any]

ALWAYS = ("cost_of_people", "unfinished_share")
"""Outcomes that every row needs: what its money is a share of, and who collapses."""


@dataclass(frozen=True)
class Lived:
    """What drawn organisations lived through: `values[outcome][arm]` (organisations × values × futures)."""

    population: Population
    values: Mapping[str, Mapping[str, Floats]]
    paid: Floats
    collapsed: Floats
    failed: int

    @property
    def organisations(self) -> int:
        """How many were drawn."""
        return len(self.collapsed)


@dataclass(frozen=True)
class Where:
    """Where and how runs are had: the folder of all claims, and the arguments of `sitting`."""

    folder: Path
    workers: Mapping[str, Any]


def lived(
    population: Population,
    organisations: int,
    where: Where,
    progress: Progress | None,
    outcomes: Iterable[str],
) -> Lived:
    """Have the runs of a population's first organisations, found whole or run now, with these outcomes."""
    columns = list(dict.fromkeys([*ALWAYS, *sorted(outcomes)]))
    cells = population.cells(organisations)
    rows = had(population.study, cells, population.claim.number, where, progress, columns)
    cells = sorted(cells)
    shape = (organisations, len(population.values), population.futures)
    arms = population.claim.scenario.structure_names
    values = {name: {arm: arranged(rows, arm, name, cells, shape) for arm in arms} for name in columns}
    paid = values["cost_of_people"][arms[0]] / _years(population, organisations)[:, :, None]
    undone = np.array([values["unfinished_share"][arm] for arm in arms])
    with np.errstate(invalid="ignore"):
        bad = np.nan_to_num(undone, nan=0.0).mean(axis=(2, 3)) > UNDONE_MOSTLY
    return Lived(population, values, paid, bad.all(axis=0), int(rows["error"].notna().sum()))


def had(
    study: Study,
    cells: Sequence[Cell],
    number: int,
    where: Where,
    progress: Progress | None,
    columns: Sequence[str],
) -> pd.DataFrame:
    """The rows of cells of a study that belongs to the claim of this number."""
    inside = where.folder / f"c{number:02d}-{study.identity[:8]}"
    with sitting(study, inside, progress=progress, **where.workers) as now:
        now.extend(in_blocks(cells))
    return now.frame(columns)


def arranged(
    rows: pd.DataFrame, arm: str, outcome: str, cells: Sequence[Cell], shape: tuple[int, ...]
) -> Floats:
    """An outcome of an arm in the order of cells: a run that failed, or has no such outcome, is NaN."""
    own = rows[rows["structure"] == arm]
    found = dict(zip(zip(own["variation"], own["replication"], strict=True), own[outcome], strict=True))
    return np.array([found.get(cell, np.nan) for cell in cells], dtype=float).reshape(shape)


def _years(population: Population, organisations: int) -> Floats:
    """How long each organisation lives at each value, in its own years (organisations × values)."""
    drawn = [population.drawn(organisation) for organisation in range(organisations)]
    a_year = np.array([assumed(each.assumptions)["days_a_year"] for each in drawn])
    days = np.array([[population.days(each, value) for value in population.values] for each in drawn])
    years: Floats = days / a_year[:, None]
    return years
