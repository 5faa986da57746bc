"""What was read as the text of a scenario, and of the tables that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from analysis.imports.body_of_work import Work, together, without_names
from analysis.imports.bookings import Sheets, alone, bookings_of, with_booked
from analysis.imports.plan_tables import PlanTables, plan_of
from analysis.imports.record import LeftOut, Reading
from analysis.imports.scenario_lines import (
    DEFAULT,
    LATER_PROJECTS,
    NOBODY_RANKS,
    PROJECTS,
    RANKS_UNSAID,
    SERVICES,
    calendar_lines,
    known_lines,
    line,
    no_role_ranks,
    plan_lines,
    structure_lines,
    team_lines,
)
from analysis.imports.teams import Team, teams_of
from analysis.imports.workload import Hours, Known, hours_of, period, portfolio, portfolio_is_known, services
from analysis.words.numbers import many
from sim.scenario.role_definitions import known_by_name
from sim.scenario.structures import Ranks

_LONGEST_SCENARIO_NAME = 100
LONGEST_STRUCTURE = 50
FEWEST_MANAGERS = 2
MEMBERS_A_MANAGER = 8
"""Of the default organisation."""


@dataclass(frozen=True)
class Wish:
    """What a user wants of an import.

    `portfolio`: projects to come like those that were (`generated`), exactly these (`plan`), or what is open
    of these and later others like them (`both`); None lets the files decide. `ranks`: who ranks across
    projects, which no matrix of responsibilities says. `only_open` leaves out what is done; `anonymous`
    writes no titles, clients or names.
    """

    portfolio: Literal["generated", "plan", "both"] | None = None
    only_open: bool = False
    anonymous: bool = False
    ranks: Ranks | None = None

    @property
    def left_alone(self) -> bool:
        """Whether a plan holds what is left to do alone: what arrives beside it is like all that was."""
        return self.only_open or self.portfolio == "both"


@dataclass(frozen=True)
class Content:
    """The files to be written by name, the scenario first; what was left out; and what is to be said."""

    files: dict[str, str]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = field(default=())


def content_of(readings: Sequence[Reading], path: Path, wish: Wish) -> Content:
    """The scenario called `path` that the readings make, with its tables."""
    readings, unbooked = with_booked(readings)
    work = together(readings)
    work = without_names(work) if wish.anonymous else work
    of_all = hours_of(work, only_left=wish.only_open)
    hours = of_all if wish.left_alone == wish.only_open else hours_of(work, only_left=True)
    teams, team = teams_of([*work.tasks.values(), *work.tickets], anonymous=wish.anonymous)
    known, managers = portfolio(work, of_all, team), _managers(teams)
    sheets = _alone(readings, work, wish)
    if sheets:
        known, teams = dict(sheets.projects), sheets.teams
        managers = sheets.managers or _managers(teams)
    generated = wish.portfolio == "generated" or (
        wish.portfolio is None and (portfolio_is_known(known, work) or not work.tasks)
    )
    plan = plan_of(work, hours, team, only_open=wish.left_alone) if work.tasks else None
    files = {path.name: ""}
    names = (f"{path.stem}_tasks.csv", f"{path.stem}_projects.csv")
    if plan and plan.count:
        files |= {names[0]: plan.tasks, names[1]: plan.projects}
    else:
        plan, generated = None, True
    horizon = _horizon(plan if not generated else None)
    lines = [
        *_head(readings, path, work),
        line(0, "name", (path.stem or "Imported")[:_LONGEST_SCENARIO_NAME], "from the name of this file"),
        horizon,
        *calendar_lines(plan if not generated else None),
        line(0, "managers", managers.value, managers.why),
        *_structures(readings, path, wish),
        "",
        "organisation:",
        *team_lines(teams),
        "",
        "portfolio:",
        line(2, "clients", 5, DEFAULT) if generated or plan is None else None,
        *_work_lines(plan if not generated else None, names, known, hours, later=wish.portfolio == "both"),
        *_service_lines(work),
    ]
    files[path.name] = "\n".join(each for each in lines if each is not None) + "\n"
    said = sheets.remarks if sheets else ()
    remarks = (*said, *_unsaid(readings, wish), *_remarks(readings, generated, plan, names, wish))
    return Content(files, (*unbooked, *work.left_out, *_lateness(plan)), remarks)


def _alone(readings: Sequence[Reading], work: Work, wish: Wish) -> Sheets | None:
    """What timesheets say where there are no items to which their hours could belong."""
    bookings = bookings_of(readings)
    if not bookings or work.tasks or work.tickets:
        return None
    return alone(bookings, anonymous=wish.anonymous)


def _head(readings: Sequence[Reading], path: Path, work: Work) -> list[str]:
    days = period([*work.tasks.values(), *work.tickets])
    span = f", from {days[0]} to {days[1]}" if days else ""
    files = ", ".join(Path(reading.file).name for reading in readings)
    counted = f"{many(len(work.tasks), 'task')} and {many(len(work.tickets), 'ticket')}"
    return [
        f"# Written by `rolecall import` from {' '.join(files.split())[:200]}.",
        *([f"# {counted}{span}."] if days else []),
        "# Each line says what it was taken from; defaults are somebody else's numbers: put in your own.",
        "# Every key, its unit, range and default: docs/reference/scenario.md",
        "",
    ]


def _structures(readings: Sequence[Reading], path: Path, wish: Wish) -> list[str]:
    roles = next((reading.roles for reading in readings if reading.roles), None)
    if roles is None or not roles.roles:
        return [
            line(0, "structures", ["merged", "separated", "agile"], "not in the files: those of the default"),
            line(0, "current", "merged", "not in the files: say what you have today"),
        ]
    name = " ".join(path.stem.replace("_", " ").split())[:LONGEST_STRUCTURE] or "as today"
    return structure_lines(name if name not in known_by_name() else f"{name} today", roles, wish.ranks)


def _managers(teams: Sequence[Team]) -> Known:
    """As many for the members as the default has, and what is to be said of it."""
    if not teams:
        return Known(6, "not in the files: default; say how many people manage delivery")
    members = sum(team.members for team in teams)
    number = max(FEWEST_MANAGERS, round(members / MEMBERS_A_MANAGER))
    return Known(number, "not in the files: one for eight members; say how many people manage delivery")


def _horizon(plan: PlanTables | None) -> str:
    if plan is None:
        return line(0, "horizon_days", 500, "default: two years of working days")
    begins = f"; day 0 is {plan.calendar.date_of(0)}" if plan.calendar else ""
    return line(0, "horizon_days", plan.horizon_days, f"holds the plan, half as long again{begins}")


def _work_lines(
    plan: PlanTables | None, names: tuple[str, str], known: dict[str, Known], hours: Hours, *, later: bool
) -> list[str]:
    """The projects: exactly these, others like them, or both."""
    if plan is None:
        return known_lines("projects", PROJECTS, known)
    these = plan_lines(*names, hours.why)
    if not later:
        return these
    nobody_knows = {"a_year": Known(0, "not in the files: say how many arrive a year, beside the plan")}
    return [*these, *known_lines("projects", LATER_PROJECTS, nobody_knows | known)]


def _service_lines(work: Work) -> list[str]:
    found = services(work)
    return known_lines("services", SERVICES, found) if found else []


def _lateness(plan: PlanTables | None) -> list[LeftOut]:
    if plan is None or not plan.late:
        return []
    return [LeftOut(plan.late, "deadline", "before the project begins")]


def _unsaid(readings: Sequence[Reading], wish: Wish) -> list[str]:
    roles = next((reading.roles for reading in readings if reading.roles), None)
    if roles and no_role_ranks(roles) and wish.ranks != "nobody":
        return [NOBODY_RANKS]
    if wish.ranks or not roles:
        return []
    return [f"{RANKS_UNSAID}; --ranks nobody, own, one or board says it"]


def _remarks(
    readings: Sequence[Reading], generated: bool, plan: PlanTables | None, names: tuple[str, str], wish: Wish
) -> list[str]:
    """What was chosen, and how to choose otherwise."""
    if generated and plan is not None:
        other = f"{names[0]} holds these very tasks: --portfolio plan runs them"
        return [f"the scenario has projects to come like those of the files; {other}"]
    if plan is None and any(reading.bookings for reading in readings):
        return ["hours are no tasks: the scenario has projects to come with as many hours as were booked"]
    if plan is None and wish.left_alone and any(reading.items for reading in readings):
        return ["nothing is open in the files: the scenario has projects to come like those that were"]
    if plan is None:
        return ["no projects are in the files: the scenario has those of the default"]
    if wish.portfolio == "both":
        return ["the plan is what is open of the files; later projects are like all that the files hold"]
    few = "" if wish.portfolio else ", because they are too few, or too short a time, to say what is to come"
    return [f"the scenario runs the very projects of the files{few}"]
