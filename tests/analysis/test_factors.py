"""What can be varied about a scenario: every assumption with a range, and the traits that it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.causes.factors import (
    DEFAULT_REGISTER,
    OUTAGES,
    PAIRS,
    SERVICE_TICKETS,
    STRIKES,
    Factor,
    changed,
    factors_of,
    idle_assumptions,
)
from sim.batch.workers import simulate_compiled
from sim.scenario import Scenario, load, scenario_from
from sim.scenario.assumptions import load_assumptions
from sim.vocabulary import TRAITS

ROOT = Path(__file__).parents[2]
LIBRARY = sorted((ROOT / "scenarios").glob("*.yaml"))


ALL = {
    "name": "all there is",
    "horizon_days": 250,
    "step_hours": 8,
    "structures": ["merged", "separated"],
    "organisation": {
        "teams": {"count": 4},
        "specialists": {"law": 1, "lab": 1, "data": 1},
        "dependencies": 1.5,
    },
    "portfolio": {"projects": {"pool_share": 0.5}, "services": {"count": 2}},
}
LACKS = {  # what a scenario has not -> what to change for that, and the assumptions that then do nothing
    "the risks that come with Rolecall": (
        {
            "risks": [
                {"name": "x", "of": "team", "effect": "people", "chance_a_year": 0.4, "impact": 1},
                {"name": "y", "of": "project", "effect": "effort", "chance_a_year": 0.6, "impact": 0.1},
            ]
        },
        DEFAULT_REGISTER | OUTAGES,
    ),
    "any risks": ({"risks": "none"}, DEFAULT_REGISTER | OUTAGES | STRIKES),
    "specialists": ({"organisation.specialists": {}}, OUTAGES),
    "standing dependencies": ({"organisation.dependencies": 0.0}, PAIRS),
    "services": ({"portfolio.services": None}, SERVICE_TICKETS),
    "a first service": ({"portfolio.services.count": 0}, SERVICE_TICKETS),
}


def by_name(scenario: Scenario) -> dict[str, Factor]:
    return {factor.name: factor for factor in factors_of(scenario)}


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_every_scenario_of_the_library_can_be_had_anywhere_in_its_ranges(path: Path) -> None:
    scenario = load(path)
    factors = factors_of(scenario)
    assert len({factor.name for factor in factors}) == len(factors) > 170
    for share in (0.0, 0.5, 0.999999):
        other = changed(scenario, factors, [share] * len(factors))
        assert other.structure_names == scenario.structure_names
        for name, value in other.assumptions.items():
            assert load_assumptions()[name].hard_low <= value <= load_assumptions()[name].hard_high
        assert other.with_changes({}) == other  # sound as a whole


def test_every_assumption_with_a_range_is_a_factor_over_that_range() -> None:
    factors = by_name(scenario_from(ALL))
    for name, assumption in load_assumptions().items():
        assert (name in factors) == (assumption.low < assumption.high)
        if name in factors:
            assert (factors[name].low, factors[name].high) == (assumption.low, assumption.high)


@pytest.mark.parametrize("lack", LACKS)
def test_what_a_scenario_has_not_is_no_factor_and_no_run_depends_on_it(lack: str) -> None:
    changes, names = LACKS[lack]
    whole = scenario_from(ALL)
    lacking = whole.with_changes(changes)
    assert idle_assumptions(lacking) == names
    assert not names & by_name(lacking).keys()
    for name in names:
        low, high = ends(name)
        assert runs(lacking, name, low) == runs(lacking, name, high), name


@pytest.mark.parametrize("name", sorted(DEFAULT_REGISTER | OUTAGES | STRIKES | SERVICE_TICKETS | PAIRS))
def test_where_there_is_something_of_it_runs_do_depend_on_it(name: str) -> None:
    scenario = scenario_from(ALL)
    assert not idle_assumptions(scenario)
    low, high = ends(name)
    assert runs(scenario, name, low) != runs(scenario, name, high)


def ends(name: str) -> tuple[float, float]:
    """Nothing of an assumption, and ten times as much as is plausible, so that even what is rare happens."""
    known = load_assumptions()[name]
    return known.hard_low, min(known.hard_high, 10 * known.high)


def runs(scenario: Scenario, name: str, value: float) -> list[object]:
    """The outcomes of a few runs with an assumption at a value."""
    # What is rare, or contained at once, says nothing of how long it lasts.
    often = {"outage_chance": 1.0, "operational_risk_hours": 40.0}
    other = scenario.model_copy(update={"assumptions": {**often, name: value}})
    return [repr(outcomes) for _, _, outcomes, _ in simulate_compiled(other, range(4))]


def test_a_scenarios_own_assumption_lies_in_the_range_that_is_tried() -> None:
    factor = by_name(scenario_from({"name": "x", "assumptions": {"patience": 40}}))["patience"]
    assert (factor.low, factor.value, factor.high) == (2, 40, 40)


def test_traits_go_from_half_to_one_and_a_half_times_what_they_are_in_whole_numbers_where_they_must() -> None:
    scenario = load(ROOT / "scenarios" / "scaleup.yaml")
    factors = by_name(scenario)
    year, start = factors["portfolio.projects.a_year"], factors["portfolio.projects.at_start"]
    assert (year.low, year.value, year.high, year.whole) == (8, 16, 24, False)
    assert (start.low, start.value, start.high, start.whole) == (5, 10, 15, True)
    assert {start.at(share / 1000) for share in range(1000)} == set(range(5, 16))
    assert changed(scenario, [start], [0.999]).portfolio.projects.at_start == 15  # type: ignore[union-attr]


def test_each_role_keeps_somebody() -> None:
    assert by_name(scenario_from({"name": "x", "managers": 2}))["managers"].low == 2


@pytest.mark.parametrize(
    ("content", "absent"),
    [
        ({}, "portfolio.services.count"),
        ({}, "organisation.specialists"),
        ({}, "portfolio.projects.pool_share"),
        ({"managers": 4, "heads": {"separated": {"project_manager": 2, "delivery_manager": 2}}}, "managers"),
        ({"organisation": {"teams": [{"name": "a"}]}}, "organisation.teams.members"),
        ({"portfolio": {"projects": {"cross_team": 0}}}, "portfolio.projects.cross_team"),
    ],
)
def test_a_trait_that_a_scenario_has_not_is_no_factor(content: dict[str, object], absent: str) -> None:
    known = by_name(scenario_from({"name": "x", **content}))
    assert absent not in known
    assert len(known.keys() & TRAITS.keys()) > 5


def test_listed_teams_and_pools_grow_and_shrink_together() -> None:
    content = {"teams": [{"name": "a", "members": 6}, {"name": "b", "members": 2}], "specialists": {"x.y": 4}}
    scenario = scenario_from({"name": "x", "organisation": content})
    factors = by_name(scenario)
    both = [factors["organisation.teams"], factors["organisation.specialists"]]
    small, large = changed(scenario, both, [0, 0]), changed(scenario, both, [1, 1])
    assert [team.members for team in small.teams] == [3, 1]
    assert [team.members for team in large.teams] == [9, 3]
    assert (small.pools, large.pools) == ({"x.y": 2}, {"x.y": 6})
