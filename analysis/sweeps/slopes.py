"""What a sweep says: how the difference between structures changes with each key that it varies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate, estimate, win_share
from analysis.sweeps.labels import as_key
from analysis.words.answers import wilson

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Step:
    """One value of a varied key: what a structure adds to the current one there, and how often it wins.

    The other varied keys are averaged over, future by future. `low` to `high` is the 95% interval of the
    share of futures won (Wilson, as if each future were one trial; with several keys that is too wide), NaN
    of one future.
    """

    value: Any
    structure: str
    gain: Estimate
    won: float
    low: float
    high: float


def steps(results: pd.DataFrame, key: str, current: str, objective: str) -> list[Step]:
    """Every value of `key` with every structure but the current one, in the order of the sweep.

    `results` is a frame of a sweep as `sim.batch.run.read_results` gives it. A value is left out where no
    future ran to its end in all its variations.
    """
    gains = _gains(results, current, objective)
    found = []
    for value, variations in _by_value(results, key):
        for structure in gains.columns:
            futures = _futures(gains[structure], variations)
            if len(futures):
                mean, won = futures.mean(axis=1), win_share(futures.ravel())
                ends = wilson(won, len(futures)) if len(futures) > 1 else (math.nan, math.nan)
                found.append(Step(value, str(structure), estimate(mean), won, *ends))
    return found


@dataclass(frozen=True)
class Level:
    """An outcome of a structure at one value of a varied key: its mean, and what it has `more` than the
    current structure in the same future (None of that itself). The other varied keys are averaged over.
    """

    value: Any
    structure: str
    mean: Estimate
    more: Estimate | None


def levels(results: pd.DataFrame, key: str, current: str, outcome: str) -> list[Level]:
    """Every value of `key` with every structure, the current one first, in the order of the sweep."""
    ran = results[results["error"].isna()]
    wide = ran.pivot(index=["variation", "replication"], columns="structure", values=outcome)
    names = [current, *(s for s in dict.fromkeys(results["structure"]) if s != current)]
    wide = wide.reindex(columns=names)
    found = []
    for value, variations in _by_value(results, key):
        own = {name: _futures(wide[name], variations).mean(axis=1) for name in names}
        apart = {n: _futures(wide[n] - wide[current], variations).mean(axis=1) for n in names if n != current}
        found += [
            Level(value, name, estimate(own[name]), estimate(apart[name]) if name in apart else None)
            for name in names
            if len(own[name])
        ]
    return found


def from_end_to_end(results: pd.DataFrame, key: str, structure: str, outcome: str) -> Estimate:
    """What the last value of `key` has more of an outcome than the first one, in futures of the same luck."""
    ran = results[results["error"].isna() & (results["structure"] == structure)]
    own = ran.set_index(["variation", "replication"])[outcome]
    ends = [own[own.index.get_level_values("variation").isin(v)] for _, v in _by_value(results, key)]
    first, last = (end.groupby("replication").mean() for end in (ends[0], ends[-1]))
    return estimate((last - first).to_numpy())


def _by_value(results: pd.DataFrame, key: str) -> list[tuple[Any, list[Any]]]:
    """Each value of a key, in the order of the sweep, with the numbers of its variations."""
    values = dict(zip(results["variation"], results[key], strict=True))
    told: dict[str, list[int]] = {}
    for variation, value in sorted(values.items()):
        told.setdefault(as_key(value), []).append(variation)
    return [(values[variations[0]], variations) for variations in told.values()]


def _gains(results: pd.DataFrame, current: str, objective: str) -> pd.DataFrame:
    """Gain over the current structure by variation and replication, where every structure ran."""
    ran = results[results["error"].isna()]
    wide = ran.pivot(index=["variation", "replication"], columns="structure", values=objective)
    others = [s for s in dict.fromkeys(results["structure"]) if s != current]
    whole = wide.reindex(columns=[current, *others]).dropna()
    return whole[others].sub(whole[current], axis=0)


def _futures(gains: pd.Series[Any], variations: list[Any]) -> Floats:
    """Gains as an array: a row for each future that ran in all `variations`, a column for each."""
    chosen = gains[gains.index.get_level_values("variation").isin(variations)]
    table: Floats = chosen.unstack("variation").dropna().to_numpy()
    return table
