"""The money of one run day by day, so that its last day is the net value that the outcomes tell."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.world import World

Floats = NDArray[np.float64]
Rows = NDArray[Any]


def net_so_far(world: World) -> Floats:
    """Net value (€) from the first day to the end of each, of a run that is over, by completion.

    Work in progress counts as far as it is done, less what was done before the first day; free hours count as
    in the outcomes; penalties, pay and incidents count as they accrue. The last entry is `net_value_a_year`
    times the years of the run.
    """
    return on_delivery_so_far(world) + in_progress_so_far(world) + free_hours_so_far(world)


def on_delivery_so_far(world: World) -> Floats:
    """The same as money comes in: projects count in full on the day that they are paid, and not before.

    The last entry is `net_value_on_delivery_a_year` times the years of the run.
    """
    ends = _ends(world)
    costs = pay(world) + late_penalties(world, ends) + breach_penalties(world, ends)
    return np.asarray(world.history["value"] - costs - incidents(world, ends))


def in_progress_so_far(world: World) -> Floats:
    """By how much work in progress (€) counts for more at the end of each day than before the first."""
    return np.asarray(world.history["in_progress"] - world.clock["opening_value"][0])


def free_hours_so_far(world: World) -> Floats:
    """What free hours (€) are worth by the end of each day: those that nothing left to do will need."""
    history = world.history
    more_left = history["left"] - world.clock["opening_left"][0]
    freed = history["idle"] - more_left - refused_hours(world, _ends(world))
    return np.asarray(value_of_free_hours(world.given[0], freed, history["idle_pay"]))


def value_of_free_hours(given: Any, freed: Any, idle_pay: Any) -> Any:
    """Euro that freed hours of members and idle hours of managers are worth: the same share of their cost.

    `freed` in hours, `idle_pay` in euro: what managers were paid for idle hours.
    """
    price, cost = float(given["free_hour_value"]), float(given["member_cost"])
    share = price / cost if cost > 0.0 else 0.0
    return price * freed + share * idle_pay


def refused_hours(world: World, ends: Floats) -> Floats:
    """True effort (h) of the projects that clients have taken elsewhere by the end of each day."""
    gone = world.projects[world.projects["state"] == w.WITHHELD]
    return np.asarray((ends[:, None] > gone["arrival"]) @ gone["true_hours"])


def _ends(world: World) -> Floats:
    return np.arange(1, len(world.history) + 1, dtype=np.float64)


def pay(world: World) -> Floats:
    """What members and managers have cost (€) by the end of each day."""
    given, history = world.given[0], world.history
    extra = (float(given["overtime_cost"]) - 1.0) * history["overtime"]
    return np.asarray((history["hours"] + extra) * float(given["member_cost"]) + history["management"])


def late_penalties(world: World, ends: Floats) -> Floats:
    """Penalties (€) for late projects from the first day to the end of each: a share of the value a day."""
    given, every = world.given[0], world.projects
    projects = every[(every["state"] != w.FUTURE) & (every["state"] != w.WITHHELD)]
    delivered = np.where(projects["state"] == w.DELIVERED, projects["delivered"], np.inf)
    late = np.maximum(0.0, np.minimum(ends[:, None], delivered) - projects["deadline"])
    late[ends[:, None] < projects["arrival"]] = 0.0
    shares = np.minimum(given["late_penalty"] * late, given["late_penalty_most"])
    return np.asarray(shares @ projects["value"] - world.clock["opening_fines"][0])


def breach_penalties(world: World, ends: Floats) -> Floats:
    """Penalties (€) for breached service levels by the end of each day, each on the day of its breach."""
    every = world.tickets
    served = every[(every["state"] != w.EXPECTED) & (every["gap"] > 0.0)]
    until = np.where(served["state"] == w.RESOLVED, served["resolved"], ends[-1])
    breached = served[until > served["due"]]
    place = np.clip(np.ceil(breached["due"]).astype(int) - 1, 0, len(ends) - 1)
    return np.cumsum(np.bincount(place, breached["penalty"], minlength=len(ends)))


def incidents(world: World, ends: Floats) -> Floats:
    """Cost (€) of struck operational risks by the end of each day: at once, then growing until contained."""
    risks = world.risks[world.risks["cost"] > 0.0]
    days = np.maximum(0.0, ends[:, None] - risks["struck"])
    grown = risks["impact"] * (1.0 + float(world.given[0]["strike_growth"]) * days)
    cost = np.where(days > 0.0, np.minimum(risks["cost"], grown), 0.0)
    return np.asarray(cost.sum(axis=1))
