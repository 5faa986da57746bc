"""Each rule that decides a question is felt in what it is about: on against off, in the same futures.

Beside those of the sponsor, milestones, tracking, cancelling, dependencies and phases, which stand with their
rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.statistics.compare import Estimate, estimate
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS, Structure
from sim.world import Rows

SCALEUP = Path(__file__).parents[2] / "scenarios" / "scaleup.yaml"
FUTURES = 24
MERGED, SEPARATED = PRESETS["merged"], PRESETS["separated"]

Given = Mapping[str, float]


@cache
def scaleup() -> Scenario:
    return load(SCALEUP).with_changes({"horizon_days": 250, "step_hours": 8})


def lived(
    given: Given, keys: Mapping[str, Any], structure: Structure, futures: int
) -> list[Mapping[str, Any]]:
    """Outcomes of the example under assumptions and with keys of its scenario changed, future by future."""
    scenario = scaleup().with_changes({"assumptions": dict(given), **keys})
    rows = simulate_block(prepare(scenario, (structure,)), range(futures))
    assert all(error is None for *_, error in rows)
    return [outcomes for _, _, outcomes, _ in rows if outcomes is not None]


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


# --- with nothing of it, nothing of it is felt -------------------------------------------------------------

NOTHING: dict[str, tuple[Given, Mapping[str, Any], Given]] = {
    "a sponsor whom nobody needs": (
        {"sponsor_overrun": 1e6, "sponsor_share": 0.0},
        {},
        {"sponsor_hours": 8.0, "sponsor_decision_hours": 8.0, "sponsor_refusal": 0.9},
    ),
    "no milestones": (
        {},
        {"portfolio.projects.milestones": 0},
        {"milestone_hours": 40.0, "milestone_patience": 1.0},
    ),
    "nothing that is cancelled": ({"cancel_factor": 0.0, "give_up_hazard": 0.0}, {}, {"cancel_effect": 0.9}),
    "no pairs of teams": (
        {},
        {},
        {"pair_hours": 9.0, "pair_days": 1.0, "loose_pair": 5.0, "tangle_growth": 1.0},
    ),
    "no change": (
        {},
        {},
        {"unrest_distraction": 0.9, "unrest_days": 5.0, "leave_unrest": 9.0, "title_loss": 0.9},
    ),
    "people alike": ({"aptitude": 0.0}, {"deal_roles": "by_aptitude"}, {}),
}
"""What switches a rule off, in assumptions and keys, and assumptions of it that do not matter then."""


@pytest.mark.parametrize("rule", NOTHING)
def test_where_there_is_nothing_of_a_rule_it_changes_no_bit(rule: str) -> None:
    off, keys, idle = NOTHING[rule]
    plain = {key: value for key, value in keys.items() if key != "deal_roles"}
    assert lived(off, plain, SEPARATED, 2) == lived({**off, **idle}, keys, SEPARATED, 2)


def _array(values: list[float]) -> Rows:
    import numpy as np

    return np.array(values)
