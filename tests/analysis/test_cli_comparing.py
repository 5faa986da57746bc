"""What a user meets with sweeps, with results side by side, and with a reorganisation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from sim.batch.manifest import read_manifest, write_manifest
from sim.clocks.payback import IN_PROGRESS, LEFT, NET, arms
from sim.scenario import Scenario
from tests import changes, fake_runs


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put fake runs in the place of the engine."""
    monkeypatch.setattr("sim.building.preparation.prepare", lambda scenario: scenario)
    monkeypatch.setattr("sim.clocks.simulate.simulate_block", fake_runs.simulate)
    monkeypatch.setattr("sim.clocks.simulate.ensure_compiled", lambda notify: None)


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "agency.yaml"
    path.write_text("name: Scale-up agency\nreplications: 30\nvary: {managers: [4, 6]}\n")
    return path


def call(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(a) for a in arguments], prog_name="rolecall")
    return done.exit_code, done.stdout, done.stderr


def test_a_sweep_prints_one_table_with_a_row_for_each_combination(scenario: Path) -> None:
    code, out, err = call("run", scenario)
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines() if line[:1] in {"4", "6"}] == ["4", "6"]
    assert "Net value a year (€): the mean under merged; for the others, the difference from" in " ".join(
        out.split()
    )
    assert f"{2 * 3 * 30} runs, in" in out
    assert max(map(len, out.split("180 runs")[0].splitlines())) <= 80


def test_the_command_line_adds_to_the_sweep_and_replaces_what_it_names(scenario: Path) -> None:
    code, out, _ = call("run", scenario, "--vary", "managers=3", "--vary", "portfolio.clients=2,4,6")
    assert code == 0
    rows = [line.split()[0] for line in out.splitlines() if line[:2] in {"2 ", "4 ", "6 "}]
    assert list(dict.fromkeys(rows)) == ["2", "4", "6"]
    assert "In all: managers 3." in out  # a label that differs nowhere is told once


def test_values_are_read_as_in_a_scenario_file(scenario: Path, tmp_path: Path) -> None:
    vary = "portfolio.projects.cross_team=0.1,1e-1x"
    assert call("run", scenario, "--vary", vary)[0] == 2
    assert call("run", scenario, "--vary", "risks=default,none", "--vary", "managers=4")[0] == 0
    manifest = json.loads(next((tmp_path / "results").glob("*/manifest.json")).read_text())
    assert manifest["variations"] == [{"managers": 4, "risks": r} for r in ("default", "none")]


