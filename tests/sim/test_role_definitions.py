"""Published definitions of roles: each is whole, and is a structure like any other."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario import Scenario, ScenarioError, scenario_from
from sim.scenario.own_structures import OwnStructure
from sim.scenario.role_definitions import (
    JUDGEMENT,
    PRACTICE,
    READINGS,
    SAYS,
    SILENT,
    definition,
    known_by_name,
    published_names,
)
from sim.scenario.structures import PRESETS, TEAM
from sim.vocabulary import DUTIES

MANAGERS = 6


def organisation(*structures: Any, **others: Any) -> Scenario:
    return scenario_from({"name": "A", "managers": MANAGERS, "structures": list(structures), **others})


@pytest.mark.parametrize("name", published_names())
def test_a_definition_says_of_every_duty_who_holds_it_and_whether_the_source_does(name: str) -> None:
    found = definition(name)
    assert tuple(found.duties) == DUTIES
    roles = {role.name for role in found.structure.roles}
    for said in (*found.duties.values(), found.ranking, found.rhythm):
        assert said.said in SAYS and said.because
    for duty, said in found.duties.items():
        assert said.what in {*roles, TEAM}
        assert said.what == TEAM or said.said != SILENT, f"{duty}: a source that is silent gives it to nobody"
    assert set(found.parts) <= roles
    assert all(found.structure.duties_of(role) for role in found.structure.roles)


@pytest.mark.parametrize("name", published_names())
def test_a_definition_says_where_it_is_from_and_how_far_that_was_read(name: str) -> None:
    found = definition(name)
    assert found.reading in READINGS and found.read.year >= 2026 and found.note
    assert all(text.strip() for text in (found.called, found.what, *found.cannot))
    assert all(source.startswith(("https://", "http://")) for source in found.sources)
    practice = found.reading == PRACTICE
    assert bool(found.sources) is not practice
    assert {said.said == JUDGEMENT for said in found.duties.values()} == {practice}


def test_a_scenario_names_them_beside_presets_and_structures_of_its_own() -> None:
    found = organisation("merged", *published_names())
    assert found.structure_names == ("merged", *published_names())
    for name in published_names():
        assert found.structure(name) == definition(name).structure


def test_a_scenario_says_who_holds_what_a_source_is_silent_on() -> None:
    ours = {"name": "ours", "like": "scrum_guide", "duties": {"budget": "product_owner"}}
    theirs = {"name": "theirs", "like": "ours", "duties": {"project_risk": "scrum_master"}}
    found = organisation("scrum_guide", ours, theirs)
    assert found.structure("ours").holders["budget"] == "product_owner"
    assert found.structure("theirs").holders["budget"] == "product_owner"
    assert found.structure("theirs").holders["project_risk"] == "scrum_master"
    assert found.structure("scrum_guide").holders["budget"] == TEAM
    own = [item for item in found.structures if isinstance(item, OwnStructure)]
    assert [item.like for item in own] == ["scrum_guide"] * 3, "what they go back to is kept"


@pytest.mark.parametrize(
    ("key", "value"),
    [("structures.safe.ranks", "own"), ("heads.safe.portfolio", 0.5), ("seed", 7)],
)
def test_one_thing_of_a_definition_can_be_moved_like_that_of_a_preset(key: str, value: Any) -> None:
    found = organisation("merged", "safe").with_changes({key: value})
    assert found.structure_names == ("merged", "safe")
    ranks = value if key.endswith("ranks") else "one"
    assert found.structure("safe").ranks == ranks
    again = found.with_changes({"seed": 8})
    assert again.structure("safe") == found.structure("safe")


def test_a_scenario_without_them_is_what_it_was() -> None:
    own = {"name": "ours", "like": "merged", "ranks": "one"}
    found = organisation("merged", own)
    assert found.structures[0] == "merged"
    assert isinstance(found.structures[1], OwnStructure) and found.structures[1].like is None


def test_a_switch_may_lead_to_one_that_is_not_listed() -> None:
    found = organisation("merged", reorganisation={"from": "merged", "to": "nexus", "day": 30})
    assert found.all_structures()[-1].successor == definition("nexus").structure


@pytest.mark.parametrize("wrong", ["scrum_gide", {"name": "ours", "like": "scrum_gide"}])
def test_a_name_misspelt_is_told_with_the_one_that_was_meant(wrong: Any) -> None:
    with pytest.raises(ScenarioError, match="did you mean scrum_guide"):
        organisation("merged", wrong)


def test_no_definition_has_the_name_of_a_preset() -> None:
    assert not set(published_names()) & set(PRESETS)
    assert set(known_by_name()) == {*PRESETS, *published_names()}
