"""Teams as the items show them: who works together on a component, a team, or a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.imports.record import Item
from analysis.words.numbers import many
from sim.safety.names import look

LONGEST_TEAM_NAME = 120
MOST_MEMBERS = 1000
USUAL_MEMBERS = 6


@dataclass(frozen=True)
class Team:
    """A team: how many people it has, and how that is known."""

    name: str
    members: int
    why: str


def teams_of(items: Sequence[Item], *, anonymous: bool = False) -> tuple[list[Team], dict[str, str]]:
    """The teams that did these items, and the team of each item by its id.

    Each person belongs to the team in which they have most items, so nobody is counted twice.
    """
    said = any(item.teams for item in items)
    wished = {item.id: _wished(item, said) for item in items}
    homes = _homes(items, wished)
    people = Counter(homes.values())
    names = {
        look(name): name for name in people or Counter(w for several in wished.values() for w in several)
    }
    biggest = max(names, key=lambda key: people[names[key]], default="")
    of = {item.id: _team(item, wished[item.id], homes, names, names.get(biggest, "")) for item in items}
    shown = _shown(list(names.values()), {look(p) for p in homes} if anonymous else set())
    from_where = "its component or team" if said else "its project"
    items_of = Counter(of.values())
    there = [name for name in names.values() if people[name] or items_of[name]]
    teams = [_counted(shown[n], people[n], items_of[n], from_where) for n in there]
    return teams, {key: shown[name] for key, name in of.items()}


def _wished(item: Item, said: bool) -> tuple[str, ...]:
    return item.teams if said else (item.project or "Team",)


def _homes(items: Sequence[Item], wished: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The team of each person: that of most of their items, in the name by which it came first."""
    counts: dict[str, Counter[str]] = {}
    spelled: dict[str, str] = {}
    for item in items:
        for person in item.people:
            for name in wished[item.id][:1]:
                counts.setdefault(person, Counter())[spelled.setdefault(look(name), name)] += 1
    return {person: found.most_common(1)[0][0] for person, found in counts.items()}


def _team(
    item: Item, wished: Sequence[str], homes: Mapping[str, str], names: Mapping[str, str], biggest: str
) -> str:
    """The first team that the item names and that has people, else that of its people, else the biggest."""
    named = [names[look(name)] for name in wished if look(name) in names]
    by_people = [homes[person] for person in item.people if person in homes]
    return next(iter([*named, *by_people, biggest]))


def _shown(names: Sequence[str], people: set[str]) -> dict[str, str]:
    """Each team as it is written: short enough, and not by the name of a person who shall not be named."""
    return {
        name: f"Team {i}" if look(name) in people or "@" in name else _short(name)
        for i, name in enumerate(names, 1)
    }


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_TEAM_NAME else f"{name[: LONGEST_TEAM_NAME - 1]}…"


def _counted(name: str, people: int, items: int, from_where: str) -> Team:
    of_whom = "1 person" if people == 1 else f"{people:,} people"
    known = f"{many(items, 'item')} by {from_where}; {of_whom} with most of their items there"
    if people:
        return Team(name, min(people, MOST_MEMBERS), known)
    return Team(name, USUAL_MEMBERS, f"{many(items, 'item')} by {from_where}; no people are named: default")
