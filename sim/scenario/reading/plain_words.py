"""From pydantic's complaints to sentences a user can act on.

What would be right is read off the JSON schema of the scenario, so that a new field needs no new message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Sized
from functools import cache, lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sim.scenario.base import FULL, SHORT, TOP, around
from sim.scenario.reading.problems import Problem, nearest, shown, suggest
from sim.scenario.reading.yaml_lines import Path, Tree, dotted
from sim.scenario.schema import Scenario

Schema = dict[str, Any]
KEY_MARK = "[key]"
"""What pydantic appends to the place of a mapping's key that is wrong, rather than its value."""


def problems_of(error: ValidationError, tree: Tree) -> list[Problem]:
    """Every complaint of `error` about the content of `tree`, in plain words, with key and line."""
    complaints: Sequence[ErrorDetails] = error.errors(include_url=False)
    within = {whole for complaint in complaints for whole in around(complaint["loc"][:-1])}
    problems: list[Problem] = []
    for complaint in complaints:
        if _follows(complaint, within):
            continue
        path = tuple(part for part in complaint["loc"] if part not in (SHORT, FULL, KEY_MARK))
        for below, wrong, right in _told(complaint, path):
            whole = below[1:] if below[:1] == (TOP,) else (*path, *below)
            problems.append(Problem(tree.file, tree.line(whole), dotted(whole), wrong, right))
    return list(dict.fromkeys(problems))


def _follows(complaint: ErrorDetails, within: Collection[Path]) -> bool:
    """Whether a complaint only follows from another: a default not made, a list too short for want of its bad
    entries. `within` are the places in which something is wrong.
    """
    short = complaint["type"] == "too_short" and complaint["loc"] in within
    return short or complaint["type"] == "default_factory_not_called"


def _told(complaint: ErrorDetails, path: Path) -> list[tuple[Path, str, str]]:
    """Where below `path`, what is wrong and what would be right, for one complaint of pydantic."""
    if complaint["type"] == "refused":
        return list(complaint["ctx"]["refusals"])
    return [
        ((), *_wrong_and_right(complaint["type"], complaint["input"], path, KEY_MARK in complaint["loc"]))
    ]


def _wrong_and_right(kind: str, value: object, path: Path, in_key: bool) -> tuple[str, str]:
    if in_key:
        return "has an unfit name", "give a name of 1 to 120 characters on one line"
    if kind == "extra_forbidden":
        return "is not a key here", right_key(path)
    right = f"give {_expected_at(_kind_of_place(path))}"
    if not path:
        right += "; `rolecall new` writes one to begin with"
    if isinstance(value, str) and "number" in right and _is_number(value):
        right += f", written plainly, without quotes: {float(value):g}"
    if kind == "too_long" and isinstance(value, Sized):
        return f"has {len(value):,} entries", right
    if kind == "string_too_long" and isinstance(value, str):
        return f"is {len(value)} characters long", right
    return "is missing" if kind == "missing" else f"is {shown(value)}", right


_MOST_MEANT = 3
"""Places of a key that a remedy names at most."""


def right_key(path: Path) -> str:
    """What to write for a key that there is not: where it belongs, or else what it resembles."""
    last, beside = str(path[-1]), _keys_at(_kind_of_place(path[:-1]))
    elsewhere = nested_keys().get(last, ())
    if not (len(path) == 1 or len(elsewhere) == 1) or len(elsewhere) > _MOST_MEANT:
        elsewhere = ()
    anywhere = dict.fromkeys([*beside, *(nested_keys() if len(path) == 1 else ())])
    meant = None if elsewhere else nearest(last, anywhere)
    if meant is not None:
        elsewhere = (meant,) if meant in beside else nested_keys()[meant][:_MOST_MEANT]
    return f"did you mean {' or '.join(elsewhere)}?" if elsewhere else suggest(last, beside)


@cache
def nested_keys() -> dict[str, tuple[str, ...]]:
    """Every key below the top of a scenario, dotted, by its last part; an ingredient's is that of a structure
    called NAME.
    """
    from sim.scenario.assumptions import load_assumptions

    found: dict[str, list[str]] = {}
    for key in (*_below(scenario_schema(), ""), *(f"assumptions.{name}" for name in load_assumptions())):
        found.setdefault(key.rpartition(".")[2], []).append(key)
    return {last: tuple(dict.fromkeys(keys)) for last, keys in found.items()}


