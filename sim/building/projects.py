"""What there is to do in one replication: projects, their tasks and needs, drawn or given.

`draw_work` gives the same work whatever the structure; its arrays are then wired into rows by
`sim.building.replication`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np

from sim.building.given_work import This, given_work
from sim.building.work import Floats, Ints, Work, both_together
from sim.engine.compilation import entry_point
from sim.scenario import Scenario
from sim.scenario.organisation import Projects
from sim.world import NONE
from sim.world.luck import LATER, ON_TOP, OWN_STREAMS, PLANNED, stream

Given = dict[str, float]  # assumption -> value
DAYS_WITHOUT_END = 1e9


def draw_work(scenario: Scenario, given: Given, replication: int) -> Work:
    """The work of one replication: the scenario's plan, projects drawn from its description, or both."""
    return reduce(both_together, _parts(scenario, given, replication))


def clients_of_plan(scenario: Scenario) -> int:
    """How many clients a given plan names; 0 without one."""
    return len(scenario.plan.clients) if scenario.plan else 0


def clients_in_all(scenario: Scenario) -> int:
    """How many clients there are: a plan's own, which come first, and those of drawn projects."""
    planned = clients_of_plan(scenario)
    return max(planned, scenario.portfolio.clients) if scenario.portfolio.projects else planned


def _parts(scenario: Scenario, given: Given, replication: int) -> Iterator[Work]:
    if scenario.plan is not None:
        yield given_work(This(scenario.plan), tuple(t.name for t in scenario.teams), tuple(scenario.pools))
    kind = scenario.portfolio.projects
    if kind is None:
        return
    source = PLANNED if scenario.plan is None else LATER
    if source == PLANNED or kind.at_start + kind.a_year > 0.0:
        yield _drawn(
            scenario, kind, given, replication, *_arrivals(scenario, kind, given, replication, source), source
        )
    if given["extra_projects"] * kind.a_year > 0.0:
        yield _on_top(scenario, kind, given, replication)


def _on_top(scenario: Scenario, projects: Projects, given: Given, replication: int) -> Work:
    """What clients may bring on top of their plans, drawn from streams of its own."""
    gap = given["days_a_year"] / (given["extra_projects"] * projects.a_year)
    arrival = _days(scenario, gap, stream(scenario.seed, replication, OWN_STREAMS[ON_TOP] + "arrivals"))
    stage = np.full(len(arrival), -1.0)
    return _drawn(scenario, projects, given, replication, arrival, stage, ON_TOP)


def _arrivals(
    scenario: Scenario, projects: Projects, given: Given, replication: int, source: int
) -> tuple[Floats, Floats]:
    """Days on which projects arrive, and for each the share done by then (those at the start) or -1."""
    own = OWN_STREAMS[source]
    luck = stream(scenario.seed, replication, f"{own}stages")
    stage = luck.uniform(0.0, 0.9, projects.at_start)
    gap = given["days_a_year"] / projects.a_year if projects.a_year > 0 else DAYS_WITHOUT_END
    days = _days(scenario, gap, stream(scenario.seed, replication, f"{own}arrivals"))
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


def _drawn(
    scenario: Scenario,
    projects: Projects,
    given: Given,
    replication: int,
    arrival: Floats,
    stage: Floats,
    source: int,
) -> Work:
    """Projects that arrive on these days, from the streams of their source."""

    def luck_of(name: str) -> np.random.Generator:
        return stream(scenario.seed, replication, OWN_STREAMS[source] + name)

    count, n_teams = len(arrival), len(scenario.teams)
    luck = luck_of("projects")
    home_order = luck.permutation(n_teams)
    sizes = _spread(luck, given["project_size_spread"], count)
    client = luck_of("clients").integers(0, clients_in_all(scenario), count)
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
        source=np.full(count, source, np.int32),
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
