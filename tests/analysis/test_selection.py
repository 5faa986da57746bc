"""Sampling stops when the best is known as surely as promised; nobody is told more than the futures say."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from analysis.statistics.anytime import sequence
from analysis.statistics.compare import estimate
from analysis.statistics.elimination import eliminate
from analysis.statistics.selection import FIRST_FUTURES, Selection, select
from benchmarks.selection import GAINS, Answers, Picks, answers, correlated, normal, picks, skewed

Floats = NDArray[np.float64]

NOISES = {"normal": normal, "correlated": correlated, "skewed": skewed}
NAMES = ("merged", "separated", "agile")
TRIALS = 100
BEST_KNOWN, ALL_THE_SAME = "one ahead by what matters", "all the same"


@cache
def picked(noise: str) -> Picks:
    return picks(NOISES[noise], GAINS[BEST_KNOWN], 4 * TRIALS, seed=11)


@cache
def answered(noise: str, planted: str) -> Answers:
    return answers(NOISES[noise], GAINS[planted], TRIALS, seed=12)


def as_often_as(promised: float, trials: int = TRIALS) -> float:
    """The number of successes that only one procedure in a thousand that keeps its promise falls below."""
    return float(stats.binom.ppf(0.001, trials, promised))


def by_the_book(values: Floats, delta: float, confidence: float, first: int) -> tuple[dict[int, int], int]:
    """KN as the paper states it: future by future, structure by structure, in means."""
    k, left, out = values.shape[1], set(range(values.shape[1])), dict[int, int]()
    eta = 0.5 * ((2 * (1 - confidence) / (k - 1)) ** (-2 / (first - 1)) - 1)
    h2 = 2 * eta * (first - 1)
    s2 = [[np.var(values[:first, i] - values[:first, j], ddof=1) for j in range(k)] for i in range(k)]
    for r in range(first, len(values) + 1):
        means = values[:r].mean(axis=0)
        for i in (before := set(left)):
            room = {j: max(0.0, delta / (2 * r) * (h2 * s2[i][j] / delta**2 - r)) for j in before - {i}}
            if any(means[i] < means[j] - w for j, w in room.items()):
                left.discard(i)
                out[i] = r
        if len(left) == 1:
            return out, r
    raise AssertionError("too few futures")


@pytest.mark.parametrize("k", [2, 3, 6])
def test_structures_are_left_out_as_the_paper_of_kim_and_nelson_says(k: int) -> None:
    rng = np.random.default_rng(k)
    for _ in range(5):
        values = rng.normal(0, 4, (900, k)) + rng.normal(0, 8, (900, 1)) + np.arange(k) / 2
        found = eliminate(values, 1.0, 0.95, first=20)
        assert (found.left_out, found.known_at) == by_the_book(values, 1.0, 0.95, 20)


@pytest.mark.parametrize("noise", NOISES)
def test_the_planted_best_is_picked_as_often_as_promised(noise: str) -> None:
    assert picked(noise).right >= as_often_as(0.95, 4 * TRIALS)


@pytest.mark.parametrize("noise", NOISES)
def test_the_best_is_known_earlier_than_by_a_fixed_number_with_the_same_promise(noise: str) -> None:
    """Fixed after the same first stage: paired differences, Bonferroni's t (Clark & Yang 1986)."""
    assert np.mean(picked(noise).futures) < 0.75 * np.mean(picked(noise).fixed)


def test_an_answer_too_comes_earlier_where_there_is_a_difference_that_matters() -> None:
    """Fixed after the same first stage: intervals of half a width of half of what matters (Stein 1945)."""
    found = answered("normal", BEST_KNOWN)
    assert np.mean(found.futures) < 0.75 * np.mean(found.fixed)


@pytest.mark.parametrize("noise", NOISES)
def test_a_tie_is_called_a_tie_and_hardly_ever_a_reason_to_move(noise: str) -> None:
    found = answered(noise, ALL_THE_SAME)
    assert found.said["tie"] >= as_often_as(0.95)
    assert found.said["move"] <= TRIALS - as_often_as(0.95)


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("planted", [BEST_KNOWN, ALL_THE_SAME])
def test_what_is_said_is_true_and_the_intervals_hold_though_sampling_stopped_when_it_liked(
    noise: str, planted: str
) -> None:
    found = answered(noise, planted)
    assert found.untrue <= TRIALS - as_often_as(0.95)
    assert found.held >= as_often_as(0.95)


def test_intervals_hold_at_all_futures_together_where_ordinary_ones_do_not() -> None:
    rng, paths, futures = np.random.default_rng(5), 1000, 400
    values = rng.normal(7, 2, (futures, paths))
    mean, half = sequence(values, 0.95)
    missed = (np.abs(mean - 7) > half).any(axis=0).sum()
    assert missed <= stats.binom.ppf(0.999, paths, 0.05)
    n = np.arange(20, futures + 1)[:, None]
    sd = np.array([values[:m].std(axis=0, ddof=1) for m in n[:, 0]])
    ordinary = stats.t.ppf(0.975, n - 1) * sd / np.sqrt(n)
    assert (np.abs(mean[19:] - 7) > ordinary).any(axis=0).mean() > 0.2


