"""Scenarios from files and from plain values, checked as a whole.

`load` reads a file, `scenario_from` takes the same content as plain Python values, `Scenario.with_changes`
derives another. All three raise `ScenarioError` with everything that is wrong, never only the first thing;
its `to_come` names keys that hang on something wrong and are checked in full once that is mended.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from sim.safety.names import plain_content
from sim.scenario.base import Context, at, mapping_at
from sim.scenario.likeness import old_words
from sim.scenario.reading.files import LARGEST_SCENARIO, read_text
from sim.scenario.reading.plain_words import problems_of
from sim.scenario.reading.problems import OldKeys, Problem, ScenarioError, read_anew
from sim.scenario.reading.psplib import AS_A_PLAN, is_instance
from sim.scenario.reading.yaml_lines import Tree, dotted, read_yaml
from sim.scenario.role_definitions import known_by_name
from sim.scenario.schema import Scenario
from sim.scenario.structures import FURTHER, ON_OCCASION
from sim.scenario.sweep import variations
from sim.vocabulary import DUTIES, OUTCOMES

WHAT = "give the path of a scenario file (YAML)"

_WAITS = {
    "current": ("structures",),
    "managers": ("structures",),
    "reorganisation": ("structures", "managers", "horizon_days"),
    "heads": ("structures", "managers", "heads"),
    "unequal_managers": ("structures", "managers"),
    "portfolio.plan": ("organisation",),
    "risks": ("organisation",),
    "vary": ("",),
}
"""Keys that can be checked in part only while something is wrong with others; "" is any."""

__all__ = ["OldKeys", "Scenario", "ScenarioError", "json_schema", "load", "scenario_from"]


def load(path: str | Path) -> Scenario:
    """Read a scenario file (YAML, UTF-8); raise `ScenarioError` with all that is wrong in it or its plan."""
    if is_instance(path):
        raise ScenarioError([Problem(str(path), None, "", *AS_A_PLAN)])
    text = read_text(path, LARGEST_SCENARIO, WHAT, "save the file as UTF-8")
    return _checked(read_yaml(text, str(path), _names_a_file), Path(path).parent)


def _names_a_file(path: tuple[str | int, ...]) -> bool:
    """Whether a scenario says at `path` what a file is called, which is not for us to spell otherwise."""
    return path in (("portfolio", "plan", "tasks"), ("portfolio", "plan", "projects"))


def scenario_from(
    content: Mapping[str, object], folder: str | Path = ".", *, moved: Collection[str] = ()
) -> Scenario:
    """The scenario of plain values, nested as in a file; paths of plan files are relative to `folder`.

    `moved` are presets that it may say in full, as something of them is moved. Raises `ScenarioError` with
    all that is wrong; its problems name keys, but neither file nor line.
    """
    return _checked(Tree("", plain_content(dict(content), _names_a_file)), Path(folder), moved)


def json_schema() -> dict[str, object]:
    """The JSON schema of scenario files, for editors: every key with its meaning, unit, range and default."""
    from sim.scenario.assumptions import load_assumptions

    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Rolecall scenario"
    keys, parts = schema["properties"], schema["$defs"]
    keys["structures"]["uniqueItems"] = True
    switch = parts["Reorganisation"]["properties"]
    for reference in (keys["current"], switch["from"], switch["to"]):
        del reference["type"]
        reference["anyOf"] = [{"enum": list(known_by_name())}, {"type": "string"}]
    by_name = next(way for way in keys["structures"]["items"]["oneOf"] if "enum" in way)
    by_name["enum"] = list(known_by_name())
    own = parts["OwnStructure"]["properties"]
    _name_keys(own["duties"], {duty: {} for duty in DUTIES})
    own["duties"]["required"] = list(DUTIES)
    for part in FURTHER:
        _name_keys(own[part], {duty: {} for duty in DUTIES})
    _name_keys(own["cadence"], {duty: {} for duty in DUTIES if duty not in ON_OCCASION})
    _name_keys(keys["objective"], {o.name: {"description": f"{o.label} ({o.unit})"} for o in OUTCOMES})
    _name_keys(
        keys["assumptions"],
        {
            a.name: {
                "minimum": a.hard_low,
                "maximum": a.hard_high,
                "default": a.value,
                "description": f"{a.meaning} ({a.unit})",
            }
            for a in load_assumptions().values()
        },
    )
    return schema


def _name_keys(mapping: dict[str, object], keys: Mapping[str, Mapping[str, object]]) -> None:
    """Let a mapping's schema allow only `keys`, each with what is said of it besides its type."""
    each = mapping_at(mapping, "additionalProperties")
    mapping["properties"] = {name: {**each, **said} for name, said in keys.items()}
    mapping["additionalProperties"] = False


