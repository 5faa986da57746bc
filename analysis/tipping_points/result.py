"""The record of where an answer flips."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.figures.exhibit import Exhibit, Told
from analysis.statistics.surface import Surface
from analysis.tipping_points.axes import Axis
from analysis.tipping_points.finding import Finding

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class Tip(Exhibit):
    """Where the answer flips between the structures `current` and `other`, over one or two axes.

    `points` has a row for each point that was run: a column for each key, then `futures`, `mean` (other less
    current, in the objective's unit) and `error` (its standard deviation). `surface` is over an even grid of
    `shape` places. Of `runs` runs, `kept` were there from before and `failed` have no outcome. Where an axis
    changes nothing there was no search: it is among `idle`, nothing was kept, and `points` has no rows.
    `text` is the finding in words.
    """

    scenario: str
    current: str
    other: str
    objective: str
    axes: tuple[Axis, ...]
    matters: float
    finding: Finding
    surface: Surface
    shape: tuple[int, ...]
    points: pd.DataFrame
    folder: Path
    runs: int
    kept: int
    failed: int
    seconds: float
    idle: tuple[Axis, ...] = ()
    text: str = ""

    @property
    def futures(self) -> int:
        """The futures that were compared, at all points together."""
        return int(self.points["futures"].sum())

    @property
    def question(self) -> str:
        """What is asked."""
        over = " and ".join(axis.label for axis in self.axes)
        return f"For {self.scenario}: where does it flip between {self.current} and {self.other} with {over}?"

    def __str__(self) -> str:
        return self.text

    def told(self) -> Told:
        """The answer as it is shown."""
        return Told(self.question, self.text, () if self.idle else (self.folder / "tip.svg",))
