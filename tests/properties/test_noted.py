"""What rows note for themselves, so that nobody has to count it anew, is what counting anew would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given

from sim import world as w
from sim.clocks.agents import Manager
from sim.clocks.faults import LuckExhausted
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import lending
from sim.rules.attention import priority
from sim.rules.matters import call_of, subject_of
from sim.rules.ownership import lent_by
from sim.scenario import Scenario
from sim.world import World
from sim.world.rows import objects_of
from tests.examples import examples, numbers
from tests.properties.runs import Rows, any_scenario, moments, sums
from tests.whole import run_on, some_organisation, start


def small_ones() -> Iterator[int]:
    """Numbers of random organisations, but for one with 100,000 tasks."""
    return (number for number in numbers(50) if number != 28)


def fifty_fifty(world: World) -> Rows:
    """Earned hours of each task: its estimate once it was done, and half of it from its beginning on."""
    t = world.tasks
    return t["estimate"] * np.where(t["finished"] >= 0.0, 1.0, np.where(t["started"] >= 0.0, 0.5, 0.0))


def books_are_what_tasks_add_up_to(world: World) -> None:
    tasks, projects, parts = world.tasks, world.projects, world.engagements
    earned = fifty_fifty(world)
    assert np.allclose(projects["earned"], sums(earned, tasks["project"], len(projects)))
    assert np.allclose(projects["estimate_hours"], sums(tasks["estimate"], tasks["project"], len(projects)))
    of_team = np.ones(len(parts), bool)
    of_team[projects["ranking"]] = of_team[projects["lending"]] = False
    of_team &= world.partners < len(world.teams)
    there = set()
    for part, team in zip(parts[of_team], world.partners[of_team], strict=True):
        here = (tasks["project"] == part["project"]) & (tasks["team"] == team)
        assert part["estimate_hours"] == pytest.approx(tasks["estimate"][here].sum())
        assert part["earned"] == pytest.approx(earned[here].sum())
        assert (part["project"], team) not in there
        there.add((part["project"], team))
    homes = set(enumerate(projects["home"].tolist()))
    assert there == homes | set(zip(tasks["project"].tolist(), tasks["team"].tolist(), strict=True))
    for field in ("earned", "estimate_hours"):
        by_project = sums(parts[field][of_team], parts["project"][of_team], len(projects))
        assert np.allclose(by_project, projects[field])
        assert not parts[field][~of_team].any(), "specialists and rankers earn nothing"


def speakers_are_who_holds_the_duty_now(world: World) -> int:
    """Who ranks a running project speaks for it, else who lends its people, else who plans it.

    Returns how many were looked at.
    """
    parts, first = world.engagements, world.projects["first_duty"]
    lender, planner = (world.responsibilities["owner"][first + duty] for duty in (w.RESOURCES, w.PLANNING))
    ranker = world.projects["ranker"]
    speaker = np.where(ranker >= 0, ranker, np.where(lender >= 0, lender, planner))
    running = parts["queue"] != w.NONE
    running[world.projects["ranking"]] = running[world.projects["lending"]] = False
    assert np.array_equal(parts["speaker"][running], speaker[parts["project"][running]])
    return int((parts["speaker"][running] >= 0).sum())


@examples(25)
@given(any_scenario())
def test_earned_value_is_what_tasks_begun_and_done_add_up_to(scenario: Scenario) -> None:
    for world in moments(scenario):
        books_are_what_tasks_add_up_to(world)


def test_what_is_noted_outlives_reopened_tasks_and_reorganisations() -> None:
    reopened, before, spoken = 0, 0, 0
    for number in small_ones():
        prepared = some_organisation(number)
        world = start(prepared)
        books_are_what_tasks_add_up_to(world)
        before += int((world.projects["earned"] > 0.0).sum())
        for _ in range(3):
            run_on(world, prepared.scenario.horizon_days // 3)
            books_are_what_tasks_add_up_to(world)
            spoken += speakers_are_who_holds_the_duty_now(world)
            again = (world.tasks["finished"] >= 0.0) & (world.tasks["state"] != w.DONE)
            reopened += int(again.sum())
    assert before > 10 and reopened > 20 and spoken > 100, (before, reopened, spoken)


def teams_of_ranker(world: World, owner: int) -> set[int]:
    """The teams that work on the projects in a manager's list, found project by project."""
    found = set()
    place = world.shared[lent_by(world, owner)].first
    while place != w.NONE:
        project = world.projects[world.engagements[place].project]
        ahead = range(project.first_engagement, project.first_engagement + project.n_engagements)
        found |= {world.partners[k] for k in ahead if world.partners[k] < len(world.teams)}
        place = world.engagements[place].after
    return found