def _checked(tree: Tree, folder: Path, moved: Collection[str] = ()) -> Scenario:
    """The scenario of a tree; raise `ScenarioError` with the tree's own problems and those of its content."""
    read_anew()
    found = list(tree.problems)
    try:
        context: Context = {"folder": folder, "written": tree.data, "moved": moved}
        scenario = Scenario.model_validate(tree.data, context=context)
    except ValidationError as error:
        noted = {problem.key for problem in tree.problems}
        found += [problem for problem in problems_of(error, tree) if problem.key not in noted]
        found += _plan_problems(tree.data, folder)
    except ScenarioError as error:
        found += error.problems
    if found:
        own = [problem for problem in found if problem.file == tree.file]
        others = [problem for problem in found if problem.file != tree.file]
        ordered = [*sorted(own, key=lambda problem: problem.line or 0), *others]
        raise ScenarioError(ordered, _to_come(tree, found))
    _check_sweep(scenario, tree)
    _tell_old_words(tree)
    return scenario


def _to_come(tree: Tree, found: list[Problem]) -> tuple[str, ...]:
    """A line that says about which keys there may be more to tell once what was `found` is mended, if any."""
    wrong = [f"{problem.key}." for problem in found]
    waiting = [
        name
        for name, others in _WAITS.items()
        if at(tree.data, *name.split(".")) is not None
        and any(key.startswith(f"{other}." if other else "") for key in wrong for other in others)
    ]
    start = f"{tree.file}: " if tree.file else ""
    return (f"{start}there may be more about {', '.join(waiting)} once this is mended",) if waiting else ()


def _tell_old_words(tree: Tree) -> None:
    """Warn of old keys, each with its place and what is written now."""
    for place, text in old_words(at(tree.data, "structures")):
        path = ("structures", *place)
        where = ":".join(str(part) for part in (tree.file, tree.line(path)) if part not in ("", None))
        start = f"{where}: " if where else ""
        warnings.warn(f"{start}{dotted(path)}: {text}; the old key is still read", OldKeys, stacklevel=4)


def _check_sweep(scenario: Scenario, tree: Tree) -> None:
    """Raise `ScenarioError`, with lines, if a combination of the sweep is no sound scenario."""
    try:
        variations(scenario)
    except ScenarioError as error:
        lines = [tree.line(_place(problem.key)) for problem in error.problems]
        found = zip(error.problems, lines, strict=True)
        raise ScenarioError(replace(p, file=tree.file, line=line) for p, line in found) from None


def _place(key: str) -> tuple[str, ...]:
    """Where a key of the sweep, itself full of dots, stands in the file."""
    return tuple(key.split(".", 1))


def _plan_problems(data: object, folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the plan files of a scenario that is wrong elsewhere: all is told at once."""
    parts: dict[str, object] = {"name": "plan alone", "portfolio": {"plan": at(data, "portfolio", "plan")}}
    if isinstance(data, dict) and "organisation" in data:
        parts["organisation"] = data["organisation"]
    try:
        Scenario.model_validate(parts, context=Context(folder=folder))
    except ScenarioError as error:
        return error.problems
    except ValidationError:  # told already
        pass
    return ()
