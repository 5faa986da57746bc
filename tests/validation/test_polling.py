"""One manager with two families of matters waits for nobody and loses time by turning, as theory says."""

from __future__ import annotations

import numpy as np
import pytest

from validation import polling
from validation.answer import KnownAnswer


@pytest.mark.parametrize("answer", polling.ANSWERS, ids=lambda answer: answer.fact)
def test_matters_wait_as_long_as_theory_says(answer: KnownAnswer) -> None:
    simulated = answer.simulate()
    assert answer.holds(simulated), (answer.expected, simulated)


def test_with_one_family_every_single_matter_waits_its_turn() -> None:
    matters = polling.draw_matters(rate=0.8, families=1, count=2000, seed=5)
    waited = polling.waits(matters, switch=0.0)
    settled = ~np.isnan(waited)
    assert settled.mean() > 0.95
    assert np.allclose(waited[settled], polling.first_come_first_served(matters)[settled], atol=1e-6)


def test_who_works_on_a_family_stays_with_it_while_anything_there_waits() -> None:
    an_hour, last_to_arrive = np.ones(4), 10.0
    matters = polling.Matters(np.array([0.0, 0.1, 0.2, last_to_arrive]), an_hour, np.array([0, 1, 0, 1]))
    at_once, other_family, same_family, _ = polling.waits(matters, switch=0.0)
    assert at_once == pytest.approx(0.0)
    assert same_family == pytest.approx(1.0 - 0.2)  # came later, goes first
    assert other_family == pytest.approx(2.0 - 0.1)


def test_turning_when_nothing_waits_costs_more_than_staying_put() -> None:
    for load in (0.2, 0.5, 0.8):
        line, rounds = polling.mean_of_one_line(load), polling.mean_on_rounds(load, 0.3)
        assert line < polling.mean_staying_put(load, 0.3) < rounds
        assert polling.mean_staying_put(load, 1e-9) == pytest.approx(line)
