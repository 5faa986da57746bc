"""Which points a question about causes runs: every factor at once, and luck as one factor more.

Saltelli's design (2002, Comp. Phys. Comm. 145, 280-297) for two groups, *what is known or assumed* and
*luck*: two random points, each under the same two lucks, make a *quadruple* of runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.causes.factors import Factor, changed
from analysis.statistics.arrays import Floats, Ints
from sim.batch.study import Cell, Study

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

QUADRUPLE = 4
"""Runs of a quadruple: (point, luck), (other point, luck), (point, other luck), (other point, other luck)."""

STREAM = tuple(b"why")
"""Sets these draws apart from every other that begins with the scenario's seed."""

_FUTURES = 1_000_000
"""Luck as a factor is the number of a replication below this."""


@dataclass(frozen=True)
class Points:
    """The scenario at each point by its number, in a form that travels to other processes.

    Points 2n and 2n + 1 belong to quadruple n.
    """

    scenario: Scenario
    factors: tuple[Factor, ...]
    quadruples: int

    def __call__(self, number: int) -> Scenario:
        """The scenario at this point."""
        return changed(self.scenario, self.factors, self.shares[number].tolist())

    @property
    def shares(self) -> Floats:
        """Every point: a row for each, a column for each factor, as shares of ranges."""
        return drawn(self.scenario.seed, len(self.factors), self.quadruples)[0]

    @property
    def lucks(self) -> Ints:
        """The two replications of each quadruple: (quadruples, 2)."""
        return drawn(self.scenario.seed, len(self.factors), self.quadruples)[1]

    def cells(self) -> list[Cell]:
        """The runs of all quadruples in order; more quadruples leave those before them as they were."""
        return [
            (2 * quadruple + point, int(luck))
            for quadruple, both in enumerate(self.lucks)
            for point in (0, 1)
            for luck in both
        ]

    def study(self, asks: str) -> Study:
        """What runs these points; the number of quadruples does not belong to its identity."""
        ranges = [[f.name, f.low, f.high, f.whole] for f in self.factors]
        return Study(self.scenario, self, {"asks": asks, "factors": ranges})


@lru_cache(maxsize=2)
def drawn(seed: int, factors: int, quadruples: int) -> tuple[Floats, Ints]:
    """Points (2 × quadruples, factors) in shares of ranges, and lucks (quadruples, 2) as replications.

    Each quadruple has a stream of its own, so that the first are the same however many are asked for, and
    quadruples are independent. A low-discrepancy sequence would be neither: with hundreds of factors it shows
    factors that do nothing as drivers, for in so many dimensions its columns go together.
    """
    import numpy as np

    points, lucks = np.empty((quadruples, 2, factors)), np.empty((quadruples, 2), dtype=np.int64)
    for quadruple in range(quadruples):
        stream = np.random.default_rng([seed, *STREAM, quadruple])
        points[quadruple] = stream.random((2, factors))
        one, step = stream.integers(_FUTURES), stream.integers(1, _FUTURES)
        lucks[quadruple] = one, (one + step) % _FUTURES  # never the same luck twice
    return points.reshape(2 * quadruples, factors), lucks


def by_quadruple(found: Mapping[Cell, float], cells: Sequence[Cell]) -> Floats:
    """What was found, as (quadruples, point, luck); NaN where nothing was."""
    import numpy as np

    values = np.array([found.get(cell, np.nan) for cell in cells], dtype=float)
    return values.reshape(-1, 2, 2)
