"""What a reorganisation costs and brings, in words that are no more certain than the futures allow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.decision.nothing_to_tell import is_nothing
from analysis.reorganisation.payback import FEW
from analysis.words.numbers import amount, money, odds, span
from analysis.words.numbers import dropped as left_out
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from analysis.reorganisation.hopes import Hopes
    from analysis.reorganisation.payback import Gains, Payback
    from analysis.statistics.compare import Estimate

DAYS_A_WEEK = 5
POINTS = BY_NAME[OBJECTIVE]

SURVEYS = (
    "Surveys: productivity falls noticeably in about 60 of 100 reorganisations, more than 80 miss what was "
    "hoped for in the planned time (Heidari-Robinson & Heywood 2016), more than 50 their aims (BCG 2012)."
)
"""What executives told, to be seen beside what is simulated; nothing in the model is set to it."""

_LIMITS = (
    "The odds count luck; the doubt about our assumptions, above all about how long a reorganisation "
    "confuses people, is not counted in."
)


def week(found: Payback, day: float) -> int:
    """The week after the change in which a day falls, counted from 1."""
    return max(1, math.ceil((day - found.day) / DAYS_A_WEEK))


def told(
    scenario: str,
    start: str,
    to: str,
    found: Payback,
    always: Estimate,
    *,
    years: float,
    once: Estimate,
    dropped: int,
    objective: Gains | None = None,
    hopes: Hopes | None = None,
    points: str = "",
) -> str:
    """The paragraph after the question: first by the objective, where the scenario has one of its own.

    `points` says what that weighs, and `once` by how much (€) the end would be better on delivery.
    """
    sentences = [
        f"For {scenario}: {opening(found) if objective is None else by_objective(objective, start)}.",
        points,
        "" if objective is None else f"Day by day there is money alone: {opening(found)}.",
        dip(found),
        break_even(found, start),
        counting(once, found.too_few),
        _odds(found),
        "" if hopes is None or found.too_few else by_hope(hopes, len(found.gains)),
        _always(to, start, always, years, found.too_few),
        left_out(dropped, dropped + len(found.gains), points=objective is not None),
        _LIMITS,
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def by_objective(found: Gains, start: str) -> str:
    """The answer by an objective of the scenario's own, which is known at the end of a run alone."""
    many = len(found.gains)
    much = amount(POINTS, abs(found.gain.mean), found.gain.half_width)
    size = f"{much} {'less' if found.gain.mean < 0 else 'more'} than {start}"
    if found.too_few:
        return f"{many} futures are too few to tell whether its objective gains; these few have {size}"
    says = {1: "its objective gains", -1: "its objective loses", 0: "cannot tell whether its objective gains"}
    ends = span(POINTS, found.gain.low, found.gain.high)
    none = f", in {same(found)} it made no difference" if found.unchanged else ""
    won = f"ahead in {odds(found.odds, many)}{none}"
    return f"{says[found.gain.sign]} by the end: {size} all the way (95% interval {ends}), {won}"


def opening(found: Payback) -> str:
    """The answer in a few words."""
    by = f"by the end (day {found.horizon:,})"
    if found.too_few:
        return f"{len(found.gains)} futures are too few to tell whether it pays back {by}; give {FEW} or more"
    if found.gain.sign > 0:
        return f"it pays back {by}, on average"
    if found.gain.sign < 0:
        return f"it does not pay back {by}, on average"
    return f"cannot tell whether it pays back {by}"


def depth(found: Payback) -> str:
    """How deep the average goes, in the digits that its interval allows."""
    return money(-found.dip, (found.dip_high - found.dip_low) / 2)


def dip(found: Payback) -> str:
    """How deep it goes, and when; and whether that may be luck."""
    deepest = f"around week {week(found, found.dip_day)} after it"
    if found.dip < 0.0 and found.too_few:
        return f"At its lowest, {deepest}, the average of these few is {depth(found)} behind."
    if found.dips:
        interval = f"95% interval {money(-found.dip_high)} to {money(-found.dip_low)}"
        if found.gain.sign <= 0:
            return f"It is furthest behind {deepest}: about {depth(found)} ({interval})."
        return f"The change costs about {depth(found)} at its deepest ({interval}), {deepest}."
    if found.dip < 0.0:
        behind = f"the average is {depth(found)} behind"
        return f"A dip cannot be told from luck: at its lowest, {deepest}, {behind}, and that may be chance."
    return f"{_average(found)} it is never behind."


