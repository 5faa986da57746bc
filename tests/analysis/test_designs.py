"""What an answer chooses from: the structures listed, and today's with each single ingredient of theirs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.decision.ask import decide
from analysis.decision.designs import INGREDIENTS, changes, designs, taken, written
from analysis.decision.lines import wording
from analysis.decision.result import Decision
from analysis.results.folder_contents import gather
from analysis.statistics.best_against_best import best_against_best
from sim.batch.study import comparing
from sim.scenario import Scenario
from sim.scenario.structures import PRESETS, Structure
from tests.fake_runs import Row, organisation, outcomes

OTHER: dict[str, Any] = {
    "name": "quite other",
    "like": "separated",
    "ranks": "one",
    "rhythm": "sprints",
    "cover": False,
    "help": False,
    "intake": "when there is room",
    "intake_limit": 2,
}
"""Differs from `merged` in each of the six ingredients."""


def between(scenario: Scenario) -> dict[str, Structure]:
    return {design.name: design.structure for design in designs(scenario) if not design.listed}


def test_each_of_six_ingredients_takes_part_by_itself() -> None:
    tried = designs(organisation(structures=["merged", OTHER]))
    single = [design.changes for design in tried if len(design.changes) == 1]
    assert sorted(part for (part,) in single) == sorted(INGREDIENTS)
    whole = next(design for design in tried if design.name == "quite other")
    assert set(whole.changes) == set(INGREDIENTS)


def test_where_the_roles_alone_differ_there_is_nothing_in_between() -> None:
    assert between(organisation(structures=["merged", "separated"])) == {}


def test_roles_are_tried_with_what_is_beside_them_in_each_structure() -> None:
    assert set(between(organisation())) == {"merged, in sprints", "agile, in flow", "separated, in sprints"}


def test_no_two_designs_are_made_of_the_same() -> None:
    tried = [d.structure for d in designs(organisation(structures=["merged", "agile", "pm_only", "dm_only"]))]
    assert all(changes(one, other) for k, one in enumerate(tried) for other in tried[:k])


def test_a_ranking_role_that_is_not_there_leaves_the_ranking_to_who_holds_resources() -> None:
    by_pm = replace(PRESETS["separated"], ranks="one", ranked_by="project_manager")
    step = taken(PRESETS["merged"], ("ranks",), by_pm)
    assert step.ranking_role is not None and step.ranking_role.name == "delivery_lead"


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_structure_that_is_written_out_is_read_as_the_same(name: str) -> None:
    read = comparing(organisation(), [written(replace(PRESETS[name], name="as written"))])
    (structure,) = read.all_structures()
    assert changes(PRESETS[name], structure) == ()


def test_heads_that_a_scenario_gives_to_roles_go_with_the_roles() -> None:
    split = {"product_owner": 5, "scrum_master": 1}
    found = between(organisation(heads={"agile": split}))
    assert found["agile, in flow"].heads == split
    assert found["merged, in sprints"].heads is None


@pytest.mark.parametrize(
    ("changed", "question"),
    [
        ({"ranks": "one"}, "Let one person rank all work?"),
        ({"rhythm": "sprints"}, "Work in sprints?"),
        ({"cover": False}, "Give up standing in for each other?"),
        ({"intake": "when there is room", "intake_limit": 2}, "Let projects wait for room?"),
    ],
)
def test_the_question_is_after_what_changes(changed: dict[str, Any], question: str) -> None:
    scenario = organisation(structures=["merged", {"name": "new", "like": "separated", **changed}])
    step = next(d for d in designs(scenario) if len(d.changes) == 1 and "roles" not in d.changes)
    assert wording("merged", step.name, step)[0] == question


# --- planted differences -----------------------------------------------------------------------------------


def planted(gain: Callable[[Structure], float]) -> Callable[[Scenario, Sequence[int]], list[Row]]:
    """Runs in which each structure gains what its ingredients are worth."""

    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        return [
            (s.name, r, outcomes(scenario.seed, s.name, r, gain(s)), None)
            for r in replications
            for s in scenario.all_structures()
        ]

    return simulate


def asked(out: Path, gain: Callable[[Structure], float]) -> Decision:
    return decide(organisation(), doubted=0, max_replications=400, out=out, simulate=planted(gain))


def roles_of(structure: Structure) -> str:
    return structure.roles[0].name


def test_where_sprints_carry_the_whole_gain_the_answer_is_sprints_and_not_roles(tmp_path: Path) -> None:
    """The preset agile gains as much; it changes the roles as well, for nothing."""
    said = asked(tmp_path, lambda s: 4e5 * (s.rhythm == "sprints"))
    assert said.verdict.challenger == "merged, in sprints"
    assert said.verdict.question == "Work in sprints?"
    assert said.judgement.roles is not None and said.judgement.roles.gain.sign == 0
    assert "The roles by themselves" in said.verdict.text or "Whether the roles" in said.verdict.text


def test_where_roles_carry_the_whole_gain_nothing_else_is_advised(tmp_path: Path) -> None:
    said = asked(tmp_path, lambda s: 4e5 * (roles_of(s) == "project_manager"))
    assert (said.verdict.challenger, said.verdict.question) == ("separated", "Split the roles?")
    assert said.judgement.roles is not None and said.judgement.roles.gain.low > 0
    assert said.judgement.roles.roles == "separated"


def test_where_two_ingredients_are_worth_something_together_alone_both_are_named(tmp_path: Path) -> None:
    together = asked(
        tmp_path, lambda s: 4e5 * (roles_of(s) == "product_owner" and s.rhythm == "sprints")
    ).verdict
    assert together.challenger == "agile"


def test_where_everything_loses_the_answer_is_about_what_was_asked(tmp_path: Path) -> None:
    """Sprints with today's roles lose least, but nobody asked about them."""

    def loses(s: Structure) -> float:
        return -6e5 * (roles_of(s) != "delivery_lead") - 4e5 * (s.rhythm == "sprints")

    said = asked(tmp_path, loses)
    assert said.judgement.selection is not None and said.judgement.selection.answer == "keep"
    assert said.verdict.challenger == "separated"


