"""What one replication draws: the rows that no structure changes - people, work and luck, wired together."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim import world as w
from sim.building.absences import draw_departures
from sim.building.contracts import contracts_of
from sim.building.dependencies import draw_dependencies
from sim.building.preparation import Prepared
from sim.building.projects import DAYS_WITHOUT_END, Given, clients_in_all, clients_of_plan, draw_work
from sim.building.ranges import draw_ranges
from sim.building.risks import draw_risks
from sim.building.services import draw_clients, draw_promises, draw_services, expect_tickets
from sim.building.work import Floats, Work
from sim.engine.compilation import entry_point
from sim.scenario import Scenario
from sim.world import Rows
from sim.world.copies import repeated
from sim.world.luck import ON_TOP, PLANNED, draw_apart, luck_of_run, numbers_apart, stream

EMPTY = {name: np.zeros(0, dtype) for name, dtype in w.DTYPES.items()}


def draw_base(prepared: Prepared, replication: int) -> w.World:
    """The rows of one replication that no structure changes: people, work and luck, wired together."""
    scenario, given = prepared.scenario, prepared.values
    work = draw_work(scenario, given, replication)
    teams, members = _teams(prepared, replication), _members(prepared, replication)
    first_task = np.cumsum(work.n_tasks) - work.n_tasks
    project = np.repeat(np.arange(len(work.home)), work.n_tasks)
    projects = _projects(prepared, work, first_task, replication)
    tasks = _tasks(prepared, work, projects, project, replication)
    clients = clients_in_all(scenario)
    served = clients_of_plan(scenario) or clients  # beside a plan, services are its clients'
    services, tickets = draw_services(scenario, given, work, served, replication)
    accounts = draw_clients(scenario, given, clients, replication)
    expect_tickets(scenario, given, accounts, services)
    draw_promises(scenario, projects, work.source, len(tickets), given, replication)
    draw_departures(scenario.seed, given, members, replication, "members")
    pools = np.zeros(len(scenario.pools), w.Pool.dtype)
    pools["units"] = list(scenario.pools.values())
    needs = np.zeros(len(work.need_task), w.Need.dtype)
    needs["pool"], needs["units"] = work.need_pool, work.need_units
    most = 3 * len(projects) + len(tasks) + len(needs)  # engagements
    engagements, partners = np.zeros(most, w.Engagement.dtype), np.zeros(most, np.int32)
    base = _world(
        clock=_clock(scenario, given, replication, len(work.edge_kind)), given=prepared.given,
        teams=teams, members=members,
        dependencies=draw_dependencies(scenario, given, teams, replication),
        accounts=np.full(clients, w.NONE, np.int32),
        projects=projects, tasks=tasks, needs=needs, pools=pools,
        successors=np.zeros(len(work.edge_from), np.int32), **_links(work),
        services=services, tickets=tickets,
        engagements=engagements, partners=partners,
        shared=np.zeros(len(teams) + len(pools), w.Queue.dtype),
        clients=accounts,
    )  # fmt: skip
    seen = np.full(len(base.shared), w.NONE, np.int32)
    wire = entry_point("wire")
    slack = _told(scenario, work, "deadline_slack")
    used = wire(base, work.edge_from, work.edge_to, work.stage, work.done, slack, seen)
    _scale(scenario, projects, work)
    risks = draw_risks(prepared.register, projects, work.source, teams, scenario.seed, replication)
    return base._replace(engagements=engagements[:used], partners=partners[:used], risks=risks)


def _world(**tables: Rows) -> w.World:
    """A world of these tables; those that belong to a structure are empty as yet."""
    return w.world_of(EMPTY | tables)


def _told(scenario: Scenario, work: Work, name: str) -> Rows:
    """What the scenario says of the nature of each project, beside its plan or among what is drawn."""
    planned, others = scenario.portfolio.nature, scenario.portfolio.projects or scenario.portfolio.nature
    of_each: Rows = np.where(work.source == PLANNED, getattr(planned, name), getattr(others, name))
    return of_each


def _scale(scenario: Scenario, projects: Rows, work: Work) -> None:
    """Value and size of each project in relation to an ordinary one's: of a plan where there is one.

    Else that is the mean that the scenario describes, not of those drawn: a longer run does not change its
    start.
    """
    if not len(projects):
        return
    kind = scenario.portfolio.projects if scenario.plan is None else None
    planned = projects[work.source == PLANNED]
    hours = kind.effort_hours if kind else float(planned["estimate_hours"].mean())
    value = hours * kind.value_an_hour if kind else float(planned["value"].mean())
    projects["weight"] = projects["value"] / value if value > 0 else 1.0
    projects["size"] = projects["estimate_hours"] / hours if hours > 0 else 1.0


def _links(work: Work) -> dict[str, Rows]:
    """How tasks are tied, in the order of `successors`, where any are tied otherwise than usual."""
    if not len(work.edge_kind):
        return {}
    order = work.edge_from.argsort(kind="stable")
    links = np.zeros(len(order), w.Tie.dtype)
    links["kind"], links["lag"] = work.edge_kind[order], work.edge_lag[order]
    return {"ties": links, "holds": np.zeros(len(work.estimate), w.Hold.dtype)}


def _clock(scenario: Scenario, given: Given, replication: int, links: int) -> Rows:
    clock = np.zeros(1, w.Clock.dtype)
    clock["linked"] = links > 0
    clock["replication"] = replication
    clock["luck"], clock["more_luck"] = luck_of_run(scenario.seed, replication)
    clock["steps_a_day"] = 8 // scenario.step_hours
    clock["step_days"] = scenario.step_hours / 8.0
    clock["step_hours"] = scenario.step_hours
    clock["until"] = clock["step_days"]
    clock["changes_paid"] = scenario.portfolio.changes_paid
    clock["departures"] = given["attrition"] / given["days_a_year"] * clock["step_days"]
    return clock


def _teams(prepared: Prepared, replication: int) -> Rows:
    rows = repeated(prepared.teams, 1)
    luck = stream(prepared.scenario.seed, replication, "misunderstandings of teams")
    rows["confusion_gap"] = luck.standard_exponential(len(rows))
    return rows


def _members(prepared: Prepared, replication: int) -> Rows:
    sizes = [team.members for team in prepared.scenario.teams]
    rows = np.zeros(sum(sizes), w.Member.dtype)
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
    source = work.source
    normal = draw_apart(seed, replication, "biases", Generator.standard_normal, source)
    bias = given["project_bias"] * np.exp(given["project_bias_spread"] * normal)
    exact = draw_apart(seed, replication, "exact estimates", Generator.random, source[project])
    error = draw_apart(seed, replication, "errors", _heavy_tailed, source[project])
    limit = given["task_error_limit"]
    error = np.maximum(-limit, np.minimum(limit, given["task_error_spread"] * error))
    error *= exact >= given["task_exact_share"]
    factor = draw_ranges(prepared.scenario, work, np.exp(error), replication)
    sized = work.estimate
    if given["size_exponent"] != 1.0:
        reference = given["reference_hours"]
        sized = reference * (work.estimate / reference) ** given["size_exponent"]
    return sized * bias[project] * factor


def _heavy_tailed(luck: Generator, size: int) -> Floats:
    """Student's t of three degrees of freedom."""
    return luck.standard_t(3, size)


