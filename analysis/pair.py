"""Two structures of a scenario, and nothing else: what a question about their difference runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.own_structures import OwnStructure, name_of
from sim.reading.problems import Problem, ScenarioError, shown, suggest

if TYPE_CHECKING:
    from sim.schema import Scenario


def pair(scenario: Scenario, against: str) -> Scenario:
    """The scenario with its current structure and `against` alone.

    Left out are the sweep, the reorganisation and unequal numbers of managers. Luck is what it was. Raises
    ScenarioError unless `against` is another of its structures.
    """
    others = [name for name in map(name_of, scenario.structures) if name != scenario.current]
    if against not in others:
        wrong = f"is {shown(against)}, which is none of the other structures of {scenario.name}"
        raise ScenarioError([Problem("", None, "--against", wrong, suggest(against, others))])
    both = (scenario.current, against)
    items = [s for s in scenario.structures if name_of(s) in both]
    return scenario.with_changes(
        {
            "structures": [s if isinstance(s, str) else _content(s) for s in items],
            "current": scenario.current,
            "heads": {name: split for name, split in scenario.heads.items() if name in both},
            "unequal_managers": {},
            "reorganisation": None,
            "vary": {},
        }
    )


def _content(structure: OwnStructure) -> dict[str, Any]:
    content: dict[str, Any] = structure.model_dump(mode="python", by_alias=True, exclude_unset=True)
    return content
