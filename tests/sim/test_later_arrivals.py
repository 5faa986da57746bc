"""Projects that arrive by chance beside a given plan: they compete with it, and leave its luck alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import simulate_block
from sim.engine.compilation import entry_point
from sim.recording.names import Names
from sim.recording.recorder import record
from sim.scenario import Scenario, ScenarioError, load, scenario_from
from sim.world import CANCELLED, DELIVERED, NONE, WITHHELD, World
from sim.world.luck import FIRST_NUMBERS, LATER
from tests.sim.test_clocks import both_clocks_agree

ROOT = Path(__file__).parents[2]

TASKS = """\
project,task,team,estimate_hours,predecessors,needs,percent_complete,optimistic_hours,pessimistic_hours
Shop,Catalogue,web,120,,,40,60,400
Shop,Product data,data,90,Catalogue SS+2d,,,,
Shop,Payment,web,80,Catalogue FS+1d,security:1,,40,240
Reports,Figures,data,60,,,,,
Reports,Dashboard,web,50,Figures;Shop/Payment FF,,,,
"""
PROJECTS = """\
project,client,start_day,deadline_day,value,budget_hours,milestones
Shop,Northwind,-5,70,45000,360,2
Reports,Southwind,15,60,,,
"""
FRAME: dict[str, Any] = {
    "name": "Shop",
    "horizon_days": 250,
    "step_hours": 8,
    "managers": 2,
    "structures": ["merged", "separated"],
    "organisation": {
        "teams": [{"name": "web", "members": 3}, {"name": "data", "members": 2}],
        "specialists": {"security": 1},
    },
    "assumptions": {"extra_projects": 0.3},
}
PLAN = {"tasks": "tasks.csv", "projects": "projects.csv", "change_a_month": 0.02}
DRAWN = {"a_year": 12, "tasks": 8, "effort_hours": 200, "change_a_month": 0.2, "deadline_slack": 2.0}


@pytest.fixture
def shop(tmp_path: Path) -> Any:
    """The plan with what is drawn beside it, by the keys of `portfolio.projects`."""
    (tmp_path / "tasks.csv").write_text(TASKS)
    (tmp_path / "projects.csv").write_text(PROJECTS)

    def scenario(projects: dict[str, Any] | None = None, **others: Any) -> Scenario:
        portfolio = {"plan": PLAN, "services": {"count": 3}, **others}
        if projects is not None:
            portfolio["projects"] = projects
        return scenario_from({**FRAME, "portfolio": portfolio}, str(tmp_path))

    return scenario


def drawn(scenario: Scenario, replication: int = 3) -> World:
    return draw_base(prepare(scenario), replication)


def lived_through(scenario: Scenario, future: int) -> World:
    """The rows at the end of one future under merged roles."""
    prepared = prepare(scenario)
    world = organise(prepared, draw_base(prepared, future), "merged")
    entry_point("run")(world, scenario.horizon_days * int(world.clock["steps_a_day"][0]))
    return world


def outcomes(scenario: Scenario, futures: int = 1) -> list[dict[str, Any]]:
    rows = simulate_block(prepare(scenario), range(futures))
    return [found for _, _, found, _ in rows if found is not None]


def test_they_leave_the_planned_work_and_all_people_as_they_were(shop: Any) -> None:
    without, some = drawn(shop()), drawn(shop(DRAWN))
    planned = some.projects["number"] < FIRST_NUMBERS[LATER]
    assert planned.sum() == len(without.projects) == 2
    assert (some.projects["on_top"][~planned] == 0).any()
    assert (some.projects["on_top"][~planned] == 1).any()
    rows = {"first_task", "at_hand", "first_risk", "first_engagement", "first_warranty", "ranking", "lending"}
    for name in set(some.projects.dtype.names or ()) - rows:
        assert np.array_equal(some.projects[name][planned], without.projects[name]), name
    tasks = planned[some.tasks["project"]]
    for name in ("effort", "remaining", "state", "speciality", "gap", "estimate", "team", "tail",
                 "n_successors", "predecessors_left", "n_needs", "started"):  # fmt: skip
        assert np.array_equal(some.tasks[name][tasks], without.tasks[name]), name
    assert np.array_equal(some.holds["ends_left"][tasks], without.holds["ends_left"])
    risks = (some.risks["project"] == NONE) | planned[some.risks["project"]]
    for name in ("strikes_at", "impact"):
        assert np.array_equal(some.risks[name][risks], without.risks[name]), name
    for table in ("members", "services"):
        assert np.array_equal(getattr(some, table), getattr(without, table)), table
    assert np.array_equal(some.clients["threshold"][:2], without.clients["threshold"])


def test_where_none_arrives_all_is_to_the_bit_as_with_the_plan_alone(shop: Any) -> None:
    assert outcomes(shop({"a_year": 0}, clients=1), 3) == outcomes(shop(), 3)


def test_they_have_the_nature_that_is_told_of_them_and_the_plan_keeps_its_own(shop: Any) -> None:
    volatility = drawn(shop(DRAWN)).projects["volatility"]
    planned, later = volatility[:1], volatility[-1:]
    assert later == pytest.approx(10 * planned)


def test_nothing_more_is_there_on_the_first_day_unless_the_scenario_says_so(shop: Any) -> None:
    assert shop({"a_year": 3}).portfolio.projects.at_start == 0
    begun = drawn(shop({"a_year": 3, "at_start": 2})).projects["begun"]
    assert begun.sum() == drawn(shop()).projects["begun"].sum() + 2


def test_they_belong_to_the_plans_clients_and_to_further_ones(shop: Any) -> None:
    assert set(drawn(shop({"a_year": 200}, clients=2)).projects["client"]) == {0, 1}
    assert set(drawn(shop({"a_year": 200}, clients=4)).projects["client"]) == {0, 1, 2, 3}
    assert set(drawn(shop({"a_year": 3}, clients=40)).services["client"]) == {0, 1}


def test_a_longer_run_begins_as_a_shorter_one(shop: Any) -> None:
    one, longer = drawn(shop(DRAWN)), drawn(shop(DRAWN).with_changes({"horizon_days": 500}))
    seen = longer.projects["arrival"] < 250
    for name in ("number", "client", "home", "arrival"):
        assert np.array_equal(longer.projects[name][seen], one.projects[name]), name
    assert np.array_equal(longer.projects["true_hours"][:2], one.projects["true_hours"][:2])


@pytest.mark.parametrize("at_start", [0, 3])
def test_both_clocks_agree_where_linked_plans_and_drawn_projects_meet(shop: Any, at_start: int) -> None:
    both_clocks_agree(prepare(shop({**DRAWN, "at_start": at_start})), "separated")


def test_all_that_is_there_on_the_first_day_is_delivered_in_the_end(shop: Any) -> None:
    """So nothing waits for what was done before, whichever way tasks are linked."""
    scenario = shop({**DRAWN, "a_year": 0, "at_start": 5}).with_changes({"horizon_days": 1500})
    states = lived_through(scenario, 1).projects["state"]
    assert len(states) == 7
    assert set(states) <= {DELIVERED, WITHHELD, CANCELLED} and (states == DELIVERED).any()


def test_what_comes_beside_the_plan_makes_it_later(shop: Any) -> None:
    """In the same futures: the same hands do both."""
    busy = shop({**DRAWN, "a_year": 60, "effort_hours": 400})

    def days(scenario: Scenario, future: int) -> float:
        projects = lived_through(scenario, future).projects
        shop_itself = projects[projects["number"] == 0]
        over = float(max(shop_itself["delivered"].max(), shop_itself["cancelled"].max()))
        return over if over > 0 else float(scenario.horizon_days)

    later = [days(busy, future) - days(shop(), future) for future in range(6)]
    assert np.mean(later) > 5


def test_the_plans_projects_keep_their_names_and_others_have_numbers(shop: Any) -> None:
    recorded = record(shop({**DRAWN, "at_start": 1}), "merged", 3)
    names, projects = Names(recorded), recorded.world.projects
    told = [names.project(row) for row in range(len(projects))]
    assert sum('"Shop"' in each for each in told) == sum('"Reports"' in each for each in told) == 1
    assert len(set(told)) == len(told) > 4
    later = next(row for row in range(len(projects)) if projects[row].number >= FIRST_NUMBERS[LATER])
    assert names.task(projects[later].first_task) == "task 1"
    assert {names.client(0), names.client(1), names.client(4)} == {"Northwind", "Southwind", "client 5"}


def test_a_sweep_asks_how_much_may_come_beside_the_plan(shop: Any) -> None:
    later = shop().with_changes({"portfolio.projects.a_year": 6, "portfolio.projects.effort_hours": 400})
    assert (later.portfolio.projects.at_start, later.portfolio.projects.a_year) == (0, 6)
    assert later.content_hash() != shop().content_hash()


def test_an_empty_word_for_them_is_still_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("name: A\nportfolio: {projects: }\n")
    with pytest.raises(ScenarioError, match="is empty"):
        load(tmp_path / "a.yaml")
