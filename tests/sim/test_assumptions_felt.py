"""Every assumption is felt: set to the other end of its range, it changes a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.assumptions import load_assumptions
from sim.scenario.structures import PRESETS, TEAM, Structure

ROOT = Path(__file__).parents[2]

FIXED = {name for name, a in load_assumptions().items() if a.low == a.high}
"""Those without a range."""

Felt = tuple[Scenario, tuple[Structure, ...]]


@cache
def ordinary() -> Felt:
    """The example, with roles for projects, for teams and none, with cover and with a change of structure."""
    crowded = {"portfolio.projects.at_start": 11, "portfolio.projects.a_year": 17.0}
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes(
        {"horizon_days": 300, "step_hours": 8, "portfolio.projects.tasks": 40, **crowded}
    )
    asked = {"reporting": ("delivery_manager",)}
    split = replace(
        PRESETS["separated"], cover=True, consulted=asked, informed={"stakeholders": ("project_manager",)}
    )
    return scenario, (PRESETS["merged"].changing_to(split, 150, announced=20), PRESETS["agile"])


@cache
def harsh() -> Felt:
    """Crowded teams that hold duties or not, many managers, unhappy clients, strikes that nobody contains."""
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes(
        {
            "horizon_days": 150,
            "step_hours": 8,
            "managers": 30,
            "organisation.dependencies": 1.0,
            "organisation.teams": {"count": 4, "members": 30, "skills": ["web"]},
            "portfolio.projects.at_start": 40,
            "portfolio.projects.a_year": 150.0,
            "portfolio.projects.value_an_hour": 90.0,
            "portfolio.paid": "by_hour",
            "portfolio.services.tickets_a_week": 40.0,
        }
    )
    careless = PRESETS["merged"].without("project_risk").without("operational_risk").without("budget")
    by_teams = dict.fromkeys(("planning", "budget", "reporting", "tracking", "stakeholders"), TEAM)
    unseen = careless.without("service_oversight")  # so that teams notice tickets by themselves
    alone = replace(unseen, name="left alone", holders={**unseen.holders, **by_teams})
    return scenario, (careless, alone)


OFTEN = {
    "sync_hours": 1.0,
    "first_satisfaction": 0.1,
    "key_person_chance": 1.0,
    "security_chance": 3.0,
    "outage_chance": 6.0,
    "handover_patience": 0.5,
    "tracking_hours": 40.0,
}


def seen(felt: Felt, assumptions: Mapping[str, float]) -> str:
    """All outcomes of one future, to the last digit."""
    scenario, structures = felt
    prepared = prepare(scenario.with_changes({"assumptions": dict(assumptions)}), structures)
    rows = simulate_block(prepared, [0])
    assert all(error is None for *_, error in rows)
    return repr(rows)


@cache
def as_assumed() -> str:
    return seen(ordinary(), {})


@cache
def as_feared() -> str:
    return seen(harsh(), OFTEN)


@pytest.mark.parametrize("name", sorted(set(load_assumptions()) - FIXED))
def test_a_run_feels_every_assumption(name: str) -> None:
    assumption = load_assumptions()[name]
    ends = [end for end in (assumption.low, assumption.high) if end != assumption.value]
    assert ends, f"{name} has no range"
    if any(seen(ordinary(), {name: end}) != as_assumed() for end in ends):
        return
    others = [end for end in (assumption.low, assumption.high) if end != OFTEN.get(name)]
    assert any(seen(harsh(), OFTEN | {name: end}) != as_feared() for end in others)


def test_only_what_is_so_by_definition_has_no_range() -> None:
    assert {load_assumptions()[name].source for name in FIXED} <= {"definition", "limit"}
