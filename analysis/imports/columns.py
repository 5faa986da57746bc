"""Which column is what: proposed from the headers, said in a file that a user may edit, and read from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.imports.dates import Order
from analysis.imports.synonyms import (
    BUGS,
    CONTAINERS,
    DONE,
    HEADERS,
    JIRA,
    JIRA_KEYS,
    PLANNED_ENDS,
    REJECTED,
    REQUESTS,
    SEVERE,
)
from analysis.imports.timesheet_words import TIMESHEET_NEEDS, TIMESHEET_WORDS
from sim.safety.names import plain_text
from sim.scenario.base import mapping_at
from sim.scenario.reading.amounts import HOURS, Decimal, named_unit
from sim.scenario.reading.files import LARGEST_SCENARIO, read_text
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.reading.yaml_lines import Tree, read_yaml

FIELDS = tuple(HEADERS)
SEVERAL = frozenset({"team", "after", "before", "log", "person"})
"""Fields of which an item may have more than one value, in columns of one name or of several."""

DATES = ("created", "started", "done", "due")
WORK = ("estimate", "remaining", "spent")

DURATIONS = frozenset({"duration", "dauer", "durée", "duración", "durata", "duração", "duur"})
"""Headers under which hours and days are equally usual."""

_PARTS = {"columns": FIELDS, "timesheet": tuple(TIMESHEET_WORDS)}
"""What a file of columns may say the columns of, with the fields of each."""

WORD_LISTS: dict[str, frozenset[str]] = {
    "containers": CONTAINERS,
    "bugs": BUGS,
    "requests": REQUESTS,
    "done": DONE,
    "rejected": REJECTED,
    "severe": SEVERE,
}
"""Lists of values that a file of columns may give anew."""

IN_POINTS = ({"cycle number", "triaged"}, {"is_completed", "moved_at"})
"""Headers of exports of Linear and of Shortcut, whose estimates are points."""

SETTINGS = ("columns", "timesheet", "unit", "decimal", "dates", *WORD_LISTS)


@dataclass(frozen=True)
class Columns:
    """Which headers hold each field, and how their values are meant.

    `unit` is that of plain numbers of work, a key of HOURS; `decimal` and `dates` are None where the values
    themselves are to show them. `timesheet` holds the columns of a table of hours, which has other fields.
    """

    headers: Mapping[str, tuple[str, ...]]
    unit: str = "hours"
    decimal: Decimal | None = None
    dates: Order | None = None
    words: Mapping[str, frozenset[str]] = field(default_factory=lambda: WORD_LISTS)
    timesheet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def plain_header(cell: str) -> str:
    """A header as it is compared: in lower case, without `Custom field (…)` and the `.1` of repeated ones."""
    text = re.sub(r"\.\d{1,3}$", "", plain_text(cell).casefold())
    found = re.fullmatch(r"(?:custom field|benutzerdefiniertes feld|champ personnalisé) \((.*)\)", text)
    return (found[1] if found else text).strip()


def is_jira(header: Sequence[str]) -> bool:
    """Whether these headers are those of an export of Jira."""
    return _is_of_jira(set(map(plain_header, header))) and len(proposed(header).headers) >= 4


def _is_of_jira(there: Collection[str]) -> bool:
    """Whether headers are those of Jira: its word for a key alone, or two others that only it has."""
    return bool(JIRA_KEYS.intersection(there)) or len(JIRA.intersection(there)) >= 2


def proposed(header: Sequence[str], empty: Collection[str] = ()) -> Columns:
    """The columns that a header names by known words; those that are `empty` only for want of others."""
    there = dict.fromkeys(plain_header(cell) for cell in header)
    found: dict[str, tuple[str, ...]] = {}
    texts, works = _meant(there, _looser), _meant(there, _without_unit)
    for name, words in HEADERS.items():
        meant = works if name in WORK else texts
        spelled = (each for word in words.split(" | ") for each in (word, word.replace(" ", "")))
        known = sorted(
            dict.fromkeys(meant[word] for word in spelled if word in meant), key=empty.__contains__
        )
        if known:
            found[name] = tuple(known) if name in SEVERAL and name != "person" else (known[0],)
    if any(there.keys() >= marks for marks in IN_POINTS) and "estimate" in found:
        found["points"] = found.pop("estimate")
    is_planned = all(found.get(name, ("",))[0] in {"", *empty} for name in ("status", "status_group"))
    if is_planned and not PLANNED_ENDS.isdisjoint(found.get("done", ())):
        del found["done"]
    return Columns(found, unit="seconds" if _is_of_jira(there) else unit_in(found.get("estimate", ("",))[0]))


def meant_by(headers: Iterable[str]) -> Mapping[str, str]:
    """Each header by the words that it may stand for: also without what explains it, and without a unit."""
    there = tuple(headers)
    return {**_meant(there, _looser), **_meant(there, _without_unit)}


def unit_in(header: str) -> str:
    """The unit that a header names; hours where it names none."""
    named = _BRACKETS.search(header)
    words = [*(re.split(r"[\s_-]+", named[1]) if named else []), header, *re.split(r"[\s_-]+", header)]
    return next((unit for word in words if (unit := named_unit(word))), "hours")


_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,20})[)\]]$")
"""A unit, as in `Aufwand (h)`."""


_REMARK = re.compile(r"\s*[(\[][^()\[\]/]*[)\]]$")
"""What explains a header, as in `Owner (role)`; `Milestone (Y/N)` asks whether."""

_SHORTEST_PART = 3


def _meant(there: Iterable[str], ways: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """Each header by the words that it may stand for; what a header is counts before what it is like."""
    found = {header: header for header in there}
    for header in there:
        for word in ways(header.replace("_", " ")):
            found.setdefault(word, header)
    return found


def _looser(header: str) -> Iterator[str]:
    """A header, also without what explains it, and each part of `Task / Deliverable`, `Phase and Name`."""
    bare = _REMARK.sub("", header)
    parts = (part.strip() for part in re.split("/| and | & ", bare))
    yield from (header, bare, *(part for part in parts if len(part) >= _SHORTEST_PART))


def _without_unit(header: str) -> Iterator[str]:
    """A header, also without its unit: `Effort (days)`, `effort days`."""
    found = _BRACKETS.search(header)
    start, _, last = header.rpartition(" ")
    yield header
    if found and named_unit(found[1].rpartition(" ")[2]):
        yield header[: found.start()]
    elif start and len(last) >= _SHORTEST_PART and named_unit(last):
        yield start


def commented(columns: Columns, header: Sequence[str], file: str) -> str:
    """The columns as a file to edit, with what is not used as comments."""
    names = {plain_header(cell): plain_text(cell) for cell in reversed(header)}
    used = {each for several in columns.headers.values() for each in several}
    lines = [
        f"# Which column of {plain_text(file)} is what. Edit, save, and give it with --columns.",
        "columns:",
        *(
            f"  {name}: {_listed([names.get(h, h) for h in found])}"
            for name, found in columns.headers.items()
        ),
        *(f"  # {name}: ...            not found" for name in FIELDS if name not in columns.headers),
        "# A timesheet? Say instead: timesheet: {day: ..., hours: ..., person: ..., project: ...}",
        f"# Not used: {', '.join(dict.fromkeys(n for h, n in names.items() if h not in used)) or 'nothing'}",
        f"unit: {columns.unit}            # of plain numbers of work: {', '.join(HOURS)}",
        "# decimal: point          # or comma; left out, the numbers show it",
        "# dates: day-first        # or month-first; left out, the dates show it",
        *(f"{name}: {_listed(sorted(words))}" for name, words in columns.words.items()),
    ]
    return "\n".join(lines) + "\n"


def _listed(names: Sequence[str]) -> str:
    return f"[{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"


def read_columns(path: Path) -> Columns:
    """A file of columns as `commented` writes it; ScenarioError with all that is wrong in it."""
    text = read_text(path, LARGEST_SCENARIO, "give a file of columns (YAML)", "save the file as UTF-8")
    tree = read_yaml(text, str(path))
    problems = list(tree.problems) or [*_wrong_keys(tree), *_wrong_fields(tree), *_wrong_words(tree)]
    if problems:
        raise ScenarioError(problems)
    data: Mapping[str, Any] = mapping_at(tree.data)
    lists = {name: frozenset(_lower(data[name])) for name in WORD_LISTS if name in data}
    return Columns(
        _headers(data, "columns"),
        data.get("unit", "hours"),
        data.get("decimal"),
        data.get("dates"),
        {**WORD_LISTS, **lists},
        _headers(data, "timesheet"),
    )


def _headers(data: Mapping[str, Any], part: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(plain_header, _several(said))) for name, said in data.get(part, {}).items()}


def _several(said: Any) -> list[str]:
    return [str(each) for each in (said if isinstance(said, list) else [said])]


def _lower(said: Any) -> list[str]:
    return [plain_text(each).casefold() for each in _several(said)]


def _wrong_keys(tree: Tree) -> list[Problem]:
    if not isinstance(tree.data, dict) or not any(isinstance(tree.data.get(part), dict) for part in _PARTS):
        right = "say which column is what, such as columns: {id: Key, title: Summary}"
        return [Problem(tree.file, None, "columns", "is missing", right)]
    unknown = [key for key in tree.data if key not in SETTINGS]
    found = [_problem(tree, (key,), "is no key here", suggest(str(key), SETTINGS)) for key in unknown]
    allowed = {"unit": tuple(HOURS), "decimal": ("point", "comma"), "dates": ("day-first", "month-first")}
    for key, fit in allowed.items():
        if key in tree.data and tree.data[key] not in fit:
            found.append(_problem(tree, (key,), f"is {shown(tree.data[key])}", f"give {' or '.join(fit)}"))
    return found


def _wrong_fields(tree: Tree) -> list[Problem]:
    data = mapping_at(tree.data)
    said = ((part, fields) for part, fields in _PARTS.items() if part in data)
    return [problem for part, fields in said for problem in _wrong_in(tree, part, fields, data[part])]


def _wrong_in(tree: Tree, part: str, fields: Sequence[str], columns: object) -> Iterator[Problem]:
    if not isinstance(columns, dict):
        yield _problem(tree, (part,), f"is {shown(columns)}", "say which column is what")
        return
    for name, said in columns.items():
        if name not in fields:
            yield _problem(tree, (part, name), "is no field", suggest(str(name), fields))
        elif not said or any(not isinstance(each, str | int) for each in _each(said)):
            right = "give the name of a column, or a list"
            yield _problem(tree, (part, name), f"is {shown(said)}", right)
    if part == "timesheet" and not any(columns.keys() >= needed for needed in TIMESHEET_NEEDS):
        yield _problem(tree, (part,), "lacks columns", "say which is day, and which hours, or from and to")


def _wrong_words(tree: Tree) -> list[Problem]:
    data = tree.data if isinstance(tree.data, dict) else {}
    wrong = [name for name in WORD_LISTS if name in data and not isinstance(data[name], list)]
    return [_problem(tree, (name,), f"is {shown(data[name])}", "give a list of words") for name in wrong]


def _each(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _problem(tree: Tree, place: tuple[Any, ...], wrong: str, right: str) -> Problem:
    return Problem(tree.file, tree.line(place), ".".join(map(str, place)), wrong, right)


def check_columns(columns: Columns, header: Sequence[str], path: str, file: str) -> None:
    """Raise ScenarioError if a file of columns names a column that the table does not have."""
    there = {plain_header(cell): plain_text(cell) for cell in header}
    part, said = ("timesheet", columns.timesheet) if columns.timesheet else ("columns", columns.headers)
    missing = [(n, h) for n, several in said.items() for h in several if h not in there]
    problems = []
    for name, wanted in missing:
        meant = get_close_matches(wanted, there, n=1)
        right = f"did you mean {there[meant[0]]}?" if meant else f"it has {', '.join(there.values())}"[:300]
        problems.append(
            Problem(path, None, f"{part}.{name}", f"names {shown(wanted)}, no column of {file}", right)
        )
    if problems:
        raise ScenarioError(problems)
