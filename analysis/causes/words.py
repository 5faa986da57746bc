"""The answer to *why* in words: which way things pull, what would flip the answer; last, what luck leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.statistics.compare import Estimate
from analysis.words import numbers as words
from analysis.words.numbers import listed, number, span, three_digits, with_unit
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from analysis.causes.factors import Factor
    from analysis.causes.result import Cause, Why

_MOST_NAMED, _MOST_FLIPS = 3, 2
"""Factors that are named for each side, and of those that flip the answer."""

_SPEAKS_OF_ANOTHER = re.compile(
    r"^(such|the same)\b|\b(it|its|they|them|their|such an?|this section)\b", re.IGNORECASE
)
"""Assumptions are explained in order, and some lean on the one before: such, the same, it."""

_LUCK, _KNOWN = "luck", "what is known or assumed"
"""What the spread between single futures is made of."""

_AS_IT_IS = "(`decide` speaks of the organisation as it is, so its number is another.)"
"""Why the mean difference is another number than that of an answer."""

WIDEST = 0.3
"""A total index whose interval is as wide as this share of the spread, or wider, says nothing."""


def text(why: Why) -> str:
    """The answer after the question, a line for each thing that it says."""
    parts = [_pulls(why), _flips(why), _luck(why), _left_out(why)]
    return "\n".join(part for part in parts if part)


def finding(why: Why) -> str:
    """The answer in a line, for the title of a figure."""
    if not why.drivers:
        return f"Nothing that is known or assumed is seen to decide between {why.current} and {why.against}"
    top = why.drivers[0]
    side = f": the higher, the better for {_favours(why, top)}" if top.rise.sign else ""
    return f"What decides most between {why.current} and {why.against} is {top.factor.label}{side}"


def share(value: float) -> str:
    """A share of the spread as a percentage: one decimal below a tenth, none above; never below zero."""
    value = max(0.0, min(1.0, value))
    return f"{number(100 * value, 1 if value < 0.1 else 0)}%"


def shares(estimate: Estimate) -> str:
    """A share with its interval: `1.7% (1.1 to 2.2)`."""
    low, high = share(estimate.low).rstrip("%"), share(estimate.high).rstrip("%")
    return f"{share(estimate.mean)} ({low} to {high})"


def explanation(factor: Factor) -> str:
    """What a factor means, in words that can be read alone; nothing where they speak of those before them."""
    return "" if _SPEAKS_OF_ANOTHER.search(factor.meaning) else factor.meaning.rstrip(".")


def within(estimate: Estimate) -> Estimate:
    """A share as it is told: nothing below none of the spread, nothing above all of it."""
    mean, low, high = (max(0.0, min(1.0, v)) for v in (estimate.mean, estimate.low, estimate.high))
    return Estimate(mean, low, high, estimate.futures)


def total_of(cause: Cause) -> Estimate | None:
    """What a factor has a hand in, as it is told; None where there are too few runs to say."""
    if cause.total.high - cause.total.low >= WIDEST:
        return None
    return within(cause.total)


def amount(why: Why, estimate: Estimate) -> str:
    """A mean difference in the objective with its sign and unit, in the digits that its interval allows."""
    return words.amount(BY_NAME[why.objective], estimate.mean, estimate.half_width, signed=True)


def flipping(why: Why) -> list[Cause]:
    """The factors told from chance with which alone the answer flips: one structure is surely ahead in one
    third of the range, the other in the other third, or on average.
    """
    usual = why.difference.sign
    return [
        cause
        for cause in why.drivers
        if cause.low.sign * cause.high.sign < 0 or -usual in {cause.low.sign, cause.high.sign} - {0}
    ]


def in_thirds(why: Why, cause: Cause) -> str:
    """Where `against` stands in the lowest and in the highest third of a factor's range."""
    ends = ((cause.low, 0, 1 / 3, "lowest"), (cause.high, 2 / 3, 1, "highest"))
    told = [f"{_range(cause.factor, a, b)} {_stands(why, end)}" for end, a, b, _ in ends]
    return f"at {told[0]}, at {told[1]}"


