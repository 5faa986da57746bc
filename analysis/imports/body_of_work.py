"""Items of several files as one body of work: what belongs to what, and what has to be done before what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analysis.imports.record import Item, ItemLink, LeftOut, Reading, WorkingTime
from sim.safety.names import look
from sim.scenario.reading.predecessors import lag_days, split_link

MOST_STEPS = 10
"""Levels of items above an item that are looked at."""

EPICS_OF_A_PORTFOLIO = 3
"""So many epics with work in them make a tracker's project a portfolio of projects."""

SHARE_OF_A_SERVICE = 0.5
"""A tracker's project with a larger share of defects and requests than this is a service."""


@dataclass(frozen=True)
class Work:
    """All items that are work, with the project (in the sense of a scenario) and the direct predecessors of
    each; `tickets` belong to a service; `period` days are the first and the last in the files.

    `titles` and `containers` are of the projects, by their keys. `day` is the one by which shares are done,
    and `time` the calendar of the first plan that has one.
    """

    tasks: Mapping[str, Item]
    project: Mapping[str, str]
    before: Mapping[str, tuple[ItemLink, ...]]
    titles: Mapping[str, str]
    containers: Mapping[str, Item]
    tickets: Sequence[Item]
    services: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    day: date | None = None
    time: WorkingTime | None = None


def together(readings: Iterable[Reading]) -> Work:
    """The work of all files. An item that several files have counts as the last of them has it."""
    readings = tuple(readings)
    items = {item.id: item for reading in readings for item in reading.items}
    repeated = sum(len(reading.items) for reading in readings) - len(items)
    containers = {key: item for key, item in items.items() if item.kind == "container"}
    real = {key: i for key, i in items.items() if i.kind != "container" and not i.rejected}
    services = _services([i for i in items.values() if i.kind != "container"])
    tickets = [i for i in real.values() if i.kind == "request" or i.project in services]
    tasks = {key: i for key, i in real.items() if i.kind != "request" and i.project not in services}
    project, titles = _projects(tasks, items)
    before, foreign = _links(tasks, items, project)
    times = dict.fromkeys(reading.time for reading in readings if reading.time)
    rejected = sum(i.rejected and i.kind != "container" for i in items.values())
    counted = [
        LeftOut(repeated, "item", "in several files; the last counts"),
        LeftOut(len(containers), "heading", "such as epics: no work themselves"),
        LeftOut(rejected, "item", "closed without being done"),
        LeftOut(len(times) - 1, "calendar", "of other plans, which differ from the first"),
        *foreign,
    ]
    told = tuple(left for left in counted if left.count > 0)
    day = max((reading.day for reading in readings if reading.day), default=None)
    time = next(iter(times), None)
    return Work(tasks, project, before, titles, containers, tickets, services, told, day, time)


def _services(items: Sequence[Item]) -> tuple[str, ...]:
    """Projects of the tracker that are services: most of what comes in are defects and requests."""
    all_of: dict[str, list[bool]] = {}
    for item in items:
        all_of.setdefault(item.project, []).append(item.kind in ("bug", "request"))
    return tuple(
        name for name, kinds in all_of.items() if name and sum(kinds) > SHARE_OF_A_SERVICE * len(kinds)
    )


def _projects(tasks: Mapping[str, Item], items: Mapping[str, Item]) -> tuple[dict[str, str], dict[str, str]]:
    """The project of each task, by a key, and what each is called.

    It is the epic where the tracker's project has several, else the tracker's project. Headings of an outline
    are parts of one plan, however many there are.
    """
    by_title = _by_title(items.values())
    epic = {key: _epic(item, items, by_title) for key, item in tasks.items()}
    portfolios = _portfolios(tasks, epic)
    project: dict[str, str] = {}
    titles: dict[str, str] = {}
    for key, item in tasks.items():
        is_of_epic = epic[key] and item.project in portfolios and not item.level
        name = epic[key] if is_of_epic else item.project or epic[key]
        found = look(name or "All items")
        project[key] = found
        title = items[name].title if name in items and items[name].title else name
        titles.setdefault(found, title or "All items")
    return project, titles


def _by_title(items: Collection[Item]) -> dict[str, str]:
    """The item of each title: a container before others, of which only one may be called so."""
    times = Counter(look(item.title) for item in items)
    once = {look(item.title): item.id for item in items if item.title and times[look(item.title)] == 1}
    return once | {look(i.title): i.id for i in items if i.kind == "container" and i.title}


