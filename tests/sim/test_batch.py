"""A batch is the same however it came about, and nothing whole is ever lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from sim.batch import workers
from sim.batch.manifest import folder_name, read_manifest
from sim.batch.results import ResultsError, read_results
from sim.batch.run import BatchResult, run, run_batch
from sim.batch.session import Interrupted
from sim.batch.study import BLOCK, Study, grid
from sim.scenario import Scenario, ScenarioError
from sim.vocabulary import OUTCOMES
from tests.fake_runs import AtOnce, Row, organisation, simulate, simulate_with_a_failure

ROOT = Path(__file__).parents[2]
FOUR_BLOCKS = 4 * BLOCK
STUCK = 3600.0  # seconds: no test waits so long, but one that would wait for ever


def parts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "parts").glob("*.parquet"))}


def done(out: Path, replications: int = FOUR_BLOCKS, jobs: int = 1, **changes: object) -> BatchResult:
    return run_batch(
        organisation(**changes), replications=replications, jobs=jobs, out=out, simulate=simulate
    )


def test_threads_give_the_bytes_of_a_serial_batch(tmp_path: Path) -> None:
    serial, threaded = done(tmp_path / "a"), done(tmp_path / "b", jobs=4)
    assert parts(serial.folder) == parts(threaded.folder)
    assert len(parts(serial.folder)) == 4


class InReverse(Executor):
    """Finishes work in the opposite order of its coming, as a busy cluster may."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[list[Row]], object, tuple[object, ...]]] = []

    def submit(self, fn, /, *args, **_):  # type: ignore[no-untyped-def]
        future: Future[list[Row]] = Future()
        self.waiting.append((future, fn, args))
        threading.Timer(0.01, self.finish_last).start()
        return future

    def finish_last(self) -> None:
        future, fn, args = self.waiting.pop()
        future.set_result(fn(*args))  # type: ignore[operator]


def test_the_order_in_which_blocks_finish_leaves_no_trace(tmp_path: Path) -> None:
    serial = done(tmp_path / "a")
    reverse = run_batch(
        organisation(), replications=FOUR_BLOCKS, out=tmp_path / "b", executor=InReverse(), simulate=simulate
    )
    assert parts(serial.folder) == parts(reverse.folder)


def test_a_batch_killed_at_any_moment_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from sim.batch.run import run_batch; from tests.fake_runs import organisation, simulate\n"
        "begun = iter(range(1000))\n"
        "def slow(scenario, replications):\n"
        "    if next(begun) >= 5: time.sleep(3600)  # it never comes to the end of the batch by itself\n"
        "    return simulate(scenario, replications)\n"
        "tell = lambda done, runs: print(done, flush=True)\n"
        "out = Path(sys.argv[1])\n"
        "run_batch(organisation(), replications=1000, jobs=2, out=out, progress=tell, simulate=slow)"
    )
    for written_before_the_kill in (1, 3):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "killed"), str(ROOT)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        for _ in range(written_before_the_kill + 1):  # the first line tells what was kept
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    killed = next((tmp_path / "killed").iterdir())
    before = len(parts(killed))
    assert 4 <= before <= 10
    assert read_manifest(killed)["status"] == "running"

    resumed = done(tmp_path / "killed", replications=1000)
    assert resumed.folder == killed
    assert resumed.kept == before * BLOCK * 3
    assert parts(killed) == parts(done(tmp_path / "whole", replications=1000).folder)
    assert [p.name for p in (killed / "parts").iterdir() if p.suffix != ".parquet"] == []
    assert read_manifest(killed)["status"] == "complete"


def test_more_replications_extend_a_batch_and_fewer_leave_it_alone(tmp_path: Path) -> None:
    done(tmp_path / "a", replications=BLOCK + 5)
    extended = done(tmp_path / "a")
    assert extended.kept == BLOCK * 3  # the block that had been cut short is run again
    whole = parts(done(tmp_path / "b").folder)
    assert parts(extended.folder) == whole

    fewer = done(tmp_path / "a", replications=5)
    assert (fewer.kept, len(fewer.frame())) == (15, 15)
    assert parts(fewer.folder) == whole
    assert len(read_results(fewer.folder)) == FOUR_BLOCKS * 3


def test_without_a_folder_the_same_rows_come_back(tmp_path: Path) -> None:
    kept = done(tmp_path).frame()
    seen: list[tuple[int, int]] = []
    loose = run(
        organisation(),
        replications=FOUR_BLOCKS,
        simulate=simulate,
        progress=lambda now, runs: seen.append((now, runs)),
    )
    pd.testing.assert_frame_equal(loose, kept, check_exact=True)
    assert seen[-1] == (FOUR_BLOCKS * 3, FOUR_BLOCKS * 3)
    assert list(tmp_path.iterdir()) == [done(tmp_path).folder]


