"""The books balance with everything switched on: services, clients, risks, absences, departures, confusion
about who should act, and a change from any structure to any other in the middle of it.

Thousands of short random organisations, told by their numbers, so that a failure can be looked at again with
`some_organisation(number)`. Each is looked at early, in the middle and at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from sim import world as w
from sim.building.preparation import Prepared
from sim.outcomes.reduce import reduce_run
from sim.world import World
from tests.examples import note_tried, numbers, scaled
from tests.sim.test_clocks import both_clocks_agree
from tests.whole import (
    carry_pairs,
    has_luck,
    interfaces_have_reasons,
    numbers_make_sense,
    run_on,
    some_organisation,
    start,
    team_queue,
)

BLOCKS, A_BLOCK = 8, scaled(250)
LOOKS = 3

Rows = np.ndarray[Any, np.dtype[Any]]


def moments(prepared: Prepared) -> Iterator[World]:
    """The world of a run at a few moments; none after its luck has run out."""
    world = start(prepared)
    days = np.unique(np.linspace(0, prepared.scenario.horizon_days, LOOKS + 1).astype(int))
    for more in np.diff(days):
        run_on(world, int(more))
        if not has_luck(prepared, world):
            return
        yield world


def close(one: Any, other: Any) -> bool:
    """Equal but for rounding."""
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-6))


def count(values: Rows, length: int) -> Rows:
    """How often each of the numbers below `length` occurs."""
    return np.bincount(values, minlength=length)


# --- hours -------------------------------------------------------------------------------------------------


def members_hours_balance(world: World) -> None:
    t, now = world.teams, float(world.clock["now"][0])
    kinds = ("productive", "meetings", "ceremonies", "duties", "switching", "idle", "absent")
    assert close(t["paid"], sum(t[kind] for kind in kinds))
    assert (t["productive"] >= t["tickets"] - 1e-6).all()
    regular = t["paid"].sum() - t["overtime"].sum()
    assert close(regular + t["vacant"].sum(), 8.0 * now * len(world.members))
    assert (t["vacant"].sum() > 0) <= (t["leavers"].sum() > 0)


def managers_hours_balance(world: World) -> None:
    m = world.managers
    kinds = ("on_matters", "on_switching", "on_handoffs", "on_sync", "duplicated", "idle", "left")
    assert close(m["available"], sum(m[kind] for kind in kinds))
    days = world.given["attention_hours"][0] * world.clock["now"][0]
    assert close(m["available"] + m["absent"] + m["vacant"], days)
    assert close(8.0 * world.clock["now"] - m["paid"], 8.0 * m["vacant"] / world.given["attention_hours"])
    assert (m["vacant"][m["leavers"] == 0] == 0).all()
    by_duty = world.experience["hours"].reshape(-1, w.N_DUTIES)[: len(m)].sum(axis=1)
    assert close(m["on_matters"], by_duty)


# --- effort, matters, tickets ------------------------------------------------------------------------------


def effort_balances(world: World) -> None:
    p, tasks = world.projects, world.tasks
    true = np.bincount(tasks["project"], tasks["effort"], minlength=len(p))
    left = np.bincount(tasks["project"], tasks["remaining"], minlength=len(p))
    needed = true + p["rework_hours"] + p["drift_hours"] + p["risk_hours"] - p["descoped_hours"]
    assert close(p["done_before"] + p["progress"], needed - left)
    assert close(p["progress"].sum(), world.clock["progress"][0])
    assert not (left[p["state"] == w.DELIVERED] > 1e-6).any()


def every_matter_is_somewhere(world: World) -> None:
    c, m = world.counts, world.matters
    is_open = m["open"] == 1
    still_open = count(m["duty"][is_open], w.N_DUTIES)
    assert np.array_equal(c["raised"], c["handled"] + c["missed"] + still_open)
    tray = world.clock["first_tray"][0] + m["owner"]
    owned = is_open & (m["owner"] >= 0)
    in_limbo = m["queue"] == w.LIMBO_QUEUE
    above = m["queue"] == w.SPONSOR_QUEUE
    assert ((m["queue"] == tray) | in_limbo | above)[owned].all()
    assert (m["duty"][above] == w.STAKEHOLDERS).all()
    assert (m["queue"][~is_open] == w.NONE).all()
    assert (m["queue"][is_open & (m["owner"] == w.NOBODY) & ~above] == w.NONE).all()
    at_hand = world.managers["matter"]
    busy = at_hand != w.NONE
    assert np.array_equal(m["owner"][at_hand[busy]], np.flatnonzero(busy))
    assert m["open"][at_hand[busy]].all()


def every_ticket_that_came_is_open_in_hand_or_resolved(world: World) -> None:
    s, t, members = world.services, world.tickets, world.members
    served = np.arange(len(t)) < (s["last_ticket"][-1] if len(s) else 0)
    each = s["last_ticket"][0] if len(s) else 0
    came = s["next_ticket"] - each * np.arange(len(s))
    assert (t["state"][served] != w.EXPECTED).sum() == came.sum()
    delivered = world.projects[(world.projects["state"] == w.DELIVERED) & (world.projects["escaped"] > 0)]
    warranty = int(delivered["n_warranty"].sum()) if world.given["escape_cost"][0] > 0 else 0
    assert (t["state"][~served] != w.EXPECTED).sum() == warranty
    waits = t["state"] == w.OPEN
    assert np.array_equal(t["queue"] != w.NONE, waits)
    assert np.array_equal(t["queue"][waits], team_queue(world, t["team"][waits], w.TICKET_QUEUE))
    in_hand = members["ticket"][members["ticket"] != w.NONE]
    assert sorted(in_hand) == list(np.flatnonzero(t["state"] == w.IN_HAND))
    hands = members["team"][members["ticket"] != w.NONE]
    assert np.array_equal(t["team"][in_hand], hands)
    assert np.array_equal(world.teams["on_tickets"], count(hands, len(world.teams)))
    resolved = t["state"] == w.RESOLVED
    assert (t["remaining"][resolved] == 0).all()
    assert np.array_equal(t["resolved"] >= 0, resolved)
    assert (t["resolved"] >= t["raised"])[resolved].all()


# --- people ------------------------------------------------------------------------------------------------


def every_seat_is_taken_or_vacant_and_those_in_it_are_there_or_away(world: World) -> None:
    m, now = world.members, world.clock["now"][0]
    roster = team_queue(world, m["team"], w.ROSTER_QUEUE)
    assert np.array_equal(m["queue"], roster)
    rosters = team_queue(world, np.arange(len(world.teams)), w.ROSTER_QUEUE)
    assert world.queues["length"][rosters].sum() == len(m)
    vacant = m["vacant"] == 1
    assert (m["away_until"][vacant] + 1e-9 >= now - world.clock["step_days"][0]).all()
    assert (m["task"][vacant] == w.NONE).all()
    assert (m["ticket"][vacant] == w.NONE).all()
    left = np.bincount(m["home"], m["leavers"], minlength=len(world.teams))
    assert np.array_equal(world.teams["leavers"], left)


def nobody_works_on_two_things_and_nothing_is_worked_on_twice(world: World) -> None:
    m, tasks = world.members, world.tasks
    held = m["task"][m["task"] != w.NONE]
    assert sorted(held) == list(np.flatnonzero(tasks["state"] == w.ACTIVE))
    used = np.zeros(len(world.pools))
    for task in tasks[tasks["state"] == w.ACTIVE]:
        needs = world.needs[task["first_need"] : task["first_need"] + task["n_needs"]]
        np.add.at(used, needs["pool"], needs["units"])
    assert np.array_equal(world.pools["used"], used)
    struck = world.risks[(world.risks["state"] == w.STRUCK) & (world.risks["effect"] == w.POOL_OUT)]
    assert np.array_equal(world.pools["out"], count(struck["pool"], len(world.pools)))


def owners_carry_what_was_dealt_to_them(world: World) -> None:
    """Also after a change of structure: loads, rankings and interfaces are those of today's owners."""
    r, n, clock = world.responsibilities, len(world.managers), world.clock[0]
    load = np.zeros(n)
    running = world.projects[world.projects["queue"] != w.NONE]
    for number, duty in enumerate(world.duties):
        if duty["role"] < 0:
            continue
        if duty["about"] == w.ABOUT_TEAM or duty["by_team"]:
            rows = clock["first_team_duty"] + np.arange(len(world.teams)) * w.N_DUTIES + number
            np.add.at(load, r["owner"][rows], duty["weight"])
        elif duty["about"] == w.ABOUT_PROJECT:
            owners = r["owner"][running["first_duty"] + number]
            np.add.at(load, owners, duty["weight"] * running["size"])
        else:
            first = clock["first_service_duty" if number == w.OVERSIGHT else "first_client_duty"]
            subjects = world.services if number == w.OVERSIGHT else world.clients
            np.add.at(load, r["owner"][first : first + len(subjects)], duty["weight"])
    rankers = running["ranker"]
    other = running[(rankers >= 0) & (rankers != r["owner"][running["first_duty"] + w.RESOURCES])]
    np.add.at(load, other["ranker"], world.duties["weight"][w.RESOURCES] * other["size"])
    carry_pairs(world, load)
    assert close(world.managers["load"], load)
    assert np.array_equal(world.managers["projects"], count(rankers[rankers >= 0], n))
    interfaces_have_reasons(world)


