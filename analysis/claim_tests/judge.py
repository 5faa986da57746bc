"""What a row of a claim comes to: its contrast in each organisation, intervals that hold together, a verdict.

All that is compared is turned so that more is better. Intervals are those of `statistics.anytime`: they hold
wherever one stops adding organisations, and, by Bonferroni, for all intervals of all registered claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from analysis.claim_tests.medians import Middle, hidden_by, median_of
from analysis.claim_tests.records import Row
from analysis.statistics.anytime import reach, sequence, share_interval
from analysis.statistics.arrays import Flags, Floats
from analysis.statistics.compare import CONFIDENCE, Estimate
from sim.vocabulary import BY_NAME, NET_VALUE

if TYPE_CHECKING:
    from collections.abc import Mapping

Runs: TypeAlias = "Mapping[str, Mapping[str, Floats]]"
"""Outcomes by name and arm (organisations × values × futures)."""

Ruling = Literal[
    "holds",
    "the reverse holds",
    "does not hold",
    "holds above",
    "holds below",
    "cannot tell",
    "nothing to tell",
]

MOSTLY = 0.5
"""Share of organisations that *most* is more than."""


@dataclass(frozen=True)
class Contrast:
    """What was found of a row: its `verdict`; `mean` over the organisations, and at each value of its dial
    the same (`levels`) and the share of futures `ahead`, whose intervals hold each by itself.

    `flips` are the values of the dial between which it begins, or ceases, to hold; `at_last` is the verdict
    at its last value, where it has levels. `surely`, `surely_not` and `untold` are shares of organisations;
    `each` is the mean contrast of each that was judged, NaN for others. `median` is theirs, and `middle` what
    the mean hides of it; it has no futures where the mean is a share of organisations.
    """

    row: Row
    verdict: Ruling
    mean: Estimate
    levels: tuple[Estimate, ...]
    ahead: tuple[Estimate, ...]
    flips: tuple[Any, ...]
    surely: float
    surely_not: float
    untold: float
    each: Floats
    median: Estimate
    middle: Middle
    at_last: Ruling | None


def ruled(row: Row, found: Runs, paid: Floats, among: int) -> Contrast:
    """Judge a row by `found[outcome][arm]` (organisations × values × futures; NaN where a run has none).

    `paid` is what the people of an organisation cost a year, in the same shape; `among` how many intervals
    have to hold together.
    """
    contrast = contrast_of(row, found, paid)
    by_future = of_futures(row, contrast)
    each = _mean(by_future)
    known = each[~np.isnan(each)]
    confidence = 1 - (1 - CONFIDENCE) / among
    most = row.kind == "mostly"
    mean = share_that_held(known > row.margin, confidence) if most else interval_of(known, confidence)
    by_value = contrast if row.over and not row.from_end_to_end else contrast[:, :0]
    levels = tuple(interval_of(at[~np.isnan(at)], confidence) for at in _mean(by_value).T)
    won = _mean(np.where(np.isnan(by_value), np.nan, by_value > 0)).T
    ahead = tuple(interval_of(at[~np.isnan(at)], CONFIDENCE) for at in won)
    verdict, flips = verdict_of(row, mean, levels)
    sure, sure_not = (float(held.mean()) if len(held) else 0.0 for held in surely(row, by_future))
    shares = sure, sure_not, 1 - sure - sure_not
    median = median_of(known[:0] if most else known, confidence)
    middle = hidden_by(mean, _SIDES.get(verdict, 0), median, row.margin) if _has_sides(row, median) else ""
    at_last = _of_one(row, levels[-1]) if levels and levels[-1].futures else None
    return Contrast(row, verdict, mean, levels, ahead, flips, *shares, each, median, middle, at_last)


_SIDES = {"holds": 1, "holds above": 1, "holds below": 1, "the reverse holds": -1}


def _has_sides(row: Row, median: Estimate) -> bool:
    """Whether a verdict of it is about a side on which organisations are, and there are any."""
    return row.kind in ("better", "rises") and median.futures > 0


def each_of(row: Row, found: Runs, paid: Floats, scale: Runs | None = None) -> Floats:
    """The contrast in each organisation; several outcomes in standard deviations of `scale`'s runs."""
    return _mean(of_futures(row, contrast_of(row, found, paid, scale)))


def of_futures(row: Row, contrast: Floats) -> Floats:
    """What a row is about, of a contrast by value of its dial (organisations × futures)."""
    return contrast[:, -1] - contrast[:, 0] if row.from_end_to_end else _over_values(contrast)


def contrast_of(row: Row, found: Runs, paid: Floats, scale: Runs | None = None) -> Floats:
    """The contrast of the arms in each run: in the outcome's unit, or in standard deviations of several."""
    whole = _index(row, row.outcomes, found, paid, scale or found)
    return whole - _index(row, row.beyond, found, paid, scale or found) if row.beyond else whole


