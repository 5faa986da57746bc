"""A structure as rows: who holds which duty, how often it recurs, and how many people hold each role."""

from __future__ import annotations

import numpy as np

from sim import world as w
from sim.building.projects import Given
from sim.building.workload import cadence, seats, workload
from sim.scenario import Scenario
from sim.scenario.structures import (
    FURTHER,
    OVERLAP_AREAS,
    PROACTIVE_DUTIES,
    PROJECT_DUTIES,
    TEAM,
    TEAM_DUTIES,
    Structure,
)
from sim.vocabulary import DUTIES
from sim.world import Rows


def staffing(scenario: Scenario, given: Given, structure: Structure) -> dict[str, Rows]:
    """The duties and roles of a structure as rows, by table, and those of the structure that follows it."""
    duties, roles = _duties(scenario, given, structure), _roles(scenario, given, structure)
    result = {"duties": duties, "roles": roles}
    result |= {"next_duties": np.zeros(0, w.Duty.dtype), "next_roles": np.zeros(0, w.Role.dtype)}
    result["further"] = _further(structure, duties, 0)
    after = structure.successor
    if after is not None:
        result["next_duties"] = _duties(scenario, given, after)
        more = _further(after, result["next_duties"], len(result["further"]))
        result["further"] = np.concatenate([result["further"], more])
        result["next_roles"] = _roles(scenario, given, after)
        before = {role.name: row for row, role in enumerate(structure.roles)}
        result["next_roles"]["kept"] = [before.get(role.name, w.NONE) for role in after.roles]
        count = max(len(result["roles"]), len(result["next_roles"]))
        for name in ("roles", "next_roles"):
            rows = np.zeros(count, w.Role.dtype)
            rows[: len(result[name])] = result[name]
            result[name] = rows
    return result


def _duties(scenario: Scenario, given: Given, structure: Structure) -> Rows:
    rows = np.zeros(w.N_DUTIES, w.Duty.dtype)
    role_numbers = {role.name: k for k, role in enumerate(structure.roles)}
    by_team = {role.name: role.by_team for role in structure.roles}
    areas = {duty: k for k, duties in enumerate(OVERLAP_AREAS.values()) for duty in duties}
    every, weights = cadence(given, structure), workload(scenario, given, structure)
    for number, duty in enumerate(DUTIES):
        holder = structure.holders[duty]
        row = rows[number]
        row["role"] = role_numbers.get(holder, w.TEAM if holder == TEAM else w.NOBODY)
        row["by_team"] = by_team.get(holder, False)
        row["about"] = _about(duty)
        row["by_project"] = duty not in (*TEAM_DUTIES, "resources", "service_oversight", "satisfaction")
        row["family"] = duty not in PROJECT_DUTIES
        row["area"] = areas.get(duty, w.NONE)
        row["proactive"] = duty in PROACTIVE_DUTIES
        row["hours"] = given[f"{duty}_hours"]
        row["every"] = every[duty]
        row["weight"] = weights[duty].each
    return rows


def _further(structure: Structure, duties: Rows, first: int) -> Rows:
    """The further roles of each duty, as rows that begin at `first`; `duties` get to know theirs."""
    numbers = {role.name: k for k, role in enumerate(structure.roles)}
    found: list[tuple[int, int]] = []
    for row, duty in zip(duties, DUTIES, strict=True):
        mine = [(numbers[role], k) for k, part in enumerate(FURTHER) for role in structure.beside(duty, part)]
        row["first_further"], row["n_further"] = first + len(found), len(mine)
        found += mine
    return np.array(found, w.FurtherRole.dtype)


def _about(duty: str) -> int:
    """What a duty is about."""
    if duty in TEAM_DUTIES:
        return w.ABOUT_TEAM
    return {"service_oversight": w.ABOUT_SERVICE, "satisfaction": w.ABOUT_CLIENT}.get(duty, w.ABOUT_PROJECT)


def _roles(scenario: Scenario, given: Given, structure: Structure) -> Rows:
    people = seats(scenario, given, structure)
    rows = np.zeros(len(structure.roles), w.Role.dtype)
    for row, role in zip(rows, structure.roles, strict=True):
        row["first_post"], row["count"], row["last_share"] = people[role.name]
        row["by_team"] = role.by_team
        row["cost"] = scenario.manager_costs.get(role.name, given["manager_cost"])
    return rows
