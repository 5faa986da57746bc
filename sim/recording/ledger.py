"""Where a task's remaining hours come from: its own work, rework, changed wants, or a struck risk."""

from __future__ import annotations

from typing import NamedTuple

from sim.world import Project, World

ROUNDING = 1e-9  # h: differences that are none


class Effort(NamedTuple):
    """Hours of effort by where they came from."""

    work: float = 0.0
    rework: float = 0.0
    drift: float = 0.0
    risk: float = 0.0

    def scaled(self, share: float) -> Effort:
        """The same mixture, `share` times as much."""
        return Effort(*(share * hours for hours in self))


class Books(NamedTuple):
    """Hours in the books of a project: what came on top of its plan, what was cut, what is approved."""

    rework: float
    drift: float
    risk: float
    cut: float
    approved: float


class Ledger:
    """The remaining hours of every task by source, kept up with the books of the projects.

    A piece of extra work loses its source in the rows: only the project's totals tell. So each project is
    settled as soon as a total has moved; what a task has gained since then is dealt out as the totals moved.
    That is often in the middle of a step, so what has come out is kept until it is told.
    """

    def __init__(self, world: World) -> None:
        self.held = [Effort(work=task.remaining) for task in world.tasks]
        self._books = [_books(project) for project in world.projects]
        self._told = list(self._books)

    def news(self, world: World, project_id: int) -> Books:
        """The hours by which a project's books have grown since this was last asked."""
        self.settle(world, project_id)
        books, told = self._books[project_id], self._told[project_id]
        self._told[project_id] = books
        return Books(*(now - then for now, then in zip(books, told, strict=True)))

    def settle(self, world: World, project_id: int) -> None:
        """Note what a project's tasks have gained or lost since last time."""
        project = world.projects[project_id]
        books = _books(project)
        before = self._books[project_id]
        if books == before:
            return
        self._books[project_id] = books
        rework, drift, risk = (now - then for now, then in zip(books[:3], before[:3], strict=True))
        added = rework + drift + risk
        gain = Effort(0.0, rework, drift, risk).scaled(1.0 / added) if added > 0.0 else Effort(work=1.0)
        for task_id in range(project.first_task, project.first_task + project.n_tasks):
            held = self.held[task_id]
            change = world.tasks[task_id].remaining - sum(held)
            if change > ROUNDING:
                self.held[task_id] = Effort(*(h + change * g for h, g in zip(held, gain, strict=True)))
            elif change < -ROUNDING:
                self.held[task_id] = held.scaled(1.0 + change / sum(held))

    def take(self, world: World, task_id: int, progress: float) -> Effort:
        """Note `progress` (h) on a task, in proportion to what it holds; returns its parts.

        What has come to it meanwhile, in the same step, is left for the books to tell of.
        """
        held = self.held[task_id]
        total = sum(held)
        if total <= 0.0:
            return Effort(work=progress)
        left = min(max(0.0, total - progress), world.tasks[task_id].remaining)
        self.held[task_id] = held.scaled(left / total)
        return held.scaled(progress / total)


def _books(project: Project) -> Books:
    return Books(
        project.rework_hours,
        project.drift_hours,
        project.risk_hours,
        project.descoped_hours,
        project.approved_hours,
    )
