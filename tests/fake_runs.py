"""Runs without a model: outcomes that depend on structure and replication alone, under common luck.

A stand-in for `sim.clocks.simulate.simulate_block`, quick enough to test what is around it, with known
answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.statistics.compare import Comparison, by_structure, compare, complete_futures
from analysis.statistics.selection import Selection, select
from sim.scenario import Scenario, scenario_from
from sim.vocabulary import NET_VALUE, OUTCOMES

Row = tuple[str, int, dict[str, float] | None, str | None]

LEVELS = {
    "net_value_a_year": 1.5e6,
    "value_delivered": 12e6,
    "cost_of_people": 9e6,
    "penalties": 2e5,
    "warranty_cost": 1e5,
    "delay_days": 30.0,
    "delay_days_p90": 70.0,
    "lead_days": 160.0,
    "projects_delivered": 28.0,
}
GAINS = {"merged": 0.0, "separated": 3e5, "agile": -1e5, "pm_only": 5e4, "dm_only": -4e5}


class AtOnce(Executor):
    """Does work when it is handed in, so that how far a batch is hangs on no race between threads."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*args, **named))
        return future


def organisation(**changes: object) -> Scenario:
    """A small scenario; only its name, seed and structures matter to a fake run."""
    return scenario_from(
        {"name": "Scale-up agency", "structures": ["merged", "separated", "agile"]} | changes
    )


NAMES = tuple(outcome.name for outcome in OUTCOMES)
_LEVEL = np.array([LEVELS.get(name, 0.5) for name in NAMES])
_BETTER = np.array([{"more": 1, "less": -1, "neither": 0}[outcome.better] for outcome in OUTCOMES])
_NET = NAMES.index(NET_VALUE)


@lru_cache(maxsize=5000)
def _luck(*key: int) -> np.ndarray:
    return np.random.default_rng(list(key)).normal(size=len(NAMES))


def outcomes(
    seed: int, structure: str, replication: int, gain: float, spread: float = 2e5
) -> dict[str, float]:
    """What one fake run ends with: luck common to all structures, plus some luck of its own."""
    common, own = _luck(seed, replication), _luck(seed, replication, *structure.encode())
    ends = _LEVEL * (1 + _BETTER * gain / 1.5e6 + 0.1 * common + 0.04 * own)
    ends[_NET] = _LEVEL[_NET] + gain + 4e5 * common[_NET] + spread * own[_NET]
    return dict(zip(NAMES, ends, strict=True))


def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """A block of fake runs, the structures taking turns."""
    return [
        (s, r, outcomes(scenario.seed, s, r, GAINS.get(s, 0.0)), None)
        for r in replications
        for s in scenario.structure_names
    ]


def simulate_with_a_failure(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """As `simulate`, but replication 7 of the second structure runs out of luck."""
    failing = (scenario.structure_names[1], 7)
    return [
        (s, r, None, "luck ran out on day 12") if (s, r) == failing else (s, r, done, why)
        for s, r, done, why in simulate(scenario, replications)
    ]


def results(
    gains: Mapping[str, float],
    futures: int = 400,
    *,
    name: str = "Scale-up agency",
    spread: float = 2e5,
    changes: Mapping[str, Mapping[str, float]] | None = None,
) -> pd.DataFrame:
    """A frame as `read_results` gives; `changes[structure][outcome]` replaces a value in all its runs."""
    rows = []
    for replication in range(futures):
        for structure, gain in gains.items():
            run = outcomes(1, structure, replication, gain, spread) | dict((changes or {}).get(structure, {}))
            keys = {
                "scenario": name,
                "structure": structure,
                "replication": replication,
                "seed": 1,
                "error": None,
            }
            rows.append(keys | run)
    return pd.DataFrame(rows)


def fail(frame: pd.DataFrame, structure: str, replication: int) -> pd.DataFrame:
    """The same frame, but that one run failed."""
    hit = (frame["structure"] == structure) & (frame["replication"] == replication)
    frame = frame.copy()
    frame["error"] = frame["error"].astype(object)
    frame.loc[hit, "error"] = "luck ran out"
    frame.loc[hit, [o.name for o in OUTCOMES]] = math.nan
    return frame


def judged(
    frame: pd.DataFrame, current: str, matters: float = 50_000.0
) -> tuple[Comparison, Selection | None]:
    """What may be said of a frame of runs: the structures compared, and the best of them selected."""
    comparison = compare(frame, current=current)
    names = comparison.structures
    if len(names) < 2 or not comparison.futures:
        return comparison, None
    selection = select(by_structure(complete_futures(frame), NET_VALUE, names), names, current, matters)
    return comparison.with_gains(selection.so_far), selection
