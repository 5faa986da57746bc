"""A finer clock must tell the same story: the example organisation in steps of 8, 4, 2 and 1 hours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import load
from validation.answer import Estimate, KnownAnswer, mean_of

EXAMPLE = Path(__file__).parents[1] / "scenarios" / "scaleup.yaml"
STEP_HOURS = (8, 4, 2, 1)
OUTCOMES = {"blocked_days": "Wait of blocked tasks"}
"""What the step still moves by enough to see that it does so in proportion; `steps` has the others."""
REPLICATIONS = 60  # enough: the ratios are more than ten intervals below what they may be


@cache
def changes() -> NDArray[np.float64]:
    """What halving the step changes, under the same luck: halving × replication × outcome."""
    return np.diff([_levels(hours, range(REPLICATIONS)) for hours in STEP_HOURS], axis=0)


def _levels(step_hours: int, replications: Sequence[int]) -> NDArray[np.float64]:
    prepared = prepare(load(EXAMPLE).with_changes({"step_hours": step_hours}))
    rows = simulate_block(prepared, replications)
    failed = [error for _, _, outcomes, error in rows if outcomes is None]
    if failed:
        raise RuntimeError(failed[0])
    values: NDArray[np.float64] = np.array(
        [[outcomes[name] for name in OUTCOMES] for _, _, outcomes, _ in rows if outcomes]
    )
    by_structure = values.reshape(len(replications), -1, len(OUTCOMES))
    mean: NDArray[np.float64] = by_structure.mean(axis=1)
    return mean


def shrinkage(halving: int, outcome: str) -> Estimate:
    """The change of an outcome by a later halving of the step (1, 2) over its change by the first.

    The ratio of means; its interval is that of the linearised ratio.
    """
    first, later = changes()[[0, halving], :, list(OUTCOMES).index(outcome)]
    ratio = float(later.mean() / first.mean())
    return Estimate(abs(ratio), mean_of((later - ratio * first) / first.mean()).doubt)


GROUP = "Finer steps converge"
SOURCE = "A first-order error halves with the step: ½, then ¼"


def answer(halving: int, outcome: str, most: float) -> KnownAnswer:
    """How much less a later halving may change an outcome than the first."""
    steps = f"{STEP_HOURS[halving]} to {STEP_HOURS[halving + 1]} h"
    fact = f"{OUTCOMES[outcome]}: change from {steps} over change from 8 to 4 h"
    return KnownAnswer(GROUP, fact, "at most", most, 0.0, SOURCE, lambda: shrinkage(halving, outcome))


ANSWERS = tuple(answer(k, name, most) for name in OUTCOMES for k, most in ((1, 0.75), (2, 0.5)))
