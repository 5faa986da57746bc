"""What a user may write about the organisation and its portfolio: who does the work, and which work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import (
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

from sim.scenario.base import FULL, SHORT, Name, Part, checked_with, folder_of, named_twice, quantity, refuse
from sim.scenario.reading.problems import shown, suggest
from sim.vocabulary import CONTRACTS, Contract

_CLOSE = 1e-6


class Team(Part):
    """One team, given by name."""

    name: Name = Field(description="Name of the team; tasks of a given plan refer to it.")
    members: int = quantity(6, 1, 1000, "people", "Members of the team.")
    skill: Name = Field(
        default_factory=lambda data: data.get("name", ""),
        description="What the team can do; teams of one skill can lend members. Default: its name.",
    )


class GeneratedTeams(Part):
    """Teams of equal size, skills dealt to them in turn."""

    count: int = quantity(8, 1, 5000, "teams", "Number of teams.")
    members: int = quantity(6, 1, 1000, "people", "Members of each team.")
    skills: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)] = Field(
        default=("web", "data", "platform"),
        description="Skills, dealt to the teams in turn; one may be named more than once.",
    )

    def deal(self) -> tuple[Team, ...]:
        """The teams one by one, named by skill and number: web-1, data-1, platform-1, web-2 …"""
        dealt: dict[str, int] = {}
        teams = []
        for i in range(self.count):
            skill = self.skills[i % len(self.skills)]
            dealt[skill] = dealt.get(skill, 0) + 1
            teams.append(Team(name=f"{skill}-{dealt[skill]}", members=self.members, skill=skill))
        return tuple(teams)


def _way_of_teams(value: object) -> str:
    return FULL if isinstance(value, list | tuple) else SHORT


class Organisation(Part):
    """Who does the work."""

    teams: Annotated[
        Annotated[GeneratedTeams, Tag(SHORT)]
        | Annotated[tuple[Team, ...], Field(strict=False, min_length=1, max_length=5000), Tag(FULL)],
        Discriminator(_way_of_teams),
    ] = Field(
        default_factory=GeneratedTeams,
        description="The teams: generated (a mapping with count, members, skills) or given (a list).",
    )
    specialists: dict[Name, Annotated[int, Field(ge=1, le=100_000)]] = Field(
        default_factory=dict,
        description="Pools of scarce people or facilities that tasks of any team may need, as name: units. "
        "Default: none.",
        json_schema_extra={"unit": "units"},
    )

    dependencies: float = quantity(
        0.0, 0, 20, "teams", "Other teams that a team depends on for long, on average; most are near ones."
    )

    def all_teams(self) -> tuple[Team, ...]:
        """The teams one by one, whichever way they were written."""
        return self.teams if isinstance(self.teams, tuple) else self.teams.deal()

    @field_validator("dependencies")
    @classmethod
    def _on_other_teams(cls, each: float, info: ValidationInfo) -> float:
        teams = info.data.get("teams")
        if teams is not None:
            others = (len(teams) if isinstance(teams, tuple) else teams.count) - 1
            if each > others / 2:
                right = f"give at most {others / 2:g}: each pair counts for one of its two teams"
                refuse([((), f"is {shown(each)}, and there are {others + 1} teams", right)])
        return each

    @field_validator("teams", mode="wrap")
    @classmethod
    def _names_differ(cls, given: object, check: ValidatorFunctionWrapHandler) -> object:
        return checked_with(given, check, named_twice(given, "team"))


class Projects(Part):
    """A generated portfolio: how many projects of which kind."""

    at_start: int = quantity(
        6, 0, 1000, "projects", "Projects already there on day 0; by default none beside a plan."
    )
    a_year: float = quantity(14.0, 0, 5000, "projects a year", "Projects that arrive later, on average.")
    tasks: int = quantity(40, 1, 1000, "tasks", "Tasks of a project, on average.")
    effort_hours: float = quantity(
        1600.0, 1, 1_000_000, "hours", "Estimated effort of a project, on average."
    )
    cross_team: float = quantity(
        0.3, 0, 1, "share", "Share of tasks done by another than the project's home team."
    )
    pool_share: float = quantity(
        0.08, 0, 1, "share", "Share of tasks that need a specialist pool, if there are any."
    )
    change_a_month: float = quantity(
        0.03, 0, 1, "share a month", "Volatility: share of the scope that clients come to want otherwise."
    )
    deadline_slack: float = quantity(
        1.3,
        0.1,
        10,
        "ratio",
        "Time until the deadline over the time planned; below 1 it cannot be met as planned.",
    )
    milestones: int = quantity(
        3,
        0,
        50,
        "milestones",
        "Milestones of a project before its delivery, each after an equal share of its work: its client "
        "accepts what is there.",
    )
    value_an_hour: float = quantity(
        320.0, 0, 100_000, "€ an hour", "What a client pays for an hour of estimated effort."
    )


class PlanFiles(Part):
    """A real portfolio, as files that lie beside the scenario."""

    tasks: Annotated[str, Field(min_length=1)] = Field(
        description="Table of tasks (CSV) or an instance of PSPLIB (.sm, .rcp); relative to this file."
    )
    projects: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="Table of projects (CSV); relative to the scenario file. Default: none.",
    )
    change_a_month: float = quantity(
        0.0, 0, 1, "share a month", "Volatility: share of the scope that clients come to want otherwise."
    )
    deadline_slack: float = quantity(
        1.3,
        0.1,
        10,
        "ratio",
        "Time until the deadline over the time planned, for projects without a deadline in their table.",
    )
    milestones: int = quantity(
        0,
        0,
        50,
        "milestones",
        "Milestones of each project before its delivery, each after an equal share of its work.",
    )

    range_spread: float = quantity(
        1.0,
        0,
        3,
        "ratio",
        "How much of the ranges in the table of tasks (hours at best, most likely, at worst) comes true: 1 "
        "all of it, more where such ranges have been too narrow; 0 gives them the error of all others.",
    )

    @field_validator("tasks", "projects")
    @classmethod
    def _is_there(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name is not None and not _is_file(folder_of(info.context) / name):
            refuse(
                [((), f"names {shown(name)}, which is no file", "give a path relative to the scenario file")]
            )
        return name


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _generated_unless_planned(data: Mapping[str, object]) -> Projects | None:
    return None if data.get("plan", True) is not None else Projects()


class AllowedDays(Part):
    """How long a ticket may stay open, by severity."""

    severe: float = quantity(1.0, 0.01, 1000, "working days", "Time allowed for a severe ticket.")
    normal: float = quantity(5.0, 0.01, 1000, "working days", "Time allowed for any other ticket.")


class Services(Part):
    """Service contracts beside the projects, generated: tickets to answer in time, month after month."""

    count: int = quantity(3, 0, 5000, "services", "Service contracts that run on day 0.")
    tickets_a_week: float = quantity(
        8.0, 0, 10_000, "tickets a week", "Tickets of each service, on average, while nothing goes wrong."
    )
    severe_share: float = quantity(0.2, 0, 1, "share", "Share of tickets that are severe.")
    allowed_days: AllowedDays = Field(
        default_factory=AllowedDays, description="Working days until a ticket breaches its service level."
    )
    effort_hours: float = quantity(4.0, 0.01, 10_000, "hours", "Effort of a ticket, on average.")
    contract_days: int = quantity(
        250, 1, 10_000, "working days", "How long a contract runs before it is renewed or lost."
    )
    value_a_year: float = quantity(
        120_000.0, 0, 1_000_000_000, "€ a year", "What a client pays for a service."
    )
    breach_penalty: float = quantity(500.0, 0, 1_000_000_000, "€", "What each breach costs.")


def _way_of_pay(value: object) -> str:
    return FULL if isinstance(value, Mapping) else SHORT


class Portfolio(Part):
    """The work: projects, generated by `projects`, given by `plan`, or both; and services, if any."""

    clients: int = quantity(
        5,
        1,
        5000,
        "clients",
        "Clients that generated projects belong to. A given plan "
        "names its own; beside it, these come first and count among them.",
    )
    plan: PlanFiles | None = Field(
        default=None, description="A given portfolio instead of a generated one, or beside it. Default: none."
    )
    projects: Projects | None = Field(
        default_factory=_generated_unless_planned,
        description="The generated portfolio; beside a plan, the projects that arrive later by chance. "
        "Default: all its defaults, unless a plan is given.",
    )
    paid: Annotated[
        Annotated[Contract, Tag(SHORT)]
        | Annotated[dict[Name, Annotated[float, Field(ge=0, le=1)]], Tag(FULL)],
        Discriminator(_way_of_pay),
    ] = Field(
        default="on_delivery",
        description="When clients pay for projects, whatever the structure: all of it on delivery; in "
        "sprints, each part that a review accepts; the hours that they approved and caused, with each "
        "report; or what is complete as each milestone is accepted. Or a mapping: the share of projects "
        "under each contract.",
        json_schema_extra={"unit": "share"},
    )
    changes_paid: float = quantity(
        0.0,
        0,
        1,
        "share",
        "Share of the hours of changed scope, as far as they are approved, that clients pay for at the price "
        "of a budget hour where the price is fixed; by the hour, all of them are paid.",
    )
    services: Services | None = Field(
        default=None,
        description="Service contracts; they go with generated and with given projects. Default: none.",
    )

    @property
    def nature(self) -> Projects | PlanFiles:
        """Where volatility and slack are told of ordinary projects: those of a plan where one is given."""
        nature = self.plan or self.projects
        assert nature is not None  # one of the two is there, see below
        return nature

    @field_validator("paid")
    @classmethod
    def _shares_add_up(cls, paid: str | dict[str, float]) -> str | dict[str, float]:
        if isinstance(paid, str):
            return paid
        unknown = [name for name in paid if name not in CONTRACTS]
        refuse(((name,), "is no contract", suggest(name, CONTRACTS)) for name in unknown)
        shares = sum(paid.values())
        if abs(shares - 1.0) > _CLOSE:
            wrong = f"has shares that add up to {shares:g}"
            refuse([((), wrong, "let the shares of all contracts add up to 1")])
        return paid

    @field_validator("projects")
    @classmethod
    def _later_beside_a_plan(cls, projects: Projects | None, info: ValidationInfo) -> Projects | None:
        """What is there on day 0 is in the plan: beside it, none more is, unless the scenario says so."""
        planned = info.data.get("plan", True) is not None
        if projects is not None and planned and "at_start" not in projects.model_fields_set:
            return projects.model_copy(update={"at_start": 0})
        if projects is None and not planned:
            refuse([((), "is empty", "give its keys, or leave it out for the defaults")])
        return projects
