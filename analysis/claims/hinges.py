"""What a contrast hangs on: which trait or assumption moves it from one drawn organisation to the next.

The answer to *could the model be why?*: where an assumption moves it most, the verdict is as good as that
assumption; where a trait does, it is about the organisation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.claims.population import Population
from analysis.claims.tested import Hinge
from analysis.statistics.compare import CONFIDENCE

Floats = np.ndarray[Any, Any]

_LEAST = 30
"""Organisations below which nothing is said."""


def hinge_of(population: Population, each: Floats) -> Hinge | None:
    """The factor with which a contrast (a value for each organisation, or NaN) goes most surely up or down.

    Told from chance although all were tried (Bonferroni over factors, by the t form of Spearman's rank
    correlation); None where no factor is.
    """
    from scipy.special import stdtr

    judged = np.flatnonzero(~np.isnan(each))
    if len(judged) < _LEAST or np.ptp(each[judged]) == 0:
        return None
    drawn: dict[str, tuple[str, str, list[float], list[float]]] = {}
    for organisation in judged:
        factors, shares = population.factors(int(organisation)), population.drawn_shares(int(organisation))
        if shares is None:
            continue
        for factor, share in zip(factors, shares, strict=True):
            _, _, places, values = drawn.setdefault(factor.name, (factor.label, factor.kind, [], []))
            places.append(share)
            values.append(float(each[organisation]))
    found: list[tuple[float, Hinge]] = []
    for label, kind, places, values in drawn.values():
        n = len(places)
        if n < _LEAST:
            continue
        rank = float(np.corrcoef(_ranks(places), _ranks(values))[0, 1])
        statistic = abs(rank) * np.sqrt((n - 2) / max(1e-12, 1 - rank * rank))
        chance = 2 * float(stdtr(n - 2, -statistic)) * len(drawn)
        found.append((chance, Hinge(label, kind, rank, n)))
    least, hinge = min(found, key=lambda pair: pair[0])
    return hinge if least < 1 - CONFIDENCE else None


def _ranks(values: list[float]) -> Floats:
    """The place of each in their order; what is drawn from a range is hardly ever alike."""
    return np.argsort(np.argsort(values, kind="stable"), kind="stable")
