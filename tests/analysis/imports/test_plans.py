"""Plans of other programs, in CSV and in XML, as scenarios that run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.imports.ask import Imported, import_files
from sim.scenario import ScenarioError
from sim.scenario.critical_path import earliest, ends_of_projects
from tests.analysis.imports.files import wrote

OUTLINED = """Plan of the move,,,,,
ID,Outline Level,Task Name,Duration,Predecessors,% Complete
1,1,Prepare,10 days,,
2,2,Plan rooms,5 days,,50%
3,2,Order desks,2 days,"2SS+2 days",0%
4,1,Move,3 days,1,
5,2,Carry,3 days,,
6,2,Connect,1 day,"5FF+1 day,3",
7,1,Moved in,0 days,4FS+1d,
"""


def imported(tmp_path: Path, text: str, name: str = "plan.csv") -> Imported:
    return import_files([wrote(tmp_path / name, text)], tmp_path / "my.yaml")


def spans(done: Imported) -> dict[str, tuple[float, float]]:
    plan = done.scenario.plan
    assert plan is not None
    return {task.name: span for task, span in zip(plan.tasks, earliest(plan), strict=True)}


def test_headings_are_no_work_and_their_links_are_those_of_what_is_below_them(tmp_path: Path) -> None:
    done = imported(tmp_path, OUTLINED)
    assert spans(done) == {
        "2 Plan rooms": (0.0, 2.5),
        "3 Order desks": (2.0, 4.0),
        "5 Carry": (4.0, 7.0),
        "6 Connect": (4.0, 8.0),
        "7 Moved in": (9.0, 9.0),
    }
    assert "2 headings: such as epics: no work themselves" in map(str, done.left_out)


def test_an_outline_may_be_told_by_numbers_alone(tmp_path: Path) -> None:
    text = "WBS,Task,Work,Predecessors\n1,Build,16h,\n1.1,Floor,8h,\n1.2,Walls,8h,1.1\n2,Paint,4h,1\n"
    assert spans(imported(tmp_path, text)) == {
        "1.1 Floor": (0.0, 1.0),
        "1.2 Walls": (1.0, 2.0),
        "2 Paint": (2.0, 2.5),
    }


def test_durations_without_a_unit_are_asked_about(tmp_path: Path) -> None:
    text = "ID,Task,Duration,Predecessors\n1,Floor,3,\n2,Walls,2,1\n"
    with pytest.raises(ScenarioError, match=r"Duration: has '3' without a unit: days or hours\?; say unit:"):
        imported(tmp_path, text)
    columns = wrote(
        tmp_path / "columns.yaml",
        "columns: {id: ID, title: Task, estimate: Duration, after: Predecessors}\nunit: days\n",
    )
    done = import_files([tmp_path / "plan.csv"], tmp_path / "my.yaml", columns=columns)
    assert spans(done)["2 Walls"] == (3.0, 5.0)


def test_tasks_follow_tasks_of_other_projects(tmp_path: Path) -> None:
    text = "ID,Project,Task,Estimate,Predecessors\n1,Shop,Pages,8h,2\n2,Data,Tables,16h,\n"
    done = imported(tmp_path, text)
    assert spans(done) == {"1 Pages": (2.0, 3.0), "2 Tables": (0.0, 2.0)}


def task(uid: int, name: str, level: int = 1, links: str = "", **said: object) -> str:
    values = {"UID": uid, "ID": uid, "Name": name, "OutlineLevel": level} | said
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in values.items())
    return f"<Task>{inside}{links}</Task>"


def link(uid: int, kind: int = 1, lag: int = 0, form: int = 7) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{form}</LagFormat></PredecessorLink>"
    )


def project(*tasks: str, head: str = "", rest: str = "") -> str:
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">'
    return f"{start}<Title>Move</Title>{head}<Tasks>{''.join(tasks)}</Tasks>{rest}</Project>"


@pytest.mark.parametrize(
    ("kind", "second"),
    [(1, (6.0, 7.0)), (0, (0.0, 6.0)), (3, (1.0, 2.0)), (2, (0.0, 1.0))],
    ids=["1 is FS", "0 is FF", "3 is SS", "2 is SF"],
)
def test_links_of_xml_have_their_kinds_and_lags_in_tenths_of_minutes(
    tmp_path: Path, kind: int, second: tuple[float, float]
) -> None:
    tasks = [task(1, "a", Work="PT40H0M0S"), task(2, "b", Work="PT8H0M0S", links=link(1, kind, 4800))]
    assert spans(imported(tmp_path, project(*tasks), "plan.xml"))["2 b"] == second


def test_a_lag_of_days_and_nights_is_counted_in_working_days(tmp_path: Path) -> None:
    tasks = [task(1, "a", Work="PT8H0M0S"), task(2, "b", Work="PT8H0M0S", links=link(1, 1, 7 * 14400, 8))]
    assert spans(imported(tmp_path, project(*tasks), "plan.xml"))["2 b"] == (6.0, 7.0)


def test_work_may_stand_with_the_people_on_a_task_alone(tmp_path: Path) -> None:
    people = "".join(f"<Resource><UID>{n}</UID><Name>r{n}</Name></Resource>" for n in (1, 2))
    assigned = "".join(
        f"<Assignment><TaskUID>2</TaskUID><ResourceUID>{n}</ResourceUID><Work>PT{hours}H0M0S</Work></Assignment>"
        for n, hours in ((1, 40), (2, 20), (-65535, 40))
    )
    tasks = [
        task(1, "Prepare", Duration="PT48H0M0S", Work="PT0H0M0S"),
        task(2, "Pack", 2, Duration="PT40H0M0S", Work="PT0H0M0S"),
        task(3, "Carry", 2, Duration="PT8H0M0S"),
    ]
    rest = f"<Resources>{people}</Resources><Assignments>{assigned}</Assignments>"
    reading = imported(tmp_path, project(*tasks, rest=rest), "plan.xml").readings[0]
    assert [(item.estimate_hours, item.crew) for item in reading.items[1:]] == [(60, 2), (8, 1)]
    one = "1 task says how long it takes and no work: counted as the work of one person for that time"
    assert one in reading.remarks


def test_xml_says_headings_people_groups_what_is_done_and_by_when(tmp_path: Path) -> None:
    resources = "".join(
        f"<Resource><UID>{n}</UID><Name>r{n}</Name><Type>{kind}</Type><Group>crew</Group></Resource>"
        for n, kind in ((1, 1), (2, 1), (3, 0))
    )
    assigned = "".join(
        f"<Assignment><TaskUID>2</TaskUID><ResourceUID>{n}</ResourceUID></Assignment>" for n in (1, 2, 3)
    )
    text = project(
        task(0, "Move", 0, Summary=1),
        task(1, "Prepare", Summary=1, Work="PT99H0M0S"),
        task(2, "Pack", 2, Work="PT32H0M0S", Start="2027-01-25T08:00:00", PercentWorkComplete=50),
        task(3, "Carry", 1, Duration="PT8H0M0S", Deadline="2027-02-05T17:00:00", links=link(1)),
        task(4, "Perhaps", 1, Work="PT8H0M0S", Active=0),
        head="<StatusDate>2027-02-01T17:00:00</StatusDate>",
        rest=f"<Resources>{resources}</Resources><Assignments>{assigned}</Assignments>",
    )
    done = imported(tmp_path, text, "plan.xml")
    plan, scenario = done.scenario.plan, done.scenario
    assert plan is not None
    assert {t.name: (t.estimate_hours, t.done) for t in plan.tasks} == {
        "2 Pack (1 of 2)": (16, 0.5),
        "2 Pack (2 of 2)": (16, 0.5),
        "3 Carry": (8, 0),
    }
    assert [(p.start_day, p.deadline_day) for p in plan.projects] == [(-5, 5)]
    assert ends_of_projects(plan) == [2.0]
    assert [(team.name, team.members) for team in scenario.teams] == [("crew", 2)]
    assert scenario.calendar is not None and scenario.calendar.date_of(0).isoformat() == "2027-02-01"
    assert [str(left) for left in done.readings[0].left_out] == ["1 task: inactive in the plan"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '<!DOCTYPE p [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>\n<Project>&b;</Project>',
            "declares a document type",
        ),
        (project(task(1, "a"))[:-20], "is damaged XML"),
        (project(), "is a plan without tasks"),
        (project("<Task><Name>x</Name></Task>"), "is damaged XML"),
        (project(task(1, "a", Work="PT8H0M0S"), head="<MinutesPerDay>0</MinutesPerDay>"), ""),
    ],
)
def test_xml_that_is_damaged_or_dangerous_is_refused_in_a_sentence(
    tmp_path: Path, text: str, told: str
) -> None:
    if not told:
        assert spans(imported(tmp_path, text, "plan.xml")) == {"1 a": (0.0, 1.0)}
        return
    with pytest.raises(ScenarioError, match=told):
        imported(tmp_path, text, "plan.xml")
