"""`--vary`: a sweep from the command line, over or beside that of the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.commands.scenarios import told_of

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.reading.problems import Problem

OPTION = "--vary"
RIGHT = f"give a key and its values, such as {OPTION} managers=4,6,8"

Vary = Annotated[
    list[str] | None,
    typer.Option(OPTION, metavar="KEY=A,B,...", help="Run with each of these values; may be repeated."),
]


def varying(scenarios: Sequence[Scenario], paths: Sequence[Path], given: Sequence[str]) -> list[Scenario]:
    """The scenarios with what `given` lists (`key=1,2,4`, values as in YAML) added to their sweeps.

    A key that a scenario varies already gets the new values. Raises ScenarioError, a line for each mistake.
    """
    from sim.scenario.reading.problems import ScenarioError

    if not given:
        return list(scenarios)
    sweep = parsed(given)
    problems: list[Problem] = []
    found = []
    for scenario, path in zip(scenarios, paths, strict=True):
        if untold := list(_risks_that_are_not_listed(scenario, sweep, path if len(paths) > 1 else "")):
            problems += untold
            continue
        try:
            with told_of(lambda key: f"{OPTION} {key.removeprefix('vary').removeprefix('.')}".strip()):
                found.append(scenario.with_changes({"vary": {**scenario.vary, **sweep}}))
        except ScenarioError as error:
            file = str(path) if len(paths) > 1 else ""
            problems += [replace(problem, file=file, line=None) for problem in error.problems]
    if problems:
        raise ScenarioError(problems)
    return found


def _risks_that_are_not_listed(
    scenario: Scenario, keys: Iterable[str], path: Path | str
) -> Iterator[Problem]:
    """What to vary instead of a single risk, for each key of one where the scenario lists none."""
    from analysis.words.keys import without_entries
    from sim.scenario.reading.problems import Problem

    for key in keys:
        if untold := without_entries(key, scenario.risks):
            yield Problem(str(path), None, f"{OPTION} {key}", *untold)


def parsed(given: Sequence[str]) -> dict[str, list[Any]]:
    """Each key with its values. Raises ScenarioError."""
    from sim.scenario.reading.problems import Problem, ScenarioError, shown

    sweep: dict[str, list[Any]] = {}
    problems: list[Problem] = []
    for text in given:
        key, equals, values = text.partition("=")
        key = key.strip()
        if not (key and equals and values.strip()):
            problems.append(Problem("", None, OPTION, f"is {shown(text)}", RIGHT))
        elif key in sweep:
            problems.append(Problem("", None, f"{OPTION} {key}", "is given twice", "list all values once"))
        else:
            sweep[key], wrong = _values(values)
            if wrong:
                problems.append(Problem("", None, f"{OPTION} {key}", wrong, RIGHT))
    if problems:
        raise ScenarioError(problems)
    return sweep


def _values(text: str) -> tuple[list[Any], str]:
    """The values of a list, read as a scenario file would be, and what is wrong with it (or nothing)."""
    from sim.scenario.reading.problems import ScenarioError, shown
    from sim.scenario.reading.yaml_lines import read_yaml

    try:
        tree = read_yaml(f"[{text}]", "")
    except ScenarioError:
        return [], f"lists {shown(text)}, which cannot be read"
    if tree.problems or not isinstance(tree.data, list) or not tree.data:
        return [], f"lists {shown(text)}, which cannot be read"
    nested = [value for value in tree.data if isinstance(value, dict | list)]
    return tree.data, f"lists {shown(nested[0])}, which is no plain value" if nested else ""
