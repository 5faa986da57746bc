"""The entry points as plain Python: the same rules, over rows that are objects, as on the Mesa clock.

Tables go in and come out as numpy arrays, as they do with compiled code, and hold the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeGuard

import numpy as np

from sim.world import Row, Rows, World
from sim.world.rows import as_objects, as_table, objects_of, tables_of

Handed = World | Rows | float
"""What an entry point takes."""

EntryPoint = Callable[..., int | None]
"""What Python calls: it changes the tables that it is given, and may say how many steps or rows it did."""


def on_objects(function: EntryPoint) -> EntryPoint:
    """A rule that takes tables as numpy arrays, and lives through what it does on rows that are objects."""

    @wraps(function)
    def run(*given: Handed) -> int | None:
        rows = [_rows(one) for one in given]
        result = function(*rows)
        for table, changed in zip(given, rows, strict=True):
            _write_back(table, changed)
        return result

    return run


def _rows(given: Handed) -> Handed | list[Row] | list[float]:
    """Tables as lists of objects. Arrays of plain numbers, and numbers, stay what they are."""
    if isinstance(given, World):
        return objects_of(given)
    return as_objects(given) if _has_fields(given) else given


def _has_fields(given: Handed) -> TypeGuard[Rows]:
    return isinstance(given, np.ndarray) and given.dtype.names is not None


def _write_back(given: Handed, changed: Handed | list[Row] | list[float]) -> None:
    """Let the arrays that were given hold what their rows have become."""
    if isinstance(given, World) and isinstance(changed, World):
        for name, now in tables_of(changed)._asdict().items():
            getattr(given, name)[...] = now
    elif _has_fields(given) and isinstance(changed, list):
        given[...] = as_table(changed, given.dtype)
