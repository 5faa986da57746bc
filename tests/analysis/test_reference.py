"""The reference pages are what the model says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.explanations.reference import headings, pages
from sim.scenario.assumptions import load_assumptions

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", pages())
def test_a_reference_page_is_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: python -m analysis.explanations.reference"


def test_every_assumption_stands_under_a_heading_in_the_order_of_the_file() -> None:
    assert [name for _, names in headings() for name in names] == list(load_assumptions())
