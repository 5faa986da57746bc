"""Who holds a duty, and how many hold a role, in words."""

from __future__ import annotations

import re

from sim.scenario.structures import Structure
from sim.vocabulary import in_words

_TAKES_ES = re.compile(r"(ss|x|z|ch|sh)$")


def holder(structure: Structure, duty: str) -> str:
    """A role, the team or nobody; in a reorganisation that changes it, who holds it before and who after."""
    before = structure.holders[duty]
    after = before if structure.successor is None else structure.successor.holders[duty]
    return before if before == after else f"{before}, then {after}"


def posts_of(number: float, role: str) -> str:
    """So many posts of a role: `1 delivery lead`, `2 delivery leads`, `1.5 heads of delivery`."""
    name = in_words(role)
    return f"{number:g} {name if number <= 1 else _several(name)}"


def _several(name: str) -> str:
    """A role held by several: the noun before an *of*, or the last one, in its plural."""
    head, of, rest = name.partition(" of ")
    if _TAKES_ES.search(head):
        return f"{head}es{of}{rest}"
    if re.search(r"[^aeiou]y$", head):
        return f"{head[:-1]}ies{of}{rest}"
    return f"{head}{'' if head.endswith('s') else 's'}{of}{rest}"