def test_rows_are_a_future_at_a_time_with_the_columns_of_the_contract(tmp_path: Path) -> None:
    frame = done(tmp_path, replications=BLOCK + 1, structures=["separated", "agile"], seed=9).frame()
    assert list(frame.columns) == ["scenario", "variation", "structure", "replication", "seed", "error"] + [
        o.name for o in OUTCOMES
    ]
    assert frame["structure"].tolist() == ["separated", "agile"] * (BLOCK + 1)
    assert frame["replication"].tolist() == [r for r in range(BLOCK + 1) for _ in range(2)]
    assert set(frame["seed"]) == {9}
    _, replication, run_3, _ = simulate(organisation(structures=["separated", "agile"], seed=9), [3])[1]
    row = frame[(frame["replication"] == replication) & (frame["structure"] == "agile")].iloc[0]
    assert {o.name: row[o.name] for o in OUTCOMES} == run_3


def test_a_failed_run_is_recorded_with_its_seed_and_reason_and_the_rest_is_kept(tmp_path: Path) -> None:
    for _ in range(2):  # the second time from disk
        result = run_batch(
            organisation(seed=5), replications=BLOCK, out=tmp_path, simulate=simulate_with_a_failure
        )
        assert result.failed == 1
        frame = result.frame()
        failed = frame[frame["error"].notna()]
        assert failed[["structure", "replication", "seed", "error"]].values.tolist() == [
            ["separated", 7, 5, "luck ran out on day 12"]
        ]
        assert failed["net_value_a_year"].isna().all()
        assert frame[frame["error"].isna()]["net_value_a_year"].notna().sum() == BLOCK * 3 - 1
    assert read_manifest(result.folder)["failed"] == 1


