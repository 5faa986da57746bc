"""What `rolecall new` asks: some twenty questions, each with a default that fits the answers before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.questionnaire.prices import HOURS_A_YEAR, price_by_cost, unusual_price
from analysis.questionnaire.typed_answers import (
    count_typed,
    days_or_none,
    names_typed,
    number_typed,
    pools_typed,
    share_or_none,
    share_typed,
    structure_typed,
)
from analysis.words.presets import IN_A_SENTENCE
from sim.scenario.assumptions import values

if TYPE_CHECKING:
    from sim.scenario import Scenario

Answers = dict[str, Any]
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
    """One question: `key` of its answer, its words, how text becomes an answer, and the default.

    `unusual` says what is strange about an answer, given all so far; nothing where it is as usual.
    """

    key: str
    words: str
    read: Callable[[str], Any]
    default: Callable[[Answers], Any]
    unusual: Callable[[Answers], str] = lambda _: ""


def _projects_a_year(so_far: Answers) -> float:
    hours = so_far["teams"] * so_far["members"] * HOURS_A_YEAR * ESTIMATED_SHARE
    tickets = so_far["services"] * so_far["tickets"] * WEEKS_A_YEAR * HOURS_A_TICKET
    return float(max(1, round(max(0.2 * hours, hours - tickets) / so_far["effort"])))


def _large_team(so_far: Answers) -> str:
    members = so_far["members"]
    return f"a team of {members}; is that the whole organisation?" if members > _LARGE_TEAM else ""


def _small_project(so_far: Answers) -> str:
    hours = so_far["effort"]
    return f"a project of {hours:g} hours is a task; hours are meant, not days" if hours < _TASK else ""


def _load(so_far: Answers) -> str:
    """Work that no hands could do, or that leaves most of them idle."""
    share = share_asked_for(so_far)
    if _IDLE <= share <= _TOO_MUCH:
        return ""
    much = "far more than hands can do" if share > _TOO_MUCH else "so little that most hands would idle"
    return f"projects and tickets are then estimated at {share:.0%} of all paid hours, {much} (35% is usual)"


def _hourly(what: str, euros: float) -> str:
    if _CHEAP <= euros <= _DEAR:
        return ""
    return f"{what} €{euros:g} an hour; the whole cost of an hour is meant, not of a day or a month"


_LARGE_TEAM, _TASK = 20, 40
"""Members of a team, and hours of a project, at which a user is asked again."""

_IDLE, _TOO_MUCH = 0.1, 0.7
"""Shares of paid hours between which the work is as usual."""

_CHEAP, _DEAR = 10, 1000
"""Euros between which an hour's cost or price is as usual."""

QUESTIONS = (
    Question("name", "What is your organisation called?", str, lambda _: "My organisation"),
    Question(
        "current",
        "Who manages delivery today?\n"
        + "".join(f"  {name}: {said}\n" for name, said in IN_A_SENTENCE.items())
        + "One of these",
        structure_typed,
        lambda _: "merged",
    ),
    Question(
        "sprints",
        "How long are your sprints (10 days, 2 weeks; none if you have none)?",
        days_or_none,
        lambda so_far: 10.0 if so_far["current"] == "agile" else None,
    ),
    Question("managers", "How many people hold these roles in all?", count_typed, lambda _: 6),
    Question("teams", "How many teams?", count_typed, lambda _: 8),
    Question("members", "How many members has a team?", count_typed, lambda _: 6, _large_team),
    Question(
        "skills", "What can the teams do (comma between)?", names_typed, lambda _: ["web", "data", "platform"]
    ),
    Question(
        "specialists",
        "Which specialists do teams share, and how many (security 2, test lab 1; or none)?",
        pools_typed,
        lambda _: {},
    ),
    Question("clients", "How many clients?", count_typed, lambda _: 5),
    Question(
        "services", "How many long-running services do you look after (0 for none)?", count_typed, lambda _: 3
    ),
    Question("tickets", "How many tickets a week has each of them?", number_typed, lambda _: 8.0),
    Question(
        "effort",
        "How many hours is an ordinary project estimated at?",
        number_typed,
        lambda _: 1600.0,
        _small_project,
    ),
    Question("a_year", "How many projects come in a year?", number_typed, _projects_a_year, _load),
    Question(
        "at_start",
        "How many are under way today?",
        count_typed,
        lambda so_far: max(1, round(so_far["a_year"] * YEARS_UNDER_WAY)),
    ),
    Question(
        "cross_team",
        "How much of a project do other teams than its own do, in %?",
        share_typed,
        lambda _: 0.3,
    ),
    Question(
        "change", "How much of the scope do clients change in a month, in %?", share_typed, lambda _: 0.03
    ),
    Question(
        "member_cost",
        "What does an hour of a member cost, in €?",
        number_typed,
        lambda _: values()["member_cost"],
        lambda so_far: _hourly("a member costs", so_far["member_cost"]),
    ),
    Question(
        "manager_cost",
        "What does an hour of a manager cost, in €?",
        number_typed,
        lambda _: values()["manager_cost"],
        lambda so_far: _hourly("a manager costs", so_far["manager_cost"]),
    ),
    Question(
        "value",
        "What does a project bring in for each hour it was estimated at, in €? (All that is paid for it\n"
        "over its estimated hours; more than a rate for hours worked, for it pays for rework, meetings,\n"
        "managers and waiting as well. The library's organisations have 340 to 430)",
        number_typed,
        price_by_cost,
        unusual_price,
    ),
    Question(
        "free_hour",
        "What is an hour worth that nobody needs for this work, in € (0 for nothing)?",
        number_typed,
        lambda _: values()["free_hour_value"],
    ),
    Question(
        "on_time",
        "How many of last year's projects came on time, in % (unknown if you do not know)?",
        share_or_none,
        lambda _: None,
    ),
    Question(
        "busy",
        "How much of their time did members work on projects and tickets last year, in % (or unknown)?",
        share_or_none,
        lambda _: None,
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


def coming_hours(scenario: Scenario) -> float:
    """Hours of work that come in a year, of projects and of tickets."""
    projects = scenario.portfolio.projects
    of_projects = projects.a_year * projects.effort_hours if projects else 0.0
    return of_projects + WEEKS_A_YEAR * ticket_hours(scenario)


def demand(scenario: Scenario) -> float:
    """Hours of work that come in a year, over those that a plan counts on from all members."""
    assumed = values(scenario.assumptions)
    members = sum(team.members for team in scenario.teams)
    return coming_hours(scenario) / (members * assumed["planned_day"] * assumed["days_a_year"])


def _share_of_hours(projects_a_year: float, tickets_a_week: float, members: int) -> float:
    return float((projects_a_year + WEEKS_A_YEAR * tickets_a_week) / (members * HOURS_A_YEAR))
