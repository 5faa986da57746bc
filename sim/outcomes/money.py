"""The money of a run, reckoned in one way: of the whole run for its outcomes, and day by day."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.outcomes.sums import sums_of
from sim.rules.totals import Totals
from sim.world import Assumptions, World
from sim.world.rows import as_object

Floats = NDArray[np.float64]
Amount = TypeVar("Amount", float, Floats)


class Amounts(NamedTuple, Generic[Amount]):
    """What the money of a run is reckoned from: numbers of the whole run, or arrays with an entry a day.

    All so far, and in euro unless it says otherwise.
    """

    income: Amount  # of projects that were paid and of services
    hours: Amount  # h of members paid
    overtime: Amount  # h of that
    management: Amount
    idle_pay: Amount  # of management
    fines: Amount  # for late projects
    breaches: Amount
    incidents: Amount
    in_progress: Amount  # what work under way counts for, more than before the first day
    idle: Amount  # h of members
    left: Amount  # h left to do, more than before the first day
    refused: Amount  # h of projects that clients took elsewhere, and that were left of those stopped


def assumptions_of(world: World) -> Assumptions:
    """The assumptions of a run."""
    return as_object(Assumptions, world.given[0])


def amounts_of(t: Totals) -> Amounts[float]:
    """Those of a run that is over."""
    return Amounts(
        income=t.value + t.earned,
        hours=t.paid,
        overtime=t.overtime,
        management=t.manager_pay,
        idle_pay=t.manager_idle_pay,
        fines=t.fines,
        breaches=t.breach_penalties,
        incidents=t.incidents,
        in_progress=t.in_progress,
        idle=t.idle,
        left=t.left,
        refused=t.refused,
    )


def amounts_by_day(world: World) -> Amounts[Floats]:
    """Those at the end of each day of a run that is over; the last are what its totals say."""
    last = amounts_of(sums_of(world)[0])
    return Amounts(*(np.append(of[:-1], whole) for of, whole in zip(accrued(world), last, strict=True)))


def accrued(world: World) -> Amounts[Floats]:
    """Those at the end of each day, by what the history says of it, and by the dates of what costs."""
    history, clock = world.history, as_object(w.Clock, world.clock[0])
    ends = np.arange(1, len(history) + 1, dtype=np.float64)
    return Amounts(
        income=history["value"],
        hours=history["hours"],
        overtime=history["overtime"],
        management=history["management"],
        idle_pay=history["idle_pay"],
        fines=late_penalties(world, ends),
        breaches=breach_penalties(world, ends),
        incidents=incidents(world, ends),
        in_progress=history["in_progress"] - clock.opening_value,
        idle=history["idle"],
        left=history["left"] - clock.opening_left,
        refused=refused_hours(world, ends) + history["abandoned"],
    )


def people(given: Assumptions, of: Amounts[Amount]) -> Amount:
    """What members and managers cost (€)."""
    hours = of.hours + (given.overtime_cost - 1.0) * of.overtime
    return hours * given.member_cost + of.management


def freed_hours(of: Amounts[Amount]) -> Amount:
    """Idle hours of members that nothing left to do will need, nor what was taken elsewhere would have."""
    return of.idle - of.left - of.refused


def free_hours(given: Assumptions, of: Amounts[Amount]) -> Amount:
    """What freed hours of members and idle hours of managers are worth (€): the same share of their cost."""
    price, cost = given.free_hour_value, given.member_cost
    share = price / cost if cost > 0.0 else 0.0
    return price * freed_hours(of) + share * of.idle_pay


def on_delivery(given: Assumptions, of: Amounts[Amount]) -> Amount:
    """Net value (€) as money comes in: projects count in full on the day that they are paid."""
    return of.income - people(given, of) - of.fines - of.breaches - of.incidents


def by_completion(given: Assumptions, of: Amounts[Amount]) -> Amount:
    """Net value (€): work in progress counts as far as it is done, less what was done before the first day;
    free hours count; penalties, pay and incidents count as they accrue.
    """
    return on_delivery(given, of) + of.in_progress + free_hours(given, of)


def net_so_far(world: World) -> Floats:
    """Net value (€) by completion from the first day to the end of each, of a run that is over.

    The last entry is `net_value_a_year` times the years of the run.
    """
    return by_completion(assumptions_of(world), amounts_by_day(world))


def refused_hours(world: World, ends: Floats) -> Floats:
    """True effort (h) of the projects that clients have taken elsewhere by the end of each day."""
    gone = world.projects[world.projects["state"] == w.WITHHELD]
    return np.asarray((ends[:, None] > gone["arrival"]) @ gone["true_hours"])


def late_penalties(world: World, ends: Floats) -> Floats:
    """Penalties (€) for late projects from the first day to the end of each: a share of the value a day."""
    given, every = assumptions_of(world), world.projects
    projects = every[(every["state"] != w.FUTURE) & (every["state"] != w.WITHHELD)]
    over = np.where(projects["state"] == w.DELIVERED, projects["delivered"], np.inf)
    over = np.where(projects["state"] == w.CANCELLED, projects["cancelled"], over)
    late = np.maximum(0.0, np.minimum(ends[:, None], over) - projects["deadline"])
    late[ends[:, None] < projects["arrival"]] = 0.0
    shares = np.minimum(given.late_penalty * late, given.late_penalty_most)
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
    grown = risks["impact"] * (1.0 + assumptions_of(world).strike_growth * days)
    cost = np.where(days > 0.0, np.minimum(risks["cost"], grown), 0.0)
    return np.asarray(cost.sum(axis=1))
