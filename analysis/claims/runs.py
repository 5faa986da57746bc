"""What drawn organisations live through, as arrays: the runs behind claims and atlas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.claims.population import Population
from analysis.claims.records import Claim, Dial
from analysis.resemblance.thresholds import UNDONE_MOSTLY
from sim.batch.session import Progress, sitting
from sim.batch.study import in_blocks
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


def lived(
    claim: Claim,
    dial: Dial | None,
    organisations: int,
    folder: Path,
    progress: Progress | None,
    workers: Mapping[str, Any],
    outcomes: Iterable[str],
) -> Lived:
    """Have the runs of a claim under `folder`, found whole or run now, with these outcomes of each."""
    population = Population(claim, dial)
    study = population.study
    inside = folder / f"c{claim.number:02d}-{study.identity[:8]}"
    cells = population.cells(organisations)
    with sitting(study, inside, progress=progress, **workers) as now:
        now.extend(in_blocks(cells))
    columns = list(dict.fromkeys([*ALWAYS, *sorted(outcomes)]))
    return _arranged(population, now.frame(columns), columns, organisations)


def _arranged(
    population: Population, rows: pd.DataFrame, columns: Sequence[str], organisations: int
) -> Lived:
    """Rows as arrays: a run that failed, or has no such outcome, is NaN."""
    arms = population.claim.scenario.structure_names
    shape = (organisations, len(population.values), population.futures)
    whole = population.cells(organisations)
    values = {
        name: {arm: _array(rows[rows["structure"] == arm], name, whole).reshape(shape) for arm in arms}
        for name in columns
    }
    paid = values["cost_of_people"][arms[0]] / _years(population, organisations)[:, :, None]
    undone = np.array([values["unfinished_share"][arm] for arm in arms])
    with np.errstate(invalid="ignore"):
        bad = np.nan_to_num(undone, nan=0.0).mean(axis=(2, 3)) > UNDONE_MOSTLY
    return Lived(population, values, paid, bad.all(axis=0), int(rows["error"].notna().sum()))


def _years(population: Population, organisations: int) -> Floats:
    """How long each organisation lives at each value, in its own years (organisations × values)."""
    drawn = [population.drawn(organisation) for organisation in range(organisations)]
    a_year = np.array([assumed(each.assumptions)["days_a_year"] for each in drawn])
    days = np.array([[population.days(each, value) for value in population.values] for each in drawn])
    years: Floats = days / a_year[:, None]
    return years


def _array(rows: pd.DataFrame, name: str, cells: Sequence[tuple[int, int]]) -> Floats:
    found = dict(zip(zip(rows["variation"], rows["replication"], strict=True), rows[name], strict=True))
    return np.array([found.get(cell, np.nan) for cell in cells], dtype=float)
