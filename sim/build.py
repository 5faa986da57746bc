"""How a scenario becomes a world: prepared once, drawn once a replication, staffed for each structure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.assumptions import values
from sim.compiled import entry_point
from sim.contracts import draw_clients, draw_confusions, draw_promises, draw_services, expect_tickets
from sim.copies import Room, repeated
from sim.hazards import Register, draw_risks, register
from sim.luck import stream
from sim.outcomes import DUTIES
from sim.portfolio import DAYS_WITHOUT_END, Floats, Given, Work, draw_work
from sim.scenario import Scenario
from sim.seats import draw_persons, draw_spells
from sim.structures import (
    OVERLAP_AREAS,
    PROACTIVE_DUTIES,
    PROJECT_DUTIES,
    TEAM,
    TEAM_DUTIES,
    Structure,
)
from sim.workload import cadence, split, workload

Rows = NDArray[Any]

CHANGES_A_BLOCK = 32  # luck of changed wants is drawn in blocks of so many for each project

EMPTY = {name: np.zeros(0, dtype) for name, dtype in w.DTYPES.items()}


@dataclass(frozen=True)
class Prepared:
    """A scenario ready to be replicated: its assumptions as a row, and its structures."""

    scenario: Scenario
    structures: tuple[Structure, ...]

    @cached_property
    def values(self) -> Given:
        """Every assumption by name, with the scenario's own."""
        return values(self.scenario.assumptions)

    @cached_property
    def given(self) -> Rows:
        """One row: every assumption, by name."""
        row = np.zeros(1, np.dtype([(name, w.F) for name in self.values]))
        for name, value in self.values.items():
            row[name] = value
        return row

    @cached_property
    def teams(self) -> Rows:
        """A row for each team, as it is at the start of every replication."""
        return _teams(self)

    @cached_property
    def register(self) -> Register:
        """The risks of projects and teams, as rows before luck."""
        return register(self.scenario, self.values)

    @cached_property
    def staffing(self) -> dict[str, dict[str, Rows]]:
        """For each structure, its duties and roles as rows, and those of the structure that follows it."""
        return {s.name: _staffing(self, s) for s in self.structures}

    @cached_property
    def seats(self) -> dict[int, tuple[int, dict[str, Rows]]]:
        """For each number of managers, the replication that `_seats` was last asked for, and its answer."""
        return {}

    def structure(self, name: str) -> Structure:
        """The structure of this name. Raises KeyError if the scenario does not compare it."""
        try:
            return next(s for s in self.structures if s.name == name)
        except StopIteration:
            known = ", ".join(s.name for s in self.structures)
            raise KeyError(f"{name} is not among the structures compared: {known}") from None


def prepare(scenario: Scenario, structures: tuple[Structure, ...] | None = None) -> Prepared:
    """Make a scenario ready for its own structures, or for others given as data."""
    return Prepared(scenario, structures or scenario.all_structures())


def _staffing(prepared: Prepared, structure: Structure) -> dict[str, Rows]:
    now, after = structure, structure.successor
    result = {"duties": _duties(prepared, now), "roles": _roles(prepared, now)}
    result |= {"next_duties": np.zeros(0, w.DUTY), "next_roles": np.zeros(0, w.ROLE)}
    if after is not None:
        result |= {"next_duties": _duties(prepared, after), "next_roles": _roles(prepared, after)}
        count = max(len(result["roles"]), len(result["next_roles"]))
        for name in ("roles", "next_roles"):
            rows = np.zeros(count, w.ROLE)
            rows[: len(result[name])] = result[name]
            result[name] = rows
    return result


def _duties(prepared: Prepared, structure: Structure) -> Rows:
    given = prepared.values
    rows = np.zeros(w.N_DUTIES, w.DUTY)
    role_numbers = {role.name: k for k, role in enumerate(structure.roles)}
    by_team = {role.name: role.by_team for role in structure.roles}
    areas = {duty: k for k, duties in enumerate(OVERLAP_AREAS.values()) for duty in duties}
    every, weights = cadence(given, structure), workload(prepared.scenario, given, structure)
    for number, duty in enumerate(DUTIES):
        holder = structure.holders[duty]
        row = rows[number]
        row["role"] = role_numbers.get(holder, w.TEAM if holder == TEAM else w.NOBODY)
        row["by_team"] = by_team.get(holder, False)
        row["about"] = _about(duty)
        row["by_project"] = duty not in (*TEAM_DUTIES, "resources", "service_oversight", "satisfaction")
        row["hub"] = duty == "resources" and structure.hub and row["role"] >= 0
        row["family"] = duty not in PROJECT_DUTIES
        row["area"] = areas.get(duty, w.NONE)
        row["proactive"] = duty in PROACTIVE_DUTIES
        row["hours"] = given[f"{duty}_hours"]
        row["every"] = every[duty]
        row["weight"] = weights[duty].each
    return rows


