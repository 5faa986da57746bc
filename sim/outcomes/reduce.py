"""What one run is reduced to: the outcomes, from the rows of a world whose run is over.

Projects that are not finished at the horizon are never left out: a due one counts as late by at least
the days until the horizon, and the share unfinished is an outcome of its own.
"""

from __future__ import annotations

import math

import numpy as np

from sim import world as w
from sim.outcomes import money
from sim.outcomes.sums import Floats, sums_of
from sim.rules.totals import Totals
from sim.vocabulary import DUTIES


def reduce_run(world: w.World) -> dict[str, float]:
    """All outcomes of a run by name (see `sim.vocabulary.OUTCOMES`); NaN where there was nothing to
    measure.
    """
    t, delays, slips = sums_of(world)
    result = _of_projects(t, delays, slips)
    result |= _of_teams(t, world)
    result |= _of_managers(t) | _of_matters(t, world)
    result |= _of_services(t) | _of_pools(t, world) | _of_clients(t, world)
    return result | _of_money(t, world)


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _quantile(values: Floats, share: float) -> float:
    """The value that `share` of all do not exceed (inverse of the distribution function); NaN of nothing."""
    if not values.size:
        return math.nan
    place = max(0, math.ceil(share * values.size) - 1)
    return float(np.partition(values, place)[place])


def _of_projects(t: Totals, delays: Floats, slips: Floats) -> dict[str, float]:
    return {
        "projects_delivered": t.delivered,
        "unfinished_share": _share(t.unfinished, t.due),
        "on_time_share": _share(t.on_time, t.due),
        "delay_days": _share(t.delay, t.due),
        "delay_days_p90": _quantile(delays, 0.9),
        "lead_days": _share(t.lead, t.delivered),
        "drift_days": _share(t.unseen_days, t.drifts),
        "slip_ratio": _quantile(slips, 0.5),
        "cost_over_budget": _share(t.effort - t.budget, t.budget),
        "scope_delivered": 1.0 - _share(t.descoped, t.estimate),
        "rework_share": _share(t.rework, t.rework + t.other_work + t.creep),
        "creep_share": _share(t.creep, t.progress + t.creep),
        "escaped_defect_hours": _share(t.escaped, t.delivered),
        "risk_loss_hours": t.struck,
        "projects_withheld": t.withheld,
        "projects_on_top": t.on_top,
        "milestones_late_share": _share(t.milestones_late, t.milestones),
        "cancelled_share": _share(t.cancelled, t.came),
        "given_up_share": _share(t.given_up, t.cancelled),
        "cancelled_at": _share(t.stopped_at, t.cancelled),
    }


def _of_teams(t: Totals, world: w.World) -> dict[str, float]:
    present = t.paid - t.absent
    return {
        "utilisation": _share(t.productive, present),
        "idle_share": _share(t.idle, present),
        "blocked_days": _share(t.blocked_days, t.blocked),
        "overtime_share": _share(t.overtime, t.paid),
        "fatigue": _share(t.fatigue, len(world.members)),
        "absent_share": _share(t.absent, t.paid),
        "leavers": t.leavers,
        "managers_left": t.managers_left,
        "maturity_gain": _share(t.matured, len(world.teams)),
    }


def _of_services(t: Totals) -> dict[str, float]:
    return {
        "ticket_level_share": _share(t.kept, t.kept + t.breaches),
        "ticket_days": _share(t.resolved_days, t.resolved),
        "breaches": t.breaches,
        "breach_penalties": t.breach_penalties,
        "warranty_hours": t.warranty,
        "service_income": t.earned,
    }


def _of_clients(t: Totals, world: w.World) -> dict[str, float]:
    return {
        "satisfaction": _share(t.satisfaction, len(world.clients)),
        "complaints": t.complaints,
        "clients_lost": t.clients_lost,
        "revenue_lost": t.lost_value,
        "revenue_won": t.won_value,
    }


def _of_pools(t: Totals, world: w.World) -> dict[str, float]:
    pool_days = len(world.pools) * float(world.clock["now"][0])
    return {
        "pool_use": t.pool_use if pool_days > 0.0 else math.nan,
        "pool_wait_days": _share(t.pool_days, t.pool_waits),
    }


def _of_managers(t: Totals) -> dict[str, float]:
    return {
        "manager_use": 1.0 - _share(t.manager_idle, t.available),
        "manager_use_spread": t.busiest - t.idlest if t.available > 0.0 else math.nan,
        "duplicated_share": _share(t.duplicated, t.available),
        "switching_share": _share(t.switching, t.available),
        "handoff_share": _share(t.handoffs, t.available),
        "sync_share": _share(t.sync, t.available),
    }


def _of_matters(t: Totals, world: w.World) -> dict[str, float]:
    result = {
        "matter_wait_days": _share(t.waited, t.begun),
        "matter_wait_days_p90": t.long_wait if t.begun > 0.0 else math.nan,
        "matters_handled": t.handled,
        "matters_missed": t.missed,
        "matters_dropped": t.dropped,
        "matters_duplicated": t.twice,
        "sponsor_wait_days": _share(float(world.clock["decision_days"][0]), int(world.clock["decisions"][0])),
    }
    hours = world.experience["hours"].reshape(-1, w.N_DUTIES)[: len(world.managers)].sum(axis=0)
    waited, begun = world.counts["waited"], world.counts["begun"]
    each = zip(DUTIES, hours.tolist(), waited.tolist(), begun.tolist(), strict=True)
    for duty, hours_of_all, days, matters in each:
        result[f"attention_{duty}"] = hours_of_all
        result[f"wait_{duty}"] = _share(days, matters)
    return result


def _of_money(t: Totals, world: w.World) -> dict[str, float]:
    """Net value by completion; and as money comes in, which is when work is delivered."""
    given, amounts = money.assumptions_of(world), money.amounts_of(t)
    years = float(world.clock["now"][0]) / given.days_a_year
    return {
        "value_delivered": t.value,
        "value_in_progress": t.in_progress,
        "free_hours_value": money.free_hours(given, amounts),
        "hours_freed_a_year": money.freed_hours(amounts) / years,
        "manager_idle_pay_a_year": t.manager_idle_pay / years,
        "cost_of_people": money.people(given, amounts),
        "penalties": t.fines,
        "incident_cost": t.incidents,
        "net_value_a_year": money.by_completion(given, amounts) / years,
        "net_value_on_delivery_a_year": money.on_delivery(given, amounts) / years,
    }
