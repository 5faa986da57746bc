"""The luck of one replication: named streams of random numbers, all drawn before the run.

Each source of uncertainty has a stream of its own, derived from the seed, the replication and a hash of
its name. So a new source does not shift the others, and two structures compared live through the same luck.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, replication: int, name: str) -> np.random.Generator:
    """The random numbers of one named source of uncertainty in one replication."""
    digest = hashlib.blake2b(name.encode(), digest_size=4).digest()
    key = (replication, int.from_bytes(digest, "little"))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
