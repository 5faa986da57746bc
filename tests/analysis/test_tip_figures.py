"""A curve or a map can go on a slide: text is legible, nothing overlaps, names do no harm."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.surface import Surface
from analysis.tipping_points.axes import Axis
from analysis.tipping_points.figure import tip_figure
from analysis.tipping_points.finding import finding
from analysis.tipping_points.result import Tip
from analysis.tipping_points.runs import places
from analysis.tipping_points.words import headline, text
from analysis.words.numbers import amount
from sim.vocabulary import BY_NAME
from tests.analysis.test_figures import LONG
from tests.legible import legible

NAME = "An organisation " * 7
ONE = Axis(
    "portfolio.projects.at_start",
    "projects at start",
    "projects",
    2,
    40,
    6,
    True,
    tuple(map(float, range(2, 41))),
)
TWO = Axis("assumptions.clarity", "clarity", "chance", 0.5, 1, 0.85, False, (0.5, 0.75, 1.0))
LONGEST = Axis(
    "portfolio.services.allowed_days.severe",
    f"services {LONG}",
    "working days",
    0.25,
    4000,
    0.3,
    False,
    (1.0, 9.0),
)


def drawn_from(
    axes: tuple[Axis, ...],
    slope: float,
    level: float = 0.0,
    names: tuple[str, str] = ("merged", "separated"),
    scenario: str = "Scale-up agency",
    matters: float = 1e3,
) -> Tip:
    """A finding on a surface that rises along the first axis and falls along the second."""
    shape = {1: (201,), 2: (25, 25)}[len(axes)]
    at = places(shape)
    mean = level + slope * (at[:, 0] - (0.5 * at[:, 1] if len(axes) > 1 else 0.2))
    surface = Surface(mean, np.diag(np.full(len(at), 1e4**2)))
    keys = {a.key: [a.values[0], a.values[1], a.values[-1]] for a in axes}
    seen = pd.DataFrame(
        keys | {"futures": [50, 900, 50], "mean": [slope, 0.0, -slope], "error": [9e4, 2e4, 9e4]}
    )
    return Tip(
        scenario=scenario,
        current=names[0],
        other=names[1],
        objective="net_value_a_year",
        axes=axes,
        matters=matters,
        finding=finding(axes, surface, shape, matters, int(seen["futures"].sum())),
        surface=surface,
        shape=shape,
        points=seen,
        folder=Path(),
        runs=2000,
        kept=0,
        failed=0,
        seconds=1.0,
    )


SHAPES = {
    "a flip": lambda: drawn_from((ONE,), 2e5),
    "no flip": lambda: drawn_from((ONE,), 1e3, level=-8e5),
    "never behind by what matters": lambda: drawn_from((ONE,), 1e5, level=1.2e5, matters=6e4),
    "open": lambda: drawn_from((TWO,), 1e3),
    "a tie": lambda: drawn_from((TWO,), 0.0),
    "a map": lambda: drawn_from((ONE, TWO), 2e5),
    "a map of one side": lambda: drawn_from((TWO, ONE), 1e3, level=-8e5),
    "long names": lambda: drawn_from((LONGEST,), 2e5, names=(LONG, LONG[::-1]), scenario=NAME),
    "a map of long names": lambda: drawn_from((ONE, LONGEST), 2e5, names=(LONG, LONG[::-1]), scenario=NAME),
    "strange names": lambda: drawn_from(
        (ONE,), 2e5, names=("$x_1$", "<script>"), scenario="$a_b$ \u05d0\u05d1"
    ),
}


@cache
def shaped(shape: str) -> Tip:
    """A finding of `SHAPES`, made when the first test asks for it."""
    return SHAPES[shape]()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_text_is_legible_inside_the_page_and_never_overlaps(shape: str) -> None:
    legible(tip_figure(shaped(shape)))


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        ("a flip", "It flips at about 12.1 projects at start"),
        ("no flip", "It does not flip: merged is ahead"),
        (
            "never behind by what matters",
            "It does not flip: separated is ahead or less than €60k a year behind between 2 and 40 projects",
        ),
        ("open", "Cannot tell yet where it flips between merged and separated"),
        (
            "a map",
            "Best guess: separated is ahead on 60% of the map, merged on 38%; surely (95%) on 49% and 27%",
        ),
    ],
)
def test_the_title_says_the_finding(shape: str, title: str) -> None:
    suptitle = tip_figure(shaped(shape)).get_suptitle()
    assert " ".join(suptitle.split()).startswith(title)


def test_a_title_says_a_side_of_a_whole_map_without_shares_and_no_other_map_so() -> None:
    one_sided = drawn_from((ONE, TWO), 2e5, level=9e5)
    assert "ahead on" not in headline(one_sided)  # sure throughout: it does not flip
    open_yet = replace(
        one_sided,
        finding=replace(one_sided.finding, kind="cannot tell", shares=dict.fromkeys((-1, 0, 1), 0.0)),
    )
    assert headline(open_yet) == "Best guess: separated is ahead on all of the map, surely nowhere (95%)"
    assert "all of the map" not in headline(shaped("a map"))


def test_a_title_says_where_one_is_surely_ahead_though_the_rest_is_open() -> None:
    open_yet = SHAPES["open"]()
    line = open_yet.finding.lines[0]
    known = replace(line, stretches=(replace(line.stretches[0], low=2.0, high=8.0, side=-1),))
    partly = replace(open_yet, finding=replace(open_yet.finding, lines=(known,)))
    assert headline(open_yet).startswith("Cannot tell yet where it flips")
    assert headline(partly).startswith("With ")
    assert headline(partly).endswith(", merged is surely ahead from 2 to 8; for the rest neither surely is")


def test_where_one_is_not_surely_ahead_it_is_said_not_to_be_behind_by_what_matters() -> None:
    said = text(shaped("never behind by what matters"))
    assert said.startswith(
        "It does not flip between 2 and 40 projects at start: separated is surely ahead from 4 to 40 "
        "projects at start, and surely nowhere behind by the €60k a year (1% of what is earned) that would "
        "matter. Closest, at 2 projects at start, "
    )


FEW = Axis("managers", "managers", "people", 1, 4, 2, True, (1.0, 2.0, 3.0, 4.0))


def test_whole_numbers_are_told_whole() -> None:
    found = drawn_from((FEW,), 2e5)
    assert all(s.low == int(s.low) and s.high == int(s.high) for s in found.finding.lines[0].stretches)


def test_what_is_sure_only_between_whole_numbers_is_not_told() -> None:
    """Above zero by far more than the band, but at 1.4 to 1.6 alone."""
    at = places((201,))[:, 0]
    mean = np.where(np.abs(FEW.value(at) - 1.5) < 0.1, 9e5, 0.0)
    surface = Surface(mean, np.diag(np.full(len(at), 1e4**2)))
    found = finding((FEW,), surface, (201,), 1e3, 1000)
    assert found.kind == "cannot tell"
    assert [(s.low, s.high, s.side) for s in found.lines[0].stretches] == [(1, 4, 0)]
    assert found.shares[1] == 0


@pytest.mark.parametrize("slope", [2e4, 5e4, 2e5])
def test_no_end_is_told_surer_than_its_stretch(slope: float) -> None:
    """An interval at an end that leaves out zero is in a stretch that is told as sure."""
    found = drawn_from((FEW,), slope)
    far = found.finding.reach * found.surface.sd[0]
    stretch = found.finding.lines[0].stretches[0]
    assert (abs(found.surface.mean[0]) > far) == (stretch.side != 0)
    low, high = (amount(BY_NAME[found.objective], found.surface.mean[0] + k * far) for k in (-1, 1))
    assert f"({low} to {high})" in text(found)
