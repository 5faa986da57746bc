"""The luck of one replication: named streams of random numbers, all drawn before the run.

Each source of uncertainty has a stream of its own, derived from the seed, the replication and a hash of
its name. So a new source does not shift the others, and two structures compared live through the same luck.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import numpy as np
from numpy.typing import NDArray

A_BLOCK = 32  # numbers of each row that are drawn together at first


def stream(seed: int, replication: int, name: str) -> np.random.Generator:
    """The random numbers of one named source of uncertainty in one replication."""
    digest = hashlib.blake2b(name.encode(), digest_size=4).digest()
    key = (replication, int.from_bytes(digest, "little"))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def long_rows(
    seed: int,
    replication: int,
    name: str,
    shape: tuple[int, int],
    kind: Literal["random", "standard_exponential", "standard_normal"],
) -> NDArray[np.float64]:
    """Rows of random numbers, drawn in blocks of columns: rows x length.

    A longer row begins as the shorter one, and one row more leaves the others as they were.
    """
    rows, length = shape
    blocks = []
    first, size = 0, A_BLOCK
    while first < max(1, length):  # each block as long as all before it: few streams for long rows
        blocks.append(getattr(stream(seed, replication, f"{name} {first}"), kind)((rows, size)))
        first += size
        size = first
    return np.ascontiguousarray(np.hstack(blocks)[:, :length])
