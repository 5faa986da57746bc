"""Killed, out of space, read-only, vanished: what was whole stays whole, and the same call ends the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import analysis.decision.ask
import analysis.figures.looks
from analysis.commands.cli import app
from sim.batch.manifest import read_manifest
from sim.batch.results import ResultsError
from tests import dying, fake_runs
from tests.dying import JOBS, at_step, kept, left_over, luck, no_space, small_disk

KILLED = -9
MOST_KILLS = 40

Undisturbed = Callable[[str], tuple[dict[str, bytes], str]]


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that run in this process switch figures off; put them on again."""
    monkeypatch.setattr(analysis.decision.ask, "save", analysis.decision.ask.save)
    monkeypatch.setattr(analysis.figures.looks, "save", analysis.figures.looks.save)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """What a job leaves on disk, and says, when nothing goes wrong; each is done once."""
    known: dict[str, tuple[dict[str, bytes], str]] = {}

    def of(job: str) -> tuple[dict[str, bytes], str]:
        if job not in known:
            out = tmp_path_factory.mktemp(job)
            said = JOBS[job](out, 1)
            known[job] = kept(out), said
        return known[job]

    return of


def ends_as_if_undisturbed(job: str, out: Path, undisturbed: Undisturbed) -> None:
    """The same call, made again, goes on and ends with the same bytes and the same words."""
    files, words = undisturbed(job)
    assert JOBS[job](out, 2) == words
    assert kept(out) == files
    assert left_over(out) == []
    manifests = list(out.rglob("manifest.json"))
    assert manifests
    assert {read_manifest(path.parent)["status"] for path in manifests} == {"complete"}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("job", JOBS)
def test_killed_at_any_dealing_with_the_disk_it_goes_on_and_ends_the_same(
    job: str, seed: int, tmp_path: Path, undisturbed: Undisturbed
) -> None:
    """Before a sync, before a rename, in the middle of a write: again and again, until it gets through."""
    moments, kills = luck(seed), 0
    while (code := dying.killed_at_a_step(job, tmp_path, int(moments.integers(1, 30)))) == KILLED:
        kills += 1
        assert kept(tmp_path).items() <= undisturbed(job)[0].items(), "what is there is whole"
        assert kills < MOST_KILLS
    assert code == 0
    assert kills >= 2
    ends_as_if_undisturbed(job, tmp_path, undisturbed)


@pytest.mark.parametrize("job", JOBS)
def test_killed_at_any_time_it_goes_on_and_ends_the_same(
    job: str, tmp_path: Path, undisturbed: Undisturbed
) -> None:
    for seconds in luck(9).uniform(0.05, 0.8, 5):
        dying.killed_after(job, tmp_path, float(seconds))
        assert kept(tmp_path).items() <= undisturbed(job)[0].items()
    ends_as_if_undisturbed(job, tmp_path, undisturbed)


@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_refuses_any_one_step_is_one_line_and_harms_nothing(
    job: str, tmp_path: Path, undisturbed: Undisturbed
) -> None:
    """No space at a write, a sync or a rename."""
    refused = 0
    for step in sorted(set(luck(3).integers(1, 45, 8).tolist())):
        try:
            with at_step(step, no_space):
                JOBS[job](tmp_path, 1)
        except ResultsError as error:
            refused += 1
            assert "No space left on device" in str(error)
            assert "--out" in str(error) and "\n" not in str(error)
        assert kept(tmp_path).items() <= undisturbed(job)[0].items()
    assert refused >= 3
    ends_as_if_undisturbed(job, tmp_path, undisturbed)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[str], bool]]]:
    """A folder on a disk of a few kilobytes, and what changes the disk."""
    with small_disk(tmp_path / "disk", 4) as change:
        if not change("size=4k"):
            pytest.skip("no disk may be mounted here")
        yield tmp_path / "disk", change


@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_is_truly_full_is_one_line_and_with_more_space_it_goes_on(
    job: str, disk: tuple[Path, Callable[[str], bool]], undisturbed: Undisturbed
) -> None:
    folder, change = disk
    for kilobytes in (4, 12, 40, 130, 300, 500):
        assert change(f"size={kilobytes}k")
        with pytest.raises(ResultsError) as caught:
            JOBS[job](folder, 1)
        assert "cannot write results (No space left on device); free space there" in str(caught.value)
        assert "\n" not in str(caught.value)
        assert kept(folder).items() <= undisturbed(job)[0].items()
    assert change("size=8m")
    ends_as_if_undisturbed(job, folder, undisturbed)


@pytest.mark.parametrize("job", JOBS)
def test_a_disk_that_may_only_be_read_is_one_line(
    job: str, disk: tuple[Path, Callable[[str], bool]], undisturbed: Undisturbed
) -> None:
    folder, change = disk
    assert change("size=8m,ro")
    with pytest.raises(ResultsError, match=r"cannot write results \(Read-only file system\)") as caught:
        JOBS[job](folder, 1)
    assert "\n" not in str(caught.value)
    assert change("rw")
    JOBS[job](folder, 1)
    assert change("ro")
    with pytest.raises(ResultsError, match="Read-only file system"):
        JOBS[job](folder, 1)
    assert kept(folder) == undisturbed(job)[0]
    assert change("rw")


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario for the command line, with fake runs in the place of the engine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.building.preparation.prepare", lambda scenario: scenario)
    monkeypatch.setattr("sim.clocks.simulate.simulate_block", fake_runs.simulate)
    monkeypatch.setattr("analysis.reorganisation.ask.days_of_block", dying.days)
    monkeypatch.setattr("sim.clocks.simulate.ensure_compiled", lambda notify: None)
    path = tmp_path / "agency.yaml"
    path.write_text("name: Scale-up agency\nreplications: 250\n")
    return path


COMMANDS = {
    "run": ["run"],
    "decide": ["decide", "--doubt", "50"],
    "reorganise": ["reorganise", "--to", "separated", "--day", "60"],
}


def is_one_line_about_the_disk(command: str, scenario: Path, answered: bool = False) -> None:
    """`answered`: the answer stood there before the disk refused."""
    name, *options = COMMANDS[command]
    done = CliRunner().invoke(app, [name, str(scenario), *options, "--jobs", "1"], prog_name="rolecall")
    assert done.exit_code == 2, done.stderr or repr(done.exception)
    assert bool(done.stdout) == answered
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("results/scale-up-agency-")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("after", [0, 2, 5])
def test_a_folder_that_vanishes_on_the_way_is_one_line(
    command: str, after: int, agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole folder of results goes away between two blocks."""
    replaced, count = os.replace, 0

    def vanishing(source: Path, target: Path) -> None:
        nonlocal count
        replaced(source, target)
        count += 1
        if count == after + 1:
            shutil.rmtree("results")

    monkeypatch.setattr(os, "replace", vanishing)
    is_one_line_about_the_disk(command, agency)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_the_users_to_mend(command: str, agency: Path) -> None:
    for step in (1, 4, 9, 14):
        with at_step(step, no_space):
            is_one_line_about_the_disk(command, agency)


@pytest.mark.parametrize("command", ["decide", "reorganise"])
def test_a_disk_that_fills_up_while_the_figure_is_drawn_leaves_the_runs(
    command: str, agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> list[Path]:
        no_space()
        return []

    monkeypatch.setattr(analysis.decision.ask, "save", full)
    monkeypatch.setattr(analysis.figures.looks, "save", full)
    is_one_line_about_the_disk(command, agency, answered=command == "decide")
    assert {read_manifest(p.parent)["status"] for p in Path().rglob("manifest.json")} == {"complete"}
    assert left_over(Path()) == []