def test_a_block_that_breaks_loses_only_the_future_that_broke_it(tmp_path: Path) -> None:
    def breaks(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        if 30 in replications:
            raise FloatingPointError("utilisation is not a number")
        return simulate(scenario, replications)

    frame = run_batch(organisation(), replications=50, out=tmp_path, simulate=breaks).frame()
    assert set(frame[frame["error"].notna()]["replication"]) == {30}
    assert set(frame["error"].dropna()) == {"FloatingPointError: utilisation is not a number"}


@pytest.mark.parametrize("harm", ["cut short", "one byte changed", "emptied", "another's", "another block's"])
def test_a_damaged_part_is_noticed_and_run_again(harm: str, tmp_path: Path) -> None:
    folder = done(tmp_path / "a").folder
    whole = parts(folder)
    part = folder / "parts" / "part-00002.parquet"
    content = bytearray(part.read_bytes())
    if harm == "one byte changed":
        content[len(content) // 3] ^= 1
    replacement = {
        "cut short": bytes(content[: len(content) // 2]),
        "one byte changed": bytes(content),
        "emptied": b"",
        "another's": parts(done(tmp_path / "b", seed=2).folder)[part.name],
        "another block's": whole["part-00001.parquet"],
    }[harm]
    part.write_bytes(replacement)
    mended = done(tmp_path / "a")
    assert mended.kept == 3 * BLOCK * 3
    assert parts(folder) == whole


@pytest.mark.parametrize(
    "change",
    [{"seed": 2}, {"managers": 7}, {"name": "Other"}, {"structures": ["separated", "merged"]}],
    ids=str,
)
def test_another_scenario_never_shares_a_folder(change: dict[str, object], tmp_path: Path) -> None:
    assert done(tmp_path, BLOCK).folder != done(tmp_path, BLOCK, **change).folder


def test_an_edited_model_starts_a_batch_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = done(tmp_path, BLOCK)
    monkeypatch.setattr("sim.batch.identity.model_version", lambda: "0.1.0+edited")
    after = done(tmp_path, BLOCK)
    assert after.folder != before.folder
    assert after.kept == 0


@pytest.mark.parametrize(
    "name",
    ["../../etc", "/etc/passwd", "..", "a/b\\c", "x" * 120, "приказ", "<script>'; --", "con", "[1]*?'"],
)
def test_results_stay_inside_the_folder_asked_for_whatever_the_name(name: str, tmp_path: Path) -> None:
    out = tmp_path / "it's [1]*" / "results"
    result = done(out, BLOCK, name=name)
    assert result.folder.resolve().parent == out.resolve()
    assert len(result.folder.name) <= 49
    assert set(result.frame()["scenario"]) == {name}
    assert done(out, BLOCK, name=name).kept == BLOCK * 3


def test_names_that_look_alike_get_folders_of_their_own() -> None:
    assert folder_name("Größe: ÄÖ", "a" * 64) == "groe-ao-aaaaaaaa"
    assert folder_name("…", "b" * 64) == "scenario-bbbbbbbb"


def test_an_output_folder_that_is_a_file_is_named_in_one_line(tmp_path: Path) -> None:
    taken = tmp_path / "results"
    taken.write_text("mine")
    with pytest.raises(
        ResultsError, match=r"results.*cannot write results \(.*\); choose another .*--out"
    ) as caught:
        done(taken)
    assert "\n" not in str(caught.value)
    assert taken.read_text() == "mine"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_named_in_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ResultsError, match="Permission denied"):
        done(tmp_path / "results")


def test_a_full_disk_harms_nothing_whole_and_the_batch_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = parts(done(tmp_path / "whole").folder)
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if "part-00002" in str(target):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ResultsError, match=r"\(No space left on device\); free space there, or choose"):
        done(tmp_path / "a")
    monkeypatch.undo()
    left = next((tmp_path / "a").iterdir())
    assert parts(left).items() <= whole.items()
    assert len(parts(left)) >= 2
    assert parts(done(tmp_path / "a").folder) == whole


def test_a_folder_that_vanishes_on_the_way_is_named_in_one_line(tmp_path: Path) -> None:
    def vanish(now: int, _: int) -> None:
        if now:
            for part in (next(tmp_path.iterdir()) / "parts").iterdir():
                part.unlink()
            (next(tmp_path.iterdir()) / "parts").rmdir()

    with pytest.raises(ResultsError, match=r"cannot write results \(No such file .*\); choose another"):
        run_batch(organisation(), replications=100, jobs=1, out=tmp_path, simulate=simulate, progress=vanish)


def test_two_batches_do_not_write_to_one_folder_at_once(tmp_path: Path) -> None:
    refused: list[str] = []

    def second_batch(now: int, _: int) -> None:
        if now == BLOCK * 3:
            with pytest.raises(ResultsError, match="another rolecall is writing") as caught:
                done(tmp_path)
            refused.append(str(caught.value))

    run_batch(
        organisation(), replications=FOUR_BLOCKS, out=tmp_path, simulate=simulate, progress=second_batch
    )
    assert len(refused) == 1


def test_blocks_in_flight_do_not_grow_with_the_batch(tmp_path: Path) -> None:
    """Counted by whoever sends them out, who knows of a block that it is done before sending the next."""
    sent: list[Future[Any]] = []
    out: list[int] = []
    two_are_out = threading.Event()

    class Counting(ThreadPoolExecutor):
        def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
            sent.append(super().submit(fn, *args, **kwargs))
            out.append(sum(not future.done() for future in sent))
            if out[-1] > 1:
                two_are_out.set()
            return sent[-1]

    def waiting(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        assert two_are_out.wait(STUCK)
        return simulate(scenario, replications)

    with Counting(2) as pool:
        run_batch(
            organisation(structures=["merged"]),
            replications=60 * BLOCK,
            jobs=2,
            out=tmp_path,
            executor=pool,
            simulate=waiting,
        )
    assert 2 <= max(out) <= 2 * workers.AHEAD


def test_what_is_to_be_done_meanwhile_is_done_once_and_only_if_there_is_something_to_wait_for() -> None:
    begun, seen = threading.Event(), list[bool]()

    def noting(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        begun.set()
        return simulate(scenario, replications)

    study = Study(organisation(), lambda _: organisation())
    for blocks in ({}, grid(1, FOUR_BLOCKS)):
        workers.run_blocks(
            study,
            blocks,
            lambda *_: None,
            simulate=noting,
            jobs=1,
            meanwhile=lambda: seen.append(begun.wait(STUCK)),
        )
    assert seen == [True]


@pytest.mark.parametrize("count", [1, 3, 9])
def test_the_last_blocks_go_out_in_pieces_so_that_nobody_waits_long_at_the_end(
    tmp_path: Path, count: int
) -> None:
    sizes: list[int] = []

    def noting(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        sizes.append(len(replications))
        return simulate(scenario, replications)

    kept = []
    for jobs in (1, 2):
        sizes.clear()
        given = {"replications": count * BLOCK, "jobs": jobs, "out": tmp_path / str(jobs)}
        kept.append(parts(run_batch(organisation(), simulate=noting, **given).folder))  # type: ignore[arg-type]
        cut = min(count, jobs * workers.AHEAD)
        assert sorted(sizes) == [workers.PIECE] * (cut * BLOCK // workers.PIECE) + [BLOCK] * (count - cut)
    assert kept[0] == kept[1]


def test_ctrl_c_keeps_what_is_whole_and_says_where_it_stopped(tmp_path: Path) -> None:
    def press(now: int, _: int) -> None:
        if now >= BLOCK * 3:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        run_batch(
            organisation(),
            replications=FOUR_BLOCKS,
            jobs=1,
            executor=AtOnce(),
            out=tmp_path,
            simulate=simulate,
            progress=press,
        )
    stopped = caught.value
    assert stopped.runs == FOUR_BLOCKS * 3
    assert stopped.done == BLOCK * 3
    assert read_manifest(stopped.folder)["status"] == "interrupted"
    assert len(parts(stopped.folder)) >= 1
    assert parts(done(tmp_path).folder) == parts(done(tmp_path / "whole").folder)


def test_ctrl_c_does_not_wait_for_a_run_that_is_under_way(tmp_path: Path) -> None:
    """Pressed once the second block is under way, not after a while: a busy machine takes its time."""
    go_on = threading.Event()
    begun: list[int] = []
    ended: list[int] = []
    main = threading.main_thread().ident
    assert main is not None

    def endless(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        begun.append(len(replications))
        if len(begun) == 1:
            return simulate(scenario, replications)
        signal.pthread_kill(main, signal.SIGINT)
        go_on.wait(STUCK)
        ended.append(len(replications))
        return simulate(scenario, replications)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it is ignored
    try:
        with pytest.raises(Interrupted):
            run_batch(organisation(), replications=FOUR_BLOCKS, jobs=1, out=tmp_path, simulate=endless)
        assert not ended
    finally:
        go_on.set()
        signal.signal(signal.SIGINT, before)


def test_the_manifest_says_what_was_run_and_names_no_folder_of_this_machine(tmp_path: Path) -> None:
    result = done(tmp_path, BLOCK, seed=3)
    text = (result.folder / "manifest.json").read_text()
    manifest = json.loads(text)
    assert manifest["scenario"]["seed"] == manifest["seed"] == 3
    assert manifest["identity"][:8] == result.folder.name[-8:]
    assert manifest["arguments"] == {"replications": BLOCK, "jobs": 1, "seed": None}
    assert (manifest["replications"], manifest["runs"], manifest["failed"]) == (BLOCK, BLOCK * 3, 0)
    assert {"python", "numpy", "numba", "duckdb"} <= manifest["versions"].keys()
    assert str(tmp_path) not in text


def test_the_seed_asked_for_wins_over_that_of_the_scenario(tmp_path: Path) -> None:
    asked = run_batch(organisation(seed=1), replications=BLOCK, seed=4, out=tmp_path, simulate=simulate)
    assert parts(asked.folder) == parts(done(tmp_path, BLOCK, seed=4).folder)


@pytest.mark.parametrize("bad", [{"replications": 0}, {"replications": 5, "seed": -1}], ids=str)
def test_an_impossible_batch_is_refused(bad: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least"):
        run_batch(organisation(), out=tmp_path, simulate=simulate, **bad)


def test_a_folder_without_results_says_so(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="no results here"):
        read_results(tmp_path)


def test_structures_that_are_asked_for_are_run_in_place_of_the_scenarios_under_the_same_luck() -> None:
    every = run(organisation(), replications=3, simulate=simulate)
    some = run(organisation(), structures=["agile", "dm_only"], replications=3, simulate=simulate)
    assert list(some["structure"].unique()) == ["agile", "dm_only"]
    agile = [frame[frame["structure"] == "agile"].reset_index(drop=True) for frame in (every, some)]
    pd.testing.assert_frame_equal(*agile, check_exact=True)


def test_a_structure_may_be_asked_for_as_it_is_written_in_a_file(tmp_path: Path) -> None:
    own = {"name": "covered", "like": "merged", "cover": False}
    batch = run_batch(
        organisation(), structures=["merged", own], replications=2, out=tmp_path, simulate=simulate
    )
    assert batch.structures == ("merged", "covered")
    again = run(
        organisation(structures=["merged", own]), structures=["covered"], replications=1, simulate=simulate
    )
    assert list(again["structure"]) == ["covered"]


def test_a_structure_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ScenarioError, match="agil"):
        run(organisation(), structures=["agil"], simulate=simulate)


def test_a_part_says_the_unit_of_each_outcome(tmp_path: Path) -> None:
    part = next(done(tmp_path, 1).folder.glob("parts/*.parquet"))
    with duckdb.connect() as db:
        about = dict(db.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(part)]).fetchall())
    assert json.loads(about[b"units"]) == {outcome.name: outcome.unit for outcome in OUTCOMES}


def test_a_part_of_an_earlier_version_which_says_no_units_is_read_all_the_same(tmp_path: Path) -> None:
    batch = done(tmp_path, 1)
    part = next(batch.folder.glob("parts/*.parquet"))
    with duckdb.connect() as db:
        about = dict(db.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(part)]).fetchall())
        said = ", ".join(f"{k.decode()}: '{v.decode()}'" for k, v in about.items() if k != b"units")
        db.execute("CREATE TABLE rows AS SELECT * FROM read_parquet(?)", [str(part)])
        part.unlink()
        db.execute(f"COPY rows TO '{part}' (FORMAT parquet, KV_METADATA {{{said}}})")
    assert len(batch.frame()) == 3
