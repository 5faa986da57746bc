"""Exports of GitLab (CSV of issues) as a table that the reader of tables knows.

Times are seconds without saying so, and 0 where nobody said any; numbers are a project's own; and what GitLab
has no field for is read from labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from analysis.imports.columns import plain_header
from analysis.imports.grids import Grid
from analysis.imports.labels import kind_by_labels, points_by_labels, severe_by_labels, teams_by_labels
from analysis.imports.record import LeftOut
from analysis.imports.synonyms import REJECTED

GITLAB = "an export of GitLab"
NO_LINKS_OF_GITLAB = "a CSV of GitLab does not say what waits for what"

_OWN = frozenset(
    {"issue id", "iid", "author username", "assignee username", "created at (utc)", "confidential"}
)
"""Headers of its exports, of which three make a table one of them."""

_OURS = (
    *("ID", "Project", "Epic", "Issue Type", "Priority", "Team", "Story Points"),
    *("Created", "Closed", "Resolution", "Original Estimate", "Time Spent"),
)
_MOVED = frozenset(
    {
        *("issue id", "iid", "url", "epic id", "epic title", "milestone", "weight", "labels"),
        *("created at (utc)", "closed at (utc)", "time estimate", "time spent", "assignee username"),
    }
)
"""Columns whose content stands in columns of ours."""

_KINDS = {"container": "Epic", "bug": "Bug", "request": "Support", "task": "Task"}
_URGENCY = {True: "Highest", False: "Normal", None: ""}


def is_gitlab(header: Sequence[str]) -> bool:
    """Whether these headers are those of an export of GitLab."""
    return len(_OWN.intersection(map(plain_header, header))) >= 3


def of_gitlab(grid: Grid, header: int, *, keep: bool = False) -> tuple[Grid, tuple[LeftOut, ...]]:
    """The grid with columns as other tables have them.

    With `keep`, columns whose content stands in ours are there under their own names, too, for whoever says
    which column is what.
    """
    names = [plain_header(cell) for cell in grid.rows[header]]
    heads = [
        "" if name in _MOVED and not keep else cell
        for name, cell in zip(names, grid.rows[header], strict=True)
    ]
    rows = [[*heads, *_OURS], *_rows(grid, header, names)]
    return replace(grid, rows=rows, lines=grid.lines[header:]), ()


def _rows(grid: Grid, header: int, names: Sequence[str]) -> Iterator[list[str]]:
    for row in islice(grid.rows, header + 1, None):
        cells = [*row, *[""] * (len(names) - len(row))][: len(names)]
        yield [*cells, *_ours(dict(zip(names, (cell.strip() for cell in cells), strict=True)))]


def _ours(said: Mapping[str, str]) -> list[str]:
    labels = [label.strip().casefold() for label in said.get("labels", "").split(",") if label.strip()]
    project = said.get("url", "").partition("/-/")[0].rpartition("/")[2]
    number = said.get("issue id") or said.get("iid", "")
    points = points_by_labels(labels)
    return [
        f"{project}#{number}" if number else "",
        project,
        said.get("epic title") or said.get("milestone", ""),
        _KINDS[kind_by_labels(labels)],
        _URGENCY[severe_by_labels(labels)],
        next(iter(teams_by_labels(labels)), ""),
        said.get("weight") or (f"{points:g}" if points is not None else ""),
        said.get("created at (utc)", ""),
        said.get("closed at (utc)", ""),
        "Rejected" if _was_rejected(labels, said) else "",
        *(_seconds(said.get(name, "")) for name in ("time estimate", "time spent")),
    ]


def _was_rejected(labels: Sequence[str], said: Mapping[str, str]) -> bool:
    words = {label.rpartition(":")[2].strip() for label in labels}
    return said.get("state", "").casefold() == "closed" and bool(words & REJECTED)


def _seconds(cell: str) -> str:
    """A time with its unit; nothing for 0, which stands where nobody said any."""
    return f"{cell} s" if cell.isascii() and cell.isdecimal() and int(cell) else ""
