"""What there is to do in one replication: projects, their tasks and needs, drawn or given.

`draw_work` gives the same work whatever the structure; its arrays are then wired into rows by
`sim.building.replication`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import entry_point
from sim.scenario import Scenario
from sim.scenario.organisation import Projects
from sim.scenario.plan import Plan
from sim.vocabulary import CONTRACTS
from sim.world import NONE
from sim.world.luck import stream

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

Given = dict[str, float]  # assumption -> value
DAYS_WITHOUT_END = 1e9
ON_TOP = "on top: "
"""What the names of streams begin with of projects that clients may bring on top of their plans."""


@dataclass(frozen=True)
class Work:
    """Projects (P), tasks (T), edges (E) and needs (N), project by project, predecessors before successors.

    A negative deadline, value, budget, contract or number of milestones is still open; a negative stage means
    "not begun".
    """

    client: Ints  # P
    home: Ints  # P: team
    arrival: Floats  # P: day
    stage: Floats  # P: share done at the start
    deadline: Floats  # P: day
    value: Floats  # P: euro
    budget: Floats  # P: h
    contract: Ints  # P
    milestones: Ints  # P
    n_tasks: Ints  # P
    on_top: Ints  # P: 1: it comes only if its client is more than content
    estimate: Floats  # T: h
    team: Ints  # T
    edge_from: Ints  # E: task
    edge_to: Ints  # E: task
    need_task: Ints  # N: task, ascending
    need_pool: Ints  # N
    need_units: Ints  # N


_OF_PROJECTS = (
    *("client", "home", "arrival", "stage", "deadline", "value", "budget"),
    *("contract", "milestones", "n_tasks", "on_top"),
)
"""The fields of `Work` with an entry a project."""


def draw_work(scenario: Scenario, given: Given, replication: int) -> Work:
    """The work of one replication: the scenario's plan, or projects drawn from its description."""
    if scenario.plan is not None:
        return _given_work(_This(scenario.plan), tuple(t.name for t in scenario.teams), tuple(scenario.pools))
    assert scenario.portfolio.projects is not None
    kind = scenario.portfolio.projects
    work = _drawn_work(scenario, kind, given, replication)
    rate = given["extra_projects"] * kind.a_year
    return _and_on_top(work, _on_top(scenario, kind, given, replication)) if rate > 0.0 else work


def _on_top(scenario: Scenario, projects: Projects, given: Given, replication: int) -> Work:
    """What clients may bring on top of their plans, drawn from streams of its own."""
    gap = given["days_a_year"] / (given["extra_projects"] * projects.a_year)
    arrival = _days(scenario, gap, stream(scenario.seed, replication, f"{ON_TOP}arrivals"))
    stage = np.full(len(arrival), -1.0)
    return _drawn(scenario, projects, given, replication, arrival, stage, ON_TOP)


def _and_on_top(work: Work, more: Work) -> Work:
    """Both together in the order of their days, so that a longer run begins as a shorter one."""
    tasks = len(work.estimate)
    behind = {
        "edge_from": more.edge_from + tasks,
        "edge_to": more.edge_to + tasks,
        "need_task": more.need_task + tasks,
        "on_top": np.ones(len(more.home), np.int32),
    }
    names = [field.name for field in fields(Work)]
    added = {name: behind.get(name, getattr(more, name)) for name in names}
    both = {name: np.concatenate([getattr(work, name), added[name]]) for name in names}
    return _in_order(Work(**both), both["arrival"].argsort(kind="stable"))


def _in_order(work: Work, order: NDArray[np.int64]) -> Work:
    """The same work, its projects in another order, each with its tasks, edges and needs."""
    if not len(order):  # no project comes at all
        return work
    ends = work.n_tasks.cumsum()
    tasks = np.concatenate([np.arange(ends[k] - work.n_tasks[k], ends[k]) for k in order])
    place = np.empty(len(tasks), np.int32)
    place[tasks] = np.arange(len(tasks))
    of_projects = {name: getattr(work, name)[order] for name in _OF_PROJECTS}
    need_task = place[work.need_task]
    needs, edges = need_task.argsort(kind="stable"), place[work.edge_from].argsort(kind="stable")
    return Work(
        **of_projects,
        estimate=work.estimate[tasks],
        team=work.team[tasks],
        edge_from=place[work.edge_from][edges],
        edge_to=place[work.edge_to][edges],
        need_task=need_task[needs],
        need_pool=work.need_pool[needs],
        need_units=work.need_units[needs],
    )