# --- money, queues, shares ---------------------------------------------------------------------------------


def history_is_the_ledger(world: World) -> None:
    outcomes, days = reduce_run(world), int(world.clock["now"][0])
    history = world.history[:days]
    assert close(history["value"][-1], outcomes["value_delivered"] + outcomes["service_income"])
    assert close(history["hours"][-1], world.teams["paid"].sum())
    assert close(history["management"][-1], world.managers["pay"].sum())
    for field in ("value", "hours", "management", "progress"):
        assert (np.diff(history[field], prepend=0.0) >= -1e-6).all(), field
    years = world.clock["now"][0] / world.given["days_a_year"][0]
    for field in ("idle", "idle_pay"):
        assert (np.diff(history[field], prepend=0.0) >= -1e-6).all(), field
    spent = sum(outcomes[k] for k in ("cost_of_people", "penalties", "breach_penalties", "incident_cost"))
    assert close(outcomes["net_value_on_delivery_a_year"] * years, history["value"][-1] - spent)
    counted = outcomes["value_in_progress"] + outcomes["free_hours_value"]
    assert close(outcomes["net_value_a_year"] * years, history["value"][-1] - spent + counted)
    assert (history["in_progress"] >= 0.0).all() and (history["left"] >= -1e-6).all()


def what_is_left_is_what_its_rows_say(world: World) -> None:
    """The books tell, day by day, what a count of all tasks, tickets and debts tells at the end."""
    p, tasks, tickets = world.projects, world.tasks, world.tickets
    on_tasks = np.bincount(tasks["project"], tasks["remaining"], minlength=len(p)) / (1.0 - p["creep"])
    unnoticed = p["undiscovered"] * p["estimate_hours"] * world.given["change_growth"][0]
    here = np.isin(p["state"], (w.STARTING, w.RUNNING, w.CHECKING))
    left = (on_tasks + p["stale"] + p["latent"] + unnoticed)[here].sum()
    trays = w.FIRST_TEAM_QUEUE + np.arange(len(world.teams)) * w.QUEUES_A_TEAM + w.TRAY_QUEUE
    left += world.matters["remaining"][np.isin(world.matters["queue"], trays)].sum()
    left += tickets["remaining"][np.isin(tickets["state"], (w.OPEN, w.IN_HAND))].sum()
    assert close(world.history["left"][int(world.clock["now"][0]) - 1], left)


