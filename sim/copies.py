"""Tables made and copied by their bytes. numpy would copy rows with fields one by one, and field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.tables.fields import CACHE_LINE

Rows = NDArray[Any]


def one_row(dtype: np.dtype[Any], **fields: float) -> Rows:
    """A table of one row, with 0 in all other fields."""
    table = np.zeros(1, dtype)
    for name, value in fields.items():
        table[name] = value
    return table


def zeros(length: int, dtype: np.dtype[Any]) -> Rows:
    """A table of so many rows, all zero, that begins a cache line of the processor (see `rows_in_lines`)."""
    room = np.zeros(length * dtype.itemsize + CACHE_LINE, np.uint8)
    return np.ndarray(length, dtype, room, _to_line(_address(room)))


def copied(tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """Copies of tables by name, in one piece of memory; each begins a cache line."""
    room = np.empty(sum(table.nbytes + CACHE_LINE for table in tables.values()), np.uint8)
    address, place = _address(room), 0
    copies: dict[str, Rows] = {}
    for name, table in tables.items():
        place += _to_line(address + place)
        copies[name] = np.ndarray(table.shape, table.dtype, room, place)
        room[place : place + table.nbytes] = table.view(np.uint8)
        place += table.nbytes
    return copies


def _address(room: NDArray[np.uint8]) -> int:
    return int(room.__array_interface__["data"][0])


def _to_line(address: int) -> int:
    """Bytes from an address to the beginning of a cache line."""
    return -address % CACHE_LINE


def repeated(rows: Rows, times: int) -> Rows:
    """Rows, one after the other, some times."""
    all_rows: Rows = rows.view(np.uint8).reshape(1, -1).repeat(times, axis=0).ravel().view(rows.dtype)
    return all_rows


def joined(*tables: Rows) -> Rows:
    """Tables of one kind, of any shape, as one: the rows of the first, then those of the next."""
    rows: Rows = np.concatenate([table.ravel().view(np.uint8) for table in tables]).view(tables[0].dtype)
    return rows
