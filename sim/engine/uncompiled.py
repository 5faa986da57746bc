"""The entry points as plain Python: the same rules, over rows that are objects, as on the Mesa clock.

Tables go in and come out as numpy arrays, as they do with compiled code, and hold the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from sim.world import World
from sim.world.rows import as_objects, as_table, objects_of, tables_of


def on_objects(function: Callable[..., Any]) -> Callable[..., Any]:
    """A rule that takes tables as numpy arrays, and lives through what it does on rows that are objects."""

    @wraps(function)
    def run(*given: Any) -> Any:
        rows = [_rows(one) for one in given]
        result = function(*rows)
        for table, changed in zip(given, rows, strict=True):
            _write_back(table, changed)
        return result

    return run


def _rows(given: Any) -> Any:
    """Tables as lists of objects. Arrays of plain numbers, and numbers, stay what they are."""
    if isinstance(given, World):
        return objects_of(given)
    return as_objects(given) if _has_fields(given) else given


def _has_fields(given: Any) -> bool:
    return isinstance(given, np.ndarray) and given.dtype.names is not None


def _write_back(given: Any, changed: Any) -> None:
    """Let the arrays that were given hold what their rows have become."""
    if isinstance(given, World):
        for name, now in tables_of(changed)._asdict().items():
            table: Any = getattr(given, name)
            table[...] = now
    elif _has_fields(given):
        given[...] = as_table(changed, given.dtype)
