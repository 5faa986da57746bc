"""A real plan enters as its author meant it, or its author is told what to mend and where."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.scenario import ScenarioError, load, scenario_from
from sim.scenario.plan import Plan, PlannedProject
from sim.scenario.psplib import psplib_scenario
from sim.scenario.reading.plan import read_plan
from sim.scenario.reading.psplib import read_instance

ROOT = Path(__file__).parents[2]
PSPLIB = ROOT.parent / "shared" / "data" / "psplib"
needs_psplib = pytest.mark.skipif(
    not PSPLIB.is_dir(), reason="PSPLIB lies in ../shared/data/psplib, which is not here"
)

TEAMS = ["web", "data"]
POOLS = {"security": 1, "test_environment": 2}
HEADER = "project,task,team,estimate_hours,predecessors,needs\n"

SHOP = HEADER + (
    "Shop,Launch,web,0,Load test,\n"
    "Shop,Catalogue,web,120.5,,\n"
    "Reports,Figures,data,60,,\n"
    "Shop,Payment,web,80,Catalogue,security:1;test_environment:2\n"
    "Shop,Load test,data,40,Payment; Catalogue,\n"
)

TINY = """\
5 2
3 0
0 0 0 2 2 3
4 2 0 1 4
0 0 0 1 4
6 3 0 1 5
0 0 0 0
"""

TINY_OF_PSPLIB = """\
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  10
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     4       2    0
  3      1     0       0    0
  4      1     6       3    0
  5      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    0
************************************************************************
"""
"""The same in PSPLIB's own form."""


def plan_of(folder: Path, tasks: str | bytes, projects: str | None = None) -> Plan:
    """The plan in tables with these texts."""
    (folder / "tasks.csv").write_bytes(tasks.encode() if isinstance(tasks, str) else tasks)
    if projects is None:
        return read_plan(folder / "tasks.csv", None, TEAMS, POOLS)
    (folder / "projects.csv").write_text(projects, encoding="utf-8")
    return read_plan(folder / "tasks.csv", folder / "projects.csv", TEAMS, POOLS)


def critical_path_days(plan: Plan) -> float:
    """How long the only project of a plan takes if nothing but its order limits it."""
    finish: list[float] = []
    for task in plan.tasks:
        finish.append(max((finish[p] for p in task.predecessors), default=0) + task.estimate_hours / 8)
    return max(finish)


def test_tasks_come_project_by_project_with_predecessors_first(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SHOP)
    assert [project.name for project in plan.projects] == ["Shop", "Reports"]
    assert [task.name for task in plan.tasks] == ["Catalogue", "Payment", "Load test", "Launch", "Figures"]
    assert [task.predecessors for task in plan.tasks] == [(), (0,), (0, 1), (2,), ()]
    assert [task.project for task in plan.tasks] == [0, 0, 0, 0, 1]


def test_a_task_keeps_its_team_hours_and_needs(tmp_path: Path) -> None:
    payment = plan_of(tmp_path, SHOP).tasks[1]
    assert (payment.team, payment.estimate_hours) == ("web", 80)
    assert payment.needs == (("security", 1), ("test_environment", 2))


def test_independent_tasks_stay_in_the_order_of_the_table(tmp_path: Path) -> None:
    rows = "".join(f"P,t{i},web,8,,\n" for i in (3, 1, 2, 9, 0))
    assert [task.name for task in plan_of(tmp_path, HEADER + rows).tasks] == ["t3", "t1", "t2", "t9", "t0"]


def test_a_milestone_takes_no_hours(tmp_path: Path) -> None:
    assert plan_of(tmp_path, SHOP).tasks[3].estimate_hours == 0


def test_projects_start_at_once_and_are_their_own_client_unless_told_otherwise(tmp_path: Path) -> None:
    assert plan_of(tmp_path, SHOP).projects[0] == PlannedProject("Shop", "Shop", 0, None, None, None)


def test_the_table_of_projects_says_what_was_promised(tmp_path: Path) -> None:
    header = "project,client,start_day,deadline_day,value,budget_hours\n"
    table = header + "Reports,,5,,,80\nShop,Northwind,10,60,45000,\n"
    assert plan_of(tmp_path, SHOP, table).projects == (
        PlannedProject("Shop", "Northwind", 10, 60, 45000, None),
        PlannedProject("Reports", "Reports", 5, None, None, 80),
    )


