"""Tables of other trackers, plans and spreadsheets are read as they are had, without a file of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.imports.ask import import_files
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
