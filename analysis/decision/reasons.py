"""Sentences on what brings a gain or a loss: the mechanism that carries it, the ingredients it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.decision.designs import COVER, HELP, INTAKE, RANKS, RHYTHM, ROLES
from analysis.decision.mechanisms import MECHANISMS
from analysis.statistics.compare import Comparison, Estimate, unlike
from analysis.words import numbers as words
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from analysis.decision.grounds import Grounds
    from analysis.decision.mechanisms import Mechanisms
    from analysis.decision.shares import Share, Shares

HALF = 0.5
"""Share of a loss beyond which it hangs on one ingredient."""


def carried_by(found: Mechanisms | None, objective: str) -> str:
    """The mechanism that carries most of a gain or loss, that none does, or that it cannot be told; nothing
    where there is nothing to carry.
    """
    if found is None or not found.gain.sign or not found.gain.bounded:
        return ""
    if found.none_carries:
        return "No single mechanism carries half of it."
    if found.carrier is None:
        return f"Which mechanism carries it cannot be told from {found.gain.futures:,} futures."
    brings, outcome = found.brings[found.carrier], BY_NAME[objective]
    much = words.difference(outcome, abs(brings.mean), brings.half_width).removeprefix("+")
    a_year = " a year" if outcome.unit == "€" else f" {outcome.unit}"
    neutral = next(each.neutral for each in MECHANISMS if each.name == found.carrier)
    part = "All of it and more" if abs(brings.mean) > abs(found.gain.mean) else "Most of it"
    whole = words.a_year(outcome, abs(found.gain.mean), brings.half_width)
    return (
        f"{part}, on average, comes by {found.carrier}: where {neutral}, it is {much}{a_year} smaller, of "
        f"{whole} in {words.many(found.gain.futures, 'fresh future')}."
    )


def once_more(comparison: Comparison, found: Grounds | None) -> str:
    """The gains of the answer beside those of the futures that explain it: one effect, measured twice."""
    pairs = {name: (comparison.gain(name), fresh) for name, fresh in _fresh(found) if _both(comparison, name)}
    if not pairs:
        return ""
    outcome = BY_NAME[comparison.objective]
    each = [
        f"{words.called(name)} {' and '.join(words.difference(outcome, g.mean, g.half_width) for g in pair)}"
        for name, pair in pairs.items()
    ]
    luck = ": no further apart than luck makes them"
    if further := [words.called(name) for name, pair in pairs.items() if unlike(*pair)]:
        luck = (
            f"; luck rarely puts them as far apart as those of {words.listed(further)}: trust neither alone"
        )
    futures = words.many(max(fresh.futures for _, fresh in pairs.values()), "fresh future")
    measured = f"Measured twice, for the answer and in {futures}: {'; '.join(each)}"
    return f"{measured}. Each pair measures one effect{luck}."


def _fresh(found: Grounds | None) -> Iterator[tuple[str, Estimate]]:
    """Gains in fresh futures, by structure."""
    if found is None:
        return
    yield from ((shares.structure, shares.gain) for shares in found.shares)
    if found.mechanisms is not None and found.named not in {shares.structure for shares in found.shares}:
        yield found.named, found.mechanisms.gain


def _both(comparison: Comparison, name: str) -> bool:
    """Whether the answer has a gain of it with an interval."""
    return name in comparison.others and comparison.gain(name).bounded


def losses(found: Grounds | None, comparison: Comparison) -> str:
    """What the loss of each structure hangs on that is neither today's nor named; a sentence each.

    Nothing of one that is not surely behind in the answer, whatever fresh futures say.
    """
    if found is None:
        return ""
    behind = {name for name in comparison.others if comparison.gain(name).sign < 0}
    rest = [each for each in found.shares if each.structure in behind - {found.named} and each.gain.sign < 0]
    return " ".join(_loss(shares, comparison.objective) for shares in rest)


def _loss(shares: Shares, objective: str) -> str:
    """What the loss of one structure hangs on, by its own shares."""
    whose = f"What {words.called(shares.structure)} loses"
    if len(shares.of) == 1:
        return f"{whose} is all {_named(shares.of[0])}: nothing else differs."
    sure = sorted((s for s in shares.of if s.gain.sign < 0), key=lambda share: share.gain.mean)
    if not sure:
        return f"{whose} cannot be laid to any one of its ingredients."
    carries = [share for share in sure if share.gain.mean < HALF * shares.gain.mean][:1]
    told = words.listed(list(_sized(carries or sure, objective)))
    return f"{whose} hangs {'most ' if carries else ''}on {told}, in fresh futures."


def _sized(shares: list[Share], objective: str) -> Iterator[str]:
    """Ingredients with what becomes of them, and their size."""
    outcome = BY_NAME[objective]
    for share in shares:
        size = words.difference(outcome, share.gain.mean, share.gain.half_width)
        change = "" if share.ingredient == ROLES else f"{share.change}; "
        yield f"{_named(share)} ({change}{size}{' a year' if outcome.unit == '€' else ''})"


NAMED = {
    ROLES: "the roles",
    RANKS: "who ranks work",
    RHYTHM: "the rhythm",
    COVER: "cover",
    HELP: "help",
    INTAKE: "the intake",
}
"""Ingredients within a sentence."""


def _named(share: Share) -> str:
    return NAMED[share.ingredient]
