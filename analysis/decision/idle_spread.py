"""The spread that means nothing: how far a future moves when an assumption that cannot matter does.

A run is chaotic: a ten-thousandth more of anything lets two tasks change places, and from there the rest of
the run is another. So one future's difference between two structures holds luck that is not common to both.
It is in the interval of every mean already; it explains why single futures mislead, and vetoes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.assumption_doubt import Draws
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import by_structure, complete_futures
from sim.batch.session import session
from sim.batch.study import Study, in_blocks
from sim.scenario.assumptions import in_force, values

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

NUDGED = ("exception_rate", "absence_days", "defect_rate", "fit_loss")
"""What is moved: things that happen in every organisation, each by itself."""

NUDGE = 1e-4
"""By which share: no organisation knows a number of its own so well."""

IDLE_SPREAD_FUTURES = 10
"""Futures that are moved. Each is lived through once as it is and twice for each assumption."""


@dataclass(frozen=True)
class Restless:
    """How far differences between a structure and the current one moved, in the objective's unit.

    `spread` is the root mean square over `futures` and nudges; `mean` by how much their mean over the futures
    moved, likewise.
    """

    spread: float
    mean: float
    futures: int


def restless(
    scenario: Scenario, against: str, folder: Path, futures: int = IDLE_SPREAD_FUTURES, **workers: Any
) -> Restless | None:
    """Move a few assumptions by a ten-thousandth, and see how far the gain of `against` moves.

    The runs are kept in a folder inside `folder`; `workers` are arguments of `sim.batch.session.session`.
    None if no future could be compared.
    """
    draws = nudged(scenario)
    study = Study(scenario, draws, {"kind": "restless", "nudge": NUDGE, "nudged": list(draws.names)})
    with session(study, folder / f"restless-{study.identity[:8]}", **workers) as now:
        now.extend(in_blocks([(v, future) for v in range(len(draws.rows)) for future in range(futures)]))
        results = now.frame([scenario.judged_by])
    results = results[results["replication"] < futures]
    tables = [_gains(of_one, scenario, against) for _, of_one in results.groupby("variation")]
    return moved(tables) if all(len(t) == len(tables[0]) for t in tables) else None


def nudged(scenario: Scenario) -> Draws:
    """The scenario as it is, then with each assumption a little more and a little less."""
    today, known = values(scenario.assumptions), in_force(scenario.assumptions)
    names = tuple(name for name in NUDGED if today[name] > 0.0)
    here = tuple(today[name] for name in names)
    rows = [here]
    for k, name in enumerate(names):
        for times in (1.0 + NUDGE, 1.0 - NUDGE):
            value = min(max(here[k] * times, known[name].hard_low), known[name].hard_high)
            rows.append((*here[:k], value, *here[k + 1 :]))
    return Draws(scenario, names, tuple(rows))


def moved(tables: list[Floats]) -> Restless | None:
    """How far gains (one a future) are from the first of these tables in the others."""
    import numpy as np

    if len(tables) < 2 or not len(tables[0]):
        return None
    apart = np.array([table - tables[0] for table in tables[1:]])
    spread = float(np.sqrt((apart**2).mean()))
    return Restless(spread, float(np.sqrt((apart.mean(axis=1) ** 2).mean())), apart.shape[1])


def _gains(results: pd.DataFrame, scenario: Scenario, against: str) -> Floats:
    """The gain of a structure over the current one in each future."""
    whole = complete_futures(results, scenario.judged_by)
    table = by_structure(whole, scenario.judged_by, (scenario.current, against))
    gains: Floats = table[:, 1] - table[:, 0]
    return gains
