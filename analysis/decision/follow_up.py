"""What is asked once the design to name is known: doubt, head-count, how far a future moves for nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.assumption_doubt import Doubted, doubt
from analysis.decision.change_cost import CHANGED, Changing, changing
from analysis.decision.designs import Design, written
from analysis.decision.forecast import Forecast
from analysis.decision.grounds import Grounds
from analysis.decision.headcount import COUNTED, HeadCount, head_count
from analysis.decision.holdout import HOLDOUT_FUTURES
from analysis.decision.idle_spread import IDLE_SPREAD_FUTURES, NUDGED, Restless, restless
from analysis.decision.mechanisms import MECHANISMS, mechanisms
from analysis.decision.pair import LEFT_OUT, pair
from analysis.decision.shares import shares_of_gains
from sim.batch.study import comparing
from sim.scenario.own_structures import name_of
from sim.vocabulary import NET_VALUE

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario


_SHARES, _CARRIERS, _HEADS = "shares", "mechanisms", "heads"
_CHANGE, _DOUBT, _NUDGE = "change", "doubt", "nudge"
AFTERWARDS = ((_SHARES,), (_CARRIERS,), (_CHANGE,), (_DOUBT,), (_NUDGE,), (_HEADS,))
"""What is asked further, one question after the other."""

_NUMBERS_TRIED = 3
"""Other numbers of managers that are tried as a rule: two to four."""


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
    forecast: Forecast,
    explain: bool = False,
    lines_known: Callable[[Further], None],
    **workers: Any,
) -> Further:
    """Ask further about the design that is `named` and today's, in `doubted` futures (0: not), with other
    numbers of managers (`heads`), and what brings the gain and how far it moves for nothing (`explain`).
    `results` are the runs of the `futures` so far; `forecast` is told of those to come; `lines_known` of all
    that the answer's lines rest on, before managers are counted, which takes half as long again; `workers`
    as for `session`.
    """
    two, cost = _two_of(scenario, named, designs), None
    how = {name: {**workers, "progress": forecast.of(name)} for (name,) in AFTERWARDS}
    why = _explained(scenario, two, named, designs, folder, how) if explain else None
    heads = heads and named in two.structure_names and not scenario.reorganisation
    if heads and two.judged_by == NET_VALUE and two.horizon_days > 1:
        cost = changing(two, results, named, folder, min(CHANGED, futures), **how[_CHANGE])
    shaken = doubt(two, folder, min(doubted, futures), **how[_DOUBT]) if doubted else None
    nudged = (
        restless(two, named, folder, min(IDLE_SPREAD_FUTURES, futures), **how[_NUDGE]) if explain else None
    )
    found = Further(shaken, nudged, None, cost, why)
    lines_known(found)
    if not heads:
        return found
    counted = head_count(two, results, named, folder, min(COUNTED, futures), **how[_HEADS])
    forecast.over()
    return replace(found, heads=counted)


def _explained(
    scenario: Scenario,
    two: Scenario,
    named: str,
    designs: Sequence[Design],
    folder: Path,
    how: Mapping[str, Mapping[str, Any]],
) -> Grounds | None:
    """By what gains are explained; None for a change on a day, which is no structure."""
    if scenario.reorganisation or named not in two.structure_names:
        return None
    shares = shares_of_gains(scenario, named, designs, folder, **how[_SHARES])
    return Grounds(scenario.current, named, shares, mechanisms(two, named, folder, **how[_CARRIERS]))


def runs_to_come(
    scenario: Scenario, designs: int, futures: int, *, doubted: int, heads: bool, explain: bool
) -> dict[str, int]:
    """How many runs each further question is likely to take, after so many futures of so many designs."""
    heads = heads and not scenario.reorganisation and not scenario.heads
    explained = explain and not scenario.reorganisation
    asked = {
        _SHARES: designs * HOLDOUT_FUTURES if explained else 0,
        _CARRIERS: 2 * (1 + len(MECHANISMS)) * HOLDOUT_FUTURES if explained else 0,
        _HEADS: 2 * _NUMBERS_TRIED * min(COUNTED, futures) if heads else 0,
        _CHANGE: min(CHANGED, futures) if heads and scenario.judged_by == NET_VALUE else 0,
        _DOUBT: 2 * min(doubted, futures),
        _NUDGE: 2 * (1 + 2 * len(NUDGED)) * min(IDLE_SPREAD_FUTURES, futures) if explain else 0,
    }
    return {name: runs for name, runs in asked.items() if runs}


def _two_of(scenario: Scenario, named: str, designs: Sequence[Design]) -> Scenario:
    """The scenario with the two structures that the verdict is about; a change on a day needs them all."""
    if named in [name_of(structure) for structure in scenario.structures]:
        return pair(scenario, named)
    for design in designs:
        if design.name == named:
            plain = scenario.with_changes(dict(LEFT_OUT))
            return comparing(plain, [scenario.current, written(design.structure)])
    return scenario.with_changes({"unequal_managers": {}})
