"""The curves of a sweep as files: a figure for each outcome and varied key, and a table of what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.sweeps.slopes import Level, from_end_to_end, levels
from analysis.words.keys import labels_of
from sim.batch.results import writing
from sim.safety.cells import write_csv
from sim.safety.facts_file import whole
from sim.scenario.sweep import Variation
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.scenario import Scenario


def write_curves(
    results: pd.DataFrame, varied: Sequence[Variation], outcomes: Sequence[str], folder: Path
) -> tuple[Path, ...]:
    """Draw each outcome over each key that differs, write its numbers beside it, and name the files.

    Raises ResultsError where the folder cannot be written to.
    """
    from analysis.figures.looks import save

    files: list[Path] = []
    scenario = varied[0].scenario
    keys = [key for key in varied[0].changes if len({str(each.changes[key]) for each in varied}) > 1]
    with writing(folder):
        for outcome in outcomes:
            for number, key in enumerate(keys, start=1):
                name = f"curve-{outcome}" + (f"-{number}" if len(keys) > 1 else "")
                found = levels(results, key, scenario.current, outcome)
                if not found:
                    continue
                table = folder / f"{name}.csv"
                with whole(table) as draft:
                    write_csv(_as_table(found, key), draft)
                files += [*save(curve_over(results, key, outcome, scenario, keys), folder, name), table]
    return tuple(files)


def curve_over(
    results: pd.DataFrame, key: str, outcome: str, scenario: Scenario, keys: Sequence[str]
) -> Figure:
    """One outcome over one of the `keys` that differ."""
    from analysis.sweeps.curve import curve_figure
    from analysis.tipping_points.movable import counts

    told = labels_of(keys)
    return curve_figure(
        levels(results, key, scenario.current, outcome),
        told[key],
        BY_NAME[outcome],
        scenario=scenario.name,
        change=from_end_to_end(results, key, scenario.current, outcome),
        counted=counts(key),
        others=[told[other] for other in keys if other != key],
    )


def _as_table(found: Sequence[Level], key: str) -> pd.DataFrame:
    """A row for each value and structure: futures, the mean and what it has more than today's structure."""
    import pandas as pd

    return pd.DataFrame([_row(level, key) for level in found])


def _row(level: Level, key: str) -> dict[str, Any]:
    cells: dict[str, Any] = {key: level.value, "structure": level.structure, "futures": level.mean.futures}
    cells |= {"mean": level.mean.mean, "low": level.mean.low, "high": level.mean.high}
    more = level.more
    return cells | ({"more": more.mean, "more_low": more.low, "more_high": more.high} if more else {})
