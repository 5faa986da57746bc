"""What a given plan is, as it was read: its hours, its longest chain, the load of each team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.words.numbers import many, number

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.plan import Plan

_DAY = 8.0
"""Paid hours of a day."""

_MOST_TEAMS = 12
"""Teams whose load is told one by one."""


def plan_facts(scenario: Scenario) -> list[str]:
    """A sentence for each thing that is worth a look before a plan is run; none where there is no plan."""
    plan = scenario.plan
    if plan is None:
        return []
    hours = sum(task.estimate_hours for task in plan.tasks)
    left = sum((1.0 - task.done) * task.estimate_hours for task in plan.tasks)
    what = f"{many(len(plan.tasks), 'task')} in {many(len(plan.projects), 'project')}"
    done = f", {number(hours - left, 0)} of them done before day 0" if left < hours else ""
    return [
        f"the plan has {what}, {number(hours, 0)} hours{done}",
        _chain(plan),
        _load(scenario, plan),
        *_beside(scenario),
        *plan.notes,
    ]


def _beside(scenario: Scenario) -> Iterator[str]:
    """What is drawn beside the plan: it takes the same hands."""
    projects = scenario.portfolio.projects
    if projects is None:
        return
    begun = f", and {projects.at_start} are there on day 0" if projects.at_start else ""
    a_year, hours = f"{projects.a_year:g}", number(projects.effort_hours, 0)
    yield f"beside the plan, {a_year} projects of {hours} hours arrive a year on average{begun}"


def _chain(plan: Plan) -> str:
    from sim.scenario.critical_path import ends_of_projects

    days = [
        (end - max(0, p.start_day), p.name)
        for end, p in zip(ends_of_projects(plan), plan.projects, strict=True)
    ]
    longest, name = max(days, key=lambda each: each[0])
    long = many(int(longest), "day") if longest == int(longest) else f"{number(longest, 1)} days"
    return f"its longest chain takes {long} at eight hours a day ({name})"


def _load(scenario: Scenario, plan: Plan) -> str:
    """What share of its paid hours until the end each team has to do."""
    hours: dict[str, float] = defaultdict(float)
    for task in plan.tasks:
        hours[task.team] += (1.0 - task.done) * task.estimate_hours
    loads = {t.name: hours[t.name] / (t.members * _DAY * scenario.horizon_days) for t in scenario.teams}
    told = sorted(loads, key=lambda name: -loads[name])
    each = ", ".join(f"{name} {loads[name]:.0%}" for name in told[:_MOST_TEAMS])
    more = f" and {many(len(told) - _MOST_TEAMS, 'team')} less" if len(told) > _MOST_TEAMS else ""
    return f"its load of the paid hours in {many(scenario.horizon_days, 'day')}: {each}{more}"
