"""Any table of items is read by a file that says which column is what; one is proposed, and can be edited."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.imports.ask import Imported, import_files
from analysis.imports.record import Item
from sim.scenario.reading.amounts import hours_of
from sim.scenario.reading.problems import ScenarioError
from tests.analysis.imports.files import wrote

STRANGE = "Vorhaben;Was;Wer;Brauche\nShop;Katalog;Ada;1,5\nShop;Zahlung;Ada;12\n"
MAPPING = "columns: {project: Vorhaben, title: Was, team: Wer, estimate: Brauche}\nunit: days\n"


def imported(tmp_path: Path, text: str, mapping: str = "") -> Imported:
    table = wrote(tmp_path / "items.csv", text)
    columns = wrote(tmp_path / "columns.yaml", mapping) if mapping else None
    return import_files([table], tmp_path / "my.yaml", columns=columns)


def items(done: Imported) -> tuple[Item, ...]:
    return done.readings[0].items


def test_a_table_with_words_of_its_own_is_read_by_a_file_of_columns(tmp_path: Path) -> None:
    first, second = items(imported(tmp_path, STRANGE, MAPPING))
    assert (first.project, first.title, first.teams, first.estimate_hours) == (
        "Shop",
        "Katalog",
        ("Ada",),
        12,
    )
    assert second.estimate_hours == 96


def test_without_one_it_is_refused_with_the_way_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"rolecall import FILE --dry-run` proposes"):
        imported(tmp_path, STRANGE)


def test_what_is_proposed_reads_the_table_as_it_is_read_without(tmp_path: Path) -> None:
    header = "Task,Project,Estimate,Created,Owner,Depends on,Mood"
    text = f"{header}\nA,Shop,8h,2026-03-01,Ada,,fine\nB,Shop,2d,,Ada,A,\n"
    table = wrote(tmp_path / "items.csv", text)
    said: list[str] = []
    without = import_files([table], tmp_path / "a.yaml", propose=said.append)
    assert "# Not used: Mood" in said[0]
    columns = wrote(tmp_path / "columns.yaml", said[0])
    assert items(import_files([table], tmp_path / "b.yaml", columns=columns)) == items(without)


@pytest.mark.parametrize(
    ("mapping", "wrong"),
    [
        ("columns: {title: Wsa}", "columns.title: names 'wsa', no column of .*did you mean Was"),
        ("columns: {titel: Was}", "columns.yaml:1: columns.titel: is no field; did you mean title"),
        ("columns: {title: Was}\nunit: fortnights", "columns.yaml:2: unit: is 'fortnights'; give seconds or"),
        ("columns: {title: Was}\ndone: Fertig", "columns.yaml:2: done: is 'Fertig'; give a list of words"),
        ("colums: {title: Was}", "columns: is missing"),
        ("columns: [", "columns.yaml:2: is not valid YAML"),
    ],
)
def test_what_is_wrong_with_a_file_of_columns_is_told_with_its_place(
    tmp_path: Path, mapping: str, wrong: str
) -> None:
    with pytest.raises(ScenarioError, match=wrong):
        imported(tmp_path, STRANGE, mapping)


def test_words_that_a_user_gives_take_the_place_of_those_that_are_known(tmp_path: Path) -> None:
    text = "Task,Project,Status,Type\nA,Shop,Live,Story\nB,Shop,Done,Story\nC,Shop,Live,Chapter\n"
    mapping = "columns: {title: Task, project: Project, status: Status, type: Type}\n"
    first, second, third = items(imported(tmp_path, text, f"{mapping}done: [Live]\ncontainers: [Chapter]\n"))
    assert (first.finished, second.finished, third.kind) == (True, False, "container")


def test_estimates_of_linear_are_points_and_no_hours(tmp_path: Path) -> None:
    text = "ID,Team,Title,Status,Estimate,Cycle Number,Triaged,Created\nE-1,Web,A,Done,3,1,,2026-03-01\n"
    (item,) = items(imported(tmp_path, text))
    assert (item.points, item.estimate_hours) == (3, None)


def test_a_row_with_more_cells_than_the_header_is_told(tmp_path: Path) -> None:
    done = imported(tmp_path, "Task,Project,Labels\nA,Shop,one,two\n")
    assert "1 row: more cells than the header: its columns may be shifted" in map(
        str, done.readings[0].left_out
    )


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = "Plan of spring,,\n,,\nTask,Project,Estimate\nA,Shop,8\n"
    assert [item.title for item in items(imported(tmp_path, text))] == ["A"]


def test_a_number_that_could_be_read_in_two_ways_is_refused_with_both(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"estimate: has '1\.200', which is 1\.2 or 1200; say decimal"):
        imported(tmp_path, "Task,Project,Estimate\nA,Shop,1.200\n")


def test_another_number_of_the_column_shows_how_it_is_meant(tmp_path: Path) -> None:
    read = items(imported(tmp_path, "Task;Project;Estimate\nA;Shop;1.200\nB;Shop;2,5\n"))
    assert [item.estimate_hours for item in read] == [1200, 2.5]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(
            ("1w 2d 3h", 59),
            ("3d", 24),
            ("2w 3d", 104),
            ("16h", 16),
            ("PT16H", 16),
            ("90m", 1.5),
            ("P1DT2H", 10),
        ),
        *(
            ("7:30", 7.5),
            ("2,5 Std", 2.5),
            ("3 days", 24),
            ("1.5h", 1.5),
            ("soon", None),
            ("-4", None),
            ("3mo", None),
        ),
    ],
)
def test_times_of_work_say_their_units_in_many_ways(text: str, hours: float | None) -> None:
    assert hours_of(text, "hours") == hours


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"<html><body><table><tr><td>Key</td></tr></table>", "is HTML, whatever its name ends with"),
        (b'<?xml version="1.0"?>\n<Project xmlns="http://schemas.microsoft.com/project">', "MS Project"),
        (b"ERMHDR\t19.12\t2026-01-01", "Primavera"),
        (b'[{"title": "A"}]', "is JSON"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0 old", "an old or a protected workbook"),
        (
            b"\xd0\xcf\x11\xe0 M\0S\0P\0r\0o\0j\0e\0c\0t\0",
            r"of MS Project in its own form \(mpp\); save it there as XML",
        ),
        (b"MPX,Microsoft Project,4.0\n", r"in its oldest form \(MPX\); save it there as XML"),
        (b"\xac\xed\0\5t\0", "in ProjectLibre's own form"),
        (b'<?xml version="1.0"?><project name="x" gantt-divider-location="4">', "in GanttProject's own form"),
        (
            b'<?xml version="1.0"?>\n<APIBusinessObjects xmlns="x">',
            "of Primavera in XML; export it there as XER",
        ),
        (b'<project name="x">', "is XML, which is not read"),
        (b"PK\x03\x04 nothing", "is a damaged zip"),
        (b"Task,Project\nA,\0Shop\n", "is no text"),
        (b"", "is empty"),
        (b"Task,Project\n", "has no items below its header"),
        (b'Task,Project\nA,"Shop\nB,Shop\n', "items.csv:2: opens a quote that is never closed"),
    ],
)
def test_what_is_no_table_is_named_in_a_sentence(tmp_path: Path, content: bytes, wrong: str) -> None:
    (tmp_path / "items.csv").write_bytes(content)
    with pytest.raises(ScenarioError, match=wrong):
        import_files([tmp_path / "items.csv"], tmp_path / "my.yaml")


def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for n in range(500):
        book.active.append([f"Task {n}", "Project", n])
    book.save(tmp_path / "whole.xlsx")
    content = (tmp_path / "whole.xlsx").read_bytes()
    refused: list[str] = []
    for place in range(100, len(content) - 100, 211):
        damaged = content[:place] + b"\xff\x00\xff" + content[place + 3 :]
        (tmp_path / "items.xlsx").write_bytes(damaged)
        try:
            import_files([tmp_path / "items.xlsx"], tmp_path / "my.yaml", dry_run=True)
        except ScenarioError as error:
            refused.append(str(error))
    assert any("is a damaged workbook; save it anew as xlsx" in each for each in refused)


def test_a_workbook_is_read_as_its_csv_would_be(tmp_path: Path) -> None:
    openpyxl: Any = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Task", "Project", "Estimate", "% Complete"])
    book.active.append(["A", "Shop", 8, 0.5])
    book.active.append(["B", "Shop", timedelta(hours=30), 1])
    book.active["D2"].number_format = book.active["D3"].number_format = "0%"
    book.save(tmp_path / "items.xlsx")
    done = import_files([tmp_path / "items.xlsx"], tmp_path / "my.yaml")
    assert [(item.title, item.estimate_hours, item.done_share) for item in items(done)] == [
        ("A", 8, 0.5),
        ("B", 30, 1),
    ]


def test_the_defaults_that_are_written_are_those_of_a_scenario() -> None:
    from analysis.imports.scenario_lines import PROJECTS, SERVICES
    from sim.scenario import scenario_from

    portfolio = scenario_from({"name": "x", "portfolio": {"services": {}}}).portfolio
    assert portfolio.projects is not None and portfolio.services is not None
    assert {key: getattr(portfolio.projects, key) for key in PROJECTS} == PROJECTS
    assert {key: getattr(portfolio.services, key) for key in SERVICES} == SERVICES


def test_what_is_proposed_is_plain_yaml(tmp_path: Path) -> None:
    said: list[str] = []
    wrote(tmp_path / "items.csv", 'Task,Project,"Odd: name [x]",Estimate\nA,Shop,1,8\n')
    import_files([tmp_path / "items.csv"], tmp_path / "my.yaml", propose=said.append)
    assert yaml.safe_load(said[0])["columns"] == {
        "title": ["Task"],
        "project": ["Project"],
        "estimate": ["Estimate"],
    }


def test_a_header_may_hold_its_unit_and_a_row_that_only_adds_up_is_no_item(tmp_path: Path) -> None:
    text = "Nr;Aufgabe;Aufwand (Tage)\n1;Planen;2,5\n2;Bauen;4\nSumme;;6,5\n"
    done = import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)
    assert [item.estimate_hours for item in done.readings[0].items] == [20, 32]
    assert [str(left) for left in done.readings[0].left_out] == ["1 row: only adds up others"]


def test_times_that_would_be_years_of_work_are_asked_about(tmp_path: Path) -> None:
    text = "ID,Task,Estimate\n1,Plan,28800\n2,Build,14400\n"
    with pytest.raises(ScenarioError, match=r"Estimate: has '28800' without a unit: hours or seconds\?"):
        import_files([wrote(tmp_path / "plan.csv", text)], tmp_path / "my.yaml", dry_run=True)


def test_the_word_that_jira_has_for_a_key_makes_plain_times_seconds(tmp_path: Path) -> None:
    text = "Summary,Issue key,Status,Original estimate\nPages,SHP-1,Done,28800\n"
    done = import_files([wrote(tmp_path / "few.csv", text)], tmp_path / "my.yaml", dry_run=True)
    assert [item.estimate_hours for item in done.readings[0].items] == [8]
