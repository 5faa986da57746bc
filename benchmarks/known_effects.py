"""What is promised of single ingredients against what is reached, on outcomes whose true means are known.

`python -m benchmarks.known_effects` prints the table of docs/explanation/statistics.md. Planted is what each
ingredient brings, in units of what matters; differences spread as widely as those of the example, or wider.
The designs are those that the example chooses from: three sets of roles, each in flow and in sprints.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.decision.designs import Design, changes, designs, taken, written
from analysis.decision.judgement import what_matters
from analysis.decision.naming import named, roles_alone
from analysis.statistics.compare import CONFIDENCE, by_structure, complete_futures, estimate
from analysis.statistics.selection import select
from analysis.statistics.shapley import coalitions, shapley
from benchmarks.organisations import example
from benchmarks.selection import DELTA, FEW, SPREAD, drawn_again

if TYPE_CHECKING:
    from sim.scenario.structures import Structure

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int], Floats]
Plan = Callable[["Structure"], float]

MOST = 8192  # futures at which a trial is given up: "cannot tell"
FRESH = 200  # fresh futures that shares are worked out in
SHARED = "agile"  # the structure whose gain is shared out: it differs in roles and in rhythm


def _owners(structure: Structure) -> bool:
    return structure.roles[0].name == "product_owner"


def _sprints(structure: Structure) -> bool:
    return structure.rhythm == "sprints"


def _split(structure: Structure) -> bool:
    return structure.roles[0].name == "project_manager"


PLANS: dict[str, Plan] = {
    "sprints bring all": lambda s: 4.0 * _sprints(s),
    "other roles bring all": lambda s: 4.0 * _split(s),
    "roles and sprints together alone": lambda s: 4.0 * (_owners(s) and _sprints(s)),
    "sprints bring half of what matters": lambda s: 0.5 * _sprints(s),
    "nothing brings anything": lambda s: 0.0,
}
"""What each design gains, in units of what matters."""


@dataclass
class Reached:
    """What came of so many trials: answers, and in how many of them what was said was true."""

    trials: int
    said: Counter[str] = field(default_factory=Counter)
    untrue: int = 0
    good: int = 0
    plain: int = 0
    roles: int = 0
    shares: int = 0
    futures: list[int] = field(default_factory=list)


def normal(rng: np.random.Generator, futures: int) -> Floats:
    """Each design with luck of its own, beside much in common."""
    own = rng.normal(0.0, SPREAD / math.sqrt(2), (futures, len(tried())))
    return own + rng.normal(0.0, 2 * SPREAD, (futures, 1))


@cache
def tried() -> tuple[Design, ...]:
    """The designs that the example chooses from."""
    return designs(example())


def like_ours(futures: int = 1000) -> Noise:
    """The example's own futures under each of the designs, about their means, drawn with replacement."""
    import sim

    scenario, names = example(), [design.name for design in tried()]
    asked = [design.name if design.listed else written(design.structure) for design in tried()]
    runs = sim.run(scenario, structures=asked, replications=futures)
    values = by_structure(complete_futures(runs), scenario.judged_by, names)
    return partial(drawn_again, (values - values.mean(axis=0)) / what_matters(runs, scenario))


def reached(noise: Noise, plan: Plan, trials: int, seed: int) -> Reached:
    """Ask for an answer, so many times; then share the gain of one structure out, over fresh futures."""
    rng, found, made = np.random.default_rng(seed), Reached(trials), tried()
    truth = np.array([plan(design.structure) for design in made])
    for _ in range(trials):
        values = _until_known(noise, truth, rng, made)
        judge(found, values, truth, made)
        found.shares += shares_hold(noise(rng, FRESH) + truth, truth, made)
    return found


def _until_known(noise: Noise, truth: Floats, rng: np.random.Generator, made: Sequence[Design]) -> Floats:
    """Futures until an answer stands."""
    names = [design.name for design in made]
    values = noise(rng, FEW) + truth
    while len(values) < MOST and not select(values, names, names[0], DELTA).decided:
        values = np.vstack([values, noise(rng, len(values)) + truth])
    return values


