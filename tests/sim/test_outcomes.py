"""What an outcome says is so: each counted again, row by row, as one would explain it to a reader."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import world as w
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world
from sim.outcomes.reduce import reduce_run
from sim.scenario import load
from sim.vocabulary import DUTIES
from sim.world import World
from tests.sound import milestones_missed
from tests.whole import has_luck, run_on, some_organisation, start

ROOT = Path(__file__).parents[2]
DISGRUNTLED = {"assumptions": {"first_satisfaction": 0.1, "leave_hazard": 0.05}}
LIBRARY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("scaleup", "separated", {}),
    ("startup", "dm_only", {}),
    ("managed_services", "agile", DISGRUNTLED),
)


@cache
def worlds() -> tuple[World, ...]:
    """Runs that are over: some of the library, one with clients who leave, and small ones in which
    everything happens.
    """
    found = []
    for name, structure, changes in LIBRARY:
        prepared = prepare(load(ROOT / "scenarios" / f"{name}.yaml").with_changes(changes))
        found.append(run_world(prepared, draw_base(prepared, 1), structure, 1))
    for number in range(25):
        prepared = some_organisation(number)
        world = start(prepared)
        run_on(world, prepared.scenario.horizon_days)
        if has_luck(prepared, world):
            found.append(world)
    return tuple(found)


def ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else math.nan


def mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else math.nan


def may_be_rework(world: World) -> np.ndarray:
    """Hours left, by project, of the tasks that have begun, or where another team's work was guessed at."""
    tasks = world.tasks
    left = np.where((tasks["started"] >= 0) | (tasks["between_teams"] == 1), tasks["remaining"], 0.0)
    return np.bincount(tasks["project"], left, minlength=len(world.projects))


def on_top(world: World) -> np.ndarray:
    """Projects that came beyond those planned."""
    return world.projects[(world.projects["on_top"] == 1) & (world.projects["state"] != w.FUTURE)]


def of_projects(world: World) -> dict[str, float]:
    """A project that is due and not delivered is late by the days until now: none is ever left out."""
    now, every = float(world.clock["now"][0]), world.projects
    came_at = (every["state"] != w.FUTURE) & (every["state"] != w.WITHHELD)
    came = every[came_at]
    over = came["state"] == w.DELIVERED
    stopped = came["state"] == w.CANCELLED
    end = np.where(over, came["delivered"], np.where(stopped, came["cancelled"], now))
    late = np.maximum(0.0, end - came["deadline"])
    missed = milestones_missed(came, now)
    due = came["deadline"] <= now
    old = over | (end - came["arrival"] >= came["planned_days"])
    slips = np.sort(((end - came["arrival"]) / came["planned_days"])[old])
    done = came[over]
    spent = done["done_before"] + done["progress"] + done["creep_hours"]
    effort = came["progress"].sum() + came["creep_hours"].sum()
    rework = came["rework_hours"]
    owed = np.minimum(rework, may_be_rework(world)[came_at])
    other = np.maximum(0.0, came["progress"] - rework + owed).sum() + came["creep_hours"].sum()
    return {
        "projects_delivered": float(over.sum()),
        "milestones_late_share": ratio(
            (came["milestones_late"] + missed).sum(), (came["milestones_met"] + missed).sum()
        ),
        "cancelled_share": mean(stopped),
        "given_up_share": mean((came["cause"] == w.GIVEN_UP)[stopped]),
        "cancelled_at": mean((came["earned"] / came["estimate_hours"])[stopped]),
        "projects_withheld": float((every["state"] == w.WITHHELD).sum()),
        "projects_on_top": float(len(on_top(world))),
        "unfinished_share": mean(~over[due]),
        "on_time_share": mean(over[due] & (late[due] == 0.0)),
        "delay_days": mean(late[due]),
        "lead_days": mean((end - came["arrival"])[over]),
        "drift_days": ratio(came["unseen_days"].sum(), came["drifts"].sum()),
        "slip_ratio": float(slips[math.ceil(len(slips) / 2) - 1]) if len(slips) else math.nan,
        "cost_over_budget": ratio(spent.sum(), done["budget_hours"].sum()) - 1.0,
        "scope_delivered": 1.0 - ratio(came["descoped"].sum(), came["estimate_hours"].sum()),
        "rework_share": ratio(rework.sum(), rework.sum() + other),
        "creep_share": ratio(came["creep_hours"].sum(), effort),
        "escaped_defect_hours": mean(done["escaped"]),
        "risk_loss_hours": float(came["risk_hours"].sum()),
    }


