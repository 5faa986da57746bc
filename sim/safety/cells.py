"""Tables as CSV that spreadsheets can open: a name in a cell stays text, and is never taken for a formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, overload

from sim.safety.names import legible

if TYPE_CHECKING:
    import pandas as pd

C = TypeVar("C")

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that spreadsheets reckon out."""


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table to `path`; text that a spreadsheet would reckon out is set off by an apostrophe."""
    shown = frame.rename(columns=harmless)
    for column in shown.columns:
        if shown[column].dtype.kind not in "biufcmM":
            shown[column] = shown[column].map(harmless)
    shown.to_csv(path, index=False, lineterminator="\n")


@overload
def harmless(cell: str) -> str: ...
@overload
def harmless(cell: C) -> C: ...
def harmless(cell: object) -> object:
    """A cell in characters that can be seen, no formula to any spreadsheet; numbers as they are."""
    if not isinstance(cell, str):
        return cell
    text = legible(cell)
    reckoned = cell.startswith(_FORMULA) or text.startswith(_FORMULA)
    return f"'{text}" if reckoned and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