def test_several_scenarios_have_a_heading_each(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("name: Other\nreplications: 5\n")
    code, out, _ = call("run", scenario, "other.yaml")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "Scale-up agency"
    assert "Other" in lines
    assert "over 5 futures" in " ".join(out.split())


@pytest.mark.parametrize(
    ("option", "part"),
    [
        ("managers", "is 'managers'; give a key and its values"),
        ("managers=", "give a key and its values"),
        ("=4", "give a key and its values"),
        ("manager=4", "--vary manager: is not a key here; did you mean managers?"),
        ("clarity=0.5", "--vary clarity: is not a key here; did you mean assumptions.clarity?"),
        ("managers=4,4", "--vary managers: lists a value twice"),
        ("managers=0,4", "--vary managers: is 0; give a whole number from 1 to 5000"),
        ("managers=4,{a: 1}", "--vary managers: lists a mapping"),
        ("managers=4,[", "--vary managers: lists '4,[', which cannot be read"),
        ("managers=!!python/object:os.system 1", "cannot be read"),
        ("seed=1,2", "--vary seed: is the same for the whole sweep"),
        ("risks.0.chance_a_year=0.1,0.2", "risks is default, which lists no single risks; move what"),
        ("portfolio.projects.at_start=1,-1", "--vary portfolio.projects.at_start: is -1"),
    ],
)
def test_a_mistake_in_a_sweep_is_one_line_that_names_the_option(
    scenario: Path, tmp_path: Path, option: str, part: str
) -> None:
    code, out, err = call("run", scenario, "--vary", option)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "--vary" in err and part in err
    assert not (tmp_path / "results").exists()


def test_a_mistake_names_the_file_where_there_are_several(scenario: Path, tmp_path: Path) -> None:
    heads = "{separated: {project_manager: 2, delivery_manager: 2}}"
    (tmp_path / "heads.yaml").write_text(f"name: Heads said\nmanagers: 4\nheads: {heads}\n")
    code, _, err = call("run", "agency.yaml", "heads.yaml", "--vary", "managers=4,5")
    assert code == 2
    assert err.startswith("heads.yaml: --vary managers: at 5, heads.separated sum to 4 posts")
    assert len(err.splitlines()) == 1


def test_details_of_a_sweep_are_made_for_every_combination(
    scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def write(varied: Sequence[object], replications: int, folder: Path) -> tuple[Path, ...]:
        told.append((len(varied), replications))
        return (folder / "projects.csv",)

    monkeypatch.setattr("sim.batch.detail.write_details", write)
    code, out, _ = call("run", scenario, "--detail")
    assert code == 0
    assert told == [(2, 30)]
    assert "table: results/" in out


def test_compare_shows_a_folder_as_run_did(scenario: Path, tmp_path: Path) -> None:
    ran = call("run", scenario)[1].split("180 runs")[0]
    folder = next((tmp_path / "results").iterdir())
    assert call("compare", folder) == (0, ran, "")


def test_compare_shows_the_outcomes_of_a_folder_without_a_sweep(scenario: Path, tmp_path: Path) -> None:
    scenario.write_text("name: Plain\nreplications: 30\n")
    ran = call("run", scenario)[1].split("90 runs")[0]
    assert call("compare", next((tmp_path / "results").iterdir())) == (0, ran, "")


def test_compare_shows_a_folder_of_decide_with_the_intervals_of_decide(
    scenario: Path, tmp_path: Path
) -> None:
    """It stopped when it had seen enough, and an interval that allows for that is wider."""
    scenario.write_text("name: Plain\nreplications: 250\n")
    decided = call("decide", scenario, "--doubt", 0)[1]
    code, out, _ = call("compare", next((tmp_path / "results").iterdir()))
    assert code == 0
    assert out.strip() and out in decided


def test_compare_puts_organisations_side_by_side(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("name: Other\nreplications: 30\n")
    call("run", scenario, "other.yaml")
    code, out, err = call("compare", *sorted((tmp_path / "results").iterdir()))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("organisation ")) + 2
    names = [line[:15].strip() for line in lines[first:] if line[:1].isupper()]
    assert names[:3] == ["Other", *["Scale-up agency"] * 2]


@pytest.mark.parametrize("what", ["nothing", "a file", "no manifest", "a damaged part", "an empty folder"])
def test_what_cannot_be_compared_is_told_in_one_line(scenario: Path, tmp_path: Path, what: str) -> None:
    call("run", scenario)
    good = next((tmp_path / "results").iterdir())
    bad = tmp_path / "bad"
    if what == "a file":
        bad.write_text("mine")
    elif what == "an empty folder":
        bad.mkdir()
    elif what != "nothing":
        import shutil

        shutil.copytree(good, bad)
        harmed = bad / ("manifest.json" if what == "no manifest" else "parts/part-00001.parquet")
        harmed.write_bytes(b"PAR1 nonsense")
    for folders in ([bad], [good, bad]):
        code, out, err = call("compare", *folders)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
        assert str(bad) in err


def test_an_unfinished_batch_is_compared_as_far_as_it_went_and_told(scenario: Path, tmp_path: Path) -> None:
    call("run", scenario)
    folder = next((tmp_path / "results").iterdir())
    write_manifest(folder, read_manifest(folder) | {"status": "running"})
    (folder / "parts" / "part-00003.parquet").unlink()
    code, out, err = call("compare", folder)
    assert code == 0
    assert "over 25 to 30 futures a row" in " ".join(out.split())
    assert err == f"{folder}: not finished, 165 runs so far\n"


def days(scenario: Scenario, replications: Sequence[int]) -> list[tuple[str, int, dict[str, object], None]]:
    """Fake days: what is planted for the change."""
    rows: list[tuple[str, int, dict[str, object], None]] = []
    for replication in replications:
        gain = changes.futures(replication, 1, 60.0)[0]
        for share, arm in zip((0, 2, 1, 1), arms(scenario), strict=True):
            left = changes.left_to_do(share * gain)
            lived = {NET: np.linspace(0, 1e6, 500) + share * gain, LEFT: left, IN_PROGRESS: 0.0}
            rows.append((arm.name, replication, lived, None))
    return rows


def test_reorganise_tells_dip_break_even_and_odds(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.reorganisation.ask.days_of_block", days)
    code, out, err = call("reorganise", scenario, "--from", "merged", "--to", "separated", "--day", 60)
    assert (code, err) == (0, "")
    text = " ".join(out.split())
    start = "Move from merged to separated on day 60? For Scale-up agency: in"
    assert text.startswith(start) and "it has paid back by the end (day 500)" in text
    assert "It costs about 2,0" in text and "hours of work" in text
    assert "On average it is made good by week" in text
    folder = next((tmp_path / "results").glob("*/reorganise-*"))
    for name in ("numbers: {}/reorganise.json", "figure: {}/reorganise.png", "figure: {}/reorganise.svg"):
        assert name.format(folder.relative_to(tmp_path)) in out
    assert (
        "120 runs, 120 of them kept from before"
        in call("reorganise", scenario, "--from", "merged", "--to", "separated", "--day", 60)[1]
    )


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--to", "seperated", "--day", "60"], "--to: is 'seperated', which is no structure; did you mean"),
        (["--from", "x", "--to", "agile", "--day", "60"], "--from: is 'x', which is no structure"),
        (["--to", "merged", "--day", "60"], "--to: is merged, which is the structure before, too"),
        (["--to", "agile", "--day", "500"], "--day: is 500; give a day from 1 to 499"),
        (["--to", "agile", "--day", "9", "--announced", "-3"], "--announced: is -3; give "),
        (["--to", "agile", "--day", "9", "--chosen", "by_lot"], "--chosen: is 'by_lot'; give one of by_name"),
        (["--to", "agile", "--day", "9", "--phased", "slowly"], "--phased: is 'slowly'; give teams at a"),
        (["--to", "agile", "--day", "9", "--phased", "0:5"], "--phased: is 0; give"),
        (["--to", "agile+ranks=al"], "--to: 'agile+ranks=al': ranks is 'al'; give one of nobody"),
        (["--to", "agile+rank=one"], "--to: 'agile+rank=one': 'rank' is no ingredient; did you mean ranks?"),
        (["--to", "merged+ranks=own"], "--to: is merged+ranks=own, which is the structure before, too"),
        (["--to", "gone.yaml"], "gone.yaml: cannot be read"),
        (["--to", "agile", "--day", "9", "--replications", "1"], "--replications: is 1; give 2 or more"),
    ],
    ids=str,
)
def test_a_change_that_cannot_be_is_one_line_that_names_the_option(
    scenario: Path, tmp_path: Path, options: list[str], part: str
) -> None:
    code, out, err = call("reorganise", scenario, *options)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith(part)
    assert not (tmp_path / "results").exists()