def judge(found: Reached, values: Floats, truth: Floats, made: Sequence[Design]) -> None:
    """Hold what is said of these futures against what was planted."""
    names = [design.name for design in made]
    said = select(values, names, names[0], DELTA)
    values = values[: said.futures]
    who = names.index(str(named(values, names, made, said)))
    roles = roles_alone(values, names, made, names[0])
    assert roles is not None
    found.said[said.answer] += 1
    found.untrue += not holds(said.answer, truth, who)
    found.good += truth[who] > truth[1:].max() - DELTA
    found.plain += plainest(made, truth, who)
    found.roles += roles.gain.low <= best_of_roles(made, truth) <= roles.gain.high
    found.futures.append(said.futures)


def holds(answer: str, truth: Floats, who: int) -> bool:
    """Is what is said true; "cannot tell" claims nothing."""
    highest = truth[1:].max() - truth[0]
    if answer == "move":
        return bool(truth[who] > truth[0] and truth[who] > truth[1:].max() - DELTA)
    if answer == "keep":
        return bool(highest < 0)
    return answer == "cannot tell" or bool(abs(highest) <= DELTA)


def plainest(made: Sequence[Design], truth: Floats, who: int) -> bool:
    """Does what is named change no more ingredients than the best of the designs takes."""
    best = [design for design, gain in zip(made[1:], truth[1:], strict=True) if gain == truth[1:].max()]
    return len(made[who].changes) <= min(len(design.changes) for design in best)


def best_of_roles(made: Sequence[Design], truth: Floats) -> float:
    """How far the best design with other roles truly is ahead of the best with today's."""
    others = ["roles" in design.changes for design in made]
    return float(truth[others].max() - truth[np.logical_not(others)].max())


def shares_hold(values: Floats, truth: Floats, made: Sequence[Design]) -> bool:
    """Do the intervals of all shares of one structure's gain hold what each ingredient truly brings."""
    today, other = (next(d.structure for d in made if d.name == n) for n in (made[0].name, SHARED))
    parts = changes(today, other)
    columns = {
        those: next(
            k for k, d in enumerate(made) if not changes(d.structure, _with(today, parts, those, other))
        )
        for those in coalitions(len(parts))
    }
    seen = shapley({those: values[:, k] for those, k in columns.items()}, len(parts))
    true = shapley({those: truth[[k]] for those, k in columns.items()}, len(parts))[0]
    each = 1 - (1 - CONFIDENCE) / len(parts)
    gains = [estimate(seen[:, k], each) for k in range(len(parts))]
    return all(gain.low <= share <= gain.high for gain, share in zip(gains, true, strict=True))


def _with(today: Structure, parts: Sequence[str], those: frozenset[int], other: Structure) -> Structure:
    return taken(today, [parts[k] for k in sorted(those)], other)


HEAD = (
    "| data | planted | move / keep / tie / cannot tell, % | untrue | named is right | nothing needless "
    "| best against best holds | shares hold | futures |\n|---|---|---|---|---|---|---|---|---|"
)


def row(data: str, planted: str, found: Reached) -> str:
    """A line of the table."""
    answers = " / ".join(
        f"{100 * found.said[answer] / found.trials:.0f}" for answer in ("move", "keep", "tie", "cannot tell")
    )
    counts = (found.untrue, found.good, found.plain, found.roles, found.shares)
    told = [f"{100 * count / found.trials:.1f}%" for count in counts]
    return f"| {' | '.join([data, planted, answers, *told, f'{np.mean(found.futures):.0f}'])} |"


def cases() -> Iterator[tuple[str, Noise]]:
    """The kinds of data."""
    yield "normal", normal
    yield "the example's", like_ours()


def _one(noise: Noise, planted: str, trials: int, seed: int) -> Reached:
    return reached(noise, PLANS[planted], trials, seed)


def main() -> None:
    """Print the table, a line for each kind of data and each plan, in parallel."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.known_effects", description=__doc__)
    parser.add_argument("--trials", type=int, default=1_000, help="trials a case")
    trials, began = parser.parse_args().trials, perf_counter()
    wanted: list[tuple[str, str, Any]] = [(d, p, noise) for d, noise in cases() for p in PLANS]
    print(HEAD)
    with ProcessPoolExecutor() as pool:
        asked = [pool.submit(_one, noise, p, trials, seed) for seed, (_, p, noise) in enumerate(wanted)]
        for (data, planted, _), future in zip(wanted, asked, strict=True):
            print(row(data, planted, future.result()), flush=True)
    print(f"\n{trials:,} trials a case, {perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
