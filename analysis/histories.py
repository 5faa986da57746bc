"""Some futures of a batch day by day: run again, for a batch keeps only how each run ended."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.material import Material
from sim.results_store import literal, whole

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.simulate import Prepared

DAYS = "days.parquet"
MOST_FUTURES, FEWEST_FUTURES = 100, 20
"""Futures that are run again: enough for a median and a band."""

MOST_PERSON_DAYS = 40e6
"""A large organisation's futures are fewer, so that running them again takes seconds."""


def histories(material: Material) -> pd.DataFrame | None:
    """The days of the first futures, kept beside the results as `days.parquet` once they have been run.

    A row for each structure, replication and day (1 to the horizon), with value delivered and service income
    so far (€), hours paid so far, progress made so far (hours) and matters in in-trays. None where the
    scenario cannot be run again as it was.
    """
    import duckdb

    if material.varied or not material.same_model:
        return None
    path = material.folder / DAYS
    ran = material.results[material.results["error"].isna()]
    replications = sorted(ran["replication"].unique())[: _futures(material.scenario)]
    kept = _read(path)
    if kept is not None and set(kept["replication"]) == set(replications):
        return kept
    days = _run(material.scenario, replications)
    with suppress(OSError, duckdb.Error):  # results that are only to be read are drawn all the same
        _write(days, path)
    return days


def _futures(scenario: Scenario) -> int:
    people = scenario.managers + sum(team.members for team in scenario.teams)
    each = people * scenario.horizon_days * len(scenario.structure_names)
    return int(min(MOST_FUTURES, max(FEWEST_FUTURES, MOST_PERSON_DAYS // each)))


def _run(scenario: Scenario, replications: list[int]) -> pd.DataFrame:
    """Every structure under the luck of each replication."""
    from concurrent.futures import ThreadPoolExecutor

    import pandas as pd

    from sim.simulate import prepare

    prepared = prepare(scenario)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # compiled runs do not hold the interpreter's lock
        futures = pool.map(lambda replication: _days(prepared, replication), replications)
        return pd.concat([days for future in futures for days in future], ignore_index=True)


def _days(prepared: Prepared, replication: int) -> list[pd.DataFrame]:
    """A future's days under each structure; a run that fails, as it did in the batch, is left out."""
    import pandas as pd

    from sim.build import draw_base
    from sim.errors import LuckExhausted
    from sim.simulate import run_world

    base = draw_base(prepared, replication)
    frames = []
    for structure in prepared.structures:
        try:
            history = run_world(prepared, base, structure.name, replication).history
        except LuckExhausted:
            continue
        days = {"structure": structure.name, "replication": replication, "day": range(1, len(history) + 1)}
        frames.append(pd.DataFrame(days | {name: history[name] for name in history.dtype.names}))
    return frames


def _read(path: Path) -> pd.DataFrame | None:
    """A table that was kept; None if there is none that can be read."""
    import duckdb

    if not path.is_file():
        return None
    with duckdb.connect(":memory:") as db:
        try:
            return db.from_parquet(literal(path)).order("structure, replication, day").df()
        except duckdb.Error:
            return None


def _write(frame: pd.DataFrame, path: Path) -> None:
    import duckdb

    with whole(path) as draft, duckdb.connect(":memory:") as db:
        db.from_df(frame).write_parquet(str(draft), compression="zstd")
