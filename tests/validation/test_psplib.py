"""On networks that others built and solved, schedules are possible, and a plan brings them near the best."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.scenario.reading.psplib import Instance
from validation import psplib
from validation.psplib import is_feasible

TWO_AT_ONCE_ONE_CREW = Instance(
    capacities=(1,),
    durations=(0, 2, 3, 0),
    demands=((0,), (1,), (1,), (0,)),
    successors=((1, 2), (3,), (3,), ()),
)


@pytest.mark.skipif(
    not Path(psplib.FOLDER).exists(), reason="the PSPLIB instances do not lie beside the project"
)
def test_plans_bring_schedules_near_the_proven_optimum_and_none_is_impossible() -> None:
    for answer in psplib.ANSWERS:
        simulated = answer.simulate()
        assert answer.holds(simulated), (answer.fact, answer.expected, simulated)


@pytest.mark.parametrize(
    ("started", "finished", "feasible"),
    [
        ([0, 2], [2, 5], True),
        ([3, 0], [5, 3], True),
        ([0, 1], [2, 4], False),  # both need the only unit on day 1
        ([0, 2], [2, 4], False),  # the second is cut short
    ],
)
def test_a_schedule_must_respect_capacities_and_durations(
    started: list[float], finished: list[float], feasible: bool
) -> None:
    assert is_feasible(TWO_AT_ONCE_ONE_CREW, np.array(started), np.array(finished)) is feasible


def test_a_schedule_must_respect_order() -> None:
    chain = Instance((9,), (0, 2, 3, 0), ((0,), (1,), (1,), (0,)), ((1,), (2,), (3,), ()))
    assert is_feasible(chain, np.array([0.0, 2.0]), np.array([2.0, 5.0]))
    assert not is_feasible(chain, np.array([0.0, 1.0]), np.array([2.0, 4.0]))
