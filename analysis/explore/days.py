"""The days of one run, as the page plays them: what lies on whose desk, what teams do, how projects get on.

It is the run of that number in a batch, on the compiled clock, looked at each evening; nothing of it changes
by being looked at. What each event was, and why a project took so long, `rolecall trace` tells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from analysis.statistics.arrays import Ints
from analysis.words.numbers import capital
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.safety.names import legible
from sim.vocabulary import in_words
from sim.world import (
    ACTIVE,
    BLOCKED,
    CANCELLED,
    CHECKING,
    DELIVERED,
    FUTURE,
    HANDING_OVER,
    LIMBO_QUEUE,
    READY,
    RUNNING,
    STARTING,
    UNASSIGNED,
    WITHHELD,
    World,
)

if TYPE_CHECKING:
    from sim.scenario import Scenario

MOST_ON_A_DESK = 60
"""Matters that are told of one manager's in-tray; there may be more."""

_MOST_DAYS = 1_000
"""Working days that are told at most: a page has to carry them."""

_WAIT_FOR_MANAGERS = (BLOCKED, HANDING_OVER, UNASSIGNED)
"""States in which a task waits for a manager."""

_LETTERS = {STARTING: "p", RUNNING: "r", CHECKING: "c", DELIVERED: "d", CANCELLED: "x"}
"""What a project is at on an evening, a letter a day."""


def days_of_run(scenario: Scenario, structure: str, replication: int) -> dict[str, Any]:
    """Each evening of a run, as plain values. Raises KeyError for a structure that the scenario has not."""
    prepared = prepare(scenario)
    world = organise(prepared, draw_base(prepared, replication), structure)
    run, steps = entry_point("run"), int(world.clock["steps_a_day"][0])
    days = min(scenario.horizon_days, _MOST_DAYS)
    evenings: list[dict[str, Any]] = []
    for _ in range(days):
        run(world, steps)
        evenings.append(_evening(world))
    return {
        "structure": structure,
        "number": replication,
        "days": days,
        "managers": list(managers(prepared, structure)),
        "teams": [legible(team.name) for team in scenario.teams],
        "trays": [evening["trays"] for evening in evenings],
        "nobodys": [evening["nobodys"] for evening in evenings],
        "work": [evening["work"] for evening in evenings],
        "projects": list(_projects(world, evenings)),
    }


def managers(prepared: Prepared, structure: str) -> Iterator[str]:
    """What each manager is called: the role, numbered within it."""
    rows = prepared.staffing[structure]["roles"]
    for role, row in zip(prepared.structure(structure).roles, rows, strict=False):
        for number in range(int(row["count"])):
            yield capital(legible(in_words(f"{role.name} {number + 1}")))


def _evening(world: World) -> dict[str, Any]:
    """What there is at the end of a day."""
    import numpy as np

    state, team = np.asarray(world.tasks["state"]), np.asarray(world.tasks["team"])
    kinds = (state == ACTIVE, np.isin(state, _WAIT_FOR_MANAGERS), state == READY)
    work = [np.bincount(team[kind], minlength=len(world.teams)) for kind in kinds]
    return {
        "trays": _trays(world),
        "nobodys": int(world.queues["length"][LIMBO_QUEUE]),
        "work": np.array(work).T.tolist(),
        "states": np.asarray(world.projects["state"]).tolist(),
        "done": _done(world).tolist(),
    }


def _trays(world: World) -> list[str]:
    """The duties of the matters in each manager's in-tray, a letter each, in the order of the duties."""
    import numpy as np

    queue, duty = np.asarray(world.matters["queue"]), np.asarray(world.matters["duty"])
    first = int(world.clock["first_tray"][0])
    found = []
    for manager in range(len(world.managers)):
        letters = sorted(ascii_lowercase[d] for d in duty[queue == first + manager].tolist())
        found.append("".join(letters[:MOST_ON_A_DESK]))
    return found


def _done(world: World) -> Ints:
    """How many hundredths of each project's work are done, by its estimates."""
    import numpy as np

    share = world.projects["earned"] / np.maximum(world.projects["estimate_hours"], 1e-9)
    hundredths: Ints = np.rint(100 * np.clip(share, 0.0, 1.0)).astype(int)
    return hundredths


def _projects(world: World, evenings: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each project that came and stayed, from its first evening to its last."""
    projects: Any = world.projects
    for row, project in enumerate(projects):
        states = [evening["states"][row] for evening in evenings]
        there = [day for day, state in enumerate(states) if state not in (FUTURE, WITHHELD)]
        if not there:
            continue
        over = (day for day in there if states[day] in (DELIVERED, CANCELLED))
        last = next(over, there[-1])
        span = range(there[0], last + 1)
        yield {
            "number": row + 1,
            "team": int(project["home"]),
            "arrival": _day(project["arrival"]),
            "promised": _day(project["deadline"]),
            "delivered": _day(project["delivered"]) if states[last] == DELIVERED else None,
            "stopped": _day(project["cancelled"]) if states[last] == CANCELLED else None,
            "first": span.start,
            "states": "".join(_LETTERS[states[day]] for day in span),
            "done": [evenings[day]["done"][row] for day in span],
            "hours": {
                "planned": round(float(project["estimate_hours"])),
                "rework": round(float(project["rework_hours"])),
                "changed wants": round(float(project["drift_hours"])),
                "risks": round(float(project["risk_hours"])),
                "given up": round(float(project["descoped_hours"])),
            },
        }


def _day(value: Any) -> float | None:
    """A day in tenths; None for one that is out of sight."""
    day = float(value)
    return round(day, 1) if math.isfinite(day) else None
