"""What carries a gain, in money: found by runs in which one mechanism is neutral at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analysis.decision.mechanisms import MECHANISMS, Mechanisms, mechanisms, neutral_draws
from analysis.decision.reasons import carried_by
from sim.scenario import Scenario
from sim.scenario.assumptions import load_assumptions, values
from tests.fake_runs import Row, organisation, outcomes

PAIR = organisation(structures=["merged", "separated"])
USUAL = values()


def carried_by_clear_borders(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Separated gains 300,000, of it 240,000 by confusion that it saves, and 30,000 by practice."""
    own = values(scenario.assumptions)
    gain = 3e5 - 2.4e5 * (own["clarity"] == 1.0) - 3e4 * (own["learning_rate"] == 0.0)
    return [
        (s, r, outcomes(scenario.seed, s, r, gain * (s == "separated"), 1e4), None)
        for r in replications
        for s in scenario.structure_names
    ]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mechanisms:
    out = tmp_path_factory.mktemp("mechanisms")
    made = mechanisms(PAIR, "separated", out, 40, simulate=carried_by_clear_borders)
    assert made is not None
    return made


def test_a_mechanism_brings_what_the_gain_loses_without_it(found: Mechanisms) -> None:
    assert found.brings["confusion"].mean == pytest.approx(2.4e5, rel=0.02)
    assert found.brings["practice"].mean == pytest.approx(3e4, rel=0.02)
    assert found.brings["absence"].mean == 0.0


def test_what_no_mechanism_brings_is_left_over(found: Mechanisms) -> None:
    assert found.gain.mean == pytest.approx(3e5, rel=0.05)
    brought = sum(each.mean for each in found.brings.values())
    assert found.left.mean == pytest.approx(found.gain.mean - brought)


def test_the_mechanism_that_carries_most_of_the_gain_is_named(found: Mechanisms) -> None:
    assert found.carrier == "confusion"
    said = carried_by(found, "net_value_a_year")
    assert said.startswith(
        "Most of it, on average, comes by confusion: where it is always clear who should act, it is €2"
    )


def test_where_none_carries_half_that_is_said(found: Mechanisms) -> None:
    small = Mechanisms(found.gain, {"practice": found.brings["practice"]}, found.left)
    assert carried_by(small, "net_value_a_year") == "No single mechanism carries half of it."


def test_one_mechanism_is_neutral_at_a_time() -> None:
    draws = neutral_draws(PAIR)
    as_it_is, *others = (dict(zip(draws.names, row, strict=True)) for row in draws.rows)
    assert as_it_is == {name: USUAL[name] for name in draws.names}
    for mechanism, row in zip(MECHANISMS, others, strict=True):
        assert {name for name in row if row[name] != as_it_is[name]} <= set(mechanism.at)
        assert any(row[name] != as_it_is[name] for name in mechanism.at)


def test_every_mechanism_can_be_neutral_within_what_the_model_runs_with() -> None:
    known = load_assumptions()
    for draw in range(1 + len(MECHANISMS)):
        own = neutral_draws(PAIR)(draw).assumptions
        assert all(known[name].hard_low <= value <= known[name].hard_high for name, value in own.items())


def test_a_scenarios_own_numbers_stay_where_they_are_not_neutral() -> None:
    own = PAIR.with_changes({"assumptions": {"handoff_hours": 2.0}})
    hours = [neutral_draws(own)(k).assumptions["handoff_hours"] for k in range(1 + len(MECHANISMS))]
    assert sorted(set(hours)) == [0.0, 2.0] and hours.count(0.0) == 1


def test_no_future_that_ended_explains_nothing(tmp_path: Path) -> None:
    def failing(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        return [(s, r, None, "luck ran out") for r in replications for s in scenario.structure_names]

    assert mechanisms(PAIR, "separated", tmp_path, 2, simulate=failing) is None
