"""Which contract each project of a replication is under."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from sim.building.work import Floats, Ints, Work
from sim.scenario import Scenario
from sim.vocabulary import CONTRACTS
from sim.world.luck import draw_apart


def contracts_of(scenario: Scenario, work: Work, replication: int) -> Ints:
    """The number of each project's contract: its own, else the scenario's, perhaps drawn by its shares."""
    paid = scenario.portfolio.paid
    if isinstance(paid, str):
        usual = np.full(len(work.home), CONTRACTS.index(paid), np.int32)
    else:
        luck = draw_apart(scenario.seed, replication, "contracts", Generator.random, work.source)
        usual = _drawn(paid, luck)
    return np.where(work.contract < 0, usual, work.contract)


def _drawn(shares: Mapping[str, float], luck: Floats) -> Ints:
    """Contracts by their shares; in which order these are written does not matter."""
    ends = np.cumsum([shares.get(name, 0.0) for name in CONTRACTS])
    return np.searchsorted(ends / ends[-1], luck, side="right").astype(np.int32)
