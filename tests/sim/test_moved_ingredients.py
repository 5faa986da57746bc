"""Any ingredient of a structure can be varied by its name, and a wrong key says which was meant."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario, ScenarioError, scenario_from
from sim.scenario.sweep import variations

OURS = {"name": "ours", "like": "separated", "duties": {"project_risk": "delivery_manager"}}


def organisation(**changes: object) -> Scenario:
    return scenario_from({"name": "A", "structures": ["merged", "separated", OURS]} | changes)


@pytest.mark.parametrize(
    ("key", "value", "got"),
    [
        ("structures.separated.ranks", "one", lambda s: s.ranks == "one"),
        ("structures.separated.rhythm", "sprints", lambda s: s.rhythm == "sprints"),
        ("structures.separated.cover", False, lambda s: not s.cover),
        ("structures.separated.duties.budget", "delivery_manager", lambda s: s.duties_of(s.roles[1])[0]),
        ("structures.separated.cadence.planning", 10, lambda s: s.cadence == {"planning": 10}),
    ],
)
def test_an_ingredient_of_a_preset_is_set_by_its_name(key: str, value: object, got: object) -> None:
    changed = organisation().with_changes({key: value})
    assert got(changed.structure("separated"))  # type: ignore[operator]
    assert changed.structure_names == ("merged", "separated", "ours")
    assert changed.structure("ours") == organisation().structure("ours")
    assert changed.with_changes({"managers": 5}).structure("separated") == changed.structure("separated")


def test_what_an_ingredient_says_nothing_without_comes_with_it_and_goes_with_it() -> None:
    limited = organisation().with_changes({"structures.ours.intake_limit": 2})
    assert limited.structure("ours").intake == "when there is room"
    sprints = organisation().with_changes({"structures.ours.sprint_days": 5})
    assert sprints.structure("ours").rhythm == "sprints"
    assert sprints.with_changes({"structures.ours.rhythm": "flow"}).structure("ours").sprint_days is None


def test_a_sweep_over_an_ingredient_has_the_structures_of_the_scenario() -> None:
    varied = variations(organisation(vary={"structures.separated.ranks": ["own", "one"]}))
    assert [v.scenario.structure("separated").ranks for v in varied] == ["own", "one"]
    assert {v.scenario.structure_names for v in varied} == {("merged", "separated", "ours")}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "structures.seperated.ranks",
            "names seperated, which is not among structures; did you mean separated?",
        ),
        ("structures.separated.rank", "structures.separated.rank: is not a key here; did you mean ranks?"),
        ("structures.separated.ranks", "structures.separated.ranks: is 3; give one of"),
        ("structures.separated", "names no ingredient; name one of its ingredients"),
        ("heads.project_manager", "did you mean heads.separated.project_manager?"),
        ("clients", "did you mean portfolio.clients?"),
        ("at_start", "did you mean portfolio.projects.at_start?"),
        ("portfolio.at_start", "did you mean portfolio.projects.at_start?"),
        ("count", "did you mean organisation.teams.count or portfolio.services.count?"),
        ("ranks", "did you mean structures.NAME.ranks?"),
        ("client", "did you mean portfolio.clients?"),
        ("managrs", "did you mean managers?"),
    ],
)
def test_a_key_that_leads_nowhere_says_which_was_meant(key: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        organisation().with_changes({key: 3})
    assert said in str(caught.value)


def test_a_file_may_still_not_call_a_structure_like_a_preset() -> None:
    with pytest.raises(ScenarioError, match="is separated, which Rolecall knows already"):
        organisation(structures=["merged", OURS | {"name": "separated", "like": "merged"}])
