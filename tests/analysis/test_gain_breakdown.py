"""What stands beside a yearly gain: what comes once, free hours, and how far a future moves for nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.decision import detail
from analysis.decision.ask import decide
from analysis.decision.gain_breakdown import Beside, beside
from analysis.decision.idle_spread import NUDGE, Restless, moved, nudged, restless
from analysis.decision.judgement import judge, verdict_of
from analysis.statistics.compare import Estimate, compare
from sim.batch.workers import simulate_compiled
from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import values
from tests.fake_runs import Row, organisation, results, simulate

PAIR = organisation(structures=["merged", "separated"])
PRICE = values()["free_hour_value"]
RATIO = values()["manager_cost"] / values()["member_cost"]


def found(**changes: float) -> Beside:
    """What stands beside a structure that gains 100,000 a year, with some outcomes as given."""
    own = {"value_in_progress": 0.0, "hours_freed_a_year": 0.0, "manager_idle_pay_a_year": 0.0}
    frame = results(
        {"merged": 0.0, "separated": 1e5},
        300,
        spread=1e3,
        changes={"merged": own, "separated": own | changes},
    )
    return beside(frame, PAIR, ("merged", "separated"))["separated"]


def test_less_under_way_at_the_end_is_money_that_came_earlier_once() -> None:
    assert found(value_in_progress=-250e3).once.mean == pytest.approx(250e3)


def test_what_comes_once_is_what_the_two_figures_differ_by_in_real_runs() -> None:
    frame = compared_runs()
    years = SMALL.horizon_days / values()["days_a_year"]
    at_nothing = beside(frame, SMALL, ("merged", "separated"))["separated"]
    compared = compare(frame, current="merged", outcomes=("net_value_on_delivery_a_year",))
    on_delivery = compared.differences["net_value_on_delivery_a_year", "separated"].mean
    apart = (on_delivery - at_nothing.at_nothing.mean) * years
    assert at_nothing.once.mean == pytest.approx(apart, rel=1e-6, abs=1e-3)


def test_the_gain_at_another_worth_of_an_hour_is_that_of_runs_with_it() -> None:
    dear = SMALL.with_changes({"assumptions": {"free_hour_value": 130.0}})
    gains = [beside(compared_runs(s), s, ("merged", "separated"))["separated"] for s in (SMALL, dear)]
    assert gains[0].at_most.mean == pytest.approx(gains[1].at_most.mean, rel=1e-9, abs=1e-6)
    net = compare(compared_runs(dear), current="merged").gain("separated")
    assert gains[0].at_most.mean == pytest.approx(net.mean, rel=1e-9, abs=1e-6)


def test_hours_of_managers_count_at_the_same_share_of_their_cost() -> None:
    pay = values()["manager_cost"] * 1000.0
    members, managers = found(hours_freed_a_year=RATIO * 1000.0), found(manager_idle_pay_a_year=pay)
    for one in (members, managers):
        assert one.at_nothing.mean == pytest.approx(found().at_nothing.mean - PRICE * RATIO * 1000.0)


def test_an_answer_that_flips_with_the_worth_of_an_hour_says_so() -> None:
    flips = found(hours_freed_a_year=10_000.0)  # 100,000 of the gain are free hours, and more
    assert flips.at_nothing.mean < 0.0 < flips.at_most.mean
    assert flips.flips_at == pytest.approx(PRICE - 10.0, abs=0.1)
    text = detail.free_hours(flips, "separated")
    assert "[assumptions.free_hour_value] (€32.5 an hour here)" in text and "it flips at about €2" in text
    assert "frees a year: +10,000 ± 0 of members and 0 ± 0 of managers." in text


def test_an_answer_that_does_not_hang_on_it_says_nothing() -> None:
    assert not found(hours_freed_a_year=100.0).decides
    assert detail.free_hours(found(hours_freed_a_year=100.0), "separated") == ""


def test_a_tie_that_stays_one_at_any_worth_of_an_hour_flips_nowhere() -> None:
    either_side = [Estimate(-1e4, -5e4, 3e4, 300), Estimate(1e4, -3e4, 5e4, 300)]
    tie = replace(found(), at_nothing=either_side[0], at_most=either_side[1])
    assert tie.flips_at is None
    assert detail.free_hours(tie, "separated") == ""


def test_an_objective_of_ones_own_has_nothing_beside_it() -> None:
    points = organisation(structures=["merged", "separated"], objective={"delay_days": -1.0})
    frame = results({"merged": 0.0, "separated": 1e5}, 250)
    frame["objective"] = -frame["delay_days"]
    judgement = judge(frame, points)
    assert judgement.beside == {}
    assert "completion" not in verdict_of(points, judgement).whole


@pytest.mark.parametrize(
    ("once", "told"),
    [
        (Estimate(2e5, 1e5, 3e5, 300), "€200k comes earlier under separated than under merged, once"),
        (Estimate(-2e5, -3e5, -1e5, 300), "€200k comes later under separated than under merged, once"),
        (Estimate(1e4, -1e5, 1.2e5, 300), "it cannot be told whether any of it comes earlier or later"),
    ],
)
def test_what_comes_once_is_told_apart_from_what_comes_every_year(once: Estimate, told: str) -> None:
    compared = compare(results({"merged": 0.0, "separated": 1e5}, 300), current="merged")
    assert told in detail.once(replace(found(), once=once), compared, "separated")


# --- the spread that means nothing --------------------------------------------------------------------------

SMALL = scenario_from(
    {
        "name": "small",
        "horizon_days": 120,
        "managers": 2,
        "structures": ["merged", "separated"],
        "organisation": {"teams": {"count": 2, "members": 4, "skills": ["web"]}},
        "portfolio": {
            "clients": 2,
            "projects": {"at_start": 3, "a_year": 20, "tasks": 8, "effort_hours": 200},
        },
    }
)


def compared_runs(scenario: Scenario = SMALL):  # type: ignore[no-untyped-def]
    """A frame of a few real runs."""
    import pandas as pd

    rows = simulate_compiled(scenario, range(12))
    keys = [{"scenario": "small", "structure": s, "replication": r, "error": None} for s, r, _, _ in rows]
    return pd.DataFrame([key | dict(run or {}) for key, (_, _, run, _) in zip(keys, rows, strict=True)])


def test_nudges_move_one_assumption_at_a_time_a_ten_thousandth_up_and_down() -> None:
    draws = nudged(PAIR)
    today = np.array(draws.rows[0])
    assert len(draws.rows) == 1 + 2 * len(draws.names)
    for row in draws.rows[1:]:
        by = np.array(row) / today - 1.0
        assert np.count_nonzero(by) == 1
        assert abs(by).max() == pytest.approx(NUDGE)


def test_the_spread_is_how_far_gains_are_from_those_of_the_scenario_itself() -> None:
    found = moved([np.array([1.0, 5.0]), np.array([4.0, 5.0]), np.array([1.0, 2.0])])
    assert found == Restless(spread=pytest.approx((18 / 4) ** 0.5), mean=pytest.approx(1.5), futures=2)  # type: ignore[arg-type]


def test_where_nothing_moves_there_is_no_spread(tmp_path: Path) -> None:
    still = restless(PAIR, "separated", tmp_path, 5, simulate=simulate)
    assert still is not None and (still.spread, still.mean, still.futures) == (0.0, 0.0, 5)
    compared = compare(results({"merged": 0.0, "separated": 0.0}, 5), current="merged")
    assert detail.means_nothing(still, compared) == ""


def test_of_structures_that_never_differ_nothing_comes_earlier_or_later() -> None:
    compared = compare(results({"merged": 0.0, "separated": 0.0}, 300), current="merged")
    told = detail.once(replace(found(), once=Estimate(0.0, 0.0, 0.0, 300)), compared, "separated")
    assert told == "Work in progress is counted by completion, at both ends of the horizon."


def test_decide_tells_how_far_one_future_moves_for_nothing(tmp_path: Path) -> None:
    today = values()["exception_rate"]

    def trembling(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        moves = scenario.assumptions.get("exception_rate", today) != today
        return [
            (
                s,
                r,
                run | {"net_value_a_year": run["net_value_a_year"] + 6e4 * (moves and s == "separated")},
                why,
            )
            for s, r, run, why in simulate(scenario, replications)
            if run is not None
        ]

    answer = decide(
        PAIR, max_replications=200, out=tmp_path, simulate=trembling, explain=True, doubted=0, steps=False
    )
    kept = json.loads((answer.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert kept["restless"]["spread"] == pytest.approx(6e4 / 2), "two nudges of eight move it"
    assert "its difference moves by €30k either way" in answer.verdict.whole
