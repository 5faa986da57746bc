"""*Is this you?* in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analysis.resemblance.causes import what_limits
from analysis.resemblance.published_figures import Published
from analysis.resemblance.result import QUESTION, Cause, Compared, Growth, Resemblance
from analysis.resemblance.runs import QuickLook
from analysis.resemblance.thresholds import UNDONE_MOSTLY
from analysis.words.numbers import UNKNOWN, capital, listed, many, number

MOST_NAMED = 2
"""Figures that a short line names."""

ALL_IS_USUAL = "Nothing is surely off."

_DECIMALS = {"ratio": 2, "0-1": 2, "a year": 1}


def size(about: Published, value: float | None) -> str:
    """A value of a figure as it stands in a table."""
    if value is None or math.isnan(value):
        return UNKNOWN
    if about.unit == "share":
        return f"{number(100 * value, 0)}%"
    return number(value, _DECIMALS.get(about.unit, 1 if value < 20 else 0))


def usual(about: Published) -> str:
    """The published range of a figure."""
    if about.low is None or about.high is None:
        return UNKNOWN
    return f"{size(about, about.low)} to {size(about, about.high)}"


def told(found: Resemblance, look: QuickLook) -> tuple[str, ...]:
    """All that there is to say, the most important first; a paragraph each."""
    said = [doom(found), growth(found), *offs(found)]
    said = [paragraph for paragraph in said if paragraph] or [ALL_IS_USUAL]
    return (*said, _limits(look), *_failed(found))


def doom(found: Resemblance) -> str:
    """That the organisation collapses, how one sees it, and what most likely makes it so."""
    if not found.doomed:
        return ""
    causes = " ".join(capital(_look_at(cause)) for cause in found.pressing) or "what is full does not say."
    seen = listed(list(signs(found)))
    return f"This organisation would not survive as described: {seen}. Most likely: {causes}"


def signs(found: Resemblance) -> Iterator[str]:
    """What shows that it collapses."""
    if found.hardly:
        yield f"{found.on_time:.0%} of the due projects are on time"
    if found.undone > UNDONE_MOSTLY:
        yield f"{found.undone:.0%} are not delivered at all"
    if found.growing and found.growth is not None:
        yield f"open work grows by {number(found.growth.by.mean, 0)} hours a year, without end"
    if found.losing:
        yield f"{found.gone:.0%} of the work is taken elsewhere or cancelled"
    if found.unpaid:
        yield f"what is earned covers {found.covered:.0%} of what it costs"


def growth(found: Resemblance) -> str:
    """That open work grows for ever, where the organisation lives with it so far."""
    if not found.growing or found.doomed or found.growth is None:
        return ""
    cause = f" Most likely: {_look_at(found.pressing[0])}" if found.pressing else ""
    return f"Open work grows without end: {_by(found.growth)}.{cause}"


def _by(growth: Growth) -> str:
    first, last, by, reach = (
        number(value, 0) for value in (growth.first, growth.last, growth.by.mean, growth.by.half_width)
    )
    return f"{first} hours at the end of the first year, {last} at that of the second (+{by} ± {reach})"


def offs(found: Resemblance) -> Iterator[str]:
    """What is off, by how much, why most likely, and where to look; figures of one cause together."""
    by_cause: dict[Cause, list[str]] = {}
    for each in found.off:
        by_cause.setdefault(found.causes[each.about.name], []).append(_off(each))
    for cause, named in by_cause.items():
        yield f"{capital('; '.join(named))}. {capital(_look_at(cause))}"


def _off(each: Compared) -> str:
    about = each.about
    days = " days" if about.unit == "days" else ""
    said = f"{about.label[:1].lower()}{about.label[1:]} {size(about, each.simulated.mean)}{days}"
    if each.last_year is not None:
        return f"{said} (last year {size(about, each.last_year)})"
    return f"{said} (published {usual(about)})"


def _look_at(cause: Cause) -> str:
    return f"{cause.text}. See {listed(list(cause.keys))}."


def _limits(look: QuickLook) -> str:
    return f"What limits it: {what_limits(look)}."


def _failed(found: Resemblance) -> Iterator[str]:
    if found.failed:
        yield f"{many(found.failed, 'future')} could not be lived through."


def heading(found: Resemblance) -> str:
    """What the table shows."""
    lived = f"{many(found.futures, 'future')} of {many(found.days, 'day')} under {found.structure}"
    return f"{QUESTION} {lived}, beside what is published"


def short(found: Resemblance) -> str:
    """One line where something is off, for whoever asked another question; empty where nothing is."""
    named = [_off(each) for each in found.off]
    if found.growing:
        named.insert(0, "open work grows without end")
    if not named:
        return ""
    more = len(named) - MOST_NAMED
    rest = f"; and {more} more" if more > 0 else ""
    return f"{QUESTION} {capital('; '.join(named[:MOST_NAMED]))}{rest} (--explain says why)."
