"""A change held against what was hoped for: the same change, in the same futures, if it unsettled nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.statistics.arrays import Floats
from analysis.statistics.compare import Estimate, estimate

if TYPE_CHECKING:
    Arms = tuple[Floats, Floats, Floats]

HALF_A_YEAR = 125
"""Working days after a change by which its gain is hoped for."""

NOTICEABLE = 0.01
"""Share of all members' hours meanwhile by which work falls behind in a future that is said to dip."""


@dataclass(frozen=True)
class Hopes:
    """What being unsettled takes from a change, and how often that is felt.

    Hoped for is the mean gain (€) by `planned_days` after the change if nobody were unsettled; `missed` is
    the share of futures that gain less by then. `price` is what unrest adds by the end (€; negative: it
    costs). `dipped` is the share of futures in which more work is left to do on that day than without the
    change, by more than `noticeable` of the hours of all members since the announcement; `dipped_anyway` the
    same if nobody were unsettled. In half the futures it is `depth` of them or more (0 or more). One day is
    looked at, for of many days the worst is bad by luck alone.
    """

    planned_days: int
    hoped: Estimate
    missed: float
    price: Estimate
    noticeable: float
    dipped: float
    dipped_anyway: float
    depth: float


@dataclass(frozen=True)
class Change:
    """When a change is announced, comes and should have brought its gain: `heard`, `day`, and `planned` days
    after it. All members do `members_a_day` hours of work a day.
    """

    heard: int
    day: int
    planned: int
    members_a_day: float


def held_against_hope(money: Arms, left: Arms, change: Change) -> Hopes:
    """Hold a change against the same one if it unsettled nobody.

    `money` (€) and `left` (hours left to do) are, by day, those of no change, of the change and of the one
    that is hoped for: futures x days each. A plan that reaches beyond the end is held to the end.
    """
    import numpy as np

    before, changed, hoped = money
    last = min(change.day + change.planned, before.shape[1]) - 1
    hope = estimate((hoped - before)[:, last])
    hours = change.members_a_day * (last + 2 - change.heard)
    depths = [(each - left[0])[:, last] / hours for each in left[1:]]
    return Hopes(
        planned_days=last + 1 - change.day,
        hoped=hope,
        missed=float(((changed - before)[:, last] < hope.mean).mean()),
        price=estimate((changed - hoped)[:, -1]),
        noticeable=NOTICEABLE,
        dipped=float((depths[0] > NOTICEABLE).mean()),
        dipped_anyway=float((depths[1] > NOTICEABLE).mean()),
        depth=max(0.0, float(np.median(depths[0]))),
    )
