"""The designs that an answer chooses from: the structures listed, and those between them and today's.

A structure that differs from today's in its roles and in who ranks leaves open which of the two brings the
gain. So today's structure with each single ingredient of each other one (a *step*) takes part in the choice,
and, where that is not too many, the roles of each listed structure with all that is beside the roles in each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.scenario.likeness import further_of
from sim.scenario.own_structures import name_of
from sim.scenario.structures import FURTHER, Structure
from sim.vocabulary import in_words

if TYPE_CHECKING:
    from sim.scenario import Scenario

ROLES, RANKS, RHYTHM, COVER, HELP, INTAKE = "roles", "ranks", "rhythm", "cover", "help", "intake"

INGREDIENTS: dict[str, tuple[str, ...]] = {
    ROLES: ("roles", "holders", "heads", *FURTHER),
    RANKS: ("ranks", "ranked_by"),
    RHYTHM: ("rhythm", "sprint_days", "cadence"),
    COVER: ("cover",),
    HELP: ("help",),
    INTAKE: ("intake", "intake_limit"),
}
"""What a structure is made of, and the fields that say it."""

_MOST_DESIGNS = 12
"""Designs beyond which roles are not tried with all that is beside them in each structure: steps alone."""

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Design:
    """A structure that takes part in the choice: what it `changes` of today's; `listed` by the scenario."""

    structure: Structure
    changes: tuple[str, ...]
    listed: bool

    @property
    def name(self) -> str:
        """The structure's name."""
        return self.structure.name


def designs(scenario: Scenario) -> tuple[Design, ...]:
    """The structures of like head-count of a scenario, then those between: each different from all before."""
    listed = structures_listed(scenario)
    today = next(s for s in listed if s.name == scenario.current)
    others = [s for s in listed if s is not today]
    found = [Design(s, changes(today, s), True) for s in listed]
    between = [named(taken(today, (part,), s), today, listed) for s in others for part in changes(today, s)]
    _add(found, between, today)
    crossed = [named(with_roles_of(one, other), today, listed) for one in listed for other in listed]
    tried = list(found)
    _add(tried, crossed, today)
    return tuple(tried if len(tried) <= _MOST_DESIGNS else found)


def _add(found: list[Design], structures: Sequence[Structure], today: Structure) -> None:
    """Add structures that are made of something else than those found so far."""
    for structure in structures:
        if not any(not changes(design.structure, structure) for design in found):
            found.append(Design(structure, changes(today, structure), False))


def structures_listed(scenario: Scenario) -> list[Structure]:
    """The structures to compare, with the heads that the scenario gives them."""
    compared = {name_of(item) for item in scenario.structures}
    own = [s for s in scenario.all_structures() if s.name in compared and s.successor is None]
    return [replace(s, heads=s.heads or scenario.heads.get(s.name)) for s in own]


def changes(today: Structure, other: Structure) -> tuple[str, ...]:
    """The ingredients in which two structures differ, as they come to pass."""
    return tuple(part for part in INGREDIENTS if _said(today, part) != _said(other, part))


def _said(structure: Structure, part: str) -> tuple[Any, ...]:
    """What a structure has of an ingredient, in a form that can be compared."""
    if part == ROLES:
        held = dict(structure.holders), further_of(structure)
        return *held, frozenset(structure.roles), dict(structure.heads or {})
    if part == RANKS:
        # Who ranks goes with the roles, where it is whoever holds `resources`.
        by = structure.ranking_role
        usual = by is None or by.name == structure.holders["resources"]
        return structure.ranked, None if usual or by is None else by.name
    if part == RHYTHM:
        return structure.rhythm, structure.sprint_days, dict(structure.cadence)
    return tuple(getattr(structure, field) for field in INGREDIENTS[part])


def taken(today: Structure, parts: Collection[str], other: Structure) -> Structure:
    """Today's structure with some ingredients of another one."""
    base = with_roles_of(today, other) if ROLES in parts else today
    fields = {field: getattr(other, field) for part in parts for field in INGREDIENTS[part]}
    if RANKS in parts:
        fields["ranked_by"] = _ranker(other.ranked_by, base)
    return replace(base, **fields)


def with_roles_of(today: Structure, other: Structure) -> Structure:
    """All that is beside the roles in `today`, with the roles of another structure."""
    fields = {field: getattr(other, field) for field in INGREDIENTS[ROLES]}
    return replace(today, **fields, ranked_by=_ranker(today.ranked_by, other))


def _ranker(role: str | None, structure: Structure) -> str | None:
    """The role that ranks, if the structure has it; else None, whoever holds `resources`."""
    return role if role in {known.name for known in structure.roles} else None


def named(structure: Structure, today: Structure, listed: Sequence[Structure] = ()) -> Structure:
    """The structure with a name that says whose roles it has, and what else is changed."""
    like = next((s for s in (today, *listed) if not {ROLES} & set(changes(s, structure))), today)
    said = ", ".join(_told(structure, part) for part in changes(like, structure))
    return replace(structure, name=f"{like.name}, {said}"[:_LONGEST_NAME] if said else like.name)


_RANKED = {
    "nobody": "nobody ranks",
    "own": "each ranks their own",
    "one": "one ranks all",
    "board": "a board ranks",
}


def _told(structure: Structure, part: str) -> str:
    """What a structure has of an ingredient beside the roles, in a few words."""
    if part == RANKS:
        by = f" ({in_words(structure.ranked_by)})" if structure.ranked_by else ""
        return f"{_RANKED[structure.ranks]}{by}"
    if part == RHYTHM:
        days = f" of {structure.sprint_days:g} days" if structure.sprint_days else ""
        cadence = ", own cadence" if structure.cadence else ""
        return (f"in sprints{days}" if structure.rhythm == "sprints" else "in flow") + cadence
    if part == INTAKE:
        room = f"{structure.intake_limit} projects a team at most"
        return room if structure.intake_limit else "all begin at once"
    return part if getattr(structure, part) else f"no {part}"


def written(structure: Structure) -> dict[str, Any]:
    """A structure as a scenario writes it under `structures`, in full."""
    heads = structure.heads or {}
    roles: dict[str, dict[str, Any]] = {
        role.name: {"looks_after": "teams" if role.by_team else "projects"}
        | ({"heads": heads[role.name]} if role.name in heads else {})
        for role in structure.roles
    }
    optional: dict[str, Any] = {"sprint_days": structure.sprint_days, "intake_limit": structure.intake_limit}
    if structure.ranking_role is not None:
        optional["ranked_by"] = structure.ranking_role.name
    return {
        "name": structure.name,
        "roles": roles,
        "duties": dict(structure.holders),
        **further_of(structure),
        "ranks": structure.ranked,
        "rhythm": structure.rhythm,
        "cadence": dict(structure.cadence),
        "cover": structure.cover,
        "help": structure.help,
        "intake": structure.intake,
        **{key: value for key, value in optional.items() if value is not None},
    }


def what_changes(design: Design) -> Iterator[str]:
    """What a design changes of today's, in words, one ingredient after the other."""
    for part in design.changes:
        yield "the roles" if part == ROLES else _told(design.structure, part)
