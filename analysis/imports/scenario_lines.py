"""A scenario as text in which each line says from which items its number is, or that it is a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.imports.plan_tables import PlanTables
from analysis.imports.record import Roles
from analysis.imports.teams import Team
from analysis.imports.workload import Known
from analysis.words.yaml_text import flow
from sim.scenario.calendar import USUAL_DAYS
from sim.scenario.structures import NOBODY, TEAM

DEFAULT = "not in the files: default"
WIDTH = 48
RANKS_UNSAID = "who ranks across projects no matrix says: `own`, the default, is as in the presets"
NOBODY_RANKS = (
    "nobody ranks across projects, for resources is no role's duty: give it to one, or say ranked_by"
)

PROJECTS: dict[str, Any] = {
    "at_start": 6,
    "a_year": 14,
    "tasks": 40,
    "effort_hours": 1600,
    "cross_team": 0.3,
    "change_a_month": 0.03,
    "deadline_slack": 1.3,
    "value_an_hour": 320,
}
LATER_PROJECTS = {key: value for key, value in PROJECTS.items() if key != "at_start"}
"""Of projects that arrive beside a plan, in which those of the first day are."""
SERVICES: dict[str, Any] = {
    "count": 3,
    "tickets_a_week": 8,
    "severe_share": 0.2,
    "effort_hours": 4,
    "value_a_year": 120000,
}
"""Keys that are written out, each with the default of the scenario; a test compares."""


def line(indent: int, key: str, value: Any, why: str) -> str:
    """A key with its value and where it comes from."""
    said = f"{' ' * indent}{key}: {flow(value)}" if value is not None else f"{' ' * indent}{key}:"
    return f"{said:<{WIDTH}}  # {why}" if why else said


_FURTHER = {
    "also_accountable": "accountable as well: each could think a matter of it theirs",
    "consulted": "marked C: costs hours, theirs and the holder's, that merged and separated do not say",
    "informed": "marked I: costs hours that merged and separated do not say",
}
"""What stands beside each kind of further roles."""


def structure_lines(name: str, roles: Roles, ranks: str | None) -> list[str]:
    """The structures to compare: that of a matrix, and the two that the question is about."""
    return [
        "structures:",
        "  - merged",
        "  - separated",
        line(2, "- name", name, "as the matrix of responsibilities has it"),
        "    roles:",
        *(line(6, flow(role), {}, "say heads: how many people hold it") for role in roles.roles),
        "    duties:",
        *(line(6, held.duty, held.holder, held.why) for held in roles.duties),
        *_further_lines(roles),
        _ranks_line(roles, ranks),
        line(0, "current", name, "the matrix is taken to be what you have today"),
    ]


def _ranks_line(roles: Roles, ranks: str | None) -> str:
    """Who ranks, as the user says; nobody does while no role holds the resources, whoever is said to."""
    if no_role_ranks(roles) and ranks != "nobody":
        return f"    # {NOBODY_RANKS}"
    return line(4, "ranks", ranks, "as you said; a matrix does not") if ranks else f"    # {RANKS_UNSAID}"


def no_role_ranks(roles: Roles) -> bool:
    """Whether the duty that ranking goes with, resources, is no manager's."""
    return next(held.holder for held in roles.duties if held.duty == "resources") in (TEAM, NOBODY)


def _further_lines(roles: Roles) -> Iterator[str]:
    """Who takes part in duties beside their holders, a line a duty."""
    for part, said in roles.further.items():
        yield line(4, part, None, _FURTHER[part])
        yield from (line(6, duty, named, "") for duty, named in said.items())


def calendar_lines(plan: PlanTables | None) -> Iterator[str]:
    """The date of day 0 and the working calendar, as far as they are known."""
    if plan is None or plan.calendar is None:
        return
    time = plan.calendar
    first, last = time.date_of(0), time.date_of(plan.horizon_days)
    hint = "the date of day 0" if time.holidays else "the date of day 0; say holidays, if there are any"
    yield line(0, "starts", str(first), hint)
    if time.working_days != USUAL_DAYS:
        yield line(0, "working_days", time.working_days, "as in the calendar of the plan")
    within = [str(day) for day in time.holidays if first <= day <= last]
    if within:
        yield line(0, "holidays", within, "as in the calendar of the plan, to the end of the horizon")


def team_lines(teams: Sequence[Team]) -> list[str]:
    """The teams, a line each; without any, those of the default."""
    if not teams:
        return [line(2, "teams", {"count": 8, "members": 6}, DEFAULT)]
    listed = [f"    - {flow({'name': team.name, 'members': team.members})}" for team in teams]
    return ["  teams:", *(f"{said:<{WIDTH}}  # {t.why}" for said, t in zip(listed, teams, strict=True))]


def known_lines(heading: str, defaults: Mapping[str, Any], known: Mapping[str, Known]) -> list[str]:
    """Keys below a heading, each with what is known of it, else its default."""
    rows = [(key, known.get(key, Known(value, DEFAULT))) for key, value in defaults.items()]
    return [f"  {heading}:", *(line(4, key, each.value, each.why) for key, each in rows)]


def plan_lines(tasks: str, projects: str, why: str) -> list[str]:
    """The plan that the tables hold."""
    return [
        "  plan:",
        line(4, "tasks", tasks, why),
        line(4, "projects", projects, "starts and deadlines in working days; no prices are in the files"),
    ]
