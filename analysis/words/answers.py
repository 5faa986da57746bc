"""The answer in a word or two: never more certain than the runs allow, and a tie is called a tie."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from analysis.statistics.compare import Estimate

if TYPE_CHECKING:
    from analysis.statistics.selection import Selection

Answer = Literal["yes", "probably yes", "a tie", "probably no", "no", "it depends", "cannot tell"]

CLEAR_ODDS = 0.9
"""A plain yes wins in this share of futures or more, beyond the error of the runs; a plain no loses in it."""

TOUCHED = 0.75
"""A plain answer also holds in this share of the futures in which our assumptions are doubted."""


def answer_of(
    selection: Selection, gain: Estimate, wins: float, doubted: tuple[float, int] | None = None
) -> Answer:
    """The answer that the selection of the best structure and the odds allow.

    `gain` and `wins` are the challenger's gain over the current structure and the share of futures in which
    it is ahead; `doubted` that share, and of how many futures, once assumptions are doubted too. A surely
    better mean that surely loses in most futures depends on luck, or on the assumptions: no advice follows
    from it.
    """
    if selection.answer == "cannot tell":
        return "cannot tell"
    if selection.answer == "tie":
        return "a tie"
    up = selection.answer == "move"
    odds = [(wins, gain.futures), *([doubted] if doubted else [])]
    ahead = [(share if up else 1 - share, futures) for share, futures in odds]
    if any(wilson(share, futures)[1] < 0.5 for share, futures in ahead):
        return "it depends"
    surely = [wilson(share, futures)[0] for share, futures in ahead]
    far = gain.low > selection.delta if up else gain.high < -selection.delta
    clear = far and surely[0] >= CLEAR_ODDS and all(low >= TOUCHED for low in surely[1:])
    return ("yes" if clear else "probably yes") if up else ("no" if clear else "probably no")


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share seen in `n` trials (Wilson 1927): never certain, even at 0 or 1."""
    centre = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - reach) / (1 + z * z / n), (centre + reach) / (1 + z * z / n)
