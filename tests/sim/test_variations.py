"""What `vary` lists: every combination is a scenario of its own, and each mistake is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.building.workload import split
from sim.scenario import ScenarioError, load
from sim.scenario.sweep import MOST, variations
from sim.vocabulary import DUTIES
from tests.fake_runs import organisation

SWEEP = {"managers": [4, 6], "portfolio.projects.at_start": [2, 8, 32]}


def test_every_combination_comes_once_the_last_key_changing_fastest() -> None:
    varied = variations(organisation(vary=SWEEP))
    assert [tuple(v.changes.values()) for v in varied] == [(m, p) for m in (4, 6) for p in (2, 8, 32)]
    assert [v.scenario.managers for v in varied] == [4, 4, 4, 6, 6, 6]
    assert [v.scenario.portfolio.projects.at_start for v in varied if v.scenario.portfolio.projects] == [
        *(2, 8, 32) * 2
    ]


def test_a_variation_is_the_scenario_with_that_key_changed() -> None:
    plain = organisation(portfolio={"clients": 7})
    swept = organisation(portfolio={"clients": 7}, vary=SWEEP)
    for variation in variations(swept):
        changed = plain.with_changes(variation.changes)
        assert variation.scenario == changed
        assert variation.scenario.content_hash() == changed.content_hash()


def test_without_a_sweep_there_is_the_scenario_alone() -> None:
    (only,) = variations(organisation())
    assert dict(only.changes) == {}
    assert only.scenario == organisation()


def test_the_sweep_is_part_of_what_decides_the_results() -> None:
    assert organisation(vary=SWEEP).content_hash() != organisation().content_hash()


def test_whole_parts_of_a_scenario_can_be_varied() -> None:
    risks = variations(organisation(vary={"risks": ["default", "none"]}))
    assert [v.scenario.risks for v in risks] == ["default", "none"]
    beliefs = variations(organisation(vary={"assumptions.patience": [5, 20]}))
    assert [v.scenario.assumptions for v in beliefs] == [{"patience": 5}, {"patience": 20}]


@pytest.mark.parametrize(
    ("vary", "key", "part"),
    [
        ("managers: [4, 4]", "vary.managers", "lists a value twice"),
        ("managers: []", "vary.managers", "at least"),
        ("managers: [4, many]", "vary.managers", "is 'many'; give a whole number"),
        ("managers: [0, 4]", "vary.managers", "is 0; give a whole number from 1"),
        ("manager: [3]", "vary.manager", "did you mean managers?"),
        ("clarity: [0.5]", "vary.clarity", "did you mean assumptions.clarity?"),
        ("seed: [1, 2]", "vary.seed", "is the same for the whole sweep"),
        ("structures: [[merged], [agile]]", "vary.structures", "is the same for the whole sweep"),
        ("name: [a, b]", "vary.name", "is the same for the whole sweep"),
        ("vary: [1]", "vary.vary", "is the same for the whole sweep"),
        (
            "reorganisation: [{from: merged, to: agile, day: 9}]",
            "vary.reorganisation",
            "changes which structures are compared",
        ),
        ("horizon_days: [500, 3]", "vary.horizon_days", "is 3; give a whole number from 20"),
    ],
)
def test_what_cannot_be_varied_is_told_with_its_line(vary: str, key: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / "org.yaml"
    path.write_text(f"name: Org\nvary:\n  {vary}\n")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (3, key)
    assert part in str(problem)


def test_a_sweep_that_nobody_could_wait_for_is_refused() -> None:
    values = list(range(1, 102))
    with pytest.raises(ScenarioError, match=f"list at most {MOST:,}"):
        organisation(vary={"portfolio.clients": values, "portfolio.projects.at_start": values})


def test_values_that_clash_only_with_each_other_are_found_before_anything_runs() -> None:
    change = {"from": "merged", "to": "separated", "day": 20}
    sound = {"horizon_days": [30, 500]}
    assert len(variations(organisation(reorganisation=change, vary=sound))) == 2
    with pytest.raises(ScenarioError) as caught:
        organisation(reorganisation=change, vary=sound | {"reorganisation.day": [20, 90]})
    (problem,) = caught.value.problems
    assert problem.key == "vary"
    clash = "combines horizon_days 30, reorganisation.day 90, where reorganisation.day is 90, after the end"
    assert problem.wrong == clash


def test_a_value_that_clashes_with_another_key_is_told_with_that_key() -> None:
    roles = {"lead": {"heads": 2}, "planner": {"heads": 2}}
    duties = dict.fromkeys(DUTIES, "lead") | {"resources": "planner"}
    own = {"name": "ours", "roles": roles, "duties": duties}
    with pytest.raises(ScenarioError) as caught:
        organisation(structures=["merged", own], managers=4, vary={"managers": [3, 4]})
    (problem,) = caught.value.problems
    assert str(problem) == (
        "vary.managers: at 3, structures.1.roles sum to 4 posts; let them sum to managers, which is 3"
    )


def test_heads_of_a_role_are_swept_and_the_other_roles_give_way() -> None:
    scenario = organisation(managers=6, vary={"heads.separated.project_manager": [2, 3.5, 5]})
    found = []
    for varied in variations(scenario):
        separated = varied.scenario.structure("separated")
        found.append(split(varied.scenario, prepare(varied.scenario).values, separated))
    assert [each["delivery_manager"] for each in found] == [4, 2.5, 1]


def test_heads_that_leave_nobody_for_another_role_are_told_with_the_sweep() -> None:
    with pytest.raises(ScenarioError, match="leave some of the 6 managers for delivery_manager"):
        organisation(managers=6, vary={"heads.separated.project_manager": [3, 6]})
