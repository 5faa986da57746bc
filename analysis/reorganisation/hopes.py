"""A change held against what was hoped for: the same change, in the same futures, if it unsettled nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.statistics.compare import Estimate, estimate

if TYPE_CHECKING:
    from analysis.reorganisation.payback import Floats

HALF_A_YEAR = 125
"""Working days after a change by which its gain is hoped for."""

NOTICEABLE = 0.01
"""Share of what is earned meanwhile beyond which a future that falls behind is said to dip."""


@dataclass(frozen=True)
class Hopes:
    """What being unsettled takes from a change, and how often that is felt.

    Hoped for is the mean gain (€) by `planned_days` after the change if nobody were unsettled; `missed` is
    the share of futures that gain less by then. `price` is what unrest adds by the end (€; negative: it
    costs). `dipped` is the share of futures that fall behind no change, until then, by more than `noticeable`
    of what no change earns on average between the announcement and that day; `dipped_anyway` the same if
    nobody were unsettled. Half the futures fall behind by `depth` of it or more.
    """

    planned_days: int
    hoped: Estimate
    missed: float
    price: Estimate
    noticeable: float
    dipped: float
    dipped_anyway: float
    depth: float


def held_against_hope(
    gains: Floats, hoped: Floats, before: Floats, heard: int, day: int, planned: int
) -> Hopes:
    """Hold gains by day against those hoped for (futures x days, €), and against what no change earns.

    `heard` is the day of the announcement, `day` that of the change, `planned` how long after it the gain is
    hoped for; a plan that reaches beyond the end is held to the end.
    """
    import numpy as np

    last = min(day + planned, gains.shape[1]) - 1
    earned = abs(float((before[:, last] - before[:, heard - 1]).mean())) or 1.0
    hope = estimate(hoped[:, last])
    depths = [-each[:, heard - 1 : last + 1].min(axis=1) / earned for each in (gains, hoped)]
    return Hopes(
        planned_days=last + 1 - day,
        hoped=hope,
        missed=float((gains[:, last] < hope.mean).mean()),
        price=estimate(gains[:, -1] - hoped[:, -1]),
        noticeable=NOTICEABLE,
        dipped=float((depths[0] > NOTICEABLE).mean()),
        dipped_anyway=float((depths[1] > NOTICEABLE).mean()),
        depth=max(0.0, float(np.median(depths[0]))),
    )
