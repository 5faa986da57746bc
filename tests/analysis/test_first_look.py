"""Where no structure is named, a first look picks the one to compare with: the same one, whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analysis.causes.ask import why
from analysis.decision.challenger import FIRST_LOOK_FUTURES, challenger
from analysis.tipping_points.ask import tip
from sim.batch.run import results_folder, run_batch
from sim.scenario import Scenario
from tests.fake_runs import Row, organisation, simulate


def failing(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    return [(s, r, None, "luck ran out") for r in replications for s in scenario.structure_names]


def test_the_best_of_the_others_is_the_challenger(tmp_path: Path) -> None:
    assert challenger(organisation(), tmp_path, simulate=simulate) == "separated"
    several = organisation(structures=["merged", "agile", "pm_only", "dm_only"])
    assert challenger(several, tmp_path, simulate=simulate) == "pm_only"


def test_the_only_other_structure_needs_no_look(tmp_path: Path) -> None:
    assert challenger(organisation(structures=["separated", "agile"]), tmp_path) == "agile"
    assert not list(tmp_path.iterdir())


def test_every_command_takes_the_same_look_and_finds_it_kept(tmp_path: Path) -> None:
    tip(organisation(), "managers=3..9", runs=400, out=tmp_path, simulate=simulate)
    why(organisation(), runs=64, out=tmp_path, simulate=simulate)
    again = run_batch(organisation(), replications=FIRST_LOOK_FUTURES, out=tmp_path, simulate=simulate)
    assert again.kept == again.runs == 3 * FIRST_LOOK_FUTURES
    assert len(again.frame([])) == 3 * FIRST_LOOK_FUTURES


def test_a_look_at_it_without_its_reorganisation_leaves_no_results_beside_it(tmp_path: Path) -> None:
    changing = organisation(reorganisation={"from": "merged", "to": "separated", "day": 60})
    assert challenger(changing, tmp_path, simulate=simulate) == "separated"
    assert list(tmp_path.iterdir()) == [results_folder(changing, tmp_path)]


def test_a_first_look_in_which_nothing_ended_picks_nobody(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="first look: in no future did every structure run to its end"):
        challenger(organisation(), tmp_path, simulate=failing)