def _range(factor: Factor, low: float, high: float) -> str:
    return with_unit(
        f"{three_digits(factor.at(low))} to {three_digits(factor.at(high))}", factor.unit, factor.label
    )


def _favours(why: Why, cause: Cause) -> str:
    return why.against if cause.rise.sign > 0 else why.current


def _pulls(why: Why) -> str:
    """Which way the factors pull that are told from chance, those of each side together."""
    if not why.drivers:
        return (
            f"For {why.scenario}: none of {len(why.causes)} things that are known or assumed is seen to pull "
            "either way."
        )
    sides = [_side(why, sign) for sign in (1, -1)]
    either = [cause.factor.label for cause in why.drivers if not cause.rise.sign][:_MOST_NAMED]
    if either:
        sides.append(f"In no single direction: {listed(either)}.")
    return f"For {why.scenario}. {' '.join(side for side in sides if side)}"


def _side(why: Why, sign: int) -> str:
    own = [cause for cause in why.drivers if cause.rise.sign == sign]
    if not own:
        return ""
    outcome = BY_NAME[why.objective]
    each = [
        f"{cause.factor.label} ({words.a_year(outcome, abs(cause.rise.mean), cause.rise.half_width)})"
        for cause in own[:_MOST_NAMED]
    ]
    more = f" and {len(own) - len(each)} more" if len(own) > len(each) else ""
    return f"The higher, the better for {_favours(why, own[0])}: {', '.join(each)}{more}."


def _flips(why: Why) -> str:
    """What would flip the answer, each with the key that a scenario sets; else that nothing does alone."""
    usual = f"Over all ranges at once, {why.against} is {_ahead(why, why.difference)}"
    found = flipping(why)
    if not why.drivers:
        moves = "flip that" if why.difference.sign else "put either ahead"
        return f"{usual}; so far nothing is seen to {moves}. {_AS_IT_IS}"
    if not found:
        return f"{usual}; none of these alone flips that within its range. {_AS_IT_IS}"
    told = [
        f"{cause.factor.label} [{cause.factor.key}]: {in_thirds(why, cause)}" for cause in found[:_MOST_FLIPS]
    ]
    more = f"; {len(found) - len(told)} more would" if len(found) > len(told) else ""
    return f"{usual}. {_AS_IT_IS} What would flip it: {'; '.join(told)}{more}."


def _stands(why: Why, estimate: Estimate) -> str:
    """Who is ahead, and by how much, no more certain than the interval."""
    if not estimate.sign:
        return f"neither is surely ahead ({_span(why, estimate)})"
    size = words.a_year(BY_NAME[why.objective], abs(estimate.mean), estimate.half_width)
    return f"{why.against if estimate.sign > 0 else why.current} is {size} ahead"


def _ahead(why: Why, estimate: Estimate) -> str:
    """How far `against` is ahead or behind on average, no more certain than the interval."""
    if not estimate.sign:
        return f"neither surely ahead nor surely behind on average ({_span(why, estimate)})"
    size = words.a_year(BY_NAME[why.objective], abs(estimate.mean), estimate.half_width)
    return f"{size} {'ahead' if estimate.sign > 0 else 'behind'} on average, {_span(why, estimate)}"


def _span(why: Why, estimate: Estimate) -> str:
    return span(BY_NAME[why.objective], estimate.low, estimate.high, signed=True)


def _luck(why: Why) -> str:
    """What luck leaves of all this in a single future."""
    made = f"{shares(why.luck)} of how far the two are apart in a single future"
    if why.luck.low > 0.5:
        said = f"Mostly luck decides one future: {made}."
    elif why.luck.high < 0.5:
        said = f"Luck decides {made}; the rest is {_KNOWN}."
    else:
        said = f"These runs cannot tell whether {_LUCK} or {_KNOWN} decides more: luck {made}."
    return f"{said} (Rests on {why.runs:,} pairs of runs, {len(why.causes)} things varied at once; 95%.)"


def _left_out(why: Why) -> str:
    if not why.left_out:
        return ""
    nothing = " or gave the objective nothing to measure" if why.objective == OBJECTIVE else ""
    because = f"because a run beside them failed{nothing}"
    return f"{why.left_out:,} of {why.runs:,} paired runs were left out, {because}."
