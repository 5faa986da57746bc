"""What is said to whoever waits: how far a batch is, how fast it goes, and a forecast that comes true."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from analysis.commands.progress import LATELY, Pace, StepsAside, drawing, rounded, shown
from analysis.decision.ask import decide, enough, rounds
from analysis.decision.forecast import Forecast
from analysis.decision.verdict import Verdict
from sim.scenario import Scenario
from tests.fake_runs import AtOnce, Row, organisation, simulate


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def forecasts(
    returns: Iterable[tuple[float, int]], runs: int, kept: int = 0
) -> Iterator[tuple[float, float]]:
    """When runs came back as told, each moment with its forecast, in seconds."""
    clock = Clock()
    pace = Pace(kept, clock)
    for clock.at, done in returns:
        pace.note(done)
        if (left := pace.left(runs)) is not None:
            yield clock.at, left


def on_two_threads(block: int, seconds: float, blocks: int, begun: float) -> Iterator[tuple[float, int]]:
    """Two threads that begin at once and bring a block each every so many seconds."""
    for number in range(blocks):
        yield begun + seconds * (number // 2 + 1), block * (number + 1)


def test_what_comes_before_the_first_runs_is_not_counted_into_the_rest() -> None:
    """Libraries load for eight seconds; then 60 blocks take 30 seconds on two threads."""
    told = list(forecasts(on_two_threads(25, 1.0, 60, begun=8.0), runs=1500))
    assert told and all(left == pytest.approx(38.0 - at, rel=0.35, abs=1.0) for at, left in told)


def test_runs_that_were_kept_count_neither_as_speed_nor_as_time() -> None:
    told = list(forecasts([(0.0, 1000), (5.0, 1100), (6.0, 1200), (7.0, 1300)], runs=2000, kept=1000))
    assert told[-1] == (7.0, pytest.approx(7.0))


def test_a_stage_whose_runs_take_longer_is_forecast_by_its_own_pace() -> None:
    quick = [(float(s), 100 * s) for s in range(1, 31)]
    slow = [(30.0 + s, 3000 + 10 * s) for s in range(1, 61)]
    told = list(forecasts([*quick, *slow], runs=3600))
    assert told[-1][1] == pytest.approx(0.0)
    after = [left for at, left in told if at == 30.0 + LATELY + 1]
    assert after == [pytest.approx(60.0 - LATELY - 1, rel=0.1)]


def test_nothing_is_forecast_before_it_can_be() -> None:
    assert list(forecasts([(0.0, 0), (9.0, 25), (9.4, 50)], runs=1000)) == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0, "a few seconds"), (7, "a few seconds"), (33, "35 s"), (57, "55 s"), (58, "1 min")),
        *((89, "1 min"), (250, "4 min"), (3590, "1 h 0 min"), (4800, "1 h 20 min")),
    ],
)
def test_a_forecast_is_told_as_coarsely_as_it_is_known(seconds: float, said: str) -> None:
    assert rounded(seconds) == said


def test_an_answer_is_never_forecast_to_take_several_times_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it may take at most is 4,000 futures of both structures; it is known after some hundreds."""
    monkeypatch.setattr("analysis.decision.ask.decision_figure", lambda *given, **how: None)
    monkeypatch.setattr("analysis.decision.ask.save", lambda *given: [])
    told: list[tuple[int, int]] = []
    decide(
        organisation(structures=["merged", "separated"]),
        out=tmp_path,
        executor=AtOnce(),
        simulate=simulate,
        doubted=20,
        progress=lambda done, runs: told.append((done, runs)),
    )
    ended = told[-1][0]
    assert all(done <= runs for done, runs in told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)  # one bar, that never goes back
    assert max(runs for _, runs in told) < 1.3 * ended
    assert told[-1] == (ended, ended)


