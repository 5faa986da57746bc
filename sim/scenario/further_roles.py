"""What a user may write about further roles of duties: who is accountable too, consulted or informed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from sim.scenario.base import Refusal
from sim.scenario.reading.problems import shown, suggest
from sim.scenario.structures import NOBODY, TEAM
from sim.vocabulary import DUTIES


def _as_list(given: object) -> object:
    """One role may stand without a list."""
    return [given] if isinstance(given, str) else given


FurtherRoles = dict[
    str,
    Annotated[
        list[str],
        BeforeValidator(_as_list),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ],
]
"""Duty: a role, or a list of roles."""


def ordered(given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Duties in their own order, each role once; without those for which no role is left."""
    return {duty: tuple(dict.fromkeys(given[duty])) for duty in DUTIES if given.get(duty)}


def refusals_of_further(given: Mapping[str, list[str]], roles: Collection[str] | None) -> Iterator[Refusal]:
    """Duties that there are not, and roles that there are not; of roles only if they are sound themselves."""
    for duty, named in given.items():
        if duty not in DUTIES:
            yield (duty,), "is no duty", suggest(duty, DUTIES)
            continue
        for role in named if roles is not None else ():
            if role in (TEAM, NOBODY):
                yield (duty,), f"names {role}, which is no role", "name roles of managers"
            elif role not in (roles or ()):
                yield (duty,), f"names {shown(role)}, which is no role here", suggest(role, list(roles or ()))
