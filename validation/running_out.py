"""Work in progress by completion against hindsight: the same projects run out, and nothing new comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim import world as w
from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, load
from sim.world.rows import as_object
from validation.answer import Estimate, KnownAnswer, mean_of

Floats = NDArray[np.float64]

EXAMPLE = Path(__file__).parents[1] / "scenarios" / "scaleup.yaml"
REPLICATIONS = 60
LONG_ENOUGH = 500
"""Days in which what is under way is done, in all but a few projects."""

FAR = 1e9
"""A day that never comes."""


@dataclass(frozen=True)
class RunOut:
    """What work in progress at the end of the horizon counts for (€), by structure and replication."""

    structures: tuple[str, ...]
    by_completion: Floats
    by_running_out: Floats


def run_out(scenario: Scenario, replications: Sequence[int]) -> RunOut:
    """Live through a scenario, then on, without projects that come after its horizon.

    By running out, a project counts the share of all its hours, in the end, that had been spent by then: what
    it still took is seen, and no formula is needed.
    """
    longer = prepare(scenario.with_changes({"horizon_days": scenario.horizon_days + LONG_ENOUGH}))
    names, horizon = scenario.structure_names, scenario.horizon_days
    values = np.array([[_both(longer, horizon, name, r) for r in replications] for name in names])
    return RunOut(names, values[:, :, 0], values[:, :, 1])


def _both(prepared: Prepared, horizon: int, structure: str, replication: int) -> tuple[float, float]:
    world = organise(prepared, draw_base(prepared, replication), structure)
    world.projects["arrival"][world.projects["arrival"] >= horizon] = FAR
    steps_a_day = int(world.clock["steps_a_day"][0])
    entry_point("run")(world, horizon * steps_a_day)
    then = world.projects[:].copy()
    entry_point("run")(world, LONG_ENOUGH * steps_a_day)
    return float(world.history["in_progress"][horizon - 1]), value_in_hindsight(world, then)


def value_in_hindsight(world: w.World, then: NDArray[np.void]) -> float:
    """What the projects under way `then` count for, as their hours since have shown (cost to cost)."""
    now, given = world.projects, as_object(w.Assumptions, world.given[0])
    after = now["progress"] + now["creep_hours"] - then["progress"] - then["creep_hours"]
    before = then["done_before"] + then["progress"] + then["creep_hours"]
    cut = given.cut_value * now["descoped"] / np.maximum(1.0, now["estimate_hours"])
    worth = now["value"] * np.maximum(0.0, 1.0 - cut)
    under_way = np.isin(then["state"], (w.RUNNING, w.CHECKING))
    done = before / np.maximum(before + after, 1e-9)
    return float((worth * done)[under_way].sum())


@cache
def _example() -> RunOut:
    return run_out(load(EXAMPLE), range(REPLICATIONS))


def ratio(structure: str) -> Estimate:
    """Work in progress by completion over that by running out; the ratio of means, linearised."""
    found = _example()
    k = found.structures.index(structure)
    one, other = found.by_completion[k], found.by_running_out[k]
    centre = float(one.mean() / other.mean())
    return Estimate(centre, mean_of((one - centre * other) / other.mean()).doubt)


GROUP = "Work in progress counts what it is worth"
SOURCE = "By running the last projects out"

ANSWERS = tuple(
    KnownAnswer(
        GROUP,
        f"{structure}: work in progress by completion over that by running out",
        "equals",
        1.0,
        0.1,
        SOURCE,
        lambda structure=structure: ratio(structure),  # type: ignore[misc]
    )
    for structure in ("merged", "separated", "agile")
)
