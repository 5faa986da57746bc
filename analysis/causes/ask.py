"""Why one structure comes out ahead of another: which assumptions and traits of the organisation drive it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.causes.design import QUADRUPLE, Points, by_quadruple
from analysis.causes.factors import factors_of
from analysis.causes.files import keep
from analysis.causes.result import Cause, Why
from analysis.decision.challenger import challenger
from analysis.decision.degenerate_cases import NothingToTell, alike_in_all, refuse_idle
from analysis.decision.pair import pair
from analysis.extras import need
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import check_measured
from analysis.statistics.sobol import LEAST, indices
from sim.batch.run import loaded, results_folder
from sim.batch.session import Progress, session
from sim.batch.study import Cell, in_blocks
from sim.batch.workers import SimulateBlock

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario

ASKS = "why"
"""What files and folders of this answer are called."""

RUNS = 4_000
"""Paired runs unless said otherwise: about a minute and a half on two cores for the example."""


def why(
    scenario: Scenario | Path | str,
    *,
    against: str | None = None,
    runs: int = RUNS,
    jobs: int | None = None,
    seed: int | None = None,
    out: Path | str = "results",
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Why:
    """Say what drives the difference between `against` and the current structure.

    All assumptions and traits vary at once over their ranges, each point under two lucks, in `runs` paired
    runs (rounded down to fours). Without `against` it is the best of the others in a first look. Rows, tables
    and figure are kept under `out`; more runs go on from fewer. The other arguments are those of
    `sim.batch.run.run_batch`. Raises ScenarioError if there is no such structure, MissingExtra without SALib,
    ValueError with too few runs to say anything, NothingToTell where nothing happens or the two never differ.
    """
    import numpy as np

    need("SALib", "sensitivity")
    given = loaded(scenario, seed)
    refuse_idle(given)
    workers: dict[str, Any] = {"jobs": jobs, "executor": executor, "simulate": simulate}
    against = against or challenger(given, out, **workers)
    both = pair(given, against)
    points = Points(both, factors_of(both), _quadruples(runs))
    study = points.study(ASKS)
    folder = results_folder(given, out) / f"{ASKS}-{study.identity[:8]}"
    cells = points.cells()
    arguments = {"against": against, "runs": runs, "jobs": jobs, "seed": seed}
    with session(study, folder, arguments=arguments, progress=progress, **workers) as now:
        now.extend(in_blocks(cells))
    objective = both.judged_by
    rows = now.frame([objective])
    check_measured(rows, objective)
    outcomes = by_quadruple(differences(rows, objective, both.current, against), cells)
    if outcomes.size and not outcomes[~np.isnan(outcomes)].any() and not np.isnan(outcomes).all():
        raise NothingToTell(f"For {given.name}: {alike_in_all((against,), both.current)}.")
    answer = _answer(points, outcomes, failures(rows, cells), folder, against)
    return keep(answer)


def differences(rows: pd.DataFrame, objective: str, current: str, against: str) -> dict[Cell, float]:
    """How far `against` is ahead of `current`, by variation and replication; only where both ran."""
    wide = rows.pivot_table(index=["variation", "replication"], columns="structure", values=objective)
    if not {current, against} <= set(wide.columns):
        return {}
    ahead = (wide[against] - wide[current]).dropna()
    return {(int(v), int(r)): float(value) for (v, r), value in ahead.items()}


def failures(rows: pd.DataFrame, cells: Sequence[Cell]) -> tuple[int, str]:
    """How many of these paired runs failed, and which run was the first to, with the reason."""
    asked = set(cells)
    failed = rows.dropna(subset=["error"])
    pairs = [(int(v), int(r)) for v, r in zip(failed["variation"], failed["replication"], strict=True)]
    failed = failed[[pair in asked for pair in pairs]]
    if failed.empty:
        return 0, ""
    first = failed.sort_values(["variation", "replication"], kind="stable").iloc[0]
    which = f"{first['structure']}, variation {first['variation']}, replication {first['replication']}"
    reason = " ".join(str(first["error"]).split())
    return len(asked.intersection(pairs)), f"{which}, seed {first['seed']}: {reason}"


def _quadruples(runs: int) -> int:
    if runs < QUADRUPLE * LEAST:
        raise ValueError(f"{runs} runs say nothing: give at least {QUADRUPLE * LEAST}")
    return runs // QUADRUPLE


def _answer(points: Points, outcomes: Floats, failed: tuple[int, str], folder: Path, against: str) -> Why:
    import numpy as np

    found = indices(points.shares, outcomes)
    weight = np.where(found.drivers, 1e9 + found.first.value, abs(found.rise.value) / found.deviation)
    order = np.argsort(-weight, kind="stable").tolist()
    causes = (
        Cause(
            factor=points.factors[k],
            first=found.first[k],
            total=found.total[k],
            is_driver=bool(found.drivers[k]),
            low=found.low[k],
            high=found.high[k],
            rise=found.rise[k],
        )
        for k in order
    )
    return Why(
        scenario=points.scenario.name,
        current=points.scenario.current,
        against=against,
        objective=points.scenario.judged_by,
        runs=outcomes.size,
        left_out=QUADRUPLE * int(np.isnan(outcomes).any(axis=(1, 2)).sum()),
        failed=failed[0],
        first_failure=failed[1],
        difference=found.mean,
        deviation=found.deviation,
        luck=found.luck,
        known=found.known,
        alone=found.alone,
        causes=tuple(causes),
        folder=folder,
    )
