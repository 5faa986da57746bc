"""The record of what drives the difference between two structures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.causes.factors import Factor
from analysis.figures.exhibit import Exhibit, Told
from analysis.statistics.compare import Estimate

if TYPE_CHECKING:
    import pandas as pd

SHARED = ("name", "key", "label", "kind", "meaning", "unit", "value", "low", "high")
"""What is told of a factor; the rest of it is for the machine."""


@dataclass(frozen=True)
class Cause:
    """How a factor bears on the difference between two structures.

    `first` and `total` are its Sobol' indices, shares of the variance of single futures; `is_driver` whether
    they are more than chance. `low` and `high` are the mean differences in the lowest and the highest third
    of its range, `rise` is high − low, in the objective's unit.
    """

    factor: Factor
    first: Estimate
    total: Estimate
    is_driver: bool
    low: Estimate
    high: Estimate
    rise: Estimate


@dataclass(frozen=True, repr=False)
class Why(Exhibit):
    """What drives the difference `against` − `current` in `objective`.

    `luck` is the share of its spread between single futures that is left to chance, `known` the rest, and
    `alone` what all factors make of it, each by itself; what remains is their interplay. `causes` holds every
    factor: drivers by what they explain, then the others by what they move. `runs` paired runs were asked
    for; those in which a run failed, or has no objective, were left out with their quadruples, `left_out` in
    all. `failed` paired runs did not end, in one structure or both; `first_failure` says which was the first,
    and why. `text` is all that in words.
    """

    scenario: str
    current: str
    against: str
    objective: str
    runs: int
    left_out: int
    failed: int
    first_failure: str
    difference: Estimate
    deviation: float
    luck: Estimate
    known: Estimate
    alone: Estimate
    causes: tuple[Cause, ...]
    folder: Path
    text: str = ""
    files: tuple[Path, ...] = ()

    @property
    def drivers(self) -> tuple[Cause, ...]:
        """The factors that are told from chance."""
        return tuple(cause for cause in self.causes if cause.is_driver)

    @property
    def question(self) -> str:
        """What is asked."""
        return f"What decides between {self.current} and {self.against}?"

    def __str__(self) -> str:
        return self.text

    def told(self) -> Told:
        """The answer as it is shown."""
        return Told(self.question, self.text, self.files)

    def frame(self) -> pd.DataFrame:
        """Every factor, one row each: what it is, its indices with intervals, and what it moves."""
        import pandas as pd

        return pd.DataFrame([row(cause) for cause in self.causes])


def row(cause: Cause) -> dict[str, Any]:
    """A factor as one row of a table."""
    cells: dict[str, Any] = {key: getattr(cause.factor, key) for key in SHARED}
    cells["is_driver"] = cause.is_driver
    for name, estimate in estimates(cause).items():
        cells |= {name: estimate.mean, f"{name}_from": estimate.low, f"{name}_to": estimate.high}
    return cells


def estimates(cause: Cause) -> dict[str, Estimate]:
    """What is known of a factor, by name."""
    return {
        "first": cause.first,
        "total": cause.total,
        "in_low_third": cause.low,
        "in_high_third": cause.high,
        "rise": cause.rise,
    }