def littles_law_holds(world: World) -> None:
    now = world.clock["now"][0]
    spent = world.queues["waited"].copy()
    for rows in (world.projects, world.tasks, world.matters, world.members, world.tickets):
        here = rows[rows["queue"] != w.NONE]
        spent += np.bincount(here["queue"], now - here["joined"], minlength=len(spent))
    since = world.queues["length"] * (now - world.queues["noted"])  # the books are written once a day
    assert close(world.queues["area"] + since, spent)
    assert np.array_equal(world.queues["length"], world.queues["joined"] - world.queues["left"])


BOOKS: tuple[Callable[[World], None], ...] = (
    members_hours_balance,
    managers_hours_balance,
    effort_balances,
    every_matter_is_somewhere,
    every_ticket_that_came_is_open_in_hand_or_resolved,
    every_seat_is_taken_or_vacant_and_those_in_it_are_there_or_away,
    nobody_works_on_two_things_and_nothing_is_worked_on_twice,
    owners_carry_what_was_dealt_to_them,
    history_is_the_ledger,
    what_is_left_is_what_its_rows_say,
    littles_law_holds,
    numbers_make_sense,
)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_books_balance_in_every_random_organisation(block: int) -> None:
    looks = 0
    for number in numbers(250, block * A_BLOCK):
        for world in moments(some_organisation(number)):
            looks += 1
            for book in BOOKS:
                try:
                    book(world)
                except AssertionError as error:
                    day = world.clock["now"][0]
                    raise AssertionError(f"organisation {number}, day {day}: {book.__name__}") from error
    assert looks > 0.97 * LOOKS * A_BLOCK, "too many runs were out of luck"


@pytest.mark.parametrize("number", range(scaled(12)))
def test_agents_and_compiled_run_agree_on_random_organisations(number: int) -> None:
    note_tried()
    prepared = some_organisation(20_000 + number)
    both_clocks_agree(prepared, prepared.structures[0].name)
