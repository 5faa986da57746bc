"""From drawn organisations to rules, a chart, and a line about one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from analysis.change_atlas import words
from analysis.change_atlas.ask import atlas
from analysis.change_atlas.chart import FEWEST_IN_A_PART, THIRDS
from analysis.change_atlas.files import read
from analysis.change_atlas.result import Atlas
from analysis.change_atlas.traits import traits_of
from analysis.change_atlas.words import like_yours
from analysis.explanations.atlas import headline, page
from analysis.questionnaire.examples import library
from sim.scenario import Scenario, load
from tests.fake_runs import AtOnce, Row, outcomes

pytest.importorskip("sklearn")


def pays_where_many_lead(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
    """Splitting brings a tenth of what people cost from four managers on, and takes as much below."""
    gains = {"separated": 9e5 if scenario.managers > 3 else -9e5}
    return [
        (s, r, outcomes(scenario.seed, s, r, gains.get(s, 0.0)) | {"unfinished_share": 0.1}, None)
        for r in replications
        for s in scenario.structure_names
    ]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    out = tmp_path_factory.mktemp("results")
    return atlas(organisations=120, out=out, simulate=pays_where_many_lead, executor=AtOnce())


def test_the_planted_border_is_in_its_words(found: Atlas) -> None:
    split = next(region for region in found.regions if region.name == "split")
    assert {"pays", "costs"} <= {rule.told for rule in split.rules}
    assert any(condition.trait == "managers" for rule in split.rules for condition in rule.conditions)
    assert split.right[0] > 0.9
    assert "pays where the managers are more than" in str(found)


def test_its_page_and_the_readme_say_each_rule_with_how_often_it_was_right(found: Atlas) -> None:
    whole, short = page(found), headline(found)
    for region in found.regions:
        assert words.in_a_line(region, found.chart) in short
        for rule in region.rules:
            assert f"**{rule.told}** | {words.size(rule)}" in whole


def test_what_changes_nothing_is_not_said_to_pay(found: Atlas) -> None:
    sprints = next(region for region in found.regions if region.name == "sprints")
    assert not {"pays", "costs"} & {rule.told for rule in sprints.rules}


def test_it_is_read_back_as_it_was(found: Atlas) -> None:
    again = read(found.folder / "atlas.json")
    assert again is not None
    assert [region.rules for region in again.regions] == [region.rules for region in found.regions]
    assert (again.chart, str(again)) == (found.chart, str(found))


def test_an_organisation_is_told_what_those_like_it_gain(found: Atlas) -> None:
    traits = traits_of(load(library() / "scaleup.yaml"))
    assert traits is not None
    said = like_yours(found, traits)
    assert "splitting the roles pays (" in said
    assert "sprints make no difference that could be told" in said


def test_its_chart_is_there(found: Atlas) -> None:
    assert [path.suffix for path in found.files] == [".json", ".png", ".svg"]


def test_its_map_has_each_design_where_it_is_ahead(found: Atlas) -> None:
    """Managers decide all: splitting costs where they are few, pays where they are many."""
    assert found.chart is not None
    assert "managers" in (found.chart.across, found.chart.up)
    place = (lambda t: t.across) if found.chart.across == "managers" else (lambda t: t.up)
    tiles = [tile for tile in found.chart.tiles["split"] if tile.gain.futures >= FEWEST_IN_A_PART]
    assert {tile.told for tile in tiles if place(tile) == 0} == {"costs"}
    assert {tile.told for tile in tiles if place(tile) == THIRDS - 1} == {"pays"}
    assert not {tile.told for tile in found.chart.tiles["sprints"]} & {"pays", "costs"}
    split = next(region for region in found.regions if region.name == "split")
    assert "*separated* is ahead in" in words.on_the_map(found.chart, split)


def test_too_few_organisations_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 30"):
        atlas(organisations=3, out=tmp_path)
