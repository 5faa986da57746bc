"""A structure in YAML, as an entry of `structures` in any scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.decision.designs import written
from analysis.words.holders import posts_of
from analysis.words.numbers import listed
from sim.safety.names import legible
from sim.scenario.role_definitions import known_by_name
from sim.scenario.structures import Structure

if TYPE_CHECKING:
    from sim.scenario import Scenario

_WIDTH = 110
_OF_A_PRESET = "as written out"
"""What is added to a name that Rolecall knows already, so that it is one's own."""


def entry(structure: Structure) -> dict[str, Any]:
    """The structure as plain values; of one that is known by name, under a name of its own."""
    content = {key: value for key, value in written(structure).items() if value != {}}
    if structure.name in known_by_name():
        content["name"] = f"{structure.name}, {_OF_A_PRESET}"
    return content


def yaml_of(structure: Structure, scenario: Scenario | None = None) -> str:
    """The text to put below `structures:`; the heads that the roles had in `scenario` stand in a remark."""
    import yaml

    said: dict[str, Any] = {"sort_keys": False, "width": _WIDTH}
    text = yaml.safe_dump([entry(structure)], allow_unicode=True, **said)
    if legible(text) != text:
        text = yaml.safe_dump([entry(structure)], **said)
    remarks = ["# To stand below `structures:` in a scenario.", *_heads(structure, scenario)]
    return "\n".join([*remarks, text])


def _heads(structure: Structure, scenario: Scenario | None) -> list[str]:
    """How many people each role had, where that was worked out and not said."""
    if scenario is None or structure.heads:
        return []
    from sim.building.workload import split
    from sim.scenario.assumptions import values

    posts = split(scenario, values(scenario.assumptions), structure)
    told = listed([posts_of(number, role) for role, number in posts.items()])
    whose = " ".join(legible(scenario.name).split())
    return [f"# In {whose} it had {told}, by the work of each role; `heads` sets it."]
