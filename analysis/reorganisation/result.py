"""The record of what a reorganisation costs, and when it pays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures.exhibit import Exhibit, Told
from analysis.reorganisation.hopes import Hopes
from analysis.reorganisation.losses import LostHours
from analysis.reorganisation.payback import Gains, Payback
from analysis.statistics.compare import Estimate


@dataclass(frozen=True, repr=False)
class Reorganisation(Exhibit):
    """The answer: `payback` over `futures`, and in words; `dropped` futures were left out, for a failed
    run or one that gave the objective nothing to measure. `lost` is the cost in hours of work.

    `always` is what the new structure would gain (€) over the whole horizon had it been there from the first
    day, `always_by_day` its mean so far (an entry a day). Money counts work in progress by completion; on
    delivery alone, the gain at the end would be more by `once` (€). `objective` is what the change gains in
    points, where the scenario has an objective of its own. `hopes` holds the change against the same without
    its price; None where it is not announced, and has none. `runs`, of which `kept` were there before, are in
    `folder`, with the files drawn and written.
    """

    scenario: str
    start: str
    to: str
    payback: Payback
    lost: LostHours
    always: Estimate
    always_by_day: Any
    once: Estimate
    futures: int
    dropped: int
    objective: Gains | None
    hopes: Hopes | None
    question: str
    text: str
    folder: Path
    runs: int
    kept: int
    seconds: float
    files: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return f"{self.question} {self.text}"

    def told(self) -> Told:
        """The answer as it is shown."""
        return Told(self.question, self.text, self.files)
