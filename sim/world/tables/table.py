"""Tables as the type checker sees them: on the compiled clock numpy arrays, on the Mesa clock lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, SupportsIndex, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Rows = NDArray[Any]
"""A table as a numpy array, where it is handled whole."""

R_co = TypeVar("R_co", covariant=True)
N = TypeVar("N")


class Table(Protocol[R_co]):
    """Rows by number; on the compiled clock also a column by its name, and some of the rows."""

    @overload
    def __getitem__(self, rows: NDArray[np.int32 | np.int64 | np.bool_], /) -> Rows: ...
    @overload
    def __getitem__(self, row: SupportsIndex, /) -> R_co: ...
    @overload
    def __getitem__(self, rows: slice, /) -> Rows: ...
    @overload
    def __getitem__(self, column: str, /) -> Rows: ...
    def __setitem__(self, column: str, values: ArrayLike, /) -> None: ...
    def __len__(self) -> int: ...
    @property
    def nbytes(self) -> int:
        """Its size in memory, on the compiled clock."""

    def __iter__(self) -> Iterator[R_co]: ...


class Numbers(Protocol[N]):
    """A table of plain numbers."""

    def __getitem__(self, row: SupportsIndex, /) -> N: ...
    def __setitem__(self, row: SupportsIndex, value: N, /) -> None: ...
    def __len__(self) -> int: ...
    @property
    def nbytes(self) -> int:
        """Its size in memory, on the compiled clock."""

    def __iter__(self) -> Iterator[N]: ...


class Grid(Protocol):
    """Numbers in rows and columns."""

    def __getitem__(self, place: tuple[int, int], /) -> float: ...
