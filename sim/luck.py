"""The luck of one replication: named streams of random numbers, all drawn before the run.

Each source of uncertainty has a stream of its own, started by a hash of the seed, the replication and
its name. So a new source does not shift the others, and two structures compared live through the same luck.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

A_BLOCK = 64  # numbers of each row that are drawn together, or a quarter of those before, if that is more
WORDS = np.dtype("<u8")


class _Start(np.random.bit_generator.ISeedSequence):
    """Where a bit generator starts: 256 bits of a hash, as they are.

    A hash mixes as well as numpy's own seed sequence, and a stream costs a sixth of the time.
    """

    def __init__(self, digest: bytes) -> None:
        self.words = np.frombuffer(digest, WORDS)

    def generate_state(self, n_words: int, dtype: Any = np.uint64) -> NDArray[np.uint64]:
        """The four words of 64 bits that PCG64 asks for."""
        return self.words


@lru_cache(maxsize=64)
def _common_key(seed: int, replication: int) -> hashlib.blake2b:
    """What the keys of all streams of a replication begin with, hashed so far."""
    return hashlib.blake2b(f"{seed} {replication} ".encode(), digest_size=32)


def stream(seed: int, replication: int, name: str) -> np.random.Generator:
    """The random numbers of one named source of uncertainty in one replication."""
    key = _common_key(seed, replication).copy()
    key.update(name.encode())
    start: Any = _Start(key.digest())
    return np.random.Generator(np.random.PCG64(start))


def fill_rows(
    rows: Floats,
    seed: int,
    replication: int,
    name: str,
    kind: Literal["random", "standard_exponential", "standard_normal"],
) -> Floats:
    """Fill `rows` (rows x length) with random numbers, drawn in blocks of columns, and return them.

    A longer row begins as the shorter one, and one row more leaves the others as they were.
    """
    count, length = rows.shape
    first = 0
    while first < length:  # longer and longer blocks: few streams for long rows
        size = max(A_BLOCK, first // 4)
        block = getattr(stream(seed, replication, f"{name} {first}"), kind)((count, size))
        rows[:, first : first + size] = block[:, : length - first]
        first += size
    return rows
