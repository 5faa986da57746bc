"""What a change costs in hours of work: what is left to do at its worst that would be done without it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.reorganisation.payback import payback
from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate, estimate


@dataclass(frozen=True)
class LostHours:
    """Hours of work that wait because of a change.

    `most` is the mean at its highest (h), reached on `day`; that of the true mean lies between `low` and
    `high`. `at_end` is what is left of it by the end (h; negative: less is left to do than without it).
    `members_a_day` are the hours of a day by which a plan counts on all members.
    """

    most: float
    low: float
    high: float
    day: int
    at_end: Estimate
    members_a_day: float

    @property
    def sure(self) -> bool:
        """Whether it is sure, beyond luck, that hours are lost at all."""
        return self.low > 0.0

    @property
    def half_width(self) -> float:
        """Half of what the highest may be out by."""
        return (self.high - self.low) / 2


def lost_hours(left: Floats, before: Floats, day: int, members_a_day: float) -> LostHours:
    """Hold what is left to do day by day with a change on `day` against that without (futures x days, h).

    The highest of many days is chosen; its interval allows for that, as that of the dip in money does.
    """
    more = left - before
    found = payback(-more, day)
    return LostHours(
        most=-found.dip,
        low=max(0.0, -found.dip_high),
        high=-found.dip_low,
        day=found.dip_day,
        at_end=estimate(more[:, -1]),
        members_a_day=members_a_day,
    )
