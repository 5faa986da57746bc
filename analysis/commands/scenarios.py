"""The scenarios that a command is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.words.numbers import many

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.reading.problems import Problem


def load_all(paths: list[Path]) -> list[Scenario]:
    """Every scenario, or one error with all that is wrong in any: nothing runs before all are fine."""
    from sim.scenario import load
    from sim.scenario.reading.problems import ScenarioError

    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    to_come: list[str] = []
    for path in paths:
        try:
            scenarios.append(load(path))
        except ScenarioError as error:
            problems += error.problems
            to_come += error.to_come
    if problems:
        raise ScenarioError(problems, to_come)
    return scenarios


def in_short(scenario: Scenario) -> str:
    """What a scenario is about, in a line: its people, its work, its days and its structures."""
    members = sum(team.members for team in scenario.teams)
    plan = scenario.plan
    work = many(len(plan.projects), "given project") if plan else "generated projects"
    if plan and scenario.portfolio.projects is not None:
        work += " and generated ones beside"
    people = ((len(scenario.teams), "team"), (members, "member"), (scenario.managers, "manager"))
    there_is = [*(many(n, what) for n, what in people), work, many(scenario.horizon_days, "day")]
    return f"{', '.join(there_is)}; {', '.join(scenario.structure_names)} (today {scenario.current})"


@contextmanager
def told_of(option: Callable[[str], str]) -> Iterator[None]:
    """Tell what is wrong with keys that came from the command line by what was typed: `option(key)`."""
    from sim.scenario.reading.problems import ScenarioError

    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(replace(p, key=option(p.key)) for p in error.problems) from None
