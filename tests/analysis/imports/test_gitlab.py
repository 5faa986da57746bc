"""An export of GitLab, whose times are seconds and whose labels say the rest, becomes what it says."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from analysis.imports.ask import Imported, import_files
from analysis.imports.foreign import named
from analysis.imports.record import Item
from sim.scenario.reading.problems import Problem, ScenarioError
from tests.analysis.imports.files import wrote

PLAIN = {
    "Title": "Pay by card",
    "Issue ID": "12",
    "URL": "https://gitlab.example/group/shop/-/issues/12",
    "State": "Closed",
    "Author Username": "a",  # a letter of a matrix of responsibilities, if one does not look
    "Assignee Username": "c",
    "Confidential": "No",
    "Created At (UTC)": "2026-03-02 10:00:00",
    "Closed At (UTC)": "2026-03-20 10:00:00",
    "Milestone": "v1",
    "Weight": "3",
    "Labels": "type::bug,team::web,priority::1",
    "Time Estimate": "28800",
    "Time Spent": "0",
}


def imported(folder: Path, *rows: dict[str, str]) -> Imported:
    text = StringIO()
    writer = csv.DictWriter(text, list(PLAIN))
    writer.writeheader()
    writer.writerows(PLAIN | row for row in rows)
    return import_files([wrote(folder / "issues.csv", text.getvalue())], folder / "my.yaml", dry_run=True)


def one(folder: Path, **said: str) -> Item:
    (item,) = imported(folder, {k.replace("_", " "): v for k, v in said.items()}).readings[0].items
    return item


def test_it_is_no_matrix_of_responsibilities_though_user_names_are_letters(tmp_path: Path) -> None:
    rows = [{"Issue ID": str(n), "Assignee Username": name} for n, name in enumerate("acirs")]
    done = imported(tmp_path, *rows)
    assert done.readings[0].what == "an export of GitLab"
    assert len(done.readings[0].items) == 5


def test_times_are_seconds_and_none_where_nobody_said_any(tmp_path: Path) -> None:
    item = one(tmp_path)
    assert (item.estimate_hours, item.spent_hours, item.points) == (8, None, 3)


def test_labels_say_the_kind_the_team_and_how_pressing_it_is(tmp_path: Path) -> None:
    item = one(tmp_path)
    assert (item.kind, item.teams, item.severe) == ("bug", ("web",), True)


def test_the_project_is_that_of_the_address_and_the_number_is_its_own(tmp_path: Path) -> None:
    item = one(tmp_path)
    assert (item.id, item.project, item.group) == ("shop#12", "shop", "v1")


def test_what_was_closed_as_a_duplicate_was_not_done(tmp_path: Path) -> None:
    assert one(tmp_path, Labels="resolution::duplicate").rejected
    assert not one(tmp_path, Labels="resolution::duplicate", State="Open").rejected


def test_given_to_another_command_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrote(Path("issues.csv"), ",".join(PLAIN) + "\n" + ",".join(["x"] * len(PLAIN)) + "\n")
    told = named(ScenarioError([Problem("issues.csv", None, "", "is no scenario", "")]))
    assert "is an export of GitLab; `rolecall import issues.csv` reads it" in str(told)