def chain(world: World, first: int) -> list[int]:
    """The teams from `first` on, each `beside` the next."""
    teams = []
    while first != w.NONE:
        teams.append(first)
        first = world.teams[first].beside
    return teams


def test_on_each_occasion_each_team_is_weighed_once_and_the_neediest_borrows_from_the_idlest() -> None:
    seen = Counter[str]()
    for number in small_ones():
        prepared = some_organisation(number)
        compiled = start(prepared)
        run_on(compiled, prepared.scenario.horizon_days // 2)
        compiled.teams["skill"] %= 1 + number % 2  # in half of them all can help
        world = objects_of(compiled)
        gap = world.given[0].loan_gap_hours = 0.5
        for owner in range(len(world.managers)):  # one after the other, over the same teams
            world.counts[w.RESOURCES].handled += 1
            first = lending.weigh_teams(world, owner)
            teams = chain(world, first)
            assert len(teams) == len(set(teams)) and set(teams) == teams_of_ranker(world, owner)
            load = {team: lending.load_of_team(world, team) for team in range(len(world.teams))}
            assert all(world.teams[team].load == load[team] for team in teams)
            busy = [team for team in teams if load[team] > 0.0]
            borrower = lending.borrower_of(world, first)
            assert borrower == min(busy, key=lambda team: (-load[team], team), default=w.NONE)
            if borrower != w.NONE:
                skill = world.teams[borrower].skill
                able = [t for t in teams if world.teams[t].skill == skill and load[t] < load[borrower] - gap]
                lender = lending.lender_of(world, first, borrower)
                assert lender == min(able, key=lambda team: (load[team], team), default=w.NONE)
                seen.update(teams=len(teams) > 1, lent=bool(able))
    assert min(seen["teams"], seen["lent"]) > 5, seen


def loudness(world: World, matter: Any) -> float:
    """How much a matter calls for attention, as docs/explanation/model.md has it."""
    given = world.given[0]
    urgency = (world.clock[0].now - matter.raised) / given.urgent_days
    if matter.pressing:
        urgency += given.blocking_urgency
    elif world.duties[matter.duty].proactive:
        urgency *= given.proactive_urgency
    value = 1.0 if matter.project == w.NONE else world.projects[matter.project].weight
    return float(given.firefighting * urgency + (1.0 - given.firefighting) * value)


class Watchful(Manager):
    """Looks again at all in the tray before each choice, finds it as noted, and takes the loudest."""

    looks: ClassVar = Counter[str]()

    def choose(self) -> int:
        world = self.world
        for matter_id in self.in_tray():
            matter = world.matters[matter_id]
            assert abs(call_of(world, matter_id) - loudness(world, matter)) <= 1e-9
            assert matter.subject == subject_of(world, matter_id)
            self.looks.update(["hourly" if world.clock[0].steps_a_day > 1 else "daily"])
            self.looks.update(["lost"] * (matter.joined > matter.raised))
        self.looks.update(["reorganised"] * (min(m.borders for m in world.managers) < 1.0))
        chosen = super().choose()
        come = [m for m in self.in_tray() if world.matters[m].joined <= world.clock[0].now]
        at_hand = [self.matter] if self.matter != w.NONE else come
        assert chosen == max(at_hand, key=lambda m: priority(world, self.row, m), default=w.NONE)
        return chosen


def test_before_each_choice_matters_call_for_attention_as_noted() -> None:
    Watchful.looks.clear()
    for number in small_ones():
        prepared = some_organisation(number)
        structure = prepared.structures[0]
        watchful = {role.name: Watchful for role in structure.roles}
        office = DeliveryOrganisation(prepared, structure.name, agents=watchful)
        try:
            office.run(days=min(60, prepared.scenario.horizon_days))
        except LuckExhausted:  # extreme: more luck needed than drawn
            continue
    looks = Watchful.looks
    assert min(looks["hourly"], looks["daily"], looks["lost"], looks["reorganised"]) > 100, looks
