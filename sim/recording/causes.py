"""Why a project took as long as it did: its days, split into causes that add up.

Each step from arrival to delivery was bound by one thing (`sim.recording.chain`). A step in which the binding
task was worked on is the effort done (as estimated, more or less than that, rework, changed wants, risks,
creep), in full days, less what overtime saved; `pace` is what a day fell short of that, or exceeded it. Any
other step is what the task waited for. Where it waited for people, it is what these people did meanwhile.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sim.recording.chain import Link, chain_of
from sim.recording.hours import MemberStep, Stretch
from sim.recording.ledger import ROUNDING
from sim.recording.recorder import Recording
from sim.recording.tasks import WAITS, Moment
from sim.rules.completion import gone_on_until
from sim.world import BLOCKED, CHECKING, DONE, FUTURE, HELD, NONE, READY, RUNNING, WAITING

_WORKING, AGAIN, DECISIONS, HANDING, _PEOPLE, OUTSIDE = (
    "work",
    "extra work",
    "decisions",
    "hand-overs",
    "people",
    "outside",
)


class Cause(NamedTuple):
    """A cause of days, in words, and the group of causes that it belongs to."""

    label: str
    group: str


CAUSES: dict[str, Cause] = {
    "before": Cause("before day 0, not watched", OUTSIDE),
    "links": Cause("waiting for other projects, or for lags", OUTSIDE),
    "planned": Cause("work as estimated", _WORKING),
    "estimate": Cause("estimates that were wrong", _WORKING),
    "pace": Cause("meetings, skills and ramp-up", _WORKING),
    "overtime": Cause("overtime", _WORKING),
    "switching": Cause("people turning from project to project", _WORKING),
    "rework": Cause("rework", AGAIN),
    "drift": Cause("changed wants", AGAIN),
    "creep": Cause("unapproved extras", AGAIN),
    "risk": Cause("struck risks", AGAIN),
    "plan": Cause("waiting for the first plan", DECISIONS),
    "question": Cause("waiting for answers about the plan", DECISIONS),
    "impediment": Cause("waiting for impediments to be cleared", DECISIONS),
    "escalation": Cause("waiting for escalated decisions", DECISIONS),
    "assignment": Cause("waiting for someone to be assigned", DECISIONS),
    "check": Cause("waiting for the check before delivery", DECISIONS),
    "unclear": Cause("matters that each thought the other's", DECISIONS),
    "sponsor": Cause("waiting for the sponsor's decision", DECISIONS),
    "managers away": Cause("matters of managers who were away", DECISIONS),
    "handover": Cause("waiting for hand-overs between teams", HANDING),
    "contention": Cause("people busy on other projects", _PEOPLE),
    "tickets": Cause("people busy on tickets", _PEOPLE),
    "members away": Cause("people away, or seats empty", _PEOPLE),
    "specialists": Cause("waiting for specialists", _PEOPLE),
}
"""Every cause of days that a project takes; their sum is its lead time."""

Days = dict[str, float]
HELD_UP = {"absent": "managers away", "unclear": "unclear", "sponsor": "sponsor"}
AT_THE_END = ("check", "pace")  # what is left of the day of the last task's end: with a check, without
SCARCE = {"specialists": "specialists", "outage": "risk"}


class Explained(NamedTuple):
    """A project's days: for each step the task that bound it (or NONE) and its causes; and the sums."""

    steps: list[tuple[int, int, Days]]
    totals: Days


def causes_of(recording: Recording, project_id: int) -> Explained:
    """The causes of a project's days, from its arrival to its delivery or to the end of the run.

    The totals add up to its lead time. Both are empty for a project that never came.
    """
    steps = []
    for link in chain_of(recording, project_id):
        task = NONE if link.episode is None else link.episode.task
        steps.append((link.step, task, _step(recording, project_id, link)))
    totals = _sum(days for _, _, days in steps)
    if steps:
        project = recording.world.projects[project_id]
        early = recording.projects[project_id].opened * recording.step_days - project.arrival
        if early > 0.0:  # under way already; or it came in the course of a step, and was seen in the next
            cause = "before" if project.begun else "plan"
            totals[cause] = totals.get(cause, 0.0) + early
    return Explained(steps, totals)


