"""At every moment of a run everybody and everything is in one place, and every row makes sense."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim import world as w
from sim.scenario import Scenario
from sim.world import World
from tests.examples import examples
from tests.properties.runs import (
    Rows,
    any_scenario,
    moments,
    pool_queues,
    queues_of,
    sums,
    team_queues,
)
from tests.whole import carry_pairs, interfaces_have_reasons, numbers_make_sense


def in_line(queue: Rows, rows: Rows) -> list[int]:
    """The rows of a queue, first to last, with each link checked on the way."""
    line: list[int] = []
    row, before = int(queue["first"]), w.NONE
    while row != w.NONE:
        assert rows["before"][row] == before
        line.append(row)
        assert len(line) <= queue["length"]
        row, before = int(rows["after"][row]), row
    assert queue["last"] == before
    assert len(line) == queue["length"]
    return line


@examples(60)
@given(any_scenario())
def test_whoever_stands_in_a_queue_stands_there_once_and_in_order_of_coming(scenario: Scenario) -> None:
    """Tickets that were given back stand at the head of their line, the last one foremost. Those who join in
    one step do so team by team, so that within it the order is not that of the moments.
    """
    for world in moments(scenario):
        meant: dict[int, set[int]] = {id(world.queues): set(), id(world.shared): set()}
        for queues, numbers, rows in queues_of(world).values():
            for number in numbers:
                line = in_line(queues[number], rows)
                assert set(line) == set(np.flatnonzero(rows["queue"] == number))
                later = np.diff(rows["joined"][line])
                rises = np.flatnonzero(later > 0)
                given_back = (rises[0] if len(rises) else len(later)) if rows is world.tickets else 0
                assert not (later[given_back:] < -world.clock["step_days"][0]).any()
            assert set(rows["queue"]) <= {w.NONE, *numbers}
            meant[id(queues)] |= set(numbers)
        assert meant[id(world.queues)] == set(range(len(world.queues)))


def waits_for_a_day(world: World) -> Rows:
    """Tasks that wait for nothing but the day on which they may begin, or end."""
    t = world.tasks
    if not len(world.holds):
        return np.zeros(len(t), bool)
    running = world.projects["state"][t["project"]] == w.RUNNING
    begins = (t["state"] == w.WAITING) & (t["predecessors_left"] == 0) & running
    ends = (t["state"] == w.HELD) & (world.holds["ends_left"] == 0)
    assert (world.holds["start_from"][begins] >= world.clock["now"][0]).all()
    assert (world.holds["end_from"][ends] >= world.clock["now"][0]).all()
    return begins | ends


@examples(60)
@given(any_scenario())
def test_every_task_is_where_its_state_says(scenario: Scenario) -> None:
    for world in moments(scenario):
        tasks = world.tasks
        state, team = tasks["state"], tasks["team"]
        place = np.full(len(tasks), w.NONE)
        waits = np.isin(state, (w.HANDING_OVER, w.UNASSIGNED, w.BLOCKED))
        place[waits] = team_queues(world, w.WAITING_QUEUE)[team[waits]]
        ready = state == w.READY
        place[ready] = team_queues(world, w.READY_QUEUE)[team[ready]]
        scarce = ready & (tasks["n_needs"] > 0)
        place[scarce] = pool_queues(world)[world.needs["pool"][tasks["first_need"][scarce]]]
        dated = waits_for_a_day(world)
        place[dated] = w.DATED_QUEUE
        assert np.array_equal(tasks["queue"], place)
        assert np.array_equal(tasks["matter"] != w.NONE, waits)
        matters = world.matters[tasks["matter"][waits]]
        assert (matters["open"] == 1).all() and (matters["about"] == w.ABOUT_TASK).all()
        assert np.array_equal(matters["row"], np.flatnonzero(waits))
        assert world.clock["next_matter"][0] <= len(world.matters)
        assert (tasks["remaining"][state == w.DONE] == 0).all()
        assert (tasks["remaining"] >= 0).all()
        left = sums(state != w.DONE, tasks["project"], len(world.projects))
        assert np.array_equal(world.projects["tasks_left"], left)


@examples(60)
@given(any_scenario())
def test_every_active_task_is_in_the_hands_of_one_member_of_its_team(scenario: Scenario) -> None:
    for world in moments(scenario):
        members, tasks = world.members, world.tasks
        busy = np.flatnonzero(members["task"] != w.NONE)
        held = members["task"][busy]
        assert len(set(held)) == len(held)
        assert set(held) == set(np.flatnonzero(tasks["state"] == w.ACTIVE))
        assert np.array_equal(tasks["member"][held], busy)
        assert np.array_equal(tasks["team"][held], members["team"][busy])


@examples(60)
@given(any_scenario())
def test_what_a_member_has_to_do_is_in_line_for_them_or_in_hand(scenario: Scenario) -> None:
    """The books of who is free leave no crumbs: whoever has nothing to do has exactly nothing."""
    for world in moments(scenario):
        theirs = np.isin(world.tasks["state"], (w.READY, w.ACTIVE)) & (world.tasks["member"] != w.NONE)
        tasks = world.tasks[theirs]
        reserved = sums(tasks["estimate"], tasks["member"], len(world.members))
        count = np.bincount(tasks["member"], minlength=len(world.members))
        assert np.allclose(world.members["reserved"], reserved, atol=1e-6)
        assert np.array_equal(world.members["promised"], count)
        assert (world.members["reserved"][count == 0] == 0.0).all()


@examples(60)
@given(any_scenario())
def test_the_hours_that_wait_for_a_team_stand_in_its_lines(scenario: Scenario) -> None:
    for world in moments(scenario):
        ready = team_queues(world, w.READY_QUEUE)
        lines = team_queues(world, w.TICKET_QUEUE)
        for team in range(len(world.teams)):
            hours = world.tasks["remaining"][world.tasks["queue"] == ready[team]].sum()
            hours += world.tickets["remaining"][world.tickets["queue"] == lines[team]].sum()
            assert np.isclose(world.teams["waiting"][team], hours, atol=1e-6)


@examples(60)
@given(any_scenario())
def test_specialists_are_never_promised_twice(scenario: Scenario) -> None:
    for world in moments(scenario):
        used = np.zeros(len(world.pools))
        for task in world.tasks[world.tasks["state"] == w.ACTIVE]:
            needs = world.needs[task["first_need"] : task["first_need"] + task["n_needs"]]
            np.add.at(used, needs["pool"], needs["units"])
        assert np.array_equal(world.pools["used"], used)
        assert (world.pools["used"] <= world.pools["units"]).all()


@examples(60)
@given(any_scenario())
def test_no_task_starts_before_what_it_follows_is_done(scenario: Scenario) -> None:
    for world in moments(scenario):
        tasks = world.tasks
        for_start, for_end = np.zeros(len(tasks)), np.zeros(len(tasks))
        over = np.isin(world.projects["state"], (w.CANCELLED, w.WITHHELD))
        for task in tasks[tasks["finished"] < 0]:
            for k in range(task["first_successor"], task["first_successor"] + task["n_successors"]):
                following = world.successors[k]
                kind = world.ties["kind"][k] if len(world.ties) else w.FINISH_START
                elsewhere = tasks["project"][following] != task["project"]
                began = kind in (w.START_START, w.START_FINISH) and task["started"] >= 0
                if not began and not (elsewhere and over[task["project"]]):
                    (for_start if kind in (w.FINISH_START, w.START_START) else for_end)[following] += 1
        assert np.array_equal(tasks["predecessors_left"], for_start)
        before = (world.projects["begun"][tasks["project"]] == 1) & (tasks["started"] == 0.0)
        assert (tasks["predecessors_left"][(tasks["started"] >= 0) & ~before] == 0).all()
        if len(world.holds):
            assert np.array_equal(world.holds["ends_left"], for_end)
            assert (for_end[(tasks["finished"] >= 0) & ~before] == 0).all()


@examples(60)
@given(any_scenario())
def test_nobody_thinks_about_a_project_that_is_over_any_more(scenario: Scenario) -> None:
    for world in moments(scenario):
        m, p = world.matters, world.projects
        delivered = np.flatnonzero(p["state"] == w.DELIVERED)
        over = np.flatnonzero(np.isin(p["state"], (w.DELIVERED, w.CANCELLED)))
        assert not m["open"][np.isin(m["project"], over)].any()
        assert (p["tasks_left"][delivered] == 0).all()
        assert (p["delivered"][delivered] >= 0).all()
        assert (p["delivered"][delivered] <= world.clock["now"][0]).all()
        assert (p["milestones_accepted"] <= p["milestones_reached"]).all()
        assert (p["milestones_reached"] <= p["milestones"]).all()
        waits = p["milestones_accepted"] < p["milestones_reached"]
        assert np.array_equal(p["milestone_since"] >= 0.0, waits)
        in_portfolio = np.isin(p["state"], (w.STARTING, w.RUNNING, w.CHECKING))
        assert np.array_equal(p["queue"] == w.PORTFOLIO_QUEUE, in_portfolio)
        assert not np.isin(world.engagements["project"][world.engagements["queue"] != w.NONE], over).any()
        dropped = np.isin(world.tasks["project"], np.flatnonzero(p["state"] == w.CANCELLED))
        unfinished = world.tasks["state"] != w.DONE
        assert np.array_equal(world.tasks["state"] == w.DROPPED, dropped & unfinished)


@examples(60)
@given(any_scenario())
def test_an_open_matter_lies_with_its_owner(scenario: Scenario) -> None:
    for world in moments(scenario):
        m = world.matters
        owned = (m["open"] == 1) & (m["owner"] >= 0)
        tray = world.clock["first_tray"][0] + m["owner"]
        unclear = owned & (m["queue"] == w.LIMBO_QUEUE)  # each of two thinks it the other's
        above = m["queue"] == w.SPONSOR_QUEUE
        assert np.array_equal(m["queue"][owned & ~unclear & ~above], tray[owned & ~unclear & ~above])
        assert (m["open"][above] == 1).all() and (m["duty"][above] == w.STAKEHOLDERS).all()
        r = world.responsibilities
        assert (r["shared_with"][m["responsibility"][unclear]] != w.NONE).all()
        nobody = (m["open"] == 0) | ((m["owner"] == w.NOBODY) & ~above)
        assert (m["queue"][nobody] == w.NONE).all()
        at_hand = world.managers["matter"]
        for number in np.flatnonzero(at_hand != w.NONE):
            assert m["owner"][at_hand[number]] == number
            assert m["open"][at_hand[number]]


@examples(60)
@given(any_scenario())
def test_each_row_of_matters_is_open_or_free_and_known_to_what_it_is_about(scenario: Scenario) -> None:
    for world in moments(scenario):
        m, r = world.matters, world.responsibilities
        free = world.free_rows[: world.clock["free_matters"][0]]
        is_open = np.flatnonzero(m["open"])
        used = np.arange(world.clock["next_matter"][0])
        assert np.array_equal(np.sort(np.concatenate([free, is_open])), used), "none lost, none given twice"
        held, waiting = np.flatnonzero(r["matter"] != w.NONE), np.flatnonzero(world.tasks["matter"] != w.NONE)
        known = np.concatenate([r["matter"][held], world.tasks["matter"][waiting]])
        assert np.array_equal(np.sort(known), is_open)
        mine = m[r["matter"][held]]
        assert np.array_equal(mine["responsibility"], held)
        for field in ("about", "row", "duty"):
            assert np.array_equal(mine[field], r[field][held]), field
        of_tasks = m[world.tasks["matter"][waiting]]
        assert (of_tasks["about"] == w.ABOUT_TASK).all() and np.array_equal(of_tasks["row"], waiting)
        assert np.array_equal(r["duty"][of_tasks["responsibility"]], of_tasks["duty"])


def dealt(world: World) -> Rows:
    """Hours a week that each manager should carry: for teams all the time, for projects while they run."""
    load = np.zeros(len(world.managers))
    running = world.projects[world.projects["queue"] != w.NONE]
    of_teams = int(world.clock["first_team_duty"][0])
    owner = world.responsibilities["owner"]
    for number, duty in enumerate(world.duties):
        if duty["role"] >= 0 and (duty["about"] == w.ABOUT_TEAM or duty["by_team"]):
            owners = owner[of_teams + np.arange(len(world.teams)) * w.N_DUTIES + number]
            np.add.at(load, owners, duty["weight"])
        for about, first, count in (
            (w.ABOUT_SERVICE, "first_service_duty", len(world.services)),
            (w.ABOUT_CLIENT, "first_client_duty", len(world.clients)),
        ):
            if duty["role"] >= 0 and not duty["by_team"] and duty["about"] == about:
                np.add.at(load, owner[int(world.clock[first][0]) :][:count], duty["weight"])
        if duty["role"] >= 0 and duty["about"] == w.ABOUT_PROJECT and not duty["by_team"]:
            np.add.at(load, owner[running["first_duty"] + number], duty["weight"] * running["size"])
    other = running[
        (running["ranker"] >= 0) & (running["ranker"] != owner[running["first_duty"] + w.RESOURCES])
    ]
    np.add.at(load, other["ranker"], world.duties["weight"][w.RESOURCES] * other["size"])
    carry_pairs(world, load)
    return load


@examples(60)
@given(any_scenario())
def test_a_manager_carries_what_has_been_dealt_out_and_not_taken_back(scenario: Scenario) -> None:
    for world in moments(scenario):
        assert np.allclose(world.managers["load"], dealt(world), atol=1e-6)
        running = world.projects[world.projects["queue"] != w.NONE]
        rankers = running["ranker"]
        ranked = np.bincount(rankers[rankers >= 0], minlength=len(world.managers))
        assert np.array_equal(world.managers["projects"], ranked)


@examples(60)
@given(any_scenario())
def test_interfaces_are_those_with_a_reason_and_end_with_it(scenario: Scenario) -> None:
    for world in moments(scenario):
        interfaces_have_reasons(world)
        if not (world.projects["queue"] != w.NONE).any():
            assert not world.links.any()


@examples(60)
@given(any_scenario())
def test_every_number_of_a_world_is_finite_and_every_share_a_share(scenario: Scenario) -> None:
    for world in moments(scenario):
        numbers_make_sense(world)
