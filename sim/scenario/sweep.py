"""A scenario's sweep: what `vary` lists, every combination of it a scenario of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from sim.scenario.moved_ingredients import STRUCTURES, is_ingredient
from sim.scenario.reading.problems import Problem, ScenarioError, shown

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

MOST = 10_000
"""Combinations that one sweep may have."""

MOST_KEYS = 100
"""Keys that one sweep may vary."""

LONGEST = 200
"""Characters of a key that may be varied; so its levels can be walked, and its positions are numbers."""

MANY = 10**15
"""Above this many, nobody wants to read how many there are."""

FIXED = ("name", "seed", "replications", "structures", "current", "last_year", "vary")
"""Keys that all variations of a scenario share: they could not be told apart, or nothing would change."""


@dataclass(frozen=True)
class Variation:
    """One combination: `changes` gives each varied key its value, `scenario` has them made."""

    changes: Mapping[str, object]
    scenario: Scenario


def variations(scenario: Scenario) -> tuple[Variation, ...]:
    """Every combination of what `vary` lists, the last key changing fastest; else the scenario alone.

    Raises ScenarioError with every value that makes no sound scenario.
    """
    if not scenario.vary:
        return (Variation({}, scenario),)
    refuse_too_many(scenario.vary)
    alone = scenario.with_changes({"vary": {}})
    problems = [p for key, values in scenario.vary.items() for p in _unfit(alone, key, values)]
    if problems:
        raise ScenarioError(problems)
    combinations = product(*scenario.vary.values())
    changes = [dict(zip(scenario.vary, values, strict=True)) for values in combinations]
    return tuple(Variation(each, _combined(alone, each)) for each in changes)


def refuse_too_many(vary: Mapping[str, Sequence[object]]) -> None:
    """Raise ScenarioError for a sweep of more combinations than anybody can wait for, before any is tried."""
    if len(vary) > MOST_KEYS:
        raise ScenarioError(
            [Problem("", None, "vary", f"has {len(vary):,} keys", f"vary at most {MOST_KEYS}")]
        )
    count = prod(map(len, vary.values()))
    if count > MOST:
        makes = f"{count:,}" if count < MANY else "countless"
        raise ScenarioError(
            [Problem("", None, "vary", f"makes {makes} combinations", f"list at most {MOST:,}")]
        )


def _combined(alone: Scenario, changes: dict[str, object]) -> Scenario:
    """One combination. Values that are sound each for itself may still clash with each other."""
    try:
        return alone.with_changes(changes)
    except ScenarioError as error:
        which = ", ".join(f"{key} {shown(value)}" for key, value in changes.items())
        raise ScenarioError(
            Problem("", None, "vary", f"combines {which}, where {problem.key} {problem.wrong}", problem.right)
            for problem in error.problems
        ) from None


def _unfit(alone: Scenario, key: str, values: tuple[object, ...]) -> list[Problem]:
    """What is wrong with the values of one key, each tried for itself."""
    place = f"vary.{key}"
    fixed = unvaried(key)
    if fixed is not None:
        return [fixed]
    problems = []
    for value in values:
        try:
            varied = alone.with_changes({key: value})
        except ScenarioError as error:
            problems += [told_in_sweep(key, value, problem) for problem in error.problems]
            continue
        if varied.structure_names != alone.structure_names:
            wrong = f"of {shown(value)} changes which structures are compared"
            problems.append(Problem("", None, place, wrong, "vary another key"))
    return list(dict.fromkeys(problems))


def unvaried(key: str) -> Problem | None:
    """What is wrong with a key that all variations share; None if it may be varied."""
    if len(key) > LONGEST:
        return Problem("", None, f"vary.{key}", "is no key: it is too long", "write a key of the scenario")
    if key.split(".", maxsplit=1)[0] not in FIXED or is_ingredient(key):
        return None
    right = "vary another key"
    if key.startswith(STRUCTURES):
        right = f"vary an ingredient of one, such as {STRUCTURES}.merged.ranks"
    return Problem("", None, f"vary.{key}", "is the same for the whole sweep", right)


def told_in_sweep(key: str, value: object, problem: Problem) -> Problem:
    """A problem of a varied scenario, told at the place where the sweep is written."""
    place = f"vary.{key}"
    if problem.key not in ("", key) and not problem.key.startswith(f"{key}."):
        wrong = (
            f"at {shown(value)}, {problem.key} {problem.wrong}"  # sound for itself, but not beside another
        )
        return Problem("", None, place, wrong, problem.right)
    where = "" if problem.key == key else f" ({problem.key})" if problem.key else ""
    plain = shown(value) in problem.wrong or problem.wrong.startswith(("is not a key", "names "))
    wrong = problem.wrong if plain else f"of {shown(value)} {problem.wrong}"
    return Problem("", None, place, f"{wrong}{where}", problem.right)
