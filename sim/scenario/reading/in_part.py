"""What can be said of keys that hang on others, in a scenario in which some of these are wrong."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sim.scenario.base import at
from sim.scenario.own_structures import with_stand_ins
from sim.scenario.reading.plain_words import in_words, right_key, schema_at
from sim.scenario.reading.problems import Problem, ScenarioError
from sim.scenario.reading.yaml_lines import Tree
from sim.scenario.schema import Scenario
from sim.scenario.sweep import refuse_too_many, told_in_sweep, unvaried

WAITS = {
    "managers": ("structures",),
    "reorganisation": ("structures", "managers", "horizon_days"),
    "heads": ("structures", "managers", "heads"),
    "unequal_managers": ("structures", "managers"),
    "portfolio.plan": ("organisation",),
}
"""Keys that can be checked in part only while something is wrong with others."""

FOR_ITSELF = ("assumptions", "objective")
"""Keys whose values are sound or not whatever else is written."""


def swept_problems(tree: Tree) -> list[Problem]:
    """Keys of a sweep that there are not, and values that no scenario can have at theirs."""
    vary = at(tree.data, "vary")
    listed = {key: _as_list(values) for key, values in vary.items()} if isinstance(vary, dict) else {}
    try:
        refuse_too_many({key: values or (None,) for key, values in listed.items()})
    except ScenarioError as error:
        return [replace(problem, file=tree.file, line=tree.line(("vary",))) for problem in error.problems]
    problems: list[Problem] = []
    for key, values in listed.items():
        found, line = _wrong_in_sweep(str(key), values), tree.line(("vary", key))
        problems += [replace(problem, file=tree.file, line=line) for problem in found]
    return list(dict.fromkeys(problems))


def _as_list(values: Any) -> Sequence[Any]:
    return values if isinstance(values, list | tuple) else ()


def _wrong_in_sweep(key: str, values: Sequence[Any]) -> list[Problem]:
    """What is wrong with a key of a sweep, or else with its values."""
    fixed = unvaried(key)
    if fixed is not None:
        return [fixed]
    path = tuple(int(part) if part.isdecimal() else part for part in key.split("."))
    unknown = next((path[:n] for n in range(1, len(path) + 1) if not schema_at(path[:n])), None)
    if unknown is not None:
        return [Problem("", None, f"vary.{key}", "is not a key here", right_key(unknown))]
    return [problem for value in values for problem in _unfit(key, value)]


def _unfit(key: str, value: Any) -> list[Problem]:
    """What is wrong with a value of a sweep whatever else is written."""
    *parts, last = key.split(".")
    content: Any = {last: value}
    for part in reversed(parts):
        content = {part: content}
    if any(part.isdecimal() for part in (*parts, last)):
        return []  # a position in a list: what else is in it is not known
    try:
        Scenario.model_validate({"name": "one key alone", **content})
    except ScenarioError:  # of a plan's tables, which are read with the whole
        return []
    except ValidationError as error:
        alone = key.startswith(FOR_ITSELF)
        complaints = [each for each in error.errors(include_url=False) if alone or each["type"] != "refused"]
        found = in_words(complaints, Tree("", {}))
        return [told_in_sweep(key, value, problem) for problem in found if _within(problem.key, key)]
    return []


def to_come(tree: Tree, found: Sequence[Problem]) -> tuple[str, ...]:
    """A line that says about which keys there may be more to tell once what was `found` is mended, if any."""
    keys = {problem.key for problem in found}
    if not _unclear(at(tree.data, "structures"), keys):
        keys = {key for key in keys if not _within(key, "structures")}
    waiting = [
        name
        for name, others in WAITS.items()
        if at(tree.data, *name.split(".")) is not None
        and any(_within(key, other) for key in keys for other in others)
    ]
    if keys & {"organisation", "organisation.specialists"} and at(tree.data, "risks") is not None:
        waiting.append("risks")
    if at(tree.data, "vary") is not None:
        waiting.append("vary")
    start = f"{tree.file}: " if tree.file else ""
    return (f"{start}there may be more about {', '.join(waiting)} once this is mended",) if waiting else ()


def _unclear(structures: Any, keys: Collection[str]) -> bool:
    """Whether a structure is wrong in such a way that nobody knows which one was meant, or its roles."""
    places = [key.split(".") for key in keys if _within(key, "structures")]
    if not isinstance(structures, list) or any(len(place) == 1 for place in places):
        return bool(places)
    guessed = with_stand_ins(structures, {int(place[1]) for place in places})
    return guessed is None or bool(guessed[1])


def _within(key: str, other: str) -> bool:
    return key == other or key.startswith(f"{other}.")
