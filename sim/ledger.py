"""The money of one run day by day, so that its last day is the net value that the outcomes tell."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w

Floats = NDArray[np.float64]
Rows = NDArray[Any]


def net_so_far(world: w.World) -> Floats:
    """Net value (€) from the first day to the end of each, of a run that is over.

    Deliveries count in full on their day; penalties, pay and incidents count as they accrue. The last entry
    is `net_value_a_year` times the years of the run.
    """
    history = world.history
    ends = np.arange(1, len(history) + 1, dtype=np.float64)
    costs = pay(world) + late_penalties(world, ends) + breach_penalties(world, ends)
    return np.asarray(history["value"] - costs - incidents(world, ends))


def pay(world: w.World) -> Floats:
    """What members and managers have cost (€) by the end of each day."""
    given, history = world.given[0], world.history
    extra = (float(given["overtime_cost"]) - 1.0) * history["overtime"]
    managers = history["management"] * float(given["manager_cost"])
    return np.asarray((history["hours"] + extra) * float(given["member_cost"]) + managers)


def late_penalties(world: w.World, ends: Floats) -> Floats:
    """Penalties (€) for late projects by the end of each day: a share of the value for each day late."""
    given, every = world.given[0], world.projects
    projects = every[(every["state"] != w.FUTURE) & (every["state"] != w.WITHHELD)]
    delivered = np.where(projects["state"] == w.DELIVERED, projects["delivered"], np.inf)
    late = np.maximum(0.0, np.minimum(ends[:, None], delivered) - projects["deadline"])
    late[ends[:, None] < projects["arrival"]] = 0.0
    shares = np.minimum(given["late_penalty"] * late, given["late_penalty_most"])
    return np.asarray(shares @ projects["value"])


def breach_penalties(world: w.World, ends: Floats) -> Floats:
    """Penalties (€) for breached service levels by the end of each day, each on the day of its breach."""
    every = world.tickets
    served = every[(every["state"] != w.EXPECTED) & (every["gap"] > 0.0)]
    until = np.where(served["state"] == w.RESOLVED, served["resolved"], ends[-1])
    breached = served[until > served["due"]]
    place = np.clip(np.ceil(breached["due"]).astype(int) - 1, 0, len(ends) - 1)
    return np.cumsum(np.bincount(place, breached["penalty"], minlength=len(ends)))


def incidents(world: w.World, ends: Floats) -> Floats:
    """Cost (€) of struck operational risks by the end of each day: at once, then growing until contained."""
    risks = world.risks[world.risks["cost"] > 0.0]
    days = np.maximum(0.0, ends[:, None] - risks["struck"])
    grown = risks["impact"] * (1.0 + float(world.given[0]["strike_growth"]) * days)
    cost = np.where(days > 0.0, np.minimum(risks["cost"], grown), 0.0)
    return np.asarray(cost.sum(axis=1))
