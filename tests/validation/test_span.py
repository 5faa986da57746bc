"""The more members ask one manager, the longer each waits: the curve is that of machine repair."""

from __future__ import annotations

import pytest

from validation import span


@pytest.mark.parametrize("members", span.SPANS)
def test_manager_and_members_wait_on_each_other_as_in_machine_repair(members: int) -> None:
    for answer in span.answers_for(members):
        simulated = answer.simulate()
        assert answer.holds(simulated), (answer.fact, answer.expected, simulated)


def test_the_theory_reproduces_published_figures() -> None:
    published = {
        5: (0.436, 1.467),
        7: (0.591, 1.845),
        10: (0.785, 2.732),
        15: (0.964, 5.568),
        20: (0.998, 10.04),
    }
    for members, figures in published.items():
        assert span.in_theory(members) == pytest.approx(figures, abs=0.005)
