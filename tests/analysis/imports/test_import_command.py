"""What `rolecall import` prints and writes, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from tests.analysis.imports.files import jira, jira_row, wrote


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    wrote(tmp_path / "export.csv", jira([jira_row("S-1"), jira_row("S-2", Resolution="Duplicate")]))
    return tmp_path


def call(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["import", *words], prog_name="rolecall")
    return done.exit_code, done.stdout, done.stderr


def test_it_says_what_was_understood_and_what_was_left_out(here: Path) -> None:
    code, out, err = call("export.csv")
    assert (code, err) == (0, "")
    assert "export.csv  an export of Jira  2     2 (100%)" in out
    assert "left out: 1 item: closed without being done" in out
    assert "written: export.yaml, export_tasks.csv, export_projects.csv" in out
    assert sorted(p.name for p in here.iterdir()) == [
        *("export.csv", "export.yaml", "export_projects.csv", "export_tasks.csv")
    ]


def test_a_dry_run_shows_the_columns_and_the_files_and_writes_nothing(here: Path) -> None:
    code, out, _ = call("export.csv", "-o", "my.yaml", "--dry-run")
    assert code == 0
    assert 'id: ["Issue key"]' in out and "# ---- my_tasks.csv" in out and "S-1 Work of S-1" in out
    assert [p.name for p in here.iterdir()] == ["export.csv"]


def test_what_import_itself_cannot_read_in_an_export_is_told(here: Path) -> None:
    wrote(here / "export.csv", jira([jira_row("A-1", Created="03/04/26", Resolved="")]))
    code, out, err = call("export.csv")
    assert (code, out) == (2, "")
    assert "export.csv: has dates such as '03/04/26', which is 2026-04-03 or 2026-03-04" in err


def test_what_cannot_be_read_ends_with_two_and_a_line(here: Path) -> None:
    wrote(here / "page.csv", "<!DOCTYPE html><table></table>")
    code, out, err = call("page.csv")
    assert (code, out) == (2, "")
    assert err == "page.csv: is HTML, whatever its name ends with; export it as CSV\n"
