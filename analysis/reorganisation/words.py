"""What a reorganisation costs and brings, in words that are no more certain than the futures allow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.decision.degenerate_cases import is_nothing
from analysis.reorganisation.payback import FEW
from analysis.words.numbers import amount, called, money, odds, span
from analysis.words.numbers import dropped as left_out
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from analysis.reorganisation.hopes import Hopes
    from analysis.reorganisation.losses import LostHours
    from analysis.reorganisation.payback import Gains, Payback
    from analysis.statistics.compare import Estimate

DAYS_A_WEEK = 5
PARAGRAPH = "\n\n"
POINTS = BY_NAME[OBJECTIVE]

SURVEYS = (
    "Beside it, what executives told in surveys: productivity falls noticeably in about 60 of 100 "
    "reorganisations, more than 80 miss what was hoped for in the planned time (Heidari-Robinson & Heywood "
    "2016), more than 50 their aims (BCG 2012)."
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
    lost: LostHours | None = None,
    objective: Gains | None = None,
    hopes: Hopes | None = None,
    points: str = "",
) -> str:
    """What is said after the question, in paragraphs: the odds and the hours lost; the money; what was hoped
    for; and what it would bring in the long run. By the objective first, where the scenario has its own.

    `points` says what that weighs, and `once` by how much (€) the end would be better on delivery.
    """
    in_points = objective is not None
    start, to = called(start), called(to)
    paragraphs = (
        (
            f"For {scenario}: {opening(found) if objective is None else by_objective(objective, start)}.",
            points,
            f"Day by day there is money alone: {opening(found)}." if in_points else "",
            "" if lost is None else in_hours(lost, found),
        ),
        (dip(found), break_even(found, start), counting(once, found.too_few)),
        ("" if hopes is None or found.too_few else by_hope(hopes, len(found.gains)),),
        (
            _always(to, start, always, years, found.too_few),
            left_out(dropped, dropped + len(found.gains), points=in_points),
            _LIMITS,
        ),
    )
    whole = (" ".join(filter(None, sentences)) for sentences in paragraphs)
    return PARAGRAPH.join(filter(None, whole))


def by_objective(found: Gains, start: str) -> str:
    """The answer by an objective of the scenario's own, which is known at the end of a run alone."""
    many = len(found.gains)
    much = amount(POINTS, abs(found.gain.mean), found.gain.half_width)
    size = f"{much} {'less' if found.gain.mean < 0 else 'more'} than staying with {start}"
    if found.too_few:
        return f"{many} futures are too few to tell whether its objective gains; these few have {size}"
    says = {1: "its objective gains", -1: "its objective loses", 0: "cannot tell whether its objective gains"}
    ends = span(POINTS, found.gain.low, found.gain.high)
    none = f", in {same(found)} it made no difference" if found.unchanged else ""
    won = f"ahead in {odds(found.odds, many)}{none}"
    return f"{says[found.gain.sign]} by the end: {size} (95% interval {ends}), {won}"


def opening(found: Payback) -> str:
    """The answer in a few words: in how many futures it pays back, and whether it does on average."""
    by = f"by the end (day {found.horizon:,})"
    if found.too_few:
        return (
            f"{len(found.gains)} futures are too few to tell whether it pays back {by}; give {FEW} or more; "
            f"{_ahead(found, 'by the end')}"
        )
    average = {
        1: "on average it has",
        -1: "on average it has not",
        0: "whether it has on average cannot be told yet",
    }
    return f"{_ahead(found, by)}{_half(found)}; {average[found.gain.sign]}"


def in_hours(lost: LostHours, found: Payback) -> str:
    """What the change costs in hours of work."""
    if lost.most == 0.0:
        return f"{_average(found)} no more work is left to do than without it, on any day."
    much, when = so_many_hours(lost.most, lost.half_width), _when(found, lost.day)
    if found.too_few:
        return (
            f"At the worst, {when}, {much} more of work are left to do than without it, on average of these."
        )
    if not lost.sure:
        return (
            f"Whether it costs hours of work cannot be told from luck: at the worst, {when}, {much} more are "
            "left to do than without it, and that may be chance."
        )
    low, high = (so_many_hours(end, lost.half_width) for end in (lost.low, lost.high))
    interval = f"95% interval {low.removesuffix(' hours')} to {high}"
    return (
        f"It costs about {much} of work: at the worst, {when}, so many more are left to do than without it "
        f"({interval}), as many as all members do in {_days_of_all(lost)}.{_hours_at_end(lost)}"
    )


def _days_of_all(lost: LostHours) -> str:
    """So many hours as working days of all members together."""
    days = lost.most / lost.members_a_day
    if days < 0.95:
        return "less than a day"
    return f"{days:.0f} days" if days >= 9.5 else f"{days:.1f} days"


def _hours_at_end(lost: LostHours) -> str:
    """What is left of the hours lost by the end, where that can be told."""
    if not lost.at_end.sign:
        return ""
    count = so_many_hours(abs(lost.at_end.mean), lost.at_end.half_width)
    return f" At the end, {count} {'more' if lost.at_end.sign > 0 else 'fewer'} are left than without it."


def so_many_hours(count: float, half_width: float) -> str:
    """Hours in steps that the interval allows: `1,900 hours`."""
    larger = max(half_width, count / 10, 1.0)
    step = 10.0 ** math.floor(math.log10(larger))
    return f"{round(count / step) * step:,.0f} hours"


