"""The answer in words: never more certain than the runs allow, and a tie is called a tie.

This first verdict counts one doubt only, that of luck. That about the assumptions is named, not measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analysis.compare import Comparison, Estimate
from analysis.words import count, level, listed, money, odds
from sim.outcomes import BY_NAME

Answer = Literal["yes", "probably yes", "a tie", "probably no", "no", "cannot tell"]

MATTERS = 0.01
"""Share of the value delivered below which a difference is nobody's reason to reorganise."""

CLEAR_ODDS = 0.9
"""A plain yes wins in this share of futures or more, beyond the doubt of the runs; a plain no loses in it."""

UNEVEN = 0.10
"""Spreads of managers' load further apart than this may come from rounding heads to roles."""

SPREAD = "manager_use_spread"

OVERLOADED = 0.9
"""Specialists busier than this decide more than any manager does."""

POOLS = "pool_use"

_QUESTIONS = {
    ("merged", "separated"): ("Split the roles?", "separating them"),
    ("separated", "merged"): ("Merge the roles?", "merging them"),
    ("*", "separated"): ("Separate delivery managers and project managers?", "separating the roles"),
    ("*", "merged"): ("Merge the roles?", "merging the roles"),
    ("*", "agile"): ("Move to Scrum Masters and Product Owners?", "Scrum Masters and Product Owners"),
    ("*", "pm_only"): ("Have project managers only?", "project managers alone"),
    ("*", "dm_only"): ("Have delivery managers only?", "delivery managers alone"),
}
_LIMITS = (
    "No controlled study of splitting against merging these roles has been published, "
    "and the doubt about our assumptions is not counted in yet."
)


@dataclass(frozen=True)
class Verdict:
    """The answer to `question`, about the best of the other structures: `challenger` (None if there is none).

    `difference` is its gain in the objective over the current structure, `win_share` the share of futures
    in which it is ahead, `text` the whole paragraph after the question.
    """

    question: str
    answer: Answer
    challenger: str | None
    difference: Estimate | None
    win_share: float
    text: str

    def __str__(self) -> str:
        return f"{self.question} {self.text}"


def verdict(comparison: Comparison, *, managers: int, matters: float) -> Verdict:
    """Say whether to leave the current structure for the best of the others.

    `managers` is their number, the same in every structure; `matters` is the smallest difference in the
    objective (in € a year) that would count.
    """
    if not comparison.others or not comparison.futures:
        return _nothing_to_compare(comparison)
    challenger = max(comparison.others, key=lambda s: _gain(comparison, s).mean)
    gain, wins = _gain(comparison, challenger), comparison.win_share[challenger]
    answer = answer_from(gain, wins, matters)
    question, doing = _wording(comparison.current, challenger)
    sentences = [
        f"For {comparison.scenario}: {_opening(answer, comparison.current)}.",
        _size(gain, doing, managers, comparison.current),
        f"{_capital(_odds(wins, comparison.futures))}.",
        _reason(answer, gain, wins, matters),
        _runners_up(comparison, challenger),
        _uneven(comparison, challenger),
        _overloaded(comparison),
        _dropped(comparison),
        _LIMITS,
    ]
    return Verdict(question, answer, challenger, gain, wins, " ".join(s for s in sentences if s))


def what_matters(comparison: Comparison, years: float) -> float:
    """The smallest difference that counts, in € a year: 1% of what the current structure delivers."""
    return MATTERS * abs(comparison.levels["value_delivered", comparison.current].mean) / years