def _index(row: Row, outcomes: tuple[str, ...], found: Runs, paid: Floats, scale: Runs) -> Floats:
    """The mean over outcomes of the contrast, each in its good direction."""
    alone = len(row.outcomes) == 1 and not row.beyond
    parts: list[Floats] = []
    for name in outcomes:
        arms = found[name]
        contrast = np.sum([weight * arms[arm] for arm, weight in row.arms.items()], axis=0)
        good = -1.0 if BY_NAME[name].better == "less" else 1.0
        if alone:
            parts.append(good * (contrast / paid if name == NET_VALUE else contrast))
        else:
            spread = float(np.nanstd(next(iter(scale[name].values()))))
            parts.append(good * contrast / spread if spread > 0 else 0 * contrast)
    mean: Floats = np.mean(parts, axis=0)
    return mean


def interval_of(values: Floats, confidence: float) -> Estimate:
    """The mean of independent values and an interval that holds wherever one stops.

    Unbounded for so few values that no interval could hold, even where they are all alike.
    """
    n = len(values)
    if not n:
        return Estimate(np.nan, np.nan, np.nan, 0)
    means, wide = sequence(values, confidence)
    few = n < 2 or not np.isfinite(reach(np.array([float(n)]), confidence)[0])
    mean, half = float(means[-1]), np.inf if few else float(wide[-1])
    return Estimate(mean, mean - half, mean + half, n)


def share_that_held(held: Flags, confidence: float) -> Estimate:
    """The share of independent cases in which something held, with its interval."""
    if not len(held):
        return Estimate(np.nan, np.nan, np.nan, 0)
    return Estimate(float(held.mean()), *share_interval(int(held.sum()), len(held), confidence), len(held))


def verdict_of(row: Row, mean: Estimate, levels: tuple[Estimate, ...]) -> tuple[Ruling, tuple[Any, ...]]:
    """The verdict of a row, and between which values of its dial it flips, where it does."""
    if not mean.futures:
        return "nothing to tell", ()
    if not levels or not row.flips:
        return _of_one(row, mean), ()
    all_of_them = {_of_one(row, level) for level in levels}
    if len(all_of_them) == 1:
        return all_of_them.pop(), ()
    return _flip(row, levels) or (_of_one(row, mean), ())


def _of_one(row: Row, mean: Estimate) -> Ruling:
    """What one interval says of a row."""
    margin = MOSTLY if row.kind == "mostly" else row.margin
    if row.kind == "no worse":
        return (
            "holds" if mean.low > -margin else "the reverse holds" if mean.high < -margin else "cannot tell"
        )
    if row.kind == "alike":
        return _alike(mean, margin)
    if mean.low > margin:
        return "holds"
    if row.kind != "mostly" and mean.high < -margin:
        return "the reverse holds"
    return "does not hold" if mean.high < margin else "cannot tell"


def _alike(mean: Estimate, margin: float) -> Ruling:
    if -margin < mean.low and mean.high < margin:
        return "holds"
    return "does not hold" if mean.low > margin or mean.high < -margin else "cannot tell"


def _flip(row: Row, levels: tuple[Estimate, ...]) -> tuple[Ruling, tuple[Any, ...]] | None:
    """Whether it holds from a value of the dial on, and surely does not before, in the registered direction.

    The values given are the last at which it surely does not hold and the first from which it always does.
    """
    assert row.over is not None
    values = row.over.values
    told = [_of_one(row, level) for level in levels]
    if row.flips == "below":
        told, values = told[::-1], values[::-1]
    holds = [verdict == "holds" for verdict in told]
    first = next((k for k in range(len(told)) if all(holds[k:])), None)
    if not first or any(holds[:first]):
        return None
    before = [k for k in range(first) if told[k] in ("does not hold", "the reverse holds")]
    if not before:
        return None
    return ("holds above" if row.flips == "above" else "holds below"), (values[before[-1]], values[first])


def surely(row: Row, by_future: Floats) -> tuple[Floats, Floats]:
    """In which of those judged it surely holds and surely does not, each by its own futures."""
    each = by_future[~np.isnan(by_future).any(axis=1)]
    if not len(each) or each.shape[1] < 2:
        return np.zeros(len(each), bool), np.zeros(len(each), bool)
    from scipy.special import stdtrit

    mean = each.mean(axis=1)
    error = each.std(axis=1, ddof=1) / np.sqrt(each.shape[1])
    half = error * stdtrit(each.shape[1] - 1, (1 + CONFIDENCE) / 2)
    low, high = mean - half, mean + half
    if row.kind == "alike":
        return (low > -row.margin) & (high < row.margin), (low > row.margin) | (high < -row.margin)
    line = -row.margin if row.kind == "no worse" else row.margin
    return low > line, high < line


def _over_values(contrast: Floats) -> Floats:
    """The mean over a dial's values (organisations × futures)."""
    mean: Floats = contrast.mean(axis=1)
    return mean


def _mean(by_future: Floats) -> Floats:
    """The mean over futures, over those that have a value; NaN where none has."""
    known = ~np.isnan(by_future)
    total = np.where(known, by_future, 0).sum(axis=-1)
    count = known.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Floats = np.where(count > 0, total / count, np.nan)
    return mean
