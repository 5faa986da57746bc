"""What a cell of predecessors says: `A, B`, `3FS+2d; 5SS`, by name or id, in this project or another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from sim.scenario.reading.amounts import HOURS, hours_of
from sim.scenario.reading.problems import shown, suggest

_KINDS = {
    **{"FS": "FS", "SS": "SS", "FF": "FF", "SF": "SF"},
    **{"EA": "FS", "AA": "SS", "EE": "FF", "AE": "SF"},  # German: Ende, Anfang
    **{"FD": "FS", "DD": "SS", "DF": "SF"},  # French: fin, début
    **{"FC": "FS", "CC": "SS", "CF": "SF"},  # Spanish: fin, comienzo
}
"""What ties two tasks together: the end (F) or start (S) of the first to the start or end of the second."""

_ANY = "|".join(_KINDS)
_LINK = re.compile(
    rf"(?P<name>.+?)\s*(?P<kind>(?<=[\d\s])(?i:{_ANY})|(?:{_ANY}))?\s*"
    r"(?P<lag>[+\-\u2212]\s*+(?:\d++(?:[.,]\d++)?+\s*+[^\W\d]*+%?+\s*+)++)?"
)
"""In small letters only where it is parted from the name: `Bee` is no task B with an EE."""

_PARTINGS = (";", "|", ",")

Note = Callable[[str, str], None]
"""Told what is wrong and what would be right."""


@dataclass(frozen=True)
class TaskLink:
    """A task (its position) that comes before, how the two are tied, and the working days between."""

    task: int
    kind: str = "FS"
    lag_days: float = 0.0


@dataclass
class TaskNames:
    """What the tasks of a plan may be called by: an id, a name in their project, `project/name`."""

    by_id: dict[str, int] = field(default_factory=dict)
    by_name: dict[tuple[str, str], int] = field(default_factory=dict)
    in_full: dict[str, list[int]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)  # of each project

    def add(self, position: int, project: str, name: str, id_: str) -> None:
        """Take in a task; of two with one name or id, the first counts."""
        if id_:
            self.by_id.setdefault(id_, position)
        if (project, name) not in self.by_name:
            self.by_name[project, name] = position
            self.in_full.setdefault(f"{project}/{name}", []).append(position)
            self.names.setdefault(project, []).append(name)

    def meant(self, word: str, project: str) -> list[int]:
        """The tasks that a word of this project may mean: none, one, or several."""
        own = self.by_name.get((project, word))
        found = [self.by_id.get(word), own, *(self.in_full.get(word, ()) if own is None else ())]
        return list(dict.fromkeys(each for each in found if each is not None))

    def known(self, project: str) -> Collection[str]:
        """The names in a project."""
        return self.names.get(project, [])


def links_of(cell: str, project: str, names: TaskNames, note: Note) -> list[TaskLink]:
    """The links of a cell, each task once; what is wrong with it is noted."""
    found: dict[tuple[int, str], TaskLink] = {}
    for word in _words(cell, project, names, note):
        link = _link(word, project, names, note)
        if link is not None:
            found.setdefault((link.task, link.kind), link)
    return list(found.values())


def _words(cell: str, project: str, names: TaskNames, note: Note) -> Iterable[str]:
    """The single entries of a cell; a name may hold the sign that parts others."""
    if not cell:
        return []
    sign = next((sign for sign in _PARTINGS if sign in cell), None)
    if sign is None:
        return [cell]
    parts = [part.strip() for part in cell.split(sign) if part.strip()]
    if not _known(cell, project, names):
        return [word for part in parts for word in _words(part, project, names, note)]
    if all(_known(part, project, names) for part in parts):
        wrong = f"is {shown(cell)}, which is one task of this name, or {len(parts)} tasks"
        note(wrong, "give the tasks ids, and name them by these")
        return []
    return [cell]


def _known(word: str, project: str, names: TaskNames) -> bool:
    return bool(names.meant(word, project) or _in_parts(word, project, names))


def split_link(word: str) -> tuple[str, str, str] | None:
    """Name, kind and lag of an entry such as `3FS+2d`; None if it has neither kind nor lag."""
    found = _LINK.fullmatch(word)
    if not found or not (found["kind"] or found["lag"]):
        return None
    return found["name"], _KINDS[(found["kind"] or "FS").upper()], found["lag"] or ""


def lag_days(lag: str) -> float | None:
    """Working days of a lag such as `+2d` or `- 4 hours`; None if it is no time of work, or has no unit."""
    text = lag[1:].strip()
    hours = None if re.fullmatch(r"[\d.,]+", text) else hours_of(text, "days")
    return None if hours is None else (hours if lag[0] == "+" else -hours) / HOURS["days"]


def _in_parts(word: str, project: str, names: TaskNames) -> tuple[str, str, str] | None:
    """The same, if it names a task."""
    found = split_link(word)
    return found if found and names.meant(found[0], project) else None


def _link(word: str, project: str, names: TaskNames, note: Note) -> TaskLink | None:
    meant, kind, lag = names.meant(word, project), "FS", ""
    if not meant and (parts := _in_parts(word, project, names)):
        name, kind, lag = parts
        meant = names.meant(name, project)
    if not meant:
        wrong = f"names {shown(word)}, which is no task of this project"
        note(wrong, _elsewhere(word, names) or suggest(word, names.known(project)))
        return None
    if len(meant) > 1:
        wrong = f"names {shown(word)}, which is the id of one task and the name of another"
        note(wrong, "give that task another name or id")
        return None
    days = lag_days(lag) if lag else 0.0
    if days is None:
        _note_lag(lag, note)
        return None
    return TaskLink(meant[0], kind, days)


def _elsewhere(word: str, names: TaskNames) -> str:
    """The remedy for a task of another project; nothing where no project has one of this name."""
    projects = [project for project, name in names.by_name if name == word]
    return f"did you mean {projects[0]}/{word}?" if projects else ""


def _note_lag(lag: str, note: Note) -> None:
    bare = re.fullmatch(r"[\d.,]+", lag[1:].strip())
    wrong = "without a unit: days or hours?" if bare else "which is no time of work"
    comma = "" if bare else ","
    note(f"has the lag {shown(lag)}{comma} {wrong}", "write it in working days or hours, such as +2d or -4h")
