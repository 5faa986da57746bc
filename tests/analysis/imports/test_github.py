"""Issues of GitHub in JSON, in each of the forms in which they are had, become what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.imports.ask import Imported, import_files
from analysis.imports.record import Item, ItemLink
from sim.scenario.reading.problems import ScenarioError
from tests.analysis.imports.files import wrote


def of_api(number: int, **said: Any) -> dict[str, Any]:
    """An issue as the API gives it, closed as completed but for what is said."""
    return {
        "url": f"https://api.github.com/repos/acme/shop/issues/{number}",
        "repository_url": "https://api.github.com/repos/acme/shop",
        "html_url": f"https://github.com/acme/shop/issues/{number}",
        "number": number,
        "title": f"Work of {number}",
        "state": "closed",
        "state_reason": "completed",
        "labels": [],
        "assignees": [{"login": "ada"}],
        "milestone": None,
        "created_at": "2026-03-03T11:02:00Z",
        "closed_at": "2026-03-27T13:00:00Z",
        "body": None,
    } | said


def of_gh(number: int, **said: Any) -> dict[str, Any]:
    """An issue as `gh issue list --json` gives it."""
    return {
        "url": f"https://github.com/acme/shop/issues/{number}",
        "number": number,
        "title": f"Work of {number}",
        "state": "CLOSED",
        "stateReason": "COMPLETED",
        "labels": [{"name": "kind/bug"}],
        "assignees": [{"login": "ada"}],
        "milestone": {"number": 1, "title": "Spring"},
        "createdAt": "2026-03-03T11:02:00Z",
        "closedAt": "2026-03-27T13:00:00Z",
        "body": "",
    } | said


def imported(folder: Path, text: str, encoding: str = "utf-8") -> Imported:
    return import_files([wrote(folder / "issues.json", text, encoding)], folder / "my.yaml", dry_run=True)


def items(folder: Path, *entries: Any) -> dict[str, Item]:
    return {item.id: item for item in imported(folder, json.dumps(list(entries))).readings[0].items}


def one(folder: Path, **said: Any) -> Item:
    (item,) = items(folder, of_api(1, **said)).values()
    return item


@pytest.mark.parametrize("form", [of_api, of_gh])
def test_an_issue_says_where_it_is_from_and_when_it_was_open(tmp_path: Path, form: Any) -> None:
    (item,) = items(tmp_path, form(7)).values()
    assert (item.id, item.project, item.title) == ("shop#7", "shop", "Work of 7")
    assert (str(item.created), str(item.done), item.finished) == ("2026-03-03", "2026-03-27", True)
    assert item.people == ("ada",) and not item.rejected


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([of_api(1), of_api(2)]),
        json.dumps([[of_api(1)], [of_api(2)]]),
        json.dumps([of_api(1)]) + json.dumps([of_api(2)]),
        json.dumps(of_api(1)) + "\n" + json.dumps(of_api(2)) + "\n",
        json.dumps({"total_count": 2, "items": [of_api(1), of_api(2)]}, indent=1),
    ],
    ids=["a list", "pages in a list", "page after page", "a line each", "a search"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_form_in_which_they_are_had_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    reading = imported(tmp_path, text, encoding).readings[0]
    assert [item.id for item in reading.items] == ["shop#1", "shop#2"]
    assert reading.what == "issues of GitHub" and reading.rows == 2


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ([], "task"),
        (["enhancement"], "task"),
        (["bug"], "bug"),
        (["type: bug"], "bug"),
        (["kind/bug"], "bug"),
        (["question"], "request"),
        (["support"], "request"),
        (["epic"], "container"),
    ],
)
def test_labels_tell_the_kind(tmp_path: Path, labels: list[str], kind: str) -> None:
    assert items(tmp_path, of_api(1, labels=labels), of_api(2))["shop#1"].kind == kind


def test_labels_tell_team_points_and_how_pressing_it_is(tmp_path: Path) -> None:
    labels = [{"name": "Team: Web"}, {"name": "area/payments"}, {"name": "points: 5"}, {"name": "P1"}]
    item = one(tmp_path, labels=labels)
    assert (item.teams, item.points, item.severe) == (("web", "payments"), 5, True)
    assert one(tmp_path, labels=["priority: low"]).severe is False


def test_where_no_label_speaks_of_urgency_nothing_is_known_of_it(tmp_path: Path) -> None:
    assert one(tmp_path).severe is None


@pytest.mark.parametrize(
    ("said", "rejected"),
    [
        ({"state_reason": "not_planned"}, True),
        ({"state_reason": "duplicate"}, True),
        ({"labels": ["wontfix"]}, True),
        ({"state": "open", "state_reason": "reopened", "closed_at": None}, False),
        ({"state": "open", "labels": ["wontfix"], "closed_at": None}, False),
    ],
)
def test_what_was_not_planned_was_not_done(tmp_path: Path, said: dict[str, Any], rejected: bool) -> None:
    item = items(tmp_path, of_api(1, **said), of_api(2))["shop#1"]
    assert item.rejected is rejected and item.finished is rejected


def test_pull_requests_and_strange_objects_take_no_part(tmp_path: Path) -> None:
    pull = of_api(3, pull_request={"url": "x"})
    listed = of_gh(4, url="https://github.com/acme/shop/pull/4")
    done = imported(tmp_path, json.dumps([of_api(1), pull, listed, {"message": "rate limit"}]))
    assert [item.id for item in done.readings[0].items] == ["shop#1"]
    assert {left.what: left.count for left in done.readings[0].left_out} == {"pull request": 2, "object": 1}


def test_issues_of_several_repositories_are_told_apart(tmp_path: Path) -> None:
    other = of_gh(1, url="https://github.com/acme/ops/issues/1")
    assert {i: item.project for i, item in items(tmp_path, of_gh(1), other).items()} == {
        "shop#1": "shop",
        "ops#1": "ops",
    }


def test_a_milestone_or_the_issue_above_is_what_it_belongs_to(tmp_path: Path) -> None:
    spring = {"title": "Spring", "due_on": "2026-05-29T00:00:00Z"}
    above = of_api(9, sub_issues_summary={"total": 2, "completed": 0})
    below = of_api(2, parent={"number": 9})
    found = items(tmp_path, of_api(1, milestone=spring), above, below)
    assert (found["shop#1"].group, str(found["shop#1"].due)) == ("Spring", "2026-05-29")
    assert found["shop#9"].kind == "container" and found["shop#2"].group == "shop#9"


def test_a_text_that_says_what_blocks_it_is_a_link(tmp_path: Path) -> None:
    body = "Fixes a lot. Blocked by #1, #2 and #3. See #4."
    found = items(tmp_path, *(of_api(n) for n in range(1, 5)), of_api(5, body=body))
    assert found["shop#5"].ties == (ItemLink("shop#1"), ItemLink("shop#2"), ItemLink("shop#3"))


def test_nothing_that_names_people_is_written(tmp_path: Path) -> None:
    done = imported(tmp_path, json.dumps([of_api(n, assignees=[{"login": "ada-l"}]) for n in range(1, 9)]))
    assert {"my.yaml", "my_tasks.csv"} <= done.content.files.keys()
    assert not any("ada-l" in text for text in done.content.files.values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps([of_api(1), of_api(2)])[:-40], "is JSON that breaks off, or is damaged"),
        ('{"number": 1, "title": "x", "a": ' + "[" * 100_000, "is JSON that breaks off, or is damaged"),
        (json.dumps([of_api(1, pull_request={"url": "x"})]), "has no issues in it"),
        ('[{"name": "x"}]', "is JSON, but no issues of GitHub"),
    ],
    ids=["cut off", "too deep", "pull requests alone", "another JSON"],
)
def test_what_is_no_such_file_is_told_in_a_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        imported(tmp_path, text)


def test_given_to_another_command_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrote(tmp_path / "issues.json", json.dumps([of_api(1)]))
    done = CliRunner().invoke(app, ["check", "issues.json"])
    assert done.exit_code == 2
    assert "is issues of GitHub in JSON; `rolecall import issues.json` reads it" in done.stderr
