"""Headings over other items: not counted as work, their links passed on to what stands below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.imports.record import Item, ItemLink, LeftOut

_DEEPEST = 50


@dataclass(frozen=True)
class _Headings:
    """Items in the order of a plan, each with its level; the headings among them, and what is below each."""

    items: Sequence[Item]
    above: Mapping[str, tuple[str, ...]]
    leaves: Mapping[str, tuple[str, ...]]


def flattened(items: Sequence[Item]) -> tuple[tuple[Item, ...], tuple[LeftOut, ...]]:
    """The items with headings as such, and with every link between items that are work.

    Whatever follows a heading follows the last items below it, and what a heading follows, its first ones do.
    An end that hangs on a heading's is left out.
    """
    outline = _outline(items)
    if not outline.leaves:
        return tuple(items), ()
    ties = {item.id: item.ties for item in items}
    ends = {name: _without(leaves, _followed(leaves, ties)) for name, leaves in outline.leaves.items()}
    firsts = {name: _without(leaves, _following(leaves, ties)) for name, leaves in outline.leaves.items()}
    found, lost = [], 0
    for item in items:
        if item.id in outline.leaves:
            found.append(replace(item, kind="container", ties=(), estimate_hours=None))
            lost += sum(tie.kind[1] == "F" for tie in item.ties)
            continue
        own = dict.fromkeys(_below(item.ties, item.id, outline, ends, firsts))
        for heading in outline.above[item.id]:
            if item.id in firsts[heading]:
                passed = [tie for tie in ties[heading] if tie.kind[1] == "S"]
                own.update(dict.fromkeys(_below(passed, item.id, outline, ends, firsts)))
        found.append(replace(item, ties=tuple(own), group=next(iter(outline.above[item.id]), item.group)))
    told = LeftOut(lost, "link", "to the end of a heading")
    return tuple(found), (told,) if lost else ()


def _outline(items: Sequence[Item]) -> _Headings:
    above: dict[str, tuple[str, ...]] = {}
    leaves: dict[str, list[str]] = {}
    open_: list[Item] = []
    for i, item in enumerate(items):
        while open_ and open_[-1].level >= item.level:
            open_.pop()
        above[item.id] = tuple(each.id for each in reversed(open_[-_DEEPEST:]))
        following = items[i + 1].level if i + 1 < len(items) else 0
        if item.level and following > item.level:
            leaves[item.id] = []
            open_.append(item)
        else:
            for heading in above[item.id]:
                leaves[heading].append(item.id)
    return _Headings(items, above, {name: tuple(below) for name, below in leaves.items()})


def _followed(leaves: Sequence[str], ties: Mapping[str, Sequence[ItemLink]]) -> set[str]:
    return {tie.after for name in leaves for tie in ties[name] if tie.kind == "FS"}


def _following(leaves: Sequence[str], ties: Mapping[str, Sequence[ItemLink]]) -> set[str]:
    inside = set(leaves)
    return {name for name in leaves if any(tie.after in inside for tie in ties[name])}


def _without(leaves: Sequence[str], others: set[str]) -> frozenset[str]:
    return frozenset(leaves).difference(others) or frozenset(leaves)


def _below(
    ties: Iterable[ItemLink],
    item: str,
    outline: _Headings,
    ends: Mapping[str, frozenset[str]],
    firsts: Mapping[str, frozenset[str]],
) -> Iterable[ItemLink]:
    """Links to items that are work: those to headings as links to what is below them."""
    for tie in ties:
        if tie.after not in outline.leaves:
            yield tie
        elif tie.after not in outline.above[item]:
            below = ends if tie.kind[0] == "F" else firsts
            yield from (replace(tie, after=name) for name in sorted(below[tie.after]))
