"""The runs of a search for the line where the answer flips: made round by round, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.decision.judgement import what_matters
from analysis.statistics.arrays import Floats, Ints
from analysis.statistics.compare import by_structure, check_measured, complete_futures
from analysis.statistics.surface import Surface, fit, noise, one_thread
from analysis.tipping_points.axes import counted
from analysis.tipping_points.search import ROUND, first_design, known, next_points
from sim.batch.study import BLOCK, in_blocks
from sim.vocabulary import EARNED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.tipping_points.axes import Axis
    from sim.batch.session import Session

FINE = {1: 201, 2: 25}
"""Places of an axis at which the surface is read, by the number of axes."""


@dataclass(frozen=True)
class Seen:
    """What the runs so far say at each point that was run: paired differences, other less current.

    `numbers` are those of the points, `at` their places; `variances` are those of a single future. `lost` are
    points where hardly any future could be compared, because runs failed.
    """

    other: str
    objective: str
    matters: float
    numbers: Ints
    at: Floats
    futures: Ints
    means: Floats
    variances: Floats
    lost: tuple[int, ...]

    @property
    def errors(self) -> Floats:
        """The variance of each mean."""
        return noise(self.variances, self.futures)

    def surface(self, at: Floats) -> Surface:
        """The surface through these means, at the places `at`."""
        return fit(self.at, self.means, self.errors, at)

    def table(self, changes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
        """A row for each point: a column for each key, then futures, mean and its standard deviation."""
        import numpy as np
        import pandas as pd

        said = {"futures": self.futures, "mean": self.means, "error": np.sqrt(self.errors)}
        keys = pd.DataFrame([changes[number] for number in self.numbers])
        return pd.concat([keys, pd.DataFrame(said)], axis=1)


def search(now: Session, axes: Sequence[Axis], evaluations: int, *, skip: int) -> tuple[Seen, Surface]:
    """Search in an open batch. Each evaluation has futures that no other has, after the first `skip`.

    Raises RuntimeError if too few runs came to their end to say anything, ResultsError if none has the
    objective.
    """
    at, objective = _places_of(axes), now.study.scenario.judged_by
    columns = list(dict.fromkeys([objective, *EARNED]))

    def look(plan: Sequence[int]) -> Seen:
        cells = [(point, skip + BLOCK * n + k) for n, point in enumerate(plan) for k in range(BLOCK)]
        now.extend(in_blocks(cells))
        return _seen(now, now.frame(columns, replications=skip + len(cells)), objective, at)

    with one_thread():
        return seek(look, axes, evaluations)


def seek(
    look: Callable[[Sequence[int]], Seen], axes: Sequence[Axis], evaluations: int
) -> tuple[Seen, Surface]:
    """Evaluate points round by round until the line is known well enough, or after so many `evaluations`:
    an evaluation is a block of futures at one point.

    `look` takes the numbers of the points evaluated so far, in order, and says what was seen. Comes with the
    surface over an even grid of `FINE` places along each axis.
    """
    import numpy as np

    shape = (FINE[len(axes)],) * len(axes)
    at, fine, whole = _places_of(axes), places(shape), counted(axes, shape)
    plan = first_design(axes, at)
    while True:
        plan = plan[:evaluations]
        seen = look(plan)
        surface = seen.surface(fine[whole])
        reach = surface.reach(seen.futures.sum())
        if len(plan) >= evaluations or known(surface, reach, len(axes), seen.matters):
            return seen, seen.surface(fine)
        error = float(np.median(seen.errors * seen.futures)) / BLOCK
        possible = ~np.isin(np.arange(len(at)), seen.lost)
        count = ROUND[len(axes)]
        plan += next_points(seen.surface(at), reach, error, count, possible, seen.matters)


def places(shape: Sequence[int]) -> Floats:
    """The places of an even grid of this shape, a row each; the last axis changes fastest."""
    import numpy as np

    return _crossed([np.linspace(-1, 1, steps) for steps in shape])


def _places_of(axes: Sequence[Axis]) -> Floats:
    """The places of all points at which runs may be made, a row each, in the order of their numbers."""
    import numpy as np

    return _crossed([a.place(np.array(a.values)) for a in axes])


def _crossed(each: Sequence[Floats]) -> Floats:
    import numpy as np

    return np.stack(np.meshgrid(*each, indexing="ij"), axis=-1).reshape(-1, len(each))


def _seen(now: Session, rows: pd.DataFrame, objective: str, points: Floats) -> Seen:
    import numpy as np

    scenario = now.study.scenario
    current = scenario.current
    check_measured(rows, objective)
    other = next(name for name in scenario.structure_names if name != current)
    whole = complete_futures(rows, objective)
    table = by_structure(whole, objective, (other, current))
    point = whole.groupby("replication")["variation"].first().to_numpy()
    gains = table[:, 0] - table[:, 1]
    counts = np.bincount(point, minlength=len(points))
    numbers = np.flatnonzero(counts >= 2)
    if len(numbers) < 2:
        raise RuntimeError(f"too few runs came to their end: {_first_error(rows)}")
    return Seen(
        other=other,
        objective=objective,
        matters=what_matters(whole.assign(replication=0), scenario),  # in all futures alike
        numbers=numbers,
        at=points[numbers],
        futures=counts[numbers],
        means=np.array([gains[point == n].mean() for n in numbers]),
        variances=np.array([gains[point == n].var(ddof=1) for n in numbers]),
        lost=tuple(sorted(set(rows["variation"].tolist()) - set(numbers.tolist()))),
    )


def _first_error(rows: pd.DataFrame) -> str:
    errors = rows["error"].dropna()
    return " ".join(str(errors.iloc[0]).split()) if len(errors) else "no error is on record"
