"""Tables made and copied by their bytes. numpy would copy rows with fields one by one, and field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.world.tables.fields import CACHE_LINE

Rows = NDArray[Any]


def one_row(dtype: np.dtype[Any], **fields: float) -> Rows:
    """A table of one row, with 0 in all other fields."""
    table = np.zeros(1, dtype)
    for name, value in fields.items():
        table[name] = value
    return table


Blank = tuple[int, np.dtype[Any]]
"""A table of so many rows of a kind, all zero."""


class Room:
    """Memory for one world after another: the next takes the place of the one before.

    New memory for each would cost more than filling it, for the system gives it out page by page. Tables that
    were made before are overwritten: whoever keeps something of them keeps a copy.
    """

    def __init__(self) -> None:
        self._memory = np.empty(0, np.uint8)

    def tables(self, copies: Mapping[str, Rows], blank: Mapping[str, Blank]) -> dict[str, Rows]:
        """Copies of tables and blank ones, by name; each begins a cache line (see `rows_in_lines`)."""
        blanks = sum(length * dtype.itemsize + CACHE_LINE for length, dtype in blank.values())
        self._hold(blanks + sum(table.nbytes + CACHE_LINE for table in copies.values()))
        made: dict[str, Rows] = {}
        place = 0
        for name, table in copies.items():
            made[name], place = self._table(place, table.shape[0], table.dtype)
            made[name].view(np.uint8)[:] = table.view(np.uint8)
        for name, (length, dtype) in blank.items():
            made[name], place = self._table(place, length, dtype)
            made[name].view(np.uint8)[:] = 0
        return made

    def _hold(self, size: int) -> None:
        if self._memory.size < size:
            self._memory = np.empty(size, np.uint8)

    def _table(self, place: int, length: int, dtype: np.dtype[Any]) -> tuple[Rows, int]:
        """A table that begins the first cache line from a place on, and the place behind it."""
        place += -(self._memory.__array_interface__["data"][0] + place) % CACHE_LINE
        return np.ndarray(length, dtype, self._memory, place), place + length * dtype.itemsize


def repeated(rows: Rows, times: int) -> Rows:
    """Rows, one after the other, some times."""
    all_rows: Rows = rows.view(np.uint8).reshape(1, -1).repeat(times, axis=0).ravel().view(rows.dtype)
    return all_rows


def joined(*tables: Rows) -> Rows:
    """Tables of one kind, of any shape, as one: the rows of the first, then those of the next."""
    rows: Rows = np.concatenate([table.ravel().view(np.uint8) for table in tables]).view(tables[0].dtype)
    return rows
