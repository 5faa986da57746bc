"""Small organisations with a given plan and nothing left to chance, for rules taken one at a time."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sim.building.preparation import prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.engine.compilation import entry_point
from sim.scenario import scenario_from
from sim.scenario.assumptions import neutral
from sim.scenario.structures import PRESETS, Structure

Luck = tuple[float, float, float, float]
Task = tuple[str, ...]
"""Project, name, team, hours, and perhaps predecessors and needs, each parted by semicolons."""


def organisation(
    tasks: Sequence[Task],
    *,
    structure: Structure = PRESETS["merged"],
    teams: Mapping[str, int] | None = None,
    pools: Mapping[str, int] | None = None,
    managers: int = 2,
    heads: Mapping[str, int] | None = None,
    deadline_day: int | str = "",
    step_hours: int = 8,
    services: Mapping[str, Any] | None = None,
    columns: Sequence[str] = (),
    start_days: Mapping[str, int] | None = None,
    plan: Mapping[str, Any] | None = None,
    **assumptions: float,
) -> DeliveryOrganisation:
    """An organisation for these tasks, which may have more `columns`. Every effect that can be is off, but
    for `assumptions`; `plan` are further keys of the plan.
    """
    projects = list(dict.fromkeys(task[0] for task in tasks))
    with tempfile.TemporaryDirectory() as folder:
        header = ["project", "task", "team", "estimate_hours", "predecessors", "needs", *columns]
        _write(Path(folder, "tasks.csv"), header, [[*task, *[""] * 9][: len(header)] for task in tasks])
        rows = [[name, f"client of {name}", deadline_day, (start_days or {}).get(name)] for name in projects]
        _write(Path(folder, "projects.csv"), ["project", "client", "deadline_day", "start_day"], rows)
        content = {
            "name": "small",
            "horizon_days": 200,
            "step_hours": step_hours,
            "managers": managers,
            "structures": [structure.name.split(" ")[0]],
            "heads": {structure.name: dict(heads)} if heads else {},
            "organisation": {
                "teams": [
                    {"name": n, "members": k, "skill": "any"} for n, k in (teams or {"web": 1}).items()
                ],
                "specialists": dict(pools or {}),
            },
            "portfolio": {
                "plan": {"tasks": "tasks.csv", "projects": "projects.csv", **(plan or {})},
                "services": None if services is None else dict(services),
            },
            "assumptions": neutral() | assumptions,
        }
        scenario = scenario_from(content, folder)
    return DeliveryOrganisation(prepare(scenario, (structure,)), structure.name)


def plant_luck(patch: pytest.MonkeyPatch, rules: ModuleType, luck_of: Callable[..., Luck]) -> None:
    """Let the events of some rules bring other luck, on the Mesa clock."""
    entry_point("run")  # takes the rules as they are, or it would take what is planted
    patch.setattr(rules, "luck_of", luck_of)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
