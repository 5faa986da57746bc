"""Structures compared under common luck: what each brings, and what it adds to the structure of today.

A replication is one *future*: the same projects, efforts and events for every structure. So structures are
compared within a future, and only the differences are averaged; what is luck to both cancels.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.statistics.equality import Alike
from sim.batch.results import ResultsError
from sim.vocabulary import BY_NAME, NET_VALUE, OBJECTIVE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

CONFIDENCE = 0.95

_GOALS = (
    *("projects_delivered", "unfinished_share", "on_time_share", "lead_days", "cost_over_budget"),
    *("scope_delivered", "rework_share", "escaped_defect_hours", "ticket_level_share", "ticket_days"),
    *("satisfaction", "complaints", "clients_lost", "utilisation", "blocked_days", "fatigue"),
    *("leavers", "managers_left", "maturity_gain", "matter_wait_days"),
)
"""What an organisation wants beside money and short delays; not what explains it, or details it."""


@dataclass(frozen=True, eq=False)
class Estimate(Alike):
    """A mean over `futures` and its interval from `low` to `high`, in the outcome's unit.

    With no future to average all three are NaN; with one alone, the interval is unbounded.
    """

    mean: float
    low: float
    high: float
    futures: int

    @property
    def half_width(self) -> float:
        """How far the interval reaches to either side of the mean."""
        return self.high - self.mean

    @property
    def bounded(self) -> bool:
        """Whether there are futures enough for an interval with two ends."""
        return math.isfinite(self.half_width)

    @property
    def sign(self) -> int:
        """1 or −1 where the whole interval is on that side of zero, else 0: not told apart from nothing."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


def unlike(one: Estimate, other: Estimate) -> bool:
    """Whether two measurements in futures of their own are further apart than their intervals allow."""
    return abs(one.mean - other.mean) > math.hypot(one.half_width, other.half_width)


@dataclass(frozen=True, eq=False)
class Comparison(Alike):
    """All structures against `current`.

    `levels[outcome, structure]` are means; `differences[outcome, structure]` are means of structure −
    current in the same future (for every structure but the current one); `spreads[outcome]` is the standard
    deviation of the current structure's outcome over the futures. `best_share[structure]` is the
    share of the futures that all lived through in which the structure has the best objective (ties are
    split), `win_share[structure]` the share of its own in which it beats the current one. `futures` were
    compared, `dropped` left out because a run of theirs failed, is missing or has no objective;
    `lived[structure]` is how many of them a structure lived through: all, unless it was left out as surely
    behind.
    """

    scenario: str
    structures: tuple[str, ...]
    current: str
    objective: str
    outcomes: tuple[str, ...]
    futures: int
    dropped: int
    levels: dict[tuple[str, str], Estimate]
    differences: dict[tuple[str, str], Estimate]
    spreads: dict[str, float]
    best_share: dict[str, float]
    win_share: dict[str, float]
    lived: dict[str, int]

    def __repr__(self) -> str:
        compared = (
            f"{len(self.others)} with {self.current} by {self.objective}, over {self.futures:,} futures"
        )
        return f"<{type(self).__name__} of {self.scenario}: {compared}>"

    @property
    def common(self) -> int:
        """The futures that every structure lived through, of those that take part in the choice."""
        return min(self.lived[structure] for structure in self.best_share)

    @property
    def left_out(self) -> dict[str, int]:
        """Those of them that did not live through all futures, and through how many they did."""
        return {s: self.lived[s] for s in self.best_share if self.lived[s] < self.futures}

    @property
    def others(self) -> tuple[str, ...]:
        """Every structure but the current one."""
        return tuple(s for s in self.structures if s != self.current)

    def gain(self, structure: str) -> Estimate:
        """What a structure adds to the objective of the current one."""
        return self.differences[self.objective, structure]

    def moves(self, structure: str) -> list[str]:
        """The outcomes that move with `structure`, furthest first: by the difference in standard deviations.

        Only those of `_GOALS` that are told apart from nothing.
        """
        told = {
            name: abs(self.differences[name, structure].mean) / self.spreads[name]
            for name in self.outcomes
            if name in _GOALS and self.differences[name, structure].sign and self.spreads[name] > 0
        }
        return sorted(told, key=lambda name: -told[name])

    def with_beside(self, unequal: Comparison | None) -> Comparison:
        """The same comparison with the structures of another one beside, which take no part in the choice of
        the best.
        """
        if unequal is None:
            return self
        return replace(
            self,
            structures=(*self.structures, *unequal.others),
            levels=unequal.levels | self.levels,
            differences=unequal.differences | self.differences,
            win_share=unequal.win_share | self.win_share,
            lived=unequal.lived | self.lived,
        )

    @property
    def beside(self) -> tuple[str, ...]:
        """The structures that take no part in the choice of the best."""
        return tuple(s for s in self.structures if s not in self.best_share)

    def with_gains(self, gains: Mapping[str, Estimate]) -> Comparison:
        """The same comparison with other intervals of the gains in the objective."""
        own = {(self.objective, structure): gain for structure, gain in gains.items()}
        return replace(self, differences={**self.differences, **own})


