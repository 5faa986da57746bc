"""Rules find a planted border, say nothing where there is none, and are tried on organisations held out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analysis.change_atlas.rules import MOST_CONDITIONS, Condition, Rule, grown
from analysis.change_atlas.traits import BY_TRAIT, traits_of
from analysis.questionnaire.examples import library
from sim.scenario import load

pytest.importorskip("sklearn")

NAMES = ("size", "tickets", "change")
MARGIN = 0.01

Floats = np.ndarray[Any, Any]


def drawn(organisations: int = 600, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).uniform(0, 1, (organisations, len(NAMES)))


def noise(organisations: int = 600, seed: int = 2) -> Floats:
    return np.random.default_rng(seed).normal(0, 0.05, organisations)


def as_dict(row: Floats) -> dict[str, float]:
    return dict(zip(NAMES, (float(value) for value in row), strict=True))


def rule_for(rules: tuple[Rule, ...], row: Floats) -> Rule:
    (rule,) = [each for each in rules if each.meets(as_dict(row))]
    return rule


@pytest.fixture(scope="module")
def where_large() -> tuple[Rule, ...]:
    """A change that brings 6% to whoever is larger than 0.6, and takes 4% from the others."""
    traits = drawn()
    gains = np.where(traits[:, 0] > 0.6, 0.06, -0.04) + noise()
    return grown(NAMES, traits, gains, MARGIN)


def test_a_planted_border_is_found(where_large: tuple[Rule, ...]) -> None:
    large, small = (rule_for(where_large, np.array([at, 0.5, 0.5])) for at in (0.9, 0.2))
    assert (large.told, small.told) == ("pays", "costs")
    (border,) = {
        c.border for rule in where_large for c in rule.conditions if c.trait == "size" and c.above
    } & {c.border for rule in where_large for c in rule.conditions if c.trait == "size" and not c.above}
    assert border == pytest.approx(0.6, abs=0.05)


def test_two_kinds_that_differ_in_size_alone_or_by_luck_alone_are_one_rule() -> None:
    traits = drawn()
    twice = np.where(traits[:, 0] > 0.6, 0.10, 0.05) + noise()
    (rule,) = grown(NAMES, traits, twice, MARGIN)
    assert (rule.told, rule.conditions) == ("pays", ())
    near = np.where(traits[:, 0] > 0.6, 0.012, 0.008) + noise()
    assert len(grown(NAMES, traits, near, MARGIN)) == 1


def test_each_organisation_meets_exactly_one_rule_of_few_conditions(where_large: tuple[Rule, ...]) -> None:
    for row in drawn(100, seed=9):
        assert len(rule_for(where_large, row).conditions) <= MOST_CONDITIONS


def test_rules_hold_on_organisations_that_nobody_has_seen(where_large: tuple[Rule, ...]) -> None:
    """As often as they say of those held out, give or take what 600 fresh ones can tell."""
    traits = drawn(seed=7)
    gains = np.where(traits[:, 0] > 0.6, 0.06, -0.04) + noise(seed=8)
    said = [(rule.right, rule.tried) for rule in where_large if rule.right is not None]
    promised = sum(right * of for right, of in said) / sum(of for _, of in said)
    sides = [1 if rule_for(where_large, row).told.endswith("pays") else -1 for row in traits]
    assert float((gains * sides > 0).mean()) == pytest.approx(promised, abs=0.08)


def test_where_nothing_matters_hardly_any_rule_is_sure() -> None:
    """Means of leaves are sized on organisations that drew no border, so that none is flattered."""
    sure = sum(
        rule.told in ("pays", "costs")
        for seed in range(20)
        for rule in grown(NAMES, drawn(seed=seed), noise(seed=100 + seed), MARGIN)
    )
    assert sure <= 1


def test_a_condition_is_met_on_its_side_of_the_border() -> None:
    above = Condition("size", True, 3.0)
    assert above.meets({"size": 3.1})
    assert not above.meets({"size": 3.0})


def test_traits_are_told_by_the_scenario_alone() -> None:
    traits = traits_of(load(library() / "scaleup.yaml"))
    assert traits is not None
    assert set(traits) == set(BY_TRAIT)
    assert traits["people_a_manager"] == 8
    assert traits["projects_a_manager"] == pytest.approx(10 / 6)


def test_a_given_plan_has_none() -> None:
    assert traits_of(load(library() / "erp.yaml")) is None
