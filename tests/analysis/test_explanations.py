"""Pages about the example: made by a command, and what they say of signs follows the figures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.explanations import agile, neglect
from analysis.explanations.agile_curves import CURVES, Corner, Curve, Line, Point, measuring
from analysis.explanations.agile_curves import line as measured
from analysis.explanations.agile_words import effect, of_corners, of_worlds, sized, statement
from analysis.statistics.compare import Estimate, estimate
from sim.scenario import load
from sim.scenario.assumptions import values
from sim.vocabulary import DUTIES, NET_VALUE

SMALL = """\
name: Small
horizon_days: 40
managers: 2
organisation: {teams: {count: 2, members: 3}}
portfolio: {clients: 2, projects: {at_start: 3, a_year: 10, tasks: 6, effort_hours: 300}}
"""
PERCENT = tuple(Point(f"{k}%") for k in (0, 2, 4, 6))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    scenario = tmp_path / "small.yaml"
    scenario.write_text(SMALL, encoding="utf-8")
    return scenario


def planted(means: tuple[float, ...], half: float, moves: float = -1e6, measure: str = NET_VALUE) -> Line:
    def around(mean: float) -> Estimate:
        return Estimate(mean, mean - half, mean + half, 50)

    curve = Curve("Ceremonies", "ceremonies", "share", PERCENT, measure)
    return Line(curve, 0.03, tuple(map(around, means)), around(moves))


# --- the command -------------------------------------------------------------------------------------------


def test_the_command_puts_tables_signs_and_a_figure_between_the_comments(small: Path, tmp_path: Path) -> None:
    page, figure = tmp_path / "page.md", tmp_path / "agile.png"
    page.write_text(f"before\n{agile.START}\nwhat stood here\n{agile.END}\nafter\n", encoding="utf-8")
    options = ("--scenario", small, "--futures", 2, "--step-hours", 8, "--page", page, "--figure", figure)
    agile.main([str(option) for option in options])
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "what stood here" not in text
    assert "2 futures behind each point, in steps of 8 h" in text
    assert "](agile.png)" in text
    for curve in CURVES:
        assert f"## {curve.title}\n" in text
        assert all(f"\n| {point.label} | " in text for point in curve.points)
    assert figure.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("wrong", [["--futures", "1"], ["--scenario", "nowhere.yaml"], ["--step-hours", "7"]])
def test_a_mistake_ends_the_command_with_code_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        agile.main(wrong)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_points_of_a_curve_live_through_the_same_futures(small: Path) -> None:
    own = Point("4%", {"assumptions.ceremonies": values()["ceremonies"]})
    curve = Curve("Nothing moves", "nothing", "share", (Point("as it is"), own))
    line = measured(curve, 0.03, measuring(load(small).with_changes({"step_hours": 8}), 4))
    assert line.points[0].half_width > 0
    assert (line.moves.low, line.moves.high) == (0, 0)


# --- what is said of signs ---------------------------------------------------------------------------------


def test_signs_and_crossings_are_read_off_the_line() -> None:
    said = statement(planted((5e5, 1e5, -1e5, -5e5), half=2e5))
    assert "agile is ahead at 0%, not told apart from merged from 2% to 4%, behind at 6%" in said
    assert "the mean crosses zero between 2% and 4%" in said
    assert "from 0% to 6% it moves by −€1.0M" in said


def test_the_other_way_round_the_opposite_is_said() -> None:
    said = statement(planted((-5e5, -1e5, 1e5, 5e5), half=2e5, moves=1e5))
    assert "agile is behind at 0%, not told apart from merged from 2% to 4%, ahead at 6%" in said
    assert "it does not move beyond luck" in said


@pytest.mark.parametrize(
    ("means", "moves", "said"),
    [
        ((5e5, 1e5, -1e5, -5e5), -1e6, "it decides the sign"),
        ((5e5, 1e5, -1e5, -1e5), -6e5, "it turns the mean, though not beyond luck"),
        ((-3e5, -5e5, -7e5, -9e5), -6e5, "it moves the difference, and the mean stays below zero"),
        ((6e5, 5e5, 5e5, 5e5), -1e5, "it does not show, and the mean stays above zero"),
    ],
)
def test_what_decides_the_sign_is_told_from_what_only_moves_it(
    means: tuple[float, ...], moves: float, said: str
) -> None:
    assert effect(planted(means, half=2e5, moves=moves)) == said


def test_money_that_comes_once_is_no_yearly_gain() -> None:
    once = planted((5e5, 5e5, 5e5, 5e5), half=2e5, measure="value_in_progress")
    yearly = planted((-5e5, -5e5, -5e5, 5e5), half=2e5)
    assert "at 3% agile is ahead in 1 of 4, behind in 3 of 4" in of_worlds([once, yearly])


def test_all_ends_at_once_are_told_by_the_least_and_the_most() -> None:
    gains = {
        "kind": Estimate(3e5, 1e5, 5e5, 9),
        "plain": Estimate(0, -1e5, 1e5, 9),
        "harsh": Estimate(-3e5, -4e5, -2e5, 9),
    }
    (said,) = of_corners([Corner(name, 0.03, gain) for name, gain in gains.items()])
    assert "ahead in 1 of 3, not told apart from merged in 1 of 3, behind in 1 of 3" in said
    assert said.index("with harsh") < said.index("with kind")


# --- duties left undone ------------------------------------------------------------------------------------


def costs(**own: float) -> dict[str, np.ndarray]:
    noise = np.array([-1e3, 1e3, 0.0])
    return {duty: np.full((3, 3), own.get(duty, -1e4)) + noise[:, None] for duty in DUTIES}


@pytest.mark.parametrize(("budget", "said"), [(-1e6, "more than they do"), (-2e4, "less than they do")])
def test_the_budget_is_weighed_against_all_other_duties(budget: float, said: str) -> None:
    told = neglect.beside_the_others(costs(budget=budget))
    assert "number 1 of 14" in told
    assert told.endswith(f"it costs {said}.")


def test_each_duty_stands_in_the_table_the_dearest_first(small: Path) -> None:
    lines = list(neglect.told(costs(reporting=-5e5, budget=-2e4), load(small)))
    rows = [line.split("`")[1] for line in lines if line.startswith("| `")]
    assert sorted(rows) == sorted(DUTIES)
    assert rows[:2] == ["reporting", "budget"]


def test_the_table_of_duties_comes_from_paired_runs(small: Path) -> None:
    scenario = load(small).with_changes({"step_hours": 8})
    found = neglect.costs(scenario, 3)
    assert list(found) == list(DUTIES)
    assert any(np.abs(values[:, 0]).max() > 0 for values in found.values())
    assert sized(estimate(found["budget"][:, 0])) in "\n".join(neglect.told(found, scenario))
