"""Any scenario of the library is written where one stands, and runs from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.questionnaire import examples
from analysis.questionnaire.examples import example_names, write_example
from sim.scenario import load
from sim.scenario.reading.problems import ScenarioError

LIBRARY = Path(__file__).parents[2] / "scenarios"
NAMES = sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def test_all_scenarios_of_the_library_are_offered() -> None:
    assert example_names() == NAMES
    assert len(NAMES) == 10


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_the_librarys_with_its_tables(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path, scenario = write_example(name)
    assert path == Path(f"{name}.yaml")
    original = load(LIBRARY / f"{name}.yaml")
    assert scenario.model_dump() == original.model_dump()
    assert scenario.plan == original.plan
    for written in tmp_path.iterdir():
        assert written.read_bytes() == (LIBRARY / written.name).read_bytes()


def test_it_may_have_another_name_or_lie_in_a_folder(tmp_path: Path) -> None:
    assert write_example("erp.yaml", tmp_path)[0] == tmp_path / "erp.yaml"
    (tmp_path / "mine").mkdir()
    path, scenario = write_example("erp", tmp_path / "mine" / "roll_out.yaml")
    assert load(path) == scenario
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "erp_projects.csv",
        "erp_tasks.csv",
        "roll_out.yaml",
    ]


def test_nothing_is_overwritten_and_then_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "erp_projects.csv").write_text("mine")
    with pytest.raises(
        ScenarioError, match=r"erp_projects\.csv: is there already; give the name of a new file"
    ):
        write_example("erp", tmp_path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("erp_projects.csv", "mine")]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="lies in a folder that does not exist"):
        write_example("erp", tmp_path / "none" / "erp.yaml")


def test_who_asks_for_another_is_told_all_names() -> None:
    done = CliRunner().invoke(app, ["new", "--example", "scale-up"])
    assert done.exit_code == 2
    assert done.stderr.strip() == (f"--example: knows no scenario 'scale-up'; give one of {', '.join(NAMES)}")


def test_without_a_file_and_an_example_it_is_said_what_is_missing() -> None:
    done = CliRunner().invoke(app, ["new"])
    assert done.exit_code == 2
    assert done.stderr.startswith("FILE: is missing; name the file to write")


def test_the_command_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["new", "--example", "erp"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Next: rolecall decide erp.yaml"


def test_an_installed_library_goes_before_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only.yaml").write_text("name: Only\n")
    monkeypatch.setattr(examples, "INSTALLED", tmp_path)
    assert example_names() == ["only"]
