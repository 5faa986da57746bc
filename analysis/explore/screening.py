"""Which numbers get a slider: a first look in which all that is known or assumed differs at once.

Some are on the page in any case, as every board asks about them. Then come those that the first look tells
from chance, although so many were tried, then the organisation's own traits by how much goes with them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.causes.factors import Factor, changed
from analysis.statistics.arrays import Floats

if TYPE_CHECKING:
    from sim.scenario import Scenario

SCREENING_FUTURES = 300
"""Futures of the first look: some ten seconds for the example."""

SLIDERS = 7
"""As many as a reader holds in mind (Miller 1956), and as a surface can bend over."""

ASKED_BY_ALL = ("managers", "portfolio.projects.a_year", "portfolio.projects.effort_hours")
"""Keys that have a slider wherever there are such numbers."""

_STREAM = tuple(b"explore")
"""Sets these draws apart from every other that begins with the scenario's seed."""

_ERROR = 0.05
"""How often the first look may take chance for an effect, of all factors together."""


@dataclass(frozen=True)
class DrawnAnew:
    """The scenario with every factor drawn anew, by number; in a form that travels to other processes."""

    scenario: Scenario
    factors: tuple[Factor, ...]

    def __call__(self, number: int) -> Scenario:
        """The scenario of this number."""
        return changed(self.scenario, self.factors, self.shares(number).tolist())

    def shares(self, number: int) -> Floats:
        """Where each factor is in its range."""
        import numpy as np

        stream = np.random.default_rng([self.scenario.seed, *_STREAM, number])
        return stream.random(len(self.factors))


def chosen(factors: Sequence[Factor], shares: Floats, gains: Floats) -> tuple[Factor, ...]:
    """The factors that get a slider, from `gains` (futures × structures) at `shares` (futures × factors)."""
    strength = dict(zip((f.name for f in factors), _strength(shares, gains), strict=True))
    bar = math.sqrt(2) * _inverse_erfc(_ERROR / max(1, len(factors) * gains.shape[1]))

    def rank(factor: Factor) -> tuple[int, float]:
        seen = strength[factor.name]
        if factor.key in ASKED_BY_ALL:
            return 0, float(ASKED_BY_ALL.index(factor.key))
        return (1 if seen > bar else 2 if factor.kind == "trait" else 3), -seen

    return tuple(sorted(factors, key=rank)[:SLIDERS])


def _strength(shares: Floats, gains: Floats) -> list[float]:
    """How far each factor goes with any of the gains, in standard errors of a correlation of nothing."""
    import numpy as np

    whole = ~np.isnan(gains).any(axis=1)
    places, values = shares[whole], gains[whole]
    if len(values) < 3:
        return [0.0] * shares.shape[1]
    x = (places - places.mean(axis=0)) / np.maximum(places.std(axis=0), 1e-12)
    y = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-300)
    found: list[float] = (np.abs(x.T @ y).max(axis=1) / math.sqrt(len(values))).tolist()
    return found


def _inverse_erfc(share: float) -> float:
    from scipy.special import erfcinv

    return float(erfcinv(share))
