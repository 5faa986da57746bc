"""A sweep is one batch: every combination, balanced at any moment, and the same however it came about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from sim.batch.manifest import read_manifest
from sim.batch.run import BatchResult, run, run_batch
from sim.batch.session import Interrupted
from sim.batch.study import BLOCK
from sim.scenario import Scenario, scenario_from
from sim.vocabulary import OUTCOMES
from tests import fake_runs

SWEEP = {"managers": [4, 6], "portfolio.clients": [2, 3]}
KEYS = list(SWEEP)
MEASURES = [outcome.name for outcome in OUTCOMES]


def simulate(scenario: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
    """Fake runs in which the varied keys leave a trace."""
    trace = 1e4 * scenario.managers + scenario.portfolio.clients
    return [
        (s, r, {**done, "value_delivered": trace}, why) if done else (s, r, done, why)
        for s, r, done, why in fake_runs.simulate(scenario, replications)
    ]


def done(out: Path, replications: int = 2 * BLOCK, jobs: int = 1, **changes: object) -> BatchResult:
    scenario = fake_runs.organisation(**({"vary": SWEEP} | changes))
    return run_batch(scenario, replications=replications, jobs=jobs, out=out, simulate=simulate)


def parts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "parts").glob("*.parquet"))}


def test_every_combination_meets_every_structure_in_every_future(tmp_path: Path) -> None:
    batch = done(tmp_path)
    frame = batch.frame(["value_delivered"])
    assert batch.runs == len(frame) == 4 * 3 * 2 * BLOCK
    counts = frame.groupby([*KEYS, "structure"])["replication"].agg(["size", "nunique"])
    assert (counts == 2 * BLOCK).all(axis=None)
    assert len(counts) == 4 * 3
    assert (frame["value_delivered"] == 1e4 * frame["managers"] + frame["portfolio.clients"]).all()


def test_results_have_a_column_for_each_varied_key_beside_the_number_of_the_variation(tmp_path: Path) -> None:
    frame = done(tmp_path).frame([])
    assert list(frame.columns) == [
        "scenario",
        "variation",
        "structure",
        "replication",
        "seed",
        "error",
        *KEYS,
    ]
    combinations = frame.drop_duplicates("variation").set_index("variation")[KEYS]
    assert combinations.values.tolist() == [[m, c] for m in (4, 6) for c in (2, 3)]
    assert frame["variation"].is_monotonic_increasing


def test_combinations_take_turns_so_that_a_batch_is_balanced_whenever_it_stops(tmp_path: Path) -> None:
    def press(now: int, _: int) -> None:
        if now >= 5 * BLOCK * 3:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        run_batch(
            fake_runs.organisation(vary=SWEEP),
            replications=4 * BLOCK,
            jobs=1,
            executor=fake_runs.AtOnce(),
            out=tmp_path,
            simulate=simulate,
            progress=press,
        )
    left = next(tmp_path.iterdir())
    from sim.batch.results import read_results

    futures = read_results(left, columns=[]).groupby("variation")["replication"].nunique()
    assert len(futures) == 4
    assert futures.max() - futures.min() <= BLOCK

    resumed = done(tmp_path, 4 * BLOCK)
    assert resumed.kept > 0
    assert parts(resumed.folder) == parts(done(tmp_path / "whole", 4 * BLOCK).folder)


def test_threads_give_the_bytes_of_a_serial_sweep(tmp_path: Path) -> None:
    assert parts(done(tmp_path / "a").folder) == parts(done(tmp_path / "b", jobs=4).folder)


def test_more_replications_extend_every_combination_and_keep_what_is_there(tmp_path: Path) -> None:
    done(tmp_path / "a", BLOCK)
    longer = done(tmp_path / "a", 3 * BLOCK)
    assert longer.kept == 4 * 3 * BLOCK
    assert parts(longer.folder) == parts(done(tmp_path / "b", 3 * BLOCK).folder)


def test_fewer_replications_read_no_more_than_was_asked_for(tmp_path: Path) -> None:
    done(tmp_path)
    assert len(done(tmp_path, 5).frame([])) == 4 * 3 * 5


def test_without_a_folder_the_same_rows_come_back(tmp_path: Path) -> None:
    loose = run(fake_runs.organisation(vary=SWEEP), replications=BLOCK, simulate=simulate)
    pd.testing.assert_frame_equal(loose, done(tmp_path, BLOCK).frame(), check_exact=True)


def test_the_manifest_lists_the_variations(tmp_path: Path) -> None:
    manifest = read_manifest(done(tmp_path, BLOCK).folder)
    assert manifest["variations"] == [{"managers": m, "portfolio.clients": c} for m in (4, 6) for c in (2, 3)]
    assert manifest["scenario"]["vary"] == SWEEP
    assert manifest["runs"] == 4 * 3 * BLOCK


def test_a_failed_run_is_found_by_its_combination(tmp_path: Path) -> None:
    def failing(scenario: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
        fails = fake_runs.simulate_with_a_failure if scenario.managers == 6 else fake_runs.simulate
        return fails(scenario, replications)

    batch = run_batch(fake_runs.organisation(vary=SWEEP), replications=BLOCK, out=tmp_path, simulate=failing)
    failed = batch.frame([]).dropna(subset=["error"])
    assert batch.failed == 2
    assert failed[[*KEYS, "structure", "replication"]].values.tolist() == [
        [6, 2, "separated", 7],
        [6, 3, "separated", 7],
    ]


@pytest.mark.parametrize("other", [{"managers": [6, 4]}, {"managers": [4, 6, 8]}, {}], ids=json.dumps)
def test_another_sweep_has_a_folder_of_its_own(other: dict[str, list[int]], tmp_path: Path) -> None:
    one = done(tmp_path, BLOCK, vary={"managers": [4, 6]})
    assert done(tmp_path, BLOCK, vary=other).folder != one.folder


def test_the_seed_asked_for_is_that_of_every_combination(tmp_path: Path) -> None:
    seen: set[int] = set()

    def noting(scenario: Scenario, replications: Sequence[int]) -> list[fake_runs.Row]:
        seen.add(scenario.seed)
        return simulate(scenario, replications)

    run_batch(fake_runs.organisation(vary=SWEEP), replications=2, seed=9, out=tmp_path, simulate=noting)
    assert seen == {9}


def test_a_variation_is_bit_for_bit_the_scenario_with_that_key_changed() -> None:
    content = {
        "name": "small",
        "horizon_days": 40,
        "managers": 2,
        "structures": ["merged", "separated"],
        "organisation": {"teams": {"count": 2, "members": 3}},
        "portfolio": {"projects": {"at_start": 2, "a_year": 8, "tasks": 6, "effort_hours": 200}},
    }
    vary = {"portfolio.projects.at_start": [2, 5], "assumptions.patience": [5, 40]}
    sweep = run(scenario_from(content | {"vary": vary}), replications=3, seed=4)
    for values, rows in sweep.groupby(list(vary)):
        changed = scenario_from(content).with_changes(dict(zip(vary, values, strict=True)))
        alone = run(changed, replications=3, seed=4)
        pd.testing.assert_frame_equal(
            rows[MEASURES].reset_index(drop=True), alone[MEASURES], check_exact=True
        )
    assert sweep["net_value_a_year"].nunique() > 6
