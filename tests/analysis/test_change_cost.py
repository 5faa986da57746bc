"""The yearly gain is told with what the change itself costs, once, and when that is made good."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from analysis.decision.ask import decide
from analysis.decision.change_cost import Changing
from analysis.decision.lines import price_of_changing
from analysis.decision.result import Decision
from analysis.statistics.compare import Estimate
from sim.scenario import Scenario
from tests.fake_runs import Row, organisation, outcomes

CHANGE = "merged → separated"


def costs(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Separated brings 300,000 a year more; changing to it takes 100,000 a year of that, over two years."""
    gains = {"separated": 3e5, CHANGE: 2e5}
    return [
        (s, r, outcomes(scenario.seed, "separated" if s == CHANGE else s, r, gains.get(s, 0.0)), None)
        for r in replications
        for s in scenario.structure_names
    ]


def asked(out: Path) -> Decision:
    two = organisation(structures=["merged", "separated"], horizon_days=500)
    return decide(two, doubted=0, max_replications=200, out=out, simulate=costs)


def test_what_changing_costs_is_told_once_and_as_the_time_until_it_is_made_good(tmp_path: Path) -> None:
    said = asked(tmp_path)
    kept = json.loads((said.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert kept["changing"]["once"]["mean"] == pytest.approx(2e5)
    assert "The change itself costs €200k ± €0 once" in said.verdict.paragraphs[0]
    gain = said.verdict.difference
    assert gain is not None
    assert kept["changing"]["days"] == pytest.approx(2e5 / gain.mean * 250, rel=0.02)
    assert "made good in about 8 months" in said.verdict.paragraphs[0]


def test_the_change_is_no_candidate(tmp_path: Path) -> None:
    assert asked(tmp_path).comparison.structures == ("merged", "separated")


def test_a_price_that_is_not_told_from_nothing_is_said_to_be_so() -> None:
    said = price_of_changing(Changing(Estimate(2e4, -5e4, 9e4, 100), 30.0))
    assert said == (
        "What the change itself costs, once, cannot be told from nothing (95% interval −€50k to €90k)."
    )


def test_years_are_told_as_years() -> None:
    assert "made good in about 2.0 years" in price_of_changing(Changing(Estimate(4e5, 3e5, 5e5, 100), 500.0))


def test_a_gain_that_is_none_makes_nothing_good() -> None:
    assert "made good" not in price_of_changing(Changing(Estimate(4e5, 3e5, 5e5, 100), None))
