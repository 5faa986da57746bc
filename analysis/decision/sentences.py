"""The sentences of an answer's first line, one function each; an empty text where there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.decision.degenerate_cases import alike_in_all, never_apart
from analysis.statistics.compare import Comparison, Estimate
from analysis.statistics.selection import FIRST_FUTURES, Selection
from analysis.words import numbers as words
from analysis.words.answers import Answer, wilson
from sim.vocabulary import BY_NAME, Outcome

if TYPE_CHECKING:
    from analysis.decision.assumption_doubt import Doubted

DELAY = "delay_days"
STAY = "no reason to move"


def opening(comparison: Comparison, answer: Answer, selection: Selection, challenger: str) -> str:
    """The answer as the first words, with what to do instead of a no, or how far it is to an answer."""
    said: str = answer
    if answer in {"no", "probably no"}:
        said = f"{answer}, {comparison.current} is ahead"
    elif answer == "cannot tell":
        more = "" if selection.more is None else f", about {_rounded(selection.more)} more futures needed"
        said = f"cannot tell yet{more}"
        if selection.nothing_to_gain:
            said = f"{STAY}; whether it is a tie or a loss cannot be told yet{more}"
            if comparison.gain(challenger).sign < 0 and _others_open(selection, challenger):
                said = (
                    f"{STAY}, {comparison.current} is ahead; whether another design ties with it "
                    f"cannot be told yet{more}"
                )
    return f"For {comparison.scenario}: {said}."


def _others_open(selection: Selection, challenger: str) -> bool:
    """Whether a design beside the one that is named is not surely behind the current one."""
    return any(gain.high >= 0 for name, gain in selection.differences.items() if name != challenger)


def equal(comparison: Comparison, challenger: str) -> str:
    """That the change makes no difference in any future, where it makes none."""
    if challenger not in never_apart(comparison):
        return ""
    return f"{words.capital(alike_in_all((challenger,), comparison.current))}."


def size(comparison: Comparison, challenger: str, doing: str, managers: int) -> str:
    """What the change would bring a year, with its interval."""
    gain, outcome = comparison.gain(challenger), BY_NAME[comparison.objective]
    people = f"the same {words.count(managers)} manager{'s' if managers > 1 else ''}"
    much = words.a_year(outcome, abs(gain.mean), gain.half_width)
    much += f" {'less' if gain.mean < 0 else 'more'}"
    sure = f"95% interval {in_interval(outcome, gain)}"
    if not gain.bounded:
        sure = words.with_intervals(gain.futures, "too few futures for an interval")
    return f"With {people}, {doing} would bring {much} than {comparison.current} ({sure})."


def odds_of(comparison: Comparison, challenger: str, doubted: Doubted | None) -> str:
    """How often the change is ahead, by luck alone, and with the assumptions in doubt."""
    known = f"It wins in {words.odds(comparison.win_share[challenger], comparison.lived[challenger])}"
    if doubted is None:
        return f"{known}."
    shaken = words.odds(doubted.win_share[challenger], doubted.futures).removesuffix(" futures")
    return f"{known}, and in {shaken} once the doubt about our assumptions is counted in."


def why_not_plainer(
    answer: Answer,
    comparison: Comparison,
    challenger: str,
    selection: Selection,
) -> str:
    """Why the answer is not plainer than it is, where a reader might ask."""
    gain, wins = comparison.gain(challenger), comparison.win_share[challenger]
    matters = words.amount(BY_NAME[comparison.objective], selection.delta)
    if answer == "a tie":
        return f"Whatever the difference is, it is hardly more than the {matters} that would matter."
    if answer == "it depends":
        ahead, but = ("ahead", "behind") if gain.mean > 0 else ("behind", "ahead")
        against = 1 - wins if gain.mean > 0 else wins
        if wilson(against, gain.futures)[0] > 0.5:
            return (
                f"On average it is {ahead}, but {but} in most futures: it depends on luck which one you get."
            )
        return (
            f"It is {ahead} with our best numbers, but {but} in most of the futures in which we doubt them."
        )
    if answer == "cannot tell":
        return _why_open(selection, gain, matters, comparison.current)
    return "" if gain.sign else _sure_before(selection, challenger)


def _sure_before(selection: Selection, challenger: str) -> str:
    """Why an answer stands although the last interval holds zero: one that held before does not."""
    gain = selection.differences[challenger]
    if not gain.sign:
        return ""
    which = "more" if gain.mean > 0 else "less"
    always = "these intervals hold at all times at once, so what was sure remains so"
    return f"That it is {which} was sure after {selection.futures:,} futures; {always}."


def _why_open(selection: Selection, gain: Estimate, matters: str, current: str) -> str:
    if gain.futures < 2:
        return "One future says nothing about the others."
    if gain.futures < FIRST_FUTURES:
        return f"Fewer than {FIRST_FUTURES} futures are too few to settle it."
    if selection.nothing_to_gain:
        return f"Surely no structure gains the {matters} that would matter."
    if gain.sign > 0:
        return f"It is surely ahead of {current}; what is open is whether another design is further ahead."
    if gain.sign < 0:
        return f"It is surely behind {current}; what is open is whether another design is ahead."
    return "So far the interval holds both a gain and a loss."


def in_interval(outcome: Outcome, estimate: Estimate) -> str:
    """From … to …, in the outcome's unit; with both signs where it holds zero."""
    if outcome.name == DELAY:
        low, high = sorted((abs(estimate.low), abs(estimate.high)))
        return f"{words.number(low, outcome.digits)} to {words.number(high, outcome.digits)}"
    return words.span(outcome, estimate.low, estimate.high, signed=estimate.low < 0 < estimate.high)


def _rounded(more: int) -> str:
    """Two digits: the estimate is no better."""
    return f"{round(more, 2 - len(str(more))):,}" if more > 0 else "some"
