"""Which structure is meant: a preset, one of a scenario, or a design that `decide` tries beside them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sim.safety.names import plain_text
from sim.scenario.reading.problems import Problem, ScenarioError, nearest, shown
from sim.scenario.structures import PRESETS, Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario


def structures_known(scenario: Scenario | None = None) -> dict[str, Structure]:
    """Every structure that can be written out, by name: of a scenario, with its heads; else the presets."""
    if scenario is None:
        return dict(PRESETS)
    from analysis.decision.said import designs_known

    return designs_known(scenario)


def structure_called(name: str, scenario: Scenario | None = None) -> Structure:
    """The structure of that name. Raises ScenarioError, with the nearest known name, if there is none."""
    known, meant = structures_known(scenario), plain_text(name)
    if meant in known:
        return known[meant]
    wrong = (
        f"{shown(meant)} is no structure of {scenario.name}" if scenario else f"{shown(meant)} is no preset"
    )
    raise ScenarioError([Problem("", None, "NAME", wrong, _instead(meant, known, scenario is None))])


def _instead(name: str, known: Collection[str], presets: bool) -> str:
    """What would be right: the name that was meant, else all, apart by semicolons: names have commas."""
    meant = nearest(name, known)
    if meant is not None:
        return f"did you mean {meant}?"
    more = " (of a scenario, those of its file: rolecall structure NAME SCENARIO)" if presets else ""
    return f"known here: {'; '.join(known)}{more}"