def _tasks(
    prepared: Prepared, work: Work, projects: Rows, project: NDArray[np.int64], replication: int
) -> Rows:
    """All tasks, with what they wait for the first exception."""
    seed = prepared.scenario.seed
    rows = np.zeros(len(project), w.Task.dtype)
    effort = _true_effort(prepared, work, project, replication)
    entry_point("lay_out_tasks")(rows, projects, work.team, work.estimate, effort)
    source = work.source[project]
    rows["speciality"] = draw_apart(seed, replication, "specialities", Generator.random, source)
    rows["gap"] = draw_apart(seed, replication, "exceptions", Generator.standard_exponential, source)
    needs = np.bincount(work.need_task, minlength=len(rows))
    rows["n_needs"], rows["first_need"] = needs, np.cumsum(needs) - needs
    return rows


def _projects(prepared: Prepared, work: Work, first_task: NDArray[np.int64], replication: int) -> Rows:
    given = prepared.values
    rows = np.zeros(len(work.home), w.Project.dtype)
    for name in ("client", "home", "arrival", "deadline", "value", "n_tasks"):
        rows[name] = getattr(work, name)
    rows["on_top"] = work.source == ON_TOP
    rows["number"] = numbers_apart(work.source)
    rows["first_number"] = numbers_apart(np.repeat(work.source, work.n_tasks))[first_task]
    rows["budget_hours"] = work.budget
    rows["first_task"], rows["at_hand"] = first_task, first_task
    rows["last_done"] = rows["first_done"] = w.NONE
    change = _told(prepared.scenario, work, "change_a_month")
    rows["volatility"] = change / given["month_days"] / given["change_size"]
    for gap, name in (("change_gap", "changes"), ("confusion_gap", "misunderstandings")):
        rows[gap] = draw_apart(
            prepared.scenario.seed, replication, name, Generator.standard_exponential, work.source
        )
    rows["contract"] = contracts_of(prepared.scenario, work, replication)
    rows["delivered"] = rows["cancelled"] = -1.0
    usual = _told(prepared.scenario, work, "milestones")
    rows["milestones"] = np.where(work.milestones < 0, usual, work.milestones)
    rows["milestone_since"] = -1.0
    rows["ranked"] = -DAYS_WITHOUT_END
    rows["queue"] = w.NONE
    return rows