def _about(duty: str) -> int:
    """What a duty is about."""
    if duty in TEAM_DUTIES:
        return w.ABOUT_TEAM
    return {"service_oversight": w.ABOUT_SERVICE, "satisfaction": w.ABOUT_CLIENT}.get(duty, w.ABOUT_PROJECT)


def _roles(prepared: Prepared, structure: Structure) -> Rows:
    heads = split(prepared.scenario, prepared.values, structure)
    rows = np.zeros(len(structure.roles), w.ROLE)
    first = 0
    for row, role in zip(rows, structure.roles, strict=True):
        row["first_manager"], row["count"], row["by_team"] = first, heads[role.name], role.by_team
        first += heads[role.name]
    return rows


# --- one replication ---------------------------------------------------------------------------------------


def draw_base(prepared: Prepared, replication: int) -> w.World:
    """The rows of one replication that no structure changes: people, work and luck, wired together."""
    scenario, given = prepared.scenario, prepared.values
    work = draw_work(scenario, given, replication)
    teams, members = repeated(prepared.teams, 1), _members(prepared, replication)
    first_task = np.cumsum(work.n_tasks) - work.n_tasks
    project = np.repeat(np.arange(len(work.home)), work.n_tasks)
    projects = _projects(prepared, work, first_task)
    tasks, exceptions = _tasks(prepared, work, projects, project, replication)
    changes = _changes(prepared, projects, replication)
    clients = int(work.client.max(initial=0)) + 1 if scenario.plan else scenario.portfolio.clients
    services, tickets = draw_services(scenario, given, work, clients, replication)
    accounts = draw_clients(scenario, given, clients, replication)
    expect_tickets(scenario, given, accounts, services)
    draw_promises(scenario, projects, len(tickets), given, replication)
    confusions = draw_confusions(scenario, projects, given, prepared.structures, replication)
    spells = draw_spells(scenario, given, members, replication, "members")
    persons = draw_persons(scenario, given, members, replication, "members")
    pools = np.zeros(len(scenario.pools), w.POOL)
    pools["units"] = list(scenario.pools.values())
    needs = np.zeros(len(work.need_task), w.NEED)
    needs["pool"], needs["units"] = work.need_pool, work.need_units
    base = _world(
        clock=_clock(scenario, given, projects, replication), given=prepared.given,
        teams=teams, members=members, accounts=np.full(clients, w.NONE, w.I),
        projects=projects, tasks=tasks, needs=needs, pools=pools,
        successors=np.zeros(len(work.edge_from), w.I), services=services, tickets=tickets,
        engagements=np.zeros(2 * len(projects) + len(tasks) + len(needs), w.ENGAGEMENT),
        shared=np.zeros(len(teams) + len(pools), w.QUEUE),
        clients=accounts, exceptions=exceptions, changes=changes,
        confusions=confusions, spells=spells, persons=persons,
    )  # fmt: skip
    seen = np.full(len(base.shared), w.NONE, w.I)
    wire = entry_point("wire")
    slack = scenario.portfolio.nature.deadline_slack
    used = wire(base, work.edge_from, work.edge_to, work.stage, slack, seen)
    _scale(scenario, projects)
    risks = draw_risks(prepared.register, projects, teams, scenario.seed, replication)
    return base._replace(engagements=base.engagements[:used], risks=risks)


def _world(**tables: Rows) -> w.World:
    """A world of these tables; those that belong to a structure are empty as yet."""
    return w.World(**(EMPTY | tables))


def _scale(scenario: Scenario, projects: Rows) -> None:
    """Value and size of each project in relation to an ordinary one's.

    That is the mean that the scenario describes, not of those drawn: a longer run does not change its start.
    """
    if not len(projects):
        return
    kind = scenario.portfolio.projects
    hours = kind.effort_hours if kind else float(projects["estimate_hours"].mean())
    value = hours * kind.value_an_hour if kind else float(projects["value"].mean())
    projects["weight"] = projects["value"] / value if value > 0 else 1.0
    projects["size"] = projects["estimate_hours"] / hours if hours > 0 else 1.0


