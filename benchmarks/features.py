"""What each feature of the model costs: the example with it, and the same without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from benchmarks.organisations import example
from benchmarks.runs import costs_of
from sim.building.preparation import Prepared, prepare

WITHOUT: dict[str, dict[str, object]] = {
    "services and their tickets": {"portfolio.services.count": 0},
    "risks of projects and teams": {"risks": "none"},
    "shared specialists": {"organisation.specialists": {}},
    "hand-overs between teams": {"portfolio.projects.cross_team": 0.0},
    "changed wants": {"portfolio.projects.change_a_month": 0.0},
    "exceptions, and their questions": {"assumptions.exception_rate": 0.0},
    "clients who are pleased or leave": {
        "assumptions.bad_news": 0.0,
        "assumptions.breach_effect": 0.0,
        "assumptions.surprise": 0.0,
        "assumptions.late_effect": 0.0,
        "assumptions.defect_effect": 0.0,
        "assumptions.satisfaction_hours": 0.0,
    },
    "absence": {"assumptions.absence_days": 0.0},
    "departures": {"assumptions.attrition": 0.0},
    "ambiguity": {"assumptions.clarity": 1.0},
    "overtime": {"assumptions.overtime": 0.0},
}
"""What to change in the example to be without a feature."""


class Feature(NamedTuple):
    """The same organisation with and without something."""

    name: str
    on: Prepared
    off: Prepared


def features() -> Iterator[Feature]:
    """Every feature that can be switched off, and the one that the example does not have."""
    scenario = example()
    whole = prepare(scenario)
    for name, changes in WITHOUT.items():
        yield Feature(name, whole, prepare(scenario.with_changes(changes)))
    all_changes = {key: value for changes in WITHOUT.values() for key, value in changes.items()}
    yield Feature("all of these", whole, prepare(scenario.with_changes(all_changes)))
    agile = whole.structure("agile")
    yield Feature("sprints", prepare(scenario, (agile,)), prepare(scenario, (replace(agile, rhythm="flow"),)))
    merged, separated, day = (
        whole.structure("merged"),
        whole.structure("separated"),
        scenario.horizon_days // 2,
    )
    switches = (merged.changing_to(separated, day), separated.changing_to(merged, day))
    yield Feature("a reorganisation", prepare(scenario, switches), prepare(scenario, (merged, separated)))


def totals(prepared: list[Prepared], rounds: int = 12, replications: int = 3) -> list[float]:
    """The cost of each, all in, in the best of some rounds in which they take turns."""
    return [cost.total for cost in costs_of([(one, replications) for one in prepared], rounds)]


def print_features() -> None:
    """What each feature adds to a run. That there is more, or less, to do for want of it is counted in."""
    chosen = list(features())
    compared = list({id(one): one for feature in chosen for one in (feature.on, feature.off)}.values())
    cost = dict(zip(map(id, compared), totals(compared), strict=True))
    print(f"\nns for each person and day, all in {'with':>14}{'without':>10}{'costs':>8}")
    for feature in chosen:
        on, off = cost[id(feature.on)], cost[id(feature.off)]
        print(f"  {feature.name:35}{on:12.1f}{off:10.1f}{on - off:8.1f}", flush=True)
