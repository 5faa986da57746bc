"""The rows of a world as Python objects, for the Mesa clock, and back again as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeVar

import numpy as np

from sim.world import DTYPES, Rows, World, world_of
from sim.world.tables.row import Row

R = TypeVar("R", bound=Row)


def as_object(kind: type[R], row: R) -> R:
    """A row of a table as an object; one of the Mesa clock is that already. Changes stay in the object."""
    return filled(kind(), row.item()) if isinstance(row, np.void) else row


def filled(row: R, values: Iterable[float]) -> R:
    """An object with the values of a record."""
    for field, value in zip(type(row).fields, values, strict=True):
        setattr(row, field, value)
    return row


def as_objects(table: Rows) -> list[Row] | list[float]:
    """A table as a list: of objects with its fields as attributes, or of numbers if it has no fields."""
    if table.dtype.names is None:
        return list(table.tolist())
    kind = kind_of(table.dtype)
    return [filled(kind(), record) for record in table.tolist()]


@cache
def kind_of(dtype: np.dtype[np.generic]) -> type[Row]:
    """The class of the rows of a table."""
    return next(kind for kind in Row.__subclasses__() if kind.dtype == dtype)


def objects_of(world: World) -> World:
    """The same world with every table as a list of objects."""
    return world_of({name: as_objects(table) for name, table in world._asdict().items()})


def tables_of(world: World) -> World:
    """A world of objects as tables again."""
    return world_of({name: as_table(rows, DTYPES[name]) for name, rows in world._asdict().items()})


def as_table(rows: Sequence[Row] | Sequence[float], dtype: np.dtype[np.generic]) -> Rows:
    """Rows, or numbers, as a table."""
    if dtype.names is None:
        return np.array(rows, dtype)
    return np.array([tuple(getattr(row, field) for field in dtype.names) for row in rows], dtype)
