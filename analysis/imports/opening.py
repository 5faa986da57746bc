"""A file as grids, by what is in it and not by its name."""

from __future__ import annotations

from pathlib import Path

from analysis.imports.csv_files import text_grid
from analysis.imports.grids import Grid
from analysis.imports.workbooks import sheets
from sim.scenario.reading.files import MEGABYTE

LARGEST = 200 * MEGABYTE
"""Bytes of a file at most: 50,000 items of a tracker take some 60 MB."""


def grids_of(content: bytes, path: Path) -> list[Grid]:
    """The grids of a file: one of a CSV file, one for each sheet of a workbook.

    Raises ScenarioError, with what the file is and what would be right, for what is no table.
    """
    if content.startswith(b"PK"):
        return sheets(content, str(path))
    return [text_grid(content, str(path))]