def lead_days(recording: Recording, project_id: int) -> float:
    """Days from a project's arrival to its delivery, until it was cancelled, or to the end of the run."""
    now = recording.world.clock[0].now
    return gone_on_until(recording.world, project_id, now) - recording.world.projects[project_id].arrival


def _sum(parts: Iterable[Days]) -> Days:
    """Sums by cause, without loss."""
    lists: dict[str, list[float]] = defaultdict(list)
    for days in parts:
        for cause, value in days.items():
            lists[cause].append(value)
    return {cause: math.fsum(values) for cause, values in lists.items()}


def days_of(recording: Recording, project_id: int, step: int) -> float:
    """Days of a step that a project takes: all, but for the rest of the one in which it ends."""
    start = step * recording.step_days
    return gone_on_until(recording.world, project_id, start + recording.step_days) - start


def _step(recording: Recording, project_id: int, link: Link) -> Days:
    days = days_of(recording, project_id, link.step)
    if link.episode is None:
        return {_project_waits(recording, project_id, link.step): days}
    task_id = link.episode.task
    stretches = recording.notes.worked.get(task_id, {}).get(link.step)
    if stretches:
        return _worked(recording, project_id, link, stretches)
    history = recording.tasks[task_id]
    before, now = history.at(link.step - 1), history.at(link.step)
    waits = _wait(before, now)
    if waits is not None:
        return {waits: days}
    return _people(recording, project_id, task_id, link.step, now if now.state != DONE else before)


def _project_waits(recording: Recording, project_id: int, step: int) -> str:
    """What a project waits for that no task binds: its check, its plan, or what its tasks are tied to."""
    history = recording.projects[project_id]
    before, now = history.at(step - 1), history.at(step)
    began = before.state == RUNNING or (before.state == FUTURE and now.state == RUNNING)
    if recording.world.clock[0].linked and began:
        return "links"
    held_up = now.held_up if now.state == before.state else ""
    return HELD_UP.get(held_up) or ("check" if before.state == CHECKING else "plan")


def _wait(before: Moment, now: Moment) -> str | None:
    """What a task waited for throughout a step: a decision, a hand-over, specialists; None: for people."""
    same = now.state == before.state or before.state in (WAITING, DONE)
    then = now if same else before
    if then.state in WAITS:
        return HELD_UP.get(now.held_up if same else "") or then.waits_for
    if then.state == HELD:
        return "links"
    if then.state == READY:  # specialists that lack in the morning, or went to others in the course of it
        lacked = before.waits_for if before.state == READY else ""
        return SCARCE.get(lacked or now.waits_for)
    return None


# --- work --------------------------------------------------------------------------------------------------


def _worked(recording: Recording, project_id: int, link: Link, stretches: list[Stretch]) -> Days:
    """A step in which the binding task was worked on: the work, and what its member did besides."""
    last = stretches[-1]
    day = recording.notes.steps[link.step][last.member]
    hours = sum(s.hours for s in stretches)
    share = min(1.0, hours / day.hours) if day.hours > 0.0 else 1.0
    days = days_of(recording, project_id, link.step)
    rest = days - share * recording.step_days
    if rest <= ROUNDING:
        return _effort(recording, stretches, days)
    done = _effort(recording, stretches, share * recording.step_days)
    waits = _next_wait(recording, project_id, link)
    besides = _hours(recording, project_id, [day], waits, last.task)
    return _sum([done, _dealt(recording, besides, rest) if besides else {"pace": rest}])


