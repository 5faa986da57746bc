"""What is drawn is what the model page says: sizes, truth and networks of work, people and their absences.

One large portfolio of some two thousand projects; tolerances are several standard errors of its figures.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import run_world
from sim.scenario import Scenario, load
from sim.scenario.assumptions import values
from sim.world import World

ROOT = Path(__file__).parents[2]
GIVEN = values({})
EXACT = {"size_exponent": 1.0, "project_bias": 1.0, "project_bias_spread": 0.0}
"""Nothing between estimate and truth but the error of each task."""


def many(**changes: object) -> Scenario:
    """The example, large, its tasks of 40 hours on average: how much more they take hangs on their size."""
    large = {"horizon_days": 5000, "portfolio.projects.a_year": 100.0, "portfolio.projects.at_start": 400}
    size = {"portfolio.projects.tasks": 40}
    return load(ROOT / "scenarios" / "scaleup.yaml").with_changes({**large, **size, **changes})


@cache
def ordinary() -> World:
    return draw_base(prepare(many()), 0)


@cache
def without_bias() -> World:
    return draw_base(prepare(many(assumptions=EXACT)), 0)


def over_estimate(world: World) -> np.ndarray:
    """True effort over estimate, in logs, of each task."""
    return np.log(world.tasks["effort"] / world.tasks["estimate"])


def of_projects(world: World) -> np.ndarray:
    """True effort over estimate of each project."""
    effort, estimate = (
        np.bincount(world.tasks["project"], world.tasks[field]) for field in ("effort", "estimate")
    )
    return effort / estimate


# --- the truth of the work ---------------------------------------------------------------------------------


def test_a_third_of_tasks_take_exactly_their_estimate_and_the_others_err_with_a_heavy_tail() -> None:
    error = over_estimate(without_bias())
    wrong = np.abs(error) > 1e-12
    assert 1.0 - wrong.mean() == pytest.approx(GIVEN["task_exact_share"], abs=0.01)
    assert error.std() == pytest.approx(0.63, abs=0.01), "as the assumption says of itself"
    assert np.abs(error).max() == pytest.approx(GIVEN["task_error_limit"])
    quartile = 0.765  # of Student's t with three degrees of freedom
    assert np.quantile(np.abs(error[wrong]), 0.5) == pytest.approx(
        quartile * GIVEN["task_error_spread"], abs=0.01
    )


def test_tasks_and_projects_spread_as_published() -> None:
    """Tasks 0.6 to 1.07 in logs (SiP, Renzo, CESAW); projects 0.20 to 0.37 (CESAW, Norway, Kitchenham)."""
    assert 0.6 < over_estimate(ordinary()).std() < 1.07
    assert 0.20 < np.log(of_projects(ordinary())).std() < 0.37
    assert np.log(of_projects(without_bias())).std() < 0.20, "errors of tasks alone do not explain projects"


def test_projects_take_a_fifth_more_than_estimated() -> None:
    assert of_projects(ordinary()).mean() == pytest.approx(1.2, abs=0.04), "see project_bias"
    no_size_effect = draw_base(prepare(many(assumptions={"size_exponent": 1.0})), 0)
    assert of_projects(no_size_effect).mean() == pytest.approx(1.35, abs=0.04), "likewise"


def test_large_tasks_are_padded_and_small_ones_underestimated() -> None:
    estimate = np.log(ordinary().tasks["estimate"])
    slope = np.polyfit(estimate, estimate + over_estimate(ordinary()), 1)[0]
    assert slope == pytest.approx(GIVEN["size_exponent"], abs=0.02)


# --- what there is to do -----------------------------------------------------------------------------------


def test_projects_and_tasks_are_of_the_size_that_the_scenario_says() -> None:
    projects, tasks = ordinary().projects, ordinary().tasks
    kind = many().portfolio.projects
    assert kind is not None
    assert projects["n_tasks"].mean() == pytest.approx(kind.tasks, rel=0.04)
    assert projects["estimate_hours"].mean() == pytest.approx(kind.effort_hours, rel=0.04)
    assert np.log(projects["n_tasks"]).std() == pytest.approx(GIVEN["project_size_spread"], abs=0.03)
    assert np.log(tasks["estimate"]).std() == pytest.approx(GIVEN["task_size_spread"], abs=0.02)
    worth = projects["value"] / projects["estimate_hours"]
    assert worth.mean() == pytest.approx(kind.value_an_hour, rel=0.03)
    assert np.log(worth).std() == pytest.approx(GIVEN["value_spread"], abs=0.02)


def test_projects_arrive_as_often_as_the_scenario_says_and_start_in_all_stages() -> None:
    projects = ordinary().projects
    later = (projects["begun"] == 0) & (projects["on_top"] == 0)
    assert later.sum() == pytest.approx(2000, abs=4 * 2000**0.5)
    at_start = projects[projects["begun"] == 1]
    stage = -at_start["arrival"] / (at_start["deadline"] - at_start["arrival"])
    assert 0.0 <= stage.min() < 0.02
    assert 0.88 < stage.max() <= 0.9
    assert stage.mean() == pytest.approx(0.45, abs=0.05)
    assert np.allclose(projects["arrival"][later] % 1.0 > 0, True), "at any time of the day"


def test_tasks_go_across_teams_and_to_neighbours_as_often_as_they_should() -> None:
    projects, tasks = ordinary().projects, ordinary().tasks
    teams, reach = len(ordinary().teams), GIVEN["neighbour_reach"]
    far = (tasks["team"] - projects["home"][tasks["project"]]) % teams
    far = np.minimum(far, teams - far)
    # One in `teams` of those that may go anywhere come home again, and some go next door.
    anywhere = 0.3 * (1.0 - GIVEN["neighbour_share"])
    assert (far > 0).mean() == pytest.approx(0.3 - anywhere / teams, abs=0.01)
    assert (far > reach).mean() == pytest.approx(anywhere * (teams - 1 - 2 * reach) / teams, abs=0.01)


def test_a_task_follows_one_of_the_layer_before_and_some_follow_two() -> None:
    world = ordinary()
    followed = np.bincount(world.successors, minlength=len(world.tasks))
    assert set(followed) == {0, 1, 2}
    follows = followed > 0
    assert (followed[follows] == 2).mean() == pytest.approx(GIVEN["second_predecessor"], abs=0.01)
    first_layer = np.bincount(world.tasks["project"], ~follows)
    assert first_layer.mean() == pytest.approx(GIVEN["layer_tasks"], abs=0.5), "the first is rounded up"


# --- people ------------------------------------------------------------------------------------------------


def test_people_are_away_about_as_long_as_assumed() -> None:
    """Whole days are longer than what is drawn, overlaps count once, and nobody is away on the first day."""
    nobody_leaves = {"attrition": 0.0, "key_person_chance": 0.0, "overtime": 0.0}
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"assumptions": nobody_leaves})
    prepared = prepare(scenario)
    away = []
    for replication in range(20):
        teams = run_world(prepared, draw_base(prepared, replication), "merged", replication).teams
        away.append(teams["absent"].sum() / teams["paid"].sum() * GIVEN["days_a_year"])
    assert np.mean(away) == pytest.approx(GIVEN["absence_days"], abs=1.5)


def test_people_differ_in_what_they_get_done_and_are_one_on_average() -> None:
    seats = {"organisation.teams": {"count": 400, "members": 10, "skills": ["web"]}}
    people = draw_base(prepare(many(**{**seats, "horizon_days": 50})), 0).members["productivity"]
    assert people.mean() == pytest.approx(1.0, abs=0.02)
    assert np.log(people).std() == pytest.approx(GIVEN["productivity_spread"], abs=0.01)
