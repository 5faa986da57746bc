"""A grid, and which column of it is what, as items: nothing is dropped without being counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from operator import itemgetter
from pathlib import Path

from analysis.imports.columns import DURATIONS, WORK, is_jira, plain_header
from analysis.imports.dates import day_of
from analysis.imports.item_links import ids_in, ties_in, with_ties
from analysis.imports.item_tables import Table
from analysis.imports.outlines import flattened
from analysis.imports.record import Item, Kind, LeftOut, Reading
from sim.safety.names import look, on_one_line, plain_text
from sim.scenario.reading.amounts import hours_of, number_of
from sim.scenario.reading.plan_names import TOTALS

_EXPORT_LIMITS = (1000, 10_000)
"""Numbers of items at which trackers cut their exports."""


SHARED_CELLS = frozenset({"resource names", "ressourcennamen", "noms ressources"})
"""Headers of cells that list all who share a task."""

ANSWERS = frozenset({"yes", "no", "y", "n", "true", "false", "ja", "nein", "oui", "non"})
"""What a column of milestones says where it does not name one, but tells whether a task is one."""

_KEY = re.compile(r"([A-Z][A-Z0-9_]+)-[1-9]\d*", re.IGNORECASE)
_SHARE = re.compile(r"\s*\[\d+\s?%\]$")


def what_it_is(table: Table) -> str:
    """What a table is, in words."""
    if is_jira(table.grid.rows[table.header]):
        return "an export of Jira"
    return "a table of items"


def reading_of(table: Table) -> Reading:
    """The items of a table, each row that is none counted with the reason."""
    rows = table.grid.rows[table.header + 1 :]
    left: Counter[tuple[str, str]] = Counter()
    parents = _by_number(table, rows)
    items: dict[str, Item] = {}
    without_ids: set[Item] = set()
    width = len(table.grid.rows[table.header])
    is_planned = 2 * sum(bool(table.text(row, "estimate")) for row in rows) > len(rows)
    for row in rows:
        if len(row) > width and any(row[width:]):
            left["row", "more cells than the header: its columns may be shifted"] += 1
        item = _item(table, row, parents, left)
        if item is None:
            left["row", "neither id nor title"] += 1
        elif is_planned and _is_title(table, row):
            left["row", "a title alone, over the rows below it"] += 1
        elif _adds_up(item):
            left["row", "only adds up others"] += 1
        elif item.id in items and table.text(row, "id"):
            left["row", "the id of a row above it, which counts instead"] += 1
        elif item in without_ids:
            left["row", "says what a row above it says"] += 1
        else:
            without_ids.update(() if table.text(row, "id") else [item])
            name = _unlike(item.id, items)
            items[name] = replace(item, id=name)
    flat, lost = flattened([with_ties(item, items) for item in items.values()])
    told = (*(LeftOut(n, what, why) for (what, why), n in left.items()), *lost)
    return Reading(table.grid.file, what_it_is(table), len(rows), flat, told, _remarks(table, len(rows)))


def _unlike(name: str, items: Mapping[str, Item]) -> str:
    """A name that no item has: that of a task without an id, with a number where others are called so."""
    return next(each for n in count(1) if (each := name if n == 1 else f"{name} ({n})") not in items)


def _is_title(table: Table, row: Sequence[str]) -> bool:
    """Whether nothing stands in a row but what it is called, where others say their work."""
    return not any(table.texts(row, name) for name in table.places if name not in ("id", "title", "outline"))


def _adds_up(item: Item) -> bool:
    """Whether a row only adds up others: it is called so, and nobody does it."""
    named = {look(name.rstrip(":")) for name in (item.id, item.title)} - {""}
    return named <= TOTALS and not (item.ties or item.people or item.teams)


def _by_number(table: Table, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Ids of items by the inner number by which some columns name them."""
    if "number" not in table.places:
        return {}
    return {table.text(row, "number"): table.text(row, "id") for row in rows}


