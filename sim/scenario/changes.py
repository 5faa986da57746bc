"""Keys of a scenario that are set anew, in its plain values: each where it belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.scenario.heads import HEADS, let_others_give_way, moved, refuse_no_post, role_at
from sim.scenario.moved_ingredients import (
    STRUCTURES,
    ingredient_at,
    names_in,
    refuse_no_ingredient,
    with_ingredient,
)
from sim.scenario.reading.problems import Problem, ScenarioError
from sim.scenario.structures import Structure


def with_keys_set(
    content: dict[str, object],
    changes: Mapping[str, object],
    known: Mapping[str, Structure],
    compared: Sequence[object],
) -> dict[str, object]:
    """The plain values with every key of `changes` set.

    `known` are the structures that may have heads; those `compared` stand for `structures` where the values
    leave these out. Raises ScenarioError for a key that leads nowhere.
    """
    content = let_others_give_way(content, moved(changes, known))
    for key, value in changes.items():
        items = content.get(STRUCTURES)
        items = items if isinstance(items, Sequence) else compared
        content = _with_one(content, key, value, known, items)
    return content


def _with_one(
    content: dict[str, object],
    key: str,
    value: object,
    known: Mapping[str, Structure],
    items: Sequence[object],
) -> dict[str, object]:
    """One key set: posts of a role, an ingredient of a structure, or any other."""
    if post := role_at(key, known):
        return _set(content, [HEADS, *post], value)
    if found := ingredient_at(key, names_in(items)):
        return {**content, STRUCTURES: with_ingredient(items, found[0], found[1].split("."), value)}
    refuse_no_ingredient(key, names_in(items))
    refuse_no_post(key, known, names_in(items))
    return _set(content, key.split("."), value)


def _set(content: Mapping[str, object], path: list[str], value: object) -> dict[str, object]:
    """A copy of nested mappings and lists with `value` at `path`; missing mappings are made."""
    key, rest = path[0], path[1:]
    return {**content, key: _replaced(content.get(key), rest, value)}


def _replaced(content: object, path: list[str], value: object) -> object:
    """What stands in the place of `content`, once `value` is at `path` in it."""
    if not path:
        return value
    if isinstance(content, list | tuple):
        return _set_entry(content, path, value)
    return _set(content if isinstance(content, dict) else {}, path, value)


def _set_entry(content: Sequence[object], path: list[str], value: object) -> list[object]:
    items, key = list(content), path[0]
    if not (key.isdecimal() and int(key) < len(items)):
        right = f"give a position from 0 to {len(items) - 1}"
        raise ScenarioError([Problem("", None, key, "is no position in this list", right)])
    items[int(key)] = _replaced(items[int(key)], path[1:], value)
    return items
