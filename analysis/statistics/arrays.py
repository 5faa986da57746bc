"""What arrays are called where types are said; numpy itself is imported where it computes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"

Ints: TypeAlias = "NDArray[np.intp]"

Flags: TypeAlias = "NDArray[np.bool_]"
