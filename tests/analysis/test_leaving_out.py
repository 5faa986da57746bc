"""A structure that is out of the question lives through no more futures, and what is said of it says so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

import sim
from analysis.decision import ask as deciding
from analysis.decision.ask import decide
from analysis.decision.result import Decision
from analysis.reports.page import page
from analysis.results.folder_contents import gather
from analysis.statistics.compare import best_shares, by_structure, compare, complete_futures, win_share
from analysis.statistics.selection import FIRST_FUTURES, select
from analysis.sweeps.side_by_side import leaders
from analysis.words.table import print_comparison
from sim.batch.manifest import read_manifest
from sim.batch.run import Sweep, results_folder, run_batch
from sim.batch.session import Interrupted, session
from sim.batch.study import BLOCK, Study, among, grid
from sim.batch.workers import SimulateBlock
from sim.safety.facts_file import read_facts
from sim.scenario import Scenario
from sim.scenario.sweep import variations
from tests.fake_runs import AtOnce, Row, organisation, results, simulate

CLOSE = ["merged", "pm_only", "dm_only"]
"""Of these, `pm_only` is 50,000 ahead of `merged`, and `dm_only` 400,000 behind it."""

MOST = 300


@pytest.fixture(autouse=True)
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """They have tests of their own."""
    monkeypatch.setattr(deciding, "decision_figure", lambda *_, **__: None)
    monkeypatch.setattr(deciding, "save", lambda *_: [])


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "parts").glob("*.parquet"))}


def close(**changes: object) -> Scenario:
    return organisation(structures=CLOSE, **changes)


def decided(
    out: Path, work: SimulateBlock = simulate, scenario: Scenario | None = None, **how: Any
) -> Decision:
    how |= {"matters": 2e4, "max_replications": MOST, "doubted": 0, "steps": False}
    return decide(scenario or close(), out=out, simulate=work, **how)


def test_who_is_out_of_the_question_lives_through_no_more_futures(tmp_path: Path) -> None:
    lived: Counter[str] = Counter()

    def counting(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        rows = simulate(scenario, replications)
        lived.update(row[0] for row in rows)
        return rows

    decision = decided(tmp_path, counting)
    assert lived == {"merged": MOST, "pm_only": MOST, "dm_only": FIRST_FUTURES}
    assert decision.comparison.left_out == {"dm_only": FIRST_FUTURES}
    assert decision.batch.runs == 2 * MOST + FIRST_FUTURES
    manifest = read_manifest(decision.batch.folder)
    assert (manifest["runs"], manifest["left_out_after"]) == (
        2 * MOST + FIRST_FUTURES,
        {"dm_only": FIRST_FUTURES},
    )


def test_leaving_out_changes_nothing_that_is_said_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = decided(tmp_path / "ours")
    monkeypatch.setattr(deciding, "_in_question", lambda scenario, _, names: names)
    theirs = decided(tmp_path / "theirs")
    assert not theirs.comparison.left_out
    assert ours.verdict.paragraphs[0] == theirs.verdict.paragraphs[0]
    assert ours.comparison.gain("pm_only") == theirs.comparison.gain("pm_only")
    assert ours.judgement.selection and theirs.judgement.selection
    assert ours.judgement.selection.left_out == theirs.judgement.selection.left_out
    assert ours.judgement.selection.more == theirs.judgement.selection.more


@pytest.mark.parametrize("stop_at", [250, 640, 720])
def test_stopped_anywhere_it_ends_as_if_never_stopped(tmp_path: Path, stop_at: int) -> None:
    def stop(done: int, _: int) -> None:
        if done >= stop_at:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        decided(tmp_path / "stopped", progress=stop, executor=AtOnce(), jobs=1)
    resumed, whole = decided(tmp_path / "stopped"), decided(tmp_path / "whole")
    assert 0 < resumed.batch.kept < resumed.batch.runs == whole.batch.runs
    assert parts(resumed.batch.folder) == parts(whole.batch.folder)
    assert str(resumed) == str(whole)
    said = [(d.batch.folder / "decision.json").read_bytes() for d in (resumed, whole)]
    assert said[0] == said[1]


def test_the_answer_is_the_same_whatever_was_lived_through_before(tmp_path: Path) -> None:
    fresh = decided(tmp_path / "fresh")
    run_batch(close(), replications=MOST, out=tmp_path / "kept", simulate=simulate)
    kept = decided(tmp_path / "kept")
    assert kept.batch.kept == kept.batch.runs
    assert kept.verdict == fresh.verdict
    assert kept.comparison == fresh.comparison


def test_run_brings_back_what_was_left_out(tmp_path: Path) -> None:
    decided(tmp_path / "decided")
    after = run_batch(close(), replications=MOST, out=tmp_path / "decided", simulate=simulate)
    alone = run_batch(close(), replications=MOST, out=tmp_path / "alone", simulate=simulate)
    assert parts(after.folder) == parts(alone.folder)
    assert after.frame()["structure"].value_counts().to_dict() == dict.fromkeys(CLOSE, MOST)
    assert "left_out_after" not in read_manifest(after.folder)


def test_another_question_about_the_same_runs_loses_none_of_them(tmp_path: Path) -> None:
    """Asked from the structure that was left out, two others are compared with it; what is there stays."""
    before = set(decided(tmp_path).batch.frame().groupby("structure")["replication"].max().items())
    decided(tmp_path, scenario=close(current="dm_only"))
    rows = gather(results_folder(close(), tmp_path), every=True).results
    after = rows.groupby("structure")["replication"].max()
    assert all(after[structure] >= last for structure, last in before)


def test_runs_of_a_block_that_was_begun_are_not_lost_when_it_grows_without_them(tmp_path: Path) -> None:
    """Ten futures beyond those that `decide` takes of all: their block is filled up with the others."""
    run_batch(close(), replications=FIRST_FUTURES + 10, out=tmp_path, simulate=simulate)
    decision = decided(tmp_path)
    assert decision.comparison.left_out == {"dm_only": FIRST_FUTURES}
    rows = gather(decision.batch.folder, every=True).results
    assert rows[rows["structure"] == "dm_only"]["replication"].max() >= FIRST_FUTURES + 9


def test_a_block_that_grows_asks_nobody_new_to_live_through_it(tmp_path: Path) -> None:
    study = Study(close(), Sweep(variations(close())))
    for futures in (BLOCK + 10, 2 * BLOCK):
        with session(study, tmp_path, simulate=simulate) as now:
            now.extend(grid(1, BLOCK))
            now.extend(grid(1, futures), structures=("merged", "pm_only"))
            lived = now.frame(["net_value_a_year"])["structure"].value_counts().to_dict()
        assert lived == {"merged": futures, "pm_only": futures, "dm_only": BLOCK}


def test_what_is_to_be_done_meanwhile_is_done_once_though_blocks_have_other_structures(
    tmp_path: Path,
) -> None:
    """The first two blocks were lived through by one pair before, so now by all; the next by another pair."""
    study, calls = Study(close(), Sweep(variations(close()))), list[str]()
    with session(study, tmp_path, simulate=simulate) as before:
        before.extend(grid(1, 2 * BLOCK), structures=("merged", "dm_only"))
    with session(study, tmp_path, simulate=simulate) as now:
        pair = ("merged", "pm_only")
        now.extend(grid(1, 4 * BLOCK), structures=pair, meanwhile=lambda: calls.append("loaded"))
        lived = now.frame(["net_value_a_year"])["structure"].value_counts().to_dict()
    assert lived == {"merged": 4 * BLOCK, "pm_only": 4 * BLOCK, "dm_only": 2 * BLOCK}
    assert calls == ["loaded"]


def test_what_is_said_of_it_tells_on_how_many_futures_it_rests(tmp_path: Path) -> None:
    decision = decided(tmp_path)
    assert f"surely behind after {FIRST_FUTURES} futures, and left out of the rest)" in decision.verdict.whole
    console = Console(width=200, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    print_comparison(console, decision.comparison)
    legend = " ".join(console.export_text().split())
    assert f"over {MOST} futures (dm_only in the first {FIRST_FUTURES}: surely behind by then)." in legend
    assert f"Best of all is asked of the first {FIRST_FUTURES}." in legend


def test_a_folder_of_which_a_structure_was_left_out_is_read_as_it_was_decided(tmp_path: Path) -> None:
    decision = decided(tmp_path)
    material = gather(decision.batch.folder)
    assert material.judgement is not None
    assert material.judgement.comparison == decision.comparison
    assert material.verdict is not None and material.verdict.paragraphs == decision.verdict.paragraphs
    assert leaders(material.results, material.scenario).names[0] in {"merged", "pm_only"}
    assert "dm_only" not in leaders(material.results, material.scenario).names
    told = " ".join(page(material, [], []).split())
    assert f"{MOST} futures (dm_only in the first {FIRST_FUTURES}: surely behind by then)" in told
    run_batch(close(), replications=MOST, out=tmp_path, simulate=simulate)
    again = gather(decision.batch.folder)
    assert again.judgement is not None and again.judgement.comparison == decision.comparison


def test_those_of_another_number_of_managers_stay_and_so_does_their_like(tmp_path: Path) -> None:
    beside = close(unequal_managers={"dm_only": 7})
    decision = decided(tmp_path, scenario=beside)
    assert not decision.comparison.left_out
    assert decision.judgement.unequal is not None and decision.judgement.unequal.futures == MOST


def test_a_change_on_a_day_is_compared_with_all(tmp_path: Path) -> None:
    change = close(reorganisation={"from": "merged", "to": "pm_only", "day": 60})
    assert not decided(tmp_path, scenario=change).comparison.left_out


def test_a_comparison_takes_each_structure_over_the_futures_it_lived_through() -> None:
    frame = results({"merged": 0.0, "separated": 3e5, "agile": -1e5}, 60)
    short = frame[~((frame["structure"] == "agile") & (frame["replication"] >= 40))]
    ours, full = compare(short, current="merged"), compare(frame, current="merged")
    first = compare(frame[frame["replication"] < 40], current="merged")
    assert (ours.futures, ours.dropped, ours.common, ours.left_out) == (60, 0, 40, {"agile": 40})
    assert ours.gain("separated") == full.gain("separated")
    assert ours.gain("agile") == first.gain("agile")
    assert ours.win_share["agile"] == first.win_share["agile"]
    assert ours.best_share == first.best_share


def test_a_failure_after_it_left_counts_for_the_others_alone() -> None:
    frame = results({"merged": 0.0, "separated": 3e5, "agile": -1e5}, 60)
    short = frame[~((frame["structure"] == "agile") & (frame["replication"] >= 40))].copy()
    short["error"] = short["error"].astype(object)
    short.loc[(short["structure"] == "separated") & (short["replication"] == 50), "error"] = "luck ran out"
    compared = compare(short, current="merged")
    assert (compared.futures, compared.dropped, compared.lived["agile"]) == (59, 1, 40)


def test_values_that_are_missing_say_nothing_about_odds() -> None:
    gap = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, np.nan]])
    assert best_shares(gap) == [0.5, 0.5]
    assert win_share(gap[:, 1] - gap[:, 0]) == 0.5


def test_leaving_out_changes_no_pick_and_the_promise_is_kept() -> None:
    """100 trials of five structures, in rounds as `decide` has them: what KN picks is what it would have
    picked had nobody been left out, and hardly ever one that is behind the best by what matters or more.
    """
    names = ("today", "best", "near", "far", "farther")
    gains, right, spared = np.array([0.0, 1.0, 0.5, -2.0, -4.0]), 0, 0
    for seed in range(100):
        values = 10 * np.random.default_rng([7, seed]).normal(size=(3000, 5)) / np.sqrt(2) + gains
        seen = values.copy()
        for futures in deciding.rounds(3000):
            said = select(seen[:futures], names, "today", 1.0)
            if said.decided:
                break
            seen[futures:, [name not in said.in_question for name in names]] = np.nan
        spared += int(np.isnan(seen[:futures]).sum())
        whole = select(values[: said.futures], names, "today", 1.0)
        assert (said.known_at, said.survivors, said.left_out) == (
            whole.known_at,
            whole.survivors,
            whole.left_out,
        )
        right += set(said.survivors) <= {"best", "near"} or said.known_at is None
        assert all(said.differences[s] == whole.differences[s] for s in said.in_question if s != "today")
    assert right >= 95
    assert spared > 10_000


@pytest.mark.parametrize("changes", [{}, {"unequal_managers": {"separated": 5}}])
def test_luck_does_not_depend_on_who_else_lives_through_it(changes: dict[str, object]) -> None:
    scenario = organisation(horizon_days=60, **changes)
    two = among(scenario, ("merged", "agile"))
    assert two.structure_names == ("merged", "agile")
    every, some = sim.run(scenario, replications=3), sim.run(two, replications=3)
    same = every[every["structure"].isin(two.structure_names)].reset_index(drop=True)
    pd.testing.assert_frame_equal(same, some, check_exact=True)


def test_an_answer_that_nobody_may_read_is_no_hindrance(tmp_path: Path) -> None:
    """An older answer does not say how many futures each structure lived through."""
    folder = decided(tmp_path).batch.folder
    said = read_facts(folder / "decision.json")
    del said["lived"]
    (folder / "decision.json").write_text(json.dumps(said), encoding="utf-8")
    material = gather(folder)
    assert material.judgement is not None and material.judgement.comparison.left_out == {
        "dm_only": FIRST_FUTURES
    }
    whole = complete_futures(material.results)
    assert np.isnan(by_structure(whole, "net_value_a_year", CLOSE)[FIRST_FUTURES:, 2]).all()
