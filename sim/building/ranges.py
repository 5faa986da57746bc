"""What tasks take of which somebody has said the hours at best, most likely and at worst."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sim.building.work import Floats, Work
from sim.scenario import Scenario
from sim.world.luck import draw_apart

_LEAST = 0.01
"""Of its estimate, every task takes so much."""


def draw_ranges(scenario: Scenario, work: Work, factor: Floats, replication: int) -> Floats:
    """What the true effort of each task is over its estimate, projects apart: `factor`, but from its range
    where it has one.

    PERT's beta distribution, by its inverse: each task takes one number of a stream of its own, so that
    another range changes the luck of no other task.
    """
    plan = scenario.portfolio.plan
    if not len(work.range_task) or plan is None or plan.range_spread <= 0.0:
        return factor
    from scipy.special import betaincinv

    source = np.repeat(work.source, work.n_tasks)
    luck = draw_apart(scenario.seed, replication, "ranges", Generator.random, source)[work.range_task]
    low, likely, width = work.range_low, work.range_likely, work.range_high - work.range_low
    part = betaincinv(1.0 + 4.0 * (likely - low) / width, 5.0 - 4.0 * (likely - low) / width, luck)
    factor[work.range_task] = np.maximum(_LEAST, 1.0 + plan.range_spread * (low + width * part - 1.0))
    return factor
