"""The register of risks: whose they are, and how often they strike."""

from __future__ import annotations

import numpy as np
import pytest

from sim import world as w
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.risks import POOLS_A_TEAM, pools_of_teams
from sim.scenario import scenario_from


@pytest.mark.parametrize(("teams", "pools"), [(1, 1), (8, 2), (2, 10), (3, 40), (40, 30), (100, 9)])
def test_a_pool_fails_as_often_as_the_register_says_however_many_look_after_it(
    teams: int, pools: int
) -> None:
    scenario = scenario_from(
        {
            "name": "A",
            "organisation": {
                "teams": {"count": teams},
                "specialists": {f"pool {k}": 1 for k in range(pools)},
            },
        }
    )
    prepared = prepare(scenario)
    risks = draw_base(prepared, 0).risks
    outages = risks[risks["effect"] == w.POOL_OUT]
    a_year = np.bincount(outages["pool"], outages["hazard"], minlength=pools) * prepared.values["days_a_year"]
    assert a_year == pytest.approx(prepared.values["outage_chance"])


def test_a_team_looks_after_few_pools_each_once() -> None:
    shared = pools_of_teams(200, 50)
    assert shared.shape == (200, POOLS_A_TEAM)
    assert all(len(set(mine)) == POOLS_A_TEAM for mine in shared.tolist())
    assert pools_of_teams(8, 2).tolist() == [[0, 1]] * 4 + [[1, 0]] * 4
