"""What a contrast hangs on: which trait or assumption moves it from one drawn organisation to the next.

The answer to *could the model be why?*: where an assumption moves it most, the verdict is as good as that
assumption; where a trait does, it is about the organisation.
"""

from __future__ import annotations

import numpy as np

from analysis.claim_tests.contrasts import Hinge
from analysis.claim_tests.population import HowDrawn
from analysis.statistics.arrays import Floats, Ints
from analysis.statistics.compare import CONFIDENCE

_LEAST = 30
"""Organisations below which nothing is said."""


def hinge_of(draws: HowDrawn, each: Floats) -> Hinge | None:
    """The factor with which a contrast (a value for each organisation, or NaN) goes most surely up or down.

    Told from chance although all were tried (Bonferroni over factors, by the t form of Spearman's rank
    correlation); None where no factor is.
    """
    judged = np.flatnonzero(~np.isnan(each))
    if len(judged) < _LEAST or np.ptp(each[judged]) == 0:
        return None
    names, shares = draws.table
    ranks, many = _correlations(shares[judged], each[judged])
    enough = many >= _LEAST
    if not enough.any():
        return None
    chances = np.where(enough, _chances(ranks, many) * int((many > 0).sum()), np.inf)
    place = int(np.argmin(chances))
    if chances[place] >= 1 - CONFIDENCE:
        return None
    said = {name: (label, kind) for base in draws.factors for name, label, kind in base}
    return Hinge(*said[names[place]], float(ranks[place]), int(many[place]))


def _correlations(places: Floats, values: Floats) -> tuple[Floats, Ints]:
    """Spearman's rank correlation of each column with the values, over the rows that it has, and how many.

    Columns of the same rows are taken together.
    """
    there = ~np.isnan(places)
    found = np.zeros(places.shape[1])
    patterns, of = np.unique(there, axis=1, return_inverse=True)
    for number, rows in enumerate(patterns.T):
        columns = np.flatnonzero(of.ravel() == number)
        ours = _ranks(places[np.ix_(rows, columns)])
        their = _ranks(values[rows][:, None])
        middle = (rows.sum() - 1) / 2
        squares = float(((their - middle) ** 2).sum())
        if squares:
            found[columns] = ((ours - middle) * (their - middle)).sum(axis=0) / squares
    return found, there.sum(axis=0)


def _chances(ranks: Floats, many: Ints) -> Floats:
    """How likely each correlation would be by chance, to either side."""
    from scipy.special import stdtr

    free = np.maximum(many - 2, 1)
    statistics = np.abs(ranks) * np.sqrt(free / np.maximum(1e-12, 1 - ranks * ranks))
    chances: Floats = 2 * stdtr(free, -statistics)
    return chances


def _ranks(values: Floats) -> Ints:
    """The place of each in its column's order; what is drawn from a range is hardly ever alike."""
    return np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0, kind="stable")
