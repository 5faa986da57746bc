"""Which points a question about causes runs: every factor at once, and luck as one factor more.

Saltelli's design with two groups, *what is known or assumed* and *luck*: two points, each under the same two
lucks, make a *square* of four runs. Saltelli, A. (2002), Comp. Phys. Comm. 145, 280-297.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from analysis.factors import Factor, changed
from sim.study import Cell, Study

if TYPE_CHECKING:
    import numpy as np

    from sim.schema import Scenario

CORNERS = 4
"""Runs of a square: (point, luck), (other point, luck), (point, other luck), (other point, other luck)."""

FUTURES = 1_000_000
"""Luck as a factor is the number of a replication below this."""


@dataclass(frozen=True)
class Points:
    """The scenario at each point by its number, in a form that travels to other processes.

    Points 2n and 2n + 1 belong to square n.
    """

    scenario: Scenario
    factors: tuple[Factor, ...]
    squares: int

    def __call__(self, number: int) -> Scenario:
        """The scenario at this point."""
        return changed(self.scenario, self.factors, self.shares[number].tolist())

    @property
    def shares(self) -> np.ndarray[Any, Any]:
        """Every point: a row for each, a column for each factor, as shares of ranges."""
        return sampled(self.scenario.seed, len(self.factors), self.squares)[0]

    @property
    def lucks(self) -> np.ndarray[Any, Any]:
        """The two replications of each square: (squares, 2)."""
        return sampled(self.scenario.seed, len(self.factors), self.squares)[1]

    def cells(self) -> list[Cell]:
        """The runs of all squares in order; more squares leave those before them as they were."""
        return [
            (2 * square + point, int(luck))
            for square, both in enumerate(self.lucks)
            for point in (0, 1)
            for luck in both
        ]

    def study(self, asks: str) -> Study:
        """What runs these points; the number of squares does not belong to its identity."""
        ranges = [[f.name, f.low, f.high, f.whole] for f in self.factors]
        sampler = {name: version(name) for name in ("SALib", "scipy")}
        return Study(self.scenario, self, {"asks": asks, "factors": ranges, "sampler": sampler})


@lru_cache(maxsize=2)
def sampled(seed: int, factors: int, squares: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Points (2 × squares, factors) in shares of ranges, and lucks (squares, 2) as replications.

    A scrambled Sobol' sequence, cut by SALib; the first squares are the same however many are asked for.
    """
    from SALib.sample import sobol

    sample = sobol.sample(problem(factors), squares, calc_second_order=False, seed=seed)
    ends = sample.reshape(squares, CORNERS, factors + 1)[:, [0, -1]]
    return ends[:, :, :-1].reshape(2 * squares, factors), (FUTURES * ends[:, :, -1]).astype(int)


def problem(factors: int) -> dict[str, Any]:
    """The design as SALib wants it told."""
    names = [*(f"x{k}" for k in range(factors)), "luck"]
    groups = [*("known" for _ in range(factors)), "luck"]
    return {"num_vars": factors + 1, "names": names, "groups": groups, "bounds": [[0, 1]] * (factors + 1)}


def at_corners(found: Mapping[Cell, float], cells: Sequence[Cell]) -> np.ndarray[Any, Any]:
    """What was found, as (squares, point, luck); NaN where nothing was."""
    import numpy as np

    values = np.array([found.get(cell, np.nan) for cell in cells], dtype=float)
    return values.reshape(-1, 2, 2)
