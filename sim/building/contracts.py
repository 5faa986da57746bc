"""Which contract each project of a replication is under."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.building.work import Ints, Work
from sim.scenario import Scenario
from sim.vocabulary import CONTRACTS
from sim.world.luck import stream


def contracts_of(scenario: Scenario, work: Work, replication: int) -> Ints:
    """The number of each project's contract: its own, else the scenario's, perhaps drawn by its shares."""
    paid = scenario.portfolio.paid
    if isinstance(paid, str):
        usual = np.full(len(work.home), CONTRACTS.index(paid), np.int32)
    else:
        usual = _drawn(paid, stream(scenario.seed, replication, "contracts").random(len(work.home)))
    return np.where(work.contract < 0, usual, work.contract)


def _drawn(shares: Mapping[str, float], luck: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    """Contracts by their shares; in which order these are written does not matter."""
    ends = np.cumsum([shares.get(name, 0.0) for name in CONTRACTS])
    return np.searchsorted(ends / ends[-1], luck, side="right").astype(np.int32)