def of_services_and_clients(world: World) -> dict[str, float]:
    """A ticket that is open when its time is over has breached its level already."""
    now = float(world.clock["now"][0])
    served = world.tickets[(world.tickets["state"] != w.EXPECTED) & (world.tickets["gap"] > 0.0)]
    resolved = served["state"] == w.RESOLVED
    breached = np.where(resolved, served["resolved"], now) > served["due"]
    kept = resolved & ~breached
    return {
        "ticket_level_share": ratio(kept.sum(), kept.sum() + breached.sum()),
        "ticket_days": mean((served["resolved"] - served["raised"])[resolved]),
        "breaches": float(breached.sum()),
        "satisfaction": mean(world.clients["satisfaction"]),
        "complaints": float(world.clients["complaints"].sum() + world.projects["complained"].sum()),
        "clients_lost": float((world.clients["here"] == 0).sum()),
        "revenue_lost": float(world.clients["lost_value"].sum()),
        "revenue_won": float(on_top(world)["value"].sum()),
        "service_income": float(world.services["earned"].sum()),
    }


def of_people(world: World) -> dict[str, float]:
    """Members' shares are of the time that they are there; a manager who was never there has no use."""
    t, m = world.teams, world.managers
    there = t["paid"].sum() - t["absent"].sum()
    use = 1.0 - m["idle"][m["available"] > 0] / m["available"][m["available"] > 0]
    attention = m["available"].sum()
    return {
        "utilisation": ratio(t["productive"].sum(), there),
        "idle_share": ratio(t["idle"].sum(), there),
        "overtime_share": ratio(t["overtime"].sum(), t["paid"].sum()),
        "absent_share": ratio(t["absent"].sum(), t["paid"].sum()),
        "leavers": float(t["leavers"].sum()),
        "managers_left": float(m["leavers"].sum()),
        "fatigue": mean(world.members["fatigue"]),
        "maturity_gain": mean(t["maturity"] - t["first_maturity"]),
        "manager_use": 1.0 - ratio(m["idle"].sum(), attention),
        "manager_use_spread": float(use.max() - use.min()) if len(use) else math.nan,
        "switching_share": ratio(m["on_switching"].sum(), attention),
        "handoff_share": ratio(m["on_handoffs"].sum(), attention),
        "sync_share": ratio(m["on_sync"].sum(), attention),
        "duplicated_share": ratio(m["duplicated"].sum(), attention),
    }


def of_matters(world: World) -> dict[str, float]:
    c = world.counts
    hours = world.experience["hours"].reshape(-1, len(DUTIES)).sum(axis=0)
    return {
        "matters_handled": float(c["handled"].sum()),
        "matters_missed": float(c["missed"].sum()),
        "matters_dropped": float(c["dropped"].sum()),
        "matters_duplicated": float(c["duplicated"].sum()),
        "matter_wait_days": ratio(c["waited"].sum(), c["begun"].sum()),
        **{f"attention_{duty}": float(hours[k]) for k, duty in enumerate(DUTIES)},
        **{f"wait_{duty}": ratio(c["waited"][k], c["begun"][k]) for k, duty in enumerate(DUTIES)},
    }


@pytest.mark.parametrize("count", [of_projects, of_services_and_clients, of_people, of_matters])
def test_an_outcome_is_what_one_counts_in_the_rows(count) -> None:  # type: ignore[no-untyped-def]
    for number, world in enumerate(worlds()):
        told = reduce_run(world)
        for name, value in count(world).items():
            assert told[name] == pytest.approx(value, rel=1e-9, abs=1e-9, nan_ok=True), (name, number)


def test_the_runs_that_are_counted_have_everything_to_count() -> None:
    """Else two counts of nothing would agree."""
    told = [reduce_run(world) for world in worlds()]
    for name in ("unfinished_share", "on_time_share", "clients_lost", "complaints", "breaches", "leavers",
                 "managers_left", "projects_withheld", "projects_on_top", "revenue_won", "matters_dropped",
                 "duplicated_share"):  # fmt: skip
        assert any(outcomes[name] > 0 for outcomes in told), name
