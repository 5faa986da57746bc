"""The sentences of a verdict, one function each; an empty text where there is nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.decision.nothing_to_tell import alike_in_all, never_apart
from analysis.statistics.compare import Comparison, Estimate
from analysis.statistics.selection import FIRST, Selection
from analysis.words import numbers as words
from analysis.words.answers import Answer, wilson
from sim.scenario.assumptions import load_assumptions
from sim.vocabulary import BY_NAME, EARNED, NET_VALUE, OBJECTIVE, Outcome, in_words

if TYPE_CHECKING:
    from analysis.decision.assumption_doubt import Doubted
    from analysis.decision.beside import Beside
    from analysis.decision.idle_spread import Restless
    from analysis.statistics.doubt import Driver

UNEVEN = 0.10
"""Spreads of managers' load further apart than this may come from rounding heads to roles."""

_SPREAD = "manager_use_spread"

OVERLOADED = 0.9
"""Specialists busier than this decide more than any manager does."""

LOSING = 0.25
"""Where clients take a larger share of the work elsewhere, an organisation is about to lose its business."""

UNDONE = 0.5
"""Where a larger share of what is due is not delivered at all, no structure is what is missing."""

POOLS, UNFINISHED = "pool_use", "unfinished_share"
LOST = "revenue_lost"
DELAY = "delay_days"
_MONEY = BY_NAME[NET_VALUE]
MOST_MOVES = 3


def opening(comparison: Comparison, answer: Answer, selection: Selection) -> str:
    """The answer as the first words, with what to do instead of a no, or how far it is to an answer."""
    said: str = answer
    if answer in {"no", "probably no"}:
        said = f"{answer}, {comparison.current} is ahead"
    elif answer == "cannot tell":
        more = "" if selection.more is None else f", about {_rounded(selection.more)} more futures needed"
        said = f"cannot tell yet{more}"
        if selection.nothing_to_gain:
            said = f"no reason to move; whether it is a tie or a loss cannot be told yet{more}"
    return f"For {comparison.scenario}: {said}."


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
    known = f"It wins in {words.odds(comparison.win_share[challenger], comparison.futures)}"
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
        return _why_open(selection, gain, matters)
    return "" if gain.sign else _sure_before(selection, challenger)


def _sure_before(selection: Selection, challenger: str) -> str:
    """Why an answer stands although the last interval holds zero: one that held before does not."""
    gain = selection.differences[challenger]
    if not gain.sign:
        return ""
    which = "more" if gain.mean > 0 else "less"
    always = "these intervals hold at all times at once, so what was sure remains so"
    return f"That it is {which} was sure after {selection.futures:,} futures; {always}."


def _why_open(selection: Selection, gain: Estimate, matters: str) -> str:
    if gain.futures < 2:
        return "One future says nothing about the others."
    if gain.futures < FIRST:
        return f"Fewer than {FIRST} futures are too few to settle it."
    if selection.nothing_to_gain:
        return f"Surely no structure gains the {matters} that would matter."
    return "So far the interval holds both a gain and a loss."


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
    than = f"under {challenger} than under {comparison.current}"
    return f"{counted}. Beside the yearly figure, {much} comes {when} {than}, once ({_euros(gain)})."


def free_hours(beside: Beside, challenger: str) -> str:
    """What a free hour is worth, where the answer hangs on it."""
    if not beside.decides:
        return ""
    at = [
        f"{words.difference(_MONEY, gain.mean, gain.half_width)} a year at €{price:g}"
        for price, gain in ((0.0, beside.at_nothing), (beside.most, beside.at_most))
    ]
    flips = "" if beside.flips_at is None else f"; it flips at €{beside.flips_at:.2g}"
    hours = words.number(beside.hours.mean, 0, signed=True)
    return (
        f"It hangs on what a free hour is worth (free_hour_value, €{beside.price:g} an hour here): "
        f"{challenger} {at[0]}, {at[1]}{flips}. It frees {hours} hours of members a year."
    )


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
    return f"95% interval {words.span(_MONEY, gain.low, gain.high)}"


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


def moves_most(comparison: Comparison, challenger: str) -> str:
    """The outcomes that move furthest, for how much they vary anyway."""
    moves = comparison.moves(challenger)[:MOST_MOVES]
    if not moves:
        return ""
    told = [f"{_lower(BY_NAME[name].label)} {_moved(comparison, name, challenger)}" for name in moves]
    return f"What moves most: {'; '.join(told)}."


def hangs_on(comparison: Comparison, challenger: str, doubted: Doubted | None) -> str:
    """The assumptions that the answer hangs on most, from futures in which they differ."""
    if doubted is None:
        return ""
    drivers = doubted.drivers.get(challenger, ())
    if not drivers:
        return "What it hangs on most: no single assumption stands out from luck."
    return f"What it hangs on most: {'; '.join(_driven(d, challenger) for d in drivers[:MOST_MOVES])}."


def runners_up(comparison: Comparison, challenger: str) -> str:
    """One clause for each structure that is neither the current one nor the challenger."""
    rest = sorted((s for s in comparison.others if s != challenger), key=lambda s: -comparison.gain(s).mean)
    clauses = [_clause(comparison, structure) for structure in rest]
    return f"Against {comparison.current} also: {'; '.join(clauses)}." if clauses else ""


def unequal(comparison: Comparison) -> str:
    """Structures with another number of managers: told, and told apart."""
    clauses = [_clause(comparison, structure) for structure in comparison.others]
    return f"With another number of managers, which is not like for like: {'; '.join(clauses)}."