def _item(
    table: Table, row: Sequence[str], numbers: Mapping[str, str], left: Counter[tuple[str, str]]
) -> Item | None:
    title = on_one_line(table.text(row, "title"))
    name = on_one_line(table.text(row, "id")) or title
    if not name:
        return None
    words = table.columns.words
    status = table.text(row, "status").casefold()
    rejected = bool({table.text(row, "resolution").casefold(), status} & words["rejected"])
    done = _day(table, row, "done", left)
    group = table.text(row, "status_group").casefold()
    finished = (group or status) in words["done"] or (done is not None and not (group or status))
    hours = {field: _hours(table, row, field, left) for field in WORK}
    if not hours["estimate"] and _keeps_no_zeros(table):
        hours["estimate"] = None
        hours["remaining"] = hours["remaining"] if hours["remaining"] or hours["spent"] else None
    priority = table.text(row, "priority").casefold()
    return Item(
        name,
        title,
        _kind(table.text(row, "type").casefold(), words),
        on_one_line(table.text(row, "type")),
        on_one_line(table.text(row, "project")) or _project_of(name, table),
        _group(table, row, numbers),
        on_one_line(table.text(row, "client")),
        status,
        priority in words["severe"] if priority else None,
        finished or rejected,
        rejected,
        _day(table, row, "created", left),
        _day(table, row, "started", left),
        done if finished or rejected else None,
        _day(table, row, "due", left),
        hours["estimate"],
        hours["remaining"],
        hours["spent"] if hours["spent"] is not None else _logged(table, row, left),
        _points(table, row),
        tuple(dict.fromkeys(map(on_one_line, table.texts(row, "team")))),
        _people(table, row),
        ties_in(table.texts(row, "after")),
        ids_in(table.texts(row, "before")),
        _level(table, row),
        _share(table, row),
        _crew(table, row),
    )


def _keeps_no_zeros(table: Table) -> bool:
    """Whether an estimate of 0 is none: a tracker writes it where nobody made one, a plan for a milestone."""
    return not table.places.keys().isdisjoint({"status", "status_group"}) and not _is_duration(table)


def _is_duration(table: Table) -> bool:
    return any(named.startswith(tuple(DURATIONS)) for named in table.columns.headers.get("estimate", ()))


def _kind(kind: str, words: Mapping[str, frozenset[str]]) -> Kind:
    if kind in words["containers"]:
        return "container"
    if kind in words["bugs"] or kind.rpartition(" ")[2] in words["bugs"]:  # such as a sprint defect
        return "bug"
    return "request" if kind in words["requests"] else "task"


def _project_of(name: str, table: Table) -> str:
    """The project that a key such as SHP-12 tells of; an outline is one, called as its file is."""
    if not table.places.keys().isdisjoint({"outline", "level"}):
        return Path(table.grid.file).stem
    found = _KEY.fullmatch(name) if "id" in table.places else None
    return found[1] if found else ""


def _group(table: Table, row: Sequence[str], numbers: Mapping[str, str]) -> str:
    """What the item belongs to: its epic, else the item above it."""
    if (epic := table.text(row, "epic")) and epic.casefold() not in ANSWERS:
        return on_one_line(epic)
    parent = table.text(row, "parent")
    return on_one_line(parent or numbers.get(table.text(row, "parent_number"), ""))


def _day(table: Table, row: Sequence[str], name: str, left: Counter[tuple[str, str]]) -> date | None:
    text = table.text(row, name)
    if not text:
        return None
    day = day_of(text, table.order)
    if day is None:
        left["cell", f"{name}: no date that is known"] += 1
    return day


def _hours(table: Table, row: Sequence[str], name: str, left: Counter[tuple[str, str]]) -> float | None:
    text = table.text(row, name)
    if not text:
        return None
    hours = hours_of(text, table.columns.unit, table.decimals[name])
    if hours is None:
        left["cell", f"{name}: no time of work that is known"] += 1
    return hours


