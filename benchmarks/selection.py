"""What the selection promises against what it reaches, on data whose true means are known.

`python -m benchmarks.selection` prints the table of docs/explanation/statistics.md. In units of what matters:
the gains of two structures over the current one are planted; differences spread a little wider than those of
the example. The last kind of data is the example's own futures, drawn with replacement.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from analysis.decision.judgement import what_matters
from analysis.statistics.compare import by_structure, complete_futures, estimate
from analysis.statistics.elimination import eliminate
from analysis.statistics.selection import FIRST_FUTURES, Selection, select
from benchmarks.organisations import example

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int], Floats]

NAMES = ("current", "second", "third")
DELTA = 1.0
SPREAD = 10.0  # sd of a difference, in units of what matters; 7 in the example
CONFIDENCE = 0.95
FEW, MOST = 1024, 20_000  # futures at first, and where a trial is given up

GAINS = {
    "one ahead by what matters": (0.0, 1.0, 0.0),
    "current ahead by what matters": (0.0, -1.0, -1.0),
    "one ahead by four times that": (0.0, 4.0, 3.0),
    "one ahead by half of that": (0.0, 0.5, 0.0),
    "all the same": (0.0, 0.0, 0.0),
}

AHEAD = [case for case in GAINS if case.startswith(("one ahead by what", "current", "one ahead by four"))]
ANSWERS = ("move", "keep", "tie", "cannot tell")


def normal(rng: np.random.Generator, futures: int) -> Floats:
    """Each structure with luck of its own."""
    return rng.normal(0, SPREAD / math.sqrt(2), (futures, 3))


def correlated(rng: np.random.Generator, futures: int) -> Floats:
    """Much luck in common, unequally shared, and spreads that differ."""
    own = rng.normal(0, 1, (futures, 3)) * [0.3, 0.9, 0.6] * SPREAD
    return own + rng.normal(0, 2 * SPREAD, (futures, 1)) * [1.0, 1.1, 0.9]


def skewed(rng: np.random.Generator, futures: int) -> Floats:
    """Lognormal gains: a few futures make most of them (skewness 2.9)."""
    sigma = 0.7
    sd = math.sqrt((math.exp(sigma**2) - 1) * math.exp(sigma**2))
    gains = (rng.lognormal(0, sigma, (futures, 3)) - math.exp(sigma**2 / 2)) / sd * SPREAD
    return gains * [0, 1, 1]


def skewed_down(rng: np.random.Generator, futures: int) -> Floats:
    """Lognormal losses: a few futures lose most."""
    return -skewed(rng, futures)


def resampled(outcomes: Floats, matters: float) -> Noise:
    """Futures of real runs (a column for each structure), drawn whole, about their means."""
    centred = (outcomes - outcomes.mean(axis=0)) / matters
    return partial(drawn_again, centred)


def drawn_again(rows: Floats, rng: np.random.Generator, futures: int) -> Floats:
    """Whole rows, with replacement."""
    drawn: Floats = rows[rng.integers(0, len(rows), futures)]
    return drawn


def like_ours(futures: int = 2000) -> Noise:
    """The example's own futures."""
    import sim

    scenario = example()
    runs = sim.run(scenario, replications=futures)
    table = by_structure(complete_futures(runs), scenario.judged_by, scenario.structure_names)
    return resampled(table, what_matters(runs, scenario))


@dataclass
class Picks:
    """What KN picked, after how many futures, and how many a fixed design would have taken."""

    trials: int
    right: int = 0
    futures: list[int] = field(default_factory=list)
    fixed: list[float] = field(default_factory=list)


@dataclass
class Answers:
    """What was said, after how many futures, and whether it was true."""

    trials: int
    said: Counter[str] = field(default_factory=Counter)
    untrue: int = 0
    futures: list[int] = field(default_factory=list)
    fixed: list[float] = field(default_factory=list)
    held: int = 0
    held_t: int = 0


def picks(noise: Noise, gains: Sequence[float], trials: int, seed: int) -> Picks:
    """Let KN pick the best, so many times."""
    rng, found = np.random.default_rng(seed), Picks(trials)
    for _ in range(trials):
        values = noise(rng, FEW) + gains
        picked = eliminate(values, DELTA, CONFIDENCE, FIRST_FUTURES)
        while picked.known_at is None:
            values = np.vstack([values, noise(rng, len(values)) + gains])
            picked = eliminate(values, DELTA, CONFIDENCE, FIRST_FUTURES)
        found.right += gains[picked.best] > max(gains) - DELTA
        found.futures.append(picked.known_at)
        found.fixed.append(fixed_designs(values[:FIRST_FUTURES])[0])
    return found


