"""What stands at a key of a scenario that is moved along an axis, and what may stand there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from analysis.words.keys import is_heads, label_of
from sim.scenario.moved_ingredients import STRUCTURES, ingredient_at, is_ingredient

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.scenario.structures import Structure

_Schema = dict[str, Any]


def at_today(scenario: Scenario, key: str) -> float | None:
    """What the scenario has at a key; None if that is nothing."""
    from sim.scenario.assumptions import in_force

    if is_heads(key):
        return _posts(scenario, key)
    if found := ingredient_at(key, scenario.structure_names):
        return _of_ingredient(scenario, scenario.structure(found[0]), found[1])
    value = reduce(_step, key.split("."), scenario.model_dump(mode="python", by_alias=True))
    heading, _, name = key.partition(".")
    if value is None and heading == "assumptions":
        value = in_force(scenario.assumptions)[name].value
    return float(value) if isinstance(value, int | float) else None


def _step(here: Any, part: str) -> Any:
    if isinstance(here, list | tuple):
        return here[int(part)] if part.isdecimal() and int(part) < len(here) else None
    return here.get(part) if isinstance(here, dict) else None


def _of_ingredient(scenario: Scenario, structure: Structure, part: str) -> float | None:
    from sim.scenario.assumptions import values

    field, _, below = part.partition(".")
    value = getattr(structure, field, None)
    value = value.get(below) if isinstance(value, Mapping) else value
    if field == "sprint_days" and value is None and structure.rhythm == "sprints":
        value = values(scenario.assumptions)["sprint_days"]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _posts(scenario: Scenario, key: str) -> float | None:
    """The posts of a role, said or dealt by the workloads; None if there is no such role."""
    from sim.building.workload import split
    from sim.scenario.assumptions import values
    from sim.scenario.heads import role_at

    place = role_at(key, scenario.structure_names)
    if place is None:
        return None
    structure = next(s for s in scenario.all_structures() if s.name == place[0])
    return split(scenario, values(scenario.assumptions), structure).get(place[1])


def structure_at(scenario: Scenario, key: str) -> str | None:
    """The structure that a key is of: of the posts of a role, or of an ingredient; None of any other."""
    from sim.scenario.heads import role_at

    found = role_at(key, scenario.structure_names) or ingredient_at(key, scenario.structure_names)
    return found[0] if found else None


def counts(key: str) -> bool:
    """Whether a key says how many of something there are, so that `3 managers` can be said of it."""
    return kinds_at(key) == {"integer"} and label_of(key).partition(" ")[0].endswith("s")


def kinds_at(key: str) -> set[Any]:
    """Which of integer and number a key takes; none where it takes neither."""
    from sim.scenario.reading.plain_words import ways_of

    return {way.get("type") for way in ways_of(schema_of(key)) if "enum" not in way} & {"integer", "number"}


def unit_of(key: str) -> str:
    """The unit of a key; empty where it has none."""
    from sim.scenario.assumptions import load_assumptions

    heading, _, name = key.partition(".")
    own = load_assumptions()[name].unit if heading == "assumptions" else ""
    return own or str(schema_of(key).get("unit", ""))


def schema_of(key: str) -> _Schema:
    """The schema of what may stand at a key; {} if nothing may. Names of structures may hold dots."""
    from sim.scenario.reading.plain_words import schema_at

    parts = tuple(int(part) if part.isdecimal() else part for part in key.split("."))
    if not is_ingredient(key):
        return schema_at(parts)
    tails = (schema_at((STRUCTURES, 0, *parts[start:])) for start in range(2, len(parts)))
    return next((schema for schema in tails if schema), {})
