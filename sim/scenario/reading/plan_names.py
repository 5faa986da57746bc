"""Names in a plan's tables: not empty, not endless, and none that looks like another."""

from __future__ import annotations

from collections.abc import Mapping

from sim.safety.names import look
from sim.scenario.reading.problems import shown
from sim.scenario.reading.tables import Row, Table

_LONGEST_NAME = 500
"""Characters of a name in a table: twice what trackers of tasks allow for a summary."""

TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "sum", "subtotal", "sub-total", "summe", "gesamt", "gesamtsumme"),
        *("zwischensumme", "total général", "somme", "sous-total", "suma", "totale", "somma", "totaal"),
    }
)
"""What a row is called that adds up others."""


def check_name(row: Row, column: str, table: Table) -> None:
    """Note a name that is empty or endless."""
    name = row.cells[column]
    if not name:
        table.note(row.line, column, "is empty", f"give the name of the {column}")
    elif len(name) > _LONGEST_NAME:
        wrong = f"is {len(name):,} characters long"
        table.note(row.line, column, wrong, f"give the {column} a name of at most {_LONGEST_NAME}")


def note_look_alikes(lines: Mapping[str, int], column: str, table: Table) -> None:
    """Note names that differ only in how they are written, such as in capitals; `lines` says where."""
    seen: dict[str, str] = {}
    for name, line in lines.items():
        first = seen.setdefault(look(name), name)
        if first != name:
            wrong = f"is {shown(name)}, which looks like {shown(first)} of line {lines[first]}"
            table.note(
                line, column, wrong, "write it the same way wherever it is meant, or name it otherwise"
            )


def is_total(row: Row) -> bool:
    """Whether a row only adds up others: it is called so, and nobody does it."""
    names = {look(row.cells[column].rstrip(":")) for column in ("project", "task")} - {""}
    return bool(names and names <= TOTALS and not row.cells["team"] and not row.cells["predecessors"])
