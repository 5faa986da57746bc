"""Copies of tables by their bytes. numpy would copy rows with fields one by one, and field by field."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


def one_row(dtype: np.dtype[Any], **fields: float) -> Rows:
    """A table of one row, with 0 in all other fields."""
    table = np.zeros(1, dtype)
    for name, value in fields.items():
        table[name] = value
    return table


def copied(table: Rows) -> Rows:
    """A copy of a table."""
    copy: Rows = table.view(np.uint8).copy().view(table.dtype)
    return copy


def repeated(rows: Rows, times: int) -> Rows:
    """Rows, one after the other, some times."""
    all_rows: Rows = rows.view(np.uint8).reshape(1, -1).repeat(times, axis=0).ravel().view(rows.dtype)
    return all_rows


def joined(*tables: Rows) -> Rows:
    """Tables of one kind, of any shape, as one: the rows of the first, then those of the next."""
    rows: Rows = np.concatenate([table.ravel().view(np.uint8) for table in tables]).view(tables[0].dtype)
    return rows


def some(table: Rows, chosen: NDArray[np.bool_]) -> Rows:
    """The chosen rows of a table."""
    as_bytes = table.view(np.dtype((np.void, table.itemsize)))
    rows: Rows = as_bytes[chosen].view(table.dtype)
    return rows
