"""The risks of one replication: the default register or the scenario's own, with the luck of each."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim import world as w
from sim.building.projects import Given
from sim.building.work import Ints
from sim.scenario import Scenario
from sim.world import Rows
from sim.world.copies import joined, one_row, repeated
from sim.world.luck import PLANNED, draw_apart

POOLS_A_TEAM = 8
EFFECTS = {"effort": w.EFFORT, "people": w.PEOPLE, "pool": w.POOL_OUT, "money": w.MONEY}


class Kind(NamedTuple):
    """A line of the register: `hazard` strikes a day, and the mean of what a strike costs at once."""

    of: str
    effect: int
    hazard: float
    impact: float
    pool: int = w.NONE


def _kinds(scenario: Scenario, given: Given) -> list[Kind]:
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


class Register(NamedTuple):
    """Rows of risks before luck: those of each project, and those of all teams (teams x some)."""

    of_project: Rows
    of_teams: Rows


def register(scenario: Scenario, given: Given) -> Register:
    """The risks that every replication of a scenario has, with the mean of their impacts."""
    kinds = _kinds(scenario, given)
    of_project = _rows([kind for kind in kinds if kind.of == "project"])
    of_team = _rows([kind for kind in kinds if kind.of == "team"])
    teams = len(scenario.teams)
    of_teams = repeated(of_team, teams).reshape(teams, len(of_team))
    of_teams["team"] = np.arange(teams)[:, None]
    if scenario.risks == "default":
        _share_pools(of_teams, len(scenario.pools))
    return Register(of_project, of_teams)


def _rows(kinds: list[Kind]) -> Rows:
    rows = repeated(one_row(w.Risk.dtype, project=w.NONE, team=w.NONE, struck=-1.0), len(kinds))
    for name in ("effect", "hazard", "pool", "impact"):
        rows[name] = [getattr(kind, name) for kind in kinds]
    return rows


def _share_pools(rows: Rows, pools: int) -> None:
    """Say which pool each risk of an outage is about, and split the pool's hazard over those who care."""
    places = rows["effect"][0] == w.POOL_OUT
    if places.any():
        shared = pools_of_teams(len(rows), pools)
        carers = np.bincount(shared.ravel(), minlength=pools)
        rows["pool"][:, places] = shared
        rows["hazard"][:, places] /= carers[shared]


def draw_risks(
    register: Register, projects: Rows, source: Ints, teams: Rows, seed: int, replication: int
) -> Rows:
    """Rows of all risks, project by project, then team by team; sets their first rows and counts."""
    each, each_team = len(register.of_project), register.of_teams.shape[1]
    rows = joined(repeated(register.of_project, len(projects)), register.of_teams)
    first = each * len(projects)
    mine, theirs = rows[:first].reshape(len(projects), each), rows[first:].reshape(len(teams), each_team)
    _draw(mine, seed, replication, "risks", source)
    _draw(theirs, seed, replication, "team risks", np.full(len(teams), PLANNED, np.int32))
    mine["project"] = np.arange(len(projects))[:, None]
    mine["impact"] *= np.where(mine["effect"] == w.EFFORT, projects["estimate_hours"][:, None], 1.0)
    projects["n_risks"], projects["first_risk"] = each, each * np.arange(len(projects))
    teams["n_risks"], teams["first_risk"] = each_team, first + each_team * np.arange(len(teams))
    return rows


def _draw(rows: Rows, seed: int, replication: int, name: str, source: Ints) -> None:
    """When risks strike, and how hard: a strike's size is exponential, but people leave in whole numbers."""

    def exponential(luck: Generator, count: int) -> NDArray[np.float64]:
        return luck.standard_exponential((count, rows.shape[1]))

    threshold = draw_apart(seed, replication, name, exponential, source)
    rows["strikes_at"] = np.inf
    np.divide(threshold, rows["hazard"], out=rows["strikes_at"], where=rows["hazard"] > 0.0)
    size = draw_apart(seed, replication, f"{name}: impacts", exponential, source)
    rows["impact"] *= np.where(rows["effect"] == w.PEOPLE, 1.0, size)
