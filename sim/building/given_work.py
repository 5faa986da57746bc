"""A given plan as rows, made once for all replications."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from sim.building.work import NO_FLOATS, Floats, Ints, Work
from sim.scenario.organisation import Projects
from sim.scenario.plan import Plan
from sim.vocabulary import CONTRACTS
from sim.world import NONE, Rows
from sim.world.luck import PLANNED

_KINDS = ("FS", "SS", "FF", "SF")
"""Links in the order of their codes (`sim.world.FINISH_START` ...)."""


def order_of_rows(plan: Plan) -> tuple[list[int], list[int]]:
    """Which project, and which task, of a plan each row stands for: by day of start, project by project."""
    order = sorted(range(len(plan.projects)), key=lambda k: plan.projects[k].start_day)
    place = {k: i for i, k in enumerate(order)}
    return order, sorted(range(len(plan.tasks)), key=lambda k: place[plan.tasks[k].project])


def _places(values: list[int | None]) -> Ints:
    """Whole numbers, NONE where there is none."""
    return np.array([NONE if value is None else value for value in values], np.int32)


class This:
    """A plan, told from others by which one it is: to look at all its tasks would take too long."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, This) and self.plan is other.plan

    def __hash__(self) -> int:
        return id(self.plan)


@lru_cache(maxsize=8)
def given_work(this: This, teams: tuple[str, ...], specialists: tuple[str, ...]) -> Work:
    """A given plan as arrays, made once for all replications, also those in which assumptions differ.

    A project's home is the team with the most hours in it.
    """
    plan = this.plan
    names = {name: k for k, name in enumerate(teams)}
    pools = {name: k for k, name in enumerate(specialists)}
    clients = {name: k for k, name in enumerate(plan.clients)}
    order, sequence = order_of_rows(plan)
    place = {k: i for i, k in enumerate(order)}
    row = {k: i for i, k in enumerate(sequence)}
    tasks = [plan.tasks[k] for k in row]
    projects = [plan.projects[k] for k in order]
    hours = np.zeros((len(projects), len(names)))
    for task in tasks:
        hours[place[task.project], names[task.team]] += task.estimate_hours
    edges = [(row[p], row[k]) for k in row for p in plan.tasks[k].predecessors]
    ranged = [i for i, task in enumerate(tasks) if task.range_hours]
    part = np.array([[h / tasks[i].estimate_hours for h in tasks[i].range_hours or ()] for i in ranged])
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
        source=np.full(len(projects), PLANNED, np.int32),
        estimate=np.array([t.estimate_hours for t in tasks], np.float64),
        team=np.array([names[t.team] for t in tasks], np.int32),
        edge_from=np.array([e[0] for e in edges], np.int32),
        edge_to=np.array([e[1] for e in edges], np.int32),
        need_task=np.array([n[0] for n in needs], np.int32),
        need_pool=np.array([n[1] for n in needs], np.int32),
        need_units=np.array([n[2] for n in needs], np.int32),
        **_links(plan, list(row)),
        done=np.array([t.done for t in tasks]) if any(t.done for t in tasks) else NO_FLOATS,
        range_task=np.array(ranged, np.int32),
        range_low=part[:, 0] if ranged else NO_FLOATS,
        range_likely=part[:, 1] if ranged else NO_FLOATS,
        range_high=part[:, 2] if ranged else NO_FLOATS,
    )


def _links(plan: Plan, sequence: Sequence[int]) -> dict[str, Rows]:
    """Kind and lag of each edge, where any is not the usual one or leads from one project to another."""
    if not plan.is_linked:
        return {}
    tasks = [plan.tasks[k] for k in sequence]
    links = [link for t in tasks for link in t.links or [("FS", 0.0)] * len(t.predecessors)]
    kinds = [_KINDS.index(kind) for kind, _ in links]
    return {"edge_kind": np.array(kinds, np.int32), "edge_lag": np.array([lag for _, lag in links])}
