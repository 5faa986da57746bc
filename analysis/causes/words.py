"""The answer to *why* in words: what luck leaves to decide, what decides it, and which way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.statistics.compare import Estimate
from analysis.words import numbers as words
from analysis.words.numbers import capital, listed, number, span, three_digits, with_unit
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from analysis.causes.factors import Factor
    from analysis.causes.result import Cause, Why

_MOST_NAMED = 5
"""Drivers that the paragraph names."""

_SPEAKS_OF_ANOTHER = re.compile(
    r"^(such|the same)\b|\b(it|its|they|them|their|such an?|this section)\b", re.IGNORECASE
)
"""Assumptions are explained in order, and some lean on the one before: such, the same, it."""

_UNTOLD = "with too few runs to say what it makes together with others"

_LUCK, _KNOWN = "luck", "what is known or assumed"
"""What the spread between single futures is made of."""

WIDEST = 0.3
"""A total index whose interval is as wide as this share of the spread, or wider, says nothing."""


def text(why: Why) -> str:
    """The whole paragraph after the question."""
    parts = [_luck(why), _first(why), _next(why), _together(why), _left_out(why)]
    return f"For {why.scenario}: {' '.join(part for part in parts if part)}"


def finding(why: Why) -> str:
    """The answer in a line, for the title of a figure."""
    luck = f"Luck decides {shares(why.luck)} of {why.against} against {why.current}"
    if not why.drivers:
        return f"{luck}; nothing else stands out"
    top = why.drivers[0].factor.label
    larger = _larger(why.luck)
    if larger == _LUCK:
        return f"{luck} in a single future; what counts most beside it: {top}"
    what = "What" if larger == _KNOWN else "Beside luck, what"
    return f"{what} decides most between {why.current} and {why.against} is {top}"


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


def which_way(why: Why, cause: Cause) -> str:
    """Whom more of a factor helps."""
    if cause.rise.sign:
        return f"the more, the better for {why.against if cause.rise.sign > 0 else why.current}"
    return "in no single direction"


def thirds(why: Why, cause: Cause) -> str:
    """Where `against` stands in the lowest and in the highest third of a factor's range."""
    factor = cause.factor
    ends = [
        with_unit(f"{three_digits(factor.at(a))} to {three_digits(factor.at(b))}", factor.unit)
        for a, b in ((0, 1 / 3), (2 / 3, 1))
    ]
    low, high = _ahead(why, cause.low), _ahead(why, cause.high)
    turns = ": enough to turn the answer" if cause.low.sign * cause.high.sign < 0 else ""
    return (
        f"In the lowest third of its range ({ends[0]}) {why.against} is {low} on average, "
        f"in the highest ({ends[1]}) {high}{turns}."
    )


def _luck(why: Why) -> str:
    made = f"{shares(why.luck)} of how far {why.against} and {why.current} are apart in a single future"
    larger = _larger(why.luck)
    if larger == _LUCK:
        return f"mostly luck. {capital(made)} is left to chance, whatever is known of the rest."
    if larger == _KNOWN:
        return f"mostly what is known or assumed; {made} is left to chance."
    return f"{_LUCK} or {_KNOWN}, these runs cannot tell which makes more. {capital(made)} is left to chance."


def _larger(luck: Estimate) -> str:
    """What surely makes more than half of the spread; nothing where the interval holds the half."""
    return _LUCK if luck.low > 0.5 else _KNOWN if luck.high < 0.5 else ""


def _first(why: Why) -> str:
    count = len(why.causes)
    if not why.drivers:
        return f"None of {count} assumptions and traits of the organisation is told from chance."
    top = why.drivers[0]
    meaning = explanation(top.factor)
    aside = f" ({meaning[:1].lower()}{meaning[1:]})" if meaning else ""
    lead = f"Of {count} assumptions and traits of the organisation, what decides most is {top.factor.label}"
    total = total_of(top)
    together = f"{shares(total)} with its interplay with others" if total else _UNTOLD
    size = f"{shares(top.first)} of the spread by itself, {together}"
    return f"{lead}{aside}: {size}; {which_way(why, top)}. {thirds(why, top)}"


def _next(why: Why) -> str:
    named = why.drivers[1:_MOST_NAMED]
    if not named:
        return ""
    each = [f"{c.factor.label} ({share(c.first.mean)}; {which_way(why, c)})" for c in named]
    more = len(why.drivers) - 1 - len(named)
    return f"Then {listed(each)}{f'; {more} more are told from chance' if more > 0 else ''}."


def _together(why: Why) -> str:
    """How much is the sum of single effects, and how much is not."""
    if why.known.mean <= 0:
        return ""
    each = f"All {len(why.causes)}, each by itself, make {shares(why.alone)} of the spread"
    return f"{each}; what neither they nor luck make is their interplay."


def _ahead(why: Why, estimate: Estimate) -> str:
    """How far `against` is ahead or behind, no more certain than the interval."""
    if not estimate.sign:
        ends = span(BY_NAME[why.objective], estimate.low, estimate.high, signed=True)
        return f"neither ahead nor behind ({ends})"
    size = words.a_year(BY_NAME[why.objective], abs(estimate.mean), estimate.half_width)
    return f"{size} {'ahead' if estimate.sign > 0 else 'behind'}"


def _left_out(why: Why) -> str:
    if not why.left_out:
        return ""
    nothing = " or gave the objective nothing to measure" if why.objective == OBJECTIVE else ""
    because = f"because a run beside them failed{nothing}"
    return f"{why.left_out:,} of {why.runs:,} paired runs were left out, {because}."
