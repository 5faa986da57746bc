"""Some futures of a batch day by day: run again, for a batch keeps only how each run ended."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from analysis.results.folder_contents import Material
from sim.batch.days import HistoryStore
from sim.batch.results import ResultsError
from sim.batch.run import Sweep
from sim.batch.session import session
from sim.batch.study import Study, in_blocks
from sim.clocks.history import history_of_block
from sim.scenario.sweep import Variation

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

DAYS = "days"
"""How the folder of the days that are kept beside results begins."""

_SHOWN = ("progress", "value", "matters")
"""What is kept of each day (see `sim.world.tables.time`)."""

_MOST_FUTURES, FEWEST_FUTURES = 100, 20
"""Futures that are run again: enough for a median and a band."""

MOST_PERSON_DAYS = 40e6
"""A large organisation's futures are fewer, so that running them again takes seconds."""


def histories(material: Material) -> pd.DataFrame | None:
    """The days of the first futures, kept in a folder beside the results once they have been run.

    A row for each structure, replication and day (1 to the horizon), with the hours of progress so far, value
    delivered and service income so far (€), and matters in in-trays. None where the scenario cannot be run
    again as it was. A run that fails, as it did in the batch, is left out.
    """
    if material.varied or not material.same_model:
        return None
    ran = material.results[material.results["error"].isna()]
    replications = sorted(int(r) for r in ran["replication"].unique())[: _futures(material.scenario)]
    try:
        return _lived(material.scenario, replications, material.folder)
    except ResultsError:  # results that are only to be read are drawn all the same
        with TemporaryDirectory() as folder:
            return _lived(material.scenario, replications, Path(folder))


def _futures(scenario: Scenario) -> int:
    people = scenario.managers + sum(team.members for team in scenario.teams)
    each = people * scenario.horizon_days * len(scenario.structure_names)
    return int(min(_MOST_FUTURES, max(FEWEST_FUTURES, MOST_PERSON_DAYS // each)))


def _lived(scenario: Scenario, replications: list[int], out: Path) -> pd.DataFrame:
    """The days of these futures: found in a folder inside `out`, or lived through and kept there."""
    study = Study(scenario, Sweep((Variation({}, scenario),)), {"answer": DAYS})
    folder = out / f"{DAYS}-{study.identity[:8]}"
    lengths = dict.fromkeys(_SHOWN, scenario.horizon_days)
    store = HistoryStore(folder, study.identity, scenario.structure_names, lengths)
    blocks = in_blocks([(0, replication) for replication in replications])
    with session(study, folder, simulate=history_of_block, store=store) as now:
        now.extend(blocks, replications=len(replications))
        series = {name: store.series(blocks, name) for name in _SHOWN}
    return _frame(series, scenario.structure_names, replications)


def _frame(series: dict[str, Any], structures: tuple[str, ...], replications: list[int]) -> pd.DataFrame:
    """Series by future, structure and day, as rows."""
    import pandas as pd

    days = range(1, next(iter(series.values())).shape[-1] + 1)
    keys = pd.MultiIndex.from_product(
        [replications, structures, days], names=["replication", "structure", "day"]
    )
    frame = pd.DataFrame({name: values.ravel() for name, values in series.items()}, keys)
    return frame.dropna().reset_index()