def test_intervals_are_less_than_twice_as_wide_as_ordinary_ones() -> None:
    values = np.random.default_rng(6).normal(0, 1, (4000, 1))
    _, half = sequence(values, 0.95)
    for futures in (100, 400, 4000):
        assert 1 < half[futures - 1, 0] / estimate(values[:futures, 0]).half_width < 2


@pytest.mark.parametrize("planted", GAINS)
def test_the_answer_does_not_depend_on_the_rounds_in_which_futures_came(planted: str) -> None:
    rng = np.random.default_rng(8)
    values = correlated(rng, 12_000) + np.array(GAINS[planted])
    said = select(values, NAMES, "merged", 1.0)
    assert said.decided
    for upto in {said.futures, said.futures + 1, *rng.integers(said.futures, len(values), 5).tolist()}:
        later = select(values[:upto], NAMES, "merged", 1.0)
        assert replace(later, so_far={}) == replace(said, so_far={})  # which is about all futures there are
    for upto in {said.futures - 1, *rng.integers(FIRST_FUTURES, said.futures, 5).tolist()}:
        before = select(values[:upto], NAMES, "merged", 1.0)
        assert before.answer == "cannot tell"
        assert before.left_out.items() <= said.left_out.items()


def test_a_pick_that_later_futures_refute_is_not_held_on_to() -> None:
    rng = np.random.default_rng(9)
    unlucky = np.where(np.arange(8000) < FIRST_FUTURES, -4.0, 4.0)
    values = correlated(rng, 8000) + np.outer(unlucky, [0, 1, 0])
    said = select(values, NAMES, "merged", 1.0)
    assert "separated" in said.left_out
    assert (said.answer, said.best) == ("move", "separated")


def one_round(values: Floats, current: str = "merged") -> Selection:
    return select(values, NAMES[: values.shape[1]], current, 1.0)


def test_structures_that_are_the_same_are_a_tie_at_once() -> None:
    luck = np.random.default_rng(1).normal(0, 9, (FIRST_FUTURES, 1))
    said = one_round(np.repeat(luck, 3, axis=1), current="separated")
    assert (said.answer, said.best, said.futures) == ("tie", "separated", FIRST_FUTURES)


def test_a_gain_that_is_the_same_in_every_future_is_known_at_once() -> None:
    luck = np.random.default_rng(1).normal(0, 9, (FIRST_FUTURES, 1))
    for gain, answer in ((2.0, "move"), (0.5, "tie"), (-2.0, "keep")):
        said = one_round(luck + np.array([0.0, gain]))
        assert (said.answer, said.futures) == (answer, FIRST_FUTURES)
        assert said.differences["separated"].mean == pytest.approx(gain)


def test_a_structure_alone_is_kept() -> None:
    assert one_round(np.zeros((5, 1))).answer == "keep"


@pytest.mark.parametrize("futures", [0, 1, 2, 7, FIRST_FUTURES - 1])
def test_before_the_first_stage_is_full_nothing_can_be_told(futures: int) -> None:
    said = one_round(normal(np.random.default_rng(2), futures) + np.array([0.0, 99.0, 0.0]))
    assert said.answer == "cannot tell"
    assert said.more >= FIRST_FUTURES - futures


def test_how_many_futures_are_still_needed_is_about_right() -> None:
    ratios = []
    for seed in range(25):
        values = correlated(np.random.default_rng(seed), 12_000) + np.array([0.0, -1.0, -3.0])
        early, said = one_round(values[:300]), one_round(values)
        ratios.append((300 + early.more) / max(said.futures, 300) if not early.decided else 1.0)
    assert 0.5 < float(np.median(ratios)) < 2


def test_that_nothing_is_to_be_gained_is_known_before_it_is_told_apart_from_a_tie() -> None:
    values = correlated(np.random.default_rng(3), 12_000) + np.array([0.0, -0.5, -0.5])
    said = one_round(values[:1000])
    assert said.answer == "cannot tell"
    assert said.nothing_to_gain
    assert one_round(values).answer in {"keep", "tie"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"current": "agile"}, "'agile' is not among"),
        ({"delta": 0.0}, "above zero"),
        ({"delta": math.nan}, "above zero"),
        ({"first": 2}, "3 is the least"),
        ({"confidence": 95.0}, "between 0.5 and 1"),
        ({"values": np.array([[1.0, math.nan]])}, "finite"),
        ({"values": np.zeros((4, 3))}, "futures × 2"),
    ],
)
def test_what_cannot_be_meant_is_refused(change: dict[str, object], says: str) -> None:
    given: dict[str, object] = {
        "values": np.zeros((4, 2)),
        "names": NAMES[:2],
        "current": "merged",
        "delta": 1.0,
    }
    with pytest.raises(ValueError, match=says):
        select(**(given | change))  # type: ignore[arg-type]
