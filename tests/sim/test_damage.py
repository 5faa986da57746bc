"""Whatever becomes of a file of results is noticed and named, healed or refused, and no number changes."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.decision.ask import decide
from analysis.decision.record import decided
from analysis.figures.looks import blank, save
from analysis.figures.seal import is_whole
from analysis.results.folder_contents import gather
from analysis.results.other_figures import kept_figures
from benchmarks.attack.damage import HARMS
from sim.batch.part import connect, raise_if_not_damage, verified
from sim.batch.results import ResultsError, read_results, writing
from sim.batch.run import run_batch
from sim.batch.study import BLOCK
from sim.safety.facts_file import DamagedFile, as_text, read_facts, write_whole
from tests.fake_runs import AtOnce, organisation, simulate

FUTURES = 4 * BLOCK
PART = "part-00001.parquet"
OF_PARTS = [harm for harm in HARMS if harm != "a folder"]
OF_FACTS = [harm for harm in OF_PARTS if harm not in ("of another part", "gone")]


def run(out: Path, replications: int = FUTURES) -> Path:
    return run_batch(
        organisation(), replications=replications, out=out, executor=AtOnce(), simulate=simulate
    ).folder


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "parts").iterdir()}


@pytest.mark.parametrize("harm", OF_PARTS)
def test_a_harmed_part_is_refused_by_name_when_read_and_made_again_when_run(
    harm: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = run(tmp_path)
    sound = parts(folder)
    HARMS[harm](folder / "parts" / PART)
    with pytest.raises(ResultsError, match=PART):
        read_results(folder)
    assert caplog.text == ""
    run(tmp_path)
    assert parts(folder) == sound
    assert PART in caplog.text


def test_a_folder_in_place_of_a_part_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = run(tmp_path)
    HARMS["a folder"](folder / "parts" / PART)
    with pytest.raises(ResultsError, match=PART):
        read_results(folder)
    with pytest.raises(ResultsError, match=f"{PART} is a folder"):
        run(tmp_path)


def test_a_damaged_part_that_is_not_due_stands_in_nobodys_way(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = run(tmp_path)
    first = read_results(folder, replications=BLOCK)
    HARMS["emptied"](folder / "parts" / PART)
    assert len(read_results(run(tmp_path, BLOCK), replications=BLOCK)) == 3 * BLOCK
    pd.testing.assert_frame_equal(read_results(folder, replications=BLOCK), first)
    assert caplog.text == ""


@pytest.mark.parametrize("harm", ["gone", "cut in half"])
def test_a_shorter_batch_makes_good_the_whole_block_that_a_longer_one_lost(harm: str, tmp_path: Path) -> None:
    folder = run(tmp_path)
    sound, rows = parts(folder), read_results(folder)
    HARMS[harm](folder / "parts" / PART)
    run(tmp_path, BLOCK + 3)
    assert parts(folder) == sound
    pd.testing.assert_frame_equal(read_results(folder), rows)


def test_a_part_that_was_never_there_is_no_news(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run(tmp_path, BLOCK)
    run(tmp_path)
    assert caplog.text == ""


@pytest.mark.parametrize(
    "name", ["part-00099.parquet", "part-1.parquet", "part-00001 (copy).parquet", "notes.txt"]
)
def test_a_stray_is_named_and_left_aside(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = run(tmp_path)
    rows = read_results(folder)
    shutil.copy(folder / "parts" / PART, folder / "parts" / name)
    pd.testing.assert_frame_equal(read_results(folder), rows)
    assert name in caplog.text
    caplog.clear()
    run(tmp_path)
    assert name in caplog.text


def test_two_parts_that_changed_places_are_refused(tmp_path: Path) -> None:
    folder = run(tmp_path)
    one, other = (folder / "parts" / f"part-0000{n}.parquet" for n in (1, 2))
    content = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(content)
    with pytest.raises(ResultsError, match=r"part-0000[12]\.parquet"):
        read_results(folder)


@pytest.mark.parametrize(
    "odd", ["net_value_a_year=0", "seed=7", "structure=merged", "replication=1/variation=5"]
)
def test_nothing_is_taken_from_the_names_of_folders(odd: str, tmp_path: Path) -> None:
    rows = read_results(run(tmp_path / "plain"))
    folder = run(tmp_path / odd)
    pd.testing.assert_frame_equal(read_results(folder), rows)
    shutil.copytree(tmp_path / "plain", tmp_path / "moved" / odd / "there")
    pd.testing.assert_frame_equal(read_results(tmp_path / "moved" / odd / "there" / folder.name), rows)


@pytest.mark.parametrize("harm", OF_FACTS)
def test_a_harmed_manifest_is_refused_when_read_and_written_anew_when_run(
    harm: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = run(tmp_path)
    rows = read_results(folder)
    HARMS[harm](folder / "manifest.json")
    with pytest.raises(ResultsError, match=r"manifest\.json"):
        read_results(folder)
    run(tmp_path)
    assert "manifest.json" in caplog.text
    pd.testing.assert_frame_equal(read_results(folder), rows)


@pytest.mark.parametrize("harm", OF_FACTS)
def test_harmed_facts_are_not_believed(harm: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    facts = {"share": 0.51, "days": [1, 2, 1e300], "words": "größer als 1", "none": None}
    write_whole(path, as_text(facts))
    assert read_facts(path) == facts
    HARMS[harm](path)
    with pytest.raises(DamagedFile, match=r"facts\.json: is damaged"):
        read_facts(path)


def test_a_harmed_decision_is_named_and_left_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "decision.json"
    write_whole(path, as_text({"question": "Move?", "answer": "no", "paragraphs": ["By 11%."]}))
    assert decided(tmp_path) is not None and caplog.text == ""
    HARMS["digits changed"](path)
    assert decided(tmp_path) is None
    assert f"{path}: is damaged" in caplog.text


def test_a_decision_that_is_gone_is_named_by_whatever_reads_the_folder(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("analysis.decision.ask.save", lambda *_: [])
    asked = {"max_replications": 50, "doubted": 0, "executor": AtOnce(), "simulate": simulate}
    made = decide(organisation(), out=tmp_path, **asked)  # type: ignore[arg-type]
    folder = made.batch.folder
    before = gather(folder)
    assert caplog.text == ""
    (folder / "decision.json").unlink()
    assert gather(folder).decided is None
    assert f"{folder / 'decision.json'}: is missing" in caplog.text
    decide(organisation(), out=tmp_path, **asked)  # type: ignore[arg-type]
    caplog.clear()
    assert gather(folder).words == before.words
    assert caplog.text == ""


@pytest.mark.parametrize("kind", ["svg", "png"])
@pytest.mark.parametrize("harm", OF_FACTS)
def test_a_harmed_figure_is_named_and_not_shown(
    harm: str, kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = tmp_path / "tip-1"
    own.mkdir()
    figure = blank("11 projects", "of 17 runs")
    other = {"svg": "png", "png": "svg"}[kind]
    save(figure, own, "tip")
    assert kept_figures(tmp_path)[0].image.suffix == ".svg" and caplog.text == ""
    HARMS[harm](own / f"tip.{kind}")
    assert [each.image.suffix for each in kept_figures(tmp_path)] == [f".{other}"]
    assert f"tip.{kind}: is damaged" in caplog.text
    (own / f"tip.{other}").unlink()
    assert kept_figures(tmp_path) == []


def test_a_figure_of_an_earlier_version_is_shown_if_it_has_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"<svg>of then</svg>\n")
    (tmp_path / "b.svg").write_bytes(b"<svg>of th")
    assert is_whole(tmp_path / "a.svg") and not is_whole(tmp_path / "b.svg")


def test_a_batch_that_no_decision_was_made_of_misses_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gather(run(tmp_path))
    assert caplog.text == ""


def test_what_is_written_whole_is_synced_before_it_takes_its_place_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        fsync(descriptor)

    def replaced(source: Path, target: Path) -> None:
        steps.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    write_whole(tmp_path / "a.txt", "a")
    assert steps == ["file", "rename", "folder"]


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (RuntimeError("Query interrupted"), KeyboardInterrupt),
        (duckdb.InterruptException("INTERRUPT Error: Interrupted!"), KeyboardInterrupt),
        (duckdb.Error("KeyboardInterrupt: <EMPTY MESSAGE>"), KeyboardInterrupt),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), MemoryError),
        (duckdb.IOException(f'Cannot open file "a": {os.strerror(errno.EMFILE)}'), OSError),
    ],
)
def test_neither_an_interrupt_nor_a_limit_of_the_machine_is_taken_for_damage(
    error: Exception, becomes: type[BaseException], tmp_path: Path
) -> None:
    with pytest.raises(becomes):
        raise_if_not_damage(error, tmp_path)


def test_a_column_of_another_name_is_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = run(tmp_path)
    sound, path = parts(folder), folder / "parts" / PART
    path.write_bytes(path.read_bytes().replace(b"net_value_a_year", b"net_value_a_yeas"))
    assert parts(folder) != sound
    with pytest.raises(ResultsError, match=PART):
        read_results(folder)
    run(tmp_path)
    assert parts(folder) == sound and PART in caplog.text


def test_a_file_that_is_not_parquet_is_damaged(tmp_path: Path) -> None:
    (tmp_path / PART).write_bytes(b"PAR1 nonsense")
    assert verified(connect(), tmp_path / PART, "whose") is None


def test_a_folder_in_place_of_a_file_of_facts_is_named_by_who_reads_and_by_who_writes(tmp_path: Path) -> None:
    (tmp_path / "decision.json").mkdir()
    with pytest.raises(DamagedFile, match=r"decision\.json: is a folder"):
        read_facts(tmp_path / "decision.json")
    refused = r"cannot write results \(decision\.json is a folder\)"
    with pytest.raises(ResultsError, match=refused), writing(tmp_path):
        write_whole(tmp_path / "decision.json", "{}")
