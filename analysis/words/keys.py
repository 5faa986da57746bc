"""What the keys of a scenario are called in sentences, tables and figures."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.words.board_words import board_words
from sim.scenario.heads import HEADS
from sim.scenario.moved_ingredients import is_ingredient
from sim.scenario.structures import FURTHER
from sim.vocabulary import TRAITS, in_words

PARTS_OF_HEADS = 2
_HEADINGS = ("portfolio", "organisation", "assumptions")
_INGREDIENTS = {
    "ranks": "who ranks work",
    "ranked_by": "the role that ranks work",
    "duties": "who holds {}",
    "also_accountable": "who is accountable for {} as well",
    "consulted": "who is consulted about {}",
    "informed": "who is informed of {}",
    "cadence": "days between two matters of {}",
    "sprint_days": "length of a sprint",
    "intake_limit": "projects at a time in a team",
    "looks_after": "what a role looks after",
}
_OF_DUTIES = ("duties", "cadence", "roles", *FURTHER)
_COUNTED = {
    "horizon_days": "days of the run",
    "portfolio.services.contract_days": "days of a service's contract",
}
_OBJECTIVE, _RISKS = "objective", "risks"
_CALLED = {
    "step_hours": "time step",
    "starts": "first day",
    "deal_roles": "who gets which role",
    _RISKS: "what may go wrong",
    "organisation.teams.skills": "skills of the teams",
    "portfolio.paid": "when clients pay",
    "portfolio.changes_paid": "changes that clients pay for",
}
_POOLS = "organisation.specialists."


def labels_of(keys: Sequence[str]) -> dict[str, str]:
    """What each of several keys is called; those that would be called the same keep their dots."""
    called = {key: label_of(key) for key in keys}
    names = list(called.values())
    return {key: name if names.count(name) == 1 else key for key, name in called.items()}


def label_of(key: str, unit: str = "", whole: bool = True) -> str:
    """What a key is called in a sentence: `projects at start`, `share of tasks of other teams`; in a list,
    `members of team 1` for that of the first.
    """
    known = TRAITS.get(key)
    if known and not whole:
        return f"share of {known.trait}" if unit == "share" else known.trait
    if known and known.counted:
        return known.counted
    return _by_kind(key, key.split(".")) or _by_parts(key.split("."))


def _by_kind(key: str, parts: Sequence[str]) -> str:
    """What a key is called that has words of its own; nothing for one that goes by its parts."""
    if parts[0] == "assumptions" and len(parts) > 1:
        return board_words(parts[1])
    if key.startswith(_POOLS):
        return in_words(f"specialists ({key.removeprefix(_POOLS)})")
    if is_heads(key):
        return in_words(f"posts of {parts[-1]} in {'.'.join(parts[1:-1])}")
    if parts[0] == _OBJECTIVE and len(parts) > 1:
        return in_words(f"weight of {parts[1]}")
    return _of_a_structure(parts) if is_ingredient(key) else _COUNTED.get(key) or _CALLED.get(key, "")


def _by_parts(parts: Sequence[str]) -> str:
    """What a key is called by its parts, without the heading: `members of team 1`."""
    parts = parts[1:] if parts[0] in _HEADINGS and len(parts) > 1 else parts
    parts = parts[:-1] if parts[-1] == "count" and len(parts) > 1 else parts
    place = next((k for k, part in enumerate(parts) if part.isdecimal()), 0)
    if place and parts[place + 1 :]:
        parts = [*parts[place + 1 :], "of", one_of(parts[place - 1]), str(int(parts[place]) + 1)]
    return in_words(" ".join(parts))


def _of_a_structure(parts: Sequence[str]) -> str:
    """What an ingredient is called: `who ranks in separated`, `who holds project risk in merged`."""
    mapped = next((k for k, part in enumerate(parts) if part in _OF_DUTIES and k > 1), 0)
    ingredient = parts[mapped] if mapped else parts[-1]
    name = ".".join(parts[1 : mapped or -1])
    said = _INGREDIENTS.get(ingredient, ingredient).format(in_words(".".join(parts[mapped + 1 :])))
    return f"{in_words(said)} in {name}"


def one_of(label: str) -> str:
    """A label for one of what it counts: `managers` is `manager`, `projects at start` `project at start`."""
    first, space, rest = label.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}"


def without_entries(key: str, risks: object) -> tuple[str, str] | None:
    """What is wrong with a key of one risk where a scenario lists none, and what to move instead."""
    if not (key.startswith(f"{_RISKS}.") and isinstance(risks, str)):
        return None
    wrong = f"{_RISKS} is {risks}, which lists no single risks"
    own = f"list {_RISKS} of your own in the scenario, each with a chance_a_year and an impact"
    if risks == "none":
        return wrong, own
    return (
        wrong,
        f"move what these rest on, such as assumptions.risk_hazard or assumptions.risk_impact, or {own}",
    )


def is_heads(key: str) -> bool:
    """Whether a key says how many posts a role of a structure has."""
    return key.startswith(f"{HEADS}.") and key.count(".") >= PARTS_OF_HEADS