def compare(
    results: pd.DataFrame,
    *,
    current: str,
    outcomes: Sequence[str] = tuple(BY_NAME),
    objective: str = NET_VALUE,
) -> Comparison:
    """Compare the structures in `results` (a frame as `sim.batch.run.read_results` gives) with the `current`
    one.

    More of the objective counts as better. Raises ValueError if `current` is not among the structures.
    """
    structures = tuple(dict.fromkeys(results["structure"]))
    if current not in structures:
        raise ValueError(f"{current!r} is not among the structures that were run: {', '.join(structures)}")
    columns = _tables(complete_futures(results, objective), [objective, *outcomes], structures)
    base = structures.index(current)
    levels, differences, spreads = {}, {}, {}
    for name, table in columns.items():
        spreads[name] = _spread(table[:, base])
        for k, structure in enumerate(structures):
            levels[name, structure] = estimate(table[:, k])
            if k != base:
                differences[name, structure] = estimate(table[:, k] - table[:, base])
    values = columns[objective]
    return Comparison(
        scenario=str(results["scenario"].iloc[0]),
        structures=structures,
        current=current,
        objective=objective,
        outcomes=tuple(outcomes),
        futures=len(values),
        dropped=results["replication"].nunique() - len(values),
        levels=levels,
        differences=differences,
        spreads=spreads,
        best_share=dict(zip(structures, best_shares(values), strict=True)),
        win_share={
            s: win_share(values[:, k] - values[:, base]) for k, s in enumerate(structures) if k != base
        },
        lived={s: differences[objective, s].futures if s != current else len(values) for s in structures},
    )


def _spread(values: np.ndarray[Any, Any]) -> float:
    import numpy as np

    known = values[~np.isnan(values)]
    return float(known.std(ddof=1)) if len(known) > 1 else 0.0


def complete_futures(results: pd.DataFrame, objective: str = NET_VALUE) -> pd.DataFrame:
    """The rows of those replications in which every structure ran to its end and has an objective.

    A structure that has no row from some replication on was left out there, and is not waited for.
    """
    import numpy as np

    ends = np.sort(results.groupby("structure")["replication"].max().to_numpy())
    ran = results[results["error"].isna() & results[objective].notna()]
    runs = ran.groupby("replication")["structure"].transform("size").to_numpy()
    asked = len(ends) - np.searchsorted(ends, ran["replication"].to_numpy())
    return ran[runs == asked]


def no_future(objective: str, whole: int = 0) -> str:
    """Why nothing can be compared, as the end of a sentence; with `whole`, that there is one future alone."""
    own = " and give the objective something to measure" if objective == OBJECTIVE else ""
    return f"in {'one future alone' if whole else 'no future'} did every structure run to its end{own}"


def unmeasured(measured: int, futures: int) -> ResultsError:
    """The user's mistake that too few of these futures give the objective something to measure."""
    few = f"only {measured} of {futures} futures give" if measured else f"none of {futures} futures gives"
    right = "weigh outcomes that every run has, or make the run longer"
    return ResultsError(f"objective: {few} it something to measure under every structure; {right}")


def check_measured(results: pd.DataFrame, objective: str) -> None:
    """Raise ResultsError if all runs came to their end, and yet none has the objective."""
    if results["error"].isna().all() and results[objective].isna().all():
        raise unmeasured(0, results["replication"].nunique())


def by_structure(results: pd.DataFrame, outcome: str, structures: Sequence[str]) -> np.ndarray[Any, Any]:
    """One outcome as an array: a row for each future, a column for each structure, in the order given.

    NaN where a structure was left out, or a future does not have the outcome.
    """
    return _tables(results, [outcome], structures)[outcome]


def _tables(
    results: pd.DataFrame, outcomes: Sequence[str], structures: Sequence[str]
) -> dict[str, np.ndarray[Any, Any]]:
    """Each outcome as `by_structure` gives it; all at once, which takes as long as one."""
    import pandas as pd

    names = list(dict.fromkeys(outcomes))
    wide = results.pivot(index="replication", columns="structure", values=names)
    wide = wide.reindex(columns=pd.MultiIndex.from_product([names, structures]))
    cube = wide.to_numpy(dtype=float).reshape(len(wide), len(names), len(structures))
    return {name: cube[:, k] for k, name in enumerate(names)}


def paired_differences(results: pd.DataFrame, outcome: str, current: str) -> dict[str, np.ndarray[Any, Any]]:
    """For each other structure: its outcome less the current one's, future by future while it lived."""
    structures = tuple(dict.fromkeys(results["structure"]))
    whole = complete_futures(results)
    table = by_structure(whole, outcome, structures)
    base = structures.index(current)
    lived = whole.groupby("structure").size()
    return {s: (table[:, k] - table[:, base])[: lived[s]] for k, s in enumerate(structures) if s != current}


def estimate(values: np.ndarray[Any, Any], confidence: float = CONFIDENCE) -> Estimate:
    """Mean of `values` with its t-interval; NaN (an outcome that this future does not have) is left out."""
    import numpy as np
    from scipy.special import stdtrit  # the t quantile; scipy.stats would take ten times as long to load

    known = values[~np.isnan(values)]
    n = len(known)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(known.mean())
    if n == 1:
        return Estimate(mean, -math.inf, math.inf, 1)
    reach = float(stdtrit(n - 1, (1 + confidence) / 2) * known.std(ddof=1) / math.sqrt(n))
    return Estimate(mean, mean - reach, mean + reach, n)


def best_shares(values: np.ndarray[Any, Any]) -> list[float]:
    """For each column, the share of rows in which it is the highest; those equally high share the row.

    Rows in which a value is missing say nothing.
    """
    import numpy as np

    whole = values[~np.isnan(values).any(axis=1)]
    if not len(whole):
        return [math.nan] * values.shape[1]
    highest = whole == whole.max(axis=1, keepdims=True)
    shares: list[float] = (highest / highest.sum(axis=1, keepdims=True)).mean(axis=0).tolist()
    return shares


def win_share(differences: np.ndarray[Any, Any]) -> float:
    """The share of differences above zero; one of exactly zero counts as half a win, a missing one not."""
    import numpy as np

    known = differences[~np.isnan(differences)]
    if not len(known):
        return math.nan
    return float(((known > 0) + 0.5 * (known == 0)).mean())
