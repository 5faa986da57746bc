"""A real plan: projects and their task networks as somebody planned them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.vocabulary import Contract


@dataclass(frozen=True)
class PlannedTask:
    """One task: `project` and `predecessors` are positions in the plan's projects and tasks.

    `estimate_hours` is 0 for a milestone; `needs` are units of specialist pools, held while the task is
    active.
    """

    project: int
    name: str
    team: str
    estimate_hours: float
    predecessors: tuple[int, ...]
    needs: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class PlannedProject:
    """One project: days are working days from the start of the horizon; None is what the plan leaves open.

    `client` is the project's own name where the plan names no client; `value` is in €; `paid` is one of
    `sim.vocabulary.CONTRACTS`.
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
    """Projects as the task table first names them; tasks project by project, predecessors first."""

    projects: tuple[PlannedProject, ...]
    tasks: tuple[PlannedTask, ...]
