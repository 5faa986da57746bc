"""Contracts: what a project brings and when, whatever the structure that delivers it."""

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import contracts
from sim.scenario import load
from sim.scenario.structures import PRESETS
from sim.world import BY_HOUR, BY_INCREMENT, BY_MILESTONE, DELIVERED, ON_DELIVERY
from tests.sim.small import organisation

TWO = [("p", "a", "web", "80"), ("p", "b", "web", "80", "a")]


def office(contract: int, structure: str = "merged") -> DeliveryOrganisation:
    team = organisation(TWO, structure=PRESETS[structure], contingency=0.25, cut_value=1.0, managers=2)
    project = team.world.projects[0]
    project.contract, project.value = contract, 10_000.0
    return team


def half_done(team: DeliveryOrganisation) -> None:
    while team.world.projects[0].progress < 80.0:
        team.step()


@pytest.mark.parametrize("structure", ["merged", "agile"])
def test_on_delivery_nothing_is_paid_before(structure: str) -> None:
    team = office(ON_DELIVERY, structure)
    half_done(team)
    contracts.bill_after_report(team.world, 0)
    assert team.world.clock[0].value == 0.0
    assert contracts.value_in_progress(team.world, 0) == pytest.approx(5_000.0, rel=0.1)


def test_increments_are_paid_where_reviews_accept_them() -> None:
    paid = {}
    for structure in ("merged", "agile"):
        team = office(BY_INCREMENT, structure)
        half_done(team)
        contracts.bill_after_report(team.world, 0)
        paid[structure] = team.world.clock[0].value
    assert paid == {"merged": 0.0, "agile": pytest.approx(5_000.0, rel=0.1)}


@pytest.mark.parametrize("contract", [ON_DELIVERY, BY_INCREMENT])
def test_in_the_end_a_fixed_price_is_paid_once(contract: int) -> None:
    team = office(contract, "agile")
    team.run(days=120)
    assert team.world.projects[0].state == DELIVERED
    assert team.world.clock[0].value == pytest.approx(10_000.0)


def test_by_the_hour_only_hours_are_paid_that_the_client_caused_and_approved() -> None:
    """160 hours at 10,000 / 200 euro; rework is free, a changed want is paid as far as it is approved."""
    team = office(BY_HOUR)
    world, project = team.world, team.world.projects[0]
    assert contracts.worth(world, 0) == pytest.approx(160 * 50.0)
    project.rework_hours += 40.0
    assert contracts.worth(world, 0) == pytest.approx(160 * 50.0)
    project.drift_hours += 60.0
    assert contracts.worth(world, 0) == pytest.approx(200 * 50.0), "200 hours are approved"
    project.approved_hours += 100.0
    assert contracts.worth(world, 0) == pytest.approx(220 * 50.0)


@pytest.mark.parametrize(
    ("share", "approved", "paid"), [(0.0, 40.0, 0.0), (0.5, 40.0, 15.0), (0.5, 10.0, 5.0)]
)
def test_at_a_fixed_price_a_share_of_approved_changes_is_paid_at_the_price_of_a_budget_hour(
    share: float, approved: float, paid: float
) -> None:
    """30 hours of changes at 10,000 / 200 euro, as far as they are approved beyond the budget."""
    team = office(ON_DELIVERY)
    world, project = team.world, team.world.projects[0]
    world.clock[0].changes_paid = share
    project.drift_hours, project.rework_hours = 30.0, 50.0
    assert contracts.worth(world, 0) == 10_000.0, "nothing is approved"
    project.approved_hours += approved
    assert contracts.worth(world, 0) == pytest.approx(10_000.0 + paid * 50.0)


def test_a_share_of_projects_is_under_each_contract_whatever_the_order_of_the_shares() -> None:
    dealt = [
        contracts_dealt(paid)
        for paid in ({"by_hour": 0.4, "on_delivery": 0.6}, {"on_delivery": 0.6, "by_hour": 0.4})
    ]
    assert np.array_equal(*dealt)
    assert set(dealt[0]) == {ON_DELIVERY, BY_HOUR}
    assert abs((dealt[0] == BY_HOUR).mean() - 0.4) < 0.1
    assert set(contracts_dealt({"by_milestone": 1.0})) == {BY_MILESTONE}


def contracts_dealt(paid: dict[str, float]) -> np.ndarray:
    changes = {"portfolio.paid": paid, "portfolio.projects.at_start": 500, "horizon_days": 20}
    example = load("scenarios/scaleup.yaml").with_changes(changes)
    projects = draw_base(prepare(example), 0).projects
    return projects["contract"]


def test_what_was_paid_and_what_is_in_progress_never_count_twice() -> None:
    team = office(BY_HOUR)
    half_done(team)
    whole = team.world.clock[0].value + contracts.value_in_progress(team.world, 0)
    contracts.bill_after_report(team.world, 0)
    assert contracts.value_in_progress(team.world, 0) == 0.0
    assert team.world.clock[0].value == pytest.approx(whole)
