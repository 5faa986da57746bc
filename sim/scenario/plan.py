"""A real plan: projects and their task networks as somebody planned them, read from tables.

`read_plan` is the only door: task tables in CSV, with or without a table of projects, and Patterson files.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.reading.problems import Problem, ScenarioError


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

    `client` is the project's own name where the plan names no client; `value` is in €.
    """

    name: str
    client: str
    start_day: int = 0
    deadline_day: int | None = None
    value: float | None = None
    budget_hours: float | None = None


@dataclass(frozen=True)
class Plan:
    """Projects as the task table first names them; tasks project by project, predecessors first."""

    projects: tuple[PlannedProject, ...]
    tasks: tuple[PlannedTask, ...]


def read_plan(
    tasks_path: str | Path,
    projects_path: str | Path | None,
    teams: Collection[str],
    pools: Mapping[str, int],
) -> Plan:
    """Read a plan for an organisation of these `teams` and specialist `pools` (name -> units).

    Raises `ScenarioError` with everything that is wrong with the files, each with its line.
    """
    # Imported here because both readers build what is defined above.
    from sim.scenario.reading.plan_tables import plan_from_tables
    from sim.scenario.reading.psplib import is_patterson, patterson_plan

    if not is_patterson(tasks_path):
        return plan_from_tables(tasks_path, projects_path, teams, pools)
    if projects_path is not None:
        right = "leave the table of projects out"
        raise ScenarioError(
            [Problem(str(projects_path), None, "", "is given beside a Patterson file", right)]
        )
    return patterson_plan(Path(tasks_path), teams, pools)