def _epic(item: Item, items: Mapping[str, Item], by_title: Mapping[str, str]) -> str:
    """The container above an item; a name that is no item's stands for itself."""
    name = item.group
    for _ in range(MOST_STEPS):
        name = by_title.get(look(name), name) if name not in items else name
        above = items.get(name)
        if above is None or above.kind == "container":
            return name
        name = above.group
    return ""


def _portfolios(tasks: Mapping[str, Item], epic: Mapping[str, str]) -> set[str]:
    epics: dict[str, set[str]] = {}
    for key, item in tasks.items():
        if epic[key] and not item.level:
            epics.setdefault(item.project, set()).add(epic[key])
    return {name for name, found in epics.items() if len(found) >= EPICS_OF_A_PORTFOLIO}


def _links(
    tasks: Mapping[str, Item], items: Mapping[str, Item], project: Mapping[str, str]
) -> tuple[dict[str, tuple[ItemLink, ...]], list[LeftOut]]:
    """The links of each task to those before it, each pair and kind once, whichever end named it."""
    titles = {(project[key], look(item.title)): key for key, item in tasks.items() if item.title}
    arrows: dict[tuple[str, str, str], ItemLink] = {}
    for key, item in tasks.items():
        for tie in (_known(each, project[key], titles, items) for each in item.ties):
            arrows.setdefault((tie.after, key, tie.kind), tie)
        for name in item.before:
            found = _known(ItemLink(name), project[key], titles, items).after
            arrows.setdefault((key, found, "FS"), ItemLink(key))
    missing = dict.fromkeys(end for a, b, _ in arrows for end in (a, b) if end not in items)
    outside = [arrow for arrow in arrows if not all(end in tasks for end in arrow[:2])]
    lost = set(outside)
    unknown = sum(a in missing or b in missing for a, b, _ in outside)
    kept = {arrow: tie for arrow, tie in arrows.items() if arrow[0] != arrow[1] and arrow not in lost}
    closing = _closing_of(kept)
    before: dict[str, list[ItemLink]] = {}
    for (a, b, _), tie in kept.items():
        if (a, b) not in closing:
            before.setdefault(b, []).append(tie)
    listed = ", ".join(list(missing)[:5]) + (" …" if len(missing) > 5 else "")
    left = [
        LeftOut(unknown, "link", f"to {listed}, not in the files"),
        LeftOut(len(outside) - unknown, "link", "to items that are no tasks of a project"),
        LeftOut(len(closing), "link", "would let an item wait for itself"),
    ]
    return {key: tuple(ties) for key, ties in before.items()}, left


def _known(
    tie: ItemLink, project: str, titles: Mapping[tuple[str, str], str], items: Mapping[str, Item]
) -> ItemLink:
    """A link as a file has it, such as to `3FS+2d` or to a title, by the id of the task that it leads to."""
    if tie.after in items:
        return tie
    if (project, look(tie.after)) in titles:
        return replace(tie, after=titles[project, look(tie.after)])
    name, kind, lag = split_link(tie.after) or ("", "", "")
    found = name if name in items else titles.get((project, look(name)))
    days = lag_days(lag) if lag else 0.0
    return tie if found is None or days is None else ItemLink(found, kind, days)


def _closing_of(arrows: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """The arrows that close a circle."""
    after: dict[str, list[str]] = {}
    for a, b, _ in arrows:
        after.setdefault(a, []).append(b)
    return _closing(after)


def _closing(after: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Arrows that lead back to where a walk along the arrows comes from; each is looked at once."""
    closing, done, open_ = set(), set(), set()
    for start in after:
        if start in done:
            continue
        open_.add(start)
        walk = [(start, iter(after.get(start, ())))]
        while walk:
            at, ahead = walk[-1]
            to = next(ahead, None)
            if to is None:
                walk.pop()
                open_.discard(at)
                done.add(at)
            elif to in open_:
                closing.add((at, to))
            elif to not in done:
                open_.add(to)
                walk.append((to, iter(after.get(to, ()))))
    return closing


def without_names(work: Work) -> Work:
    """The same work with nothing that may name a person: titles give way to ids, projects to numbers."""
    tasks = {key: replace(item, title="", client="") for key, item in work.tasks.items()}
    titles = {key: f"Project {i}" for i, key in enumerate(work.titles, 1)}
    return replace(work, tasks=tasks, titles=titles)
