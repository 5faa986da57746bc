"""Who ranks work across projects, what that costs, and what it does to the order of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import choice, delivery_duties, ranking
from sim.rules.ownership import lent_by, ranked_by
from sim.rules.responsibilities import owner_of, team_duty
from sim.scenario.structures import NOBODY, PRESETS, TEAM, Structure
from sim.world import NONE, RESOURCES, World
from tests.sim.small import organisation

FOUR = [(name, "work", "web", "400") for name in "pqrs"]
SEPARATED = PRESETS["separated"]
SPLIT = {"project_manager": 2, "delivery_manager": 2}
PRICED = {"resources_hours": 0.6, "look_hours": 0.1}


def ranked(ranks: str, resources: str | None = None, by: str | None = None) -> Structure:
    """The textbook's split, with someone else to rank or to hold *resources*."""
    holders = dict(SEPARATED.holders) | ({"resources": resources} if resources else {})
    return replace(SEPARATED, ranks=ranks, ranked_by=by, holders=holders)


def office(structure: Structure, tasks: Any = FOUR, **others: Any) -> DeliveryOrganisation:
    """Four projects of four clients on their first evening."""
    made = organisation(tasks, structure=structure, managers=4, heads=SPLIT, **{**PRICED, **others})
    made.run(days=1)
    return made


def rankers(world: World) -> list[int]:
    return [project.ranker for project in world.projects]


def lenders(world: World) -> list[int]:
    return [owner_of(world, project_id, RESOURCES) for project_id in range(len(world.projects))]


@pytest.mark.parametrize(
    ("ranks", "by", "people"),
    [
        ("own", None, {2, 3}),
        ("own", "project_manager", {0, 1}),
        ("one", None, {2}),
        ("one", "project_manager", {0}),
        ("board", "project_manager", {0}),
        ("nobody", None, {NONE}),
    ],
)
def test_who_ranks_is_independent_of_who_lends_people(ranks: str, by: str | None, people: set[int]) -> None:
    world = office(ranked(ranks, by=by)).world
    assert set(rankers(world)) == people
    assert set(lenders(world)) == {2, 3}, "each delivery manager lends the people of their own projects"


def test_each_project_is_on_the_list_of_who_ranks_it_and_of_who_lends_its_people() -> None:
    world = office(ranked("one", by="project_manager")).world
    assert [world.shared[ranked_by(world, manager)].length for manager in range(4)] == [4, 0, 0, 0]
    shares = [lenders(world).count(manager) for manager in (2, 3)]
    assert min(shares) > 0
    assert [world.shared[lent_by(world, manager)].length for manager in range(4)] == [0, 0, *shares]


def hours_a_week(structure: Structure, **others: float) -> float:
    """Hours that ranking and looking at people costs all managers in the second week."""
    made = office(structure, **others)
    made.run(days=5)
    before = spent(made.world)
    made.run(days=5)
    return spent(made.world) - before


def spent(world: World) -> float:
    on_it = sum(world.experience[m * 14 + RESOURCES].hours for m in range(4))
    return float(on_it + sum(manager.on_sync for manager in world.managers))


def test_what_has_changed_is_thought_over_and_the_rest_is_looked_at() -> None:
    world = office(ranked("one")).world
    hub = 2
    ranking.rank_projects(world, hub)
    assert ranking.hours_to_rank(world, ranked_by(world, hub)) == pytest.approx(4 * 0.1)
    world.projects[0].forecast = world.projects[0].deadline + 1.0  # late
    world.projects[1].earned = 0.9 * world.projects[1].estimate_hours  # nearly done
    world.projects[2].drift_hours = 0.1 * world.projects[2].estimate_hours  # grown
    assert ranking.hours_to_rank(world, ranked_by(world, hub)) == pytest.approx(3 * 0.6 + 0.1)
    ranking.rank_projects(world, hub)
    assert ranking.hours_to_rank(world, ranked_by(world, hub)) == pytest.approx(4 * 0.1)


def test_a_project_costs_the_same_wherever_it_is_ranked() -> None:
    by_hub, by_each = (hours_a_week(ranked(ranks, by="delivery_manager")) for ranks in ("one", "own"))
    looks_at_people = 0.1 * lenders(office(ranked("one")).world).count(
        3
    )  # of the other delivery manager, whose projects the hub ranks
    assert by_hub == pytest.approx(4 * 0.1 + looks_at_people)
    assert by_each == pytest.approx(4 * 0.1)


def test_a_fixed_price_a_ranking_would_make_the_hub_cheaper_by_decree() -> None:
    """Ablation: why a ranking has no price of its own."""
    extra = {
        ranks: hours_a_week(ranked(ranks), ranking_hours=1.0) - hours_a_week(ranked(ranks))
        for ranks in ("one", "own")
    }
    assert extra == {"one": pytest.approx(1.0), "own": pytest.approx(2.0)}


def test_a_hub_of_fifty_projects_has_hours_left() -> None:
    """A usual week: every tenth project changes its standing."""
    many = [(f"p{number}", "work", "web", "400") for number in range(50)]
    world = office(ranked("one"), many).world
    ranking.rank_projects(world, 2)
    for project in world.projects[:5]:
        project.drift_hours = 0.1 * project.estimate_hours
    assert ranking.hours_to_rank(world, ranked_by(world, 2)) == pytest.approx(5 * 0.6 + 45 * 0.1)


