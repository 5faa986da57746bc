"""What a reorganisation costs and brings: each future with it, against the same future without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.build import Prepared, draw_base
from sim.simulate import run_world
from sim.structures import Structure
from sim.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Payback:
    """A change of structure over many futures. Money is the difference in income so far that it makes, in €.

    `mean` is that difference day by day, averaged over the futures, with its 95% interval from `low` to
    `high` (arrays of days). `dip` is the lowest point of the mean (0 or less) on `dip_day`; `break_even` the
    day from which it is never behind again: 1 if it never was, NaN if there is no gain in the end; `gains`
    each future's difference at the end.
    """

    mean: Floats
    low: Floats
    high: Floats
    dip: float
    dip_day: int
    break_even: float
    gains: Floats

    @property
    def odds(self) -> float:
        """Share of the futures in which the change has paid back by the end."""
        return float((self.gains > 0.0).mean())


def income(world: World) -> Floats:
    """Value earned less pay, day by day so far (€); penalties come at the end and are left out."""
    given, history = world.given[0], world.history
    pay = history["hours"] * given["member_cost"] + history["management"] * given["manager_cost"]
    return np.asarray(history["value"] - pay)


def payback(
    prepared: Prepared, start: Structure, to: Structure, day: int, replications: Sequence[int]
) -> Payback:
    """Futures of `start` reorganised to `to` on a day, against `start` all the way, under the same luck.

    One future alone says little: projects pay when they are delivered, in lumps. Raises LuckExhausted.
    """
    both = Prepared(prepared.scenario, (start, start.changing_to(to, day)))
    differences = np.zeros((len(replications), prepared.scenario.horizon_days))
    for row, replication in enumerate(replications):
        base = draw_base(both, replication)
        stay, change = (income(run_world(both, base, s.name, replication)) for s in both.structures)
        differences[row] = change - stay
    return reduce_differences(differences)


def reduce_differences(differences: Floats) -> Payback:
    """Reduce the daily differences of futures (one a row) to dip, break-even and odds."""
    mean = differences.mean(axis=0)
    error = 1.96 * differences.std(axis=0, ddof=1) / np.sqrt(len(differences))
    lowest = int(mean.argmin())
    behind = np.flatnonzero(mean < 0.0)
    first = float(behind[-1] + 2) if behind.size else 1.0
    ahead = first if mean[-1] > 0.0 else float("nan")
    return Payback(
        mean=mean,
        low=mean - error,
        high=mean + error,
        dip=float(min(0.0, mean[lowest])),
        dip_day=lowest + 1,
        break_even=ahead,
        gains=differences[:, -1],
    )
