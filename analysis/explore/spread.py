"""The spread of futures over the sliders, and the surface that is read off it.

Points are a Sobol sequence over the ranges, scrambled by the scenario's seed; each is lived through twice, by
every structure, under lucks that no other point has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.causes.factors import Factor, changed
from analysis.explore.line_up import MATTERS_FROM, LineUp
from analysis.statistics.arrays import Floats
from analysis.statistics.response import FOLDS, FUTURES_A_POINT, Fitted, Response, calibration, fit
from sim.batch.study import Cell

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

POSITIONS = 512
"""Points of the whole spread: a power of two, as Sobol sequences are even then."""

READ_AFTER = (64, 128, 256, POSITIONS)
"""Points after which a surface is fitted."""

FIRST_LUCK = 1_000_000
"""The luck of the spread begins here: `decide`, and futures at one position, live through others."""

Responses = Mapping[tuple[str, str], Response]
"""What each structure adds to that of today in each outcome; and levels of today's, under its own name."""


@dataclass(frozen=True)
class Positions:
    """The scenario at each point by its number, in a form that travels to other processes."""

    scenario: Scenario
    factors: tuple[Factor, ...]

    def __call__(self, number: int) -> Scenario:
        """The scenario at this point."""
        return changed(self.scenario, self.factors, self.shares[number].tolist())

    @property
    def shares(self) -> Floats:
        """Every point: a row for each, a column for each factor, as shares of ranges."""
        return _sobol(self.scenario.seed, len(self.factors))


@dataclass(frozen=True)
class OverSliders:
    """All responses over the sliders, from so many futures, and how held-out futures bear out its odds."""

    responses: Responses
    futures: int
    calibration: tuple[tuple[float, float, int], ...]


@lru_cache(maxsize=2)
def _sobol(seed: int, axes: int) -> Floats:
    from scipy.stats import qmc

    points: Floats = qmc.Sobol(axes, scramble=True, seed=seed % 2**32).random(POSITIONS)
    return points


def cells_of(points: int) -> list[Cell]:
    """The futures of the first so many points."""
    return [
        (point, FIRST_LUCK + FUTURES_A_POINT * point + k)
        for point in range(points)
        for k in range(FUTURES_A_POINT)
    ]


def over_sliders(compared: LineUp, shares: Floats, rows: pd.DataFrame) -> OverSliders | None:
    """The surface from rows of the first points; None while there are too few of them."""
    rows = compared.with_what_matters(rows)
    points = int(rows["variation"].max()) + 1 if len(rows) else 0
    if points < FUTURES_A_POINT * FOLDS:
        return None
    judged, current = compared.scenario.judged_by, compared.scenario.current
    fits: dict[tuple[str, str], Fitted] = {}
    for column in [*(outcome.name for outcome in compared.outcomes), MATTERS_FROM]:
        found = _by_point(rows, column, points)
        level = found.pop(current)
        if _can(level):
            fits[column, current] = fit(shares[:points], level)
        if column != MATTERS_FROM:
            gains = {name: own - level for name, own in found.items()}
            fits |= {(column, name): fit(shares[:points], g) for name, g in gains.items() if _can(g)}
    told = [fits[judged, name] for name in compared.others if (judged, name) in fits]
    if not told:
        return None
    responses = {key: each.response for key, each in fits.items()}
    return OverSliders(responses, FUTURES_A_POINT * points, tuple(calibration(told)))


def _by_point(rows: pd.DataFrame, column: str, points: int) -> dict[str, Floats]:
    """An outcome of each structure: points × futures, NaN where a run failed or had nothing to measure."""
    import numpy as np

    found: dict[str, Floats] = {}
    for name, own in rows.groupby("structure", sort=False):
        values = np.full((points, FUTURES_A_POINT), np.nan)
        values[own["variation"], (own["replication"] - FIRST_LUCK) % FUTURES_A_POINT] = own[column]
        found[str(name)] = values
    return found


def _can(values: Floats) -> bool:
    """Whether there is enough to fit a response through."""
    import numpy as np

    return int((~np.isnan(values)).all(axis=1).sum()) >= FUTURES_A_POINT * FOLDS


def reaches(rows: pd.DataFrame, compared: LineUp) -> dict[tuple[str, str], tuple[float, float]]:
    """Between which gains most single futures lie, by outcome and structure; zero among them."""
    import numpy as np

    found: dict[tuple[str, str], tuple[float, float]] = {}
    for outcome in compared.outcomes:
        wide = rows.pivot_table(index=["variation", "replication"], columns="structure", values=outcome.name)
        for name in set(compared.others) & set(wide.columns):
            gains = (wide[name] - wide[compared.scenario.current]).dropna()
            low, high = np.percentile(gains, [2, 98]) if len(gains) else (-1.0, 1.0)
            found[outcome.name, name] = min(float(low), 0.0), max(float(high), 0.0)
    return found
