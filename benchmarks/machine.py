"""How long this machine waits for memory at the moment: the cost of large organisations hangs on it."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.runs import NANO, timed

LINE = 64  # bytes of a line of the cache: rows of this size never share one
MEGABYTE = 2**20


def ring(megabytes: int) -> NDArray[np.int64]:
    """Rows of one cache line each; the first number of a row names the next, at random, round all of them."""
    rows = megabytes * MEGABYTE // LINE
    order = np.random.default_rng(1).permutation(rows)
    table = np.zeros((rows, LINE // 8), np.int64)
    table[order, 0] = np.roll(order, -1)
    return table


@numba.njit
def walk(table: NDArray[np.int64]) -> int:
    """Go once round a ring: each row is known only when the one before it has come. Gives where it ends."""
    row = 0
    for _ in range(len(table)):
        row = table[row, 0]
    return row


def nanoseconds_a_row(megabytes: int, rounds: int = 12, warm: int = 2) -> float:
    """The wait for a row at random among so many megabytes that have just been walked through.

    The median round, for what is asked is how busy others keep the cache, not how fast it can be.
    """
    table = ring(megabytes)
    for _ in range(warm):
        walk(table)
    return float(np.median([timed(walk, table)[0] for _ in range(rounds)])) / len(table) * NANO
