"""What items tell of an organisation's work: each number with the items that it was taken from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Any

from analysis.imports.body_of_work import Work
from analysis.imports.record import Item
from analysis.words.numbers import many

DAYS_A_YEAR = 365.25
SHORTEST_YEARS = 0.25
"""A shorter period says nothing of how much comes in a year."""

FEWEST_PROJECTS = 5
"""Fewer projects say nothing of those to come."""

USUAL_TASK_HOURS = 40.0
"""Hours of a task where no item of the files says any: those of the default portfolio."""


@dataclass(frozen=True)
class Known:
    """A value, and where it comes from in a few words."""

    value: Any
    why: str


@dataclass(frozen=True)
class Hours:
    """Estimated hours of each task, by id, and how many of them had to be guessed, with what."""

    of: Mapping[str, float]
    why: str


def hours_of(work: Work, *, only_left: bool = False) -> Hours:
    """Hours of each task: the estimate; else what was spent on finished ones; else the median of the others.

    With `only_left`, what remains of it.
    """
    said = {key: _said(item, only_left) for key, item in work.tasks.items()}
    known = [hours for hours in said.values() if hours is not None]
    usual = median(known) if known else USUAL_TASK_HOURS
    lacking = len(said) - len(known)
    guess = "the median of the others" if known else "the default"
    why = f"{len(known):,} of {len(said):,} tasks say their hours"
    if lacking:
        why += f"; the other{f' {lacking:,} count' if lacking > 1 else ' counts'} with {usual:g} h, {guess}"
    return Hours({key: usual if hours is None else hours for key, hours in said.items()}, why)


def _said(item: Item, only_left: bool) -> float | None:
    if only_left:
        if item.remaining_hours is not None or item.estimate_hours is None:
            return item.remaining_hours
        return max(0.0, item.estimate_hours - (item.spent_hours or 0.0))
    if item.estimate_hours is not None:
        return item.estimate_hours
    if item.remaining_hours is not None:
        return item.remaining_hours + (item.spent_hours or 0.0)
    return (item.spent_hours or None) if item.finished else None


def period(items: Sequence[Item]) -> tuple[date, date] | None:
    """The first and the last day on which something came in or was done; None if no day is known."""
    days = [day for item in items for day in (item.created, item.started, item.done) if day]
    return (min(days), max(days)) if days else None


def by_project(work: Work) -> dict[str, list[Item]]:
    """The tasks of each project."""
    found: dict[str, list[Item]] = {}
    for key, item in work.tasks.items():
        found.setdefault(work.project[key], []).append(item)
    return found


def portfolio(work: Work, hours: Hours, team: Mapping[str, str]) -> dict[str, Known]:
    """What is known of a portfolio to generate, by the key of `portfolio.projects`."""
    projects = by_project(work)
    days = period([*work.tasks.values(), *work.tickets])
    if not projects or not days:
        return {}
    open_now = sum(any(not item.finished for item in items) for items in projects.values())
    n = many(len(projects), "project")
    found = {"at_start": _within(open_now, 0, 1000, f"{open_now:,} of {n} have open items on {days[1]}")}
    years = (days[1] - days[0]).days / DAYS_A_YEAR
    if years >= SHORTEST_YEARS:
        began = f"{n} began from {days[0]} to {days[1]}"
        found["a_year"] = _within(round(len(projects) / years, 1), 0, 5000, began)
    tasks = round(fmean(len(items) for items in projects.values()))
    found["tasks"] = _within(tasks, 1, 1000, f"mean of {n}, {len(work.tasks):,} tasks")
    effort = [sum(hours.of[item.id] for item in items) for items in projects.values()]
    found["effort_hours"] = _within(round(fmean(effort)), 1, 1_000_000, f"mean of {n}: {hours.why}")
    crossing = sum(_crossing([team[item.id] for item in items]) for items in projects.values())
    share = f"{crossing:,} of {len(work.tasks):,} tasks are of another team than most of their project"
    found["cross_team"] = Known(round(crossing / len(work.tasks), 2), share)
    return found


def _crossing(teams: Sequence[str]) -> int:
    """Tasks that are of another team than most of their project."""
    return len(teams) - Counter(teams).most_common(1)[0][1]


def _within(value: float, low: float, high: float, why: str) -> Known:
    kept = min(max(value, low), high)
    return Known(kept, why if kept == value else f"{why}; {value:g} is outside of what a scenario may say")


def services(work: Work) -> dict[str, Known]:
    """What is known of services, by the key of `portfolio.services`; nothing where there are no tickets."""
    days = period([*work.tasks.values(), *work.tickets])
    names = sorted({item.project for item in work.tickets})
    if not work.tickets or not days:
        return {}
    listed = ", ".join(name for name in names if name)
    n = f"{many(len(work.tickets), 'ticket')} of {listed[:200] or 'the files'}"
    found = {"count": Known(min(len(names), 5000), f"{n}: defects and requests are most of what they have")}
    weeks = (days[1] - days[0]).days / 7
    if weeks >= 4:
        rate = round(len(work.tickets) / weeks / len(names), 2)
        found["tickets_a_week"] = _within(rate, 0, 10_000, f"{n} from {days[0]} to {days[1]}")
    urgent = [item.severe for item in work.tickets if item.severe is not None]
    if urgent:
        share = f"{sum(urgent):,} of {len(urgent):,} tickets have the highest priorities"
        found["severe_share"] = Known(round(sum(urgent) / len(urgent), 2), share)
    spent = [hours for item in work.tickets if (hours := item.spent_hours or item.estimate_hours)]
    if spent:
        why = f"mean of {many(len(spent), 'ticket')} with hours"
        found["effort_hours"] = _within(round(fmean(spent), 1), 0.01, 10_000, why)
    return found


def portfolio_is_known(known: Mapping[str, Known], work: Work) -> bool:
    """Whether there is enough to say what projects are to come."""
    return "a_year" in known and len(set(work.project.values())) >= FEWEST_PROJECTS
