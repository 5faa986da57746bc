"""Timesheets of four programs: hours become work done on items, and alone say how much is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.imports.ask import Imported, import_files
from analysis.imports.foreign import named
from analysis.imports.record import Booking
from sim.scenario.reading.problems import Problem, ScenarioError
from tests.analysis.imports.files import jira, jira_row, wrote

TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,Duration,Tags\n"
    "Ada,a@x,Nw,Shop,,SHP-1 pages,Yes,2026-03-02,09:00:00,2026-03-02,03:30:00,\n"
    "Ada,a@x,,Home,,Vacation,No,2026-03-03,09:00:00,2026-03-03,08:00:00,\n"
)
CLOCKIFY = (
    '"Project","Client","Description","Task","User","Group","Email","Start Date","Start Time","Duration (h)",'
    '"Duration (decimal)"\n'
    '"Shop","Nw","SHP-1","pages","Ada","web","a@x","03/02/2026","09:00","03:30:00","3.50"\n'
    '"Shop","Nw","","other","Ada","web","a@x","03/14/2026","09:00","01:00:00","1.00"\n'
)
HARVEST = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name\n"
    "2026-03-02,Nw,Shop,S,pages,SHP-1 done,3.5,Yes,Ada,L\n"
)
TEMPO = (
    "Issue Key,Issue summary,Hours,Work date,Username,Full name,Project Key,Project Name\n"
    "SHP-1,pages,3.5,2026-03-02 00:00,u1,Ada L,SHP,Shop\nSHP-1,pages,2,2026-03-03 00:00,u2,Bo,SHP,Shop\n"
    "OLD-9,gone,1,2026-03-03 00:00,u2,Bo,OLD,Old\n"
)


def imported(folder: Path, *texts: str, encoding: str = "utf-8") -> Imported:
    files = [wrote(folder / f"{n}.csv", text, encoding) for n, text in enumerate(texts)]
    return import_files(files, folder / "my.yaml", dry_run=True)


def first(done: Imported) -> Booking:
    return done.readings[0].bookings[0]


@pytest.mark.parametrize(
    ("text", "program", "person"),
    [
        (TOGGL, "Toggl", "Ada"),
        (CLOCKIFY, "Clockify", "Ada"),
        (HARVEST, "Harvest", "Ada L"),
        (TEMPO, "Tempo", "Ada L"),
    ],
    ids=["Toggl", "Clockify", "Harvest", "Tempo"],
)
def test_each_is_known_by_its_columns_and_says_who_what_when(
    tmp_path: Path, text: str, program: str, person: str
) -> None:
    done = imported(tmp_path, text, encoding="utf-8-sig")
    booked = first(done)
    assert done.readings[0].what == f"a timesheet of {program}"
    assert (booked.hours, booked.person, booked.project, booked.key) == (3.5, person, "Shop", "SHP-1")
    assert booked.day.isoformat() == "2026-03-02"


def test_hours_are_work_done_on_the_items_of_a_tracker(tmp_path: Path) -> None:
    tracked = jira([jira_row("SHP-1", Original_estimate="", Assignee=""), jira_row("SHP-2")])
    done = imported(tmp_path, tracked, TEMPO)
    assert done.scenario.plan is not None
    assert [task.estimate_hours for task in done.scenario.plan.tasks] == [5.5, 10]
    assert "1 booking: 1 h that are of no item of the other files" in map(str, done.left_out)


def test_an_item_that_says_its_own_hours_keeps_them(tmp_path: Path) -> None:
    tracked = jira([jira_row("SHP-1", Original_estimate="", Time_Spent="7200"), jira_row("SHP-2")])
    done = imported(tmp_path, tracked, TEMPO)
    assert done.scenario.plan is not None
    assert done.scenario.plan.tasks[0].estimate_hours == 2
    assert [team.members for team in done.scenario.teams] == [1]


def half_a_year() -> str:
    """Two who build, in two groups, and two who plan and meet, three hours a week each, on two projects."""
    people = (
        ("Ada", "web", "Build"),
        ("Bo", "data", "Build"),
        ("Cy", "pm", "Meeting"),
        ("Di", "pm", "Planning"),
    )
    rows = [
        f"{project},Nw,,{task},{who},{team},x,2026-{month:02}-{day},09:00,,3.00"
        for project, months in (("Shop", range(1, 4)), ("Data", range(4, 7)))
        for month in months
        for day in (14, 21)
        for who, team, task in people
    ]
    head = CLOCKIFY.splitlines()[0].replace('"', "")
    return "\n".join([head, *rows]) + "\n"


def test_alone_they_say_how_many_people_and_how_much_a_project_takes(tmp_path: Path) -> None:
    done = imported(tmp_path, half_a_year())
    scenario = done.scenario
    assert [(team.name, team.members) for team in scenario.teams] == [("web", 1), ("data", 1)]
    assert scenario.managers == 2
    projects = scenario.portfolio.projects
    assert projects is not None
    assert (projects.effort_hours, projects.at_start) == (36, 1)
    assert projects.a_year == pytest.approx(2 / (158 / 365.25), abs=0.05)
    assert "50% of the hours are like management, by words such as meeting, planning or reporting" in (
        done.content.remarks
    )
    assert "3 h a person and week, the median of weeks in which they book any" in done.content.remarks


def test_time_away_is_no_work_and_is_told(tmp_path: Path) -> None:
    done = imported(tmp_path, TOGGL)
    assert len(done.readings[0].bookings) == 1
    assert "1 row: time away, such as leave" in map(str, done.readings[0].left_out)


def test_no_name_of_a_person_is_written_and_without_names_none_of_a_project(tmp_path: Path) -> None:
    from analysis.imports.writing import Wish

    wrote(tmp_path / "0.csv", half_a_year())
    done = import_files([tmp_path / "0.csv"], tmp_path / "my.yaml", wish=Wish(anonymous=True), dry_run=True)
    written = " ".join([*done.content.files.values(), *done.content.remarks])
    assert not [name for name in ("Ada", "Bo", "Cy", "Di ", "Shop", "Data") if name in written]


def test_dates_that_could_be_either_are_refused_with_both_readings(tmp_path: Path) -> None:
    text = CLOCKIFY.replace("03/14/2026", "03/04/2026")
    with pytest.raises(ScenarioError, match="which is 2026-02-03 or 2026-03-02"):
        imported(tmp_path, text)


def test_given_to_another_command_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrote(Path("hours.csv"), TEMPO)
    told = named(ScenarioError([Problem("hours.csv", None, "", "is no scenario", "")]))
    assert "is a timesheet of Tempo; `rolecall import hours.csv` reads it" in str(told)


ANYBODYS = {
    "people, tasks and hours": (
        "Date,Employee,Project,Task,Hours\n2026-03-02,Ada,Shop,SHP-1 pages,3.5\n2026-03-03,Bo,Shop,plan,2\n"
    ),
    "in German": "Datum;Mitarbeiter;Projekt;Aufgabe;Stunden\n02.03.2026;Ada;Shop;SHP-1;3,5\n",
    "from one time to another": (
        "Person,Project,Date,Start,End,Break,Notes\nAda,Shop,2026-03-02,9:00,1:00 PM,0:30,SHP-1 pages\n"
    ),
    "minutes": "User,Project,Spent on,Time spent (min),Ticket\nAda,Shop,2026-03-02,210,SHP-1\n",
    "names, where somebody is there twice": (
        "Name,Project,Date,Hours,Notes\nAda,Shop,2026-03-02,3.5,SHP-1\nAda,Shop,2026-03-03,2,\n"
    ),
    "below a title": (
        "Hours of March,,,,\n,,,,\nMember,Project,Day,Duration,Note\nAda,Shop,2026-03-02,3:30,SHP-1\n"
    ),
}


@pytest.mark.parametrize("text", ANYBODYS.values(), ids=ANYBODYS)
def test_a_timesheet_of_no_known_program_is_one_by_its_days_hours_and_people(
    tmp_path: Path, text: str
) -> None:
    done = imported(tmp_path, text)
    booked = first(done)
    assert done.readings[0].what == "a timesheet"
    assert (booked.hours, booked.person, booked.project, booked.key) == (3.5, "Ada", "Shop", "SHP-1")
    assert booked.day.isoformat() == "2026-03-02"


NO_TIMESHEETS = {
    "a list of what happened when": "Date,User,Time,Subject,Project\n2026-03-02,Ada,09:30,Pages,Shop\n",
    "tasks with names": "Name,Project,Date,Hours\nPages,Shop,2026-03-02,8\nPayment,Shop,2026-03-03,16\n",
    "tasks that are estimated": "Task,Employee,Date,Hours,Status\nPages,Ada,2026-03-02,8,open\n",
    "weeks, not days": "Task,Employee,Date,Hours\nPages,Ada,2026-03-02,80\nPayment,Bo,2026-03-03,40\n",
    "times of a day twice": (
        "Task,Project,Data,Entrada,Saida,Entrada,Saida\nA,Shop,02/01/2013,10:25,13:05,13:50,19:00\n"
    ),
}


@pytest.mark.parametrize("text", NO_TIMESHEETS.values(), ids=NO_TIMESHEETS)
def test_what_may_be_a_list_of_tasks_is_no_timesheet(tmp_path: Path, text: str) -> None:
    done = imported(tmp_path, text)
    assert (done.readings[0].what, done.readings[0].bookings) == ("a table of items", ())


def test_redmine_tells_the_kind_of_work_and_the_item(tmp_path: Path) -> None:
    text = (
        "Project,Date,User,Activity,Issue,Comment,Hours\n"
        "Shop,2026-03-02,Ada,Development,Bug #12: status page,,3.5\n"
        "Shop,2026-03-02,Bo,Meeting,Bug #12: status page,,2\n"
    )
    done = imported(tmp_path, text)
    assert done.readings[0].what == "a timesheet of Redmine"
    assert [booking.key for booking in done.readings[0].bookings] == ["12", "12"]
    assert "36% of the hours are like management" in "".join(done.content.remarks)


STRANGE = "Wann;Wer da war;Wie lange;Was\n03/04/2026;Ada;90;pages\n05/04/2026;Bo;120;pay\n"


def with_columns(folder: Path, said: str, *texts: str) -> Imported:
    files = [wrote(folder / f"{n}.csv", text) for n, text in enumerate(texts)]
    columns = wrote(folder / "columns.yaml", said)
    return import_files(files, folder / "my.yaml", dry_run=True, columns=columns)


MEANT = (
    "timesheet: {day: Wann, person: Wer da war, hours: Wie lange, task: Was}\n"
    "unit: minutes\ndates: month-first\n"
)


def test_a_file_of_columns_says_which_column_of_a_timesheet_is_what(tmp_path: Path) -> None:
    booked = with_columns(tmp_path, MEANT, STRANGE).readings[0].bookings
    assert [(each.day.isoformat(), each.person, each.hours, each.task) for each in booked] == [
        ("2026-03-04", "Ada", 1.5, "pages"),
        ("2026-05-04", "Bo", 2, "pay"),
    ]


def test_columns_of_a_timesheet_leave_other_files_as_they_are(tmp_path: Path) -> None:
    tracked = jira([jira_row("SHP-1", Summary="pages"), jira_row("SHP-2")])
    done = with_columns(tmp_path, MEANT, tracked, STRANGE)
    assert [reading.what for reading in done.readings] == [
        "an export of Jira",
        "a timesheet, as the columns say",
    ]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (
            "timesheet: {day: Wann}\n",
            "timesheet: lacks columns; say which is day, and which hours, or from and to",
        ),
        ("timesheet: {day: Wann, hours: X}\n", "timesheet.hours: names 'x', no column of"),
        ("timesheet: {day: Wann, hors: X, hours: Was}\n", "timesheet.hors: is no field; did you mean hours?"),
        ("timesheet: 3\n", "is missing; say which column is what"),
        ("columns: {}\ntimesheet: 3\n", "timesheet: is 3; say which column is what"),
    ],
    ids=["lacks", "no such column", "no such field", "nothing", "no mapping"],
)
def test_wrong_columns_of_a_timesheet_are_told(tmp_path: Path, said: str, wrong: str) -> None:
    with pytest.raises(ScenarioError) as told:
        with_columns(tmp_path, said, STRANGE)
    assert wrong in str(told.value)
