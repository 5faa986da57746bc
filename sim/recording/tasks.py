"""How tasks get on: each change of state, what a task waits for, and when it was open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.recording.events import Event
from sim.rules.exceptions import duty_asked
from sim.rules.luck import luck_of, number_of_task
from sim.rules.matters import matter_of_task
from sim.rules.responsibilities import owner_of, team_duty
from sim.world import (
    BLOCKED,
    COORDINATION,
    DONE,
    DROPPED,
    EXCEPTIONS,
    HANDING_OVER,
    LIMBO_QUEUE,
    NONE,
    PLANNING,
    READY,
    SPONSOR_QUEUE,
    UNASSIGNED,
    WAITING,
    World,
)

QUESTION_OF = {PLANNING: "question", COORDINATION: "impediment"}  # any other: "escalation"

# State of waiting -> the patience that ends it, the event of asking, of an answer, and of going on without.
WAITS = {
    BLOCKED: ("patience", "", "answered", "guessed"),
    HANDING_OVER: ("handover_patience", "hand-over asked", "handed over", "handed over alone"),
    UNASSIGNED: ("allocation_patience", "assignment asked", "assigned", "assigned"),
}


class Moment(NamedTuple):
    """A task from the end of a step on.

    `waits_for`: "question", "impediment", "escalation", "handover", "assignment", "specialists", "outage", or
    "" for none of these. `held_up`: why the answer does not come: the one to give it is "absent", or it is
    "unclear" who that is; else "". `member`: who is to do it or does it; NONE: anyone in its team.
    """

    step: int
    state: int
    waits_for: str
    held_up: str
    member: int


class Episode:
    """A time in which a task was open: from its release (or a reopening) until it was done."""

    __slots__ = ("closed", "first", "opened", "task")

    def __init__(self, task: int, opened: int, first: bool) -> None:
        self.task = task
        self.opened = opened
        self.first = first
        self.closed: int | None = None


class TaskHistory:
    """All that is known about how one task got on; steps count from 0."""

    __slots__ = ("asked", "episodes", "exceptions", "finished", "moments", "raised", "started")

    def __init__(self, task: int, world: World) -> None:
        row = world.tasks[task]
        self.moments = [Moment(-1, row.state, "", "", row.member)]
        self.episodes: list[Episode] = []
        self.finished, self.started, self.exceptions = row.finished, row.started, row.exceptions
        self.asked = NONE
        self.raised = 0.0

    def at(self, step: int) -> Moment:
        """How the task stood at the end of a step (-1: before the first)."""
        low, high = 0, len(self.moments)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.moments[middle].step <= step else (low, middle)
        return self.moments[low]


def look_at_task(world: World, history: TaskHistory, task_id: int, step: int) -> Iterator[Event]:
    """Note how a task stands at the end of a step, and tell what happened to it."""
    task = world.tasks[task_id]
    last = history.moments[-1]
    if task.state == last.state and task.state in (WAITING, DONE) and task.finished == history.finished:
        return
    if task.state == DROPPED:
        yield from _dropped(world, history, task_id, step)
        return
    now = _moment(world, task_id, step)
    yield from _told(world, history, task_id, last.state, now)
    _open_and_close(history, task_id, task, now)
    if now[1:] != last[1:]:
        history.moments.append(now)
    history.finished, history.started, history.exceptions = task.finished, task.started, task.exceptions


def _dropped(world: World, history: TaskHistory, task_id: int, step: int) -> Iterator[Event]:
    """Work on a task has ended with that on its project; perhaps it had begun in the same step."""
    task = world.tasks[task_id]
    if task.started >= 0.0 and history.started < 0.0:
        yield Event(task.started, "started", task.project, task_id, task.member)
    history.started = task.started
    if history.moments[-1].state != DROPPED:
        history.moments.append(Moment(step, DROPPED, "", "", NONE))
    if history.episodes and history.episodes[-1].closed is None:
        history.episodes[-1].closed = step


def _open_and_close(history: TaskHistory, task_id: int, task: object, now: Moment) -> None:
    """Keep the times in which the task was open."""
    episodes = history.episodes
    is_open = bool(episodes) and episodes[-1].closed is None
    if not is_open:
        episodes.append(Episode(task_id, now.step, not episodes and history.finished < 0.0))
    finished: float = task.finished  # type: ignore[attr-defined]
    if finished != history.finished or now.state == DONE:
        episodes[-1].closed = now.step
        if now.state != DONE:  # finished, and reopened in the same step
            episodes.append(Episode(task_id, now.step, False))


def _moment(world: World, task_id: int, step: int) -> Moment:
    task = world.tasks[task_id]
    if task.state in WAITS:
        waits_for = {HANDING_OVER: "handover", UNASSIGNED: "assignment"}.get(task.state, "")
        matter_id = matter_of_task(world, task_id)
        waits_for = waits_for or QUESTION_OF.get(world.matters[matter_id].duty, "escalation")
        return Moment(step, task.state, waits_for, held_up(world, matter_id, step), NONE)
    if task.state == READY:
        patience = world.given[0].allocation_patience
        anyone = start_of(world, step) - task.joined >= patience
        return Moment(step, READY, _scarce(world, task), "", NONE if anyone else task.member)
    return Moment(step, task.state, "", "", task.member)


def held_up(world: World, matter_id: int, step: int) -> str:
    """Why a matter waits, beyond its owner's other matters: "absent", "unclear", "sponsor", or "" for nothing
    else.
    """
    matter = world.matters[matter_id]
    if matter.queue == LIMBO_QUEUE:
        return "unclear"
    if matter.queue == SPONSOR_QUEUE:
        return "sponsor"
    if matter.owner >= 0 and world.managers[matter.owner].away_until > start_of(world, step):
        return "absent"
    return ""


def start_of(world: World, step: int) -> float:
    """Day on which a step begins."""
    return float(step * world.clock[0].step_days)


def _scarce(world: World, task: object) -> str:
    """Which specialists a ready task lacks: those that are busy, or those that an outage keeps away."""
    first: int = task.first_need  # type: ignore[attr-defined]
    busy = False
    for need in world.needs[first : first + task.n_needs]:  # type: ignore[attr-defined]
        pool = world.pools[need.pool]
        if pool.out:
            return "outage"
        busy = busy or pool.used + need.units > pool.units
    return "specialists" if busy else ""


def _told(world: World, history: TaskHistory, task_id: int, before: int, now: Moment) -> Iterator[Event]:
    """What happened to a task within a step, in order."""
    task = world.tasks[task_id]
    clock = world.clock[0]
    start = clock.now - clock.step_days
    stopped = task.exceptions != history.exceptions
    if before in WAITS and (now.state != before or stopped):
        yield _answer(world, history, task_id, before, start)
    if before == DONE and now.state != DONE:
        yield Event(start, "reopened", task.project, task_id, task.member)
    if task.started >= 0.0 and history.started < 0.0:
        yield Event(task.started, "started", task.project, task_id, task.member)
    yield from _stops(world, history, task_id, now.state == BLOCKED, start)
    if now.state in WAITS and (now.state != before or stopped):
        matter = world.matters[matter_of_task(world, task_id)]
        history.asked, history.raised = matter.owner, task.joined
        kind = WAITS[now.state][1] or now.waits_for
        yield Event(start, kind, task.project, task_id, matter.owner)
    if task.finished != history.finished:
        yield Event(task.finished, "finished", task.project, task_id, task.member)


def _stops(world: World, history: TaskHistory, task_id: int, waiting: bool, start: float) -> Iterator[Event]:
    """Stops that were answered in the step in which they came (not the last one, if the task still waits)."""
    task = world.tasks[task_id]
    for number in range(history.exceptions, task.exceptions - waiting):
        luck, *_ = luck_of(world, EXCEPTIONS, number_of_task(world, task_id), number)
        duty = duty_asked(world, task_id, luck)
        yield Event(
            start, QUESTION_OF.get(duty, "escalation"), task.project, task_id, _holder(world, task_id, duty)
        )
        yield Event(start, "answered", task.project, task_id, _holder(world, task_id, duty))


def _holder(world: World, task_id: int, duty: int) -> int:
    """In whose hands a duty is for a task."""
    task = world.tasks[task_id]
    if world.duties[duty].by_team:
        return int(world.responsibilities[team_duty(world, task.team, duty)].owner)
    return int(owner_of(world, task.project, duty))


def _answer(world: World, history: TaskHistory, task_id: int, before: int, start: float) -> Event:
    """The end of a wait: by an answer, or because patience ran out before managers came to it."""
    patience, _, answered, without = WAITS[before]
    task = world.tasks[task_id]
    days = start - history.raised
    kind = without if days >= getattr(world.given[0], patience) else answered
    row = task.member if kind == "assigned" else history.asked
    return Event(start, kind, task.project, task_id, row, days)
