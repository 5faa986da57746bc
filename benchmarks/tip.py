"""What `tip` promises against what it reaches, on planted differences: `python -m benchmarks.tip [SEARCHES]`.

For each shape of a difference over one property: what is said in how many searches, in how many the interval
holds the planted flip, how wide it is in parts of the range, and how many futures it took. Luck is skewed and
about as large as the example organisation's: €700k a year.
"""

from __future__ import annotations

import math
import sys
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from tests.fake_search import Shape, searched

SPREAD = 7e5
EVALUATIONS = 160

SHAPES: dict[str, tuple[Shape, float | None]] = {
    "straight, steep": (lambda x: 3e5 * (x - 0.2), 0.2),
    "straight, flat": (lambda x: 1e5 * (x + 0.3), -0.3),
    "a step": (lambda x: 2e5 * math.tanh(8 * (x - 0.1)), 0.1),
    "bent": (lambda x: 2e5 * (math.exp(1.5 * x) - 1.5), math.log(1.5) / 1.5),
    "level, one ahead": (lambda x: 1.5e5, None),
    "never zero, dipping": (lambda x: 3e5 * (x - 0.1) ** 2 + 4e4, None),
    "no difference": (lambda x: 0.0, None),
}


def luck(rng: np.random.Generator, futures: int, x: float) -> NDArray[np.float64]:
    """Skewed, and larger towards one end, with mean 0."""
    skewed = (rng.gamma(2.0, 1.0, futures) - 2.0) / math.sqrt(2)
    drawn: NDArray[np.float64] = 0.6 * skewed + 0.8 * rng.standard_normal(futures)
    return SPREAD * (1 + 0.3 * x) * drawn


def main(searches: int) -> None:
    print("shape | flips | does not | a tie | cannot tell | interval holds it | width | futures")
    for name, (shape, truth) in SHAPES.items():
        kinds: Counter[str] = Counter()
        held, widths, futures = [], [], []
        for seed in range(searches):
            found, seen = searched(shape, luck, seed, EVALUATIONS)
            kinds[found.kind] += 1
            futures.append(int(seen.futures.sum()))
            crossings = found.lines[0].crossings
            if crossings:
                held.append(truth is not None and any(c.low <= truth <= c.high for c in crossings))
                widths.append((crossings[0].high - crossings[0].low) / 2)
        counts = [kinds[kind] for kind in ("flips", "does not flip", "a tie", "cannot tell")]
        width = f"{np.mean(widths):.0%}" if widths else "–"
        hit = f"{sum(held)} of {len(held)}"
        print(name, *counts, hit, width, round(np.mean(futures)), sep=" | ", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
