"""What a known answer is: a figure that theory or others have reached, and the run that must reach it too."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

Relation = Literal["equals", "at most", "at least"]


@dataclass(frozen=True)
class Estimate:
    """A simulated figure and half the width of its 95% interval (0 where nothing is left to luck)."""

    mean: float
    doubt: float = 0.0


@dataclass(frozen=True)
class KnownAnswer:
    """A fact: what is expected, how near the simulation must come, who says so, and how it is simulated.

    `group` is the headline that it stands under. `tolerance` is in the unit of `expected`, and 0 for
    "at most" and "at least". `simulate` takes from a moment to some seconds.
    """

    group: str
    fact: str
    relation: Relation
    expected: float
    tolerance: float
    source: str
    simulate: Callable[[], Estimate]

    def holds(self, simulated: Estimate) -> bool:
        """Whether a simulated figure is near enough."""
        if self.relation == "at most":
            return simulated.mean <= self.expected
        if self.relation == "at least":
            return simulated.mean >= self.expected
        return abs(simulated.mean - self.expected) <= self.tolerance


def mean_of(values: ArrayLike) -> Estimate:
    """The mean of independent figures, one a batch or replication, with its 95% interval (Student)."""
    figures = np.asarray(values, float)
    spread = float(figures.std(ddof=1)) / math.sqrt(figures.size)
    return Estimate(float(figures.mean()), float(student.ppf(0.975, figures.size - 1)) * spread)