def test_a_board_orders_all_together_and_each_of_it_pays_the_meeting() -> None:
    made = office(ranked("board", by="project_manager"), sync_hours=0)
    world = made.world
    assert max(project.ranked for project in world.projects) < 0
    made.run(days=1)
    assert {project.ranked for project in world.projects} == {1.0}
    assert [manager.on_sync for manager in made.managers] == pytest.approx([4 * 0.6, 4 * 0.6, 0, 0])
    assert min(project.rank for project in world.projects) == -1.0
    made.run(days=5)
    assert {project.ranked for project in world.projects} == {6.0}, "next week"


def test_a_board_meets_without_who_is_away_and_is_put_off_if_all_are() -> None:
    made = office(ranked("board", by="project_manager"), sync_hours=0)
    made.world.managers[0].away_until = 100.0
    made.run(days=1)
    assert {project.ranked for project in made.world.projects} == {1.0}
    assert made.world.managers[0].on_sync == 0
    again = office(ranked("board", by="project_manager"))
    for manager in (0, 1):
        again.world.managers[manager].away_until = 3.0
    again.run(days=2)
    assert max(project.ranked for project in again.world.projects) < 0
    again.run(days=1)
    assert {project.ranked for project in again.world.projects} == {3.0}


# --- teams that hold resources -----------------------------------------------------------------------------

PARTS = [
    ("p", "a", "web", "100"), ("p", "b", "data", "10"),
    ("q", "a", "web", "20"), ("q", "b", "data", "200"),
]  # fmt: skip
TEAMS = {"web": 1, "data": 1}


def order_in(world: World, team_id: int) -> list[int]:
    """Projects in the order in which a team takes their tasks."""
    tasks = [task_id for task_id, task in enumerate(world.tasks) if task.team == team_id]
    first = tasks[0] if choice.goes_before(world, tasks[0], tasks[1]) else tasks[1]
    return [int(world.tasks[first].project), int(world.tasks[sum(tasks) - first].project)]


def worth(world: World, values: Mapping[int, float]) -> None:
    for project_id, value in values.items():
        world.projects[project_id].value = value


def test_where_nobody_ranks_each_team_orders_its_own_line_by_what_it_sees() -> None:
    """Of p, the web team has much left and the data team little; of q the other way round."""
    made = organisation(PARTS, structure=ranked("nobody", TEAM), managers=4, heads=SPLIT, teams=TEAMS,
                        value_decay=0.001, longest_wait=1000)  # fmt: skip
    world = made.world
    worth(world, {0: 110_000.0, 1: 220_000.0})
    made.run(days=1)
    for part in range(len(world.engagements)):
        world.engagements[part].earned = 0.0
    world.engagements[world.tasks[0].part].earned = 95.0
    world.engagements[world.tasks[3].part].earned = 195.0
    for team_id in (0, 1):
        ranking.order_own_line(world, team_id)
    assert order_in(world, 0) == [0, 1]
    assert order_in(world, 1) == [1, 0]


@pytest.mark.parametrize("ranks", ["own", "one", "board"])
def test_under_a_ranking_a_team_that_holds_resources_does_not_change_it(ranks: str) -> None:
    structure = ranked(ranks, TEAM, by="delivery_manager")
    made = organisation(PARTS, structure=structure, managers=4, heads=SPLIT, teams=TEAMS, longest_wait=1000)
    made.run(days=2)
    world = made.world
    for team_id in (0, 1):
        ranking.order_own_line(world, team_id)
    world.projects[0].rank, world.projects[1].rank = -0.5, -1.0
    assert order_in(world, 0) == order_in(world, 1) == [1, 0]


def test_a_team_that_holds_resources_pays_in_its_members_hours_and_lends_nobody() -> None:
    made = organisation(
        [("p", "a", "web", "900"), ("p", "b", "data", "1")], structure=ranked("nobody", TEAM), managers=4,
        heads=SPLIT, teams={"web": 2, "data": 2}, **PRICED, team_duty_cap=0.5,
    )  # fmt: skip
    made.run(days=40)
    assert all(team.duties > 0.6 for team in made.teams)
    assert all(member.team == member.home for member in made.world.members)


def test_a_team_that_holds_resources_differs_from_nobody() -> None:
    orders = {}
    for holder in (TEAM, NOBODY):
        made = organisation(PARTS, structure=ranked("nobody", holder), managers=4, heads=SPLIT, teams=TEAMS,
                            value_decay=0.001, longest_wait=1000)  # fmt: skip
        worth(made.world, {0: 1_000.0, 1: 900_000.0})
        made.run(days=1)
        if holder == TEAM:
            made.run(days=1)
            assert made.world.counts[RESOURCES].handled > 0
        orders[holder] = order_in(made.world, 0)
    assert orders == {TEAM: [1, 0], NOBODY: [0, 1]}


def test_a_matter_of_the_teams_ranking_is_about_the_team() -> None:
    world = office(ranked("nobody", TEAM)).world
    responsibility = world.responsibilities[team_duty(world, 0, RESOURCES)]
    assert responsibility.row == 0
    delivery_duties.order_own_line(world, 0)
    assert min(world.engagements[k].rank for k in range(len(world.engagements))) == -1.0
