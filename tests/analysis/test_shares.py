"""Who brings how much of a gain: shares of ingredients, worked out in futures nothing was chosen from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.decision.ask import decide
from analysis.decision.designs import changes, taken
from analysis.decision.grounds import grounds_from, plain_grounds
from analysis.decision.result import Decision
from analysis.decision.shares import Shares, shares_of_gains
from analysis.reports import tables
from analysis.results.folder_contents import gather
from analysis.statistics.shapley import EXACT, coalitions, orders, shapley
from sim.scenario import Scenario
from sim.scenario.structures import Structure
from tests.analysis.test_designs import OTHER, planted
from tests.fake_runs import Row, organisation, outcomes

Coalition = frozenset[int]


def brought(worth: Callable[[Coalition], float], players: int) -> list[float]:
    """The shares where each coalition brings what it is worth, in one future."""
    values = {those: np.array([worth(those)]) for those in coalitions(players)}
    return list(shapley(values, players)[0])


@pytest.mark.parametrize("players", [1, 2, 3, 5, 6])
def test_a_player_who_brings_all_gets_all(players: int) -> None:
    assert brought(lambda those: 7.0 * (0 in those), players) == [7.0, *[0.0] * (players - 1)]


@pytest.mark.parametrize("players", [2, 4, 6])
def test_what_two_bring_together_alone_is_halved(players: int) -> None:
    found = brought(lambda those: 6.0 * ({0, 1} <= those), players)
    assert found == pytest.approx([3.0, 3.0, *[0.0] * (players - 2)])


def test_what_three_bring_together_alone_is_a_third_each() -> None:
    assert brought(lambda those: 6.0 * ({0, 1, 2} <= those), 4) == pytest.approx([2.0, 2.0, 2.0, 0.0])


@pytest.mark.parametrize("players", [1, 2, 5, 6, 7])
def test_shares_add_up_to_the_whole_whatever_there_is(players: int) -> None:
    luck = np.random.default_rng(players)
    values = {those: luck.normal(size=50) for those in coalitions(players)}
    whole = values[frozenset(range(players))] - values[frozenset()]
    assert shapley(values, players).sum(axis=1) == pytest.approx(whole)


def test_beyond_five_ingredients_a_few_orders_stand_for_all() -> None:
    assert len(orders(EXACT)) == math.factorial(EXACT)
    assert len(coalitions(EXACT)) == 2**EXACT
    assert len(coalitions(6)) < 2**6 / 2
    for player in range(6):  # each is let in as often before another as after it
        after = [order.index(player) > order.index((player + 1) % 6) for order in orders(6)]
        assert sum(after) * 2 == len(after)


# --- of designs --------------------------------------------------------------------------------------------


def asked(out: Path, gain: Callable[[Structure], float], **changes: Any) -> dict[str, Shares]:
    given = organisation(**changes)
    found = shares_of_gains(given, "agile", (), out, 100, simulate=planted(gain))
    return {each.structure: each for each in found}


def by_ingredient(found: Shares) -> dict[str, float]:
    return {share.ingredient: share.gain.mean for share in found.of}


def test_where_sprints_carry_the_whole_gain_sprints_get_it_and_the_roles_nothing(tmp_path: Path) -> None:
    agile = asked(tmp_path, lambda s: 4e5 * (s.rhythm == "sprints"))["agile"]
    found = {share.ingredient: share.gain for share in agile.of}
    assert found["rhythm"].low < 4e5 < found["rhythm"].high
    assert found["roles"].sign == 0


def test_what_roles_and_sprints_bring_together_alone_is_halved(tmp_path: Path) -> None:
    def together(s: Structure) -> float:
        return 4e5 * (s.roles[0].name == "product_owner" and s.rhythm == "sprints")

    for share in asked(tmp_path, together)["agile"].of:
        assert share.gain.low < 2e5 < share.gain.high


def test_shares_of_a_structure_add_up_to_its_gain_to_the_last_digit(tmp_path: Path) -> None:
    found = asked(
        tmp_path, lambda s: 1e5 / 3 * (s.rhythm == "sprints"), structures=["merged", "agile", OTHER]
    )
    assert set(found) == {"agile", "quite other"}
    for each in found.values():
        assert list(accumulate(share.gain.mean for share in each.of))[-1] == each.gain.mean
        assert each.gain.low < each.gain.mean < each.gain.high


def test_each_structure_is_told_by_its_own_ingredients(tmp_path: Path) -> None:
    found = asked(tmp_path, lambda s: 0.0, structures=["merged", "separated", OTHER])
    assert [share.ingredient for share in found["separated"].of] == ["roles"]
    assert len(found["quite other"].of) == 6
    assert (found["separated"].exact, found["quite other"].exact) == (True, False)


def test_shares_come_from_futures_that_no_answer_is_chosen_from(tmp_path: Path) -> None:
    lived: set[int] = set()

    def seen(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        lived.update(replications)
        return planted(lambda s: 0.0)(scenario, replications)

    shares_of_gains(organisation(), "agile", (), tmp_path, 10, simulate=seen)
    assert len(lived) == 10 and min(lived) >= 1_000_000


def test_where_nothing_differs_nothing_is_run(tmp_path: Path) -> None:
    same = {"name": "the same", "like": "merged"}
    given = organisation(structures=["merged", same])
    assert shares_of_gains(given, "the same", (), tmp_path, 10) == ()
    assert not list(tmp_path.iterdir())


def test_today_with_every_ingredient_of_another_structure_is_that_structure() -> None:
    today, *others = organisation(structures=["merged", "agile", OTHER]).all_structures()
    for other in others:
        assert changes(taken(today, changes(today, other), other), other) == ()


# --- in an answer ------------------------------------------------------------------------------------------


USUAL = outcomes(1, "merged", 0, 0.0)


def quick(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Other roles gain 400,000, sprints lose 300,000."""

    def net(s: Structure, r: int) -> float:
        gain = 4e5 * (s.roles[0].name == "project_manager") - 3e5 * (s.rhythm == "sprints")
        return 1e6 + gain + 1e5 * math.sin(7 * r + len(s.name) + len(s.roles[0].name))

    runs = [(s, r) for r in replications for s in scenario.all_structures()]
    return [(s.name, r, USUAL | {"net_value_a_year": net(s, r)}, None) for s, r in runs]