def _effort(recording: Recording, stretches: Sequence[Stretch], days: float, people: int = 1) -> Days:
    """Days of work of so many people by the effort that was done in them, in full days.

    `pace` takes the rest: what meetings cost, and lack of skill; less what skill saves.
    """
    if not stretches:
        return {}
    hours = dict.fromkeys(("planned", "estimate", "overtime", "rework", "drift", "risk", "creep"), 0.0)
    for stretch in stretches:
        task = recording.world.tasks[stretch.task]
        as_estimated = stretch.effort.work * (task.estimate / task.effort if task.effort > 0.0 else 1.0)
        hours["planned"] += as_estimated
        hours["estimate"] += stretch.effort.work - as_estimated
        for source in ("rework", "drift", "risk"):
            hours[source] += getattr(stretch.effort, source)
        hours["creep"] += stretch.creep
        hours["overtime"] -= stretch.overtime * (sum(stretch.effort) + stretch.creep)
    full_day = people * recording.world.clock[0].step_hours / recording.step_days
    result = {cause: h / full_day for cause, h in hours.items() if h != 0.0}
    return result | {"pace": days - math.fsum(result.values())}


def _next_wait(recording: Recording, project_id: int, link: Link) -> str | None:
    """What the project waited for in the rest of a step in which the binding task stopped or was done."""
    assert link.episode is not None
    now = recording.tasks[link.episode.task].at(link.step)
    if now.state == BLOCKED:
        return HELD_UP.get(now.held_up) or now.waits_for
    if link.episode.closed != link.step:
        return None
    if link.after is None:  # the last task of all
        return AT_THE_END[recording.projects[project_id].at(link.step).state != CHECKING]
    if link.after.opened != link.step:
        return None
    then = recording.tasks[link.after.task].at(link.step)
    return HELD_UP.get(then.held_up) or then.waits_for if then.state in WAITS else None


# --- people ------------------------------------------------------------------------------------------------


def _people(recording: Recording, project_id: int, task_id: int, step: int, moment: Moment) -> Days:
    """A step in which a task waited for its member, or for anyone of its team: what they did meanwhile."""
    days = recording.notes.steps[step]
    if moment.member == NONE:
        team = recording.world.tasks[task_id].team
        chosen = [day for day in days if day.team == team]
    else:
        chosen = [days[moment.member]]
    hours = _hours(recording, project_id, chosen, None)
    length = days_of(recording, project_id, step)
    return _dealt(recording, hours, length) if hours else {"pace": length}


class _Hours(NamedTuple):
    """Hours of people by cause, and their work on the project itself."""

    by_cause: Days
    own: list[Stretch]
    people: int


def _hours(
    recording: Recording, project_id: int, days: Sequence[MemberStep], waits: str | None, but: int = NONE
) -> _Hours | None:
    """What people did in a step, but for one task; `waits`: what the project waited for meanwhile."""
    hours: Days = defaultdict(float)
    own: list[Stretch] = []
    for day in days:
        if day.away:
            hours["members away"] += recording.world.clock[0].step_hours
            continue
        hours["tickets"] += day.on_tickets
        hours["switching"] += day.switching
        hours[waits or "pace"] += day.idle
        for stretch in day.stretches:
            if stretch.task == but:
                continue
            is_own = recording.world.tasks[stretch.task].project == project_id
            if is_own and waits in (None, *AT_THE_END):
                own.append(stretch)
            else:
                hours[waits or "contention"] += stretch.hours
    by_cause = {cause: value for cause, value in hours.items() if value > 0.0}
    return _Hours(by_cause, own, len(days)) if by_cause or own else None


def _dealt(recording: Recording, hours: _Hours, days: float) -> Days:
    """Days dealt out by hours; work on the project itself counts as what it was."""
    on_own = sum(s.hours for s in hours.own)
    total = math.fsum(hours.by_cause.values()) + on_own
    result = {cause: days * value / total for cause, value in hours.by_cause.items()}
    return _sum([result, _effort(recording, hours.own, days * on_own / total, hours.people)])
