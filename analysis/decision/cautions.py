"""What else may be behind an answer: heads rounded, specialists overloaded, work lost, runs failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.statistics.compare import Comparison
from analysis.words import numbers as words
from sim.vocabulary import BY_NAME, EARNED, OBJECTIVE

if TYPE_CHECKING:
    from analysis.decision.assumption_doubt import Doubted

UNEVEN = 0.10
"""Spreads of managers' load further apart than this may come from rounding heads to roles."""

_SPREAD = "manager_use_spread"

OVERLOADED = 0.9
"""Specialists busier than this decide more than any manager does."""

LOSING = 0.25
"""Where clients take a larger share of the work elsewhere, an organisation is about to lose its business."""

UNDONE = 0.5
"""Where a larger share of what is due is not delivered at all, no structure is what is missing."""

POOLS, UNFINISHED = "pool_use", "unfinished_share"
LOST = "revenue_lost"


def warnings(comparison: Comparison, challenger: str, doubted: Doubted | None = None) -> str:
    """What else may be behind the answer: heads rounded, specialists overloaded, work lost, runs failed."""
    found = (
        _uneven(comparison, challenger),
        _overloaded(comparison),
        _undone(comparison),
        _losing(comparison),
        _dropped(comparison),
        _dropped_in_doubt(comparison, doubted),
    )
    return " ".join(warning for warning in found if warning)


def _uneven(comparison: Comparison, challenger: str) -> str:
    """A warning where busiest and idlest manager are much further apart in one of the two structures."""
    if (_SPREAD, challenger) not in comparison.differences:
        return ""
    if not abs(comparison.differences[_SPREAD, challenger].mean) > UNEVEN:
        return ""
    shares = [
        f"{words.level(BY_NAME[_SPREAD], comparison.levels[_SPREAD, s].mean)} of their time under {s}"
        for s in (challenger, comparison.current)
    ]
    apart = f"The busiest and the idlest manager are {words.listed(shares)} apart"
    return f"{apart}: part of this may be rounding of heads."


def _overloaded(comparison: Comparison) -> str:
    """A warning where specialists are so busy that the answer may hang on who gets them."""
    use = comparison.levels.get((POOLS, comparison.current))
    if use is None or not use.mean > OVERLOADED:
        return ""
    busy = words.level(BY_NAME[POOLS], use.mean)
    return f"The busiest specialists are at work {busy} of the time: the answer may hang on who gets them."


def _undone(comparison: Comparison) -> str:
    """A warning where most of what is due is never delivered: then structures are not what is missing."""
    share = comparison.levels.get((UNFINISHED, comparison.current))
    if share is None or not share.mean > UNDONE:
        return ""
    many = words.level(BY_NAME[UNFINISHED], share.mean)
    undone = f"Under {comparison.current} {many} of the due projects are unfinished at the end"
    return f"{undone}: look at the work that comes, the promises and the people there are before the roles."


def _losing(comparison: Comparison) -> str:
    """A warning where clients take so much work elsewhere that no structure alone will mend it."""
    levels = [comparison.levels.get((name, comparison.current)) for name in (LOST, *EARNED)]
    lost, work = levels[0], sum(level.mean for level in levels if level is not None)
    if lost is None or not lost.mean > LOSING * work:
        return ""
    share = words.number(100 * lost.mean / work, 0)
    much = words.amount(BY_NAME[LOST], lost.mean, lost.half_width)
    gone = f"Under {comparison.current} clients take {share}% of the work elsewhere ({much})"
    return f"{gone}: look at service levels, the work that comes and the people there are before the roles."


def _dropped(comparison: Comparison) -> str:
    futures, points = comparison.futures + comparison.dropped, comparison.objective == OBJECTIVE
    return words.dropped(comparison.dropped, futures, points=points)


def _dropped_in_doubt(comparison: Comparison, doubted: Doubted | None) -> str:
    if doubted is None:
        return ""
    asked, points = doubted.futures + doubted.dropped, comparison.objective == OBJECTIVE
    said = words.dropped(doubted.dropped, asked, points=points)
    return f"With the assumptions in doubt, {said}" if said else ""
