"""The three lines of an answer: what to do, why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.decision import hinges
from analysis.decision import sentences as say
from analysis.decision.designs import COVER, HELP, INTAKE, RANKS, RHYTHM, ROLES, Design
from analysis.decision.reasons import carried_by
from analysis.statistics.compare import Comparison, Estimate, unlike
from analysis.words import numbers as words
from analysis.words.holders import posts_of
from sim.vocabulary import BY_NAME, NET_VALUE, Outcome

if TYPE_CHECKING:
    from analysis.decision.assumption_doubt import Doubted
    from analysis.decision.change_cost import Changing
    from analysis.decision.gain_breakdown import Beside
    from analysis.decision.headcount import HeadCount
    from analysis.decision.mechanisms import Mechanisms
    from analysis.decision.naming import RolesAlone
    from analysis.statistics.selection import Selection
    from analysis.words.answers import Answer
    from sim.scenario.structures import Structure

_MONEY = BY_NAME[NET_VALUE]
NOTHING_APART = "nothing that makes up the difference can be told apart from luck."
_WAIT = "matter_wait_days"
_MOST_ACCOUNTS = 3
_SMALL = 0.1
"""Items smaller than this share of the largest are no reason for anything."""

_DAYS_A_MONTH = 250 / 12

MATTER = "a matter is anything that needs a manager: a question, a plan, a hand-over"

_QUESTIONS = {
    ("merged", "separated"): ("Split the roles?", "separating the roles"),
    ("separated", "merged"): ("Merge the roles?", "merging the roles"),
    ("*", "separated"): ("Separate delivery managers and project managers?", "separating the roles"),
    ("*", "merged"): ("Merge the roles?", "merging the roles"),
    ("*", "agile"): ("Move to Scrum Masters and Product Owners?", "Scrum Masters and Product Owners"),
    ("*", "pm_only"): ("Have project managers only?", "project managers alone"),
    ("*", "dm_only"): ("Have delivery managers only?", "delivery managers alone"),
}

_RANKED = {
    "one": ("Let one person rank all work?", "one person who ranks all work"),
    "board": ("Rank all work in a board?", "a board that ranks all work"),
    "own": ("Let each rank their own projects?", "each ranking their own projects"),
    "nobody": ("Stop ranking work across projects?", "ranking no work across projects"),
}


def wording(
    current: str, challenger: str, design: Design | None = None, today: Structure | None = None
) -> tuple[str, str]:
    """The question, and what doing so is called at the start of a sentence about its size."""
    if design is not None and today is not None and _other_roles_alone(design, today):
        people = words.listed([posts_of(2, role.name)[2:] for role in design.structure.roles])
        as_today = f"{people}, all else as today ({words.called(challenger)}),"
        return f"Have {people}, and keep all else as it is?", as_today
    if design is not None and not design.listed and len(design.changes) == 1 and ROLES not in design.changes:
        return _of_one(design.changes[0], design.structure)
    new = words.called(challenger)
    plain = (f"Move from {words.called(current)} to {new}?", f"moving to {new}")
    return _QUESTIONS.get((current, challenger)) or _QUESTIONS.get(("*", challenger)) or plain


def _other_roles_alone(design: Design, today: Structure) -> bool:
    """Whether a design that nobody listed has roles of other names than today, and nothing else changed."""
    names = ({role.name for role in each.roles} for each in (design.structure, today))
    return not design.listed and design.changes == (ROLES,) and len(set(map(frozenset, names))) > 1


def _of_one(part: str, structure: Structure) -> tuple[str, str]:
    """The question after one ingredient beside the roles."""
    if part == RANKS:
        return _RANKED[structure.ranks]
    if part == RHYTHM:
        new = ("Work in sprints?", "sprints with today's roles")
        return new if structure.rhythm == "sprints" else ("Give up sprints?", "flow with today's roles")
    limited = structure.intake_limit
    more = {
        COVER: ("Let colleagues stand in for each other?", "cover by colleagues"),
        HELP: ("Let whoever is free help out?", "help by colleagues"),
        INTAKE: ("Let projects wait for room?", f"beginning {limited} projects a team at most"),
    }
    less = {
        COVER: ("Give up standing in for each other?", "no cover"),
        HELP: ("Give up helping out?", "no help"),
        INTAKE: ("Begin all projects at once?", "beginning all projects at once"),
    }
    on = limited if part == INTAKE else getattr(structure, part)
    return (more if on else less)[part]


def what_to_do(
    said: Answer,
    comparison: Comparison,
    challenger: str,
    selection: Selection,
    doing: str,
    managers: int,
    doubted: Doubted | None,
    roles: RolesAlone | None,
    changing: Changing | None = None,
) -> str:
    """What to do, how much it brings, how sure that is; and what of it are the roles."""
    opening = say.opening(comparison, said, selection, challenger)
    if same := say.equal(comparison, challenger):
        return f"{opening} {same}"
    told = (
        opening,
        say.size(comparison, challenger, doing, managers),
        say.odds_of(comparison, challenger, doubted),
        price_of_changing(changing) if said in ("yes", "probably yes", "it depends") else "",
        say.why_not_plainer(said, comparison, challenger, selection),
        of_the_roles(roles, comparison, challenger, selection.delta) if roles else "",
    )
    return " ".join(sentence for sentence in told if sentence)


def price_of_changing(changing: Changing | None) -> str:
    """What changing costs once, and when it is made good."""
    if changing is None or not changing.once.bounded:
        return ""
    once = changing.once
    if once.sign <= 0:
        sure = f"95% interval {words.span(_MONEY, once.low, once.high)}"
        return f"What the change itself costs, once, cannot be told from nothing ({sure})."
    much = f"{words.money(once.mean, once.half_width)} ± {words.money(once.half_width)}"
    good = "" if changing.days is None else f", made good in about {_months(changing.days)}"
    return f"The change itself costs {much} once{good}."


def _months(days: float) -> str:
    """Working days as months or years of them."""
    months = days / _DAYS_A_MONTH
    return f"{months / 12:.1f} years" if months >= 18 else words.many(max(1, round(months)), "month")


def of_the_roles(roles: RolesAlone, comparison: Comparison, challenger: str, delta: float) -> str:
    """What the roles by themselves bring, where that is another number than the one above."""
    if (roles.best, roles.today) == (challenger, comparison.current):
        return ""
    outcome, gain = BY_NAME[comparison.objective], roles.gain
    if not gain.bounded:
        return ""
    much = (
        f"{words.a_year(outcome, gain.mean, gain.half_width, signed=True)}, {say.in_interval(outcome, gain)}"
    )
    pair = f"the best design with the roles of {roles.roles} against the best with today's ({much})"
    if gain.sign:
        does = "bring something" if gain.sign > 0 else "cost something"
        return f"The roles by themselves {does}: {pair}."
    if max(abs(gain.low), abs(gain.high)) <= delta:
        return f"The roles by themselves change nothing that matters: {pair}."
    return f"Whether the roles by themselves bring anything cannot be told: {pair}."


def why_so(
    comparison: Comparison, challenger: str, beside: Beside | None, found: Mechanisms | None = None
) -> str:
    """Where the gain or loss comes from: in money, in days, in what managers are waited for; and, where that
    was asked, the mechanism that carries it.
    """
    if say.equal(comparison, challenger):
        return ""
    gain = comparison.gain(challenger)
    told = _for_and_against(gain.mean, comparison, challenger, beside)
    made_up = f"under {words.called(challenger)} {told}." if told else NOTHING_APART
    if told and not gain.sign:  # then nothing is explained: there may be no difference
        return f"What can be told apart: {made_up}"
    carried = carried_by(found, comparison.objective) if found and found.gain.sign == gain.sign else ""
    return " ".join(filter(None, (f"Why: {made_up}", carried)))


def _for_and_against(mean: float, comparison: Comparison, challenger: str, beside: Beside | None) -> str:
    """What goes the way of the gain or loss, and then what goes against it."""
    reasons = [*_accounts(beside), *_days(comparison, challenger)]
    along = [text for good, text in reasons if good == (mean > 0)]
    against = [text for good, text in reasons if good != (mean > 0)]
    told = "; but ".join("; ".join(each) for each in (along, against) if each)
    return told.replace(_YEARLY, " a year", 1).replace(_YEARLY, "")


def _accounts(beside: Beside | None) -> Iterator[tuple[bool, str]]:
    """The largest items of the difference that are told apart from nothing, but for small ones; with whether
    they are good.
    """
    if beside is None:
        return
    sure = {name: gain for name, gain in beside.accounts.items() if gain.sign}
    most = max((abs(gain.mean) for gain in sure.values()), default=0.0)
    told = [name for name in sure if abs(sure[name].mean) >= _SMALL * most]
    for name in sorted(told, key=lambda name: -abs(sure[name].mean))[:_MOST_ACCOUNTS]:
        gain = sure[name]
        more = "less" if gain.mean < 0 else "more"
        much = f"{words.money(abs(gain.mean), gain.half_width)} ± {words.money(gain.half_width)}"
        good = (gain.mean > 0) == (name in _EARNED)
        yield good, ACCOUNTS[name].format(much=f"{much} {more}{_YEARLY}")


_YEARLY = "\N{NO-BREAK SPACE}a year"
"""Said of the first amount alone: they are all of a year."""

_EARNED = ("projects", "services", "free_hours")
"""Items of which more is better."""

ACCOUNTS = {
    "projects": "projects bring {much}",
    "services": "services bring {much}",
    "free_hours": "free hours are worth {much}",
    "people": "people cost {much}",
    "lateness": "penalties for lateness take {much}",
    "tickets": "penalties for late tickets take {much}",
    "incidents": "incidents cost {much}",
}
"""How each item of the net value is told; what costs less is a gain."""


def _days(comparison: Comparison, challenger: str) -> Iterator[tuple[bool, str]]:
    """Delays and waits, where they are told apart from nothing; with whether they are good."""
    late = comparison.differences.get((say.DELAY, challenger))
    if late is not None and late.sign:
        when = "later" if late.mean > 0 else "earlier"
        yield late.mean < 0, f"due projects come {words.number(abs(late.mean), 1)} days {when}"
    wait = comparison.differences.get((_WAIT, challenger))
    if wait is not None and wait.sign:
        more = "longer" if wait.mean > 0 else "less"
        days = words.number(abs(wait.mean), 1 if abs(wait.mean) >= 1 else 2)
        yield wait.mean < 0, f"matters wait {days} days {more} ({MATTER})"


def what_would_change_it(
    comparison: Comparison, challenger: str, doubted: Doubted | None, beside: Beside | None
) -> str:
    """What would turn the answer: numbers that it flips with, the worth of a free hour."""
    if say.equal(comparison, challenger):
        return ""
    flips = [hinges.flips(d) for d in (doubted.drivers.get(challenger, ()) if doubted else ()) if d.flips_at]
    told = [*flips[: hinges.MOST_HINGES]]
    if beside is not None and beside.decides:
        told.append(_free_hour(beside, comparison.gain(challenger)))
    if told:
        return f"What would change it: {'; '.join(told)}."
    if doubted is None:
        return "What would change it: not asked; the doubt about our assumptions is not counted in."
    if not doubted.futures:
        return ""
    return (
        f"What would change it: no single assumption within its range, as far as {doubted.futures:,} "
        "futures in which all of them differ can tell."
    )


def _free_hour(beside: Beside, gain: Estimate) -> str:
    """What becomes of the answer with what a free hour is worth."""
    priced = f"what a free hour is worth [assumptions.free_hour_value] (€{beside.price:g} here)"
    if beside.flips_at is not None:
        return f"{priced}: on average it flips at about €{beside.flips_at:.2g}"
    ends = ((0.0, beside.at_nothing), (beside.most, beside.at_most))
    at, end = next(pair for pair in ends if pair[1].sign != gain.sign or pair is ends[1])
    size = words.difference(_MONEY, end.mean, end.half_width)
    told = "can" if end.sign else "cannot"
    return f"{priced}: at €{at:g} the difference would be {size} a year, which {told} be told from nothing"


_PICKED = " (picked in half of the futures, told from the other half)"


def at_other_numbers(found: HeadCount | None, objective: str) -> str:
    """What one manager more or fewer brings, and each structure at its own best number."""
    if found is None or found.futures < 2:
        return ""
    outcome, n = BY_NAME[objective], found.managers
    tried = found.gains[found.current]
    told = [
        f"one {what} under {found.current} brings {words.difference(outcome, gain.mean, gain.half_width)}"
        for what, number in (("more", n + 1), ("fewer", n - 1))
        if (gain := tried.get(number)) is not None
    ]
    best = f"each at the number that looks best of those tried{_PICKED}, {_apart_at_best(found, outcome)}"
    if found.best(found.current) == found.best(found.other) == n:  # then the answer's gain is the number
        best = f"of those tried, {n} looks best for both"
    counted = ", what they cost counted in (a year" if objective == NET_VALUE else f" (in {outcome.unit}"
    over = words.many(found.futures, "future")
    return f"Number of managers{counted}, over {over}): {'; '.join([*told, best])}."


def _apart_at_best(found: HeadCount, outcome: Outcome) -> str:
    """How far the two are apart, each with its own best number, no more certain than the interval."""
    between = found.apart
    today = found.gains[found.other].get(found.managers)
    same = (
        ""
        if today is None
        else f"; with {found.managers} each, {_difference(outcome, today)} in these futures"
    )
    ours, theirs = (f"{words.called(name)} with {found.best(name)}" for name in (found.current, found.other))
    if not between.sign:
        return f"{theirs} cannot be told from {ours} ({_difference(outcome, between)}{same})"
    much = words.difference(outcome, abs(between.mean), between.half_width).removeprefix("+")
    return f"{theirs} is {much} {'ahead of' if between.mean > 0 else 'behind'} {ours}{same}"


def _difference(outcome: Outcome, gain: Estimate) -> str:
    return words.difference(outcome, gain.mean, gain.half_width)


def net_of_doubt(gain: Estimate, doubted: Doubted | None, challenger: str, objective: str) -> str:
    """Why the mean in doubted futures is another number than the one of the answer."""
    if doubted is None or doubted.gains[challenger].futures < 2:
        return ""
    then, outcome = doubted.gains[challenger], BY_NAME[objective]
    much = words.a_year(outcome, then.mean, then.half_width, signed=True)
    why = (
        "our best numbers need not lie in the middle of their ranges, nor effects be in proportion to them"
        if unlike(gain, then)
        else "no further apart than luck makes them"
    )
    return (
        f"With the assumptions in doubt the mean is {much} ({say.in_interval(outcome, then)}), beside "
        f"{words.a_year(outcome, gain.mean, gain.half_width, signed=True)} at our best numbers: {why}."
    )
