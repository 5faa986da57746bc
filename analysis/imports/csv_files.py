"""CSV in any of the usual encodings and delimiters as a grid; what is no table is named."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice

from analysis.imports.grids import MOST_GRID_CELLS, MOST_GRID_ROWS, Grid, refusal
from sim.scenario.reading.problems import ScenarioError
from sim.scenario.reading.psplib import AS_A_PLAN
from sim.scenario.reading.tables import no_csv

DELIMITERS = ",;\t|"

_OLE = b"\xd0\xcf\x11\xe0"
BINARY = {
    b"%PDF": ("is a PDF", "export the data behind it as CSV"),
    _OLE: ("is an old or a protected workbook of Excel", "save it as xlsx without a password"),
    b"\x1f\x8b": ("is compressed", "unpack it first"),
    b"7z": ("is compressed", "unpack it first"),
    b"\xac\xed": ("is a plan in ProjectLibre's own form", "save it there as an XML file of MS Project"),
}
_OWN_OF_MS_PROJECT = ("is a plan of MS Project in its own form (mpp)", "save it there as XML")
TEXT = [
    (r"<!doctype html|<html|<table|<head|<meta", "is HTML, whatever its name ends with", "export it as CSV"),
    (
        r"(?:<\?xml[^>]*>\s*)?<project\s[^>]*\bgantt-divider-location=",
        "is a plan in GanttProject's own form",
        "export it there as a file of Microsoft Project (XML)",
    ),
    (
        r"(?:<\?xml[^>]*>\s*)?<(?:\w+:)?APIBusinessObjects\b",
        "is a plan of Primavera in XML",
        "export it there as XER",
    ),
    (r"(?s:.*PRECEDENCE RELATIONS)|\d+[ \t]+\d+\s*\n[\d\s]{20,}\Z", *AS_A_PLAN),
    (r"MPX[,;\t]", "is a plan of MS Project in its oldest form (MPX)", "save it there as XML"),
    (
        r"(?:<\?xml[^>]*>\s*)?(?-i:<Project\b)",
        "is a plan of MS Project (XML)",
        "`rolecall import FILE` reads it and writes a scenario",
    ),
    (r"<\?xml|<[a-z]+[\s>]", "is XML, which is not read", "export it as CSV"),
    (r"[\[{]\s*[\[{\"\]}]", "is JSON, but no issues of GitHub", "export it as CSV"),
]
"""How files begin that are no table: what they are, and what would be right."""


def text_grid(content: bytes, file: str) -> Grid:
    """The grid of a CSV file. Raises ScenarioError, with what it is, for what is no table."""
    if said := said_of_binary(content):
        raise refusal(file, *said)
    text = text_of_file(content, file)
    _refuse_other_text(text, file)
    return _grid(text, file)


def said_of_binary(content: bytes) -> tuple[str, str] | None:
    """What is wrong with a file that is no text, and what would be right; None if it is not known."""
    if content.startswith(_OLE) and b"MSProject" in content.replace(b"\0", b""):
        return _OWN_OF_MS_PROJECT
    return next((said for start, said in BINARY.items() if content.startswith(start)), None)


def text_of_file(content: bytes, file: str) -> str:
    """The text of a file in UTF-8 or UTF-16 with or without a mark, else in the code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif b"\0" in content:
        raise refusal(file, "is no text", "export it as CSV or xlsx")
    else:
        names = ["utf-8-sig", "cp1252"]
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise refusal(file, "is text neither in UTF-8 nor in the code page of Windows", "save it as CSV UTF-8")


def _refuse_other_text(text: str, file: str) -> None:
    start = text[:2000].lstrip()
    if not start:
        raise refusal(file, "is empty", "give a file with a header and rows")
    for pattern, wrong, right in TEXT:
        if re.match(pattern, start, re.IGNORECASE):
            raise refusal(file, wrong, right)


def _grid(text: str, file: str) -> Grid:
    delimiter = delimiter_of(text)
    rows, lines, cells, line = [], [], 0, 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(line)
                cells += len(row)
            line = reader.line_num + 1
            if len(rows) > MOST_GRID_ROWS or cells > MOST_GRID_CELLS:
                right = "export fewer items, or fewer columns, into several files"
                raise refusal(
                    file, f"has more than {MOST_GRID_ROWS:,} rows, or too many columns", right, line
                )
    except csv.Error as error:
        raise ScenarioError([no_csv(error, text, line, reader.line_num, file)]) from None
    if max(map(len, rows), default=0) < 2:
        raise refusal(file, "is no table: nothing parts its rows into cells", "export it as CSV")
    return Grid(file, rows, lines, decimal_comma=delimiter == ";")


def delimiter_of(text: str) -> str:
    """The sign that parts the first twenty rows into most cells."""
    return max(DELIMITERS, key=lambda sign: _parted(text[:100_000], sign))


def _parted(text: str, sign: str) -> int:
    rows = csv.reader(StringIO(text, newline=""), delimiter=sign)
    try:
        return sum(len(row) - 1 for row in islice(rows, 20))
    except csv.Error:
        return 0
