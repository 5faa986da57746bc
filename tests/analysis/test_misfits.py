"""What a plan cannot be within its horizon: told before any run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.decision.plan_facts import plan_facts
from analysis.decision.plan_fit import misfits, nothing_to_do
from sim.scenario import Scenario, scenario_from


def planned(folder: Path, days: str, hours: int = 80, members: int = 1) -> Scenario:
    """One project of one task, on days (`start,deadline`) of a horizon of a hundred."""
    (folder / "tasks.csv").write_text(
        f"project,task,team,estimate_hours,predecessors\nP,A,web,{hours},\nP,B,web,0,A\n"
    )
    (folder / "projects.csv").write_text(f"project,start_day,deadline_day\nP,{days}\n")
    content = {
        "name": "A plan",
        "horizon_days": 100,
        "organisation": {"teams": [{"name": "web", "members": members}]},
        "portfolio": {"plan": {"tasks": "tasks.csv", "projects": "projects.csv"}},
    }
    return scenario_from(content, folder)


def test_a_plan_that_fits_is_not_warned_of(tmp_path: Path) -> None:
    assert misfits(planned(tmp_path, "90,100")) == []
    assert misfits(planned(tmp_path, "0,", hours=800)) == []


def test_a_deadline_after_the_end_is_warned_of(tmp_path: Path) -> None:
    assert misfits(planned(tmp_path, "10,300")) == [
        "P (day 300) must be done only after the end on day 100: being late will not be seen"
    ]


def test_more_hours_than_a_team_is_paid_for_are_warned_of(tmp_path: Path) -> None:
    assert misfits(planned(tmp_path, "10,", hours=8000)) == [
        "web has 8,000 hours of tasks for 1 member in 100 days, which are 800 paid hours"
    ]
    assert misfits(planned(tmp_path, "10,", hours=8000, members=10)) == []


def test_a_deadline_before_the_end_of_the_longest_chain_is_warned_of(tmp_path: Path) -> None:
    assert misfits(planned(tmp_path, "10,19", members=10)) == [
        "P (day 19) cannot be done by its deadline: the longest chain of tasks alone takes longer"
    ]
    with_dates = planned(tmp_path, "10,19", members=10).with_changes({"starts": "2027-01-04"})
    assert misfits(with_dates)[0].startswith("P (2027-01-28, day 19) cannot be done")


def test_a_plan_is_told_as_it_was_read(tmp_path: Path) -> None:
    assert plan_facts(planned(tmp_path, "10,40")) == [
        "the plan has 2 tasks in 1 project, 80 hours",
        "its longest chain takes 10 days at eight hours a day (P)",
        "its load of the paid hours in 100 days: web 10%",
    ]


def test_a_plan_that_starts_after_the_end_is_nothing_to_do(tmp_path: Path) -> None:
    never = planned(tmp_path, "100,140")
    assert nothing_to_do(never)
    assert misfits(never) == ["no work begins within the 100 days: nothing will happen"]


@pytest.mark.parametrize(
    ("portfolio", "idle"),
    [
        ({"projects": {"at_start": 0, "a_year": 0}}, True),
        ({"projects": {"at_start": 0, "a_year": 0}, "services": {}}, False),
        ({"projects": {"at_start": 0, "a_year": 0}, "services": {"count": 0}}, True),
        ({"projects": {"at_start": 1, "a_year": 0}}, False),
        ({}, False),
    ],
)
def test_an_organisation_without_projects_and_tickets_has_nothing_to_do(
    portfolio: dict[str, Any], idle: bool
) -> None:
    assert nothing_to_do(scenario_from({"name": "A", "portfolio": portfolio})) is idle


def test_check_prints_what_does_not_fit(tmp_path: Path) -> None:
    planned(tmp_path, "300,340")
    (tmp_path / "org.yaml").write_text(
        "name: A\nhorizon_days: 100\norganisation: {teams: [{name: web, members: 1}]}\n"
        "portfolio: {plan: {tasks: tasks.csv, projects: projects.csv}}\n"
    )
    said = CliRunner().invoke(app, ["check", str(tmp_path / "org.yaml")])
    assert said.exit_code == 0
    assert "org.yaml: warning: no work begins within the 100 days: nothing will happen" in said.stdout
