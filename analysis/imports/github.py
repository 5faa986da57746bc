"""Issues of GitHub in JSON: of `gh issue list --json …`, of its API, page after page or a line each.

What GitHub has no field for is read from labels: the kind, how pressing it is, the team, points.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.imports.csv_files import text_of_file
from analysis.imports.dates import day_of
from analysis.imports.grids import refusal
from analysis.imports.labels import kind_by_labels, points_by_labels, severe_by_labels, teams_by_labels
from analysis.imports.record import Item, ItemLink, LeftOut, Reading
from analysis.imports.synonyms import REJECTED
from sim.safety.names import on_one_line

GITHUB = "issues of GitHub"

_LOOKED_AT = 200_000
_START = re.compile(r"\s*[\[{]")
_MARKS = (re.compile(r'"number"\s*:\s*\d'), re.compile(r'"title"\s*:\s*"'))
_AFTER = re.compile(r"\b(?:depends on|blocked by)\s*:?\s*((?:#\d+(?:\s*,\s*|\s+and\s+)?)+)", re.IGNORECASE)
_NOT_PLANNED = frozenset({"not_planned", "duplicate"})
_REMARKS = (
    "GitHub keeps no hours: the scenario has those of the default",
    "issues have no history of states: how long they waited in each cannot be had from them",
)


def is_github(content: bytes) -> bool:
    """Whether a file is JSON of issues, by what it begins with."""
    start = content[:_LOOKED_AT]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start[: len(start) // 2 * 2].decode("utf-16" if wide else "utf-8", errors="replace")
    text = text.lstrip("\ufeff")
    return bool(_START.match(text)) and all(mark.search(text) for mark in _MARKS)


def read_github(content: bytes, file: str) -> Reading:
    """The issues of a file; each that takes no part is counted with the reason. Raises ScenarioError."""
    left: Counter[tuple[str, str]] = Counter()
    items: dict[str, Item] = {}
    rows = 0
    for entry in _entries(text_of_file(content, file), file):
        rows += 1
        if why := _no_issue(entry):
            left[why] += 1
            continue
        item = _item(entry)
        if item.id in items:
            left["issue", "the number of one above it, which counts instead"] += 1
        items.setdefault(item.id, item)
    if not items:
        raise refusal(file, "has no issues in it", "export issues with their number, title, state and dates")
    told = tuple(LeftOut(n, what, why) for (what, why), n in left.items())
    return Reading(file, GITHUB, rows, tuple(items.values()), told, _REMARKS)


def _entries(text: str, file: str) -> Iterator[Mapping[str, Any]]:
    """Each object of a list, of lists of lists, of pages one behind the other, or of lines."""
    reader, at, end = json.JSONDecoder(), 0, len(text)
    while at < end:
        if text[at].isspace() or text[at] == ",":
            at += 1
            continue
        try:
            value, at = reader.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = text.count("\n", 0, at) + 1
            raise refusal(file, "is JSON that breaks off, or is damaged", "export it again", line) from None
        yield from _objects(value)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)
    elif isinstance(value, dict):
        inside = value.get("items")
        yield from _objects(inside) if isinstance(inside, list) and "number" not in value else iter([value])


def _no_issue(entry: Mapping[str, Any]) -> tuple[str, str] | None:
    """Why an object takes no part; None for an issue."""
    if entry.get("pull_request") or entry.get("isPullRequest") or "/pull/" in _text(entry, "html_url", "url"):
        return "pull request", "no issue: the work is that of the issue it closes"
    if not isinstance(entry.get("number"), int) or not _text(entry, "title"):
        return "object", "neither number nor title"
    return None


def _item(entry: Mapping[str, Any]) -> Item:
    repository = _repository(entry)
    labels = [label.casefold() for label in _names(entry.get("labels"), "name")]
    closed = _text(entry, "state").casefold() == "closed"
    why = _text(entry, "state_reason", "stateReason").casefold()
    rejected = closed and (why in _NOT_PLANNED or bool(set(labels) & REJECTED))
    kind = _text(entry.get("type") or entry.get("issueType"), "name")
    milestone = entry.get("milestone") if isinstance(entry.get("milestone"), dict) else {}
    return Item(
        f"{repository}#{entry['number']}",
        on_one_line(_text(entry, "title")),
        kind_by_labels([kind.casefold(), *labels], heads=_has_below(entry)),
        type=on_one_line(kind),
        project=repository,
        group=on_one_line(_parent(entry, repository) or _text(milestone, "title")),
        status=_text(entry, "state").casefold(),
        severe=severe_by_labels(labels),
        finished=closed,
        rejected=rejected,
        created=day_of(_text(entry, "created_at", "createdAt")),
        done=day_of(_text(entry, "closed_at", "closedAt")) if closed else None,
        due=day_of(_text(milestone, "due_on", "dueOn")),
        points=points_by_labels(labels),
        teams=teams_by_labels(labels),
        people=tuple(dict.fromkeys(_names(entry.get("assignees"), "login"))),
        ties=_ties(_text(entry, "body"), repository),
    )


def _text(entry: Any, *keys: str) -> str:
    """The first text that an object has under one of these keys; empty if none."""
    found = (entry.get(key) for key in keys) if isinstance(entry, dict) else ()
    return next((each for each in found if isinstance(each, str) and each), "")


def _names(value: Any, key: str) -> list[str]:
    """Names in a list of texts, or of objects that have them under `key`."""
    every = value if isinstance(value, list) else []
    found = (each if isinstance(each, str) else _text(each, key) for each in every)
    return [on_one_line(name) for name in found if name]


def _repository(entry: Mapping[str, Any]) -> str:
    """The name of the repository, without its owner; empty where the file does not say."""
    given = entry.get("repository")
    named = _text(given, "name", "full_name", "nameWithOwner") if isinstance(given, dict) else given
    address = _text(entry, "repository_url") or _text(entry, "html_url", "url").partition("/issues/")[0]
    name = named if isinstance(named, str) and named else address
    return on_one_line(name.rstrip("/").rpartition("/")[2])


def _parent(entry: Mapping[str, Any], repository: str) -> str:
    """The issue above this one, by its id."""
    parent = entry.get("parent")
    if isinstance(parent, dict) and isinstance(parent.get("number"), int):
        return f"{repository}#{parent['number']}"
    number = _text(entry, "parent_issue_url").rpartition("/issues/")[2]
    return f"{repository}#{number}" if number.isdecimal() else ""


def _has_below(entry: Mapping[str, Any]) -> bool:
    below = entry.get("sub_issues_summary")
    return isinstance(below, dict) and bool(below.get("total"))


def _ties(body: str, repository: str) -> tuple[ItemLink, ...]:
    """What an issue says it depends on, or is blocked by."""
    numbers = [n for found in _AFTER.finditer(body) for n in re.findall(r"\d+", found[1])]
    return tuple(ItemLink(f"{repository}#{n}") for n in dict.fromkeys(numbers))
