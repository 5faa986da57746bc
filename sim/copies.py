"""Tables made and copied by their bytes. numpy would copy rows with fields one by one, and field by field."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.tables.fields import CACHE_LINE

Rows = NDArray[Any]


def zeros(length: int, dtype: np.dtype[Any]) -> Rows:
    """A table of so many rows, all zero, that begins a cache line of the processor (see `rows_in_lines`)."""
    return _at_line(np.zeros(length * dtype.itemsize + CACHE_LINE, np.uint8), length, dtype)


def _at_line(room: NDArray[np.uint8], length: int, dtype: np.dtype[Any]) -> Rows:
    first = -room.__array_interface__["data"][0] % CACHE_LINE
    rows: Rows = room[first : first + length * dtype.itemsize].view(dtype)
    return rows


def copied(table: Rows) -> Rows:
    """A copy of a table, which begins a cache line."""
    copy = _at_line(np.empty(table.nbytes + CACHE_LINE, np.uint8), len(table), table.dtype)
    copy.view(np.uint8)[:] = table.view(np.uint8)
    return copy


def joined(*tables: Rows) -> Rows:
    """Tables of one kind, of any shape, as one: the rows of the first, then those of the next."""
    rows: Rows = np.concatenate([table.ravel().view(np.uint8) for table in tables]).view(tables[0].dtype)
    return rows


def some(table: Rows, chosen: NDArray[np.bool_]) -> Rows:
    """The chosen rows of a table."""
    as_bytes = table.view(np.dtype((np.void, table.itemsize)))
    rows: Rows = as_bytes[chosen].view(table.dtype)
    return rows
