"""A rule that is switched off, or has nothing to act on, changes no bit; with something of it, it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from sim.scenario.structures import PRESETS, Structure
from tests.sim.in_the_example import Given, lived

SEPARATED = PRESETS["separated"]
ASKING = replace(
    SEPARATED,
    consulted={"reporting": ("delivery_manager",)},
    informed={"stakeholders": ("project_manager",)},
)
FUTURES = 2


@dataclass(frozen=True)
class World:
    """Assumptions, keys of the scenario and a structure to live under."""

    given: Given = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)
    structure: Structure = SEPARATED

    def and_(self, more: World) -> World:
        return World({**self.given, **more.given}, {**self.keys, **more.keys}, self.structure)


@dataclass(frozen=True)
class Rule:
    """A rule in a world with nothing of it and in one with something, and numbers of it that differ."""

    nothing: World
    something: World
    numbers: tuple[World, World]
    counts: frozenset[str] = frozenset()
    """Outcomes that say no more than how often the rule had cause to act."""

    def moved(self, world: World) -> set[str]:
        """Outcomes in which any future differs by a bit between the numbers; nothing measured is `nan`."""
        one, other = (
            lived(both.given, both.keys, both.structure, FUTURES)
            for both in (world.and_(numbers) for numbers in self.numbers)
        )
        pairs = zip(one, other, strict=True)
        return {
            outcome for a, b in pairs for outcome in a if repr(a[outcome]) != repr(b[outcome])
        } - self.counts


PLAIN = World()
NO_EXTRA_WORK = World(
    {"defect_rate": 0.0, "risks_a_project": 0.0, "cut_share": 0.0, "sponsor_refusal": 0.0},
    {"portfolio.projects.change_a_month": 0.0, "risks": "none"},
)
CORRECTING = ("timeline", "budget", "reporting", "satisfaction")


def nobody_holds(*duties: str) -> Structure:
    structure = SEPARATED
    for duty in duties:
        structure = structure.without(duty)
    return structure


RULES = {
    "a sponsor whom nobody needs": Rule(
        World({"sponsor_overrun": 1e6, "sponsor_share": 0.0}),
        PLAIN,
        (PLAIN, World({"sponsor_hours": 8.0, "sponsor_decision_hours": 8.0, "sponsor_refusal": 0.9})),
    ),
    "no milestones": Rule(
        World(keys={"portfolio.projects.milestones": 0}),
        PLAIN,
        (PLAIN, World({"milestone_hours": 40.0, "milestone_patience": 1.0})),
    ),
    "no milestones to pay at": Rule(
        World(keys={"portfolio.projects.milestones": 0}),
        PLAIN,
        (World(keys={"portfolio.paid": "on_delivery"}), World(keys={"portfolio.paid": "by_milestone"})),
    ),
    "no changes to pay for": Rule(
        World(keys={"portfolio.projects.change_a_month": 0.0}),
        PLAIN,
        (World(keys={"portfolio.changes_paid": 0.0}), World(keys={"portfolio.changes_paid": 0.8})),
    ),
    "a price that is fixed": Rule(
        World(keys={"portfolio.paid": "on_delivery"}),
        World(keys={"portfolio.paid": "by_hour"}),
        (World({"overrun_effect": 0.0}), World({"overrun_effect": 0.9})),
    ),
    "nothing that is cut": Rule(
        World({"cut_share": 0.0, "sponsor_refusal": 0.0}),
        PLAIN,
        (World({"cut_effect": 0.0}), World({"cut_effect": 0.9})),
    ),
    "nothing that comes": Rule(
        World(keys={"portfolio.projects.a_year": 0}),
        PLAIN,
        (World({"extra_projects": 0.0}), World({"extra_projects": 0.4})),
    ),
    "nothing that is cancelled": Rule(
        World({"cancel_factor": 0.0, "give_up_hazard": 0.0}),
        World({"content": 0.9, "give_up_hazard": 0.3}),
        (PLAIN, World({"cancel_effect": 0.9})),
    ),
    "nobody who could correct a drift": Rule(
        World(structure=nobody_holds(*CORRECTING)),
        PLAIN,
        (World({"drift_tolerance": 1.0}), World({"drift_tolerance": 0.1})),
        frozenset({"drift_days"}),
    ),
    "nobody who tracks": Rule(
        World(structure=nobody_holds("tracking")),
        PLAIN,
        (World({"drift_tolerance": 1.0}), World({"drift_tolerance": 0.1})),
        frozenset({"drift_days"}),
    ),
    "no pairs of teams": Rule(
        PLAIN,
        World(keys={"organisation.dependencies": 2}),
        (PLAIN, World({"pair_hours": 9.0, "pair_days": 1.0, "loose_pair": 5.0, "tangle_growth": 1.0})),
    ),
    "nothing to forget": Rule(
        World({"first_maturity": 0.0, "maturity_gain": 0.0}),
        PLAIN,
        (World({"forgetting": 0.0}), World({"forgetting": 0.05})),
    ),
    "no extra work that lands": Rule(
        NO_EXTRA_WORK, PLAIN, (World({"touched_share": 1.0}), World({"touched_share": 0.05}))
    ),
    "no change": Rule(
        PLAIN,
        World(structure=PRESETS["merged"].changing_to(SEPARATED, 60, announced=20)),
        (
            PLAIN,
            World({"unrest_distraction": 0.9, "unrest_days": 5.0, "leave_unrest": 9.0, "title_loss": 0.9}),
        ),
    ),
    "nobody consulted or informed": Rule(
        PLAIN,
        World(structure=ASKING),
        (PLAIN, World({"consult_hours": 2.0, "inform_hours": 1.0})),
    ),
    "people alike": Rule(
        World({"aptitude": 0.0}),
        World({"aptitude": 0.4}),
        (PLAIN, World(keys={"deal_roles": "by_aptitude"})),
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_where_there_is_nothing_of_a_rule_it_changes_no_bit(name: str) -> None:
    assert RULES[name].moved(RULES[name].nothing) == set()


@pytest.mark.parametrize("name", RULES)
def test_where_there_is_something_of_a_rule_its_numbers_matter(name: str) -> None:
    assert len(RULES[name].moved(RULES[name].something)) > 1