def _clock(scenario: Scenario, given: Given, projects: Rows, replication: int) -> Rows:
    clock = np.zeros(1, w.CLOCK)
    clock["replication"] = replication
    clock["spare_exception"] = projects["last_exception"].max(initial=0)
    clock["spare_confusion"] = projects["last_confusion"].max(initial=0)
    clock["steps_a_day"] = 8 // scenario.step_hours
    clock["step_days"] = scenario.step_hours / 8.0
    clock["step_hours"] = scenario.step_hours
    clock["departures"] = given["attrition"] / given["days_a_year"] * clock["step_days"]
    return clock


def _teams(prepared: Prepared) -> Rows:
    given = prepared.scenario.teams
    rows = np.zeros(len(given), w.TEAM_ROW)
    skills = {name: k for k, name in enumerate(dict.fromkeys(team.skill for team in given))}
    rows["skill"] = [skills[team.skill] for team in given]
    rows["size"] = [team.members for team in given]
    rows["maturity"] = rows["first_maturity"] = prepared.values["first_maturity"]
    return rows


def _members(prepared: Prepared, replication: int) -> Rows:
    sizes = [team.members for team in prepared.scenario.teams]
    rows = np.zeros(sum(sizes), w.MEMBER)
    seed = prepared.scenario.seed
    normal = stream(seed, replication, "members").standard_normal(len(rows))
    sigma = prepared.values["productivity_spread"]
    rows["home"] = rows["team"] = np.repeat(np.arange(len(sizes)), sizes)
    rows["productivity"] = np.exp(sigma * normal - 0.5 * sigma * sigma)
    rows["speciality"] = stream(seed, replication, "talents").random(len(rows))
    rows["ramp"] = 1.0
    rows["task"] = rows["ticket"] = rows["project"] = rows["queue"] = w.NONE
    return rows


def _true_effort(prepared: Prepared, work: Work, project: NDArray[np.int64], replication: int) -> Floats:
    """Hours that tasks truly take: size effect, the project's bias, and an error that is 1 for many tasks."""
    given, seed = prepared.values, prepared.scenario.seed
    bias = given["project_bias"] * np.exp(
        given["project_bias_spread"] * stream(seed, replication, "biases").standard_normal(len(work.home))
    )
    exact = stream(seed, replication, "exact estimates").random(len(project))
    error = stream(seed, replication, "errors").standard_t(3, len(project))
    limit = given["task_error_limit"]
    error = np.maximum(-limit, np.minimum(limit, given["task_error_spread"] * error))
    error *= exact >= given["task_exact_share"]
    sized = work.estimate
    if given["size_exponent"] != 1.0:
        reference = given["reference_hours"]
        sized = reference * (work.estimate / reference) ** given["size_exponent"]
    return sized * bias[project] * np.exp(error)


def _tasks(
    prepared: Prepared, work: Work, projects: Rows, project: NDArray[np.int64], replication: int
) -> tuple[Rows, Rows]:
    """All tasks, and the luck of their exceptions."""
    seed = prepared.scenario.seed
    rows = np.zeros(len(project), w.TASK)
    effort = _true_effort(prepared, work, project, replication)
    count = entry_point("lay_out_tasks")(rows, projects, prepared.given, work.team, work.estimate, effort)
    rows["speciality"] = stream(seed, replication, "specialities").random(len(rows))
    needs = np.bincount(work.need_task, minlength=len(rows))
    rows["n_needs"], rows["first_need"] = needs, np.cumsum(needs) - needs
    exceptions = np.empty(count, w.EXCEPTION)
    gap = stream(seed, replication, "exceptions").standard_exponential(count)
    exceptions["gap"], rows["gap"] = gap, gap[rows["next_exception"]]
    exceptions["kind"] = stream(seed, replication, "exception kinds").random(count)
    exceptions["size"] = stream(seed, replication, "exception sizes").standard_exponential(count)
    exceptions["answer"] = stream(seed, replication, "answers").random(count)
    return rows, exceptions


def _projects(prepared: Prepared, work: Work, first_task: NDArray[np.int64]) -> Rows:
    given = prepared.values
    rows = np.zeros(len(work.home), w.PROJECT)
    for name in ("client", "home", "arrival", "deadline", "value", "n_tasks"):
        rows[name] = getattr(work, name)
    rows["budget_hours"] = work.budget
    rows["first_task"], rows["cursor"] = first_task, first_task
    change = prepared.scenario.portfolio.nature.change_a_month
    rows["volatility"] = change / given["month_days"] / given["change_size"]
    rows["delivered"] = -1.0
    rows["ranked"] = -DAYS_WITHOUT_END
    rows["queue"] = w.NONE
    return rows


