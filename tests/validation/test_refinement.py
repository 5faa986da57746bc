"""Cutting the day into finer steps must matter less and less."""

from __future__ import annotations

from validation import refinement


def test_each_halving_of_the_step_changes_the_example_less() -> None:
    for answer in refinement.ANSWERS:
        simulated = answer.simulate()
        assert answer.holds(simulated), (answer.fact, answer.expected, simulated)
