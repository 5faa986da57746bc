"""The books balance in every run: hours, effort, matters, and the time spent in queues."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim import world as w
from sim.scenario import Scenario
from sim.world import World
from tests.examples import examples
from tests.properties.runs import Rows, any_scenario, moments, queues_of, sums

HOURS_OF_MEMBERS = ("productive", "meetings", "ceremonies", "duties", "switching", "idle", "absent")
HOURS_OF_MANAGERS = ("on_matters", "on_switching", "on_handoffs", "on_sync", "duplicated", "idle", "left")


def close(one: Rows, other: Rows) -> bool:
    """Equal but for rounding."""
    return bool(np.allclose(one, other, rtol=1e-9, atol=1e-6))


def members_hours_balance(world: World) -> bool:
    t = world.teams
    spent = sum(t[kind] for kind in HOURS_OF_MEMBERS)
    return close(t["paid"], spent)


def managers_hours_balance(world: World) -> bool:
    m = world.managers
    spent = sum(m[kind] for kind in HOURS_OF_MANAGERS)
    return close(m["available"], spent)


def effort_needed(world: World) -> Rows:
    """Hours that each project takes in all: true effort, and each named source of more and of less."""
    p = world.projects
    true = sums(world.tasks["effort"], world.tasks["project"], len(p))
    return true + p["rework_hours"] + p["drift_hours"] + p["risk_hours"] - p["descoped_hours"]


@examples(60)
@given(any_scenario())
def test_every_hour_paid_went_somewhere(scenario: Scenario) -> None:
    for world in moments(scenario):
        t, clock = world.teams, world.clock[0]
        assert members_hours_balance(world)
        seats = clock["now"] * 8.0 * len(world.members)
        assert np.isclose(t["paid"].sum() - t["overtime"].sum() + t["vacant"].sum(), seats)
        longest = min(clock["now"], world.given["hire_days"][0] + clock["step_days"])
        assert t["vacant"].sum() <= 8.0 * longest * t["leavers"].sum() + 1e-6


@examples(60)
@given(any_scenario())
def test_every_hour_of_a_managers_attention_went_somewhere(scenario: Scenario) -> None:
    for world in moments(scenario):
        assert managers_hours_balance(world)
        expected = world.given["attention_hours"][0] * world.clock["now"][0]
        m = world.managers
        assert np.allclose(m["available"] + m["absent"] + m["vacant"], expected)
        worked = m["paid"] / 8.0 * world.given["attention_hours"][0]
        assert np.allclose(m["available"] + m["absent"], worked), "an empty seat costs nothing"
        by_duty = world.experience["hours"].reshape(-1, w.N_DUTIES)[: len(world.managers)].sum(axis=1)
        assert close(world.managers["on_matters"], by_duty)


@examples(60)
@given(any_scenario())
def test_effort_done_is_true_effort_and_each_named_source_of_more_less_what_is_left(
    scenario: Scenario,
) -> None:
    for world in moments(scenario):
        p = world.projects
        left = sums(world.tasks["remaining"], world.tasks["project"], len(p))
        assert close(p["done_before"] + p["progress"], effort_needed(world) - left)


@examples(60)
@given(any_scenario())
def test_a_delivered_project_took_all_the_effort_that_it_needed(scenario: Scenario) -> None:
    for world in moments(scenario):
        p = world.projects
        delivered = p["state"] == w.DELIVERED
        assert close((p["done_before"] + p["progress"])[delivered], effort_needed(world)[delivered])


@examples(60)
@given(any_scenario())
def test_every_project_is_to_come_open_delivered_cancelled_or_elsewhere(scenario: Scenario) -> None:
    for world in moments(scenario):
        p = world.projects
        to_come = p["state"] == w.FUTURE  # of those on top of plans, some never do
        planned = to_come & (p["on_top"] == 0)
        assert (p["arrival"][planned] > world.clock["begun"][0] - world.clock["step_days"][0]).all()
        is_open = p["queue"] == w.PORTFOLIO_QUEUE
        ways = [to_come, is_open, *(p["state"] == s for s in (w.DELIVERED, w.CANCELLED, w.WITHHELD))]
        assert (np.sum(ways, axis=0) == 1).all()
        assert np.array_equal(p["cancelled"] >= 0.0, p["state"] == w.CANCELLED)


@examples(60)
@given(any_scenario())
def test_what_was_left_of_cancelled_projects_is_what_their_tasks_and_hidden_work_come_to(
    scenario: Scenario,
) -> None:
    for world in moments(scenario):
        p = world.projects
        stopped = p["state"] == w.CANCELLED
        left = sums(world.tasks["remaining"], world.tasks["project"], len(p))
        unnoticed = p["undiscovered"] * p["estimate_hours"] * world.given["change_growth"][0]
        every = left / (1.0 - p["creep"]) + p["stale"] + p["latent"] + unnoticed
        assert close(p["abandoned_hours"], np.where(stopped, every, 0.0))
        assert close(world.clock["abandoned"][0], p["abandoned_hours"].sum())


@examples(60)
@given(any_scenario())
def test_every_matter_raised_is_handled_missed_or_open(scenario: Scenario) -> None:
    for world in moments(scenario):
        c, m = world.counts, world.matters
        still_open = np.bincount(m["duty"][m["open"] == 1], minlength=w.N_DUTIES)
        assert np.array_equal(c["raised"], c["handled"] + c["missed"] + still_open)
        waits = world.waits.reshape(w.N_DUTIES, w.WAIT_BINS).sum(axis=1)
        assert np.array_equal(waits, c["begun"])
        assert (c["handled"] <= c["begun"]).all()


@examples(60)
@given(any_scenario())
def test_littles_law_holds_on_every_queue(scenario: Scenario) -> None:
    """The length of a queue summed over time is the time that all who joined have spent in it."""
    for world in moments(scenario):
        now = world.clock["now"][0]
        standing = np.zeros(len(world.queues))
        for queues, _, rows in queues_of(world).values():
            if queues is world.queues:
                here = rows[rows["queue"] != w.NONE]
                standing += sums(now - here["joined"], here["queue"], len(queues))
        since = world.queues["length"] * (now - world.queues["noted"])  # the books are written once a day
        assert close(world.queues["area"] + since, world.queues["waited"] + standing)
        assert np.array_equal(world.queues["length"], world.queues["joined"] - world.queues["left"])
