"""Networks without limits: what nothing holds up ends with its longest chain of tasks, to the day."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, load, scenario_from
from sim.scenario.assumptions import neutral
from sim.scenario.plan import Plan
from sim.scenario.structures import NOBODY, TEAM, Role, Structure
from sim.vocabulary import DUTIES
from sim.world import World
from validation.answer import Estimate, KnownAnswer

Floats = NDArray[np.float64]

HOURS_A_DAY = 8.0

LEFT_ALONE = {"start_patience": 0.0, "allocation_patience": 0.0, "handover_patience": 0.0}
"""Teams that wait for nobody: what no manager does is done at once."""


def without_managers(name: str, *held_by_teams: str) -> Structure:
    """A structure in which teams hold some duties, and nobody the others."""
    holders = dict.fromkeys(DUTIES, NOBODY) | dict.fromkeys(held_by_teams, TEAM)
    return Structure(name, (Role("onlooker"),), holders)


def end_of(scenario: Scenario, structure: Structure) -> World:
    """The world at the horizon of a scenario in which nothing is left to luck."""
    prepared = prepare(scenario, (structure,))
    world = organise(prepared, draw_base(prepared, 0), structure.name)
    steps = scenario.horizon_days * int(world.clock["steps_a_day"][0])
    entry_point("run")(world, steps)
    return world


def critical_path_days(plan: Plan) -> Floats:
    """The day on which the longest chain of each project ends, in the order of their first days."""
    ends: list[float] = []
    finish = [float(project.start_day) for project in plan.projects]
    for task in plan.tasks:
        before = [ends[k] for k in task.predecessors]
        start = max(before, default=float(plan.projects[task.project].start_day))
        ends.append(start + task.estimate_hours / HOURS_A_DAY)
        finish[task.project] = max(finish[task.project], ends[-1])
    order = sorted(range(len(finish)), key=lambda k: plan.projects[k].start_day)
    return np.array([finish[k] for k in order])


def delivery_days(scenario: Scenario) -> Floats:
    """Days on which the projects of a plan are delivered without noise, managers or limits."""
    free = scenario.with_changes({"assumptions": neutral() | LEFT_ALONE})
    return np.asarray(end_of(free, without_managers("left alone")).projects["delivered"])


def random_networks(folder: Path, seed: int, projects: int = 40, teams: int = 4) -> Scenario:
    """Layered networks drawn at random: tasks of whole days, in several teams with members for all of them.

    Their tables are written to `folder`.
    """
    luck = np.random.default_rng(seed)
    tasks = ["project,task,team,estimate_hours,predecessors"]
    starts = ["project,start_day"]
    for project in range(projects):
        starts.append(f"{project},{luck.integers(0, 30)}")
        tasks += _layered(luck, project, teams)
    (folder / "tasks.csv").write_text("\n".join(tasks) + "\n", encoding="utf-8")
    (folder / "projects.csv").write_text("\n".join(starts) + "\n", encoding="utf-8")
    content = {
        "name": "Random networks",
        "horizon_days": 400,
        "structures": ["merged"],
        "managers": 1,
        "organisation": {"teams": [{"name": f"team {k}", "members": 200} for k in range(teams)]},
        "portfolio": {"plan": {"tasks": "tasks.csv", "projects": "projects.csv"}},
    }
    return scenario_from(content, folder)


def _layered(luck: np.random.Generator, project: int, teams: int) -> list[str]:
    """Rows of a task table: each task follows some of those in earlier layers, one of them in the last."""
    rows: list[str] = []
    earlier: list[int] = []
    last: list[int] = []
    for _ in range(int(luck.integers(2, 9))):
        layer = [len(earlier) + k for k in range(int(luck.integers(1, 6)))]
        for task in layer:
            before = {luck.choice(last), *luck.choice(earlier, 2)} if earlier else set()
            after = ";".join(str(k) for k in sorted(before))
            rows.append(f"{project},{task},team {luck.integers(teams)},{8 * luck.integers(1, 13)},{after}")
        earlier, last = earlier + layer, layer
    return rows


def example_plan(path: Path) -> Scenario:
    """The example of a given plan in steps of half a day, with people and specialists for all at once."""
    scenario = load(path)
    teams = [{"name": team.name, "members": 40, "skill": team.skill} for team in scenario.teams]
    plenty = {"teams": teams, "specialists": dict.fromkeys(scenario.pools, 1000)}
    alone = {"portfolio.services": None}  # nothing but the projects
    return scenario.with_changes({"organisation": plenty, "step_hours": 4, **alone})


ROOT = Path(__file__).parents[1]
GROUP = "Nothing holds work up: the critical path"
SOURCE = "Critical path method (Kelley & Walker 1959), computed from the plan alone"
SEEDS = (1, 2, 3)


def furthest_off(scenario: Scenario) -> float:
    """Days by which the delivery of any project is off the end of its critical path."""
    assert scenario.plan is not None
    return float(np.abs(delivery_days(scenario) - critical_path_days(scenario.plan)).max())


def random_plans_off() -> Estimate:
    """The greatest such difference in some random plans."""
    with tempfile.TemporaryDirectory() as folder:
        return Estimate(max(furthest_off(random_networks(Path(folder), seed)) for seed in SEEDS))


ANSWERS = (
    KnownAnswer(
        GROUP, "120 random projects in 3 plans: days off at most", "equals", 0.0, 1e-9, SOURCE,
        random_plans_off,
    ),
    KnownAnswer(
        GROUP, "The ERP example, in half days: days off at most", "equals", 0.0, 1e-9, SOURCE,
        lambda: Estimate(furthest_off(example_plan(ROOT / "scenarios" / "erp.yaml"))),
    ),
)  # fmt: skip
