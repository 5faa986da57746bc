"""Tables of tasks as people have them mean what their authors meant, or are refused with both readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.scenario import Scenario, ScenarioError, load, scenario_from
from sim.scenario.calendar import Calendar
from sim.scenario.critical_path import earliest, ends_of_projects
from sim.scenario.plan import Plan
from sim.scenario.reading.plan import read_plan

CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/data/cases is not here")

HEADER = "project,task,team,estimate_hours,predecessors\n"


def plan_of(
    folder: Path, tasks: str | bytes, projects: str | None = None, calendar: Calendar | None = None
) -> Plan:
    path = folder / "tasks.csv"
    path.write_bytes(tasks.encode() if isinstance(tasks, str) else tasks)
    if projects is not None:
        (folder / "projects.csv").write_text(projects, encoding="utf-8")
    given = folder / "projects.csv" if projects is not None else None
    return read_plan(path, given, ["web", "data"], {"lab": 2}, calendar)


def refused(folder: Path, tasks: str | bytes, projects: str | None = None) -> str:
    with pytest.raises(ScenarioError) as caught:
        plan_of(folder, tasks, projects)
    return str(caught.value).replace(f"{folder}/", "")


def hours(plan: Plan) -> dict[str, float]:
    return {task.name: task.estimate_hours for task in plan.tasks}


@pytest.mark.parametrize(
    "cell", ["A, B", "A;B", "A|B", "A ; B", "1,2", "1;2", "A FS, 2", "1EA;2FS+0d", "A, A, B"]
)
def test_predecessors_are_parted_by_comma_semicolon_or_bar_and_named_by_name_or_id(
    tmp_path: Path, cell: str
) -> None:
    header = HEADER.replace("predecessors", "predecessors,id")
    plan = plan_of(tmp_path, f'{header}P,A,web,8,,1\nP,B,web,8,,2\nP,C,web,8,"{cell}",3\n')
    assert (plan.tasks[2].predecessors, plan.tasks[2].links) == ((0, 1), ())


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("AFS+2d", ("FS", 2.0)),
        ("A + 4h", ("FS", 0.5)),
        ("A SS + 1w 2d", ("SS", 7.0)),
        ("1FF+0,5d", ("FF", 0.5)),
        ("1aa", ("SS", 0.0)),
        ("A-8h", ("SS", 4.0)),
        ("1FF-1d", ("SF", 4.0)),
    ],
)
def test_links_have_a_kind_and_a_lag_in_working_days(
    tmp_path: Path, cell: str, link: tuple[str, float]
) -> None:
    header = HEADER.replace("predecessors", "predecessors,id")
    plan = plan_of(tmp_path, f'{header}P,A,web,40,,1\nP,B,web,8,"{cell}",2\n')
    assert plan.tasks[1].links == (link,)


def test_a_name_may_hold_the_sign_that_parts_others(tmp_path: Path) -> None:
    rows = 'P,"Cut, paste",web,8,\nP,Kick-off,web,8,\nP,C,web,8,"Cut, paste; Kick-off"\n'
    assert plan_of(tmp_path, HEADER + rows).tasks[2].predecessors == (0, 1)
    both = 'P,"A, B",web,8,\nP,A,web,8,\nP,B,web,8,\nP,C,web,8,"A, B"\n'
    assert "is 'A, B', which is one task of this name, or 2 tasks" in refused(tmp_path, HEADER + both)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("A+2", "has the lag '+2' without a unit: days or hours?"),
        ("A+50%", "has the lag '+50%', which is no time of work"),
        ("A-9d", "has a lead of 9 days on A, which takes 5"),
        ("ASS-1d", "has a lead of 1 days on A, before that begins"),
        ("2", "names '2', which is the id of one task and the name of another"),
        ("z", "names 'z', which is no task of this project; did you mean Q/z?"),
    ],
)
def test_links_that_cannot_be_or_could_be_two_are_told(tmp_path: Path, cell: str, told: str) -> None:
    header = HEADER.replace("predecessors", "predecessors,id")
    rows = f"P,A,web,40,,1\nP,X,web,8,,2\nP,2,web,8,,3\nP,B,web,8,{cell},4\nQ,z,web,8,,5\n"
    assert f"tasks.csv:5: predecessors: {told}" in refused(tmp_path, header + rows)


def test_tasks_may_follow_those_of_other_projects(tmp_path: Path) -> None:
    rows = "P,a,web,8,Q/b\nP,c,web,8,\nQ,b,web,16,P/c\n"
    plan = plan_of(tmp_path, HEADER + rows)
    assert [task.predecessors for task in plan.tasks] == [(2,), (), (1,)]
    assert plan.is_linked
    assert earliest(plan) == [(3.0, 4.0), (0.0, 1.0), (1.0, 3.0)]
    round_ = refused(tmp_path, HEADER + "P,a,web,8,Q/b\nQ,b,web,16,P/a\n")
    assert "form a cycle: a -> b -> a" in round_


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("3d", 24), ("2w 3d", 104), ("16h", 16), ("PT16H", 16), ("1 day", 8), ("2,5 Tage", 20), ("12", 12)],
)
def test_estimates_say_their_unit_or_are_hours(tmp_path: Path, cell: str, expected: float) -> None:
    assert hours(plan_of(tmp_path, f'{HEADER}P,a,web,"{cell}",\n')) == {"a": expected}


def test_a_duration_is_work_for_all_its_people_and_has_to_say_its_unit(tmp_path: Path) -> None:
    header = "project,task,team,duration,people,predecessors\n"
    plan = plan_of(tmp_path, header + "P,a,web,3d,2,\nP,b,web,1w,,a\n")
    assert hours(plan) == {"a (1 of 2)": 24, "a (2 of 2)": 24, "b": 40}
    assert plan.tasks[2].predecessors == (0, 1)
    assert ends_of_projects(plan) == [8.0]
    told = refused(tmp_path, header + "P,a,web,3,2,\n")
    assert told == "tasks.csv:2: duration: is '3': days or hours?; say the unit, as in 3d or 3h"


def test_several_people_hold_what_a_task_needs_once(tmp_path: Path) -> None:
    header = "project,task,team,estimate_hours,people,predecessors,needs\n"
    plan = plan_of(tmp_path, header + "P,a,web,40,2,,lab:2\n")
    assert [task.needs for task in plan.tasks] == [(("lab", 2),), ()]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.5", "2"], [1.5, 2]),
        (["1,200", "1.5"], [1200, 1.5]),
        (["1.200", "1,5"], [1200, 1.5]),
        (["1'200", "0.125"], [1200, 0.125]),
        (["1 200,5", "7"], [1200.5, 7]),
    ],
)
def test_numbers_of_a_column_show_their_decimal_sign(
    tmp_path: Path, cells: list[str], expected: list[float]
) -> None:
    rows = "".join(f'P,t{i},web,"{cell}",\n' for i, cell in enumerate(cells))
    assert list(hours(plan_of(tmp_path, HEADER + rows)).values()) == expected


@pytest.mark.parametrize("cell", ["1.200", "1.200h"])
def test_a_number_that_could_be_two_is_refused_with_both(tmp_path: Path, cell: str) -> None:
    told = refused(tmp_path, f"{HEADER}P,a,web,{cell},\n")
    assert f"is '{cell}', which is 1.2 or 1200; write it without a sign between thousands" in told


def test_titles_totals_and_old_encodings_are_no_trouble(tmp_path: Path) -> None:
    text = "Plan, as of May;;;;\n\nproject;task;team;estimate_hours;predecessors\n"
    text += "P;Prüfung;web;8,5;\nP;Bau;web;1.000;Prüfung\n;Summe;;1.008,5;\n"
    plan = plan_of(tmp_path, text.encode("cp1252"))
    assert hours(plan) == {"Prüfung": 8.5, "Bau": 1000}
    assert [note.rpartition("/")[2] for note in plan.notes] == [
        "tasks.csv:6: passed over, for what only adds up other rows is no task"
    ]


def test_a_heading_over_numbered_tasks_is_refused_for_its_hours_would_count_twice(tmp_path: Path) -> None:
    header = "id,project,task,team,estimate_hours,predecessors\n"
    rows = "1,P,Build,web,{},\n1.1,P,Floor,web,8,\n1.2,P,Walls,web,8,1.1\n"
    rows += "2,P,Paint,web,4,1.2\n1.3,Q,Roof,web,4,\n"
    told = refused(tmp_path, header + rows.format(16))
    assert "tasks.csv:2: id: is 1, a heading over 1.1 of line 3: its hours would count twice; " in told
    assert "or let `rolecall import` read the table" in told
    assert told.count("a heading") == 1
    assert sum(hours(plan_of(tmp_path, header + rows.format(0))).values()) == 24


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ([16, 8, 8, 4, 1, 3], "2, 5"),
        ([8, 16, 4, 28], "5"),
        ([24, 8, 16], None),
        ([24, 8, 8, 8, 1], None),
        ([0, 8, 8, 0, 4], None),
    ],
    ids=["two headings", "a total", "too few to tell", "a row left over", "milestones"],
)
def test_rows_that_add_up_others_are_told(tmp_path: Path, cells: list[float], lines: str | None) -> None:
    rows = "".join(f"P,t{i},web,{cell},\n" for i, cell in enumerate(cells))
    notes = [note.rpartition("/")[2] for note in plan_of(tmp_path, HEADER + rows).notes]
    assert [note.split(": ")[0] for note in notes] == ([f"tasks.csv:{lines}"] if lines else [])
    assert all("count twice" in note for note in notes)


def test_what_is_done_is_a_share_of_the_work(tmp_path: Path) -> None:
    header = "project,task,team,estimate_hours,predecessors,percent_complete,done_hours\n"
    plan = plan_of(tmp_path, header + "P,a,web,8,,100%,\nP,b,web,40,a,,10\nP,c,web,8,b,,\n")
    assert [task.done for task in plan.tasks] == [1.0, 0.25, 0.0]
    assert ends_of_projects(plan) == [4.75]
    assert "is 12, more than 8" in refused(tmp_path, header + "P,a,web,8,,,12\n")
    later = refused(tmp_path, header + "P,a,web,8,,50,\n", "project,start_day\nP,3\n")
    assert "projects.csv:2: start_day: is '3', and part of the project is done before day 0" in later
    assert (
        plan_of(tmp_path, header + "P,a,web,8,,50,\n", "project,start_day,deadline_day\nP,-20,-5\n")
        .projects[0]
        .start_day
        == -20
    )
    early = refused(tmp_path, header + "P,a,web,8,,,\n", "project,start_day\nP,-3\n")
    assert "nothing of the project is done" in early


def test_three_hours_for_a_task_are_kept_and_their_mean_is_the_estimate(tmp_path: Path) -> None:
    header = "project,task,team,optimistic_hours,estimate_hours,pessimistic_hours,predecessors\n"
    (task,) = plan_of(tmp_path, header + "P,a,web,4,8,24,\n").tasks
    assert (task.estimate_hours, task.range_hours) == (10.0, (4.0, 8.0, 24.0))
    assert "is 9 at best, 8 most likely and 24" in refused(tmp_path, header + "P,a,web,9,8,24,\n")
    assert "pessimistic_hours: is empty" in refused(tmp_path, header + "P,a,web,4,8,,\n")


WEEK = Calendar(date(2027, 1, 4), holidays=(date(2027, 1, 6),))


def test_dates_are_working_days_counted_without_weekends_and_holidays(tmp_path: Path) -> None:
    rows = "project,start_day,deadline_day\nP,2027-01-07,2027-01-15\nQ,2027-01-09,2027-01-17\n"
    plan = plan_of(tmp_path, HEADER + "P,a,web,8,\nQ,a,web,8,\n", rows, WEEK)
    assert [(p.start_day, p.deadline_day) for p in plan.projects] == [(2, 9), (4, 9)]
    assert [WEEK.date_of(day) for day in (0, 2, 4)] == [date(2027, 1, d) for d in (4, 7, 11)]
    assert WEEK.date_of_end(9) == date(2027, 1, 15)


def dated(**said: object) -> Scenario:
    return scenario_from({"name": "A", **said})


def test_a_calendar_changes_no_run_and_begins_on_a_working_day() -> None:
    usual = dated()
    holiday = dated(starts="2027-01-04", holidays=["2027-01-06"], working_days=["mon", "wed"])
    assert usual.content_hash() == holiday.content_hash()
    assert holiday.with_changes({"managers": 3}).starts == date(2027, 1, 4)
    with pytest.raises(ScenarioError, match="starts: is 2027-01-03, on which nobody works"):
        dated(starts="2027-01-03")
    with pytest.raises(ScenarioError, match=r"starts: is '4\.1\.2027'; give a date as year-month-day"):
        dated(starts="4.1.2027")


def told_of(case: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(CASES / case)
    return str(caught.value).replace(f"{CASES}/", "")


@needs_cases
def test_cases_of_plans_that_are_refused_say_what_is_right() -> None:
    assert told_of("open_quote.yaml").startswith("open_quote_tasks.csv:3: opens a quote that is never closed")
    twin = "twin_projects_tasks.csv:4: project: is 'Web Shop', which looks like 'Web shop' of line 2"
    assert told_of("twin_projects.yaml").startswith(twin)
    assert "say `starts` in the scenario" in told_of("date.yaml")


@needs_cases
def test_cases_of_plans_that_are_read_mean_what_they_say() -> None:
    for case, end in (("short_chain", 1.0), ("comma_preds", 2.0)):
        plan = load(CASES / f"{case}.yaml").plan
        assert plan is not None
        assert ends_of_projects(plan) == [end]
