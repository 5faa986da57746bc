"""Temporary."""

from typing import Any


class Driver:
    def told(self, s: str) -> str:
        return ""


def latin_hypercube(scenario: Any, n: int) -> Any:
    import numpy as np

    from sim.assumptions import load_assumptions

    a = [x for x in load_assumptions().values() if x.name not in scenario.assumptions and x.high > x.low]
    rng = np.random.default_rng(1)
    u = rng.random((n, len(a)))
    return tuple(x.name for x in a), np.array([x.low for x in a]) + u * (
        np.array([x.high - x.low for x in a])
    )


def hangs_on(rows: Any, gain: Any, names: Any) -> Any:
    return []