def explained(out: Path, explain: bool) -> Decision:
    given = organisation(structures=["merged", "separated", "agile"])
    how: dict[str, Any] = {"doubted": 0, "max_replications": 200, "steps": False, "simulate": quick}
    return decide(given, out=out, explain=explain, **how)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Decision:
    return explained(tmp_path_factory.mktemp("explained"), True)


def test_each_losing_structure_says_what_its_loss_hangs_on(said: Decision) -> None:
    loss = next(line for line in said.verdict.details if line.startswith("What agile loses"))
    assert "hangs most on the rhythm (in sprints; −€" in loss
    assert "What separated loses" not in said.verdict.whole, "what is named is no runner-up"


def test_the_same_facts_are_kept_and_found_again(said: Decision) -> None:
    kept = json.loads((said.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert grounds_from(kept["explained"]) == said.explained
    left = gather(said.batch.folder).decided
    assert left is not None and left.explained == said.explained
    shared, carried = tables.grounds(left, "net_value_a_year")
    assert shared.caption == "Share of the gain by ingredient, in 200 fresh futures"
    assert [row.cells[:2] for row in shared.rows][-1] == ("", "together")
    assert carried.rows[-1].cells[1] == "the gain of separated over merged"


def test_a_damaged_record_is_left_aside(said: Decision) -> None:
    facts = plain_grounds(said.explained)
    assert facts is not None
    for damage in ({"shares": 3}, {"mechanisms": []}, {"shares": [{"of": None}]}):
        assert grounds_from(facts | damage) is None
    assert grounds_from(None) is None


def test_nothing_of_it_is_run_unless_asked(tmp_path: Path) -> None:
    answer = explained(tmp_path, False)
    assert answer.explained is None
    assert not [*answer.batch.folder.glob("shares-*"), *answer.batch.folder.glob("mechanisms-*")]
    assert "What agile loses" not in answer.verdict.whole
