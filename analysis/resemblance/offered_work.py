"""Who is offered more work than they can do: a planner's estimate, before any run.

It leaves out rework, changes and waiting, and counts on the greatest haste. So people may be overloaded where
it says nothing; where it speaks, they surely are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.questionnaire.questions import ticket_hours
from sim.building.workload import WEEK, seats, workload
from sim.scenario.assumptions import values
from sim.scenario.structures import NOBODY, TEAM, Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario

_DAY = 8.0
"""Paid hours of a day."""


def overloads(scenario: Scenario) -> list[str]:
    """A sentence for each of members, busiest role and smallest pool that is offered more than it can do.

    Under the structure of today. Nothing where projects are given, each with days of its own.
    """
    if scenario.portfolio.projects is None:
        return []
    given = values(scenario.assumptions)
    today = next(s for s in scenario.all_structures() if s.name == scenario.current)
    shares = [
        (
            "what arrives is {} of the hours that members can work, rework left out",
            members(scenario, given, today),
        ),
        *(
            (f"what falls due is {{}} of the hours that people have as {role}, however hasty they are", share)
            for role, share in roles(scenario, given, today)
        ),
        *((f"tasks that need {pool} are {{}} of its hours", share) for pool, share in pools(scenario, given)),
    ]
    return [said.format(f"{share:.0%}") for said, share in shares if share > 1]


def members(scenario: Scenario, given: Mapping[str, float], today: Structure) -> float:
    """Projects and tickets a year, over the hours that members are there and not in meetings."""
    weeks = given["days_a_year"] / given["week_days"]
    tickets = weeks * ticket_hours(scenario)
    fewer = 1 - given["ticket_maturity_effect"] * given["first_maturity"]
    able = sum(
        team.members * _DAY * _days_there(given) * _outside_meetings(given, today, team.members)
        for team in scenario.teams
    )
    return (_project_hours(scenario, given) + fewer * tickets) / able


def roles(scenario: Scenario, given: Mapping[str, float], today: Structure) -> Iterator[tuple[str, float]]:
    """The busiest role, if anybody manages: what falls due in a week if each matter is rushed, over the hours
    that its people are there and without administration.
    """
    held = seats(scenario, given, today)
    due = dict.fromkeys(held, 0.0)
    for duty, load in workload(scenario, given, today).items():
        if today.holders[duty] not in (TEAM, NOBODY):
            due[today.holders[duty]] += given["rush_floor"] * load.total
    week = given["attention_hours"] * WEEK * _days_there(given) / given["days_a_year"]
    found = []
    for seat in dict.fromkeys(held.values()):  # who holds several roles has the work of all of them
        theirs = [role for role in held if held[role] == seat]
        posts = seat.people - 1 + seat.last_share
        name = " and ".join(theirs).replace("_", " ")
        found.append((name, sum(due[role] for role in theirs) / (posts * week)))
    yield from sorted(found, key=lambda each: -each[1])[:1]


def pools(scenario: Scenario, given: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The smallest pool, if there is one: its part of the tasks that need specialists, over its hours."""
    projects = scenario.portfolio.projects
    if projects is None or not scenario.pools:
        return
    name, units = min(scenario.pools.items(), key=lambda pool: pool[1])
    tasks = projects.pool_share * _project_hours(scenario, given) / len(scenario.pools)
    yield name, tasks / (units * _DAY * given["days_a_year"])


def _project_hours(scenario: Scenario, given: Mapping[str, float]) -> float:
    """Hours a year of projects: as estimated, and by how much they are underestimated on average."""
    projects = scenario.portfolio.projects
    assert projects is not None
    mean_bias = given["project_bias"] * math.exp(given["project_bias_spread"] ** 2 / 2)
    return projects.a_year * projects.effort_hours * mean_bias


def _days_there(given: Mapping[str, float]) -> float:
    return given["days_a_year"] - given["absence_days"]


def _outside_meetings(given: Mapping[str, float], structure: Structure, size: int) -> float:
    """Share of a day that a team of this size leaves its members beside meetings and ceremonies."""
    meetings = min(given["communication_cap"], given["meetings"] + given["communication"] * size**2)
    return 1 - meetings - (given["ceremonies"] if structure.rhythm == "sprints" else 0.0)
