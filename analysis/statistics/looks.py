"""Intervals that hold at all of a few looks together, where it was fixed beforehand when is looked.

Whoever looks after each future and believes the look that he likes misses the truth more often than one
time in twenty. A confidence sequence (`analysis.statistics.anytime`) holds at every look without end, and is
wide while futures are few. Where only a handful of looks is taken, it is narrower to share the error among
them (Bonferroni; Pocock 1977, "Group sequential methods in the design and analysis of clinical trials").
"""

from __future__ import annotations

from analysis.statistics.compare import CONFIDENCE


def reach_at_all_looks(
    looks: int, together: int = 1, futures: int | None = None, confidence: float = CONFIDENCE
) -> float:
    """Standard errors to either side, so that the intervals of `together` means hold at all of `looks`.

    The spread of single futures is known from elsewhere, or is estimated from so many `futures` at that look.
    """
    from scipy.special import ndtri, stdtrit

    inside = 1 - (1 - confidence) / (2 * looks * together)
    return float(ndtri(inside) if futures is None else stdtrit(futures - 1, inside))
