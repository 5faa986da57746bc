"""What `rolecall new` asks: some seventeen questions, each with a default that fits the answers before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.scenario.assumptions import values
from sim.scenario.structures import PRESETS

if TYPE_CHECKING:
    from sim.scenario import Scenario

Answers = dict[str, Any]
HOURS_A_YEAR = 2000
"""Paid hours of a member: 250 days of 8."""

ESTIMATED_SHARE = 0.35
"""Share of the paid hours that the example's projects and tickets are estimated at. The rest goes into what
estimates leave out: rework, changed wants, meetings, absence, waiting."""

YEARS_UNDER_WAY = 0.6
"""Years that a project of the example is under way."""

HOURS_A_TICKET = 4
WEEKS_A_YEAR = 50
"""Of work: 250 days, as the model has them."""


@dataclass(frozen=True)
class Question:
    """One question: `key` of its answer, its words, how text becomes an answer, and the default."""

    key: str
    words: str
    read: Callable[[str], Any]
    default: Callable[[Answers], Any]


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace(";", ",").split(",") if name.strip()]


def pools_from(text: str) -> dict[str, int]:
    """`security 2, test lab 1` as names and units; `none` is none."""
    if text.strip().lower() in {"", "none", "no", "-"}:
        return {}
    pools = {}
    for part in _names(text):
        name, _, units = part.rpartition(" ")
        if not (name and units.isdecimal()):
            raise ValueError(f"{part!r} names no number; write as: security 2, test lab 1 (or none)")
        pools[name.strip()] = int(units)
    return pools


def _share(text: str) -> float:
    return round(float(text.rstrip("% ")) / 100, 4)


def _projects_a_year(so_far: Answers) -> float:
    hours = so_far["teams"] * so_far["members"] * HOURS_A_YEAR * ESTIMATED_SHARE
    tickets = so_far["services"] * so_far["tickets"] * WEEKS_A_YEAR * HOURS_A_TICKET
    return float(max(1, round(max(0.2 * hours, hours - tickets) / so_far["effort"])))


QUESTIONS = (
    Question("name", "What is your organisation called?", str, lambda _: "My organisation"),
    Question(
        "current",
        f"Who manages delivery today: one of {', '.join(PRESETS)}?",
        str,
        lambda _: "merged",
    ),
    Question("managers", "How many people hold these roles in all?", int, lambda _: 6),
    Question("teams", "How many teams?", int, lambda _: 8),
    Question("members", "How many members has a team?", int, lambda _: 6),
    Question(
        "skills", "What can the teams do (comma between)?", _names, lambda _: ["web", "data", "platform"]
    ),
    Question(
        "specialists",
        "Which specialists do teams share, and how many (security 2, test lab 1; or none)?",
        pools_from,
        lambda _: {},
    ),
    Question("clients", "How many clients?", int, lambda _: 5),
    Question("services", "How many long-running services do you look after (0 for none)?", int, lambda _: 3),
    Question("tickets", "How many tickets a week has each of them?", float, lambda _: 8.0),
    Question("effort", "How many hours is an ordinary project estimated at?", float, lambda _: 1600.0),
    Question("a_year", "How many projects come in a year?", float, _projects_a_year),
    Question(
        "at_start",
        "How many are under way today?",
        int,
        lambda so_far: max(1, round(so_far["a_year"] * YEARS_UNDER_WAY)),
    ),
    Question(
        "cross_team", "How much of a project do other teams than its own do, in %?", _share, lambda _: 0.3
    ),
    Question("change", "How much of the scope do clients change in a month, in %?", _share, lambda _: 0.03),
    Question("value", "What does an hour of estimated work bring in, in €?", float, lambda _: 360.0),
    Question(
        "free_hour",
        "What is an hour worth that nobody needs for this work, in € (0 for nothing)?",
        float,
        lambda _: values()["free_hour_value"],
    ),
)
"""In the order in which they are asked: a default may look at the answers before it."""


def share_asked_for(answers: Answers) -> float:
    """Share of the members' paid hours that projects and tickets are estimated at."""
    projects = answers["a_year"] * answers["effort"]
    tickets = answers["services"] * answers["tickets"] * HOURS_A_TICKET
    return _share_of_hours(projects, tickets, answers["teams"] * answers["members"])


def share_estimated(scenario: Scenario) -> float | None:
    """The same of a scenario; None where its projects are given, each with days of its own."""
    projects = scenario.portfolio.projects
    if projects is None:
        return None
    members = sum(team.members for team in scenario.teams)
    return _share_of_hours(projects.a_year * projects.effort_hours, ticket_hours(scenario), members)


def ticket_hours(scenario: Scenario) -> float:
    """Hours a week that the tickets of all services are estimated at."""
    services = scenario.portfolio.services
    return services.count * services.tickets_a_week * services.effort_hours if services else 0.0


def _share_of_hours(projects_a_year: float, tickets_a_week: float, members: int) -> float:
    return float((projects_a_year + WEEKS_A_YEAR * tickets_a_week) / (members * HOURS_A_YEAR))
