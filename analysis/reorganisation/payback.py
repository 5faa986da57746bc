"""What a change pays: its dip, the day from which it is made good, and the odds that it pays back.

Each future with the change is set against the same future without it. All that is said of the average curve
holds for the futures that might have been drawn, not only for those that were.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.compare import CONFIDENCE, Estimate, estimate

FEW = 20
"""Futures below which nothing is told but the curve: intervals from fewer cannot be relied on."""

RESAMPLES = 1000
"""Bootstrap samples for the depth of the dip; more change no digit that is shown."""


@dataclass(frozen=True)
class Gains:
    """What a change has gained by the end, against no change: each future's, and their mean with interval."""

    gain: Estimate
    gains: Floats

    @property
    def odds(self) -> float:
        """Share of the futures that are better off with the change by the end."""
        return float((self.gains > 0.0).mean())

    @property
    def unchanged(self) -> float:
        """Share of the futures in which the change makes no difference by the end, not of one cent."""
        return float((self.gains == 0.0).mean())

    @property
    def too_few(self) -> bool:
        """Whether there are too few futures to tell anything, and so no interval to rely on."""
        return len(self.gains) < FEW


@dataclass(frozen=True)
class Payback(Gains):
    """A change on `day` over many futures: money (€) gained by the end of each day, against no change.

    Arrays have an entry a day. `mean` has its 95% interval, day by day, from `low` to `high`; half the
    futures are below `median`, and half between `lower` and `upper`. `dip` is the lowest point of the mean (0
    or less), reached on `dip_day`; the lowest point of the true mean lies between `dip_low` and `dip_high`.
    `break_even` is the day from which the mean is never behind again (`day` if it never was, infinite if
    it is behind at the end), with its 95% interval; `ahead_from` the same of each future, infinite if it has
    not paid back; `ahead` the share of the futures that are ahead by the end of each day; `gain` the mean at
    the end, `gains` each future's.
    """

    day: int
    mean: Floats
    low: Floats
    high: Floats
    median: Floats
    lower: Floats
    upper: Floats
    dip: float
    dip_low: float
    dip_high: float
    dip_day: int
    break_even: float
    break_even_low: float
    break_even_high: float
    ahead: Floats
    ahead_from: Floats

    @property
    def horizon(self) -> int:
        """The last day."""
        return len(self.mean)

    @property
    def dips(self) -> bool:
        """Whether it is sure, beyond luck, that the change costs before it pays."""
        return self.dip_high < 0.0


def payback(gains_by_day: Floats, day: int) -> Payback:
    """Reduce the gains of futures (a row each, a column a day) by a change on `day`.

    The break-even of the true mean is put where no test at 5% could rule it out: after the last day on
    which the mean is surely behind, and up to the first from which it is surely never behind. The depth of
    the dip is chosen as the lowest of many days, so its interval is read off a band that holds the whole
    curve (bootstrap of the largest studentised deviation). Raises ValueError with fewer than two futures.
    """
    import numpy as np
    from scipy.special import stdtrit

    futures = len(gains_by_day)
    if futures < 2:
        raise ValueError("a payback needs two futures or more: one alone says nothing about the others")
    mean = gains_by_day.mean(axis=0)
    error = gains_by_day.std(axis=0, ddof=1) / np.sqrt(futures)
    reach = stdtrit(futures - 1, (1 + CONFIDENCE) / 2) * error
    wide = band(gains_by_day) * error
    lower, median, upper = np.percentile(gains_by_day, [25, 50, 75], axis=0)
    lowest = int(mean.argmin())
    return Payback(
        day=day,
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        median=median,
        lower=lower,
        upper=upper,
        dip=float(min(0.0, mean[lowest])),
        dip_low=float((mean - wide).min()),
        dip_high=float((mean + wide).min()),
        dip_day=lowest + 1 if mean[lowest] < 0.0 else day,
        break_even=float(never_behind_from(mean[None], day)[0]),
        break_even_low=_after_the_last(mean + reach < 0.0, day),
        break_even_high=float(never_behind_from((mean - reach)[None], day)[0]),
        ahead=(gains_by_day > 0.0).mean(axis=0),
        ahead_from=np.where(gains_by_day[:, -1] > 0.0, never_behind_from(gains_by_day, day), np.inf),
        gain=estimate(gains_by_day[:, -1]),
        gains=gains_by_day[:, -1],
    )


def never_behind_from(curves: Floats, day: int) -> Floats:
    """For each row, the day from which it is never below zero again: `day` if it never is, infinite if it is
    at the end.
    """
    import numpy as np

    behind = curves < 0.0
    last = curves.shape[1] - np.argmax(behind[:, ::-1], axis=1)
    found = np.where(behind.any(axis=1), np.maximum(last + 1.0, day), float(day))
    return np.where(behind[:, -1], np.inf, found)


def band(gains_by_day: Floats, confidence: float = CONFIDENCE) -> float:
    """How many standard errors to either side of the mean hold the whole true curve, all days at once.

    The quantile of the largest studentised deviation over the days, of `RESAMPLES` resampled means; the same
    futures give the same number.
    """
    import numpy as np

    futures = len(gains_by_day)
    error = gains_by_day.std(axis=0, ddof=1) / np.sqrt(futures)
    moving = error > 0.0
    if not moving.any():
        return 0.0
    centred = (gains_by_day - gains_by_day.mean(axis=0))[:, moving] / error[moving]
    luck = np.random.default_rng(0)
    shares = luck.multinomial(futures, np.full(futures, 1 / futures), size=RESAMPLES) / futures
    return float(np.quantile(np.abs(shares @ centred).max(axis=1), confidence))


def _after_the_last(surely_behind: Flags, day: int) -> float:
    """The first day after all on which the mean is surely behind; the change itself if there is none."""
    import numpy as np

    days = np.flatnonzero(surely_behind)
    return float(max(days[-1] + 2, day)) if days.size else float(day)
