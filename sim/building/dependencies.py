"""Which teams depend on which for long, drawn before the run."""

from __future__ import annotations

import numpy as np

from sim import world as w
from sim.building.projects import Given
from sim.scenario import Scenario
from sim.world import Rows
from sim.world.luck import stream


def draw_dependencies(scenario: Scenario, given: Given, teams: Rows, replication: int) -> Rows:
    """A row for each pair, in the order of the teams that depend; `teams` are told where theirs begin.

    As tasks of other teams, most depend on a near one. Two that depend on each other are one pair.
    """
    count, each = len(teams), scenario.organisation.dependencies
    wanted = round(count * each) if count > 1 else 0
    if wanted == 0:
        return np.zeros(0, w.Dependency.dtype)
    luck = stream(scenario.seed, replication, "standing dependencies")
    one = luck.permutation(count)[np.arange(wanted) % count]
    near, side, which, any_team = luck.random((4, wanted))
    reach = max(1, min(count - 1, int(given["neighbour_reach"])))
    step = (1 + np.floor(which * reach)).astype(np.int64) * np.where(side < 0.5, -1, 1)
    step = np.where(
        near < given["neighbour_share"], step, 1 + np.floor(any_team * (count - 1)).astype(np.int64)
    )
    return _rows(one, (one + step) % count, teams)


def _rows(one: np.ndarray, on: np.ndarray, teams: Rows) -> Rows:
    """Rows of pairs, each once."""
    count = len(teams)
    _, first = np.unique(np.minimum(one, on) * count + np.maximum(one, on), return_index=True)
    first = first[one[first] != on[first]]
    order = first[np.argsort(one[first], kind="stable")]
    rows = np.zeros(len(order), w.Dependency.dtype)
    rows["on"] = on[order]
    links = np.bincount(one[order], minlength=count) + np.bincount(on[order], minlength=count)
    rows["beside"] = links[one[order]] + links[on[order]] - 2
    mine = np.bincount(one[order], minlength=count)
    teams["n_pairs"], teams["first_pair"] = mine, np.cumsum(mine) - mine
    return rows
