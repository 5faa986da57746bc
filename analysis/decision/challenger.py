"""A first look at a scenario as it is: which of the other structures to compare with where none is named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.decision.pair import LEFT_OUT, pair
from analysis.statistics.compare import by_structure, check_measured, complete_futures, no_future
from sim.batch.run import results_folder, run_batch
from sim.scenario.reading.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from sim.scenario import Scenario

FIRST_LOOK_FUTURES = 100
"""Futures that the first look lives through."""


def challenger(scenario: Scenario, out: Path | str, **how: Any) -> str:
    """The best of the other structures by the mean objective, or the only one, without a look.

    Left out are the sweep, the reorganisation and unequal numbers of managers. `out` and `how` are as
    `sim.batch.run.run_batch` takes them. Raises ScenarioError where there is no other structure, and what
    `run_batch` raises.
    """
    plain = scenario.with_changes(dict(LEFT_OUT))
    others = _others(plain)
    if len(others) == 1:
        return others[0]
    objective = plain.judged_by
    # Without what is left out it is another organisation, whose results nobody asked for: they lie within.
    place = Path(out) if plain == scenario else results_folder(scenario, out)
    results = run_batch(plain, replications=FIRST_LOOK_FUTURES, out=place, **how).frame([objective])
    check_measured(results, objective)
    whole = complete_futures(results, objective)
    if not len(whole):
        raise RuntimeError(f"first look: {no_future(objective)}")
    means = by_structure(whole, objective, others).mean(axis=0)
    return others[int(means.argmax())]


def refuse_alone(scenario: Scenario, against: str | None) -> None:
    """Raise ScenarioError where there is no such structure to compare with; before anything is compiled."""
    if against is None:
        _others(scenario.with_changes(dict(LEFT_OUT)))
    else:
        pair(scenario, against)


def _others(plain: Scenario) -> list[str]:
    """The structures beside that of today."""
    others = [name for name in plain.structure_names if name != plain.current]
    if not others:
        wrong = f"lists {plain.current} alone, so there is nothing to compare it with"
        raise ScenarioError([Problem("", None, "structures", wrong, "list another beside it")])
    return others
