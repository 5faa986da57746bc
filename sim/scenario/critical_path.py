"""When the tasks of a plan can be done at the earliest, if nothing but its order holds them up."""

from __future__ import annotations

from sim.scenario.plan import Plan, PlannedTask
from sim.scenario.reading.networks import in_order

_HOURS_A_DAY = 8.0

Span = tuple[float, float]
"""First and last moment of a task, in working days from day 0."""


def earliest(plan: Plan) -> list[Span]:
    """The earliest start and end of each task: eight hours a day, people and specialists for all.

    What was done before day 0 takes no more time. A task that may not end before another (FF, SF) begins as
    soon as it may, and ends when it may.
    """
    order = in_order([task.predecessors for task in plan.tasks]) or []
    spans: list[Span] = [(0.0, 0.0)] * len(plan.tasks)
    for i in order:
        spans[i] = _span(plan.tasks[i], float(max(0, plan.projects[plan.tasks[i].project].start_day)), spans)
    return spans


def _span(task: PlannedTask, begin: float, spans: list[Span]) -> Span:
    if task.done >= 1.0:
        return begin, begin
    start, end = begin, begin
    for k, before in enumerate(task.predecessors):
        kind, lag = task.links[k] if task.links else ("FS", 0.0)
        day = spans[before][kind[0] == "F"] + lag
        if kind[1] == "S":
            start = max(start, day)
        else:
            end = max(end, day)
    return start, max(end, start + (1.0 - task.done) * task.estimate_hours / _HOURS_A_DAY)


def ends_of_projects(plan: Plan) -> list[float]:
    """The earliest end of each project, in working days from day 0."""
    ends = [float(max(0, project.start_day)) for project in plan.projects]
    for task, (_, end) in zip(plan.tasks, earliest(plan), strict=True):
        ends[task.project] = max(ends[task.project], end)
    return ends
