"""Ingredients that are moved: one thing of a structure that is compared, by a key such as
`structures.separated.ranks` or `structures.merged.duties.project_risk`.

A preset of which something is moved keeps its name, though it is written in full from then on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sim.scenario.likeness import differing, written
from sim.scenario.reading.problems import Problem, ScenarioError, suggest
from sim.scenario.structures import PRESETS

STRUCTURES = "structures"

_NO_INGREDIENTS = ("name", "like")

_GOES_WITH: Mapping[str, Mapping[str, str]] = {
    "intake_limit": {"intake": "when there is room"},
    "sprint_days": {"rhythm": "sprints"},
}
"""What an ingredient says nothing without."""


def ingredient_at(key: str, structures: Collection[str]) -> tuple[str, str] | None:
    """The structure and the ingredient of a key such as `structures.separated.ranks`; names may hold dots."""
    heading, _, rest = key.partition(".")
    for name in sorted(structures, key=len, reverse=True) if heading == STRUCTURES else ():
        if rest.startswith(f"{name}.") and rest != f"{name}.":
            return name, rest[len(name) + 1 :]
    return None


def is_ingredient(key: str) -> bool:
    """Whether a key is written like that of an ingredient of a structure."""
    parts = key.split(".")
    return parts[0] == STRUCTURES and len(parts) > 2 and parts[-1] not in _NO_INGREDIENTS


def refuse_no_ingredient(key: str, structures: Sequence[str]) -> None:
    """Raise ScenarioError for a key below `structures` that leads to no structure, or to nothing in it."""
    heading, dot, rest = key.partition(".")
    name = rest.partition(".")[0]
    if heading != STRUCTURES or not dot or name.isdecimal():
        return
    if name in structures:
        right = f"name one of its ingredients, such as {STRUCTURES}.{name}.ranks"
        raise ScenarioError([Problem("", None, key, "names no ingredient", right)])
    right = suggest(name, structures)
    raise ScenarioError([Problem("", None, key, f"names {name}, which is not among structures", right)])


def with_ingredient(
    items: Sequence[object], structure: str, path: Sequence[str], value: object
) -> list[object]:
    """A list of structures, as it was written, with one thing of one of them set to another value.

    What it says nothing without comes with it, as `rhythm: sprints` with the days of a sprint.
    """
    for part in reversed(path[1:]):
        value = {part: value}
    said = {**_GOES_WITH.get(path[0], {}), path[0]: value}
    return [_moved(item, said) if _name(item) == structure else item for item in items]


def _moved(item: object, said: Mapping[str, object]) -> dict[str, object]:
    return differing(item if isinstance(item, dict) else written(PRESETS[str(item)]), said)


def names_in(items: Iterable[object]) -> list[str]:
    """The names of structures, as they were written."""
    return [name for name in map(_name, items) if name is not None]


def _name(item: object) -> str | None:
    name = item.get("name") if isinstance(item, dict) else item
    return name if isinstance(name, str) else None


def presets_in_full(items: Iterable[object], changes: Iterable[str]) -> frozenset[str]:
    """The presets of which `changes` move an ingredient, so that `items` say them in full."""
    moved = {at[0] for at in (ingredient_at(key, names_in(items)) for key in changes) if at}
    return frozenset(moved & PRESETS.keys())


def told_by_name(problem: Problem, items: Sequence[object], changes: Iterable[str]) -> Problem:
    """A problem with an ingredient that was moved, told by the name of the structure and not its number."""
    heading, _, rest = problem.key.partition(".")
    number, _, below = rest.partition(".")
    if heading != STRUCTURES or not number.isdecimal() or int(number) >= len(items):
        return problem
    name = _name(items[int(number)])
    if not any(at and at[0] == name for at in (ingredient_at(key, [name or ""]) for key in changes)):
        return problem
    return replace(problem, key=".".join(filter(None, (STRUCTURES, name, below))))
