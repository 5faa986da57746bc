"""What the page says of a position holds at each of its looks, with a truth that was planted."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.explore import live
from analysis.explore.facts import ANSWERS_AT_MOST
from analysis.statistics.looks import reach_at_all_looks

Floats = np.ndarray[Any, Any]
TRIED, TRUTH, SPREAD = 20_000, 0.7, 2.0


def futures(many: int, seed: int) -> Floats:
    found: Floats = np.random.default_rng(seed).normal(TRUTH, SPREAD, (TRIED, many))
    return found


def alone(at: int, lived: Floats) -> Floats:
    """How many standard errors the mean of live futures alone is off."""
    known = lived[:, :at]
    off: Floats = abs(known.mean(axis=1) - TRUTH) / (known.std(axis=1, ddof=1) / np.sqrt(at))
    return off


def test_a_structure_of_ones_own_is_told_with_intervals_that_hold_at_both_looks() -> None:
    lived = futures(live.MOST_LIVE_FUTURES, 1)
    held = [
        alone(at, lived) < reach_at_all_looks(len(live.TAKEN_IN_AFTER), 1, at) for at in live.TAKEN_IN_AFTER
    ]
    assert 0.95 <= np.mean(np.all(held, axis=0)) < 0.98
    always = [alone(at, lived) < 1.96 for at in range(2, live.MOST_LIVE_FUTURES + 1)]
    assert np.mean(np.all(always, axis=0)) < 0.8  # what looking after each future would come to


def test_surface_and_live_futures_hold_at_all_looks_whichever_comes_first() -> None:
    """A surface that is worth 12 futures of the position, then 25, 50 and 100, and live futures beside it."""
    read, lived = futures(100, 2), futures(live.MOST_LIVE_FUTURES, 3)
    worth, looks = (12, 25, 50, 100), (0, *live.TAKEN_IN_AFTER)
    staying = [(each, 0) for each in worth] + [(worth[-1], each) for each in looks[1:]]
    at_once = [(worth[0], each) for each in looks] + [(each, looks[-1]) for each in worth[1:]]
    for path in (staying, at_once):
        off = []
        for surface, many in path:
            pooled = np.hstack([read[:, :surface], lived[:, :many]])
            off.append(abs(pooled.mean(axis=1) - TRUTH) / (SPREAD / np.sqrt(surface + many)))
        assert len(path) == ANSWERS_AT_MOST
        assert np.mean(np.max(off, axis=0) < reach_at_all_looks(ANSWERS_AT_MOST)) >= 0.95
        assert np.mean(np.max(off, axis=0) < reach_at_all_looks(1)) < 0.9  # intervals for one look alone
