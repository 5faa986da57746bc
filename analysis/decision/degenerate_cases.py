"""Questions with nothing in them: no work at all, or structures that are the same; said in a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.decision.plan_fit import misfits, nothing_to_do
from analysis.words.numbers import listed, many

if TYPE_CHECKING:
    from analysis.statistics.compare import Comparison, Estimate
    from sim.scenario import Scenario


class NothingToTell(Exception):
    """A sound question to which there is no answer to look for; `str` says why, in a sentence."""


def refuse_idle(scenario: Scenario) -> None:
    """Raise NothingToTell for an organisation in which nothing happens."""
    if nothing_to_do(scenario):
        raise NothingToTell(nothing_happens(scenario))


def nothing_happens(scenario: Scenario) -> str:
    """That nothing happens, and what follows from it."""
    days = many(scenario.horizon_days, "day")
    return (
        f"For {scenario.name}: nothing happens. No work begins within the {days}, so that structures differ "
        "in how they idle at most, and there is nothing to choose between them."
    )


def remarks(scenario: Scenario, comparison: Comparison | None = None) -> list[str]:
    """What must be said beside any numbers of a scenario: what does not fit, and what never differs."""
    same = never_apart(comparison) if comparison is not None else ()
    equal = [alike_in_all(same, comparison.current)] if same and comparison is not None else []
    return [*misfits(scenario), *equal]


def never_apart(comparison: Comparison) -> tuple[str, ...]:
    """The structures that are equal to the current one in each outcome of each future."""
    return tuple(other for other in comparison.others if _never_apart(comparison, other))


def _never_apart(comparison: Comparison, other: str) -> bool:
    found = [e for (_, structure), e in comparison.differences.items() if structure == other]
    known = [estimate for estimate in found if not math.isnan(estimate.mean)]
    return bool(known) and comparison.futures > 0 and all(is_nothing(estimate) for estimate in known)


def is_nothing(estimate: Estimate) -> bool:
    """Whether a difference is none in any future: not only on average."""
    alone = estimate.futures == 1 and estimate.mean == 0
    return alone or estimate.mean == estimate.low == estimate.high == 0


def alike_in_all(names: tuple[str, ...], current: str) -> str:
    """That structures are equal to the current one in every future."""
    are = "is" if len(names) == 1 else "are"
    return f"{listed(names)} {are} equal to {current} in every future: it makes no difference"
