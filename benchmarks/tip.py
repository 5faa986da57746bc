"""What `tip` promises against what it reaches, on planted differences: `python benchmarks/tip.py [SEARCHES]`.

For each shape of a difference over one property: what is said in how many searches, in how many the interval
holds the planted flip, how wide it is in parts of the range, and how many futures it took. Luck is skewed and
about as large as the example organisation's: €700k a year.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence

import numpy as np

from analysis.tip_axes import Axis
from analysis.tip_finding import finding
from analysis.tip_runs import Seen, _places_of, places, seek
from sim.study import BLOCK

SPREAD = 7e5
VISITS = 160
MATTERS = 2e4

SHAPES: dict[str, tuple[Callable[[np.ndarray], np.ndarray], float | None]] = {
    "straight, steep": (lambda x: 3e5 * (x - 0.2), 0.2),
    "straight, flat": (lambda x: 1e5 * (x + 0.3), -0.3),
    "a step": (lambda x: 2e5 * np.tanh(8 * (x - 0.1)), 0.1),
    "bent": (lambda x: 2e5 * (np.exp(1.5 * x) - 1.5), math.log(1.5) / 1.5),
    "level, one ahead": (lambda x: 1.5e5 + 0 * x, None),
    "never zero, dipping": (lambda x: 3e5 * (x - 0.1) ** 2 + 4e4, None),
    "no difference": (lambda x: 0 * x, None),
}


def axis() -> Axis:
    return Axis("key", "key", "", -1.0, 1.0, None, False, tuple(np.linspace(-1, 1, 41).tolist()))


def luck(rng: np.random.Generator, futures: int, x: float) -> np.ndarray:
    """Skewed, and larger towards one end, with mean 0."""
    skewed = rng.gamma(2.0, 1.0, futures) - 2.0
    return SPREAD * (1 + 0.3 * x) * (0.6 * skewed / math.sqrt(2) + 0.8 * rng.standard_normal(futures))


def looking(shape: Callable[[np.ndarray], np.ndarray], seed: int) -> Callable[[Sequence[int]], Seen]:
    """A fake of runs that are made at the points of a plan."""
    at = _places_of([axis()])
    rng = np.random.default_rng(seed)
    gains: dict[int, list[float]] = {}
    done = 0

    def look(plan: Sequence[int]) -> Seen:
        nonlocal done
        for number in plan[done:]:
            x = float(at[number, 0])
            gains.setdefault(number, []).extend(shape(np.array(x)) + luck(rng, BLOCK, x))
        done = len(plan)
        numbers = sorted(gains)
        return Seen(
            other="other",
            objective="net_value_a_year",
            matters=MATTERS,
            numbers=np.array(numbers),
            at=at[numbers],
            futures=np.array([len(gains[n]) for n in numbers]),
            means=np.array([np.mean(gains[n]) for n in numbers]),
            variances=np.array([np.var(gains[n], ddof=1) for n in numbers]),
            lost=(),
        )

    return look


def main(searches: int) -> None:
    print("shape | flips | does not | tie | open | holds it | width | futures")
    for name, (shape, truth) in SHAPES.items():
        kinds: dict[str, int] = {}
        held, widths, futures = [], [], []
        for seed in range(searches):
            seen = seek(looking(shape, seed), [axis()], VISITS)
            found = finding([axis()], seen.surface(places((201,))), (201,), MATTERS)
            kinds[found.kind] = kinds.get(found.kind, 0) + 1
            futures.append(int(seen.futures.sum()))
            crossings = found.lines[0].crossings
            if crossings:
                held.append(truth is not None and any(c.low <= truth <= c.high for c in crossings))
                widths.append(crossings[0].high - crossings[0].low)
        counts = [kinds.get(k, 0) for k in ("flips", "does not flip", "a tie", "cannot tell")]
        hit = f"{sum(held)} of {len(held)}"
        width = f"{np.mean(widths) / 2:.0%}" if widths else "–"
        print(name, *counts, hit, width, round(np.mean(futures)), sep=" | ", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
