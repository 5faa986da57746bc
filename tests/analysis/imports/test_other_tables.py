"""Tables of other trackers, plans and spreadsheets are read as they are had, without a file of columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from analysis.imports.ask import import_files
from analysis.imports.record import Item
from tests.analysis.imports.files import wrote

EXPORTS = {
    "Asana": (
        "Task ID,Created At,Completed At,Name,Assignee,Due Date,Projects,Blocked By (Dependencies)\n"
        "9,2026-01-05,2026-01-20,Pages,Ada,2026-01-22,Shop,\n",
        ("9", "Pages", "Shop", None, True),
    ),
    "Redmine": (
        "#,Project,Tracker,Status,Subject,Category,Estimated time,Spent time,% Done,Created\n"
        "9,Shop,Feature,Closed,Pages,Web,8.00,6.50,100,2026-01-05 09:00\n",
        ("9", "Pages", "Shop", 8, True),
    ),
    "ClickUp": (
        "Task ID,Task Name,Status,Date Created,Date Created Text,Folder Name/Path,Time Estimated,"
        "Time Estimated Text\n"
        '9,Pages,to do,1767603600000,"1/25/2026, 10:00:00 AM GMT",Shop,28800000,8h\n',
        ("9", "Pages", "Shop", 8, False),
    ),
    "Trello": (
        "Card ID,Card Name,Members,Due Date,Board Name,List Name\n"
        "9,Pages,ada,2026-02-01T10:00:00Z,Shop,Done\n",
        ("9", "Pages", "Shop", None, True),
    ),
    "Planner": (
        "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created Date,Completed Date\n"
        "9,Pages,Web,Completed,Urgent,Ada,01/25/2026,02/13/2026\n",
        ("9", "Pages", "", None, True),
    ),
    "YouTrack": (
        "ID,Project,Summary,Created,Resolved,Type,State,Subsystem,Estimation,Spent time\n"
        "S-9,Shop,Pages,2026-01-05T10:00:00,,Bug,Open,Web,1d 2h,10h\n",
        ("S-9", "Pages", "Shop", 10, False),
    ),
}


@pytest.mark.parametrize("program", EXPORTS)
def test_exports_of_other_trackers_are_read_without_a_file_of_columns(tmp_path: Path, program: str) -> None:
    text, expected = EXPORTS[program]
    (item,) = (
        import_files([wrote(tmp_path / "e.csv", text)], tmp_path / "my.yaml", dry_run=True).readings[0].items
    )
    assert (item.id, item.title, item.project, item.estimate_hours, item.finished) == expected


def test_a_plan_saved_as_csv_has_days_of_the_week_guessed_durations_and_people_in_one_cell(
    tmp_path: Path,
) -> None:
    text = (
        "ID,Task Name,Duration,Start,Finish,Predecessors,Resource Names\n"
        "1,Dig,5 days,Mon 1/4/27,Fri 1/8/27,,Ada\n"
        '2,Build,10 days?,Mon 1/18/27,Fri 1/29/27,1,"Ada[50%],Bo,Sand[2 t]"\n'
    )
    done = import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)
    first, second = done.readings[0].items
    assert (str(first.started), first.finished, first.crew) == ("2027-01-04", False, 1)
    assert (second.estimate_hours, second.people, second.crew) == (80, ("Ada", "Bo"), 2)
    assert done.scenario.calendar is not None
    assert str(done.scenario.calendar.date_of(0)) == "2027-01-04"


def test_a_plan_of_a_spreadsheet_has_phases_days_and_a_total(tmp_path: Path) -> None:
    text = (
        "Relaunch,,,\nActivity,Owner,Days,Depends on\nPhase 1,,,\nDraw,Ada,5,\nMock-ups,Ada,2.5,Draw\n"
        "Phase 2,,,\nPages,Bo,10,Mock-ups\nTotal,,17.5,\n"
    )
    done = import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)
    assert [(item.title, item.estimate_hours) for item in done.readings[0].items] == [
        ("Draw", 40),
        ("Mock-ups", 20),
        ("Pages", 80),
    ]
    assert sorted(map(str, done.readings[0].left_out)) == [
        "1 row: only adds up others",
        "2 rows: a title alone, over the rows below it",
    ]


@pytest.mark.parametrize("header", ["Aufwand (PT)", "Person days", "Tage", "Effort (days)", "Work [d]"])
def test_days_of_work_are_known_by_their_header(tmp_path: Path, header: str) -> None:
    text = f"Task;{header}\nA;2,5\n"
    done = import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)
    assert [item.estimate_hours for item in done.readings[0].items] == [20]


def items_of(tmp_path: Path, text: str, name: str = "plan.csv") -> tuple[Item, ...]:
    done = import_files([wrote(tmp_path / name, text)], tmp_path / "my.yaml", dry_run=True)
    return done.readings[0].items


def test_headers_may_join_words_say_two_things_or_explain_themselves(tmp_path: Path) -> None:
    text = (
        "task_id,Task / Deliverable,Owner (Role),duration_days,Dependencies,start_date,Status,"
        "Milestone (Y/N)\n"
        '1,Dig,Ada (Lead),3,[],2026-01-05,Done,N\n2,Build,Bo,5,"[""1""]",2026-01-08,Open,Y\n'
    )
    first, second = items_of(tmp_path, text)
    assert (first.title, first.people, first.estimate_hours) == ("Dig", ("Ada (Lead)",), 24)
    assert (str(first.started), first.ties, second.after, second.group) == ("2026-01-05", (), ("1",), "")


def test_points_in_brackets_are_no_hours(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "ID,Title,Estimate (pts),Status\n1,Dig,5,Open\n")
    assert (item.points, item.estimate_hours) == (5, None)


def test_an_estimate_of_nought_in_a_tracker_is_none(tmp_path: Path) -> None:
    header = "ID,Title,Original Estimate,Remaining Estimate,Time Spent,Status\n"
    text = f"{header}1,Dig,0,0,,Open\n2,Build,0,0,,Closed\n"
    wrote(tmp_path / "items.csv", text)
    done = import_files([tmp_path / "items.csv"], tmp_path / "my.yaml", dry_run=True)
    assert [item.estimate_hours for item in done.readings[0].items] == [None, None]
    assert done.scenario.plan is not None
    assert [task.estimate_hours for task in done.scenario.plan.tasks] == [40, 40]


def test_a_duration_of_nought_is_a_milestone_though_there_is_a_status(tmp_path: Path) -> None:
    text = "ID,Task,Duration (days),Predecessors,Status\n1,Dig,3,,Open\n2,Done digging,0,1,Open\n"
    assert [item.estimate_hours for item in items_of(tmp_path, text)] == [24, 0]


def test_ends_without_any_status_are_planned(tmp_path: Path) -> None:
    text = "Task,Start date,End date,Hours\nDig,2026-01-05,2026-01-09,8\n"
    (item,) = items_of(tmp_path, text)
    assert (item.finished, item.done) == (False, None)


def test_tasks_without_ids_may_be_called_alike(tmp_path: Path) -> None:
    text = "Module,Feature,Days,Owner\nShop,Tests,2,Ada\nDesk,Tests,3,Bo\nDesk,Tests,3,Bo\n"
    wrote(tmp_path / "plan.csv", text)
    done = import_files([tmp_path / "plan.csv"], tmp_path / "my.yaml", dry_run=True)
    found = [(item.id, item.title, item.estimate_hours) for item in done.readings[0].items]
    assert found == [("Tests", "Tests", 16), ("Tests (2)", "Tests", 24)]
    assert "1 row: says what a row above it says" in map(str, done.readings[0].left_out)


def test_letters_of_story_and_task_are_no_projects(tmp_path: Path) -> None:
    text = "ID,Type,Title,Status\nS-1,Story,Dig,Open\nT-1,Task,Build,Open\nP2-01,Task,Plant,Open\n"
    assert {item.project for item in items_of(tmp_path, text)} == {""}


def test_defects_may_be_called_by_two_words(tmp_path: Path) -> None:
    kinds = [
        i.kind for i in items_of(tmp_path, "ID,Type,Title\n1,Sprint Defect,Dig\n2,QA bug,Build\n3,Debug,C\n")
    ]
    assert kinds == ["bug", "bug", "task"]


def test_the_headings_of_a_plan_are_parts_of_one_project(tmp_path: Path) -> None:
    text = "WBS,Task Name,Duration\n1,A,\n1.1,a,1 day\n2,B,\n2.1,b,1 day\n3,C,\n3.1,c,1 day\n4,d,1 day\n"
    wrote(tmp_path / "garden.csv", text)
    done = import_files([tmp_path / "garden.csv"], tmp_path / "my.yaml", dry_run=True)
    assert done.scenario.plan is not None
    assert [project.name for project in done.scenario.plan.projects] == ["garden"]


def test_phases_are_no_projects(tmp_path: Path) -> None:
    text = "Task,Phase,Status\nDraw,Design,Open\nPages,Build,Open\nTests,Test,Open\n"
    done = import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)
    assert done.scenario.plan is not None and len(done.scenario.plan.projects) == 1


@pytest.mark.parametrize(("half", "whole"), [("0.5", "1"), ("50", "100"), ("50%", "100%")])
def test_what_is_done_is_in_percent_or_a_share(tmp_path: Path, half: str, whole: str) -> None:
    text = f"Task,Hours,% Complete\nDig,8,{half}\nBuild,8,{whole}\nPlant,8,0\n"
    assert [item.done_share for item in items_of(tmp_path, text)] == [0.5, 1, 0]


PLANNER = (
    "Project name,Move,,,,,,,\nExported on,2027-01-05,,,,,,,\n,,,,,,,,\n"
    "Task number,Outline number,Name,Assigned to,Duration,Depends on,Dependents (after),Effort,Milestone\n"
    "1,1,Rooms,,2 days,,,24 hours,No\n"
    '2,1.1,"Plan, and draw",Ada,1 day,,3 - Order,8 hours,No\n'
    '3,1.2,Order,Ada,2 days,"2 - Plan, and draw",4 - Move,16 hours,No\n'
    '4,2,Move,Bo,1 day,"2 - Plan, and draw, 3 - Order",,8 hours,No\n'
)


def test_an_export_of_planner_names_what_comes_before_by_number_and_title(tmp_path: Path) -> None:
    heading, plan, order, move = items_of(tmp_path, PLANNER)
    assert (heading.kind, plan.title, plan.estimate_hours, plan.project) == (
        "container",
        "Plan, and draw",
        8,
        "plan",
    )
    assert (order.after, plan.before, move.after, move.group) == (("2",), ("3",), ("2", "3"), "")


def test_headers_may_be_written_without_blanks(tmp_path: Path) -> None:
    text = "IssueID,StoryPoints,CreatedDate,ClosedDate,Status\nP-1,3,2026-01-05,2026-01-09,Done\n"
    (item,) = items_of(tmp_path, text)
    assert (item.id, item.points, str(item.created), str(item.done)) == ("P-1", 3, "2026-01-05", "2026-01-09")


def test_an_empty_column_does_not_stand_in_the_way_of_a_filled_one(tmp_path: Path) -> None:
    text = "Task,Effort,Duration (days),Status,End date\nDig,,5,,2026-01-09\n"
    (item,) = items_of(tmp_path, text)
    assert (item.estimate_hours, item.finished) == (40, False)


def test_a_title_and_what_it_belongs_to_are_enough(tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, "Epic,Feature/User Story,MoSCoW\nLogin,As a user I log in,Must\n")
    assert (item.title, item.group) == ("As a user I log in", "Login")


def test_sheets_that_are_passed_over_are_told_with_the_reason(tmp_path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Items"
    for sheet, header in (("Items", "Effort (days)"), ("Detail", "Duration"), ("Legend", "Colour")):
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        for row in (("Task", header), ("Dig", 5), ("Build", 3)):
            book[sheet].append(row)
    book.save(tmp_path / "plan.xlsx")
    reading = import_files([tmp_path / "plan.xlsx"], tmp_path / "my.yaml", dry_run=True).readings[0]
    assert list(map(str, reading.left_out)) == [
        "1 sheet: 'Detail' Duration: has '5' without a unit: days or hours?",
        "1 sheet: 'Legend' is a table, and which of its columns is what is not known",
    ]


def test_what_belongs_to_a_task_by_its_title_is_no_project_of_its_own(tmp_path: Path) -> None:
    rows = [f"{n},Part {n},Feature {n % 3},Shop,8" for n in range(6)]
    above = [f"{9 + n},Feature {n},,Shop,8" for n in range(3)]
    text = "\n".join(["Task ID,Name,Parent task,Projects,Estimated time", *above, *rows, ""])
    done = import_files([wrote(tmp_path / "asana.csv", text)], tmp_path / "my.yaml")
    assert done.scenario.plan is not None
    assert [project.name for project in done.scenario.plan.projects] == ["Shop"]


def test_milliseconds_since_1970_are_days(tmp_path: Path) -> None:
    text = "Task ID,Task Name,Status,Date Created\n9,Pages,to do,1767603600000\n"
    (item,) = items_of(tmp_path, text)
    assert str(item.created) == "2026-01-05"