def test_the_lines_are_told_before_managers_are_counted_and_figures_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is told then begins the whole answer, word for word; only the line on managers follows."""
    monkeypatch.setattr("analysis.decision.ask.decision_figure", lambda *given, **how: order.append("figure"))
    monkeypatch.setattr("analysis.decision.ask.save", lambda *given: [])
    order: list[str] = []

    def noted(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        order.append(f"{scenario.managers} managers")
        return simulate(scenario, replications)

    given = organisation(structures=["merged", "separated"], managers=6)
    told: list[str] = []

    def lines_known(verdict: Verdict) -> None:
        order.append("lines")
        told.append(verdict.text)

    how: dict[str, Any] = {"executor": AtOnce(), "doubted": 20, "tell": lines_known, "out": tmp_path}
    answer = decide(given, simulate=noted, **how)
    before, after = order[: order.index("lines")], order[order.index("lines") + 1 :]
    assert set(before) == {"6 managers"}
    assert {"5 managers", "7 managers"} <= set(after) and after[-1] == "figure"
    assert answer.verdict.text.startswith(told[0])
    assert answer.verdict.text.removeprefix(told[0]).strip().startswith("Number of managers")


def test_a_bar_leaves_the_screen_for_what_is_printed_and_comes_back() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    with StepsAside(lambda: shown(console)) as bar:
        bar(0, 100)
        bar.aside()
        gone = screen.tell()
        bar(50, 100)
        assert "50 of 100 runs" not in screen.getvalue()[:gone]
    assert "50 of 100 runs" in screen.getvalue()[gone:]


def test_stages_to_come_are_expected_and_those_that_are_over_take_no_more() -> None:
    told: list[tuple[int, int]] = []
    forecast = Forecast(lambda done, runs: told.append((done, runs)), (("one", "two"), ("late",)))
    forecast.expect({"late": 50})
    one, two, late = (forecast.of(name) for name in ("one", "two", "late"))
    assert one and two and late
    one(0, 100)
    two(0, 40)
    assert told[-1] == (0, 190)
    one(60, 60)  # it knows already
    assert told[-1] == (60, 150)
    late(10, 20)
    assert told[-1] == (70, 110)
    late(80, 80)
    assert told[-1] == (140, 140)
    assert Forecast(None, (("one",),)).of("one") is None


def test_as_many_futures_are_expected_as_the_rounds_have_by_then() -> None:
    assert list(rounds(600)) == [200, 250, 325, 400, 500, 600]
    assert [enough(n, 600) for n in (100, 251, 599, 10_000_000)] == [200, 325, 600, 600]


def test_a_watched_batch_says_how_long_the_rest_takes_by_the_clock_given() -> None:
    screen, clock = io.StringIO(), Clock()
    with shown(Console(file=screen, force_terminal=True, width=100), clock) as tell:
        assert tell is not None
        for clock.at, done in ((0.0, 0), (8.0, 50), (9.0, 100), (10.0, 150)):
            tell(done, 1900)
    assert "50 runs/s, 35 s left" in screen.getvalue()


def test_a_search_that_may_end_before_says_at_most() -> None:
    screen, clock = io.StringIO(), Clock()
    with shown(Console(file=screen, force_terminal=True, width=100), clock, at_most=True) as tell:
        assert tell is not None
        for clock.at, done in ((0.0, 0), (8.0, 50), (9.0, 100), (10.0, 150)):
            tell(done, 1900)
    assert "of at most 1,900 runs" in screen.getvalue() and "at most 35 s left" in screen.getvalue()


def test_whoever_waits_for_figures_sees_which_one_is_drawn_and_a_pipe_sees_nothing() -> None:
    screen, pipe = io.StringIO(), io.StringIO()
    for file, is_terminal in ((screen, True), (pipe, False)):
        with drawing(Console(file=file, force_terminal=is_terminal, width=100)) as tell:
            tell("figure 2 of 5: the odds")
    assert "figure 2 of 5: the odds" in screen.getvalue() and pipe.getvalue() == ""
