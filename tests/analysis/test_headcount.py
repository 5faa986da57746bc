"""One manager more or fewer: told beside the answer, with what they cost, and never mixed into it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.decision.ask import decide
from analysis.decision.headcount import apart_at_best
from analysis.decision.result import Decision
from sim.scenario import Scenario
from tests.fake_runs import Row, organisation, outcomes


def each_best_at(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Merged brings most with seven managers, separated with five; separated is ahead by 300,000 with six."""
    best = {"merged": 7, "separated": 5}
    return [
        (s, r, outcomes(scenario.seed, s, r, 3e5 * (s == "separated") - 1e5 * off * off), None)
        for r in replications
        for s in scenario.structure_names
        for off in (scenario.managers - best[s],)
    ]


def asked(out: Path, **changes: object) -> Decision:
    two = organisation(structures=["merged", "separated"], **changes)
    return decide(two, doubted=0, max_replications=200, out=out, simulate=each_best_at)


def test_each_structure_is_told_at_its_own_best_number_of_managers(tmp_path: Path) -> None:
    said = asked(tmp_path)
    line = said.verdict.paragraphs[-1]
    assert line.startswith(
        "Number of managers, what they cost counted in (a year, over 100 futures): one more under merged "
        "brings +€"
    )
    assert "separated with 5 is €" in line and "ahead of merged with 7" in line
    assert "Number of managers" not in said.verdict.paragraphs[0]


def test_where_today_has_the_best_number_the_answer_keeps_its_one_number(tmp_path: Path) -> None:
    def six_is_best(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        off = (scenario.managers - 6) ** 2
        gains = {"merged": -1e5 * off, "separated": 3e5 - 1e5 * off}
        return [
            (s, r, outcomes(scenario.seed, s, r, gains.get(s, 0.0)), None)
            for r in replications
            for s in scenario.structure_names
        ]

    two = organisation(structures=["merged", "separated"])
    said = decide(two, doubted=0, max_replications=200, out=tmp_path, simulate=six_is_best)
    assert said.verdict.paragraphs[-1].endswith("of those tried, 6 looks best for both.")


def test_other_numbers_of_managers_are_no_candidates(tmp_path: Path) -> None:
    said = asked(tmp_path)
    assert said.verdict.challenger == "separated"
    assert said.comparison.structures == ("merged", "separated")
    kept = json.loads((said.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert set(kept["heads"]["gains"]["merged"]) == {"4", "5", "6", "7", "8"}


def test_where_the_posts_of_each_role_are_said_no_other_number_is_tried(tmp_path: Path) -> None:
    said = asked(tmp_path, heads={"separated": {"project_manager": 4, "delivery_manager": 2}})
    assert not any("Number of managers" in line for line in said.verdict.paragraphs)


def test_one_manager_alone_cannot_be_fewer(tmp_path: Path) -> None:
    said = asked(tmp_path, managers=1)
    line = said.verdict.paragraphs[-1]
    assert "one more under merged" in line and "one fewer" not in line


def test_what_was_counted_is_found_again(tmp_path: Path) -> None:
    first, second = asked(tmp_path), asked(tmp_path)
    assert first.verdict == second.verdict


def test_a_number_that_luck_made_look_best_is_worth_no_more_than_others() -> None:
    """Five numbers that bring the same: told elsewhere than it was picked, the best is ahead of nothing."""
    luck = np.random.default_rng(3)
    honest, naive = [], []
    for _ in range(1000):
        tables = {n: np.column_stack([np.zeros(100), luck.normal(size=100)]) for n in range(4, 9)}
        honest.append(apart_at_best(tables, 100).mean)
        naive.append(max(table[:, 1].mean() for table in tables.values()))
    assert abs(np.mean(honest)) < 4 * np.std(honest) / np.sqrt(len(honest))
    assert np.mean(naive) > 0.1


def test_a_number_that_is_truly_best_is_found_by_both_halves() -> None:
    luck = np.random.default_rng(3)
    gains = {4: 0.0, 5: 5.0, 6: 0.0}
    tables = {n: np.column_stack([np.zeros(100), gain + luck.normal(size=100)]) for n, gain in gains.items()}
    assert apart_at_best(tables, 100).mean == pytest.approx(tables[5][:, 1].mean())
