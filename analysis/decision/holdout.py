"""Futures that nothing was chosen from: an answer is explained in others than those that it was found in."""

from __future__ import annotations

from sim.batch.study import Cell

HOLDOUT_FUTURES = 200
"""Fresh futures that an answer is explained in."""

_FIRST = 1_000_000
"""The first of them: none of those that an answer may live through, however many it asks for."""


def fresh(futures: int, variations: int = 1) -> list[Cell]:
    """So many fresh futures of each variation, those of a variation beside each other."""
    return [(variation, _FIRST + n) for variation in range(variations) for n in range(futures)]
