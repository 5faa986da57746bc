"""What a project waited for, step by step: back from its end along the chain of what bound it.

A project ends with the task that was done last. That task could begin when the last of its predecessors was
done, and so on, back to the plan and the arrival: the critical path as it came to be (Kelley & Walker 1959,
walked backward over actual times). Where a task waited for people who were on other work of the same
project, that work is what bound it (the critical chain: Goldratt 1997); `sim.recording.causes` sees to that.
A task that was reopened has no predecessor: before that, the project was bound by what was open then and took
longest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from sim.recording.recorder import Recording
from sim.recording.tasks import Episode
from sim.world import NONE


class Link(NamedTuple):
    """What a project was bound by in one step: a task that was open, or None for no task (plan, check).

    `after` is what the chain goes on with later; None if nothing.
    """

    step: int
    episode: Episode | None
    after: Episode | None


def chain_of(recording: Recording, project_id: int) -> list[Link]:
    """What bound a project in each step from its arrival to its delivery, or to the end of the run.

    Empty for a project that never came.
    """
    return list(_back(recording, project_id))[::-1]


def _back(recording: Recording, project_id: int) -> Iterator[Link]:
    history = recording.projects[project_id]
    if history.opened == NONE:
        return
    end = recording.steps - 1 if history.closed == NONE else history.closed
    here: Episode | None = None
    after: Episode | None = None
    for step in range(end, history.opened - 1, -1):
        while here is None or not covers(recording, here, step):
            before = None if here is None else _released_by(recording, here, step)
            before = before or _longest_open(recording, project_id, step)
            if before is None:
                here, after = None, here or after
                break
            here, after = before, here or after
        yield Link(step, here, after)


def covers(recording: Recording, episode: Episode, step: int) -> bool:
    """Whether a task was open in a step: not yet in the one that released it, unless work began in it.

    Nor did it wait for anything but itself in the step in which its project came and began.
    """
    if episode.closed is not None and episode.closed < step:
        return False
    if episode.opened < step:
        return True
    if episode.opened > step:
        return False
    project = recording.projects[recording.world.tasks[episode.task].project]
    return step == project.opened or step in recording.notes.worked.get(episode.task, ())


def _released_by(recording: Recording, episode: Episode, step: int) -> Episode | None:
    """The predecessor whose end in this step let a task begin."""
    if not episode.first or episode.opened != step:
        return None
    for task_id in recording.predecessors[episode.task]:
        episodes = recording.tasks[task_id].episodes
        if episodes and episodes[0].first and episodes[0].closed == step:
            return episodes[0]
    return None


def _longest_open(recording: Recording, project_id: int, step: int) -> Episode | None:
    """Of all that was open in a step, what was done last; at the end of a run, what has most behind it."""
    project = recording.world.projects[project_id]
    best, best_key = None, (-math.inf, -math.inf)
    for task_id in range(project.first_task, project.first_task + project.n_tasks):
        for episode in recording.tasks[task_id].episodes:
            if covers(recording, episode, step):
                closed = math.inf if episode.closed is None else episode.closed
                key = (closed, recording.world.tasks[task_id].tail)
                if key > best_key:
                    best, best_key = episode, key
    return best
