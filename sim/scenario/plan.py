"""A real plan: projects and their task networks as somebody planned them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from sim.vocabulary import Contract


@dataclass(frozen=True)
class PlannedTask:
    """One task: `project` and `predecessors` are positions in the plan's projects and tasks.

    `estimate_hours` is 0 for a milestone; `needs` are units of specialist pools, held while the task is
    active. `links` says of each predecessor how the two are tied (FS, SS, FF, SF) and the working days
    between; it is empty where each simply has to be done before. `done` is the share of the work that was
    done before day 0. `range_hours` are the hours at best, most likely and at worst, where somebody said
    so; the estimate is then their mean.
    """

    project: int
    name: str
    team: str
    estimate_hours: float
    predecessors: tuple[int, ...]
    needs: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, float], ...] = ()
    done: float = 0.0
    range_hours: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class PlannedProject:
    """One project: days are working days from the start of the horizon; None is what the plan leaves open.

    `client` is the project's own name where the plan names no client; `value` is in €; `paid` is one of
    `sim.vocabulary.CONTRACTS`. A project of which something is done may have begun before day 0.
    """

    name: str
    client: str
    start_day: int = 0
    deadline_day: int | None = None
    value: float | None = None
    budget_hours: float | None = None
    paid: Contract | None = None
    milestones: int | None = None


@dataclass(frozen=True)
class Plan:
    """Projects as the task table first names them; tasks project by project, predecessors first within each.

    `notes` say what of the tables was passed over, or read in a way that its author should know.
    """

    projects: tuple[PlannedProject, ...]
    tasks: tuple[PlannedTask, ...]
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def clients(self) -> tuple[str, ...]:
        """The clients of its projects, each once, in the order of the table."""
        return tuple(dict.fromkeys(project.client for project in self.projects))

    @property
    def is_linked(self) -> bool:
        """Whether a link is more than "done before, in the same project"."""
        return any(task.links or self._leaves(task) for task in self.tasks)

    def _leaves(self, task: PlannedTask) -> bool:
        return any(self.tasks[k].project != task.project for k in task.predecessors)
