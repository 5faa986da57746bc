"""Clients: what they believe, what disappoints and pleases them, when they complain, bring work and leave."""

from __future__ import annotations

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import clients
from sim.rules.responsibilities import client_duty
from sim.world import DELIVERED, SATISFACTION, WITHHELD
from tests.sim.serving import office


def at_work(**assumptions: float) -> DeliveryOrganisation:
    """An organisation in the middle of a project of ten days; the clock stands still, the client judges."""
    team = office({"p": 80}, first_satisfaction=0.8, **assumptions)  # type: ignore[arg-type]
    team.run(days=1)
    project, client = team.world.projects[0], team.world.clients[0]
    project.deadline = project.belief = 20.0
    project.planned_days = 10.0
    client.satisfaction = 0.8
    client.business = project.value  # nothing else runs for this client
    return team


def told(team: DeliveryOrganisation, *forecasts: float) -> float:
    """Satisfaction after reports of these forecasts, one after the other."""
    for forecast in forecasts:
        team.world.projects[0].forecast = forecast
        clients.hear_news(team.world, 0)
    return float(team.world.clients[0].satisfaction)


# --- news --------------------------------------------------------------------------------------------------


def test_a_finish_before_the_promise_is_no_bad_news_however_it_moves() -> None:
    assert told(at_work(bad_news=0.1), 12, 18, 15, 20) == 0.8


def test_news_of_a_delay_costs_in_proportion_to_it() -> None:
    assert told(at_work(bad_news=0.1), 25) == pytest.approx(0.8 * (1 - 0.1 * 5 / 10))
    assert told(at_work(bad_news=0.1), 30) == pytest.approx(0.8 * (1 - 0.1 * 10 / 10))


def test_the_same_delay_is_bad_news_once() -> None:
    once = told(at_work(bad_news=0.1), 25)
    assert told(at_work(bad_news=0.1), 25, 25, 22, 25) == once
    assert told(at_work(bad_news=0.1), 25, 22, 26) < once


def delivered(team: DeliveryOrganisation, day: float) -> float:
    team.world.projects[0].delivered = day
    clients.receive_project(team.world, 0)
    return float(team.world.clients[0].satisfaction)


def test_bad_news_told_early_costs_less_than_a_surprise() -> None:
    prices = {"bad_news": 0.05, "surprise": 0.2, "late_effect": 0.1}
    warned, half_warned, surprised = at_work(**prices), at_work(**prices), at_work(**prices)
    told(warned, 23, 30)
    told(half_warned, 23)
    trust = [delivered(team, 30) for team in (warned, half_warned, surprised)]
    assert trust[0] > trust[1] > trust[2]


def test_who_was_prepared_for_worse_is_not_surprised() -> None:
    team = at_work(bad_news=0.05, surprise=0.2)
    before = told(team, 35, 28)
    assert delivered(team, 30) == before


def test_a_late_project_disappoints_even_who_saw_it_coming() -> None:
    team = at_work(late_effect=0.1)
    told(team, 30)
    assert delivered(team, 30) == pytest.approx(0.8 * (1 - 0.1 * 10 / 10))


def test_a_project_on_time_and_without_defects_pleases() -> None:
    assert delivered(at_work(on_time_gain=0.25), 20) == pytest.approx(0.8 + 0.25 * 0.2)


def test_defects_disappoint_by_their_share_of_the_project() -> None:
    team = at_work(defect_effect=1.0, on_time_gain=0.0)
    team.world.projects[0].escaped = 8.0
    assert delivered(team, 20) == pytest.approx(0.8 * (1 - 8 / 80))


def test_a_project_weighs_with_its_client_by_its_share_of_the_business() -> None:
    for others, weight in ((0, 1), (3, 1 / 4)):
        team = at_work(late_effect=0.1, defect_effect=1.0)
        team.world.clients[0].business *= 1 + others
        team.world.projects[0].escaped = 8.0
        assert delivered(team, 30) == pytest.approx(0.8 * (1 - weight * 0.1) * (1 - weight * 8 / 80))


def test_a_clients_business_is_its_running_projects_and_a_year_of_its_services() -> None:
    team = office({"p": 16})
    client, service, project = team.world.clients[0], team.world.services[0], team.world.projects[0]
    a_year = service.value * team.world.given[0].days_a_year
    team.step()
    assert client.business == pytest.approx(project.value + a_year)
    team.run(days=5)
    assert project.state == DELIVERED
    assert client.business == pytest.approx(a_year)
    client.here = 0
    team.step()
    assert client.business == pytest.approx(0)


# --- complaints and care -----------------------------------------------------------------------------------


def test_an_unhappy_client_complains_once_and_again_only_after_a_better_time() -> None:
    team = at_work(unhappy=0.45)
    client = team.world.clients[0]
    complaints = []
    for satisfaction in (0.5, 0.4, 0.3, 0.5, 0.4):
        client.satisfaction = satisfaction
        clients.live_with_client(team.world, 0)
        complaints.append(client.complaints)
    assert complaints == [0, 1, 1, 1, 2]
    matter = team.world.matters[team.world.responsibilities[client_duty(team.world, 0)].matter]
    assert (matter.duty, matter.open, matter.pressing) == (SATISFACTION, 1, 1)


def test_care_closes_a_part_of_the_gap() -> None:
    team = at_work(care_gain=0.25)
    clients.care_for(team.world, 0, 1.0)
    assert team.world.clients[0].satisfaction == pytest.approx(0.85)


def test_clients_forgive_slowly_and_do_not_become_content_by_it() -> None:
    team = office({"p": 8}, forgiveness=0.1, first_satisfaction=0.7)
    team.run(days=1)
    client = team.world.clients[0]
    client.satisfaction = 0.5
    team.run(days=1)
    assert client.satisfaction == pytest.approx(0.52)
    team.run(days=100)
    assert client.satisfaction == pytest.approx(0.7, abs=1e-3)


def test_an_unhappy_client_leaves_when_its_patience_is_used_up() -> None:
    team = office({"p": 8}, leave_hazard=0.1, unhappy=0.5)
    client = team.world.clients[0]
    client.satisfaction, client.threshold = 0.25, 0.225
    team.run(days=4)
    assert client.here
    team.run(days=1)
    assert not client.here


# --- the next project --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("satisfaction", "chance"), [(0.9, 1.0), (0.5, 0.5), (0.1, 0.05)])
def test_a_client_brings_its_next_project_by_satisfaction(satisfaction: float, chance: float) -> None:
    team = at_work(content=0.8, gone=0.2, least_chance=0.05)
    team.world.clients[0].satisfaction = satisfaction
    for promise in (0.99 * chance, 1.01 * chance):
        team.world.projects[0].promise = promise
        assert clients.brings_project(team.world, 0) == (promise < chance)


def test_a_project_that_goes_elsewhere_is_lost_money_and_no_work() -> None:
    team = office({"p": 8}, content=0.8, gone=0.2)
    team.world.clients[0].satisfaction, team.world.projects[0].promise = 0.5, 0.9
    team.run(days=5)
    project = team.world.projects[0]
    assert project.state == WITHHELD
    assert team.world.clients[0].lost_value == project.value
    assert team.world.teams[0].productive == 0
    assert team.world.clock[0].value == pytest.approx(team.world.services[0].earned)


def test_what_is_delivered_is_paid() -> None:
    team = office({"p": 8})
    team.run(days=3)
    project = team.world.projects[0]
    assert project.state == DELIVERED
    assert team.world.clock[0].value == pytest.approx(project.value + team.world.services[0].earned)
