"""The rows of a world as Python objects, for the Mesa clock, and back again as tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.world import World


@cache
def row_class(name: str, fields: tuple[str, ...]) -> type:
    """A small class with one attribute for each field of a table."""
    return type(name, (), {"__slots__": fields, "__doc__": f"One row of `world.{name}`."})


def as_objects(name: str, table: NDArray[Any], classes: Sequence[type] | None = None) -> list[Any]:
    """A table as a list: of objects with its fields as attributes, or of numbers if it has no fields.

    `classes` gives the class of each row where it is not a plain one; they must take no arguments.
    """
    fields = table.dtype.names
    if fields is None:
        return list(table.tolist())
    plain = row_class(name, fields)
    result = []
    for k, record in enumerate(table.tolist()):
        row = classes[k]() if classes else plain()
        fill(row, fields, record)
        result.append(row)
    return result


def fill(row: Any, fields: Sequence[str], values: Sequence[Any]) -> None:
    """Give an object the values of a record."""
    for field, value in zip(fields, values, strict=True):
        setattr(row, field, value)


def objects_of(world: World) -> World:
    """The same world with every table as a list of objects."""
    return World(**{name: as_objects(name, table) for name, table in world._asdict().items()})


def tables_of(world: World, like: World) -> World:
    """A world of objects as tables again, with the dtypes of `like`."""

    def table(name: str) -> NDArray[Any]:
        rows, dtype = getattr(world, name), getattr(like, name).dtype
        if dtype.names is None:
            return np.array(rows, dtype)
        return np.array([tuple(getattr(row, field) for field in dtype.names) for row in rows], dtype)

    return World(**{name: table(name) for name in World._fields})
