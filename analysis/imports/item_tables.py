"""A grid with its header found: which column is what, and how its dates and numbers are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from analysis.imports.columns import DATES, WORK, Columns, plain_header, proposed
from analysis.imports.dates import Order, day_of, order_of
from analysis.imports.grids import HEADER_WITHIN, Grid, refusal
from sim.scenario.reading.amounts import Decimal, decimal_of, number_of


@dataclass(frozen=True)
class Table:
    """A grid with its header found: positions of the columns of each field, and how values are read.

    `percent_is_share` says that 1 is all of an item where percents are asked for.
    """

    grid: Grid
    header: int
    columns: Columns
    places: Mapping[str, tuple[int, ...]]
    order: Order
    decimals: Mapping[str, Decimal]
    percent_is_share: bool = False

    def texts(self, row: Sequence[str], name: str) -> list[str]:
        """What a row says of a field: a text for each filled cell."""
        places = self.places.get(name, ())
        return [cell for i in places if i < len(row) and (cell := row[i].strip())]

    def text(self, row: Sequence[str], name: str) -> str:
        """The first that a row says of a field; empty if nothing."""
        for i in self.places.get(name, ()):  # no list: this is asked a million times
            if i < len(row) and (cell := row[i].strip()):
                return cell
        return ""


def header_of(grid: Grid) -> int:
    """The row in which most words are known headers; the first where none is."""
    scores = [len(proposed(row).headers) for row in grid.rows[:HEADER_WITHIN]]
    return scores.index(max(scores))


def table_of(grid: Grid, columns: Columns) -> Table:
    """The table of a grid; ScenarioError where dates or numbers could be read in two ways."""
    header = header_of(grid) if not columns.headers else row_with(grid, columns.headers)
    names = [plain_header(cell) for cell in grid.rows[header]]
    at: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        at.setdefault(name, []).append(i)
    places = {
        f: tuple(chain.from_iterable(at.get(h, ()) for h in several))
        for f, several in columns.headers.items()
    }
    table = Table(grid, header, columns, places, "day-first", {})
    order = columns.dates or _order(table)
    decimals = {name: columns.decimal or _decimal(table, name) for name in (*WORK, "points")}
    usual: Decimal = "comma" if grid.decimal_comma else "point"
    decimals["percent"] = columns.decimal or usual
    shares = [number_of(text, decimals["percent"]) for text in _said(table, ["percent"])]
    are_shares = any(shares) and all(each is not None and each <= 1 for each in shares)
    return replace(table, order=order, decimals=decimals, percent_is_share=are_shares)


def row_with(grid: Grid, headers: Mapping[str, tuple[str, ...]]) -> int:
    """The row that holds most of the headers which a file of columns names."""
    wanted = {each for several in headers.values() for each in several}
    scores = [len(wanted.intersection(map(plain_header, row))) for row in grid.rows[:HEADER_WITHIN]]
    return scores.index(max(scores))


def _said(table: Table, names: Iterable[str]) -> Iterable[str]:
    places = [i for name in names for i in table.places.get(name, ())]
    return (row[i] for row in table.grid.rows[table.header + 1 :] for i in places if i < len(row) and row[i])


def _order(table: Table) -> Order:
    found = order_of(_said(table, DATES))
    if isinstance(found, str):
        return found
    one = next(t for t in _said(table, DATES) if day_of(t, "day-first") != day_of(t, "month-first"))
    days = " or ".join(f"{day_of(one, order)}" for order in found)
    wrong = f"has dates such as {one[:20]!r}, which is {days}"
    raise refusal(table.grid.file, wrong, "say dates: day-first or month-first in a file for --columns")


def _decimal(table: Table, name: str) -> Decimal:
    found = decimal_of(_said(table, [name]), "comma" if table.grid.decimal_comma else "point")
    if isinstance(found, tuple):
        text, low, high = found
        right = "say decimal: point or comma in a file for --columns"
        raise refusal(table.grid.file, f"{name}: has {text!r}, which is {low} or {high}", right)
    return found
