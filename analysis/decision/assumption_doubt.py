"""Futures in which the assumptions differ, too: how far the answer holds when our numbers are doubted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.statistics.compare import Estimate, by_structure, complete_futures, estimate, win_share
from analysis.statistics.doubt import Driver, draw, hangs_on
from analysis.statistics.doubt import doubted as open_to_doubt
from sim.batch.session import session
from sim.batch.study import Study, in_blocks

if TYPE_CHECKING:
    from sim.scenario import Scenario

DOUBT_FUTURES = 400
"""Futures with assumptions of their own that `decide` lives through, unless told otherwise."""


@dataclass(frozen=True)
class Doubted:
    """What became of the gains over the current structure in `futures` with assumptions of their own.

    `dropped` more were left out, because a run of theirs failed or gave the objective nothing to measure.
    By structure: the mean `gains` in the objective, the `win_share`, and the `drivers`: the assumptions that
    the gain hangs on, the strongest first.
    """

    futures: int
    dropped: int
    gains: dict[str, Estimate]
    win_share: dict[str, float]
    drivers: dict[str, tuple[Driver, ...]]


@dataclass(frozen=True)
class Draws:
    """Each future's own assumptions: `rows[future]` are the values of `names`."""

    scenario: Scenario
    names: tuple[str, ...]
    rows: tuple[tuple[float, ...], ...]

    def __call__(self, future: int) -> Scenario:
        """The scenario with the assumptions of this future."""
        own = dict(zip(self.names, self.rows[future], strict=True))
        return self.scenario.model_copy(update={"assumptions": {**self.scenario.assumptions, **own}})


def doubt(scenario: Scenario, folder: Path, futures: int, **workers: Any) -> Doubted:
    """Live through `futures`, each with its own luck and its own draw of the assumptions.

    The draw is the same for every structure; assumptions that the scenario sets itself are taken as known.
    The runs are kept in a folder inside `folder`; `workers` are arguments of `sim.batch.session.session`.
    """
    import numpy as np

    factors = open_to_doubt(scenario.assumptions)
    rows = draw(factors, range(futures), scenario.seed)
    names = tuple(factor.name for factor in factors)
    study = Study(scenario, Draws(scenario, names, tuple(map(tuple, rows.tolist()))), {"kind": "doubt"})
    own = folder / f"doubt-{study.identity[:8]}"
    with session(study, own, **workers) as now:
        now.extend(in_blocks([(future, future) for future in range(futures)]))
        results = now.frame([scenario.judged_by])
    results = results[results["variation"] < futures]  # there may be more from an earlier session
    whole = complete_futures(results, scenario.judged_by)
    lived = np.sort(whole["replication"].unique())
    structures = scenario.structure_names
    table = by_structure(whole, scenario.judged_by, structures)
    base = structures.index(scenario.current)
    gains = {s: table[:, k] - table[:, base] for k, s in enumerate(structures) if k != base}
    return Doubted(
        futures=len(lived),
        dropped=futures - len(lived),
        gains={s: estimate(gain) for s, gain in gains.items()},
        win_share={s: win_share(gain) for s, gain in gains.items()},
        drivers={s: hangs_on(rows[lived], gain, factors) for s, gain in gains.items()},
    )


def as_facts(doubted: Doubted) -> Mapping[str, Any]:
    """Plain values for a file."""
    return {
        "futures": doubted.futures,
        "dropped": doubted.dropped,
        "win_share": doubted.win_share,
        "gains": {s: [g.mean, g.low, g.high] for s, g in doubted.gains.items()},
    }
