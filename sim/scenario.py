"""Scenarios from files and from plain values, checked as a whole.

`load` reads a file, `scenario_from` takes the same content as plain Python values, `Scenario.with_changes`
derives another. All three raise `ScenarioError` with everything that is wrong, never only the first thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.reading.plain_words import problems_of
from sim.reading.problems import Problem, ScenarioError
from sim.reading.yaml_lines import Tree, read_yaml
from sim.schema import Scenario, at

__all__ = ["Scenario", "ScenarioError", "json_schema", "load", "scenario_from"]


def load(path: str | Path) -> Scenario:
    """Read a scenario file (YAML, UTF-8); raise `ScenarioError` with all that is wrong in it or its plan."""
    tree = read_yaml(_read_text(Path(path), str(path)), str(path))
    return _checked(tree, Path(path).parent)


def scenario_from(content: Mapping[str, Any], folder: str | Path = ".") -> Scenario:
    """The scenario of plain values, nested as in a file; paths of plan files are relative to `folder`.

    Raises `ScenarioError` with all that is wrong; its problems name keys, but neither file nor line.
    """
    return _checked(Tree("", dict(content)), Path(folder))


def json_schema() -> dict[str, Any]:
    """The JSON schema of scenario files, for editors: every key with its meaning, unit, range and default."""
    from sim.assumptions import load_assumptions
    from sim.structures import PRESETS

    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Rolecall scenario"
    keys = schema["properties"]
    keys["structures"]["items"]["enum"] = list(PRESETS)
    keys["structures"]["uniqueItems"] = True
    keys["current"]["enum"] = list(PRESETS)
    keys["assumptions"]["additionalProperties"] = False
    keys["assumptions"]["properties"] = {
        a.name: {
            "type": "number",
            "minimum": a.hard_low,
            "maximum": a.hard_high,
            "default": a.value,
            "description": f"{a.meaning} ({a.unit})",
        }
        for a in load_assumptions().values()
    }
    return schema


def _checked(tree: Tree, folder: Path) -> Scenario:
    """The scenario of a tree; raise `ScenarioError` with the tree's own problems and those of its content."""
    found = list(tree.problems)
    try:
        scenario = Scenario.model_validate(tree.data, context={"folder": folder})
    except ValidationError as error:
        noted = {problem.key for problem in tree.problems}
        found += [problem for problem in problems_of(error, tree) if problem.key not in noted]
        found += _plan_problems(tree.data, folder)
    except ScenarioError as error:
        found += error.problems
    if found:
        own = [problem for problem in found if problem.file == tree.file]
        others = [problem for problem in found if problem.file != tree.file]
        raise ScenarioError([*sorted(own, key=lambda problem: problem.line or 0), *others])
    return scenario


def _plan_problems(data: Any, folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the plan files of a scenario that is wrong elsewhere: all is told at once."""
    parts = {"name": "plan alone", "portfolio": {"plan": at(data, "portfolio", "plan")}}
    if isinstance(data, dict) and "organisation" in data:
        parts["organisation"] = data["organisation"]
    try:
        Scenario.model_validate(parts, context={"folder": folder})
    except ScenarioError as error:
        return error.problems
    except ValidationError:  # told already
        pass
    return ()


def _read_text(path: Path, file: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        wrong, line, right = (
            f"cannot be read ({error.strerror})",
            None,
            "give the path of a scenario file (YAML)",
        )
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        wrong, right = "is not UTF-8 text", "save the file as UTF-8"
    raise ScenarioError([Problem(file, line, "", wrong, right)])
