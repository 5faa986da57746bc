"""A change team by team in a whole organisation: both clocks, the books, its luck, and what it is felt in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis.statistics.compare import estimate
from sim.building.preparation import Prepared, prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS, Structure
from tests.properties.test_whole_model import BOOKS, moments
from tests.sim.test_clocks import both_clocks_agree
from tests.sim.test_whole_luck import luck_of

SCALEUP = Path(__file__).parents[2] / "scenarios" / "scaleup.yaml"
DAY, EVERY, FUTURES = 20, 15, 30


@cache
def scaleup() -> Scenario:
    return load(SCALEUP).with_changes({"horizon_days": 80, "step_hours": 8})


def change(to: str, phased: tuple[int, int] | None) -> Structure:
    """From merged, on day 20, one team every 15 days or all at once."""
    return PRESETS["merged"].changing_to(PRESETS[to], DAY, announced=10, phased=phased)


def prepared(to: str, phased: tuple[int, int] | None = (1, EVERY)) -> Prepared:
    return prepare(scaleup(), (change(to, phased),))


@pytest.mark.parametrize("to", ["separated", "agile"])
def test_agents_and_compiled_run_agree_while_teams_go_over_one_by_one(to: str) -> None:
    both_clocks_agree(prepared(to), change(to, None).name)


@pytest.mark.parametrize("to", ["separated", "agile"])
def test_the_books_balance_and_luck_is_untouched_between_two_teams_and_after_the_last(to: str) -> None:
    lucks = []
    for world in moments(prepared(to)):
        for book in BOOKS:
            book(world)
        lucks.append(luck_of(world))
    assert lucks and all(luck == lucks[0] for luck in lucks)


def outcome(name: str, phased: tuple[int, int] | None) -> np.ndarray:
    rows = simulate_block(prepared("separated", phased), range(FUTURES))
    return np.array([row[2][name] for row in rows if row[2] is not None])


def test_all_teams_at_a_time_is_a_change_at_once_to_the_bit() -> None:
    many = (len(scaleup().teams), EVERY)
    assert np.array_equal(outcome("net_value_a_year", many), outcome("net_value_a_year", None))


def test_team_by_team_changes_what_comes_of_it() -> None:
    """Open matters of teams that have not gone over are not handed over yet: less is grasped anew at once."""
    once, phased = (outcome("handoff_share", waves) for waves in (None, (1, 1000)))
    assert estimate(phased - once).high < 0.0
