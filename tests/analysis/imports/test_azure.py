"""An export of Azure DevOps, with what its columns mean there and nowhere else, becomes what it says."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.imports.ask import Imported, import_files
from analysis.imports.record import Item
from tests.analysis.imports.files import wrote

HEADER = (
    *("ID", "Work Item Type", "Title", "Assigned To", "State", "Reason", "Area Path", "Iteration Path"),
    *("Tags", "Created Date", "Closed Date", "Resolved Date", "Original Estimate", "Completed Work"),
    *("Remaining Work", "Effort", "Priority", "Parent"),
)
DONE = {
    "Work Item Type": "Task",
    "Assigned To": "Ada L <ada@example.com>",
    "State": "Closed",
    "Reason": "Completed",
    "Area Path": r"Shop\Web",
    "Created Date": "3/13/2026 9:14:00 AM",
    "Closed Date": "3/27/2026 5:00:00 PM",
    "Priority": "2",
}


def azure(*rows: dict[str, str], header: tuple[str, ...] = HEADER) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows({**DONE, "Title": f"Work of {row['ID']}", **row} for row in rows)
    return text.getvalue()


def imported(folder: Path, text: str, encoding: str = "utf-8-sig") -> Imported:
    return import_files([wrote(folder / "query.csv", text, encoding)], folder / "my.yaml", dry_run=True)


def items(folder: Path, text: str) -> dict[str, Item]:
    return {item.id: item for item in imported(folder, text).readings[0].items}


def one(folder: Path, **said: str) -> Item:
    (item,) = items(folder, azure({"ID": "1", **{k.replace("_", " "): v for k, v in said.items()}})).values()
    return item


def left_out(done: Imported) -> dict[str, int]:
    return {left.why: left.count for left in done.readings[0].left_out}


def test_it_is_told_as_what_it_is_and_that_it_has_no_links(tmp_path: Path) -> None:
    reading = imported(tmp_path, azure({"ID": "1"})).readings[0]
    assert reading.what == "an export of Azure DevOps"
    assert any("not what waits for what" in remark for remark in reading.remarks)


def test_an_area_path_is_a_project_and_a_team(tmp_path: Path) -> None:
    item = one(tmp_path)
    assert (item.project, item.teams) == ("Shop", ("Web",))


def test_a_path_of_one_part_names_no_team(tmp_path: Path) -> None:
    item = one(tmp_path, Area_Path="Shop")
    assert (item.project, item.teams) == ("Shop", ())


def test_it_is_known_without_the_types_of_work_items(tmp_path: Path) -> None:
    text = "ID,Title,Assigned To,State,Area Path,Tags\n1,Pages,Ada,Done,Shop\\Web,\n"
    reading = imported(tmp_path, text).readings[0]
    assert (reading.what, reading.items[0].project) == ("an export of Azure DevOps", "Shop")


def test_hours_are_hours_and_effort_is_points(tmp_path: Path) -> None:
    item = one(tmp_path, Original_Estimate="8", Completed_Work="6.5", Remaining_Work="0", Effort="5")
    assert (item.estimate_hours, item.spent_hours, item.remaining_hours, item.points) == (8, 6.5, 0, 5)


@pytest.mark.parametrize(
    ("state", "done", "resolved"), [("Closed", "3/27/2026", ""), ("Resolved", "", "3/27/2026")]
)
def test_what_was_resolved_and_never_closed_is_done_on_that_day(
    tmp_path: Path, state: str, done: str, resolved: str
) -> None:
    item = one(tmp_path, State=state, Closed_Date=done, Resolved_Date=resolved)
    assert item.finished and str(item.done) == "2026-03-27"


@pytest.mark.parametrize(
    ("state", "reason", "rejected"),
    [
        ("Closed", "Completed", False),
        ("Closed", "Cut", True),
        ("Closed", "Duplicate", True),
        ("Removed", "Removed from the backlog", True),
        ("Active", "Duplicate", False),
        ("Active", "Deferred", False),
    ],
)
def test_a_reason_counts_for_what_is_closed_alone(
    tmp_path: Path, state: str, reason: str, rejected: bool
) -> None:
    assert one(tmp_path, State=state, Reason=reason).rejected is rejected


def test_a_story_with_tasks_below_is_not_counted_beside_them(tmp_path: Path) -> None:
    text = azure(
        {"ID": "1", "Work Item Type": "Feature"},
        {"ID": "2", "Work Item Type": "User Story", "Parent": "1", "Effort": "8"},
        {"ID": "3", "Parent": "2", "Original Estimate": "4"},
        {"ID": "4", "Parent": "2", "Original Estimate": "6"},
        {"ID": "5", "Work Item Type": "User Story", "Parent": "1", "Effort": "3"},
    )
    done = imported(tmp_path, text)
    found = {item.id: item for item in done.readings[0].items}
    assert list(found) == ["1", "3", "4", "5"]
    assert found["1"].kind == "container" and {found[n].group for n in ("3", "4", "5")} == {"1"}
    assert left_out(done)["has tasks below it, and these are counted"] == 1


def test_a_tree_of_titles_says_what_belongs_to_what(tmp_path: Path) -> None:
    header = (*("ID", "Work Item Type", "Title 1", "Title 2", "Title 3"), *HEADER[3:-1])
    tree = (
        {"ID": "1", "Work Item Type": "Epic", "Title 1": "Shop front"},
        {"ID": "2", "Work Item Type": "Product Backlog Item", "Title 2": "Checkout"},
        {"ID": "3", "Title 3": "Card"},
        {"ID": "4", "Work Item Type": "Bug", "Title 1": "Certificate"},
    )
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="")
    writer.writeheader()
    writer.writerows({**DONE, **row} for row in tree)
    found = items(tmp_path, text.getvalue())
    assert {n: (item.title, item.group) for n, item in found.items()} == {
        "1": ("Shop front", ""),
        "3": ("Card", "1"),
        "4": ("Certificate", ""),
    }
    assert found["4"].kind == "bug"


def test_tests_and_reviews_take_no_part(tmp_path: Path) -> None:
    done = imported(tmp_path, azure({"ID": "1"}, {"ID": "2", "Work Item Type": "Test Case", "Parent": "1"}))
    assert [item.id for item in done.readings[0].items] == ["1"]
    assert left_out(done)["no work of a project"] == 1


def test_a_parent_that_is_not_in_the_file_makes_no_project(tmp_path: Path) -> None:
    assert one(tmp_path, Parent="977").group == ""


def test_items_that_are_each_others_parents_end(tmp_path: Path) -> None:
    rows = ({"ID": "1", "Parent": "2"}, {"ID": "2", "Parent": "1"}, {"ID": "3", "Parent": "1"})
    assert list(items(tmp_path, azure(*rows))) == ["3"]


def test_the_columns_that_are_not_used_are_named_once(tmp_path: Path) -> None:
    done = imported(tmp_path, azure({"ID": "1", "Tags": "red; blue", "Iteration Path": r"Shop\1"}))
    unused = next(left.why for left in done.readings[0].left_out if left.what == "column")
    assert unused == "not used: Iteration Path, Tags"


def test_the_columns_that_are_proposed_are_read_again_and_can_be_edited(tmp_path: Path) -> None:
    path = wrote(tmp_path / "query.csv", azure({"ID": "1"}, {"ID": "2"}))
    proposed: list[str] = []
    import_files([path], dry_run=True, propose=proposed.append)
    for name, text in (("same", proposed[0]), ("other", proposed[0].replace('"Team"', '"Area Path"'))):
        columns = wrote(tmp_path / f"{name}.yaml", text)
        found = import_files([path], columns=columns, dry_run=True).readings[0].items
        team = "Web" if name == "same" else r"Shop\Web"
        assert [(item.project, item.teams, item.finished) for item in found] == [("Shop", (team,), True)] * 2


def test_given_to_another_command_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrote(tmp_path / "query.csv", azure({"ID": "1"}, {"ID": "2"}))
    done: Any = CliRunner().invoke(app, ["check", "query.csv"])
    assert done.exit_code == 2
    assert "is an export of Azure DevOps; `rolecall import query.csv` reads it" in done.stderr
