"""`rolecall trace` from end to end."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate
from sim.scenario import load
from tests.analysis.test_trace import HOSTILE

SMALL = """name: Two teams
horizon_days: 90
managers: 2
organisation: {teams: {count: 2, members: 3}}
portfolio: {clients: 2, projects: {at_start: 2, a_year: 8, tasks: 10, effort_hours: 200}}
"""


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "two.yaml"
    path.write_text(SMALL)
    return path


def call(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["trace", *(str(a) for a in arguments)], prog_name="rolecall")
    return done.exit_code, done.stdout, done.stderr


def test_a_run_is_told_and_kept(scenario: Path, tmp_path: Path) -> None:
    code, out, err = call("two.yaml", "--structure", "separated", "--replication", 3)
    assert (code, err) == (0, "")
    assert out.startswith("Two teams, separated, replication 3:")
    assert "project manager 1" in out
    written = [Path(line.split(": ", 1)[1]) for line in out.splitlines() if ": results/" in line]
    assert all(path.is_file() for path in written)
    folder = written[0].parent
    assert sorted(p.name for p in folder.iterdir()) == sorted(p.name for p in written)  # no drafts left
    suffixes = {p.suffix for p in written}
    assert suffixes == {".csv", ".txt", ".png", ".svg"}
    projects, causes = (pd.read_csv(folder / f"{name}.csv") for name in ("projects", "causes"))
    delays = projects.set_index("project")["delay_days"]
    assert (causes.groupby("project")["days"].sum() - delays).abs().max() < 1e-9
    delivered = simulate(prepare(load("two.yaml")), "separated", 3)["projects_delivered"]
    assert projects["delivered"].notna().sum() == delivered
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert log.count(": delivered") == delivered
    table = out.split("table: ", maxsplit=1)[0]
    assert max(map(len, table.splitlines())) <= 80


def test_one_project_is_told_in_full(scenario: Path) -> None:
    code, out, _ = call("two.yaml", "--project", 2)
    assert code == 0
    lines = [line.rstrip() for line in out.splitlines()]
    begin = next(k for k, line in enumerate(lines) if line.startswith("what its days went to")) + 2
    end = next(k for k, line in enumerate(lines) if line.startswith("delay "))
    numbers = [float(line.split()[-1].replace("−", "-")) for line in lines[begin:end] if line]
    delay = float(lines[end].split()[-1].replace("−", "-"))
    assert sum(numbers) == pytest.approx(delay, abs=0.05 * len(numbers) + 0.5)
    assert "project-2-causes.png" in out


def test_the_current_structure_is_told_unless_another_is_asked_for(scenario: Path) -> None:
    assert call("two.yaml")[1].startswith("Two teams, merged, replication 0:")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--structure", "seperated"), "did you mean separated?"),
        (("--structure", "matrix\n\x1b"), "known here: merged, separated, agile"),
        (("--replication", "-1"), "--replication: is -1; give a number from 0 to 999,999"),
        (("--replication", "99999999999"), "--replication: is 99999999999; give a number from 0 to 999,999"),
        (("--project", "99"), "--project: there is no project 99 in this run; give one from 1 to "),
    ],
)
def test_a_mistake_is_one_line_and_writes_nothing(
    scenario: Path, tmp_path: Path, option: tuple[str, str], said: str
) -> None:
    code, out, err = call("two.yaml", *option)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert said in err
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(("slack", "heading"), [(1.8, "most delayed"), (9.0, "nearest to late")])
def test_projects_that_are_early_are_not_headed_as_delayed(
    scenario: Path, slack: float, heading: str
) -> None:
    scenario.write_text(SMALL.replace("tasks: 10", f"tasks: 10, deadline_slack: {slack}"))
    code, out, _ = call("two.yaml")
    assert code == 0
    lines = out.splitlines()
    projects = pd.read_csv(next(line[7:] for line in lines if line.endswith("projects.csv")))
    late = (projects["delay_days"] > 0).sum()
    assert (0 < late < 5 and late < len(projects)) if heading == "most delayed" else late == 0
    begin = next(k for k, line in enumerate(lines) if line.startswith(heading))
    end = next(k for k, line in enumerate(lines) if line.startswith("manager "))
    listed = [line for line in lines[begin:end] if line.startswith("project ")]
    assert len(listed) == (late or min(5, len(projects)))


def test_a_project_that_went_elsewhere_is_told_so_instead(scenario: Path) -> None:
    scenario.write_text(
        f"{SMALL}assumptions: {{content: 1.0, first_satisfaction: 0.5}}\n".replace("90", "150")
    )
    code, out, _ = call("two.yaml")
    log = next(Path(line[5:]) for line in out.splitlines() if line.startswith("log: "))
    line = next(
        line for line in log.read_text(encoding="utf-8").splitlines() if "goes to someone else" in line
    )
    day, project = line.split()[1].rstrip(":"), line.split()[3]
    code, out, err = call("two.yaml", "--project", project)
    assert (code, out) == (2, "")
    assert err.startswith(f"--project: project {project} went to someone else on day {day}; give one from 1 ")
    assert len(err.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_line(scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    code, out, err = call("two.yaml", "--out", "taken")
    assert (code, out) == (2, "")  # refused before anything is told
    assert len(err.splitlines()) == 1
    assert "choose another folder with --out" in err
    assert (tmp_path / "taken").read_text() == "mine"
    code, out, err = call("two.yaml", "--out", "taken/deeper")
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_no_name_becomes_a_path(scenario: Path, tmp_path: Path) -> None:
    import json

    scenario.write_text(SMALL.replace("Two teams", json.dumps(HOSTILE.replace("\u202e", ""))))
    assert call("two.yaml")[0] == 0
    assert {p.name for p in tmp_path.iterdir()} == {"two.yaml", "results"}
