"""Keys of a scenario that are set anew, in its plain values: each where it belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
    content: dict[str, Any],
    changes: Mapping[str, Any],
    known: Mapping[str, Structure],
    compared: Sequence[Any],
) -> dict[str, Any]:
    """The plain values with every key of `changes` set.

    `known` are the structures that may have heads; those `compared` stand for `structures` where the values
    leave these out. Raises ScenarioError for a key that leads nowhere.
    """
    content = let_others_give_way(content, moved(changes, known))
    for key, value in changes.items():
        content = _with_one(content, key, value, known, content.get(STRUCTURES, compared))
    return content


def _with_one(
    content: dict[str, Any], key: str, value: Any, known: Mapping[str, Structure], items: Sequence[Any]
) -> dict[str, Any]:
    """One key set: posts of a role, an ingredient of a structure, or any other."""
    if post := role_at(key, known):
        return _set(content, [HEADS, *post], value)  # type: ignore[no-any-return]
    if found := ingredient_at(key, names_in(items)):
        return {**content, STRUCTURES: with_ingredient(items, found[0], found[1].split("."), value)}
    refuse_no_ingredient(key, names_in(items))
    refuse_no_post(key, known, names_in(items))
    return _set(content, key.split("."), value)  # type: ignore[no-any-return]


def _set(content: Any, path: list[str], value: Any) -> Any:
    """A copy of nested mappings and lists with `value` at `path`; missing mappings are made."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(content, list | tuple):
        items = list(content)
        if not (key.isdecimal() and int(key) < len(items)):
            right = f"give a position from 0 to {len(items) - 1}"
            raise ScenarioError([Problem("", None, key, "is no position in this list", right)])
        items[int(key)] = _set(items[int(key)], rest, value)
        return items
    inner = content if isinstance(content, dict) else {}
    return {**inner, key: _set(inner.get(key), rest, value)}
