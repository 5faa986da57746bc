"""Names in cells, and the links that cells hold: to one item or several, perhaps with a kind and a lag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.imports.record import Item, ItemLink
from sim.safety.names import on_one_line
from sim.scenario.reading.predecessors import lag_days, split_link

NO_LINK = frozenset({"-", "–", "—", "none", "n/a", "nil"})
"""What people write into a cell of links where there are none."""

_LIST = " \t\r[]\"'"
_NUMBERED = re.compile(r"(?:^|[;,\n]\s*)(\d+(?:\.\d+)*) - (?=\S)")


def ids_in(cells: Iterable[str]) -> tuple[str, ...]:
    """Ids in cells that hold one or more, parted by semicolon, bar or comma."""
    parts = (part.strip(_LIST) for cell in cells for part in _parts(cell))
    return tuple(dict.fromkeys(on_one_line(part) for part in parts if part and part not in NO_LINK))


def _parts(cell: str) -> Iterable[str]:
    """The entries of a cell; only the numbers of such as `2 - Dig, and pave; 3 - Plant`."""
    if _NUMBERED.match(cell):
        return _NUMBERED.findall(cell)
    return cell.replace("|", ";").replace(",", ";").replace("\n", ";").split(";")


def ties_in(cells: Iterable[str]) -> tuple[ItemLink, ...]:
    """Links to what comes before; which of the words are names is known only once all items are."""
    return tuple(ItemLink(word) for word in ids_in(cells))


def with_ties(item: Item, items: Mapping[str, Item]) -> Item:
    """An item with its links such as to `3FS+2d` as what they say, now that all items are known."""
    if all(tie.after in items for tie in item.ties):
        return item
    return replace(item, ties=_split(item.ties, items))


def _split(ties: Sequence[ItemLink], items: Mapping[str, Item]) -> tuple[ItemLink, ...]:
    """Links such as to `3FS+2d` as what they say, where 3 is the id of an item."""
    return tuple(tie if tie.after in items else _kind_and_lag(tie, items) for tie in ties)


def _kind_and_lag(tie: ItemLink, items: Mapping[str, Item]) -> ItemLink:
    name, kind, lag = split_link(tie.after) or ("", "", "")
    days = lag_days(lag) if lag else 0.0
    return ItemLink(name, kind, days) if name in items and days is not None else tie
