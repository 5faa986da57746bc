"""What a table is once it is read: rows of text, from a CSV file or a sheet of a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario.reading.problems import Problem, ScenarioError

MOST_GRID_ROWS = 200_000
MOST_GRID_CELLS = 40_000_000
"""Cells of a grid at most: 200,000 rows of 200 columns."""

HEADER_WITHIN = 40
"""Rows in which the header is looked for: titles may stand above it."""


@dataclass(frozen=True)
class Grid:
    """Rows of text cells, as long as they are in the file; `lines` says where each begins, from 1.

    `sheet` is what the sheet of a workbook is called; empty for a file that has none.
    """

    file: str
    rows: list[list[str]]
    lines: list[int]
    decimal_comma: bool = False
    sheet: str = ""


def refusal(file: str, wrong: str, right: str, line: int | None = None) -> ScenarioError:
    """An error with one problem of a file."""
    return ScenarioError([Problem(file, line, "", wrong, right)])
