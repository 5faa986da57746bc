"""Claims with known answers: rows, and organisations in which one arm is ahead by what was planted."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.claim_tests.records import Dial, Kind, Row

ORGANISATIONS, FUTURES = 200, 4
FAMILY = 40

Floats = np.ndarray[Any, Any]


def row(kind: Kind = "better", **others: Any) -> Row:
    plain: dict[str, Any] = {"outcomes": ("satisfaction",), "margin": 0.02}
    return Row("planted", kind, {"one": 1.0, "other": -1.0}, **plain | others)


def over(*values: float) -> Dial:
    return Dial("portfolio.projects.cross_team", values)


def found(
    gains: float | Floats, spread: float = 0.05, values: int = 1, seed: int = 1, name: str = "satisfaction"
) -> dict[str, dict[str, Floats]]:
    """Organisations in which `one` is ahead of `other` by `gains` at each value, give or take `spread`."""
    luck = np.random.default_rng(seed)
    shape = (ORGANISATIONS, values, FUTURES)
    common = luck.normal(0.6, 0.1, shape)
    return {name: {"other": common, "one": common + gains + luck.normal(0, spread, shape)}}
