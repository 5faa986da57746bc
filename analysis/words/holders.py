"""Who holds a duty, in words."""

from __future__ import annotations

from sim.scenario.structures import Structure


def holder(structure: Structure, duty: str) -> str:
    """A role, the team or nobody; in a reorganisation that changes it, who holds it before and who after."""
    before = structure.holders[duty]
    after = before if structure.successor is None else structure.successor.holders[duty]
    return before if before == after else f"{before}, then {after}"
