"""A comparison of a claim, tested: what was found, and what it hangs on."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.claim_tests.judge import Contrast
from analysis.claim_tests.one_by_one import One
from analysis.claim_tests.records import Claim
from analysis.decision.mechanisms import Mechanisms


@dataclass(frozen=True)
class Hinge:
    """What moves a contrast most from organisation to organisation: a trait or an assumption of the model.

    `rank` is Spearman's rank correlation of the contrast with it, over `organisations`.
    """

    label: str
    kind: str
    rank: float
    organisations: int


@dataclass(frozen=True)
class Tested:
    """A row of a claim and what was found; `left_out` organisations collapse under every arm.

    `euros` is the mean contrast in € a year where the row is about net value, else NaN. `hinge` is None where
    nothing moves the contrast that could be told from chance. `carried` is None where there is no difference
    that something could carry; `library` is what the library's organisations say, one by one.
    """

    claim: Claim
    finding: Contrast
    organisations: int
    left_out: int
    failed: int
    euros: float
    hinge: Hinge | None
    library: tuple[One, ...] = ()
    carried: Mechanisms | None = None

    @property
    def says(self) -> str:
        """What the row compares."""
        return self.finding.row.says
