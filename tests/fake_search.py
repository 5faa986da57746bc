"""Searches without a model: a planted difference over one property, under luck of any size."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.tipping_points.axes import Axis
from analysis.tipping_points.finding import Finding, finding
from analysis.tipping_points.runs import FINE, Seen, seek
from sim.batch.study import BLOCK

Shape = Callable[[float], float]
Luck = Callable[[np.random.Generator, int, float], NDArray[np.float64]]

AXIS = Axis("key", "key", "", -1.0, 1.0, None, False, tuple(np.linspace(-1, 1, 41).tolist()))
"""From −1 to 1, so that values are places."""

MATTERS = 2e4


def even(spread: float) -> Luck:
    """Normal luck, the same everywhere."""
    return lambda rng, futures, _: spread * rng.standard_normal(futures)


def searched(
    shape: Shape, luck: Luck, seed: int, evaluations: int, axis: Axis = AXIS
) -> tuple[Finding, Seen]:
    """What a search for the zero of `shape` along `axis` finds."""
    rng = np.random.default_rng(seed)
    gains: dict[int, list[float]] = {}
    done = 0

    def look(plan: Sequence[int]) -> Seen:
        nonlocal done
        for number in plan[done:]:
            x = axis.values[number]
            gains.setdefault(number, []).extend(shape(x) + luck(rng, BLOCK, x))
        done = len(plan)
        numbers = sorted(gains)
        return Seen(
            other="other",
            objective="net_value_a_year",
            matters=MATTERS,
            numbers=np.array(numbers),
            at=np.array([[axis.place(axis.values[n])] for n in numbers]),
            futures=np.array([len(gains[n]) for n in numbers]),
            means=np.array([np.mean(gains[n]) for n in numbers]),
            variances=np.array([np.var(gains[n], ddof=1) for n in numbers]),
            lost=(),
        )

    seen, surface = seek(look, [axis], evaluations)
    return finding([axis], surface, (FINE[1],), MATTERS, int(seen.futures.sum())), seen
