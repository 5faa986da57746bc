"""Which keys of a scenario can be moved along an axis, what stands at them, what is said of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any, NoReturn

from analysis.words.keys import is_heads, label_of
from sim.scenario.heads import HEADS
from sim.scenario.moved_ingredients import STRUCTURES, ingredient_at, is_ingredient
from sim.scenario.reading.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario
    from sim.scenario.structures import Structure

_Schema = dict[str, Any]

_UNKNOWN = (
    *("no assumption", "not a key", "no role of", "not among structures"),
    *("names no ingredient", "is no structure"),
)
"""What is said of keys that there are not."""

_MOST_NAMED = 3
"""Keys that a remedy names at most."""


def turn_down(option: str, wrong: str, right: str) -> NoReturn:
    """Raise ScenarioError: what is wrong with what `option` was given, and what would be right."""
    raise ScenarioError([Problem("", None, option, wrong, right)])


def check_movable(scenario: Scenario, option: str, key: str) -> None:
    """Raise ScenarioError unless a number stands at a key, or may stand there, that is no fixed one."""
    from analysis.decision.pair import LEFT_OUT
    from sim.scenario.sweep import FIXED

    heading = key.split(".", maxsplit=1)[0]
    if heading in (*FIXED, *LEFT_OUT) and not key.startswith(f"{STRUCTURES}."):
        turn_down(option, f"cannot move {key}", "give a property of the organisation or an assumption")
    numeric = bool(kinds_at(key))
    if numeric and heading not in ("assumptions", HEADS, STRUCTURES):
        return
    _refuse_unknown(scenario, option, key)
    if not numeric:
        turn_down(option, f"{key} is no number", _rather(scenario, key))


def _refuse_unknown(scenario: Scenario, option: str, key: str) -> None:
    """Whoever knows what may stand at a key says best that there is no such key."""
    try:
        scenario.with_changes({key: 0.5})
    except ScenarioError as error:
        unknown = [p for p in error.problems if any(said in p.wrong for said in _UNKNOWN)]
        if unknown:
            turn_down(option, f"{unknown[0].key} {unknown[0].wrong}", unknown[0].right)


def _rather(scenario: Scenario, key: str) -> str:
    """What to give in place of a key at which no number stands."""
    if words := list(_words_at(scenario, key)):
        return f"compare its values side by side: rolecall run SCENARIO --vary {key}={','.join(words)}"
    if below := list(_numbers_below(scenario, key)):
        return f"did you mean {' or '.join(below[:_MOST_NAMED])}?"
    return "give a key that takes one, such as managers"


def _words_at(scenario: Scenario, key: str) -> Iterator[str]:
    """The values that an ingredient may have, where they are words."""
    from sim.scenario.reading.plain_words import ways_of

    found = ingredient_at(key, scenario.structure_names)
    if found is None:
        return
    structure, part = scenario.structure(found[0]), found[1]
    if part.startswith("duties.") or part == "ranked_by":
        yield from (role.name for role in structure.roles)
        yield from (("team", "nobody") if part != "ranked_by" else ())
    for way in ways_of(_schema_of(key)):
        yield from way.get("enum", ("yes", "no") if way.get("type") == "boolean" else ())


def _numbers_below(scenario: Scenario, key: str) -> Iterator[str]:
    """The keys below one that take a number; of heads, those of the roles."""
    from sim.scenario.reading.plain_words import ways_of

    parts = key.split(".")
    if parts[0] == HEADS:
        names = [parts[1]] if len(parts) > 1 else reversed(scenario.structure_names)
        yield from (
            f"{HEADS}.{name}.{role.name}" for name in names for role in scenario.structure(name).roles
        )
    for way in ways_of(_schema_of(key)):
        yield from (f"{key}.{name}" for name in way.get("properties", {}) if kinds_at(f"{key}.{name}"))


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

    return {way.get("type") for way in ways_of(_schema_of(key)) if "enum" not in way} & {"integer", "number"}


def unit_of(key: str) -> str:
    """The unit of a key; empty where it has none."""
    from sim.scenario.assumptions import load_assumptions

    heading, _, name = key.partition(".")
    own = load_assumptions()[name].unit if heading == "assumptions" else ""
    return own or str(_schema_of(key).get("unit", ""))


def _schema_of(key: str) -> _Schema:
    """The schema of what may stand at a key; {} if nothing may. Names of structures may hold dots."""
    from sim.scenario.reading.plain_words import schema_at

    parts = tuple(int(part) if part.isdecimal() else part for part in key.split("."))
    if not is_ingredient(key):
        return schema_at(parts)
    tails = (schema_at((STRUCTURES, 0, *parts[start:])) for start in range(2, len(parts)))
    return next((schema for schema in tails if schema), {})
