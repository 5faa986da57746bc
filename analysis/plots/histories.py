"""Some futures of a batch day by day: run again, for a batch keeps only how each run ended."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.results.material import Material
from sim.batch.part import literal, raise_if_not_damage
from sim.safety.facts_file import log, whole

if TYPE_CHECKING:
    import pandas as pd

    from sim.building.prepared import Prepared
    from sim.scenario import Scenario

DAYS = "days.parquet"
ORDER = "structure, replication, day"
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
    identity = str(material.manifest.get("identity"))
    kept = _read(path, identity)
    if kept is not None and set(kept["replication"]) == set(replications):
        return kept
    days = _run(material.scenario, replications)
    with suppress(OSError, duckdb.Error):  # results that are only to be read are drawn all the same
        _write(days, path, identity)
    return days


def _futures(scenario: Scenario) -> int:
    people = scenario.managers + sum(team.members for team in scenario.teams)
    each = people * scenario.horizon_days * len(scenario.structure_names)
    return int(min(MOST_FUTURES, max(FEWEST_FUTURES, MOST_PERSON_DAYS // each)))


def _run(scenario: Scenario, replications: list[int]) -> pd.DataFrame:
    """Every structure under the luck of each replication."""
    from concurrent.futures import ThreadPoolExecutor

    import pandas as pd

    from sim.building.prepared import prepare

    prepared = prepare(scenario)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # compiled runs do not hold the interpreter's lock
        futures = pool.map(lambda replication: _days(prepared, replication), replications)
        return pd.concat([days for future in futures for days in future], ignore_index=True)


def _days(prepared: Prepared, replication: int) -> list[pd.DataFrame]:
    """A future's days under each structure; a run that fails, as it did in the batch, is left out."""
    import pandas as pd

    from sim.building.replication import draw_base
    from sim.clocks.faults import LuckExhausted
    from sim.clocks.simulate import run_world

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


def _read(path: Path, identity: str) -> pd.DataFrame | None:
    """A table that was kept; None, and it is said, if it is not what was written for this batch."""
    import duckdb

    if not path.is_file():
        return None
    with duckdb.connect(":memory:") as db:
        try:
            about = db.execute("SELECT key, value FROM parquet_kv_metadata(?)", [literal(path)]).fetchall()
            kept = db.from_parquet(literal(path), hive_partitioning=False).order(ORDER).df()
            if {(b"identity", identity.encode()), (b"digest", _digest(kept).encode())} <= set(about):
                return kept
        except (duckdb.Error, RuntimeError, ValueError) as error:
            raise_if_not_damage(error, path)
    log.warning("%s: is damaged or of other runs; the days are lived through again", path)
    return None


def _write(frame: pd.DataFrame, path: Path, identity: str) -> None:
    import duckdb

    with whole(path) as draft, duckdb.connect(":memory:") as db:
        kept = db.from_df(frame).order(ORDER)
        quoted = str(draft).replace("'", "''")
        said = f"KV_METADATA {{identity: '{identity}', digest: '{_digest(kept.df())}'}}"
        db.execute(f"COPY (FROM kept) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, {said})")


def _digest(frame: pd.DataFrame) -> str:
    """A hash of every cell and of the columns' names."""
    import pandas as pd

    cells = pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()
    return sha256(repr(list(frame.columns)).encode() + cells).hexdigest()
