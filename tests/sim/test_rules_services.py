"""Services: who does a ticket when, what a breach costs, how contracts end. One rule at a time."""

from __future__ import annotations

import math

import pytest

from sim.rules import clients, people, services
from sim.scenario.structures import PRESETS
from sim.world import ENDED, IN_HAND, NONE, OPEN, RESOLVED, SERVED
from tests.sim.serving import office, ticket

UNSEEN = PRESETS["merged"].without("service_oversight")


def test_a_member_without_a_task_resolves_what_comes_in() -> None:
    team = office({"p": 8}, structure=UNSEEN)
    team.run(days=2)
    one = ticket(team, 0, hours=12, allowed=5)
    team.run(days=1)
    assert (one.state, one.remaining) == (IN_HAND, 4)
    team.run(days=1)
    assert (one.state, one.resolved) == (RESOLVED, 3.5)


def test_tickets_that_nobody_looks_after_wait_behind_the_projects() -> None:
    team = office({"p": 80}, structure=UNSEEN)
    team.run(days=2)
    one = ticket(team, 0, hours=4, allowed=1)
    team.run(days=7)
    assert one.state == OPEN
    team.run(days=2)
    assert one.state == RESOLVED
    assert one.resolved > one.due


def test_without_oversight_severe_tickets_are_noticed_after_a_while_and_taken_in_their_order() -> None:
    team = office({"p": 800}, structure=UNSEEN, severe_notice=2)
    team.run(days=2)
    ordinary = ticket(team, 0, hours=4, allowed=1)
    severe = [ticket(team, k, hours=8, allowed=allowed, severe=True) for k, allowed in ((1, 9), (2, 1))]
    team.run(days=2)
    assert [one.state for one in (ordinary, *severe)] == [OPEN, OPEN, OPEN]
    team.run(days=1)
    assert [one.state for one in (ordinary, *severe)] == [OPEN, RESOLVED, OPEN]
    team.run(days=1)
    assert [one.state for one in (ordinary, *severe)] == [OPEN, RESOLVED, RESOLVED]
    assert team.world.teams[0].severe_waiting == 0


def test_without_oversight_even_an_ordinary_ticket_is_noticed_in_the_end() -> None:
    team = office({"p": 800}, structure=UNSEEN, ticket_notice=10)
    team.run(days=2)
    one = ticket(team, 0, hours=4, allowed=5)
    team.run(days=10)
    assert one.state == OPEN
    team.run(days=1)
    assert one.state == RESOLVED


def test_where_services_are_overseen_a_severe_ticket_interrupts_a_project() -> None:
    team = office({"p": 80}, reserved_share=0)
    team.run(days=2)
    left = team.world.tasks[0].remaining
    one = ticket(team, 0, hours=3, allowed=5, severe=True)
    team.run(days=1)
    assert (one.state, one.resolved) == (RESOLVED, 2 + 3 / 8)
    assert team.world.tasks[0].remaining == pytest.approx(left - 5), "the rest of the day goes to the project"


def test_an_ordinary_ticket_interrupts_when_its_time_runs_out() -> None:
    team = office({"p": 80}, reserved_share=0, ticket_margin_days=1)
    team.run(days=2)
    one = ticket(team, 0, hours=3, allowed=4)
    team.run(days=3)
    assert one.state == OPEN
    team.run(days=1)
    assert one.state == RESOLVED
    assert one.resolved <= one.due


def test_hands_are_kept_free_for_tickets_where_services_are_overseen() -> None:
    team = office({"p": 80, "q": 80}, teams={"web": 2}, reserved_share=0.5)
    team.run(days=2)
    calm, second = (ticket(team, k, hours=20, allowed=50) for k in (0, 1))
    team.run(days=1)
    assert sorted([calm.state, second.state]) == [OPEN, IN_HAND], "one of two members, not both"


def test_with_oversight_the_ticket_with_least_time_left_goes_first_without_it_the_oldest() -> None:
    for structure, first in ((PRESETS["merged"], 1), (UNSEEN, 0)):
        team = office({"p": 8}, structure=structure, reserved_share=1)
        team.run(days=2)
        both = [ticket(team, 0, hours=8, allowed=9), ticket(team, 1, hours=8, allowed=2)]
        team.run(days=1)
        assert [one.state for one in both].index(RESOLVED) == first


def test_oversight_fades_when_nobody_renews_it() -> None:
    team = office({"p": 800}, structure=UNSEEN, oversight_days=7)
    team.run(days=1)
    services.oversee(team.world, 0, 1.0)
    team.run(days=6)
    assert services.is_overseen(team.world, 0)
    team.run(days=1)
    assert not services.is_overseen(team.world, 0)


def test_a_severe_ticket_calls_for_oversight_at_once() -> None:
    team = office({"p": 80}, services={"tickets_a_week": 5, "severe_share": 1.0})
    weekly = team.world.counts[7]
    team.run(days=3)
    came = sum(one.state != 0 for one in team.world.tickets[: team.world.services[0].next_ticket])
    assert came > 0
    assert weekly.raised == came + 1, "and once for the week"


