"""Behind the outcomes: every project of some futures, and the organisation's days on average."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.building.prepared import Prepared
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world
from sim.safety.cells import write_csv
from sim.safety.facts_file import whole
from sim.world import DELIVERED, FUTURE, WITHHELD, World

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.sweep import Variation

MOST_FUTURES = 25
"""Futures that are told in detail; more would only make the files long."""

_HOURS = ("estimate_hours", "budget_hours", "progress", "rework_hours", "drift_hours", "creep_hours")
_PROJECT = ("client", "home", "arrival", "deadline", "delivered", "value", *_HOURS, "risk_hours", "escaped")


def write_details(varied: Sequence[Variation], replications: int, folder: Path) -> tuple[Path, Path]:
    """Write `projects.csv` and `days.csv` of the first futures into a results folder; returns their paths.

    Of a sweep, all combinations come one after the other, with a column for each varied key.
    """
    import pandas as pd

    from sim.building.prepared import prepare

    projects: list[pd.DataFrame] = []
    days: list[pd.DataFrame] = []
    for variation in varied:
        tables = details(prepare(variation.scenario), min(replications, MOST_FUTURES))
        for table, kept in zip(tables, (projects, days), strict=True):
            for place, (key, value) in enumerate(variation.changes.items()):
                table.insert(place, key, [value] * len(table))
            kept.append(table)
    files = ((projects, "projects.csv"), (days, "days.csv"))
    first, second = (_write(pd.concat(kept, ignore_index=True), folder / name) for kept, name in files)
    return first, second


def details(prepared: Prepared, replications: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A row for each project of each run (days, hours, €), and the mean of each day over the futures."""
    import pandas as pd

    projects: list[pd.DataFrame] = []
    days: dict[str, list[pd.DataFrame]] = {s.name: [] for s in prepared.structures}
    for replication in range(replications):
        base = draw_base(prepared, replication)
        for structure, runs in days.items():
            world = run_world(prepared, base, structure, replication)
            projects.append(_projects(world, structure, replication))
            runs.append(_days(world))
    means = [_mean(structure, runs) for structure, runs in days.items()]
    return pd.concat(projects, ignore_index=True), pd.concat(means, ignore_index=True)


def _projects(world: World, structure: str, replication: int) -> pd.DataFrame:
    """The projects that came up for this organisation in one run."""
    import pandas as pd

    rows = world.projects[world.projects["state"] != FUTURE]
    frame = pd.DataFrame({name: rows[name] for name in _PROJECT})
    frame["delivered"] = np.where(rows["state"] == DELIVERED, rows["delivered"], np.nan)
    frame["delay_days"] = np.maximum(0.0, frame["delivered"] - frame["deadline"])
    frame["went_elsewhere"] = rows["state"] == WITHHELD
    frame.insert(0, "replication", replication)
    frame.insert(0, "structure", structure)
    return frame


def _days(world: World) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: world.history[name] for name in world.history.dtype.names})


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