def test_where_nothing_differs_no_change_is_advised(tmp_path: Path) -> None:
    said = asked(tmp_path, lambda s: 0.0)
    assert said.verdict.answer in ("a tie", "cannot tell")
    assert said.judgement.roles is not None and said.judgement.roles.gain.sign == 0


def test_the_designs_in_between_are_kept_told_and_found_again(tmp_path: Path) -> None:
    said = asked(tmp_path, lambda s: 4e5 * (s.rhythm == "sprints"))
    kept = json.loads((said.batch.folder / "decision.json").read_text(encoding="utf-8"))
    assert {step["design"]: step["changes"] for step in kept["steps"]}["merged, in sprints"] == ["rhythm"]
    assert kept["roles_alone"]["gain"]["futures"] > 0
    again = gather(said.batch.folder)
    assert again.verdict is not None and again.verdict.challenger == "merged, in sprints"
    assert again.verdict.difference == said.verdict.difference
    assert again.judgement is not None
    assert again.judgement.alike.structures == ("merged", "separated", "agile", "merged, in sprints")
    resumed = asked(tmp_path, lambda s: 1 / 0)  # all is there: nothing is run again
    assert resumed.verdict == said.verdict
    (inside,) = said.batch.folder.glob("between-*")
    inside.rename(inside.with_name("between-0ther0ne"))  # as another version of the model names it
    earlier = gather(said.batch.folder)
    assert earlier.verdict is not None and earlier.verdict.difference == said.verdict.difference


def test_who_wants_the_listed_structures_alone_gets_them(tmp_path: Path) -> None:
    given = organisation()
    said = decide(
        given, doubted=0, max_replications=50, out=tmp_path, simulate=planted(roles_gain), steps=False
    )
    assert said.judgement.comparison.structures == ("merged", "separated", "agile")


def roles_gain(structure: Structure) -> float:
    return 4e5 * (roles_of(structure) == "project_manager")


# --- the best of several against the best of several -------------------------------------------------------


def test_the_best_of_several_equal_ones_is_not_ahead_of_one_that_equals_them() -> None:
    """Six that are equal against one: the highest of the six looks ahead; its own interval would say surely,
    too often. The honest one covers nothing in at least 95 of 100 trials.
    """
    honest = naive = 0
    for trial in range(200):
        values = np.random.default_rng(trial).normal(0.0, 1.0, (100, 7))
        gain = best_against_best(values, range(1, 7), [0])
        honest += gain.low <= 0.0 <= gain.high
        naive += values[:, 1:].mean(axis=0).max() - values[:, 0].mean() > 1.96 * np.sqrt(2 / 100)
    assert honest >= 190
    assert naive > 2 * 0.025 * 200, "the highest, tested as if it were the only one, misleads twice too often"


def test_a_real_gain_of_the_best_is_seen_with_its_size() -> None:
    values = np.random.default_rng(1).normal([0.0, 0.2, 1.0, 0.9], 1.0, (400, 4))
    gain = best_against_best(values, [2, 3], [0, 1])
    assert 0 < gain.low < 0.8 < gain.high < 1.4


def test_a_design_that_was_left_out_counts_with_the_futures_that_it_lived_through() -> None:
    values = np.random.default_rng(2).normal([0.0, -3.0, 1.0], 1.0, (400, 3))
    values[100:, 1] = np.nan
    gain = best_against_best(values, [2], [0, 1])
    assert gain.low > 0.5


def test_a_group_without_a_design_is_refused() -> None:
    with pytest.raises(ValueError, match="without a design"):
        best_against_best(np.zeros((3, 2)), [], [0])
