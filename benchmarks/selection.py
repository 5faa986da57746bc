"""What the selection promises against what it reaches, on data whose true means are known.

`python -m benchmarks.selection [--trials 10000]` prints the table that docs/explanation/statistics.md shows. In units
of what matters: the gains of two structures over the current one are planted, and the spread of the differences is
that of the example (7 times what matters). The last kind of data is the example's own futures, drawn with replacement.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analysis.compare import estimate
from analysis.elimination import eliminate
from analysis.selection import FIRST, Selection, select

Floats = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int], Floats]

NAMES = ("current", "second", "third")
DELTA = 1.0
SPREAD = 7.0  # sd of a difference, in units of what matters, as in the example
CONFIDENCE = 0.95
FEW, MOST = 512, 16_384  # futures at first, and where a trial is given up

GAINS = {
    "one ahead by what matters": (0.0, 1.0, 0.0),
    "current ahead by what matters": (0.0, -1.0, -1.0),
    "one ahead by four times that": (0.0, 4.0, 3.0),
    "one ahead by half of that": (0.0, 0.5, 0.0),
    "all the same": (0.0, 0.0, 0.0),
}


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
    return lambda rng, futures: centred[rng.integers(0, len(centred), futures)]


def like_ours(futures: int = 2000) -> Noise:
    """The example's own futures."""
    import sim
    from benchmarks.organisations import EXAMPLE

    runs = sim.run(EXAMPLE, replications=futures)
    wide = runs.pivot(index="replication", columns="structure", values="net_value_a_year").dropna()
    return resampled(wide.to_numpy(), float(np.std(wide["separated"] - wide["merged"])) / SPREAD)


@dataclass
class Tally:
    """What came out of the trials of one case."""

    trials: int = 0
    picked: int = 0
    known: list[int] = field(default_factory=list)
    fixed_known: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    used: list[int] = field(default_factory=list)
    fixed_used: list[float] = field(default_factory=list)
    held: int = 0
    held_t: int = 0


def trial(rng: np.random.Generator, noise: Noise, gains: Sequence[float], tally: Tally) -> None:
    """Sample until KN knows and an answer stands, and count what came out."""
    values = noise(rng, FEW) + gains
    while True:
        picked = eliminate(values, DELTA, CONFIDENCE, FIRST)
        said = select(values, NAMES, "current", DELTA, confidence=CONFIDENCE)
        if (picked.known_at is not None and said.decided) or len(values) >= MOST:
            break
        values = np.vstack([values, noise(rng, len(values)) + gains])
    tally.trials += 1
    tally.picked += gains[picked.best] > max(gains) - DELTA
    tally.known.append(picked.known_at or len(values))
    tally.answers[said.answer] += 1
    tally.wrong += not holds(said, gains)
    tally.used.append(said.futures)
    covered = [covers(said, values, column, gains[column]) for column in (1, 2)]
    tally.held += all(ours for ours, _ in covered)
    tally.held_t += all(ordinary for _, ordinary in covered)
    knows, settles = fixed_designs(values[:FIRST])
    tally.fixed_known.append(knows)
    tally.fixed_used.append(settles)


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
    knows = float(stats.t.ppf(1 - error, freedom)) ** 2 * pairs.max() / DELTA**2
    settles = float(stats.t.ppf(1 - error / 2, freedom)) ** 2 * pairs[:2].max() / (DELTA / 2) ** 2
    return max(FIRST, math.ceil(knows)), max(FIRST, math.ceil(settles))


def tallied(noise: Noise, gains: Sequence[float], trials: int, seed: int) -> Tally:
    """The trials of one case."""
    rng, tally = np.random.default_rng(seed), Tally()
    for _ in range(trials):
        trial(rng, noise, gains, tally)
    return tally


HEADINGS = (
    "| data | planted | right pick | futures (fixed) | move / keep / tie / open | untrue | futures (fixed) "
    "| intervals hold | t-intervals would |\n|---|---|---|---|---|---|---|---|---|"
)


def row(data: str, planted: str, tally: Tally) -> str:
    """A line of the table."""
    answers = " / ".join(
        f"{100 * tally.answers[a] / tally.trials:.0f}" for a in ("move", "keep", "tie", "cannot tell")
    )
    cells: list[Any] = [
        data,
        planted,
        f"{100 * tally.picked / tally.trials:.1f}%",
        f"{np.mean(tally.known):.0f} ({np.mean(tally.fixed_known):.0f})",
        f"{answers}%",
        f"{100 * tally.wrong / tally.trials:.1f}%",
        f"{np.mean(tally.used):.0f} ({np.mean(tally.fixed_used):.0f})",
        f"{100 * tally.held / tally.trials:.1f}%",
        f"{100 * tally.held_t / tally.trials:.1f}%",
    ]
    return f"| {' | '.join(cells)} |"


def cases(own_futures: bool) -> Iterator[tuple[str, Noise]]:
    """The kinds of data."""
    yield "normal", normal
    yield "correlated", correlated
    yield "skewed gains", skewed
    yield "skewed losses", skewed_down
    if own_futures:
        yield "the example's", like_ours()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.selection", description=__doc__)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--synthetic", action="store_true", help="without the example's own futures")
    arguments = parser.parse_args()
    began = perf_counter()
    print(HEADINGS)
    for kind, (data, noise) in enumerate(cases(not arguments.synthetic)):
        for case, (planted, gains) in enumerate(GAINS.items()):
            print(row(data, planted, tallied(noise, gains, arguments.trials, 100 * kind + case)), flush=True)
    print(f"\n{arguments.trials:,} trials each, {perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