def answers(noise: Noise, gains: Sequence[float], trials: int, seed: int) -> Answers:
    """Sample until an answer stands, so many times."""
    rng, found = np.random.default_rng(seed), Answers(trials)
    for _ in range(trials):
        values = noise(rng, FEW) + gains
        said = select(values, NAMES, "current", DELTA, confidence=CONFIDENCE)
        while not said.decided and len(values) < MOST:
            values = np.vstack([values, noise(rng, len(values)) + gains])
            said = select(values, NAMES, "current", DELTA, confidence=CONFIDENCE)
        found.said[said.answer] += 1
        found.untrue += not holds(said, gains)
        found.futures.append(said.futures)
        found.fixed.append(fixed_designs(values[:FIRST_FUTURES])[1])
        covered = [covers(said, values, column, gains[column]) for column in (1, 2)]
        found.held += all(ours for ours, _ in covered)
        found.held_t += all(ordinary for _, ordinary in covered)
    return found


def holds(said: Selection, gains: Sequence[float]) -> bool:
    """Is what was said true; "cannot tell" claims nothing."""
    highest = max(gains[1:])
    if said.answer == "move":
        own = gains[NAMES.index(said.best)]
        return own > 0 and own > highest - DELTA
    if said.answer == "keep":
        return highest < 0
    return said.answer == "cannot tell" or abs(highest) <= DELTA


def covers(said: Selection, values: Floats, column: int, truth: float) -> tuple[bool, bool]:
    """Does the interval given hold the true gain, and would the ordinary t-interval of the same futures."""
    ours = said.differences[NAMES[column]]
    difference = values[: said.futures, column] - values[: said.futures, 0]
    ordinary = estimate(difference, 1 - (1 - CONFIDENCE) / 2)
    return ours.low <= truth <= ours.high, ordinary.low <= truth <= ordinary.high


def fixed_designs(first: Floats) -> tuple[float, float]:
    """Futures of designs that fix their number after the same first stage and promise the same.

    Which is best: paired differences with Bonferroni's t (Clark & Yang 1986). What to say: intervals of half
    a width of half of what matters (Stein 1945), which always allow one of move, keep and tie.
    """
    pairs = np.var(first[:, [1, 2, 2]] - first[:, [0, 0, 1]], axis=0, ddof=1)
    error, freedom = (1 - CONFIDENCE) / 2, len(first) - 1
    knows = stdtrit(freedom, 1 - error) ** 2 * pairs.max() / DELTA**2
    settles = stdtrit(freedom, 1 - error / 2) ** 2 * pairs[:2].max() / (DELTA / 2) ** 2
    return max(FIRST_FUTURES, math.ceil(knows)), max(FIRST_FUTURES, math.ceil(settles))


def pick_row(data: str, planted: str, found: Picks) -> str:
    """A line of the first table."""
    right = f"{100 * found.right / found.trials:.1f}%"
    return f"| {data} | {planted} | {right} | {np.mean(found.futures):.0f} | {np.mean(found.fixed):.0f} |"


def answer_row(data: str, planted: str, found: Answers) -> str:
    """A line of the second table."""
    said = " / ".join(f"{100 * found.said[a] / found.trials:.0f}" for a in ANSWERS)
    shares = [f"{100 * share / found.trials:.1f}%" for share in (found.untrue, found.held, found.held_t)]
    futures = [f"{np.mean(found.futures):.0f}", f"{np.mean(found.fixed):.0f}"]
    return f"| {' | '.join([data, planted, said, *shares, *futures])} |"


def cases() -> Iterator[tuple[str, Noise]]:
    """The kinds of data."""
    yield "normal", normal
    yield "correlated", correlated
    yield "skewed gains", skewed
    yield "skewed losses", skewed_down
    yield "the example's", like_ours()


def table(
    measure: Callable[[Noise, Sequence[float], int, int], Any],
    line: Callable[[str, str, Any], str],
    kinds: Sequence[tuple[str, Noise]],
    planted: Sequence[str],
    trials: int,
) -> None:
    """Print a line for each kind of data and each case, measured in parallel."""
    wanted = [(data, case, noise) for data, noise in kinds for case in planted]
    with ProcessPoolExecutor() as pool:
        found = [
            pool.submit(measure, noise, GAINS[case], trials, seed)
            for seed, (_, case, noise) in enumerate(wanted)
        ]
        for (data, case, _), one in zip(wanted, found, strict=True):
            print(line(data, case, one.result()), flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selection", description=__doc__)
    parser.add_argument("--picks", type=int, default=10_000, help="trials a case of which is best")
    parser.add_argument("--answers", type=int, default=1_000, help="trials a case of what is said")
    arguments = parser.parse_args()
    began, kinds = perf_counter(), list(cases())
    print("| data | planted | right pick | futures | fixed design |\n|---|---|---|---|---|")
    table(picks, pick_row, kinds, AHEAD, arguments.picks)
    print(
        f"\n| data | planted | {' / '.join(ANSWERS)}, % | untrue | intervals hold | t-intervals would |",
        end="",
    )
    print(" futures | fixed design |\n|---|---|---|---|---|---|---|---|")
    table(answers, answer_row, kinds, list(GAINS), arguments.answers)
    print(f"\n{arguments.picks:,} and {arguments.answers:,} trials a case, {perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
