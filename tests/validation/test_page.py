"""The page of known answers shows every answer, with the tolerance that the tests hold it to."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation import table
from validation.answer import Estimate, KnownAnswer

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "validation.md"


def rows_of_the_page() -> list[tuple[str, ...]]:
    shown = PAGE.read_text(encoding="utf-8").partition(table.START)[2].partition(table.END)[0]
    cells = [tuple(cell.strip() for cell in row.strip("|").split("|")) for row in shown.splitlines()]
    return [row for row in cells if len(row) == len(table.HEAD) and row != table.HEAD and row[0] != "---"]


def test_the_page_shows_every_known_answer_with_its_tolerance_and_source() -> None:
    shown = [(fact, expected, within, source) for fact, expected, _, within, source in rows_of_the_page()]
    declared = [(a.fact, table.expectation(a), table.tolerance(a), a.source) for a in table.known_answers()]
    assert shown == declared


def test_no_figure_on_the_page_is_missed_or_left_out() -> None:
    figures = [figure for _, _, figure, _, _ in rows_of_the_page()]
    assert figures
    assert not [figure for figure in figures if "missed" in figure or "hand" in figure]


@pytest.mark.parametrize(
    ("simulated", "shown"),
    [(1.04, "1.04"), (1.06, "1.06 **missed**")],
)
def test_a_figure_out_of_tolerance_is_marked(simulated: float, shown: str) -> None:
    answer = KnownAnswer("", "", "equals", 1.0, 0.05, "", lambda: Estimate(simulated))
    assert table.cells(answer, answer.simulate())[2] == shown


def test_figures_whose_data_are_missing_are_not_made_up() -> None:
    def nothing_there() -> Estimate:
        raise FileNotFoundError

    answer = KnownAnswer("", "", "at most", 1.0, 0.0, "", nothing_there)
    assert table.cells(answer, table.simulate(answer))[2] == "not at hand"


def test_a_page_without_a_place_for_the_table_is_left_alone_before_anything_is_simulated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_vain(answer: KnownAnswer) -> Estimate | None:
        raise AssertionError(f"simulated for nothing: {answer.fact}")

    monkeypatch.setattr(table, "simulate", in_vain)
    page = tmp_path / "page.md"
    page.write_text("prose", encoding="utf-8")
    with pytest.raises(ValueError, match="missing"):
        table.renew(page)
    assert page.read_text(encoding="utf-8") == "prose"
