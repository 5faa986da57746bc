"""Tables made and copied by their bytes. numpy would copy rows with fields one by one, and field by field."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.world.tables.row import CACHE_LINE
from sim.world.tables.table import Rows


def one_row(dtype: np.dtype[np.generic], **fields: float) -> Rows:
    """A table of one row, with 0 in all other fields."""
    table = np.zeros(1, dtype)
    for name, value in fields.items():
        table[name] = value
    return table


Blank = tuple[int, np.dtype[np.generic]]
"""A table of so many rows of a kind, all zero."""


def laid_out(copies: Mapping[str, Rows], blank: Mapping[str, Blank]) -> dict[str, Rows]:
    """Copies of tables and blank ones, by name; each begins a cache line (see `tables.row.in_lines`)."""
    made = {name: _in_lines(len(table), table.dtype) for name, table in copies.items()}
    for name, table in made.items():
        table.view(np.uint8)[:] = copies[name].view(np.uint8)
    for name, (length, dtype) in blank.items():
        made[name] = _in_lines(length, dtype)
        made[name].view(np.uint8)[:] = 0
    return made


def _in_lines(length: int, dtype: np.dtype[np.generic]) -> Rows:
    """Memory for a table that begins a cache line."""
    memory = np.empty(length * dtype.itemsize + CACHE_LINE, np.uint8)
    return np.ndarray(length, dtype, memory, -memory.__array_interface__["data"][0] % CACHE_LINE)


def repeated(rows: Rows, times: int) -> Rows:
    """Rows, one after the other, some times."""
    all_rows: Rows = rows.view(np.uint8).reshape(1, -1).repeat(times, axis=0).ravel().view(rows.dtype)
    return all_rows


def joined(*tables: Rows) -> Rows:
    """Tables of one kind, of any shape, as one: the rows of the first, then those of the next."""
    rows: Rows = np.concatenate([table.ravel().view(np.uint8) for table in tables]).view(tables[0].dtype)
    return rows
