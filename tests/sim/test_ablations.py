"""Each rule that decides a question is felt in what it is about: on against off, in the same futures.

Beside those of the sponsor, milestones, tracking, cancelling, dependencies and phases, which stand with their
rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.statistics.compare import Estimate, estimate
from sim.scenario.structures import PRESETS, Structure
from sim.world import Rows
from tests.sim.in_the_example import Given, lived

FUTURES = 24
MERGED, SEPARATED = PRESETS["merged"], PRESETS["separated"]


def effect(
    outcome: str,
    on: Given,
    off: Given,
    *,
    keys: Mapping[str, Any] | None = None,
    keys_off: Mapping[str, Any] | None = None,
    structure: Structure = MERGED,
) -> Estimate:
    """What a rule adds to an outcome, with its 95% interval over futures in pairs."""
    import numpy as np

    with_it, without = (
        np.array([run[outcome] for run in lived(given, said or {}, structure, FUTURES)])
        for given, said in ((on, keys), (off, keys if keys_off is None else keys_off))
    )
    return estimate(with_it - without)


def test_clients_who_are_more_than_content_bring_work_on_top() -> None:
    assert effect("revenue_won", {"extra_projects": 0.4}, {"extra_projects": 0.0}).low > 0.0


def test_clients_are_less_content_where_they_mind_cost_and_scope() -> None:
    minding = {"overrun_effect": 0.6, "cut_effect": 0.8}
    unmoved = dict.fromkeys(minding, 0.0)
    found = effect("satisfaction", minding, unmoved, keys={"portfolio.paid": "by_hour"})
    assert found.high < 0.0


def test_a_change_that_unsettles_people_costs_money() -> None:
    heard, unheard = (MERGED.changing_to(SEPARATED, 60, announced=days) for days in (20, None))
    money = [lived({}, {}, structure, FUTURES) for structure in (heard, unheard)]
    more = [a["net_value_a_year"] - b["net_value_a_year"] for a, b in zip(*money, strict=True)]
    assert estimate(_array(more)).high < 0.0


def test_what_is_forgotten_keeps_maturity_down() -> None:
    assert effect("maturity_gain", {"forgetting": 0.02}, {"forgetting": 0.0}).high < 0.0


def test_rework_that_lands_on_few_tasks_is_done_sooner() -> None:
    assert effect("lead_days", {"touched_share": 0.25}, {"touched_share": 1.0}).high < 0.0


def test_people_in_posts_that_suit_them_answer_sooner() -> None:
    spread = {"aptitude": 0.4}
    by = ({"deal_roles": way} for way in ("by_aptitude", "by_lot"))
    suited, lot = by
    found = effect("manager_use", spread, spread, keys=suited, keys_off=lot, structure=SEPARATED)
    assert found.high < 0.0


def test_approved_changes_that_are_paid_bring_value_where_the_price_is_fixed() -> None:
    paid, unpaid = (
        {"portfolio.paid": "on_delivery", "portfolio.changes_paid": share} for share in (0.8, 0.0)
    )
    assert effect("value_delivered", {}, {}, keys=paid, keys_off=unpaid).low > 0.0


def test_paid_by_milestone_money_comes_earlier() -> None:
    """So less of what work under way counts for is still to come."""
    early, late = ({"portfolio.paid": way} for way in ("by_milestone", "on_delivery"))
    assert effect("value_in_progress", {}, {}, keys=early, keys_off=late).high < 0.0


def _array(values: list[float]) -> Rows:
    import numpy as np

    return np.array(values)
