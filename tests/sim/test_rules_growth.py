"""Better than agreed: who is more than content brings more; who pays more or gets less is less content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import simulate_block
from sim.outcomes.reduce import reduce_run
from sim.rules import growth
from sim.rules.luck import number_of_task
from sim.scenario import Scenario, scenario_from
from sim.scenario.assumptions import neutral
from sim.world import BY_HOUR, FUTURE, NONE, ON_DELIVERY, World
from sim.world.luck import FIRST_NUMBERS, ON_TOP
from sim.world.rows import objects_of
from tests.sim.serving import office


def agency(**assumptions: float) -> Scenario:
    """A small agency for which projects come all the time."""
    return scenario_from(
        {
            "name": "agency",
            "horizon_days": 300,
            "step_hours": 8,
            "managers": 2,
            "structures": ["merged"],
            "organisation": {"teams": {"count": 3, "members": 4}},
            "portfolio": {"projects": {"at_start": 3, "a_year": 12, "tasks": 8, "effort_hours": 300}},
            "assumptions": assumptions,
        }
    )


def drawn(**assumptions: float) -> World:
    return draw_base(prepare(agency(**assumptions)), 3)


def test_what_may_come_on_top_leaves_the_planned_work_and_all_people_as_they_were() -> None:
    without, some = drawn(extra_projects=0.0), drawn(extra_projects=1.0)
    planned = some.projects["on_top"] == 0
    assert planned.sum() == len(without.projects) < len(some.projects)
    for name in (
        "client",
        "home",
        "arrival",
        "value",
        "n_tasks",
        "estimate_hours",
        "budget_hours",
        "planned_days",
        *("promise", "change_gap", "confusion_gap", "contract", "true_hours", "number", "first_number"),
    ):
        assert np.array_equal(some.projects[name][planned], without.projects[name]), name
    tasks = planned[some.tasks["project"]]
    luck = ("effort", "speciality", "gap")
    for name in (*luck, "estimate", "team", "tail", "n_successors", "predecessors_left", "n_needs"):
        assert np.array_equal(some.tasks[name][tasks], without.tasks[name]), name
    risks = (some.risks["project"] == NONE) | planned[some.risks["project"]]
    for name in ("strikes_at", "impact"):
        assert np.array_equal(some.risks[name][risks], without.risks[name]), name
    for table in ("members", "clients", "services"):
        assert np.array_equal(getattr(some, table), getattr(without, table)), table
    later = some.projects["arrival"][some.projects["begun"] == 0]
    assert (np.diff(later) >= 0).all()


def test_the_luck_of_events_hangs_on_numbers_that_what_comes_on_top_does_not_shift() -> None:
    some = drawn(extra_projects=1.0)
    on_top = some.projects["on_top"] == 1
    assert on_top.any()
    assert (some.projects["number"][on_top] >= FIRST_NUMBERS[ON_TOP]).all()
    assert np.array_equal(some.projects["number"][~on_top], np.arange((~on_top).sum()))
    rows = objects_of(some)
    numbers = [number_of_task(rows, task) for task in range(len(some.tasks))]
    assert len(set(numbers)) == len(numbers)


def outcomes(**assumptions: float) -> Mapping[str, Any]:
    ((_, _, found, error),) = simulate_block(prepare(agency(**assumptions)), [3])
    assert error is None
    assert found is not None
    return found


def test_only_clients_who_are_more_than_content_bring_more() -> None:
    alike: dict[str, float] = {"extra_projects": 1.0, "forgiveness": 0.0}
    glad = outcomes(**alike, first_satisfaction=0.99, content=0.3)
    content = outcomes(**alike, first_satisfaction=0.65, content=0.99)
    assert glad["projects_on_top"] > 3
    assert glad["revenue_won"] > 0
    assert (content["projects_on_top"], content["revenue_won"]) == (0, 0)


def test_what_is_not_brought_on_top_has_never_been() -> None:
    """No work is lost with it, and nobody is idle for it."""
    team = office({"p": 100, "q": 50}, services=None)
    never = team.world.projects[1]
    never.on_top, never.promise = 1, 1.0
    team.run(days=30)
    assert never.state == FUTURE
    assert not any(client.lost_value for client in team.world.clients)
    outcomes = reduce_run(team.tables())
    assert (outcomes["projects_on_top"], outcomes["projects_withheld"], outcomes["penalties"]) == (0, 0, 0)
    assert outcomes["projects_delivered"] == 1


def test_the_bar_lies_between_content_and_wholly_satisfied() -> None:
    team = office({"p": 100})
    client, project = team.world.clients[0], team.world.projects[0]
    team.world.given[0].content, project.promise, client.here = 0.6, 0.5, 1
    came = []
    for satisfaction in (0.6, 0.79, 0.81, 1.0):
        client.satisfaction = satisfaction
        came.append(growth.comes_on_top(team.world, 0))
    assert came == [False, False, True, True]
    client.here = 0
    assert not growth.comes_on_top(team.world, 0), "who has left brings nothing"


def satisfaction_after(contract: int, paid: float, cut: float, **assumptions: float) -> float:
    team = office({"p": 100}, services=None, **assumptions)
    project = team.world.projects[0]
    project.contract, project.value, project.paid = contract, 1000.0, paid
    project.descoped = cut * project.estimate_hours
    team.world.clients[project.client].business = project.value
    team.world.clients[project.client].satisfaction = 0.8
    growth.judge_price_and_scope(team.world, 0)
    return float(team.world.clients[project.client].satisfaction)


def test_a_client_minds_an_overrun_that_it_pays_for() -> None:
    assert satisfaction_after(BY_HOUR, 1500.0, 0.0, overrun_effect=0.4) == pytest.approx(0.8 * 0.8)
    assert satisfaction_after(BY_HOUR, 900.0, 0.0, overrun_effect=0.4) == 0.8, "less than agreed"
    assert satisfaction_after(ON_DELIVERY, 1500.0, 0.0, overrun_effect=0.4) == 0.8, "the price is fixed"


def test_a_client_minds_scope_that_is_cut() -> None:
    assert satisfaction_after(ON_DELIVERY, 0.0, 0.5, cut_effect=0.4) == pytest.approx(0.8 * 0.8)
    assert satisfaction_after(ON_DELIVERY, 0.0, 0.5) == 0.8


def test_with_neither_all_is_as_agreed() -> None:
    assert {"extra_projects", "overrun_effect", "cut_effect"} <= set(neutral())
    assert neutral()["extra_projects"] == 0
    team = office({"p": 10})
    team.run(days=20)
    assert not any(project.state == FUTURE for project in team.world.projects)
