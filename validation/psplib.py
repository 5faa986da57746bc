"""Instances of PSPLIB, which others built and solved: 30 activities, four scarce resources, proven optima.

The activities enter as a plan, the resources as specialist pools; luck and managers are off. A plan is what
puts the activity with the least slack first when specialists are free; without one, first come, first served.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.assumptions import neutral
from sim.scenario.psplib import psplib_scenario
from sim.scenario.reading.psplib import Instance, read_instance
from sim.scenario.structures import Structure
from sim.world import DONE
from validation.answer import Estimate, KnownAnswer, mean_of
from validation.networks import LEFT_ALONE, end_of, without_managers

Floats = NDArray[np.float64]

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "psplib"
"""Beside the project, where there are instances at all: they are not ours to pass on."""

PLANNED = without_managers("planned", "planning", "allocation")
UNPLANNED = without_managers("unplanned", "allocation")


def best_makespans(folder: Path) -> Mapping[str, int]:
    """The proven optima (days) of the instances in a folder, by name."""
    with (folder / "j30_best.csv").open(encoding="utf-8", newline="") as file:
        return {row["instance"]: int(row["optimal_makespan"]) for row in csv.DictReader(file)}


def schedule(path: Path, structure: Structure) -> tuple[Floats, Floats]:
    """Days on which the activities of an instance start and finish, counted from the first start.

    A team that plans must not lose patience and begin without; its specialists come the day after.
    """
    given = neutral() | LEFT_ALONE | {"plan_followed": 0.5}
    if structure is PLANNED:
        given["start_patience"] = 10.0
    scenario = psplib_scenario(path).with_changes({"assumptions": given})
    tasks: Any = end_of(scenario, structure).tasks
    if not (tasks["state"] == DONE).all():
        raise ValueError(f"{path.name} was not finished")
    first = tasks["started"].min()
    return tasks["started"] - first, tasks["finished"] - first


def is_feasible(instance: Instance, started: Floats, finished: Floats) -> bool:
    """Whether a schedule keeps to the durations, order and capacities that an instance states."""
    real = instance.real()
    place = {activity: k for k, activity in enumerate(real)}
    durations = np.array([instance.durations[i] for i in real], float)
    demands = np.array([instance.demands[i] for i in real])
    ordered = all(
        finished[place[i]] <= started[place[j]] for i in real for j in instance.successors[i] if j in place
    )
    days = np.arange(finished.max())[:, None]
    used = ((started <= days) & (days < finished)).astype(int) @ demands
    within = bool((used <= np.array(instance.capacities)).all())
    return bool(ordered and within and (finished - started == durations).all())


# --- the answers -------------------------------------------------------------------------------------------


@cache
def results(planned: bool) -> tuple[Floats, int]:
    """Makespan over the optimum, less 1, of each instance; and how many schedules cannot be."""
    structure = PLANNED if planned else UNPLANNED
    gaps, impossible = [], 0
    for name, best in best_makespans(FOLDER).items():
        path = FOLDER / "j30" / f"{name}.rcp"
        started, finished = schedule(path, structure)
        gaps.append(finished.max() / best - 1.0)
        impossible += gaps[-1] < 0.0 or not is_feasible(read_instance(path), started, finished)
    return np.array(gaps), impossible


def what_planning_is_worth() -> Estimate:
    """Mean difference between the gaps of the same instances, in per cent of the optimum."""
    return mean_of(100.0 * (results(planned=False)[0] - results(planned=True)[0]))


GROUP = "PSPLIB J30, parameter sets 1 to 24 (240 networks)"
SOURCE = "Kolisch & Sprecher 1996; optima proven"
ANSWERS = (
    KnownAnswer(
        GROUP, "Infeasible or better than optimal, of 480 schedules", "equals", 0.0, 0.0, SOURCE,
        lambda: Estimate(results(planned=True)[1] + results(planned=False)[1]),
    ),
    KnownAnswer(
        GROUP, "Planned (least slack first): mean gap to the optimum, %", "at most", 6.0, 0.0, SOURCE,
        lambda: mean_of(100.0 * results(planned=True)[0]),
    ),
    KnownAnswer(
        GROUP, "Unplanned (first come first) less planned: mean gap, % points", "at least", 2.0, 0.0, SOURCE,
        what_planning_is_worth,
    ),
)  # fmt: skip