def answer_from(gain: Estimate, wins: float, matters: float) -> Answer:
    """The answer that a gain with its interval and the share of futures won allow.

    A mean that is surely above zero is not enough: it must also win in most futures, and a plain "yes" must
    gain what matters and win in nine of ten.
    """
    if gain.futures < 2 or not math.isfinite(gain.half_width):
        return "cannot tell"
    if -matters <= gain.low and gain.high <= matters:
        return "a tie"
    low, high = wilson(wins, gain.futures)
    if gain.low > 0 and wins > 0.5:
        return "yes" if gain.low > matters and low >= CLEAR_ODDS else "probably yes"
    if gain.high < 0 and wins < 0.5:
        return "no" if gain.high < -matters and high <= 1 - CLEAR_ODDS else "probably no"
    return "cannot tell"


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share seen in `n` trials (Wilson 1927): never certain, even at 0 or 1."""
    centre = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - reach) / (1 + z * z / n), (centre + reach) / (1 + z * z / n)


def _gain(comparison: Comparison, structure: str) -> Estimate:
    return comparison.differences[comparison.objective, structure]


def _wording(current: str, challenger: str) -> tuple[str, str]:
    """The question, and what doing so is called at the start of a sentence about its size."""
    plain = (f"Move from {current} to {challenger}?", f"moving to {challenger}")
    return _QUESTIONS.get((current, challenger)) or _QUESTIONS.get(("*", challenger)) or plain


def _opening(answer: Answer, current: str) -> str:
    """The answer as the first words of the paragraph, with what to do instead of a no."""
    if answer in {"no", "probably no"}:
        return f"{answer}, {current} is ahead"
    return "cannot tell yet" if answer == "cannot tell" else answer


def _size(gain: Estimate, doing: str, managers: int, current: str) -> str:
    people = f"the same {count(managers)} manager{'s' if managers > 1 else ''}"
    size = f"{money(abs(gain.mean))} a year {'less' if gain.mean < 0 else 'more'}"
    interval = f"95% interval {money(gain.low)} to {money(gain.high)}"
    if gain.futures == 1:
        interval = "one future alone has no interval"
    return f"With {people}, {doing} would deliver {size} than {current} ({interval})."


def _odds(wins: float, futures: int) -> str:
    return f"it wins in {odds(wins, futures)}"


def _reason(answer: Answer, gain: Estimate, wins: float, matters: float) -> str:
    """Why the answer is not plainer than it is, where a reader might ask."""
    if answer == "a tie":
        return f"That is within the {money(matters)} a year (1% of the value delivered) that would matter."
    if answer != "cannot tell":
        return ""
    if gain.sign and (wins - 0.5) * gain.mean <= 0:
        ahead, but = ("ahead", "not") if gain.mean > 0 else ("behind", "ahead")
        return f"On average it is {ahead}, but {but} in most futures: it depends on luck which one you get."
    if gain.futures < 2:
        return "One future says nothing about the others: run more replications."
    return "The interval holds both a gain and a loss that would matter: more replications would narrow it."


def _runners_up(comparison: Comparison, challenger: str) -> str:
    """One clause for each structure that is neither the current one nor the challenger."""
    rest = sorted((s for s in comparison.others if s != challenger), key=lambda s: -_gain(comparison, s).mean)
    clauses = []
    for structure in rest:
        gain = _gain(comparison, structure)
        interval = f"{money(gain.low)} to {money(gain.high)}"
        won = odds(comparison.win_share[structure], comparison.futures)
        clauses.append(f"{structure} {money(gain.mean, signed=True)} a year ({interval}; wins in {won})")
    return f"Against {comparison.current} also: {'; '.join(clauses)}." if clauses else ""


def _uneven(comparison: Comparison, challenger: str) -> str:
    """A warning where busiest and idlest manager are much further apart in one of the two structures."""
    if (SPREAD, challenger) not in comparison.differences:
        return ""
    if not abs(comparison.differences[SPREAD, challenger].mean) > UNEVEN:
        return ""
    spread = BY_NAME[SPREAD]
    shares = [
        f"{level(spread, comparison.levels[SPREAD, s].mean)} of their time under {s}"
        for s in (challenger, comparison.current)
    ]
    apart = f"The busiest and the idlest manager are {listed(shares)} apart"
    return f"{apart}: part of this may be rounding of heads."


def _overloaded(comparison: Comparison) -> str:
    """A warning where specialists are so busy that the answer may hang on who gets them."""
    use = comparison.levels.get((POOLS, comparison.current))
    if use is None or not use.mean > OVERLOADED:
        return ""
    busy = level(BY_NAME[POOLS], use.mean)
    return f"The busiest specialists are at work {busy} of the time: the answer may hang on who gets them."


def _dropped(comparison: Comparison) -> str:
    if not comparison.dropped:
        return ""
    futures, runs = comparison.futures + comparison.dropped, "it" if comparison.dropped == 1 else "them"
    were = "was" if comparison.dropped == 1 else "were"
    return f"{comparison.dropped:,} of {futures:,} futures {were} left out, because a run of {runs} failed."


def _nothing_to_compare(comparison: Comparison) -> Verdict:
    why = f"only {comparison.current} was run, so there is nothing to compare it with"
    if not comparison.futures:
        why = "in no future did every structure run to its end"
    text = f"For {comparison.scenario}: cannot tell; {why}."
    return Verdict("Change the roles?", "cannot tell", None, None, math.nan, text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
