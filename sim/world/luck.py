"""The luck of one replication: named streams for what is drawn before the run, and the key to all the rest.

Each source of uncertainty has a stream of its own, started by a hash of the seed, the replication and
its name. So a new source does not shift the others, and two structures compared live through the same luck.
What an event of the run brings comes from `sim.rules.luck`, which hangs on the replication in the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import cast

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import DTypeLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Draw = Callable[[Generator, int], Floats]
"""Takes as many random numbers, or rows of them, from a stream."""

WORDS = np.dtype("<u8")
PLANNED, ON_TOP, LATER = 0, 1, 2
"""Where a project comes from: it is planned (or drawn, where there is no plan); clients may bring it on top
of what they planned; it arrives by chance beside a given plan. Each has luck of its own.
"""
OWN_STREAMS = ("", "on top: ", "later: ")
"""What the names of streams begin with, by where projects come from."""
FIRST_NUMBERS = (0, 1 << 30, 1 << 29)
"""The first number of projects, and of tasks, by where they come from: no run has as many of either."""


class _Start(np.random.bit_generator.ISeedSequence):
    """Where a bit generator starts: 256 bits of a hash, as they are.

    A hash mixes as well as numpy's own seed sequence, and a stream costs a sixth of the time.
    """

    def __init__(self, digest: bytes) -> None:
        self.words = np.frombuffer(digest, WORDS)

    def generate_state(self, n_words: int, dtype: DTypeLike = np.uint64) -> NDArray[np.uint64]:
        """The words of 64 bits that SFC64 asks for."""
        return self.words[:n_words]


@lru_cache(maxsize=64)
def _common_key(seed: int, replication: int) -> hashlib.blake2b:
    """What the keys of all streams of a replication begin with, hashed so far."""
    return hashlib.blake2b(f"{seed} {replication} ".encode(), digest_size=32)


def _digest(seed: int, replication: int, name: str) -> bytes:
    key = _common_key(seed, replication).copy()
    key.update(name.encode())
    return key.digest()


def stream(seed: int, replication: int, name: str) -> Generator:
    """The random numbers of one named source of uncertainty in one replication."""
    start = cast(SeedSequence, _Start(_digest(seed, replication, name)))  # numpy's types know that one alone
    return Generator(SFC64(start))


def luck_of_run(seed: int, replication: int) -> tuple[int, int]:
    """Two numbers of 31 bits, on which the luck of a run's events hangs (see `sim.rules.luck`)."""
    words = np.frombuffer(_digest(seed, replication, "events"), WORDS)
    return int(words[0] >> 33), int(words[1] >> 33)


def draw_apart(
    seed: int,
    replication: int,
    name: str,
    draw: Draw,
    source: Ints,
) -> Floats:
    """Random numbers for rows that come from several sources (PLANNED ...): each source has a stream of its
    own, so that what may come on top, or later, leaves the luck of the planned as it was.
    """
    if not source.any():  # all are planned
        return draw(stream(seed, replication, name), len(source))
    of = {k: source == k for k in np.unique(source)}
    drawn = {
        k: draw(stream(seed, replication, OWN_STREAMS[k] + name), int(mine.sum())) for k, mine in of.items()
    }
    rows = np.empty((len(source), *next(iter(drawn.values())).shape[1:]))
    for k, mine in of.items():
        rows[mine] = drawn[k]
    return rows


def numbers_apart(source: Ints) -> Ints:
    """The number of each row among those of its source, from that of FIRST_NUMBERS on: what the luck of its
    events hangs on (see `sim.rules.luck`).
    """
    among = np.zeros(len(source), np.int32)
    for k, first in enumerate(FIRST_NUMBERS):
        of_source = source == k
        among[of_source] = first + np.arange(int(of_source.sum()))
    return among


def draw_rows(seed: int, replication: int, name: str, draw: Draw, count: int, length: int) -> Floats:
    """Random numbers (count x length), each row from a stream of its own.

    So a longer row begins as the shorter one, and one row more leaves the others as they were.
    """
    rows = np.empty((count, length))
    for k in range(count):
        rows[k] = draw(stream(seed, replication, f"{name} {k}"), length)
    return rows
