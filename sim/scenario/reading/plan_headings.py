"""Rows of a plan that only stand over others: their hours are those of others, and would count twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.scenario.reading.tables import Row, Table

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,20}\.?")
"""An id that may be a place in an outline, such as 1.2.3."""

_FEWEST_BELOW = 3
"""Fewer rows may add up to another by chance."""

_REMEDY = (
    "leave the row out and let what it is linked to name its tasks, or let `rolecall import` read the table"
)


def note_headings(rows: Iterable[tuple[Row, float]], table: Table) -> None:
    """Note rows with hours whose id stands over others of their project, as 1 does over 1.1 and 1.2."""
    rows = [(row, hours) for row, hours in rows if _NUMBER.fullmatch(row.cells["id"])]
    below = {
        (row.cells["project"], over): row for row, _ in reversed(rows) for over in _over(row.cells["id"])
    }
    for row, hours in rows:
        first = below.get((row.cells["project"], row.cells["id"].rstrip(".")))
        if first and hours:
            wrong = f"is {row.cells['id']}, a heading over {first.cells['id']} of line {first.line}"
            table.note(row.line, "id", f"{wrong}: its hours would count twice", _REMEDY)


def _over(number: str) -> Iterable[str]:
    """The numbers over another: 1 and 1.2 over 1.2.3."""
    parts = number.rstrip(".").split(".")
    return (".".join(parts[:depth]) for depth in range(1, len(parts)))


def notes_on_sums(rows: Iterable[tuple[Row, float]], file: str) -> tuple[str, ...]:
    """What is to be said of rows that have the hours of other rows of their project."""
    projects: dict[str, list[tuple[int, float]]] = {}
    for row, hours in rows:
        projects.setdefault(row.cells["project"], []).append((row.line, hours))
    lines = [several[k][0] for several in projects.values() for k in adding_up([h for _, h in several])]
    if not lines:
        return ()
    listed = ", ".join(map(str, lines[:5])) + (" …" if len(lines) > 5 else "")
    if len(lines) == 1:
        said = "has just the hours of rows beside it; a heading or a total would count twice: leave it out"
    else:
        said = "have just the hours of the rows below each; headings would count twice: leave them out"
    return (f"{file}:{listed}: {said}",)


def adding_up(hours: Sequence[float]) -> list[int]:
    """Positions of rows that add up others: the last over all the rest, or headings over all that is there.

    Nothing if rows are left over, for then it is chance.
    """
    if len(hours) > _FEWEST_BELOW and hours[-1] > 0 and _same(hours[-1], sum(hours[:-1])):
        return [len(hours) - 1]
    headings, k = [], 0
    while k < len(hours):
        end = _end_of(hours, k)
        if not end:
            return []
        headings.append(k)
        k = end
    return headings if len(hours) - len(headings) >= _FEWEST_BELOW else []


def _end_of(hours: Sequence[float], heading: int) -> int:
    """Where the rows end that add up to a heading; 0 if they do not."""
    total = 0.0
    for k in range(heading + 1, len(hours)):
        total += hours[k]
        if total > hours[heading] and not _same(total, hours[heading]):
            return 0
        if _same(total, hours[heading]) and k > heading + 1:
            return k + 1 + next((n for n, each in enumerate(hours[k + 1 :]) if each), len(hours) - k - 1)
    return 0


def _same(one: float, other: float) -> bool:
    return one > 0 and abs(one - other) <= 1e-9 * one
