"""Behind the outcomes: every project of some futures, and the organisation's days on average."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.batch.results import Row
from sim.batch.study import Study, in_blocks
from sim.batch.workers import run_blocks
from sim.building.preparation import Prepared, prepare
from sim.clocks.history import days_of
from sim.clocks.simulate import simulate_block
from sim.safety.cells import write_csv
from sim.safety.facts_file import whole
from sim.vocabulary import RunEnd
from sim.world import CANCELLED, DELIVERED, FUTURE, WITHHELD, World

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.scenario.sweep import Variation

_MOST_FUTURES = 25
"""Futures that are told in detail; more would only make the files long."""

_HOURS = ("estimate_hours", "budget_hours", "progress", "rework_hours", "drift_hours", "creep_hours")
_PROJECT = ("client", "home", "arrival", "deadline", "delivered", "value", *_HOURS, "risk_hours", "escaped")


def write_details(varied: Sequence[Variation], replications: int, folder: Path) -> tuple[Path, Path]:
    """Write `projects.csv` and `days.csv` of the first futures into a results folder; returns their paths.

    Of a sweep, all combinations come one after the other, with a column for each varied key.
    """
    import pandas as pd

    projects: list[pd.DataFrame] = []
    days: list[pd.DataFrame] = []
    for variation in varied:
        tables = details(variation.scenario, min(replications, _MOST_FUTURES))
        for table, kept in zip(tables, (projects, days), strict=True):
            for place, (key, value) in enumerate(variation.changes.items()):
                table.insert(place, key, [value] * len(table))
            kept.append(table)
    files = ((projects, "projects.csv"), (days, "days.csv"))
    first, second = (_write(pd.concat(kept, ignore_index=True), folder / name) for kept, name in files)
    return first, second


def details(scenario: Scenario, replications: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A row for each project of each run (days, hours, €), and the mean of each day over the futures.

    Runs that fail, as they did in the batch, are left out.
    """
    import pandas as pd

    rows: list[Row] = []
    study = Study(scenario, lambda _: scenario)
    blocks = in_blocks([(0, replication) for replication in range(replications)])
    run_blocks(study, blocks, lambda _, block: rows.extend(block), simulate=_details_of_block)
    ran = [(structure, r, kept) for _, structure, r, kept, _ in sorted(rows, key=lambda row: row[2]) if kept]
    projects = [_told(kept["projects"], structure, replication) for structure, replication, kept in ran]
    names = scenario.structure_names
    means = [_mean(name, [kept["days"] for structure, _, kept in ran if structure == name]) for name in names]
    return pd.concat(projects, ignore_index=True), pd.concat(means, ignore_index=True)


def _details_of_block(scenario: Scenario, replications: Sequence[int]) -> list[RunEnd]:
    """Projects and days of every structure under each replication's luck."""
    return simulate_block(prepare(scenario), replications, _details)


def _details(prepared: Prepared, world: World) -> dict[str, pd.DataFrame]:
    import pandas as pd

    return {"projects": _projects(world), "days": pd.DataFrame(days_of(prepared, world))}


def _projects(world: World) -> pd.DataFrame:
    """The projects that came up for this organisation in one run."""
    import pandas as pd

    rows = world.projects[world.projects["state"] != FUTURE]
    frame = pd.DataFrame({name: rows[name] for name in _PROJECT})
    frame["delivered"] = np.where(rows["state"] == DELIVERED, rows["delivered"], np.nan)
    frame["delay_days"] = np.maximum(0.0, frame["delivered"] - frame["deadline"])
    frame["cancelled"] = np.where(rows["state"] == CANCELLED, rows["cancelled"], np.nan)
    frame["went_elsewhere"] = rows["state"] == WITHHELD
    return frame


def _told(projects: pd.DataFrame, structure: str, replication: int) -> pd.DataFrame:
    """A run's projects, with the run that they are of."""
    projects.insert(0, "replication", replication)
    projects.insert(0, "structure", structure)
    return projects


def _mean(structure: str, runs: list[pd.DataFrame]) -> pd.DataFrame:
    """The mean of each day over runs: value earned (€), hours paid and progress made so far, matters open."""
    mean = sum(runs[1:], start=runs[0]) / len(runs)
    mean.insert(0, "day", np.arange(1, len(mean) + 1))
    mean.insert(0, "structure", structure)
    return mean


def _write(frame: pd.DataFrame, path: Path) -> Path:
    with whole(path) as draft:
        write_csv(frame, draft)
    return path