def warnings(comparison: Comparison, challenger: str, doubted: Doubted | None = None) -> str:
    """What else may be behind the answer: heads rounded, specialists overloaded, work lost, runs failed."""
    found = (
        _uneven(comparison, challenger),
        _overloaded(comparison),
        _undone(comparison),
        _losing(comparison),
        _dropped(comparison),
        _dropped_in_doubt(comparison, doubted),
    )
    return " ".join(warning for warning in found if warning)


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
    return f"{structure} {much} ({sure}; wins in {won}{left})"


def _uneven(comparison: Comparison, challenger: str) -> str:
    """A warning where busiest and idlest manager are much further apart in one of the two structures."""
    if (_SPREAD, challenger) not in comparison.differences:
        return ""
    if not abs(comparison.differences[_SPREAD, challenger].mean) > UNEVEN:
        return ""
    shares = [
        f"{words.level(BY_NAME[_SPREAD], comparison.levels[_SPREAD, s].mean)} of their time under {s}"
        for s in (challenger, comparison.current)
    ]
    apart = f"The busiest and the idlest manager are {words.listed(shares)} apart"
    return f"{apart}: part of this may be rounding of heads."


def _overloaded(comparison: Comparison) -> str:
    """A warning where specialists are so busy that the answer may hang on who gets them."""
    use = comparison.levels.get((POOLS, comparison.current))
    if use is None or not use.mean > OVERLOADED:
        return ""
    busy = words.level(BY_NAME[POOLS], use.mean)
    return f"The busiest specialists are at work {busy} of the time: the answer may hang on who gets them."


def _undone(comparison: Comparison) -> str:
    """A warning where most of what is due is never delivered: then structures are not what is missing."""
    share = comparison.levels.get((UNFINISHED, comparison.current))
    if share is None or not share.mean > UNDONE:
        return ""
    many = words.level(BY_NAME[UNFINISHED], share.mean)
    undone = f"Under {comparison.current} {many} of the due projects are unfinished at the end"
    return f"{undone}: look at the work that comes, the promises and the people there are before the roles."


def _losing(comparison: Comparison) -> str:
    """A warning where clients take so much work elsewhere that no structure alone will mend it."""
    levels = [comparison.levels.get((name, comparison.current)) for name in (LOST, *EARNED)]
    lost, work = levels[0], sum(level.mean for level in levels if level is not None)
    if lost is None or not lost.mean > LOSING * work:
        return ""
    share = words.number(100 * lost.mean / work, 0)
    much = words.amount(BY_NAME[LOST], lost.mean, lost.half_width)
    gone = f"Under {comparison.current} clients take {share}% of the work elsewhere ({much})"
    return f"{gone}: look at service levels, the work that comes and the people there are before the roles."


def _dropped(comparison: Comparison) -> str:
    futures, points = comparison.futures + comparison.dropped, comparison.objective == OBJECTIVE
    return words.dropped(comparison.dropped, futures, points=points)


def _dropped_in_doubt(comparison: Comparison, doubted: Doubted | None) -> str:
    if doubted is None:
        return ""
    asked, points = doubted.futures + doubted.dropped, comparison.objective == OBJECTIVE
    said = words.dropped(doubted.dropped, asked, points=points)
    return f"With the assumptions in doubt, {said}" if said else ""


def _driven(driver: Driver, challenger: str) -> str:
    """An assumption, which way it works, and where the answer flips with it."""
    way = "better" if driver.correlation > 0 else "worse"
    told = f"{in_words(driver.name)} (the more, the {way} for {challenger}"
    if driver.flips_at is None:
        return f"{told})"
    at, low, high = _flips_at(driver)
    return f"{told}; on average it flips at {at}, {low} to {high}; we assume {driver.assumed:g})"


def flips(driver: Driver) -> str:
    """An assumption and where the answer flips with it."""
    at, low, high = _flips_at(driver)
    return f"{in_words(driver.name)} beyond about {at} ({low} to {high}; we assume {driver.assumed:g})"


def _flips_at(driver: Driver) -> tuple[str, str, str]:
    """Where an answer flips, with its unit, and the ends of the interval."""
    assert driver.flips_at is not None
    at = driver.flips_at
    unit = load_assumptions()[driver.name].unit
    return words.with_unit(f"{at.mean:.2g}", unit), f"{at.low:.2g}", f"{at.high:.2g}"


def _moved(comparison: Comparison, name: str, structure: str) -> str:
    """How far an outcome moves, with its unit: shares in points of 100."""
    outcome, by = BY_NAME[name], comparison.differences[name, structure]
    unit = {"share": "points of 100", "€": "", "0-1": ""}.get(outcome.unit, outcome.unit)
    return f"{words.difference(outcome, by.mean, by.half_width)} {unit}".rstrip()


def in_interval(outcome: Outcome, estimate: Estimate) -> str:
    """From … to …, in the outcome's unit."""
    if outcome.name == DELAY:
        low, high = sorted((abs(estimate.low), abs(estimate.high)))
        return f"{words.number(low, outcome.digits)} to {words.number(high, outcome.digits)}"
    return words.span(outcome, estimate.low, estimate.high)


def _days(outcome: Outcome, estimate: Estimate) -> str:
    reach = max(abs(estimate.low), abs(estimate.high))
    return f"within {words.number(reach, outcome.digits)} days"


def _rounded(more: int) -> str:
    """Two digits: the estimate is no better."""
    return f"{round(more, 2 - len(str(more))):,}" if more > 0 else "some"


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
