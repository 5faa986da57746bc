"""The record of whether to change, and of what the answer rests on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.decision.assumption_doubt import Doubted
from analysis.decision.grounds import Grounds
from analysis.decision.judgement import Judgement
from analysis.decision.verdict import Verdict
from analysis.figures.exhibit import Exhibit, Told
from analysis.resemblance.result import Resemblance
from analysis.statistics.compare import Comparison
from sim.batch.run import BatchResult


@dataclass(frozen=True, repr=False)
class Decision(Exhibit):
    """An answer and what it rests on; `figures` are the files drawn, none if nothing could be compared.

    `doubted` is None where there was nothing to choose from, or no doubt was asked for. `resemblance` tells
    if today's organisation is like others; None where it is too large for that, or agents are one's own.
    `explained` is by what the gains are, where that was asked.
    """

    batch: BatchResult
    judgement: Judgement
    doubted: Doubted | None
    verdict: Verdict
    figures: tuple[Path, ...]
    resemblance: Resemblance | None = None
    explained: Grounds | None = None

    @property
    def comparison(self) -> Comparison:
        """The structures of like head-count, compared."""
        return self.judgement.comparison

    def __str__(self) -> str:
        return str(self.verdict)

    def told(self) -> Told:
        """The answer as it is shown."""
        return Told(self.verdict.question, self.verdict.text, self.figures)
