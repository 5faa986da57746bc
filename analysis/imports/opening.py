"""A file as grids, by what is in it and not by its name."""

from __future__ import annotations

from pathlib import Path

from analysis.imports.csv_files import text_grid
from analysis.imports.grids import Grid
from analysis.imports.workbooks import sheets
from sim.scenario.reading.files import MEGABYTE, read_content

LARGEST = 200 * MEGABYTE
"""Bytes of a file at most: 50,000 items of a tracker take some 60 MB."""


def read_grids(path: Path) -> list[Grid]:
    """The grids of a file: one of a CSV file, one for each sheet of a workbook.

    Raises ScenarioError, with what the file is and what would be right, for what is no table.
    """
    content = read_content(path, LARGEST, "give the path of a file of CSV or xlsx")
    if content.startswith(b"PK"):
        return sheets(content, str(path))
    return [text_grid(content, str(path))]
