"""What is said of single ingredients is true as often as promised, where it is known what each brings.

A short form of `python -m benchmarks.known_effects`, whose table stands in docs/explanation/statistics.md.
The trials are the same each time.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import known_effects
from benchmarks.known_effects import PLANS, Reached, normal, reached, tried

TRIALS = 40


@pytest.fixture(scope="module")
def found() -> dict[str, Reached]:
    return {plan: reached(normal, PLANS[plan], TRIALS, seed) for seed, plan in enumerate(PLANS)}


@pytest.mark.parametrize("plan", PLANS)
def test_the_design_that_is_named_is_as_good_as_any_that_matters(
    found: dict[str, Reached], plan: str
) -> None:
    assert found[plan].good >= 0.95 * TRIALS


@pytest.mark.parametrize("plan", PLANS)
def test_best_against_best_holds_what_the_roles_truly_bring(found: dict[str, Reached], plan: str) -> None:
    assert found[plan].roles >= 0.95 * TRIALS


@pytest.mark.parametrize("plan", PLANS)
def test_shares_hold_what_each_ingredient_truly_brings(found: dict[str, Reached], plan: str) -> None:
    assert found[plan].shares >= 0.9 * TRIALS, "95 of 100 are promised; of 40 trials a few more may miss"


def test_where_one_ingredient_brings_all_nothing_needless_is_named(found: dict[str, Reached]) -> None:
    for plan in ("sprints bring all", "other roles bring all"):
        assert found[plan].said["move"] == TRIALS
        assert found[plan].plain >= 0.95 * TRIALS


def test_where_nothing_brings_anything_it_is_called_a_tie(found: dict[str, Reached]) -> None:
    nothing = found["nothing brings anything"]
    assert nothing.said["tie"] >= 0.9 * TRIALS
    assert nothing.said["keep"] == nothing.said["cannot tell"] == 0


def test_an_answer_that_is_untrue_is_counted() -> None:
    truth = np.zeros(len(tried()))
    assert not known_effects.holds("move", truth, 1)
    assert not known_effects.holds("keep", truth, 1)
    assert known_effects.holds("tie", truth, 1)
    assert not known_effects.holds("tie", truth + 4.0 * (np.arange(len(truth)) == 1), 1)