def _points(table: Table, row: Sequence[str]) -> float | None:
    return number_of(table.text(row, "points"), table.decimals["points"])


def _logged(table: Table, row: Sequence[str], left: Counter[tuple[str, str]]) -> float | None:
    """Hours of the work log, entries such as `text;date;user;seconds`; None without any."""
    entries = [entry.rsplit(";", 1)[-1] for entry in table.texts(row, "log")]
    seconds = [number_of(entry) for entry in entries]
    unknown = sum(each is None for each in seconds)
    if unknown:
        left["cell", "log: does not end in seconds"] += unknown
    known = [each for each in seconds if each is not None and 0 <= each < 1e9]
    return sum(known) / 3600 if known else None


def _people(table: Table, row: Sequence[str]) -> tuple[str, ...]:
    """Who is assigned to the item, and who logged work on it."""
    if _is_shared(table):
        return _resources(table.text(row, "person"))
    loggers = [parts[-2] for entry in table.texts(row, "log") if len(parts := entry.split(";")) > 2]
    return tuple(dict.fromkeys(on_one_line(each) for each in (*table.texts(row, "person"), *loggers)))


def _is_shared(table: Table) -> bool:
    return not SHARED_CELLS.isdisjoint(table.columns.headers.get("person", ()))


def _resources(cell: str) -> tuple[str, ...]:
    """People as a plan lists them, `Ada;Bo[50%]`; what has a unit in brackets is material."""
    parts = (part.strip() for part in cell.replace(";", ",").split(",") if part.strip())
    people = (_SHARE.sub("", part) for part in parts)
    return tuple(dict.fromkeys(on_one_line(person) for person in people if person and "[" not in person))


def _level(table: Table, row: Sequence[str]) -> int:
    """Depth in the outline: as said, else the parts of a number such as 1.2.3; 0 where neither is there."""
    level = table.text(row, "level")
    if level.isascii() and level.isdecimal() and len(level) < 4:
        return int(level)
    number = table.text(row, "outline")
    return len(number.strip(".").split(".")) if number and number[0].isdecimal() else 0


def _share(table: Table, row: Sequence[str]) -> float | None:
    """What is done of an item, from percent."""
    value = number_of(table.text(row, "percent").rstrip("% "), table.decimals["percent"])
    whole = 1 if table.percent_is_share else 100
    return None if value is None or not 0 <= value <= whole else value / whole


def _crew(table: Table, row: Sequence[str]) -> int:
    """How many people share an item."""
    text = table.text(row, "crew")
    if not text and _is_shared(table):
        return max(1, len(_resources(table.text(row, "person"))))
    return max(1, min(50, int(text))) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _remarks(table: Table, rows: int) -> tuple[str, ...]:
    said = []
    if rows in _EXPORT_LIMITS:
        said.append(
            f"exactly {rows:,} rows: trackers cut their exports there; import the other parts with it"
        )
    if is_jira(table.grid.rows[table.header]):
        said.append("a table has no history of states: how long items waited in each cannot be had from it")
    elif "started" not in table.places:
        said.append("no days of start: how long items waited before work began cannot be had from it")
    return tuple(said)


def unused(table: Table) -> list[str]:
    """Headers of columns with something in them that no field takes."""
    used = {i for places in table.places.values() for i in places}
    header = table.grid.rows[table.header]
    rows = table.grid.rows[table.header + 1 :]
    left = [i for i in range(len(header)) if i not in used and plain_header(header[i])]
    whole = min(map(len, rows), default=0)  # so many columns have a cell in every row
    filled = [
        i
        for i in left
        if any(map(str.strip, map(itemgetter(i), rows if i < whole else [r for r in rows if i < len(r)])))
    ]
    return list(dict.fromkeys(plain_text(header[i]) for i in filled))