def _arrivals(
    scenario: Scenario, projects: Projects, given: Given, replication: int
) -> tuple[Floats, Floats]:
    """Days on which projects arrive, and for each the share done by then (those at the start) or -1."""
    luck = stream(scenario.seed, replication, "stages")
    stage = luck.uniform(0.0, 0.9, projects.at_start)
    gap = given["days_a_year"] / projects.a_year if projects.a_year > 0 else DAYS_WITHOUT_END
    days = _days(scenario, gap, stream(scenario.seed, replication, "arrivals"))
    arrival = np.concatenate([np.zeros(projects.at_start), days])
    return arrival, np.concatenate([stage, np.full(len(days), -1.0)])


def _days(scenario: Scenario, gap: float, luck: np.random.Generator) -> Floats:
    """Days up to the horizon that are `gap` days apart on average."""
    expected = scenario.horizon_days / gap
    days = np.cumsum(luck.exponential(gap, int(expected + 8 * np.sqrt(expected) + 20)))
    return np.asarray(days[days < scenario.horizon_days])


def _spread(luck: np.random.Generator, sigma: float, size: int) -> Floats:
    """Lognormal factors with mean 1 and log sd `sigma`."""
    return np.exp(sigma * luck.standard_normal(size) - 0.5 * sigma * sigma)


def _drawn_work(scenario: Scenario, projects: Projects, given: Given, replication: int) -> Work:
    arrival, stage = _arrivals(scenario, projects, given, replication)
    return _drawn(scenario, projects, given, replication, arrival, stage)


def _drawn(
    scenario: Scenario,
    projects: Projects,
    given: Given,
    replication: int,
    arrival: Floats,
    stage: Floats,
    kind: str = "",
) -> Work:
    """Projects that arrive on these days, from streams whose names begin with `kind`."""

    def luck_of(name: str) -> np.random.Generator:
        return stream(scenario.seed, replication, kind + name)

    count, n_teams = len(arrival), len(scenario.teams)
    luck = luck_of("projects")
    home_order = luck.permutation(n_teams)
    sizes = _spread(luck, given["project_size_spread"], count)
    client = luck_of("clients").integers(0, scenario.portfolio.clients, count)
    worth = _spread(luck_of("values"), given["value_spread"], count)
    n_tasks = np.maximum(1, np.rint(projects.tasks * sizes)).astype(np.int32)
    total = int(n_tasks.sum())
    mean = projects.effort_hours / projects.tasks
    luck = luck_of("estimates")
    estimate = np.maximum(1.0, mean * _spread(luck, given["task_size_spread"], total))
    home = home_order[np.arange(count) % n_teams].astype(np.int32)
    homes = np.repeat(home, n_tasks)
    edge_from, edge_to = _layers(luck_of("networks"), given, n_tasks)
    need_task, need_pool = _needs(luck_of("needs"), scenario, projects, homes)
    return Work(
        client=client.astype(np.int32),
        home=home,
        arrival=arrival,
        stage=stage,
        deadline=np.full(count, -1.0),
        value=worth * projects.value_an_hour * np.add.reduceat(estimate, np.cumsum(n_tasks) - n_tasks)
        if count
        else worth,
        budget=np.full(count, -1.0),
        contract=np.full(count, NONE, np.int32),
        milestones=np.full(count, projects.milestones, np.int32),
        n_tasks=n_tasks,
        on_top=np.zeros(count, np.int32),
        estimate=estimate,
        team=_teams(luck_of("teams"), scenario, projects, given, homes),
        edge_from=edge_from,
        edge_to=edge_to,
        need_task=need_task,
        need_pool=need_pool,
        need_units=np.ones(len(need_task), np.int32),
    )


def _teams(
    dice: np.random.Generator, scenario: Scenario, projects: Projects, given: Given, home: Ints
) -> Ints:
    """The team of each task: the project's home, or (cross-team) a neighbour, or any."""
    n_teams = len(scenario.teams)
    luck = dice.random((len(home), 5))
    across = np.flatnonzero(luck[:, 0] < projects.cross_team)
    _, near, side, which, any_team = luck.take(across, axis=0).T
    reach = max(1, int(given["neighbour_reach"]))
    step = (1 + np.floor(which * reach)) * np.where(side < 0.5, -1, 1)
    team = home.copy()
    team[across] = np.where(near < given["neighbour_share"], home[across] + step, any_team * n_teams)
    return team % n_teams