def test_the_table_of_projects_says_how_each_is_paid_and_its_milestones(tmp_path: Path) -> None:
    table = "project,paid,milestones\nReports,by_milestone,4\nShop,,0\n"
    told = [(project.paid, project.milestones) for project in plan_of(tmp_path, SHOP, table).projects]
    assert told == [(None, 0), ("by_milestone", 4)]


def test_a_given_plan_may_have_wants_that_change_and_promises_with_room(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").write_text(SHOP)
    (tmp_path / "projects.csv").write_text("project,deadline_day\nShop,60\n")
    plan = {"tasks": "tasks.csv", "projects": "projects.csv", "change_a_month": 0.04, "deadline_slack": 2.0}
    teams, pools = [{"name": name, "members": 2} for name in TEAMS], POOLS
    scenario = scenario_from(
        {"name": "A", "organisation": {"teams": teams, "specialists": pools}, "portfolio": {"plan": plan}},
        tmp_path,
    )
    shop, reports = draw_base(prepare(scenario), 0).projects
    a_month = prepare(scenario).values["month_days"] * prepare(scenario).values["change_size"]
    assert shop["volatility"] * a_month == pytest.approx(0.04)
    assert shop["deadline"] == 60
    assert reports["deadline"] == pytest.approx(2.0 * reports["planned_days"])


@pytest.mark.parametrize(("deadline", "days"), [(110, 100.0), (11, 20.0)])
def test_who_promised_a_day_plans_to_keep_it_if_the_longest_chain_fits(
    tmp_path: Path, deadline: int, days: float
) -> None:
    """Else a plan with a day would be known to be late on its first day, whatever room it has."""
    tasks = "".join(f"Shop,part {number},web,75,\n" for number in range(12))
    (tmp_path / "tasks.csv").write_text(f"project,task,team,estimate_hours,predecessors\n{tasks}")
    (tmp_path / "projects.csv").write_text(f"project,deadline_day\nShop,{deadline}\n")
    content: dict[str, Any] = {
        "name": "A",
        "organisation": {"teams": [{"name": "web", "members": 2}]},
        "portfolio": {"plan": {"tasks": "tasks.csv", "projects": "projects.csv"}},
        "assumptions": {"tail_share": 0.1, "planned_crew": 0.5, "planned_day": 3.75},
    }
    (shop,) = draw_base(prepare(scenario_from(content, tmp_path)), 0).projects
    assert shop["planned_days"] == pytest.approx(days)


def test_a_project_without_a_row_keeps_the_defaults(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, SHOP, "project,start_day\nReports,5\n")
    assert [project.start_day for project in plan.projects] == [0, 5]


@pytest.mark.parametrize(
    "text",
    [
        SHOP.encode("utf-8-sig"),
        SHOP.replace("\n", "\r\n").encode(),
        SHOP.replace("Payment; Catalogue", "Payment ;Catalogue ;").replace("Shop,", " Shop ,").encode(),
        SHOP.replace("\n", "\n,,,,,\n\n").encode(),
        SHOP.replace("project,task,team", "Project,TASK, team").encode(),
        SHOP.replace("\n", ",,\n").encode(),
        SHOP.replace("security:1;test_environment:2", '"security:1;test_environment:2"')
        .replace("Payment; Catalogue", '"Payment; Catalogue"')
        .replace(",", ";")
        .replace("120.5", "120,5")
        .encode("utf-8-sig"),
    ],
    ids=[
        "byte-order mark",
        "Windows lines",
        "blanks",
        "empty rows",
        "capitals",
        "empty columns",
        "semicolons",
    ],
)
def test_what_spreadsheets_make_of_a_table_changes_nothing(tmp_path: Path, text: bytes) -> None:
    assert plan_of(tmp_path, text) == plan_of(tmp_path, SHOP)


WRONG_TASKS = {  # what is wrong -> the rows, the line, the column, part of the message
    "an unknown team": (
        "P,a,wbe,8,,\n",
        2,
        "team",
        "is 'wbe', which is no team of the organisation; did you mean web?",
    ),
    "no team": ("P,a,,8,,\n", 2, "team", "is empty; known here: web, data"),
    "no task": ("P,,web,8,,\n", 2, "task", "is empty; give the name of the task"),
    "no project": (",a,web,8,,\n", 2, "project", "is empty; give the name of the project"),
    "an unknown predecessor": (
        "P,Build,web,8,,\nP,Test,web,8,Biuld,\n",
        3,
        "predecessors",
        "names 'Biuld', which is no task of this project; did you mean Build?",
    ),
    "a predecessor in another project": (
        "P,a,web,8,,\nQ,b,web,8,a,\n",
        3,
        "predecessors",
        "no task of this project",
    ),
    "a task that waits for itself": ("P,a,web,8,a,\n", 2, "predecessors", "form a cycle: a -> a"),
    "a cycle": (
        "P,z,web,8,c,\nP,a,web,8,c,\nP,b,web,8,a,\nP,c,web,8,b,\nP,y,web,8,,\n",
        3,
        "predecessors",
        "form a cycle: a -> b -> c -> a; take one of these arrows out",
    ),
    "a task twice": ("P,a,web,8,,\nQ,a,web,8,,\nP,a,web,9,,\n", 4, "task", "repeats 'a' of line 2"),
    "hours below zero": ("P,a,web,-8,,\n", 2, "estimate_hours", "is '-8'; give a number of at least 0"),
    "hours not a number": ("P,a,web,nan,,\n", 2, "estimate_hours", "is 'nan'; give a number"),
    "hours without end": ("P,a,web,inf,,\n", 2, "estimate_hours", "is 'inf'; give a number"),
    "hours in words": ("P,a,web,8 apples,,\n", 2, "estimate_hours", "is '8 apples'; give a number"),
    "no hours": ("P,a,web,,,\n", 2, "estimate_hours", "is empty; give a number"),
    "a need above the pool": (
        "P,a,web,8,,security:2\n",
        2,
        "needs",
        "is 2 units of security, which has 1; give at most 1",
    ),
    "an unknown pool": (
        "P,a,web,8,,securty:1\n",
        2,
        "needs",
        "is no specialist pool; did you mean security?",
    ),
    "a need without units": ("P,a,web,8,,security\n", 2, "needs", "is 'security'; give pool:units"),
    "a need of nothing": ("P,a,web,8,,security:0\n", 2, "needs", "is 'security:0'; give pool:units"),
    "a pool needed twice": ("P,a,web,8,,security:1;security:1\n", 2, "needs", "names security twice"),
    "too many cells": ("P,a,web,8,,,x\n", 2, "", "has 7 cells where the header has 6; put quotes"),
    "a line of another row before": ('P,"a\nb",web,8,,\nP,c,nobody,8,,\n', 4, "team", "is 'nobody'"),
    "no rows": ("", None, "", "has no rows below its header"),
}


@pytest.mark.parametrize(("rows", "line", "column", "part"), WRONG_TASKS.values(), ids=WRONG_TASKS)
def test_a_mistake_in_a_row_is_told_with_its_line(
    tmp_path: Path, rows: str, line: int | None, column: str, part: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        plan_of(tmp_path, HEADER + rows)
    (problem,) = caught.value.problems
    assert part in str(problem)
    assert (Path(problem.file).name, problem.line, problem.key) == ("tasks.csv", line, column)


WRONG_FILES = {
    "empty": ("", "is empty; give a first line with the columns project, task, team"),
    "blank": ("\n \n", "is empty"),
    "a column missing": (
        "project,task,team,predecessors\nP,a,web,\n",
        "tasks.csv:1: estimate_hours: is missing",
    ),
    "tabs": (
        HEADER.replace(",", "\t") + "P\ta\tweb\t8\t\t\n",
        "tasks.csv:1: has cells parted by tabs; part them by commas or semicolons",
    ),
    "a column unknown": (
        HEADER.strip() + ",cost\nP,a,web,8,,,1\n",
        "tasks.csv:1: cost: is not a column of this table",
    ),
    "a column misspelt": (
        "project,task,team,estimate,predecessors\nP,a,web,8,\n",
        "did you mean estimate_hours?",
    ),
    "a column twice": (
        "project,task,task,team,estimate_hours,predecessors\n",
        "tasks.csv:1: task: is a column twice",
    ),
    "no known encoding": (HEADER.encode() + b"P,Pr\x81fung,web,8,,\n", "tasks.csv:2: is not UTF-8 text"),
    "no CSV": (HEADER + 'P,"a\nb,web', "tasks.csv:2"),
    "a NUL": (HEADER + "P,a\0,web,8,,\nP,b,nobody,8,,\n", "tasks.csv"),
}


@pytest.mark.parametrize(("text", "part"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_file_that_is_no_table_of_tasks_is_told_so(tmp_path: Path, text: str | bytes, part: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        plan_of(tmp_path, text)
    assert part in str(caught.value)


WRONG_PROJECTS = {
    "an unknown project": (
        "Shpo,1,2,3,4,5\n",
        2,
        "project",
        "has no task in the task table; did you mean Shop?",
    ),
    "a project twice": ("Shop,,,,,\nShop,,,,,\n", 3, "project", "repeats 'Shop'"),
    "a deadline before the start": (
        "Shop,,20,20,,\n",
        2,
        "deadline_day",
        "is day 20, not after the start on day 20",
    ),
    "half a day": ("Shop,,2.5,,,\n", 2, "start_day", "is '2.5'; give a whole working day"),
    "a date": (
        "Shop,,2025-01-01,,,\n",
        2,
        "start_day",
        "is '2025-01-01'; write the number of the working day",
    ),
    "a value below zero": ("Shop,,,,-1,\n", 2, "value", "is '-1'; give a number of at least 0"),
    "a budget in words": ("Shop,,,,,big\n", 2, "budget_hours", "is 'big'; give a number"),
}


@pytest.mark.parametrize(("rows", "line", "column", "part"), WRONG_PROJECTS.values(), ids=WRONG_PROJECTS)
def test_a_mistake_in_the_table_of_projects_is_told_with_its_line(
    tmp_path: Path, rows: str, line: int, column: str, part: str
) -> None:
    header = "project,client,start_day,deadline_day,value,budget_hours\n"
    with pytest.raises(ScenarioError) as caught:
        plan_of(tmp_path, SHOP, header + rows)
    (problem,) = caught.value.problems
    assert part in str(problem)
    assert (Path(problem.file).name, problem.line, problem.key) == ("projects.csv", line, column)


def test_the_mistakes_of_both_tables_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        plan_of(tmp_path, HEADER + "P,a,x,-1,b,\nP,c,web,8,c,\n", "project,start_day\nQ,x\n")
    places = [(Path(problem.file).name, problem.line, problem.key) for problem in caught.value.problems]
    assert sorted(places) == [
        ("projects.csv", 2, "project"),
        ("projects.csv", 2, "start_day"),
        ("tasks.csv", 2, "estimate_hours"),
        ("tasks.csv", 2, "predecessors"),
        ("tasks.csv", 2, "team"),
        ("tasks.csv", 3, "predecessors"),
    ]


def test_a_long_chain_is_no_trouble(tmp_path: Path) -> None:
    chain = "".join(f"P,t{i},web,8,{f't{i + 1}' if i < 4999 else ''},\n" for i in range(5000))
    plan = plan_of(tmp_path, HEADER + chain)
    assert critical_path_days(plan) == 5000
    with pytest.raises(ScenarioError, match="form a cycle"):
        plan_of(tmp_path, HEADER + chain.replace("P,t4999,web,8,,", "P,t4999,web,8,t0,"))


def test_the_worked_example_has_cross_team_work_pools_and_milestones() -> None:
    plan = load(ROOT / "scenarios" / "erp.yaml").plan
    assert plan is not None
    assert (len(plan.projects), len(plan.tasks)) == (3, 47)
    assert {name for task in plan.tasks for name, _ in task.needs} == {"test_system", "training_room"}
    assert any(task.team != plan.tasks[p].team for task in plan.tasks for p in task.predecessors)
    assert sum(task.estimate_hours == 0 for task in plan.tasks) == 3


@pytest.mark.parametrize("file", ["tiny.rcp", "tiny.sm", "tiny.SM"])
def test_an_instance_of_psplib_brings_its_own_crew_and_pools(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text(TINY if file.endswith("rcp") else TINY_OF_PSPLIB)
    (tmp_path / "tiny.yaml").write_text(f"name: Tiny\nportfolio: {{plan: {{tasks: {file}}}}}\n")
    scenario = load(tmp_path / "tiny.yaml")
    assert [(team.name, team.members) for team in scenario.teams] == [("crew", 3)]
    assert scenario.pools == {"R1": 3}
    assert scenario.plan is not None
    assert [task.name for task in scenario.plan.tasks] == ["activity 2", "activity 3", "activity 4"]
    assert [task.estimate_hours for task in scenario.plan.tasks] == [32, 0, 48]
    assert [task.predecessors for task in scenario.plan.tasks] == [(), (), (0, 1)]
    assert [task.needs for task in scenario.plan.tasks] == [(("R1", 2),), (), (("R1", 3),)]


def test_the_scenario_of_a_patterson_file_lasts_as_long_as_any_order_needs(tmp_path: Path) -> None:
    (tmp_path / "tiny.rcp").write_text(TINY)
    scenario = psplib_scenario(tmp_path / "tiny.rcp")
    assert (scenario.structures, scenario.managers, scenario.horizon_days) == (("merged",), 1, 20)
    assert scenario.plan is not None
    assert critical_path_days(scenario.plan) == 10


WRONG_PATTERSON = {
    "cut short": (TINY[:30], "small.rcp: ends too early"),
    "words": (
        TINY.replace("4 2 0", "4 x 0"),
        "small.rcp:4: has 'x'; give whole numbers alone",
    ),
    "a successor that is not there": (
        TINY.replace("1 5", "1 6"),
        "small.rcp: activity 4: has successor 6, of 5 activities; give one from 1 to 5",
    ),
    "more than one project": (TINY + TINY, "small.rcp:8: goes on after the last activity"),
    "a cycle": (TINY.replace("1 5", "1 2"), "holds a cycle of successors"),
    "a demand above the capacity": (
        TINY.replace("6 3 0", "6 4 0"),
        "activity 4: needs 4 units of R1, which has 3",
    ),
    "a demand below nothing": (
        TINY.replace("4 2 0", "4 -2 0"),
        "activity 2: has a duration or a",
    ),
    "a number without end": (
        TINY.replace("4 2 0", f"{10**12} 2 0"),
        "activity 2: has a duration or",
    ),
    "capacities on two lines": (
        TINY.replace("3 0", "3\n0", 1),
        "small.rcp: has 1 capacities, and activities that need 2 resources",
    ),
    "no activities": ("0 1\n3\n", "small.rcp: holds no activities"),
    "empty": ("", "small.rcp: ends too early"),
    "no numbers": ("\0\xff", "small.rcp:1: is not ASCII text; give a file of PSPLIB"),
}


@pytest.mark.parametrize(("text", "part"), WRONG_PATTERSON.values(), ids=WRONG_PATTERSON)
def test_a_broken_patterson_file_is_told_with_its_line(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "small.rcp").write_text(text, encoding="latin-1")
    (tmp_path / "small.yaml").write_text("name: S\nportfolio: {plan: {tasks: small.rcp}}\n")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "small.yaml")
    assert part in str(caught.value)


WRONG_PSPLIB = {
    "cut short": (TINY_OF_PSPLIB[:700], "small.sm: lacks a part"),
    "words": (TINY_OF_PSPLIB.replace("2      1     4", "2      1     four"), "small.sm: lacks a part"),
    "two ways of doing an activity": (
        TINY_OF_PSPLIB.replace("2        1          1", "2        2          1").replace(
            "  3      1     0", "         2     5       1    0\n  3      1     0"
        ),
        "small.sm: activity 2: can be done in 2 ways (modes); a task here has one",
    ),
    "a resource that is used up": (
        TINY_OF_PSPLIB.replace("R 1  R 2", "R 1  N 1"),
        "resources that are used",
    ),
    "numbers alone": (TINY, "small.sm: lacks a part"),
}


@pytest.mark.parametrize(("text", "part"), WRONG_PSPLIB.values(), ids=WRONG_PSPLIB)
def test_what_a_plan_cannot_have_of_psplib_is_told(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "small.sm").write_text(text)
    (tmp_path / "small.yaml").write_text("name: S\nportfolio: {plan: {tasks: small.sm}}\n")
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "small.yaml")
    assert part in str(caught.value)


@needs_psplib
def test_every_psplib_instance_has_its_published_critical_path() -> None:
    with (PSPLIB / "j30_best.csv").open(encoding="utf-8") as file:
        published = {row["instance"]: int(row["critical_path"]) for row in csv.DictReader(file)}
    assert len(published) == 240
    found = {}
    for name in published:
        plan = psplib_scenario(PSPLIB / "j30" / f"{name}.rcp").plan
        assert plan is not None
        assert len(plan.tasks) == 30
        found[name] = critical_path_days(plan)
    assert found == published


@needs_psplib
def test_a_psplib_scenario_has_the_capacities_of_its_file() -> None:
    path = PSPLIB / "j30" / "j30_1_1.rcp"
    assert tuple(psplib_scenario(path).pools.values()) == read_instance(path).capacities
