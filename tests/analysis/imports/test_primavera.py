"""A plan of Primavera (XER) becomes the tasks, links, people and progress that it says."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.imports.ask import Imported, import_files
from analysis.imports.record import Item, ItemLink
from sim.scenario.reading.problems import ScenarioError
from tests.analysis.imports.files import wrote

TASK = {
    "proj_id": "7",
    "clndr_id": "1",
    "task_type": "TT_Task",
    "status_code": "TK_NotStart",
    "complete_pct_type": "CP_Drtn",
    "target_drtn_hr_cnt": "40",
    "remain_drtn_hr_cnt": "40",
    "target_work_qty": "60",
    "target_start_date": "2027-01-18 08:00",
}


def task(number: str, **said: str) -> dict[str, str]:
    return TASK | {"task_id": number, "task_code": f"A{number}", "task_name": f"Work of {number}"} | said


def link(before: str, after: str, kind: str = "PR_FS", lag: str = "0") -> dict[str, str]:
    return {"task_id": after, "pred_task_id": before, "pred_type": kind, "lag_hr_cnt": lag}


def xer(*tasks: dict[str, str], end: bool = True, **others: list[dict[str, str]]) -> str:
    tables = {
        "CALENDAR": [{"clndr_id": "1", "clndr_name": "Five days", "day_hr_cnt": "8"}],
        "PROJECT": [{"proj_id": "7", "proj_short_name": "Move", "last_recalc_date": "2027-02-01 17:00"}],
        "TASK": list(tasks),
    } | others
    lines = ["ERMHDR\t19.12\t2027-02-01\tProject\tadmin"]
    for name, rows in tables.items():
        fields = list(dict.fromkeys(key for row in rows for key in row))
        lines += [f"%T\t{name}", "\t".join(["%F", *fields])]
        lines += ["\t".join(["%R", *(row.get(field, "") for field in fields)]) for row in rows]
    return "\r\n".join([*lines, *(["%E"] if end else []), ""])


def imported(folder: Path, text: str, encoding: str = "cp1252") -> Imported:
    return import_files([wrote(folder / "plan.xer", text, encoding)], folder / "my.yaml", dry_run=True)


def items(folder: Path, text: str) -> dict[str, Item]:
    return {item.id: item for item in imported(folder, text).readings[0].items}


def one(folder: Path, **said: str) -> Item:
    return items(folder, xer(task("1", **said)))["A1"]


def left_out(done: Imported) -> dict[str, int]:
    return {left.why: left.count for left in done.readings[0].left_out}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_task_is_known_by_its_code_with_project_and_hours(tmp_path: Path, encoding: str) -> None:
    reading = imported(tmp_path, xer(task("1", task_name="Umzug für alle")), encoding).readings[0]
    (item,) = reading.items
    assert (item.id, item.title, item.project) == ("A1", "Umzug für alle", "Move")
    assert (item.estimate_hours, str(item.started), str(reading.day)) == (60, "2027-01-18", "2027-02-01")


def test_where_no_work_is_planned_one_person_takes_as_long_as_the_task(tmp_path: Path) -> None:
    done = imported(tmp_path, xer(task("1", target_work_qty="0")))
    assert done.readings[0].items[0].estimate_hours == 40
    assert any(remark.startswith("1 task says how long") for remark in done.readings[0].remarks)


@pytest.mark.parametrize("comma", ["40,5", "40.5"])
def test_numbers_have_a_point_or_a_comma(tmp_path: Path, comma: str) -> None:
    assert one(tmp_path, target_work_qty=comma).estimate_hours == 40.5


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ({"status_code": "TK_NotStart", "remain_drtn_hr_cnt": "10"}, 0),
        ({"status_code": "TK_Complete"}, 1),
        ({"remain_drtn_hr_cnt": "10"}, 0.75),
        ({"complete_pct_type": "CP_Phys", "phys_complete_pct": "30"}, 0.3),
        ({"complete_pct_type": "CP_Units", "act_work_qty": "30", "remain_work_qty": "90"}, 0.25),
    ],
    ids=["not begun", "complete", "by duration", "by eye", "by units"],
)
def test_what_is_done_of_a_task_is_told_by_its_own_measure(
    tmp_path: Path, said: dict[str, str], share: float
) -> None:
    item = one(tmp_path, **{"status_code": "TK_Active", **said})
    assert item.done_share == pytest.approx(share) and item.finished is (share == 1)


def test_links_have_a_kind_and_a_lag_in_days_of_the_calendar(tmp_path: Path) -> None:
    calendar = [{"clndr_id": "1", "day_hr_cnt": "10"}]
    links = [link("1", "2", "PR_SS", "20"), link("1", "3", "PR_FF", "-10"), link("2", "3")]
    found = items(tmp_path, xer(task("1"), task("2"), task("3"), TASKPRED=links, CALENDAR=calendar))
    assert found["A2"].ties == (ItemLink("A1", "SS", 2),)
    assert found["A3"].ties == (ItemLink("A1", "FF", -1), ItemLink("A2", "FS", 0))


def test_a_level_of_effort_and_a_link_to_another_file_are_told_and_left_out(tmp_path: Path) -> None:
    effort = task("2", task_type="TT_LOE")
    done = imported(tmp_path, xer(task("1"), effort, TASKPRED=[link("2", "1"), link("99", "1")]))
    assert [item.id for item in done.readings[0].items] == ["A1"] and not done.readings[0].items[0].ties
    told = left_out(done)
    assert told["level of effort: no work of its own"] == 1
    assert told["to a task of another file, or to one without work of its own"] == 2


def test_a_milestone_has_no_work_and_a_constraint_is_a_deadline(tmp_path: Path) -> None:
    due = {"cstr_type": "CS_MEOB", "cstr_date": "2027-03-12 17:00"}
    item = one(tmp_path, task_type="TT_FinMile", **due)
    assert (item.estimate_hours, str(item.due)) == (0, "2027-03-12")
    assert one(tmp_path, cstr_type="CS_MSO", cstr_date="2027-03-12 17:00").due is None


def test_people_share_a_task_and_are_of_the_resource_above_them_but_machines_are_not(
    tmp_path: Path,
) -> None:
    resources = [
        {"rsrc_id": "1", "rsrc_name": "Facilities", "rsrc_type": "RT_Labor"},
        {"rsrc_id": "2", "rsrc_name": "Ada", "rsrc_type": "RT_Labor", "parent_rsrc_id": "1"},
        {"rsrc_id": "3", "rsrc_name": "Bo", "rsrc_type": "RT_Labor", "parent_rsrc_id": "1"},
        {"rsrc_id": "4", "rsrc_name": "Crane", "rsrc_type": "RT_Equip", "parent_rsrc_id": "1"},
    ]
    assigned = [{"task_id": "1", "rsrc_id": number} for number in ("2", "3", "4")]
    done = imported(tmp_path, xer(task("1"), RSRC=resources, TASKRSRC=assigned))
    (item,) = done.readings[0].items
    assert (item.people, item.teams, item.crew) == (("Ada", "Bo"), ("Facilities",), 2)
    assert not any("Ada" in text for text in done.content.files.values())


def test_tasks_of_several_projects_with_one_code_are_told_apart(tmp_path: Path) -> None:
    projects = [{"proj_id": n, "proj_short_name": name} for n, name in (("7", "Move"), ("8", "Sell"))]
    other = task("2", proj_id="8", task_code="A1")
    found = items(tmp_path, xer(task("1"), other, PROJECT=projects, TASKPRED=[link("1", "2")]))
    assert {name: item.project for name, item in found.items()} == {"Move A1": "Move", "Sell A1": "Sell"}
    assert found["Sell A1"].ties == (ItemLink("Move A1"),)


def test_headings_and_calendars_are_told(tmp_path: Path) -> None:
    headings = [{"wbs_id": "1", "proj_node_flag": "Y"}, {"wbs_id": "2", "proj_node_flag": "N"}]
    told = left_out(imported(tmp_path, xer(task("1"), PROJWBS=headings)))
    assert told["of the breakdown of work: no work themselves"] == 1
    assert told["say `starts`, `working_days` and `holidays` in the scenario"] == 1


def test_the_plan_that_is_written_has_its_links_and_what_is_done(tmp_path: Path) -> None:
    text = xer(task("1", status_code="TK_Complete"), task("2"), TASKPRED=[link("1", "2", "PR_SS", "16")])
    table = imported(tmp_path, text).content.files["my_tasks.csv"]
    rows = {row["task"].split()[0]: row for row in csv.DictReader(StringIO(table))}
    assert rows["A1"]["percent_complete"] == "100" and "SS+2d" in rows["A2"]["predecessors"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (xer(task("1"), end=False), "breaks off: its end is missing"),
        (xer(), "without tasks"),
        ("ERMHDR\t19.12\r\n%E\r\n", "without tasks"),
    ],
    ids=["cut off", "no tasks", "nothing"],
)
def test_what_is_no_whole_plan_is_told_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        imported(tmp_path, text)


def test_given_to_another_command_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrote(tmp_path / "plan.xer", xer(task("1")))
    done = CliRunner().invoke(app, ["check", "plan.xer"])
    assert done.exit_code == 2
    assert "is a plan of Primavera (XER); `rolecall import plan.xer` reads it" in done.stderr
