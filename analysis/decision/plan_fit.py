"""Where a given plan does not fit the horizon or the people: seen before any run, and told as a warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from analysis.words.numbers import count, many, number

if TYPE_CHECKING:
    from sim.scenario import Scenario

_DAY = 8.0
"""Paid hours of a day."""


def misfits(scenario: Scenario) -> list[str]:
    """A sentence for each way in which a plan, or its lack, does not fit; none where all does."""
    if nothing_to_do(scenario):
        return [f"no work begins within the {many(scenario.horizon_days, 'day')}: nothing will happen"]
    return [*_outside(scenario), *_too_early(scenario), *_too_much(scenario)]


def nothing_to_do(scenario: Scenario) -> bool:
    """Whether no project begins before the end, and no service brings tickets: nothing happens."""
    services, projects = scenario.portfolio.services, scenario.portfolio.projects
    if services is not None and services.count and services.tickets_a_week:
        return False
    if projects is not None and (projects.at_start or projects.a_year):
        return False
    if scenario.plan is None:  # or of old results, whose tables are no longer there
        return projects is not None
    return all(project.start_day >= scenario.horizon_days for project in scenario.plan.projects)


def _outside(scenario: Scenario) -> Iterator[str]:
    """Projects that begin after the end, and deadlines that lie there."""
    projects, end = scenario.plan.projects if scenario.plan else (), scenario.horizon_days
    never = {p.name: p.start_day for p in projects if p.start_day >= end}
    if never:
        yield f"{_dated(never, scenario)} would begin after the end on day {end}, and will not be seen"
    late = {p.name: p.deadline_day for p in projects if p.deadline_day and p.deadline_day > end}
    late = {name: day for name, day in late.items() if name not in never}
    if late:
        after = f"after the end on day {end}: being late will not be seen"
        yield f"{_dated(late, scenario, ends=True)} must be done only {after}"


def _too_early(scenario: Scenario) -> Iterator[str]:
    """Deadlines before the end of the longest chain of tasks, which no number of people can meet."""
    plan = scenario.plan
    if plan is None:
        return
    from sim.scenario.critical_path import ends_of_projects

    ends = zip(plan.projects, ends_of_projects(plan), strict=True)
    early = {p.name: p.deadline_day for p, end in ends if p.deadline_day is not None and p.deadline_day < end}
    if early:
        of = "its" if len(early) == 1 else "the"
        yield (
            f"{_dated(early, scenario, ends=True)} cannot be done by {of} deadline: "
            "the longest chain of tasks alone takes longer"
        )


def _dated(days: Mapping[str, int], scenario: Scenario, *, ends: bool = False) -> str:
    """The first of some projects with its day, and how many more there are; `ends`: days as deadlines."""
    name, day = next(iter(days.items()))
    more = f" and {count(len(days) - 1)} more" if len(days) > 1 else ""
    calendar = scenario.calendar
    if calendar is None:
        return f"{name} (day {day}){more}"
    date = calendar.date_of_end(day) if ends else calendar.date_of(day)
    return f"{name} ({date}, day {day}){more}"


def _too_much(scenario: Scenario) -> Iterator[str]:
    """Teams that have more hours of tasks before the end than their members are paid for."""
    hours: dict[str, float] = defaultdict(float)
    end = scenario.horizon_days
    projects = scenario.plan.projects if scenario.plan else ()
    for task in scenario.plan.tasks if scenario.plan else ():
        if projects[task.project].start_day < end:
            hours[task.team] += task.estimate_hours
    for team in scenario.teams:
        paid = team.members * _DAY * end
        if hours[team.name] > paid:
            people = many(team.members, "member")
            yield (
                f"{team.name} has {number(hours[team.name], 0)} hours of tasks for {people} "
                f"in {many(end, 'day')}, which are {number(paid, 0)} paid hours"
            )
