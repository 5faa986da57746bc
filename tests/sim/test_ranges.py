"""Tasks of which hours at best and at worst are known take something between, by luck of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from tests.sim.small import organisation

COLUMNS = ["optimistic_hours", "pessimistic_hours"]


def efforts(rows: list[tuple[str, ...]], futures: int = 120, **plan: Any) -> np.ndarray[Any, Any]:
    """The true effort of each task, over its estimate, in some futures; nothing else is left to luck."""
    model = organisation(rows, columns=COLUMNS, plan=plan)
    prepared = prepare(model.prepared.scenario)
    tasks = [draw_base(prepared, k).tasks for k in range(futures)]
    return np.array([t["effort"] / t["estimate"] for t in tasks])


WIDE = ("P", "a", "web", "8", "", "", "4", "36")
PLAIN = ("P", "b", "web", "8")


def test_the_effort_lies_in_the_range_and_is_the_estimate_on_average() -> None:
    ranged, plain = efforts([WIDE, PLAIN]).T
    assert (ranged.min() >= 4 / 12, ranged.max() <= 3.0) == (True, True)
    assert ranged.mean() == pytest.approx(1.0, abs=4 * ranged.std() / np.sqrt(len(ranged)))
    assert 12 * ranged.std() == pytest.approx(np.sqrt((12 - 4) * (36 - 12) / 7), rel=0.3)
    assert set(plain) == {1.0}


def test_the_spread_of_ranges_is_the_plans_to_say() -> None:
    wider, none = efforts([WIDE], range_spread=1.5), efforts([WIDE], range_spread=0.0)
    assert set(none[:, 0]) == {1.0}
    assert wider.std() == pytest.approx(1.5 * efforts([WIDE]).std(), rel=0.05)


def test_another_range_changes_the_luck_of_no_other_task() -> None:
    other = ("P", "b", "web", "16", "", "", "8", "60")
    narrow = ("P", "a", "web", "8", "", "", "7", "9")
    assert np.array_equal(efforts([WIDE, other], 20)[:, 1], efforts([narrow, other], 20)[:, 1])