def _changes(prepared: Prepared, projects: Rows, replication: int) -> Rows:
    """Luck of changed wants: enough for each project to run until the horizon."""
    days = prepared.scenario.horizon_days - np.minimum(projects["arrival"], 0.0)
    expected = float((projects["volatility"] * days).max(initial=0.0))
    most = expected + 8.0 * math.sqrt(expected) + 10 if expected > 0.0 else 0.0
    # In blocks, so that a longer horizon adds changes and leaves those of each project as they were.
    blocks = math.ceil(most / CHANGES_A_BLOCK)
    last = blocks * CHANGES_A_BLOCK * np.arange(1, len(projects) + 1)
    projects["last_change"], projects["next_change"] = last, last - blocks * CHANGES_A_BLOCK
    rows = np.empty((len(projects), blocks, CHANGES_A_BLOCK), w.CHANGE)
    for name, scale in (("gap", 1.0), ("size", prepared.values["change_size"])):
        for block in range(blocks):
            luck = stream(prepared.scenario.seed, replication, f"change {name} {block}")
            rows[name][:, block] = scale * luck.standard_exponential((len(projects), CHANGES_A_BLOCK))
    projects["change_gap"] = rows["gap"][:, 0, 0] if blocks else 0.0
    return rows.ravel()


# --- one structure -----------------------------------------------------------------------------------------


def _seats(prepared: Prepared, count: int, replication: int) -> dict[str, Rows]:
    """Managers, their absences and their successors: the same luck for structures with as many of them."""
    kept = prepared.seats.get(count)
    if kept is None or kept[0] != replication:
        people, scenario, given = np.zeros(count, w.MANAGER), prepared.scenario, prepared.values
        spells = draw_spells(scenario, given, people, replication, "managers")
        persons = draw_persons(scenario, given, people, replication, "managers")
        seats = {"managers": people, "manager_spells": spells, "manager_persons": persons}
        kept = prepared.seats[count] = replication, seats
    return kept[1]


def organise(prepared: Prepared, base: w.World, structure: str, room: Room | None = None) -> w.World:
    """A world ready to run: a copy of the base rows, with the people and matters of a structure.

    In a `room` it takes the place of the world before it, which is no more.
    """
    roles = prepared.staffing[structure]["roles"]
    managers = int(roles["count"].sum())
    queues = w.FIRST_TEAM_QUEUE + len(base.teams) * w.QUEUES_A_TEAM + len(base.pools) + managers
    matters = w.N_DUTIES * (len(base.projects) + len(base.teams)) + len(base.tasks) + managers
    matters += len(base.services) + len(base.clients)
    seats = _seats(prepared, managers, int(base.clock["replication"][0]))
    changing = {name: getattr(base, name) for name in CHANGING}
    blank = {
        "history": prepared.scenario.horizon_days, "experience": managers * w.N_DUTIES,
        "links": managers * (managers - 1) // 2, "accounts": len(base.accounts) * max(1, len(roles)),
        "matters": matters, "counts": w.N_DUTIES, "waits": w.N_DUTIES * w.WAIT_BINS,
        "queues": queues, "shared": len(base.shared) + managers,
    }  # fmt: skip
    tables = (room or Room()).tables(
        changing | prepared.staffing[structure] | seats,
        {name: (length, w.DTYPES[name]) for name, length in blank.items()},
    )
    world = base._replace(**tables)
    world.accounts[:] = w.NONE
    world.clock["clarity"] = prepared.values["clarity"]
    _set_cadence(prepared, world.clock, prepared.structure(structure))
    entry_point("staff")(world)
    return world


def _set_cadence(prepared: Prepared, clock: Rows, structure: Structure) -> None:
    """Sprints and cover of a structure, and of the one that follows it, with the day of the change."""
    clock["reorganise_on"] = -1.0
    for prefix, one in (("", structure), ("next_", structure.successor)):
        if one is not None:
            clock[f"{prefix}sprint_days"] = prepared.values["sprint_days"] if one.sprints else 0.0
            clock[f"{prefix}cover"] = one.cover
    if structure.successor is not None:
        clock["reorganise_on"] = structure.change_day


CHANGING = (
    *("clock", "teams", "members", "projects", "tasks", "pools", "engagements"),
    *("risks", "services", "tickets", "clients"),
)
"""Tables of a replication that a run changes, so that each structure gets its own copy."""