def _below(schema: Schema, start: str) -> Iterator[str]:
    """The keys below a place, those that a user names left out; of a list of structures, by name."""
    for way in ways_of(schema):
        for key, inner in way.get("properties", {}).items():
            if start:
                yield f"{start}{key}"
            if start or key not in _SAID_OTHERWISE:
                yield from _below(inner, f"{start}{key}.")
        if start == "structures." and "items" in way:
            yield from _below(way["items"], "structures.NAME.")


_SAID_OTHERWISE = ("last_year", "assumptions", "objective")
"""Keys whose inner ones no stray key was meant to be: names of outcomes, numbers of last year."""


def _kind_of_place(path: Path) -> Path:
    """`path` with any entry of a list standing for all: what may be written there is the same."""
    return tuple(0 if isinstance(part, int) else part for part in path)


@lru_cache(maxsize=256)
def _keys_at(path: Path) -> tuple[str, ...]:
    """The keys that a scenario may have at `path`."""
    ways = ways_of(schema_at(path))
    return tuple(dict.fromkeys(key for way in ways for key in way.get("properties", ())))


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


@cache
def scenario_schema() -> Schema:
    """The JSON schema of a scenario as pydantic derives it from the types."""
    return Scenario.model_json_schema()


def schema_at(path: Path) -> Schema:
    """The schema of what may stand at `path` in a scenario; {} if nothing may."""
    here = scenario_schema()
    for part in path:
        here = next((step for way in ways_of(here) for step in _steps(way, part)), {})
    return here


def _steps(schema: Schema, part: str | int) -> Iterator[Schema]:
    if isinstance(part, int) and "items" in schema:
        yield schema["items"]
    elif part in schema.get("properties", {}):
        yield schema["properties"][part]
    elif entry := entry_of(schema):
        yield entry


def entry_of(schema: Schema) -> Schema | None:
    """The schema of a value in a mapping whose keys the user names; None if the keys are fixed."""
    named = schema.get("additionalProperties") or next(
        iter(schema.get("patternProperties", {}).values()), None
    )
    return named if isinstance(named, dict) else None


def ways_of(schema: Schema) -> list[Schema]:
    """The ways in which a schema may be met, references followed and "nothing" left out."""
    if "$ref" in schema:
        target = scenario_schema()["$defs"][schema["$ref"].rsplit("/", 1)[1]]
        return ways_of({**target, **{k: v for k, v in schema.items() if k != "$ref"}})
    ways = schema.get("anyOf") or schema.get("oneOf")
    if not ways:
        return [] if schema.get("type") == "null" else [schema]
    return [way for each in ways for way in ways_of(each)]


def expected(schema: Schema) -> str:
    """What a schema allows, in words: "a whole number from 20 to 10000 (working days)"."""
    unit = schema.get("unit")
    words = " or ".join(dict.fromkeys(_expected_way(way) for way in ways_of(schema))) or "a plain value"
    simple = schema.get("type") in ("integer", "number") or "enum" in schema
    return f"{words} ({unit})" if unit and simple else words


@lru_cache(maxsize=256)
def _expected_at(path: Path) -> str:
    return expected(schema_at(path))


def _expected_way(schema: Schema) -> str:
    kind = schema.get("type")
    if "enum" in schema:
        *firsts, last = (str(value) for value in schema["enum"])
        return f"one of {', '.join(firsts)} or {last}"
    if kind in ("integer", "number"):
        return ("a whole number" if kind == "integer" else "a number") + allowed_range(schema)
    if kind in ("string", "boolean"):
        text = (
            f"text of 1 to {schema['maxLength']} characters on one line" if "maxLength" in schema else "text"
        )
        return text if kind == "string" else "yes or no"
    if kind == "array":
        entries = f"1 to {schema['maxItems']} entries" if "maxItems" in schema else "at least one entry"
        return f"a list of {entries}, each {expected(schema['items'])}"
    if "properties" in schema:
        return f"a mapping with keys such as {', '.join(list(schema['properties'])[:3])}"
    inner = entry_of(schema)
    return f"a mapping of name: {expected(inner)}" if inner else "a mapping" if schema else "a value"


def allowed_range(schema: Schema) -> str:
    """The range of a number's schema: " from 0 to 1", " of at least 1", or nothing."""
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high}"
    return f" of at least {low}" if low is not None else ""
