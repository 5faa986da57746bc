"""The risks of one replication: the default register or the scenario's own, with the luck of each."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.copies import joined
from sim.luck import stream
from sim.portfolio import Floats, Given
from sim.scenario import Scenario

Rows = NDArray[Any]
POOLS_A_TEAM = 8
EFFECTS = {"effort": w.EFFORT, "people": w.PEOPLE, "pool": w.POOL_OUT, "money": w.MONEY}


class Kind(NamedTuple):
    """A line of the register: `hazard` strikes a day, and the mean of what a strike costs at once."""

    of: str
    effect: int
    hazard: float
    impact: float
    pool: int = w.NONE


def register(scenario: Scenario, given: Given) -> list[Kind]:
    """The kinds of risks that each project and each team lives with."""
    if isinstance(scenario.risks, str):
        return _default_register(scenario, given) if scenario.risks == "default" else []
    pools = list(scenario.pools)
    days = given["days_a_year"]
    return [
        Kind(
            risk.of,
            EFFECTS[risk.effect],
            -math.log1p(-risk.chance_a_year) / days,
            risk.impact,
            w.NONE if risk.pool is None else pools.index(risk.pool),
        )
        for risk in scenario.risks
    ]


def _default_register(scenario: Scenario, given: Given) -> list[Kind]:
    project = Kind("project", w.EFFORT, given["risk_hazard"], given["risk_impact"])
    kinds = [project] * int(given["risks_a_project"])
    if given["operational_risks"] <= 0:
        return kinds
    days = given["days_a_year"]
    kinds.append(Kind("team", w.PEOPLE, given["key_person_chance"] / days, 1.0))
    kinds.append(Kind("team", w.EFFORT, given["supplier_chance"] / days, given["supplier_hours"]))
    kinds.append(Kind("team", w.MONEY, given["security_chance"] / days, given["security_cost"]))
    shares = pools_of_teams(len(scenario.teams), len(scenario.pools)).shape[1]
    kinds += [Kind("team", w.POOL_OUT, given["outage_chance"] / days, given["outage_days"])] * shares
    return kinds


def pools_of_teams(teams: int, pools: int) -> NDArray[np.int64]:
    """The pools whose outages each team looks after (teams x some pools), dealt evenly.

    A pool fails for all teams, and few teams look after all pools; in a large organisation each looks after
    `POOLS_A_TEAM` neighbouring ones, or the days would cost teams x pools.
    """
    each = min(pools, max(POOLS_A_TEAM, math.ceil(pools / max(1, teams))))
    first = np.arange(teams) * pools // max(1, teams)
    return (first[:, None] + np.arange(each)) % max(1, pools)


def draw_risks(
    scenario: Scenario, given: Given, projects: Rows, estimates: Floats, teams: Rows, replication: int
) -> Rows:
    """Rows of all risks, project by project, then team by team; sets their first rows and counts."""
    kinds = register(scenario, given)
    of_project = [kind for kind in kinds if kind.of == "project"]
    of_team = [kind for kind in kinds if kind.of == "team"]
    seed = scenario.seed
    mine = _rows(of_project, len(projects), seed, replication, "risks")
    theirs = _rows(of_team, len(teams), seed, replication, "team risks")
    if scenario.risks == "default":
        _share_pools(theirs, of_team, len(scenario.pools))
    mine["project"] = np.arange(len(projects))[:, None]
    effort = mine["effect"] == w.EFFORT
    mine["impact"] *= np.where(effort, estimates[:, None], 1.0)
    theirs["team"] = np.arange(len(teams))[:, None]
    projects["n_risks"], projects["first_risk"] = len(of_project), len(of_project) * np.arange(len(projects))
    teams["n_risks"] = len(of_team)
    teams["first_risk"] = mine.size + len(of_team) * np.arange(len(teams))
    return joined(mine, theirs)


def _share_pools(rows: Rows, kinds: list[Kind], pools: int) -> None:
    """Say which pool each risk of an outage is about, and split the pool's hazard over those who care."""
    places = [k for k, kind in enumerate(kinds) if kind.effect == w.POOL_OUT]
    if not places:
        return
    shared = pools_of_teams(len(rows), pools)
    carers = np.bincount(shared.ravel(), minlength=pools)
    rows["pool"][:, places] = shared
    rows["hazard"][:, places] /= carers[shared]


def _rows(kinds: list[Kind], count: int, seed: int, replication: int, name: str) -> Rows:
    """One row a subject and kind; a strike's size is exponential, but people leave in whole numbers."""
    rows = np.zeros((count, len(kinds)), w.RISK)
    rows["threshold"] = stream(seed, replication, name).standard_exponential(rows.shape)
    luck = stream(seed, replication, f"{name}: impacts")
    size: Floats = np.asarray(luck.standard_exponential(rows.shape))
    for k, kind in enumerate(kinds):
        rows["effect"][:, k], rows["hazard"][:, k], rows["pool"][:, k] = kind.effect, kind.hazard, kind.pool
        if kind.effect == w.PEOPLE:
            size[:, k] = 1.0
        rows["impact"][:, k] = kind.impact * size[:, k]
    rows["project"] = rows["team"] = w.NONE
    rows["struck"] = -1.0
    return rows
