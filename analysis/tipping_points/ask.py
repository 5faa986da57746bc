"""Where the answer flips: properties of the organisation at which another structure becomes the better one.

Runs are spent where it is least clear which structure is ahead. At a point, both structures live through the
same futures; each point has futures of its own, so that the errors of any two points are independent.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.challenger import FIRST_LOOK_FUTURES, challenger
from analysis.decision.degenerate_cases import refuse_idle
from analysis.decision.pair import pair
from analysis.extras import need
from analysis.statistics.surface import Surface, no_surface
from analysis.tipping_points import words
from analysis.tipping_points.axes import Axis, axis, check_points, points
from analysis.tipping_points.files import write
from analysis.tipping_points.finding import finding, nothing
from analysis.tipping_points.idle import idle
from analysis.tipping_points.movable import structure_at
from analysis.tipping_points.refusals import turn_down
from analysis.tipping_points.result import Tip
from analysis.tipping_points.runs import FINE, Seen, search
from analysis.tipping_points.search import ROUND
from sim.batch.run import loaded, results_folder
from sim.batch.session import Progress, session
from sim.batch.study import BLOCK, Study
from sim.batch.workers import SimulateBlock
from sim.scenario.heads import HEADS
from sim.scenario.moved_ingredients import STRUCTURES
from sim.scenario.reading.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.batch.session import Session
    from sim.scenario import Scenario

_RUNS = 8000
"""Runs at most: about a minute for the example organisation on two cores."""

_MOST = {1: 41, 2: 17}
"""Values of an axis at which runs may be made, by the number of axes."""


@dataclass(frozen=True)
class Moved:
    """The scenario at each point, in a form that travels to other processes."""

    scenario: Scenario
    changes: tuple[dict[str, Any], ...]

    def __call__(self, number: int) -> Scenario:
        """The scenario at the point of this number."""
        return self.scenario.with_changes(self.changes[number])


def tip(
    scenario: Scenario | Path | str,
    over: str,
    and_: str | None = None,
    *,
    against: str | None = None,
    runs: int = _RUNS,
    seed: int | None = None,
    out: Path | str = "results",
    jobs: int | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    simulate: SimulateBlock | None = None,
) -> Tip:
    """Find where the answer flips between the scenario's current structure and `against`.

    `over`, and `and_` for a map, are `KEY=LOW..HIGH`, or `KEY` for a usual range. `against` is by default the
    best of the other structures in a first look at the scenario as it is. At most `runs` runs are made after
    that (but 400 at least, or 800 for a map), fewer where the line is known well enough before, and none
    where an axis changes nothing under the same luck. They are kept under `out`, with the points (CSV), the
    finding (JSON) and the figure. The other arguments are those of `sim.batch.run.run_batch`.

    Raises ScenarioError for what is wrong with the scenario, an axis or `against`, MissingExtra without
    scikit-learn, NothingToTell where nothing happens, and what `run_batch` raises.
    """
    started = time.monotonic()
    need("sklearn", "sensitivity")
    given = loaded(scenario, seed)
    refuse_idle(given)
    texts = {"--over": over} | ({"--and": and_} if and_ is not None else {})
    axes = tuple(axis(given, option, text, _MOST[len(texts)]) for option, text in texts.items())
    _check_apart(axes)
    changes = points(axes)
    check_points(given, " and ".join(texts), changes)
    how: dict[str, Any] = {"jobs": jobs, "executor": executor, "simulate": simulate}
    against = against or _moved_one(given, axes) or challenger(given, out, **how)
    both = pair(given, against)
    _check_compared(both, texts, axes)
    study = Study(both, Moved(both, changes), {"tip": [[a.key, *a.values] for a in axes]})
    folder = results_folder(given, out) / f"tip-{study.identity[:8]}"
    if unmoved := idle(study, axes, simulate):
        return _unmoved(both, axes, unmoved, folder, started)
    arguments = {"over": over, "and": and_, "against": against, "runs": runs, "seed": seed}
    evaluations = max(runs // (2 * BLOCK), ROUND[len(axes)])
    with session(
        study,
        folder,
        facts={"variations": list(changes)},
        arguments=arguments,
        expected=2 * BLOCK * evaluations,
        progress=progress,
        **how,
    ) as now:
        seen, surface = search(now, axes, evaluations, skip=FIRST_LOOK_FUTURES)
        found = _found(now, axes, seen, surface, folder, started)
        write(found)
    return found


def _found(
    now: Session, axes: tuple[Axis, ...], seen: Seen, surface: Surface, folder: Path, since: float
) -> Tip:
    """What a search has found, with the runs that it took."""
    shape = (FINE[len(axes)],) * len(axes)
    found = Tip(
        scenario=now.study.scenario.name,
        current=now.study.scenario.current,
        other=seen.other,
        objective=seen.objective,
        axes=axes,
        matters=seen.matters,
        finding=finding(axes, surface, shape, seen.matters, int(seen.futures.sum())),
        surface=surface,
        shape=shape,
        points=seen.table(points(axes)),
        folder=folder,
        runs=now.tally.done,
        kept=now.tally.kept,
        failed=now.tally.failed,
        seconds=time.monotonic() - since,
    )
    return replace(found, text=words.text(found))


def smallest(axes: int) -> int:
    """The runs that a search over so many axes takes at least: an evaluation of each of its first points."""
    return 2 * BLOCK * ROUND[axes]


def _check_apart(axes: Sequence[Axis]) -> None:
    if len({a.key for a in axes}) < len(axes):
        wrong = f"moves {axes[0].key}, as --over does"
        raise ScenarioError([Problem("", None, "--and", wrong, "give another key")])


def _moved_one(scenario: Scenario, axes: Sequence[Axis]) -> str | None:
    """The structure beside that of today of which something is moved: then it is the one asked about."""
    found = [structure_at(scenario, a.key) for a in axes]
    return next((name for name in found if name not in (None, scenario.current)), None)


def _check_compared(both: Scenario, options: Iterable[str], axes: Sequence[Axis]) -> None:
    """Raise ScenarioError where something is moved of a structure that is not one of the two compared."""
    for option, a in zip(options, axes, strict=True):
        asked = a.key.split(".")[0] in (HEADS, STRUCTURES)
        if asked and structure_at(both, a.key) is None:
            names = " and ".join(both.structure_names)
            turn_down(option, f"moves {a.key}, but {names} are compared", "name its structure with --against")


def _unmoved(
    both: Scenario, axes: tuple[Axis, ...], idle: tuple[Axis, ...], folder: Path, since: float
) -> Tip:
    """What is told of a search that was not begun, as an axis changes nothing."""
    import pandas as pd

    unmoved = Tip(
        scenario=both.name,
        current=both.current,
        other=next(name for name in both.structure_names if name != both.current),
        objective=both.judged_by,
        axes=axes,
        matters=0.0,
        finding=nothing(),
        surface=no_surface(),
        shape=(0,) * len(axes),
        points=pd.DataFrame(columns=[*(a.key for a in axes), "futures", "mean", "error"]),
        folder=folder,
        runs=0,
        kept=0,
        failed=0,
        seconds=time.monotonic() - since,
        idle=idle,
    )
    return replace(unmoved, text=words.text(unmoved))
