"""A matrix of responsibilities (RACI and its kin) in a grid: its activities, roles and letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.imports.columns import proposed
from analysis.imports.grids import HEADER_WITHIN, Grid
from sim.safety.names import on_one_line

MOST_ROLES = 200
FEWEST_LETTERS = 4
SHARE_OF_LETTERS = 0.6
"""Of the filled cells of a role's column, at least so many are letters."""

LONGEST_ACTIVITY = 300

_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?\s+|[a-z][.)]\s+|[-–—•▪*]\s*)", re.IGNORECASE)
_LETTERS_OF_WORDS = {
    **{"accountable": "A", "approver": "A", "approves": "A", "approve": "A", "owner": "A", "owns": "A"},
    **{"responsible": "R", "driver": "R", "does": "R", "performs": "R", "support": "S", "supports": "S"},
    **{"consulted": "C", "contributor": "C", "informed": "I", "omitted": "O"},
}
"""Words that stand for a letter. R does it, A answers for it; D of DACI drives it, S helps; O is left out."""

LETTERS = frozenset("RASCIDO")

HEADED = {"accountable": "A", "approver": "A", "responsible": "R", "driver": "R"} | {
    **{"consulted": "C", "contributor": "C", "contributors": "C", "informed": "I"},
    **{
        f"{word} ({word[0]})": word[0].upper()
        for word in ("accountable", "responsible", "consulted", "informed")
    },
}
"""Headers of columns in which roles stand, where a table has a column for each letter."""

TRACKED = {"status", "estimate", "created"}
"""Fields that items of a tracker have, and no matrix."""

MOST_ACTIVITIES = 2000
LONGEST_CELL = 500


@dataclass(frozen=True)
class Activity:
    """One row of a matrix: the roles with each letter, in the order of the columns."""

    name: str
    line: int
    accountable: tuple[str, ...]
    responsible: tuple[str, ...]
    consulted: tuple[str, ...]
    informed: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """The roles of a matrix and its activities; rows without letters, such as headings, are left out."""

    roles: tuple[str, ...]
    activities: tuple[Activity, ...]


@lru_cache(maxsize=10_000)
def letters_of(cell: str) -> frozenset[str]:
    """The letters in a cell such as `A/R`, `R, A`, `a` or `Accountable`; none if it is something else."""
    parts = [part for part in re.split(r"[\s/,;&+|()*.-]+", cell.strip()) if part]
    found = [_letter(part) for part in parts]
    return frozenset().union(*found) if all(found) and len(parts) <= 4 else frozenset()


def _letter(part: str) -> frozenset[str]:
    if part.lower() in _LETTERS_OF_WORDS:
        return frozenset(_LETTERS_OF_WORDS[part.lower()])
    fits = len(part) <= 3 and LETTERS.issuperset(part.upper())
    return frozenset(part.upper().replace("D", "R")) if fits else frozenset()


def matrix_of(grid: Grid) -> Matrix | None:
    """The matrix in a grid, roles across, down or in the cells; None if there is none.

    A table with columns of a tracker of which nothing is a duty is none: a `C` there is somebody's user name.
    """
    found = _any_matrix(grid)
    tracked = TRACKED & {name for row in grid.rows[:HEADER_WITHIN] for name in proposed(row).headers}
    return None if tracked and not _known(found) else found


def _any_matrix(grid: Grid) -> Matrix | None:
    if len(grid.rows) > 2 * MOST_ACTIVITIES:  # to look at every cell of it would take long
        return None
    if named := _named(grid):
        return named
    across = _across(grid.rows, grid.lines)
    width = max(map(len, grid.rows))
    if width > MOST_ROLES or len(grid.rows) > MOST_ROLES:
        return across
    turned = [[row[i] if i < len(row) else "" for row in grid.rows] for i in range(width)]
    down = _across(turned, list(range(1, width + 1)))
    return max((across, down), key=_known)


