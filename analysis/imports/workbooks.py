"""Sheets of an xlsx workbook as grids of text; a workbook is a zip, so its true size is looked at first."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from analysis.extras import need
from analysis.imports.grids import MOST_GRID_CELLS, MOST_GRID_ROWS, Grid, refusal
from sim.safety.names import on_one_line
from sim.scenario.reading.files import MEGABYTE

LARGEST_UNPACKED = 500 * MEGABYTE
MOST_COLUMNS = 2000
MOST_SHEETS = 50


def sheets(content: bytes, file: str) -> list[Grid]:
    """The sheets of a workbook that have rows, hidden ones left out.

    Raises ScenarioError for a damaged or a foreign zip, MissingExtra where openpyxl is not installed.
    """
    _refuse_other_zips(content, file)
    need("openpyxl", "imports")
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            shown = [s for s in book.worksheets[:MOST_SHEETS] if s.sheet_state == "visible"]
            grids = [replace(_grid(s.iter_rows(), file), sheet=on_one_line(str(s.title))) for s in shown]
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        EOFError,
        OSError,
    ) as error:
        raise refusal(file, "is a damaged workbook", "save it anew as xlsx") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise refusal(file, "is a damaged workbook", "save it anew as xlsx") from error
    if not any(grid.rows for grid in grids):
        raise refusal(file, "has no rows in any sheet", "give a workbook with a header and rows")
    return [grid for grid in grids if grid.rows]


def _refuse_other_zips(content: bytes, file: str) -> None:
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise refusal(file, "is a damaged zip", "give a whole file of CSV or xlsx") from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise refusal(file, "is a zip, and no workbook of Excel", "unpack it, or export it as CSV or xlsx")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        most = f"is larger than {LARGEST_UNPACKED // MEGABYTE} MB once it is unpacked"
        raise refusal(file, most, "export fewer items into several files")


def _grid(values: Iterable[tuple[Any, ...]], file: str) -> Grid:
    rows, lines, cells = [], [], 0
    for line, row in enumerate(values, 1):
        texts = [_text(cell) for cell in row[:MOST_COLUMNS]]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            rows.append(texts)
            lines.append(line)
            cells += len(texts)
        if len(rows) > MOST_GRID_ROWS or line > 2 * MOST_GRID_ROWS or cells > MOST_GRID_CELLS:
            raise refusal(
                file, f"has more than {MOST_GRID_ROWS:,} rows", "export fewer items into several files"
            )
    return Grid(file, rows, lines)


def _text(cell: Any) -> str:
    """A cell as a CSV file would hold it: dates as ISO, shares as percent, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{value.total_seconds() / 3600:.6g}h"
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return f"{round(100 * value, 6):g}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
