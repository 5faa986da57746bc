"""Items of several files as one body of work: what belongs to what, and what has to be done before what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.imports.record import Item, LeftOut, Reading
from sim.safety.names import look

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

    `titles` and `containers` are of the projects, by their keys.
    """

    tasks: Mapping[str, Item]
    project: Mapping[str, str]
    before: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    containers: Mapping[str, Item]
    tickets: Sequence[Item]
    services: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


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
    rejected = sum(i.rejected and i.kind != "container" for i in items.values())
    counted = [
        LeftOut(repeated, "item", "in several files; the last counts"),
        LeftOut(len(containers), "heading", "such as epics: no work themselves"),
        LeftOut(rejected, "item", "closed without being done"),
        *foreign,
    ]
    told = tuple(left for left in counted if left.count)
    return Work(tasks, project, before, titles, containers, tickets, services, told)


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

    It is the epic where the tracker's project has several, else the tracker's project.
    """
    by_title = {look(i.title): i.id for i in items.values() if i.kind == "container" and i.title}
    epic = {key: _epic(item, items, by_title) for key, item in tasks.items()}
    portfolios = _portfolios(tasks, epic)
    project: dict[str, str] = {}
    titles: dict[str, str] = {}
    for key, item in tasks.items():
        name = epic[key] if item.project in portfolios and epic[key] else item.project or epic[key]
        found = look(name or "All items")
        project[key] = found
        title = items[name].title if name in items and items[name].title else name
        titles.setdefault(found, title or "All items")
    return project, titles


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
        if epic[key]:
            epics.setdefault(item.project, set()).add(epic[key])
    return {name for name, found in epics.items() if len(found) >= EPICS_OF_A_PORTFOLIO}


def _links(
    tasks: Mapping[str, Item], items: Mapping[str, Item], project: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], list[LeftOut]]:
    """The predecessors of each task within its project, each once, whichever end named them."""
    titles = {(project[key], look(item.title)): key for key, item in tasks.items() if item.title}
    arrows: dict[tuple[str, str], None] = {}
    for key, item in tasks.items():
        arrows.update(dict.fromkeys((_known(n, project[key], tasks, titles), key) for n in item.after))
        arrows.update(dict.fromkeys((key, _known(n, project[key], tasks, titles)) for n in item.before))
    ends = {(a, b): all(end in tasks for end in (a, b)) for a, b in arrows}
    missing = dict.fromkeys(end for arrow in arrows for end in arrow if end not in items)
    others = sum(not ok and all(end in items for end in arrow) for arrow, ok in ends.items())
    across = sum(ok and project[a] != project[b] for (a, b), ok in ends.items())
    kept = [(a, b) for (a, b), ok in ends.items() if ok and project[a] == project[b] and a != b]
    before, circular = _without_circles(kept)
    listed = ", ".join(list(missing)[:5]) + (" …" if len(missing) > 5 else "")
    found = [
        LeftOut(
            sum(a in missing or b in missing for a, b in arrows),
            "link",
            f"to {listed}, not in the files",
        ),
        LeftOut(others, "link", "to items that are no tasks of a project"),
        LeftOut(across, "link", "from one project to another"),
        LeftOut(circular, "link", "would let an item wait for itself"),
    ]
    return before, found


def _known(name: str, project: str, tasks: Mapping[str, Item], titles: Mapping[tuple[str, str], str]) -> str:
    """The id of what a link names, by id or by title."""
    return name if name in tasks else titles.get((project, look(name)), name)


def _without_circles(arrows: Sequence[tuple[str, str]]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Predecessors by task, without the arrows that close a circle, and how many those are."""
    after: dict[str, list[str]] = {}
    for a, b in arrows:
        after.setdefault(a, []).append(b)
    closing = _closing(after)
    before: dict[str, list[str]] = {}
    for a, b in arrows:
        if (a, b) not in closing:
            before.setdefault(b, []).append(a)
    return {key: tuple(names) for key, names in before.items()}, len(closing)


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
