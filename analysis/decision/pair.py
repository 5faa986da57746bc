"""Two structures of a scenario, and nothing else: what a question about their difference runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.batch.study import among
from sim.scenario.own_structures import name_of
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

LEFT_OUT: Mapping[str, object] = {"unequal_managers": {}, "reorganisation": None, "vary": {}}
"""What a scenario of two structures alone is without, and what then stands in its place."""


def pair(scenario: Scenario, against: str) -> Scenario:
    """The scenario with its current structure and `against` alone.

    Left out are the sweep, the reorganisation and unequal numbers of managers. Luck is what it was. Raises
    ScenarioError unless `against` is another of its structures.
    """
    others = [name for name in map(name_of, scenario.structures) if name != scenario.current]
    if against not in others:
        wrong = f"is {shown(against)}, which is none of the other structures of {scenario.name}"
        raise ScenarioError([Problem("", None, "--against", wrong, suggest(against, others))])
    return among(scenario.with_changes(dict(LEFT_OUT)), (scenario.current, against))
