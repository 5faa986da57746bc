"""A given plan is turned into rows once, and what is made of it is what it would be each time anew."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.building import given_work as portfolio
from sim.building.preparation import prepare
from sim.building.projects import draw_work
from sim.building.work import Work
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.assumptions import values
from sim.scenario.plan import Plan

ROOT = Path(__file__).parents[2]
PLANNED = ["erp", "fixed_price"]
GIVEN = values({})


@pytest.fixture(autouse=True)
def _forget_plans() -> Iterator[None]:
    portfolio.given_work.cache_clear()
    yield
    portfolio.given_work.cache_clear()


def planned(name: str = "erp") -> Scenario:
    return load(ROOT / "scenarios" / f"{name}.yaml").with_changes({"horizon_days": 20})


def same(one: Work, other: Work) -> bool:
    pairs = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(Work))
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """The plans that were turned into rows."""
    plans: list[Plan] = []
    really = portfolio.order_of_rows
    monkeypatch.setattr(portfolio, "order_of_rows", lambda plan: plans.append(plan) or really(plan))
    return plans


def test_replications_and_futures_with_other_assumptions_share_it(looked_at: list[Plan]) -> None:
    scenario = planned()
    future = scenario.model_copy(update={"assumptions": {"task_size_spread": 0.4}})
    for each in (scenario, future):
        for replication in range(5):
            draw_work(each, prepare(each).values, replication)
    assert looked_at == [scenario.plan]


def test_another_plan_is_another_even_if_all_in_it_is_the_same(looked_at: list[Plan]) -> None:
    one, other = planned(), planned()
    assert one.plan == other.plan
    assert same(draw_work(one, GIVEN, 0), draw_work(other, GIVEN, 0))
    assert len(looked_at) == 2


@pytest.mark.parametrize("name", PLANNED)
def test_whatever_is_lived_through_leaves_it_as_it_was(name: str) -> None:
    scenario = planned(name)
    work = draw_work(scenario, GIVEN, 0)
    before = deepcopy(work)
    outcomes = simulate_block(prepare(scenario), range(3))
    assert draw_work(scenario, GIVEN, 7) is work
    assert same(before, work)
    assert simulate_block(prepare(planned(name)), range(3)) == outcomes


def test_teams_in_another_order_have_other_rows() -> None:
    """The same plan in an organisation that numbers its teams and pools otherwise."""
    scenario = planned()
    assert scenario.plan is not None
    teams, pools = tuple(t.name for t in scenario.teams), tuple(scenario.pools)
    this = portfolio.This(scenario.plan)
    work, turned = (portfolio.given_work(this, t, pools) for t in (teams, teams[::-1]))
    assert np.array_equal(turned.team, len(teams) - 1 - work.team)
    assert not same(work, turned)
