"""A file of another program, given where a scenario or its table is wanted, is named with what reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from tests.analysis.imports.files import jira, jira_row, wrote

SCENARIO = "name: x\norganisation: {teams: [{name: web}]}\nportfolio: {plan: {tasks: FILE}}\n"
MATRIX = "Activity,Lead,Planner\nBudget,A,C\nReports,R,A\nStaffing,A,I\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*words: str) -> str:
    done = CliRunner().invoke(app, words, prog_name="rolecall")
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


@pytest.mark.parametrize("command", ["check", "decide", "run"])
def test_an_export_given_as_a_scenario_is_named(here: Path, command: str) -> None:
    wrote(here / "export.csv", jira([jira_row("S-1"), jira_row("S-2")]))
    named = "export.csv: is an export of Jira; `rolecall import export.csv` reads it"
    assert said(command, "export.csv") == f"{named} and writes a scenario\n"


def test_an_export_given_as_a_plan_is_named_in_one_line(here: Path) -> None:
    wrote(here / "export.csv", jira([jira_row(f"S-{n}") for n in range(40)]))
    wrote(here / "my.yaml", SCENARIO.replace("FILE", "export.csv"))
    assert said("check", "my.yaml").splitlines() == [
        "export.csv: is an export of Jira; `rolecall import export.csv` reads it and writes a scenario"
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (MATRIX.encode(), "is a matrix of responsibilities; `rolecall import"),
        (b"Task;Owner;Estimate;Due date\nA;Ada;8;2026-03-01\n", "is a table of items; `rolecall import"),
        (b"<!DOCTYPE html><p>", "is HTML, whatever its name ends with; export it as CSV"),
        (b'<?xml version="1.0"?><Project xmlns="x">', "is a plan of MS Project (XML)"),
        (
            b'<?xml version="1.0"?><project gantt-divider-location="4">',
            "is a plan in GanttProject's own form",
        ),
        (b"PK\x03\x04 xl/workbook.xml", "is a workbook of Excel; `rolecall import"),
    ],
)
def test_other_files_are_named_by_what_is_in_them(here: Path, content: bytes, what: str) -> None:
    (here / "given.yaml").write_bytes(content)
    assert what in said("check", "given.yaml")


@pytest.mark.parametrize("file", ["tiny.rcp", "tiny.sm"])
def test_an_instance_of_psplib_is_told_where_it_belongs_and_there_its_mistakes(here: Path, file: str) -> None:
    given = "3 1\n2\n0 0 1 2\n5 1 1 9\n0 0 0\n" if file.endswith("rcp") else "*****\nPRECEDENCE RELATIONS:\n"
    wrote(here / file, given)
    named = f"{file}: is an instance of PSPLIB; name it in a scenario: "
    assert said("check", file) == said("import", file) == named + "`portfolio: {plan: {tasks: FILE}}`\n"
    wrote(here / "my.yaml", f"name: x\nportfolio: {{plan: {{tasks: {file}}}}}\n")
    wrong = "activity 2: has successor 9" if file.endswith("rcp") else "lacks a part"
    assert wrong in said("check", "my.yaml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("project,task,team,estimate,predecessors\nP,A,web,8,\n", "estimate: is not a column of this table"),
        ("project,task,team,estimate_hours,predecessors\nP,A,wbe,8,\n", "did you mean web?"),
    ],
)
def test_mistakes_in_a_table_of_ones_own_are_told_as_before(here: Path, content: str, told: str) -> None:
    wrote(here / "tasks.csv", content)
    wrote(here / "my.yaml", SCENARIO.replace("FILE", "tasks.csv"))
    assert told in said("check", "my.yaml")


@pytest.mark.parametrize(
    "content", ["name: x\nmanagrs: 3\n", '{"name": "x", "managrs": 3}', "# id, title, status\nname: [\n", ""]
)
def test_a_broken_scenario_is_no_foreign_file(here: Path, content: str) -> None:
    wrote(here / "my.yaml", content)
    assert "import" not in said("check", "my.yaml")
