"""The library beside what is published: every organisation is in the tables, and who is outside is said."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.explanations import page_parts
from validation import library as shown
from validation.steps import ROOT, library

PAGE = ROOT / "docs" / "explanation" / "validation.md"


@pytest.fixture(scope="module")
def some() -> list[shown.Seen]:
    """A generated organisation and a given plan, in two futures each: enough to lay out tables."""
    return [shown.seen(ROOT / "scenarios" / f"{name}.yaml", 0.05) for name in ("startup", "erp")]


def test_the_page_shows_every_organisation_of_the_library() -> None:
    before, after = page_parts.around(PAGE, shown.START, shown.END)
    told = PAGE.read_text(encoding="utf-8")[len(before) : -len(after)]
    rows = [line.split("|")[1].strip() for line in told.splitlines() if line.startswith("| ")]
    assert {path.stem for path in library()} <= set(rows)
    assert told.count("- `") == len(library())


def test_who_is_outside_is_bold_in_the_table_and_named_below(some: list[shown.Seen]) -> None:
    told = "\n".join(shown.lines(some))
    beyond = [each for one in some for each in one.found.figures if each.beyond]
    assert beyond
    for each in beyond:
        assert each.about.label.lower() in told.partition("**Outside.**")[2]
    assert told.partition("| open work")[0].count("**") == 2 * len(beyond)


def test_every_figure_stands_in_one_of_the_tables() -> None:
    from analysis.resemblance.published_figures import BY_FIGURE

    names = [name for part in shown.PARTS for name in part]
    assert sorted(names) == sorted(BY_FIGURE)


def test_a_plan_has_no_open_work_to_follow_and_ten_years_have_ten(some: list[shown.Seen]) -> None:
    startup, erp = some
    assert startup.open_work.shape[1] == shown.LONG and not erp.open_work.size


@pytest.mark.parametrize(
    ("a_year", "said"), [(0.05, "**grows without end**"), (0.0, "steady"), (-0.05, "steady")]
)
def test_ten_years_of_open_work_grow_or_are_steady(a_year: float, said: str) -> None:
    luck = np.random.default_rng(1).normal(0.0, 0.01, (40, shown.LONG))
    open_work = 0.2 + a_year * np.arange(shown.LONG) + luck
    assert shown._steadiness(shown.growth_of_years(open_work)) == said
    few = np.array([[0.2] * 9 + [0.1], [0.2] * 9 + [1.0]])
    assert shown._steadiness(shown.growth_of_years(few)) == "cannot tell"