def _layers(dice: np.random.Generator, given: Given, n_tasks: Ints) -> tuple[Ints, Ints]:
    """Edges of layered networks (see `sim.rules.drafting.link_layers`)."""
    layers = np.maximum(1, np.rint(n_tasks / given["layer_tasks"])).astype(np.int32)
    luck = dice.random((n_tasks.sum(), 3))
    edge_from, edge_to = np.empty((2, 2 * len(luck)), np.int32)
    twice = given["second_predecessor"]
    edges = entry_point("link_layers")(n_tasks, layers, twice, luck, edge_from, edge_to)
    return edge_from[:edges], edge_to[:edges]


def _needs(
    dice: np.random.Generator, scenario: Scenario, projects: Projects, home: Ints
) -> tuple[Ints, Ints]:
    """Which tasks need a specialist, and of which pool: one of the two nearest to the home team."""
    n_pools, n_teams = len(scenario.pools), len(scenario.teams)
    if n_pools == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    need, which = dice.random((len(home), 2)).T
    task = np.flatnonzero(need < projects.pool_share)
    pool = (home[task].astype(np.int64) * n_pools // n_teams + (which[task] < 0.5)) % n_pools
    return task.astype(np.int32), pool.astype(np.int32)


def order_of_rows(plan: Plan) -> tuple[list[int], list[int]]:
    """Which project, and which task, of a plan each row stands for: by day of start, project by project."""
    order = sorted(range(len(plan.projects)), key=lambda k: plan.projects[k].start_day)
    place = {k: i for i, k in enumerate(order)}
    return order, sorted(range(len(plan.tasks)), key=lambda k: place[plan.tasks[k].project])


def _places(values: list[int | None]) -> Ints:
    """Whole numbers, NONE where there is none."""
    return np.array([NONE if value is None else value for value in values], np.int32)


class _This:
    """A plan, told from others by which one it is: to look at all its tasks would take too long."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.plan is other.plan

    def __hash__(self) -> int:
        return id(self.plan)


@lru_cache(maxsize=8)
def _given_work(this: _This, teams: tuple[str, ...], specialists: tuple[str, ...]) -> Work:
    """A given plan as arrays, made once for all replications, also those in which assumptions differ.

    A project's home is the team with the most hours in it.
    """
    plan = this.plan
    names = {name: k for k, name in enumerate(teams)}
    pools = {name: k for k, name in enumerate(specialists)}
    clients = {name: k for k, name in enumerate(dict.fromkeys(p.client for p in plan.projects))}
    order, sequence = order_of_rows(plan)
    place = {k: i for i, k in enumerate(order)}
    row = {k: i for i, k in enumerate(sequence)}
    tasks = [plan.tasks[k] for k in row]
    projects = [plan.projects[k] for k in order]
    hours = np.zeros((len(projects), len(names)))
    for task in tasks:
        hours[place[task.project], names[task.team]] += task.estimate_hours
    edges = [(row[p], row[k]) for k in row for p in plan.tasks[k].predecessors]
    needs = [(row[k], pools[pool], units) for k in row for pool, units in plan.tasks[k].needs]
    value_an_hour = Projects().value_an_hour

    def project_floats(values: list[float | None]) -> Floats:
        return np.array([-1.0 if value is None else value for value in values], np.float64)

    value = project_floats([p.value for p in projects])
    return Work(
        client=np.array([clients[p.client] for p in projects], np.int32),
        home=hours.argmax(axis=1).astype(np.int32),
        arrival=project_floats([float(p.start_day) for p in projects]),
        stage=np.full(len(projects), -1.0),
        deadline=project_floats([p.deadline_day for p in projects]),
        value=np.where(value < 0, hours.sum(axis=1) * value_an_hour, value),
        budget=project_floats([p.budget_hours for p in projects]),
        contract=_places([p.paid and CONTRACTS.index(p.paid) for p in projects]),
        milestones=_places([p.milestones for p in projects]),
        n_tasks=np.bincount([place[t.project] for t in tasks], minlength=len(projects)).astype(np.int32),
        on_top=np.zeros(len(projects), np.int32),
        estimate=np.array([t.estimate_hours for t in tasks], np.float64),
        team=np.array([names[t.team] for t in tasks], np.int32),
        edge_from=np.array([e[0] for e in edges], np.int32),
        edge_to=np.array([e[1] for e in edges], np.int32),
        need_task=np.array([n[0] for n in needs], np.int32),
        need_pool=np.array([n[1] for n in needs], np.int32),
        need_units=np.array([n[2] for n in needs], np.int32),
    )