def break_even(found: Payback, start: str) -> str:
    """When the average has made it good, if it has."""
    much = money(abs(found.gain.mean), found.gain.half_width)
    size = f"{much} {'ahead of' if found.gain.mean > 0 else 'behind'} {start} all the way"
    if found.too_few:
        return f"At the end these few are, on average, {size}."
    interval = f"95% interval {money(found.gain.low)} to {money(found.gain.high)}"
    at_end = f"at the end it is {size} ({interval})"
    if found.gain.sign == 0:
        return f"On average {at_end}: more futures would tell."
    if found.gain.sign < 0:
        return f"On average it is not made good: {at_end}."
    if found.dip == 0.0:
        return f"A{at_end[1:]}."
    return f"On average it is made good by week {week(found, found.break_even)} ({weeks(found)}); {at_end}."


def by_hope(hopes: Hopes, futures: int) -> str:
    """What a change that unsettles people loses against one that does not, beside what surveys found."""
    weeks_planned = max(1, round(hopes.planned_days / DAYS_A_WEEK))
    price = money(abs(hopes.price.mean), hopes.price.half_width)
    interval = f"95% interval {money(-hopes.price.high)} to {money(-hopes.price.low)}"
    much = f"takes {price}" if hopes.price.mean <= 0 else f"brings {price}"
    size = money(hopes.hoped.mean, hopes.hoped.half_width)
    return (
        f"That people are unsettled {much} of it by the end ({interval}). Hoped for without that, by week "
        f"{weeks_planned}: {size}; {odds(hopes.missed, futures)} miss it. {odds(hopes.dipped, futures)} fall "
        f"behind by more than {hopes.noticeable:.0%} of what is earned until then (without that, "
        f"{odds(hopes.dipped_anyway, futures)}), half of all by {hopes.depth:.1%} or more. {SURVEYS}"
    )


def counting(once: Estimate, too_few: bool) -> str:
    """By what rule money is counted, and what the other one would make of the end."""
    rule = "Work in progress counts by completion"
    if too_few:
        return f"{rule}."
    interval = f"95% interval {money(once.low)} to {money(once.high)}"
    if not once.sign:
        return f"{rule}; whether more is delivered by the end or less cannot be told ({interval})."
    much = f"{money(abs(once.mean), once.half_width)} {'more' if once.mean > 0 else 'less'}"
    return f"{rule}; counted on delivery, the end would be {much} ({interval}): money that moves once."


def _average(found: Payback) -> str:
    return "On the average of these few" if found.too_few else "On average"


def weeks(found: Payback) -> str:
    """The interval of the break-even in weeks after the change."""
    low = f"week {week(found, found.break_even_low)}"
    if math.isinf(found.break_even_high):
        return f"95% interval {low} to after the end"
    return f"95% interval {low} to {week(found, found.break_even_high)}"


def _odds(found: Payback) -> str:
    """In how many futures it pays back, and when half of them are ahead for good."""
    import numpy as np

    text = _ahead(found)
    paid = found.ahead_from[np.isfinite(found.ahead_from)]
    if (
        found.too_few or found.gain.sign <= 0 or not paid.size
    ):  # else it would tell of the horizon rather than of the change
        return f"{text}."
    half = float(np.quantile(paid, 0.5, method="inverted_cdf"))
    return f"{text}; half of these are ahead for good by week {week(found, half)}."


def _ahead(found: Payback) -> str:
    """In how many futures it pays back; those in which it changes nothing have not lost by it."""
    won = odds(found.odds, len(found.gains))
    none = not found.odds
    if not found.unchanged:
        return f"In {won} {'has it' if none else 'it has'} paid back by the end"
    return f"In {won} {'is it' if none else 'it is'} ahead by the end, in {same(found)} it made no difference"


def same(found: Gains) -> str:
    """In how many of the futures the change makes no difference, beside the odds: `18`, of those 20."""
    return odds(found.unchanged, len(found.gains)).split(" of ")[0]


def _always(to: str, start: str, always: Estimate, years: float, too_few: bool) -> str:
    """What the new structure is worth without the change: what all that is paid for."""
    if is_nothing(always):
        return f"Had it been {to} from the first day, it would be equal to {start} in every future."
    much = money(abs(always.mean) / years, always.half_width / years)
    size = f"{much} a year {'less' if always.mean < 0 else 'more'} than {start}"
    interval = f"95% interval {money(always.low / years)} to {money(always.high / years)}"
    sure = "" if too_few else f" ({interval})"
    return f"Had it been {to} from the first day, it would bring {size}{sure}."
