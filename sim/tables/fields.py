"""What fields of rows are made of."""

from __future__ import annotations

from typing import Any

import numpy as np

I = np.int32  # noqa: E741 - rows and counts
F = np.float64


def rows(fields: list[tuple[str, type[np.generic]]]) -> np.dtype[Any]:
    """The dtype of a table. Aligned, so that compiled code may rely on where a field lies.

    In tables with many rows, fields that are used daily stand first: what a day needs of a row then lies in
    few of the processor's cache lines.
    """
    return np.dtype(fields, align=True)


LINKS: list[tuple[str, type[np.generic]]] = [
    ("joined", F),  # day: when it joined
    ("queue", I),  # the queue that this row stands in, or NONE
    ("before", I),  # the row ahead of it there
    ("after", I),  # the row behind it there
]
