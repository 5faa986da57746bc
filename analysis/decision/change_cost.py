"""What changing costs once, beside what the new structure brings every year; and when that is made good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.statistics.compare import Estimate, by_structure, complete_futures, estimate
from sim.batch.run import Sweep
from sim.batch.session import session
from sim.batch.study import Study, in_blocks
from sim.batch.workers import SimulateBlock
from sim.scenario.sweep import Variation

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.scenario.structures import Structure
    from sim.vocabulary import RunEnd

CHANGED = 100
"""Futures in which the change itself is lived through."""

_DAY = 1
"""The first day of the new structure; it is announced on the day itself."""


@dataclass(frozen=True)
class Changing:
    """The price of changing over: `once` (€, over the whole horizon), how much less a future brings in which
    today's structure becomes the new one on the first day than one that had the new one all along. It is made
    good after `days` working days of the yearly gain; None where that is not above nothing.
    """

    once: Estimate
    days: float | None


@dataclass(frozen=True)
class _Alone:
    """Runs of the change by itself, for the structures were lived through already."""

    simulate: SimulateBlock | None

    def __call__(self, scenario: Scenario, replications: Sequence[int]) -> list[RunEnd]:
        change = _change(scenario)
        if self.simulate is not None:
            return [run for run in self.simulate(scenario, replications) if run[0] == change.name]
        from sim.building.preparation import prepare
        from sim.clocks.simulate import simulate_block

        return simulate_block(prepare(scenario, (change,)), replications)


def _change(scenario: Scenario) -> Structure:
    return next(structure for structure in scenario.all_structures() if structure.successor is not None)


def _its_name(scenario: Scenario) -> tuple[str, ...]:
    return (_change(scenario).name,)


def changing(
    two: Scenario, results: pd.DataFrame, named: str, folder: Path, futures: int, **workers: Any
) -> Changing | None:
    """Live through the change from today's structure to the other one of `two`.

    `results` are runs of both. The runs are kept in a folder inside `folder`; `workers` are arguments of
    `sim.batch.session.session`. None where no future could be compared.
    """
    how = {"from": two.current, "to": named, "day": _DAY, "announced": 0}
    scenario = two.with_changes({"reorganisation": how})
    study = Study(scenario, Sweep((Variation({}, scenario),)), {"answer": "changing"}, _its_name)
    workers["simulate"] = _Alone(workers.get("simulate"))
    with session(study, folder / f"changing-{study.identity[:8]}", **workers) as now:
        now.extend(in_blocks([(0, future) for future in range(futures)]))
        import pandas as pd

        rows = pd.concat([results[results["structure"] == named], now.frame([two.judged_by])])
    names = (named, *_its_name(scenario))
    whole = complete_futures(rows[rows["replication"] < futures], two.judged_by)
    table = by_structure(whole, two.judged_by, names)
    return _cost(two, table[:, 0] - table[:, 1], results, named) if len(table) else None


def _cost(two: Scenario, apart: Any, results: pd.DataFrame, named: str) -> Changing:
    from sim.scenario.assumptions import values

    a_year = values(two.assumptions)["days_a_year"]
    once = estimate(apart * two.horizon_days / a_year)
    names = (two.current, named)
    own = results[results["structure"].isin(names)]
    both = by_structure(complete_futures(own, two.judged_by), two.judged_by, names)
    gain = float((both[:, 1] - both[:, 0]).mean())
    return Changing(once, a_year * max(0.0, once.mean) / gain if gain > 0.0 else None)
