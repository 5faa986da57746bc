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
