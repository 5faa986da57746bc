"""What fields of rows are made of."""

from __future__ import annotations

from typing import Any

import numpy as np

I = np.int32  # noqa: E741 - rows and counts
H = np.int16  # codes, and counts that stay small
C = np.int8  # codes, and yes or no
F = np.float64


Fields = list[tuple[str, type[np.generic]]]

CACHE_LINE = 64  # bytes that a processor fetches together


def rows(fields: Fields) -> np.dtype[Any]:
    """The dtype of a table. Aligned, so that compiled code may rely on where a field lies."""
    return np.dtype(fields, align=True)


def rows_in_lines(*lines: Fields) -> np.dtype[Any]:
    """The dtype of a table with many rows, each of which begins a cache line in a
    `sim.world.copies.laid_out`.

    Each list of fields fills a line: what one part of a day needs of a row then costs one wait for memory.
    The last may be longer or shorter. Raises ValueError where another does not fill its line.
    """
    packed = rows([field for line in lines for field in line])
    places: Any = packed.fields
    for number, line in enumerate(lines):
        if places[line[0][0]][1] != number * CACHE_LINE:
            raise ValueError(f"{line[0][0]} does not begin line {number + 1} of its row")
    names = list(places)
    whole_lines = -(-packed.itemsize // CACHE_LINE) * CACHE_LINE
    offsets = [places[name][1] for name in names]
    formats = [places[name][0] for name in names]
    spec: Any = {"names": names, "formats": formats, "offsets": offsets, "itemsize": whole_lines}
    aligned: np.dtype[Any] = np.dtype(spec, align=True)
    return aligned


NEXT: Fields = [("after", I)]  # the row behind it in its queue, or NONE

OTHER_LINKS: Fields = [
    ("joined", F),  # day: when it joined the queue
    ("queue", I),  # the queue that this row stands in, or NONE
    ("before", I),  # the row ahead of it there
]

LINKS: Fields = [*OTHER_LINKS, *NEXT]