def _named(grid: Grid) -> Matrix | None:
    """The matrix of a table that has a column for each letter, and roles in its cells."""
    for header, row in enumerate(grid.rows[:HEADER_WITHIN]):
        words = [cell.strip().lower() for cell in row]
        columns = {HEADED[word]: i for i, word in enumerate(words) if word in HEADED}
        label = next((i for i, cell in enumerate(words) if cell and i not in columns.values()), None)
        if {"A", "R"} <= columns.keys() and label is not None and not TRACKED & proposed(row).headers.keys():
            below = range(header + 1, min(len(grid.rows), header + 1 + MOST_ACTIVITIES))
            found = [_activity_of(grid.rows[i], grid.lines[i], columns, label) for i in below]
            activities = tuple(a for a in found if a is not None)
            roles = dict.fromkeys(role for a in activities for role in (*a.accountable, *a.responsible))
            if not all(map(letters_of, roles)):  # else it is a row of a matrix that is written in words
                return Matrix(tuple(roles), activities)
    return None


def _activity_of(row: Sequence[str], line: int, columns: dict[str, int], label: int) -> Activity | None:
    by = {letter: _roles_in(row[i]) if i < len(row) else () for letter, i in columns.items()}
    name = _NUMBERED.sub("", on_one_line(row[label] if label < len(row) else ""))[:LONGEST_ACTIVITY]
    if not name or not any(by.values()):
        return None
    return Activity(name, line, by["A"], by["R"], by.get("C", ()), by.get("I", ()))


def _roles_in(cell: str) -> tuple[str, ...]:
    """The roles that a cell names, such as `Project Manager, Team Lead`."""
    parts = (on_one_line(part) for part in re.split(r"[,;/&|+\n]| and ", cell[:LONGEST_CELL]))
    return tuple(dict.fromkeys(part for part in parts if re.search(r"\w", part)))


def _known(matrix: Matrix | None) -> int:
    """How many activities of a matrix are duties: activities are what is not a role."""
    from analysis.imports.duty_words import duty_of

    if matrix is None:
        return -1
    return sum(duty_of(activity.name) is not None for activity in matrix.activities)


def _across(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Matrix | None:
    """The matrix with its roles in one of the first rows."""
    found = [_roles(rows, i) for i in range(min(HEADER_WITHIN, len(rows)))]
    header = max(range(len(found)), key=lambda i: len(found[i]))
    roles = found[header]
    if len(roles) < 2:
        return None
    below = range(header + 1, len(rows))
    label = _label(rows, header, min(roles))
    activities = [_activity(rows[i], lines[i], roles, label) for i in below]
    with_letters = tuple(a for a in activities if a is not None)
    return Matrix(tuple(roles.values()), with_letters) if with_letters else None


def _roles(rows: Sequence[Sequence[str]], header: int) -> dict[int, str]:
    """The columns, by position, that are headed by a role in this row and hold letters below it."""
    headed = enumerate(map(on_one_line, rows[header][:MOST_ROLES]))
    names = {i: name for i, name in headed if i and name}
    roles = {i: name for i, name in names.items() if not letters_of(name) or name.lower() == "support"}
    below = rows[header + 1 :]
    fits: dict[int, str] = {}
    total = 0
    for i, name in roles.items():
        filled = [row[i] for row in below if i < len(row) and row[i].strip()]
        lettered = sum(bool(letters_of(cell)) for cell in filled)
        if lettered and lettered >= SHARE_OF_LETTERS * len(filled):
            fits[i] = name
            total += lettered
    return fits if total >= FEWEST_LETTERS else {}


def _label(rows: Sequence[Sequence[str]], header: int, first_role: int) -> int:
    """The column before the roles in which the activities stand: that with most text."""
    below = rows[header + 1 :]
    return max(range(first_role), key=lambda i: sum(len(row[i]) for row in below if i < len(row)))


def _activity(row: Sequence[str], line: int, roles: dict[int, str], label: int) -> Activity | None:
    held = {name: letters_of(row[i]) for i, name in roles.items() if i < len(row)}
    name = _NUMBERED.sub("", on_one_line(row[label] if label < len(row) else ""))[:LONGEST_ACTIVITY]
    if not name or not any(held.values()):
        return None
    by = {letter: tuple(role for role, letters in held.items() if letter in letters) for letter in "ARSCI"}
    return Activity(name, line, by["A"], (*by["R"], *by["S"]), by["C"], by["I"])