def test_a_breach_disappoints_and_a_severe_one_more() -> None:
    lost = []
    for allowed, severe in ((5, False), (0.2, False), (0.2, True)):
        team = office({"p": 8}, structure=UNSEEN, breach_effect=1, severe_times=3, few_tickets=10)
        team.run(days=2)
        before = team.world.clients[0].satisfaction
        ticket(team, 0, hours=2, allowed=allowed, severe=severe)
        team.run(days=1)
        lost.append(1 - team.world.clients[0].satisfaction / before)
    assert lost == [0, pytest.approx(0.1), pytest.approx(0.3)]


@pytest.mark.parametrize("many", [20, 200])
def test_a_client_minds_the_share_of_its_tickets_that_come_late_not_their_number(many: int) -> None:
    team = office({"p": 8}, breach_effect=0.2, severe_times=1)
    client = team.world.clients[0]
    client.satisfaction, client.recent = 1.0, many
    for _ in range(many // 2):
        clients.mind_breach(team.world, 0, 1.0)
    assert client.satisfaction == pytest.approx(math.exp(-0.2 / 2), rel=0.01)


def test_a_clients_recent_tickets_are_those_of_a_month() -> None:
    team = office({"p": 8}, severe_times=3, services={"tickets_a_week": 40, "severe_share": 0.1})
    client = team.world.clients[0]
    a_month = 168 * (0.9 + 0.1 * 3)
    assert client.recent == pytest.approx(a_month)
    seen = []
    for _ in range(200):
        team.step()
        seen.append(client.recent)
    assert sum(seen) / len(seen) == pytest.approx(a_month, rel=0.1)


def test_delivered_defects_come_back_and_take_longer_than_before() -> None:
    team = office({"p": 80}, structure=PRESETS["merged"].without("tracking"), defect_rate=0.1, escape_cost=4,
                  warranty_tickets=3)  # fmt: skip
    team.run(days=10)
    assert team.world.projects[0].escaped == pytest.approx(8)
    warranty = [one for one in team.world.tickets if one.gap == 0]
    assert sum(one.effort for one in warranty) == pytest.approx(32)
    team.run(days=5)
    assert all(one.state == RESOLVED for one in warranty)
    assert team.world.teams[0].tickets == pytest.approx(32)


# --- contracts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("satisfaction", "chance"), [(0.5, 0.5), (0.1, 0.05)])
def test_a_contract_is_renewed_with_a_chance_that_grows_with_satisfaction(
    satisfaction: float, chance: float
) -> None:
    states = []
    for luck in (0.99 * chance, 1.01 * chance):
        team = office({"p": 8}, content=0.8, gone=0.2, least_chance=0.05)
        team.run(days=1)
        team.world.clients[0].satisfaction = satisfaction
        team.world.services[0].renewal = -math.log(luck)
        services.renew_or_end(team.world, 0)
        states.append(team.world.services[0].state)
    assert states == [SERVED, ENDED]


def test_who_is_content_renews_for_certain() -> None:
    team = office({"p": 8}, content=0.8, gone=0.2)
    team.run(days=1)
    team.world.clients[0].satisfaction = 0.8
    team.world.services[0].renewal = 1e-9
    services.renew_or_end(team.world, 0)
    assert team.world.services[0].state == SERVED


def test_a_client_who_leaves_ends_its_contract_and_pays_no_more() -> None:
    team = office({"p": 8})
    team.run(days=1)
    team.world.clients[0].here = 0
    team.run(days=1)
    service = team.world.services[0]
    earned = service.earned
    assert service.state == ENDED
    assert team.world.clients[0].lost_value == pytest.approx(service.value * service.term)
    team.run(days=5)
    assert service.earned == earned


def test_who_goes_away_for_long_gives_a_ticket_back() -> None:
    team = office({"p": 8}, structure=UNSEEN)
    team.run(days=2)
    one = ticket(team, 0, hours=20, allowed=50)
    team.run(days=1)
    people.hand_back(team.world, 0)
    assert (one.state, team.world.members[0].ticket, team.world.teams[0].on_tickets) == (OPEN, NONE, 0)
    assert one.remaining == 12, "what is done is done"


def test_a_ticket_given_back_goes_to_the_head_of_the_line() -> None:
    team = office({"p": 8}, structure=UNSEEN)
    team.run(days=2)
    begun = ticket(team, 0, hours=20, allowed=50, severe=True)
    team.run(days=1)
    other = ticket(team, 1, hours=20, allowed=50)
    people.hand_back(team.world, 0)
    assert (begun.after, other.before, team.world.teams[0].severe_waiting) == (1, 0, 1)
    team.run(days=1)
    assert (begun.state, other.state) == (IN_HAND, OPEN)
