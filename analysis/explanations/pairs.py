"""Structures given as data, run side by side: what each adds to the first, future by future."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from analysis.statistics.arrays import Floats
from sim.batch.study import BLOCK
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario
from sim.scenario.structures import Structure


def gains(
    scenario: Scenario, structures: Sequence[Structure], measures: Sequence[str], futures: int, jobs: int = 2
) -> Floats:
    """Each structure's outcomes less those of the first: future x other structure x measure.

    All live through the same futures, 0 to `futures` - 1. NaN where a run failed.
    """
    prepared = prepare(scenario, tuple(structures))
    blocks = [range(start, min(start + BLOCK, futures)) for start in range(0, futures, BLOCK)]
    with ThreadPoolExecutor(jobs) as pool:
        rows = [row for done in pool.map(partial(simulate_block, prepared), blocks) for row in done]
    missing = dict.fromkeys(measures, np.nan)
    levels = np.array([[(outcomes or missing)[name] for name in measures] for _, _, outcomes, _ in rows])
    by_structure: Floats = levels.reshape(futures, len(structures), len(measures))
    return by_structure[:, 1:] - by_structure[:, :1]
