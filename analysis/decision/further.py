"""What is asked once the design to name is known: doubt, head-count, how far a future moves for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.assumption_doubt import Doubted, doubt
from analysis.decision.changing import CHANGED, Changing, changing
from analysis.decision.designs import Design, written
from analysis.decision.grounds import Grounds
from analysis.decision.headcount import COUNTED, HeadCount, head_count
from analysis.decision.idle_spread import FUTURES as RESTLESS
from analysis.decision.idle_spread import Restless, restless
from analysis.decision.mechanisms import mechanisms
from analysis.decision.pair import LEFT_OUT, pair
from analysis.decision.shares import shares_of_gains
from sim.batch.study import comparing
from sim.scenario.own_structures import name_of
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


@dataclass(frozen=True)
class Further:
    """Futures with assumptions in `doubted`, those that move for nothing, other numbers of managers, the
    change itself, and by what the gain is `explained`; None is what was not asked.
    """

    doubted: Doubted | None = None
    restless: Restless | None = None
    heads: HeadCount | None = None
    changing: Changing | None = None
    explained: Grounds | None = None


def further(
    scenario: Scenario,
    named: str,
    designs: Sequence[Design],
    results: pd.DataFrame,
    folder: Path,
    futures: int,
    *,
    doubted: int,
    heads: bool,
    explain: bool = False,
    **workers: Any,
) -> Further:
    """Ask further about the design that is `named` and today's, in `doubted` futures (0: not), with other
    numbers of managers (`heads`), and what brings the gain (`explain`). `results` are the runs of the
    `futures` so far; `workers` as for `sitting`.
    """
    two, counted, cost = _two_of(scenario, named, designs), None, None
    why = _explained(scenario, two, named, designs, folder, **workers) if explain else None
    if heads and named in two.structure_names and not scenario.reorganisation:
        counted = head_count(two, results, named, folder, min(COUNTED, futures), **workers)
        if two.judged_by == NET_VALUE and two.horizon_days > 1:
            cost = changing(two, results, named, folder, min(CHANGED, futures), **workers)
    if not doubted:
        return Further(heads=counted, changing=cost, explained=why)
    shaken = doubt(two, folder, min(doubted, futures), **workers)
    nudged = restless(two, named, folder, min(RESTLESS, futures), **workers)
    return Further(shaken, nudged, counted, cost, why)


def _explained(
    scenario: Scenario, two: Scenario, named: str, designs: Sequence[Design], folder: Path, **workers: Any
) -> Grounds | None:
    """By what gains are explained; None for a change on a day, which is no structure."""
    if scenario.reorganisation or named not in two.structure_names:
        return None
    shares = shares_of_gains(scenario, named, designs, folder, **workers)
    return Grounds(scenario.current, named, shares, mechanisms(two, named, folder, **workers))


def _two_of(scenario: Scenario, named: str, designs: Sequence[Design]) -> Scenario:
    """The scenario with the two structures that the verdict is about; a change on a day needs them all."""
    if named in [name_of(structure) for structure in scenario.structures]:
        return pair(scenario, named)
    for design in designs:
        if design.name == named:
            plain = scenario.with_changes(dict(LEFT_OUT))
            return comparing(plain, [scenario.current, written(design.structure)])
    return scenario.with_changes({"unequal_managers": {}})
