"""What stands below the three lines of an answer, one function each; an empty text for nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.decision.sentences import DELAY, in_interval
from analysis.statistics.compare import Comparison, Estimate
from analysis.words import numbers as words
from sim.vocabulary import BY_NAME, NET_VALUE, Outcome

if TYPE_CHECKING:
    from analysis.decision.gain_breakdown import Beside
    from analysis.decision.idle_spread import Restless

_MONEY = BY_NAME[NET_VALUE]
MOST_MOVES = 3


def once(beside: Beside, comparison: Comparison, challenger: str) -> str:
    """What comes once, beside what comes every year: money that is earlier, or later."""
    gain = beside.once
    counted = "Work in progress is counted by completion, at both ends of the horizon"
    if not gain.bounded or not (gain.mean or gain.half_width):
        return f"{counted}."
    if not gain.sign:
        sure = "it cannot be told whether any of it comes earlier or later"
        return f"{counted}; beside the yearly figure, {sure}, once ({_euros(gain)})."
    when = "earlier" if gain.mean > 0 else "later"
    much = words.money(abs(gain.mean), gain.half_width)
    than = f"under {words.called(challenger)} than under {words.called(comparison.current)}"
    return f"{counted}. Beside the yearly figure, {much} comes {when} {than}, once ({_euros(gain)})."


def free_hours(beside: Beside, challenger: str) -> str:
    """What a free hour is worth, where the answer hangs on it."""
    if not beside.decides:
        return ""
    at = [
        f"{words.difference(_MONEY, gain.mean, gain.half_width)} a year at €{price:g}"
        for price, gain in ((0.0, beside.at_nothing), (beside.most, beside.at_most))
    ]
    flips = "" if beside.flips_at is None else f"; on average it flips at about €{beside.flips_at:.2g}"
    return (
        "It hangs on what a free hour is worth [assumptions.free_hour_value] "
        f"(€{beside.price:g} an hour here): {words.called(challenger)} {at[0]}, {at[1]}{flips}. "
        f"{_freed(beside)}."
    )


def _freed(beside: Beside) -> str:
    """Whose hours it frees or takes, and how many."""
    each = (("members", beside.hours), ("managers", beside.managers_hours))
    told = [f"{_hours(gain)} of {whose}" for whose, gain in each]
    return f"Hours that it frees a year: {' and '.join(told)}"


def _hours(gain: Estimate) -> str:
    much = words.number(gain.mean, 0, signed=True)
    return f"{much} ± {words.number(gain.half_width, 0)}" if gain.bounded else much


def means_nothing(restless: Restless, comparison: Comparison) -> str:
    """How far one future moves when nothing of any importance does: why single futures mislead."""
    if not restless.spread:
        return ""
    outcome = BY_NAME[comparison.objective]
    moved = words.amount(outcome, restless.spread)
    return (
        "A single future misleads: move an assumption by a ten-thousandth, which cannot matter, and its "
        f"difference moves by {moved} either way. Means over futures have that in their intervals already."
    )


def _euros(gain: Estimate) -> str:
    return f"95% interval {words.span(_MONEY, gain.low, gain.high, signed=gain.low < 0 < gain.high)}"


def days(comparison: Comparison, challenger: str) -> str:
    """What the change does to delays, in days."""
    delay = comparison.differences.get((DELAY, challenger))
    if delay is None or delay.futures < 2:
        return ""
    current, outcome = comparison.current, BY_NAME[DELAY]
    if not delay.sign:
        return f"In days: due projects come as late as under {current}, to {_days(outcome, delay)}."
    later = "later" if delay.mean > 0 else "earlier"
    mean = words.number(abs(delay.mean), outcome.digits)
    sure = in_interval(outcome, delay)
    return f"In days: due projects come {mean} days {later} than under {current} ({sure})."


def _days(outcome: Outcome, estimate: Estimate) -> str:
    reach = max(abs(estimate.low), abs(estimate.high))
    return f"within {words.number(reach, outcome.digits)} days"


def moves_most(comparison: Comparison, challenger: str) -> str:
    """The outcomes that move furthest, for how much they vary anyway."""
    moves = comparison.moves(challenger)[:MOST_MOVES]
    if not moves:
        return ""
    told = [f"{_lower(BY_NAME[name].label)} {_moved(comparison, name, challenger)}" for name in moves]
    return f"What moves most: {'; '.join(told)}."


def _moved(comparison: Comparison, name: str, structure: str) -> str:
    """How far an outcome moves, with its unit: shares in points of 100."""
    outcome, by = BY_NAME[name], comparison.differences[name, structure]
    unit = {"share": "points of 100", "€": "", "0-1": ""}.get(outcome.unit, outcome.unit)
    return f"{words.difference(outcome, by.mean, by.half_width)} {unit}".rstrip()


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def runners_up(comparison: Comparison, challenger: str) -> str:
    """One clause for each structure that is neither the current one nor the challenger."""
    rest = sorted((s for s in comparison.others if s != challenger), key=lambda s: -comparison.gain(s).mean)
    clauses = [_clause(comparison, structure) for structure in rest]
    return f"Against {comparison.current} also: {'; '.join(clauses)}." if clauses else ""


def unequal(comparison: Comparison) -> str:
    """Structures with another number of managers: told, and told apart."""
    clauses = [_clause(comparison, structure) for structure in comparison.others]
    return f"With another number of managers, which is not like for like: {'; '.join(clauses)}."


def limits(doubted: bool) -> str:
    """What no number of runs can tell."""
    study = "No controlled study of splitting against merging these roles has been published"
    if doubted:
        return f"{study}; the odds rest on this model and on ranges that are mostly judgement."
    return f"{study}, and the doubt about our assumptions is not counted in."


def _clause(comparison: Comparison, structure: str) -> str:
    gain, outcome = comparison.gain(structure), BY_NAME[comparison.objective]
    much = words.a_year(outcome, gain.mean, gain.half_width, signed=True)
    won = words.odds(comparison.win_share[structure], comparison.lived[structure])
    after = comparison.left_out.get(structure)
    left = f"; surely behind after {after:,} futures, and left out of the rest" if after else ""
    sure = in_interval(outcome, gain) if gain.bounded else "no interval"
    return f"{words.called(structure)} {much} ({sure}; wins in {won}{left})"
