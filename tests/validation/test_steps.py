"""Steps of one and of two hours tell the same: a short form of `validation.steps`."""

from __future__ import annotations

import pytest

from sim.scenario import load
from validation import steps

FUTURES = 60
RESOLVED = {"on_time_share", "slip_ratio", "utilisation", "manager_use", "blocked_days"}


@pytest.fixture(scope="module")
def found() -> list[steps.Bias]:
    scenario = load(steps.ROOT / "scenarios" / "scaleup.yaml")
    return list(steps.biases(scenario, range(FUTURES), longer=(2, 8)))


@pytest.mark.parametrize("outcome", sorted(RESOLVED))
def test_an_outcome_is_surely_the_same_at_one_and_two_hours(found: list[steps.Bias], outcome: str) -> None:
    (bias,) = [bias for bias in found if (bias.outcome, bias.step_hours) == (outcome, 2)]
    assert bias.equivalent, f"{bias.mean:.4f} ± {bias.doubt:.4f}; half of what matters is {bias.matters / 2}"


def test_the_test_finds_a_step_that_is_too_long(found: list[steps.Bias]) -> None:
    """In steps of a day, tasks stay blocked longer by more than anyone would overlook."""
    (bias,) = [bias for bias in found if (bias.outcome, bias.step_hours) == ("blocked_days", 8)]
    assert bias.differs and bias.mean > 0.0
