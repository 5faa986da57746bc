"""What one run is reduced to: the outcomes, from the rows of a world whose run is over.

Projects that are not finished at the horizon are never left out: a due one counts as late by at least
the days until the horizon, and the share unfinished is an outcome of its own.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.copies import some
from sim.outcomes import DUTIES

Floats = NDArray[np.float64]
Rows = NDArray[Any]


def reduce_run(world: w.World) -> dict[str, float]:
    """All outcomes of a run by name (see `sim.outcomes.OUTCOMES`); NaN where there was nothing to measure."""
    result = _of_projects(world)
    result |= _of_teams(world)
    result |= _of_managers(world)
    result |= _of_services(world)
    result |= _of_pools(world)
    result |= _of_clients(world)
    return result | _of_money(world, result)


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else math.nan


def _mean(values: Floats) -> float:
    return float(values.sum() / values.size) if values.size else math.nan


def _quantile(values: Floats, share: float) -> float:
    """The value that `share` of all do not exceed (inverse of the distribution function); NaN of nothing."""
    if not values.size:
        return math.nan
    place = max(0, math.ceil(share * values.size) - 1)
    return float(np.partition(values, place)[place])


def _of_projects(world: w.World) -> dict[str, float]:
    now = float(world.clock["now"][0])
    every = world.projects
    p = some(every, (every["state"] != w.FUTURE) & (every["state"] != w.WITHHELD))
    delivered = p["state"] == w.DELIVERED
    until = np.where(delivered, p["delivered"], now)
    due = p["deadline"] <= now
    delay = np.maximum(0.0, until - p["deadline"])[due]
    lead = until - p["arrival"]
    effort = p["done_before"] + p["progress"] + p["creep_hours"]
    budget, wanted = float(p["budget_hours"][delivered].sum()), p["estimate_hours"].sum()
    total = p["progress"].sum() + p["creep_hours"].sum()
    old_enough = delivered | (lead >= p["planned_days"])
    return {
        "projects_delivered": float(delivered.sum()),
        "unfinished_share": _share(float((~delivered & due).sum()), float(due.sum())),
        "on_time_share": _share(float((delay <= 0.0).sum()), float(due.sum())),
        "delay_days": _mean(delay),
        "delay_days_p90": _quantile(delay, 0.9),
        "lead_days": _mean(lead[delivered]),
        "slip_ratio": _quantile((lead / p["planned_days"])[old_enough], 0.5),
        "cost_over_budget": _share(float(effort[delivered].sum()) - budget, budget),
        "scope_delivered": 1.0 - _share(float(p["descoped"].sum()), float(wanted)),
        "rework_share": _share(float(p["rework_hours"].sum()), float(total)),
        "creep_share": _share(float(p["creep_hours"].sum()), float(total)),
        "escaped_defect_hours": _mean(p["escaped"][delivered]),
        "risk_loss_hours": float(p["risk_hours"].sum()),
        "projects_withheld": float((every["state"] == w.WITHHELD).sum()),
    }


def _of_teams(world: w.World) -> dict[str, float]:
    t = world.teams
    paid = float(t["paid"].sum())
    present = paid - float(t["absent"].sum())
    waits = world.queues[[w.FIRST_TEAM_QUEUE + k * w.QUEUES_A_TEAM + w.WAITING_QUEUE for k in range(len(t))]]
    return {
        "utilisation": _share(float(t["productive"].sum()), present),
        "idle_share": _share(float(t["idle"].sum()), present),
        "blocked_days": _share(float(waits["waited"].sum()), float(waits["left"].sum())),
        "overtime_share": _share(float(t["overtime"].sum()), paid),
        "fatigue": _mean(world.members["fatigue"]),
        "absent_share": _share(float(t["absent"].sum()), paid),
        "leavers": float(t["leavers"].sum()),
        "managers_left": float(world.managers["leavers"].sum()),
        "maturity_gain": _mean(t["maturity"] - t["first_maturity"]),
    }


def _of_services(world: w.World) -> dict[str, float]:
    """Tickets that came: an unresolved one counts as breached once its time is over."""
    now = float(world.clock["now"][0])
    every = world.tickets
    came = some(every, every["state"] != w.EXPECTED)
    served = some(came, came["gap"] > 0.0)
    until = np.where(served["state"] == w.RESOLVED, served["resolved"], now)
    over = served["state"] == w.RESOLVED
    breached = until > served["due"]
    decided = over | breached
    warranty = some(came, came["gap"] == 0.0)
    return {
        "ticket_level_share": _share(float((~breached & decided).sum()), float(decided.sum())),
        "ticket_days": _mean((until - served["raised"])[over]),
        "breaches": float(breached.sum()),
        "breach_penalties": float(served["penalty"][breached].sum()),
        "warranty_hours": float((warranty["effort"] - warranty["remaining"]).sum()),
        "service_income": float(world.services["earned"].sum()),
    }


def _of_clients(world: w.World) -> dict[str, float]:
    c = world.clients
    return {
        "satisfaction": _mean(c["satisfaction"]),
        "complaints": float(c["complaints"].sum()),
        "clients_lost": float((c["here"] == 0).sum()),
        "revenue_lost": float(c["lost_value"].sum()),
    }


def _of_pools(world: w.World) -> dict[str, float]:
    """How busy the busiest specialists were, and how long tasks waited in all pools' lines, to this day."""
    now, pools = float(world.clock["now"][0]), world.pools
    if not len(pools) or now <= 0.0:
        return {"pool_use": math.nan, "pool_wait_days": math.nan}
    first = int(world.clock["first_pool_queue"][0])
    lines = world.queues[first : first + len(pools)]
    return {
        "pool_use": float((pools["busy"] / (pools["units"] * now)).max()),
        "pool_wait_days": _share(float(lines["area"].sum()), float(lines["joined"].sum())),
    }


