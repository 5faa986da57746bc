"""What drawn organisations live through, as arrays: the runs behind claims and atlas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.claim_tests.extracts import Gathered, kept_or_gathered
from analysis.claim_tests.population import HowDrawn, Population
from analysis.resemblance.thresholds import UNDONE_MOSTLY
from analysis.statistics.arrays import Flags, Floats
from sim.batch.session import Progress, session
from sim.batch.study import Cell, Study, in_blocks
from sim.scenario.assumptions import values as assumed

if TYPE_CHECKING:
    import pandas as pd

ALWAYS = ("cost_of_people", "unfinished_share")
"""Outcomes that every row needs: what its money is a share of, and who collapses."""


@dataclass(frozen=True)
class Lived:
    """What drawn organisations lived through: `values[outcome][arm]` (organisations × values × futures).

    `names` are those of the library that they were drawn around in turn, `draws` says how.
    """

    population: Population
    values: Mapping[str, Mapping[str, Floats]]
    paid: Floats
    collapsed: Flags
    failed: int
    names: tuple[str, ...]
    draws: HowDrawn

    @property
    def organisations(self) -> int:
        """How many were drawn."""
        return len(self.collapsed)


@dataclass(frozen=True)
class Where:
    """Where and how runs are had: the folder of all claims, and the arguments of `session`."""

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
    arms = population.claim.scenario.structure_names

    def gather() -> Gathered:
        values, failed, runs = _run(population, organisations, where, progress, columns)
        draws = population.draws(organisations)
        drawn = {"attempts": draws.attempts, "factors": draws.factors, "names": population.names}
        years = _years(population, organisations)
        return Gathered({"runs": runs, "failed": failed, **drawn}, {"years": years, **values})

    of = {**population.told_by, "organisations": organisations, "columns": columns}
    found = kept_or_gathered(where.folder, f"c{population.claim.number:02d}", of, gather)
    if progress is not None:
        runs = len(population.cells(organisations)) * len(arms)
        progress(runs, runs)
    values = by_outcome_and_arm(found.arrays, columns, arms)
    paid = values["cost_of_people"][arms[0]] / found.arrays["years"][:, :, None]
    undone = np.array([values["unfinished_share"][arm] for arm in arms])
    with np.errstate(invalid="ignore"):
        bad = np.nan_to_num(undone, nan=0.0).mean(axis=(2, 3)) > UNDONE_MOSTLY
    names, draws = tuple(found.facts["names"]), _draws(population, found.facts)
    return Lived(population, values, paid, bad.all(axis=0), found.facts["failed"], names, draws)


def _draws(population: Population, facts: Mapping[str, Any]) -> HowDrawn:
    factors = tuple(tuple((name, label, kind) for name, label, kind in base) for base in facts["factors"])
    return HowDrawn(population.claim.scenario.seed, tuple(facts["attempts"]), factors)


def _run(
    population: Population,
    organisations: int,
    where: Where,
    progress: Progress | None,
    columns: Sequence[str],
) -> tuple[dict[str, Floats], int, str]:
    """The outcomes by arm, how many runs failed, and the folder in which they are."""
    cells = population.cells(organisations)
    rows, runs = had(population.study, cells, population.claim.number, where, progress, columns)
    shape = (organisations, len(population.values), population.futures)
    arms = population.claim.scenario.structure_names
    values = {
        array_name(name, arm): arranged(rows, arm, name, sorted(cells), shape)
        for name in columns
        for arm in arms
    }
    return values, int(rows["error"].notna().sum()), runs


def array_name(*parts: str) -> str:
    """What an array is called in a file: its outcome and arm, and what else tells it apart."""
    return "|".join(parts)


def by_outcome_and_arm(
    arrays: Mapping[str, Floats], columns: Sequence[str], arms: Sequence[str], *of: str
) -> dict[str, dict[str, Floats]]:
    """The arrays of outcomes by arm, of those that are called so."""
    return {name: {arm: arrays[array_name(name, arm, *of)] for arm in arms} for name in columns}


def had(
    study: Study,
    cells: Sequence[Cell],
    number: int,
    where: Where,
    progress: Progress | None,
    columns: Sequence[str],
) -> tuple[pd.DataFrame, str]:
    """The rows of cells of a study that belongs to the claim of this number, and in which folder they are."""
    inside = where.folder / f"c{number:02d}-{study.identity[:8]}"
    with session(study, inside, progress=progress, **where.workers) as now:
        now.extend(in_blocks(cells))
    return now.frame(columns), inside.name


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
