"""Exports of Azure DevOps (CSV of a query or a backlog) as a table that the reader of tables knows.

What its columns mean otherwise than elsewhere is put right first: titles in a column for each level, paths of
areas, an effort that is points, reasons of what is still open, tests, and stories that repeat the work of the
tasks below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.imports.columns import plain_header
from analysis.imports.grids import Grid
from analysis.imports.record import LeftOut
from analysis.imports.synonyms import CONTAINERS

AZURE = "an export of Azure DevOps"
NO_LINKS = "a CSV of Azure DevOps says what belongs to what, but not what waits for what"

_TYPE = "work item type"
_OWN = frozenset(
    {"area path", "iteration path", "team project", "assigned to", "board column", "tags", "reason"}
)
"""Headers of its exports, of which two beside the type of a work item make a table one of them."""

_MEANT = {
    "effort": "Story Points",
    "size": "Story Points",
    "team project": "Project",
    "activated date": "Started",
}
"""Headers that say another thing here than elsewhere, by what they mean."""

_MOVED = frozenset({"title", "parent", "area path", "closed date", "resolved date", "reason", _TYPE})
"""Columns whose content stands in columns of ours."""

_NAMED_ALIKE = frozenset({"title", "parent"})
"""Those of which the columns of ours have the very names."""

_OURS = ("Title", "Parent", "Issue Type", "Project", "Team", "Closed", "Resolution")
_NO_WORK = frozenset(
    {
        *("test case", "test plan", "test suite", "shared steps", "shared parameter"),
        *("code review request", "code review response", "feedback request", "feedback response"),
    }
)
_HEADINGS = CONTAINERS | {"feature"}
_OVER = frozenset({"closed", "done", "resolved", "removed", "completed", "inactive"})
_NOT_DONE = frozenset(
    {
        *("as designed", "cut", "deferred", "obsolete", "not planned", "removed from the backlog"),
        *("copied to another project", "closed as duplicate"),
    }
)
"""Reasons for which something was closed without being done, beside the words that are known anyway."""


@dataclass(frozen=True)
class _Row:
    """A row of an export by its columns, with the line where it begins and the item above it."""

    said: Mapping[str, str]
    cells: Sequence[str]
    line: int
    above: str

    @property
    def kind(self) -> str:
        return self.said.get(_TYPE, "").casefold()

    @property
    def is_heading(self) -> bool:
        return self.kind in _HEADINGS


def is_azure(header: Sequence[str]) -> bool:
    """Whether these headers are those of an export of Azure DevOps."""
    there = {plain_header(cell) for cell in header}
    return not there.isdisjoint({_TYPE, "area path", "iteration path"}) and len(_OWN & there) >= 2


def in_plain_columns(grid: Grid, header: int, *, keep: bool = False) -> tuple[Grid, tuple[LeftOut, ...]]:
    """The grid with columns as other tables have them, and what takes no part.

    With `keep`, columns whose content stands in ours are there under their own names, too, for whoever says
    which column is what.
    """
    names = [plain_header(cell) for cell in grid.rows[header]]
    every = list(_rows(grid, header, names))
    work = [row for row in every if row.kind not in _NO_WORK]
    above = {row.said.get("id", ""): row for row in work}
    parents = {row.above for row in work}
    kept = [row for row in work if row.is_heading or row.said.get("id", "") not in parents]
    told = (
        LeftOut(len(every) - len(work), "test or review", "no work of a project"),
        LeftOut(len(work) - len(kept), "item", "has tasks below it, and these are counted"),
    )
    cells = [_header(grid.rows[header], names, keep), *(_cells(row, names, above) for row in kept)]
    lines = [grid.lines[header], *(row.line for row in kept)]
    return replace(grid, rows=cells, lines=lines), tuple(left for left in told if left.count)


def _rows(grid: Grid, header: int, names: Sequence[str]) -> Iterator[_Row]:
    """Each row with what is above it: its parent, else the last row with a title one level up."""
    titles = [i for i, name in enumerate(names) if _is_title(name)]
    open_: list[str] = []
    for row, line in zip(grid.rows[header + 1 :], grid.lines[header + 1 :], strict=True):
        cells = [*(cell.strip() for cell in row), *[""] * (len(names) - len(row))]
        said: dict[str, str] = {}
        for name, cell in zip(names, cells, strict=False):
            said.setdefault(name, cell)
        level = next((n for n, i in enumerate(titles) if cells[i]), 0)
        said["title"] = next((cells[i] for i in titles if cells[i]), said.get("title", ""))
        over = open_[:level]
        open_ = [*over, said.get("id", "")]
        yield _Row(said, cells, line, said.get("parent") or "".join(over[-1:]))


def _is_title(name: str) -> bool:
    start, _, number = name.partition(" ")
    return start == "title" and number.isdecimal()


def _header(header: Sequence[str], names: Sequence[str], keep: bool) -> list[str]:
    gone = _NAMED_ALIKE if keep else _MOVED
    moved = [name in gone or _is_title(name) for name in names]
    plain = ["" if moved[i] else _MEANT.get(names[i], cell) for i, cell in enumerate(header)]
    return [*plain, *_OURS]


def _cells(row: _Row, names: Sequence[str], above: Mapping[str, _Row]) -> list[str]:
    said = row.said
    path = [part.strip() for part in said.get("area path", "").split("\\") if part.strip()]
    return [
        *row.cells[: len(names)],
        said["title"],
        _heading_above(row, above),
        "Feature (Azure)" if row.kind == "feature" else said.get(_TYPE, ""),
        path[0] if path and not said.get("team project") else "",
        path[-1] if len(path) > 1 else "",
        said.get("closed date") or said.get("resolved date", ""),
        _resolution(said),
    ]


def _heading_above(row: _Row, above: Mapping[str, _Row]) -> str:
    """The epic or feature to which an item belongs, over any stories between; empty where none is there."""
    name, seen = row.above, set[str]()
    while name in above and name not in seen:
        if above[name].is_heading:
            return name
        seen.add(name)
        name = above[name].above
    return ""


def _resolution(said: Mapping[str, str]) -> str:
    """Why an item was closed; nothing for one that is open, whose reason is that of its last move."""
    if said.get("state", "").casefold() not in _OVER:
        return ""
    reason = said.get("reason", "")
    return "Rejected" if reason.casefold() in _NOT_DONE else reason
