"""What is wrong in a scenario across its keys: managers against roles, names against what they name.

Each function takes a value and `others`, the keys before it that are sound; what depends on an unsound key is
not checked until that is put right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.scenario.base import TOP, Refusal
from sim.scenario.own_structures import known_structures, name_of
from sim.scenario.reading.problems import shown, suggest
from sim.scenario.reorganisation import Reorganisation, switch_refusals
from sim.scenario.structures import Structure
from sim.vocabulary import BY_NAME

Others = Mapping[str, Any]

SMALLEST_POST = 0.1
"""Part of a post that anybody may have."""

_CLOSE = 1e-6
"""Posts that sum up to this count as the same number."""


def current_refusals(current: str, others: Others) -> list[Refusal]:
    """The structure of today must be compared."""
    names = [name_of(item) for item in others.get("structures", (current,))]
    if current in names:
        return []
    return [
        ((), f"is {shown(current)}, which is not among structures", f"give one of {', '.join(names)}"),
    ]


def manager_refusals(managers: int, others: Others) -> list[Refusal]:
    """The heads that structures of one's own name must sum to all managers, or leave some for the rest."""
    found: list[Refusal] = []
    for i, structure in enumerate(_compared(others).values()):
        wrong = heads_refusal(structure, structure.heads or {}, managers)
        if wrong is not None:
            found.append(((TOP, "structures", i, "roles"), *wrong))
    return found


def heads_refusal(structure: Structure, heads: Mapping[str, float], managers: int) -> tuple[str, str] | None:
    """What is wrong with the posts that are said of some roles, or of all, and what would be right."""
    posts, rest = sum(heads.values()), [role.name for role in structure.roles if role.name not in heads]
    if heads and not rest and abs(posts - managers) > _CLOSE:
        return f"sum to {posts:g} posts", f"let them sum to managers, which is {managers}"
    if heads and rest and posts + SMALLEST_POST * len(rest) > managers + _CLOSE:
        right = f"leave some of the {managers} managers for {', '.join(rest)}"
        return f"sum to {posts:g} posts", right
    return None


def reorganisation_refusals(plan: object, others: Others) -> list[Refusal]:
    """A reorganisation, as it was written, leads from a known structure to another, before the end."""
    said: object = plan.model_dump(by_alias=True) if isinstance(plan, Reorganisation) else plan
    if not isinstance(said, dict):
        return []
    found: list[Refusal] = []
    if "structures" in others:
        known = known_structures(others["structures"])
        found += switch_refusals(said, known)
    horizon, day = others.get("horizon_days"), said.get("day")
    if horizon is not None and isinstance(day, int) and day > horizon:
        found.append((("day",), f"is {day}, after the end", f"give a day from 1 to {horizon}"))
    return found


def split_refusals(heads: Mapping[str, Mapping[str, float]], others: Others) -> list[Refusal]:
    """How the managers of structures split over their roles."""
    if "structures" not in others:
        return []
    possible = _staffed(others)
    return [r for name, split in heads.items() for r in _split_refusals(name, split, possible, others)]


def _split_refusals(
    name: str, split: Mapping[str, float], possible: Mapping[str, Structure], others: Others
) -> list[Refusal]:
    if name not in possible:
        return [((name,), "is not among structures", suggest(name, list(possible)))]
    if possible[name].heads:
        return [((name,), "is given, but its roles say their heads", "keep one of the two")]
    return _dealt_refusals(possible[name], split, others.get("managers"))


def _dealt_refusals(structure: Structure, split: Mapping[str, float], managers: int | None) -> list[Refusal]:
    """Each role of a structure needs people, and all managers a role."""
    name, roles = structure.name, [role.name for role in structure.roles]
    strange = [role for role in split if role not in roles]
    if strange:
        return [((name, role), f"is no role of {name}", suggest(role, roles)) for role in strange]
    wrong = heads_refusal(structure, split, managers) if managers is not None else None
    return [((name,), *wrong)] if wrong else []


def unequal_refusals(unequal: Mapping[str, int], others: Others) -> list[Refusal]:
    """Another number of managers for some of the structures compared."""
    if "structures" not in others:
        return []
    compared = _compared(others)
    return [r for name, people in unequal.items() for r in _unequal_refusals(name, people, compared, others)]


def _unequal_refusals(
    name: str, managers: int, compared: Mapping[str, Structure], others: Others
) -> list[Refusal]:
    if name not in compared:
        return [((name,), "is not among structures", suggest(name, list(compared)))]
    structure = compared[name]
    if structure.heads:
        return [((name,), "is given, but its roles say their heads", "write a second structure of your own")]
    if managers == others.get("managers"):
        return [((name,), f"is {managers}, as for every structure", "give another number, or leave it out")]
    return []


def objective_refusals(objective: object) -> list[Refusal]:
    """An objective, as it was written, weighs outcomes that there are, and at least one of them."""
    if not isinstance(objective, dict):
        return []
    strange = [name for name in objective if str(name).strip() not in BY_NAME]
    if strange:
        return [((name,), "is no outcome", suggest(str(name), list(BY_NAME))) for name in strange]
    if not any(objective.values()):
        return [((), "weighs nothing", "give an outcome a weight other than 0, or leave objective out")]
    return []


def assumption_refusals(name: object, value: object) -> list[Refusal]:
    """An override must be of a known assumption, within its hard bounds."""
    from sim.scenario.assumptions import load_assumptions

    known = load_assumptions()
    if not isinstance(name, str) or name not in known:
        return [((str(name),), "is no assumption", suggest(str(name), list(known)))]
    assumption = known[name]
    low, high = assumption.hard_low, assumption.hard_high
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not math.isfinite(number) or not low <= number <= high:
        return [
            (
                (name,),
                f"is {shown(value)}",
                f"give a number from {low:,.10g} to {high:,.10g} ({assumption.unit})",
            )
        ]
    return []


def _compared(others: Others) -> dict[str, Structure]:
    items = others.get("structures", ())
    known = known_structures(items)
    return {name_of(item): known[name_of(item)] for item in items}


def _staffed(others: Others) -> dict[str, Structure]:
    """The structures that get managers: those that are compared, and those of a reorganisation."""
    plan, known = others.get("reorganisation"), known_structures(others["structures"])
    switched = {name: known[name] for name in ((plan.from_, plan.to) if plan else ()) if name in known}
    return _compared(others) | switched
