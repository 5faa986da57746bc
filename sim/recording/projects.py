"""How projects get on: each change of state, what a waiting one waits for, and what comes out about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.recording.events import Event
from sim.recording.ledger import ROUNDING, Ledger
from sim.recording.tasks import held_up
from sim.rules.responsibilities import project_duty
from sim.world import (
    CANCELLED,
    CHECKING,
    DELIVERED,
    FUTURE,
    GIVEN_UP,
    NONE,
    PLANNING,
    RUNNING,
    STARTING,
    TRACKING,
    WITHHELD,
    Project,
    World,
)

WAITS_FOR = {STARTING: PLANNING, CHECKING: TRACKING}


class Stage(NamedTuple):
    """A project from the end of a step on; `held_up` as for tasks."""

    step: int
    state: int
    held_up: str


class ProjectHistory:
    """All that is known about how one project got on; `opened` and `closed` are steps, or NONE."""

    def __init__(self, project: Project) -> None:
        self.stages = [Stage(-1, project.state, "")]
        self.opened = NONE
        self.closed = NONE
        self.seen = _seen(project)
        self.waiting_since = 0.0

    def at(self, step: int) -> Stage:
        """How the project stood at the end of a step (-1: before the first)."""
        return next(stage for stage in reversed(self.stages) if stage.step <= step)


class _Seen(NamedTuple):
    """What is compared from step to step."""

    state: int
    late: int
    changes: int
    undiscovered: float
    overrun: float
    milestones_accepted: int
    complained: int


def _seen(project: Project) -> _Seen:
    return _Seen(*(getattr(project, name) for name in _Seen._fields))


def look_at_project(
    world: World, history: ProjectHistory, ledger: Ledger, project_id: int, step: int
) -> Iterator[Event]:
    """Note how a project stands at the end of a step, and tell what came out about it."""
    project = world.projects[project_id]
    before, now = history.seen, _seen(project)
    history.seen = now
    waits = project.state in WAITS_FOR
    if now.state != before.state or waits:
        held = ""
        if waits:
            duty = project_duty(world, project_id, WAITS_FOR[project.state])
            held = held_up(world, world.responsibilities[duty].matter, step)
        stage = Stage(step, now.state, held)
        if stage[1:] != history.stages[-1][1:]:
            history.stages.append(stage)
    start = world.clock[0].now - world.clock[0].step_days
    if now.state != before.state:
        yield from _turn(world, history, project_id, step, before.state)
    if now.complained > before.complained:
        yield Event(start, "complained of", project_id)
    if now != before and now.state not in (DELIVERED, CANCELLED):
        yield from _news(project_id, project, before, now, start)
    news = ledger.news(world, project_id)
    for kind, hours in (
        ("rework found", news.rework),
        ("change noticed", news.drift),
        ("overrun approved", news.approved),
        ("approval given back", -news.approved),
        ("scope cut", news.cut),
        ("scope taken in again", -news.cut),
    ):
        if hours > ROUNDING:
            yield Event(start, kind, project_id, amount=hours)


def _news(project_id: int, project: Project, before: _Seen, now: _Seen, start: float) -> Iterator[Event]:
    """What changed about a project that goes on."""
    if now.changes > before.changes:
        share = max(0.0, now.undiscovered - before.undiscovered)
        yield Event(start, "wants changed", project_id, amount=share)
    if now.late != before.late:
        yield Event(start, "known late" if now.late else "in time again", project_id, amount=project.forecast)
    if now.milestones_accepted > before.milestones_accepted:
        yield Event(start, "milestone accepted", project_id, amount=now.milestones_accepted)
    if now.overrun > 0.0 >= before.overrun:
        yield Event(start, "overrun", project_id, amount=now.overrun)


def _turn(world: World, history: ProjectHistory, project_id: int, step: int, before: int) -> Iterator[Event]:
    """A project's state has changed: what that means, and since when it had waited."""
    project = world.projects[project_id]
    clock = world.clock[0]
    start, now = clock.now - clock.step_days, project.state
    days = start - history.waiting_since
    if before == FUTURE:
        if now == WITHHELD:
            yield Event(start, "went elsewhere", project_id, amount=project.value)
            return
        history.opened = step
        history.waiting_since = days = start
        kind = "under way" if project.begun else "arrived"
        yield Event(start, kind, project_id, amount=project.deadline)
        days = 0.0
    if before == STARTING or (before == FUTURE and now != STARTING and not project.begun):
        kind = "planned" if project.plan_quality > 0.0 else "began without a plan"
        yield Event(start, kind, project_id, amount=days)
    if before == CHECKING:
        alone = days >= world.given[0].check_patience and now != RUNNING
        yield Event(start, "went out unchecked" if alone else "checked", project_id, amount=days)
    if now == CHECKING:
        history.waiting_since = start
        yield Event(start, "check begun", project_id)
    if now == CANCELLED:
        history.closed = step
        kind = "given up" if project.cause == GIVEN_UP else "cancelled"
        yield Event(project.cancelled, kind, project_id, amount=project.paid)
    if now == DELIVERED:
        history.closed = step
        yield Event(project.delivered, "delivered", project_id, amount=project.delivered - project.deadline)