def _when(found: Payback, day: float) -> str:
    """When that is, from the change."""
    return f"around week {week(found, day)} after it" if day >= found.day else "before it has come"


def depth(found: Payback) -> str:
    """How deep the average goes, in the digits that its interval allows."""
    return money(-found.dip, (found.dip_high - found.dip_low) / 2)


def dip(found: Payback) -> str:
    """How deep it goes, and when; and whether that may be luck."""
    deepest = _when(found, found.dip_day)
    if found.dip < 0.0 and found.too_few:
        return f"At its lowest, {deepest}, the average of these few is {depth(found)} behind."
    if found.dips:
        interval = f"95% interval {money(-found.dip_high)} to {money(-found.dip_low)}"
        if found.gain.sign <= 0:
            return f"In money it is furthest behind {deepest}: about {depth(found)} ({interval})."
        return f"The change costs about {depth(found)} at its deepest ({interval}), {deepest}."
    if found.dip < 0.0:
        behind = f"the average is {depth(found)} behind"
        return f"A dip cannot be told from luck: at its lowest, {deepest}, {behind}, and that may be chance."
    return f"{_average(found)} it is never behind."


def break_even(found: Payback, start: str) -> str:
    """When the average has made it good, if it has."""
    much = money(abs(found.gain.mean), found.gain.half_width)
    size = f"{much} {'ahead of' if found.gain.mean > 0 else 'behind'} staying with {start}"
    if found.too_few:
        return f"At the end these few are, on average, {size}."
    interval = f"95% interval {money(found.gain.low)} to {money(found.gain.high)}"
    at_end = f"at the end it is {size} ({interval})"
    if found.gain.sign == 0:
        return f"A{at_end[1:]} on average: more futures would tell."
    if found.gain.sign < 0:
        return f"On average it is not made good: {at_end}."
    if found.dip == 0.0:
        return f"A{at_end[1:]}."
    return f"On average it is made good by week {week(found, found.break_even)} ({weeks(found)}); {at_end}."


def by_hope(hopes: Hopes, futures: int) -> str:
    """What a change that unsettles people loses against one that does not, beside what surveys found."""
    weeks_planned = max(1, round(hopes.planned_days / DAYS_A_WEEK))
    size = money(abs(hopes.hoped.mean), hopes.hoped.half_width)
    where = f"{size} {'ahead' if hopes.hoped.mean >= 0 else 'behind'}"
    missed, dipped, anyway = (
        odds(each, futures) for each in (hopes.missed, hopes.dipped, hopes.dipped_anyway)
    )
    would_be = f"f it unsettled nobody, it would be {where} in week {weeks_planned} on average"
    hope = f"Even i{would_be}: no gain to hope for by then."
    if hopes.hoped.mean > 0:
        hope = f"I{would_be}: take that as what is hoped for, and {missed} miss it."
    return (
        f"{_price(hopes)} {hope} In {dipped}, work is behind by more than "
        f"{hopes.noticeable:.0%} of all hours until then (if nobody were unsettled, in {anyway}), in half of "
        f"all by {hopes.depth:.1%} or more. {SURVEYS}"
    )


def _price(hopes: Hopes) -> str:
    """What being unsettled takes by the end."""
    low, high = sorted((abs(hopes.price.low), abs(hopes.price.high)))
    much = money(abs(hopes.price.mean), hopes.price.half_width)
    if not hopes.price.sign:
        interval = f"95% interval {money(-hopes.price.high)} to {money(-hopes.price.low)}"
        return f"What unsettled people cost by the end cannot be told from luck ({interval})."
    does = "cost" if hopes.price.sign < 0 else "bring"
    return f"Unsettled people {does} {much} by the end (95% interval {money(low)} to {money(high)})."


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


def _half(found: Payback) -> str:
    """When half of the futures that have paid back are ahead for good."""
    import numpy as np

    paid = found.ahead_from[np.isfinite(found.ahead_from)]
    if found.gain.sign <= 0 or not paid.size:  # it would tell of the horizon rather than of the change
        return ""
    half = float(np.quantile(paid, 0.5, method="inverted_cdf"))
    return f", half of these for good by week {week(found, half)}"


def _ahead(found: Payback, by: str) -> str:
    """In how many futures it pays back; those in which it changes nothing have not lost by it."""
    won = odds(found.odds, len(found.gains))
    none = not found.odds
    if not found.unchanged:
        return f"in {won} {'has it' if none else 'it has'} paid back {by}"
    return f"in {won} {'is it' if none else 'it is'} ahead {by}, in {same(found)} it made no difference"


def same(found: Gains) -> str:
    """In how many of the futures the change makes no difference, beside the odds: `18`, of those 20."""
    return odds(found.unchanged, len(found.gains)).split(" of ")[0]


def _always(to: str, start: str, always: Estimate, years: float, too_few: bool) -> str:
    """What the new structure is worth without the change: what all that is paid for."""
    if is_nothing(always):
        return f"Had it been {to} from the first day, it would be equal to {start} in every future."
    much = money(abs(always.mean) / years, always.half_width / years)
    size = f"{much} a year {'less' if always.mean < 0 else 'more'} than {start}"
    if not any(digit in much for digit in "123456789"):
        size = f"as much as {start} on average"
    interval = f"95% interval {money(always.low / years)} to {money(always.high / years)}"
    interval += f", over these {always.futures:,} futures; `decide` lives through futures of its own"
    sure = "" if too_few else f" ({interval})"
    return f"Had it been {to} from the first day, it would bring {size}{sure}."
