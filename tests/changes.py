"""Planted changes of structure: futures whose true dip and break-even are known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HORIZON, DAY = 500, 60
DIP = 100e3
"""€: how deep the planted curve goes, on day 150."""

MADE_GOOD = 275
"""The day from which the planted curve is never behind again."""


def planted() -> Floats:
    """Nothing before the change, then down to the dip and up to a gain, by the end of each day (€)."""
    turns = [0.0, DAY, 150, MADE_GOOD, HORIZON]
    return np.interp(np.arange(1, HORIZON + 1), turns, [0.0, 0.0, -DIP, 0.0, 180e3])


def futures(seed: int, count: int, spread: float, curve: Floats | None = None) -> Floats:
    """Futures around a true curve. Their luck comes in lumps, as deliveries do, and stays; `spread` in k€."""
    luck = np.random.default_rng([31, seed])
    lumps = luck.normal(size=(count, HORIZON)) * spread * 1e3 * (luck.random((count, HORIZON)) < 0.04)
    lumps[:, :DAY] = 0.0
    return (planted() if curve is None else curve) + np.cumsum(lumps, axis=1)


def left_to_do(gains: Floats) -> Floats:
    """Hours that are left to do of who has gained so much (€): 20 more for each €1,000 that it is behind."""
    return -gains / 50.0