def _of_managers(world: w.World) -> dict[str, float]:
    m, counts = world.managers, world.counts
    available = float(m["available"].sum())
    seen = m["available"] > 0.0  # who was never there was neither busy nor idle
    use = 1.0 - m["idle"][seen] / m["available"][seen]
    hours = world.experience["hours"].reshape(-1, w.N_DUTIES).sum(axis=0) if len(m) else np.zeros(w.N_DUTIES)
    begun = float(counts["begun"].sum())
    result = {
        "manager_use": 1.0 - _share(float(m["idle"].sum()), available),
        "manager_use_spread": float(use.max() - use.min()) if len(use) else math.nan,
        "matter_wait_days": _share(float(counts["waited"].sum()), begun),
        "matter_wait_days_p90": _wait_quantile(world, 0.9),
        "matters_handled": float(counts["handled"].sum()),
        "matters_missed": float(counts["missed"].sum()),
        "matters_dropped": float(counts["dropped"].sum()),
        "matters_duplicated": float(counts["duplicated"].sum()),
        "duplicated_share": _share(float(m["duplicated"].sum()), available),
        "switching_share": _share(float(m["on_switching"].sum()), available),
        "handoff_share": _share(float(m["on_handoffs"].sum()), available),
        "sync_share": _share(float(m["on_sync"].sum()), available),
    }
    for number, duty in enumerate(DUTIES):
        result[f"attention_{duty}"] = float(hours[number])
        result[f"wait_{duty}"] = _share(float(counts["waited"][number]), float(counts["begun"][number]))
    return result


def _wait_quantile(world: w.World, share: float) -> float:
    """Days that `share` of all matters waited at most, to the width of a bin."""
    matters = world.waits.reshape(w.N_DUTIES, w.WAIT_BINS).sum(axis=0)
    if not matters.sum():
        return math.nan
    return float(np.searchsorted(np.cumsum(matters), share * matters.sum()) * w.WAIT_BIN_DAYS)


def _of_money(world: w.World, outcomes: dict[str, float]) -> dict[str, float]:
    """The ledger: value on delivery and services, less people, lateness, breaches and incidents."""
    given, p, t = world.given[0], world.projects, world.teams
    now = float(world.clock["now"][0])
    delivered = p["state"] == w.DELIVERED
    arrived = (p["state"] != w.FUTURE) & (p["state"] != w.WITHHELD)
    late = np.where(arrived, np.maximum(0.0, np.where(delivered, p["delivered"], now) - p["deadline"]), 0.0)
    fines = np.minimum(given["late_penalty"] * late, given["late_penalty_most"]) * p["value"]
    kept = np.maximum(0.0, 1.0 - given["cut_value"] * p["descoped"] / np.maximum(p["estimate_hours"], 1.0))
    value = float((p["value"] * kept)[delivered].sum())
    overtime = float(t["overtime"].sum())
    hours = float(t["paid"].sum()) + (float(given["overtime_cost"]) - 1.0) * overtime
    managers = float(world.managers["paid"].sum())
    people = hours * float(given["member_cost"]) + managers * float(given["manager_cost"])
    incidents = float(world.risks["cost"].sum())
    earned = value + outcomes["service_income"]
    years = now / float(given["days_a_year"])
    penalties = float(fines.sum())
    return {
        "value_delivered": value,
        "cost_of_people": people,
        "penalties": penalties,
        "incident_cost": incidents,
        "net_value_a_year": (earned - people - penalties - outcomes["breach_penalties"] - incidents) / years,
    }
