"""Small organisations that serve clients besides their projects, with nothing left to chance."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.assumptions import neutral
from sim.build import prepare
from sim.model import DeliveryOrganisation
from sim.rules import services as rules
from sim.scenario import scenario_from
from sim.structures import PRESETS, Structure


def office(
    hours: Mapping[str, float],
    *,
    structure: Structure = PRESETS["merged"],
    teams: Mapping[str, int] | None = None,
    managers: int = 2,
    step_hours: int = 8,
    services: Mapping[str, Any] | None = None,
    **assumptions: float,
) -> DeliveryOrganisation:
    """A service without tickets of its own, and a project of one task for each entry of `hours`.

    Every effect that can be is off, but for `assumptions`. Tests bring tickets in by hand.
    """
    given = {"web": 1} if teams is None else teams
    with tempfile.TemporaryDirectory() as folder:
        with Path(folder, "tasks.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["project", "task", "team", "estimate_hours", "predecessors"])
            table.writerows([name, "work", next(iter(given)), h, ""] for name, h in hours.items())
        content = {
            "name": "small",
            "horizon_days": 200,
            "step_hours": step_hours,
            "managers": managers,
            "structures": ["merged"],
            "organisation": {"teams": [{"name": n, "members": k, "skill": "any"} for n, k in given.items()]},
            "portfolio": {
                "plan": {"tasks": "tasks.csv"},
                "services": {"count": 1, "tickets_a_week": 0, **(services or {})},
            },
            "assumptions": neutral() | assumptions,
        }
        scenario = scenario_from(content, folder)
    return DeliveryOrganisation(prepare(scenario, (structure,)), structure.name)


def ticket(office: DeliveryOrganisation, row: int, hours: float, allowed: float, severe: bool = False) -> Any:
    """Let a ticket come in that takes so many hours, with so many days allowed. Returns its row."""
    one = office.world.tickets[row]
    one.effort = one.remaining = hours
    one.allowed, one.severe = allowed, int(severe)
    rules.raise_ticket(office.world, row)
    return one
