"""Which structure is meant: one known by name, one of a scenario, or a design that `decide` tries beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.safety.names import plain_text
from sim.scenario.reading.problems import Problem, ScenarioError, shown, suggest
from sim.scenario.role_definitions import known_by_name
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario

_KEY = "NAME"


def structures_known(scenario: Scenario | None = None) -> dict[str, Structure]:
    """Every structure that can be written out, by name: of a scenario, with its heads; else what is
    known without one.
    """
    if scenario is None:
        return dict(known_by_name())
    from analysis.decision.design_expression import designs_known

    return designs_known(scenario)


def structure_called(name: str, scenario: Scenario | None = None) -> Structure:
    """The structure that is meant: with a scenario, in any of the ways of
    `analysis.decision.design_expression`.

    Raises ScenarioError, with the nearest known name, if there is none.
    """
    meant = plain_text(name)
    if scenario is not None:
        from analysis.decision.design_expression import design_said

        return design_said(scenario, meant, _KEY)
    if meant in known_by_name():
        return known_by_name()[meant]
    right = suggest(meant, list(known_by_name()))
    if not right.startswith("did you mean"):
        right += "; those of a scenario are known with its file: rolecall structure NAME SCENARIO"
    wrong = f"is {shown(meant)}, which is no preset and no published definition"
    raise ScenarioError([Problem("", None, _KEY, wrong, right)])
