"""The table tells better from worse without colour, in a narrow terminal too."""

from __future__ import annotations

import io
import math
import re

import pytest
from rich.console import Console

from analysis.decision.figure import SHOWN
from analysis.statistics.compare import Comparison, compare
from analysis.words.table import MAIN_OUTCOMES, mark, print_comparison
from sim.vocabulary import BY_NAME, OUTCOMES
from tests.fake_runs import results

FIVE = {"merged": 0.0, "separated": 3e5, "agile": -1e5, "pm_only": 5e4, "dm_only": -4e5}


def printed(comparison: Comparison, width: int, **more: object) -> str:
    file = io.StringIO()
    print_comparison(Console(file=file, width=width), comparison, **more)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.fixture(scope="module")
def five() -> Comparison:
    return compare(results(FIVE), current="merged")


@pytest.mark.parametrize("width", [80, 100, 160])
def test_every_structure_and_main_outcome_fits_the_width(five: Comparison, width: int) -> None:
    text = printed(five, width)
    assert max(map(len, text.splitlines())) <= width
    assert all(structure in text for structure in FIVE)
    net = [line for line in text.splitlines() if line.startswith("Net value a year")]
    assert " ".join(net).count("±") == 4
    assert "\x1b" not in text


def test_a_cell_is_the_paired_difference_with_its_interval_and_mark(five: Comparison) -> None:
    text = printed(five, 160)
    assert re.search(r"Net value a year +↑ +€1\.5M +\+€296k ± €28k ▲ +−€105k ± €30k ▼ +\+€28k ± €29k  ", text)
    assert re.search(r"Delay of due projects, mean +↓ +29\.9 +−6\.1 ± 0\.2 ▲ +\+2\.0 ± 0\.2 ▼", text)
    assert re.search(r"Due projects delivered on(?: time)? +↑ +50% +\+9\.7 ± 0\.3 ▲", text)


def test_the_last_lines_say_how_many_futures_each_wins(five: Comparison) -> None:
    text = printed(five, 160)
    best = re.search(r"Best of all, of 100 futures(( +\d+){5})", text)
    assert best
    assert 98 <= sum(map(int, best[1].split())) <= 102
    assert re.search(r"Beats merged, of 100 futures +85 +36 +52 +6", text)


def test_odds_of_few_futures_are_of_so_many_and_not_of_100() -> None:
    few = printed(compare(results({"merged": 0.0, "separated": 9e6}, 8), current="merged"), 100)
    assert re.search(r"Best of all, of 8 futures +0 +8", few) and "of 100 futures" not in few


def test_what_was_measured_nowhere_has_no_row_but_is_named(five: Comparison) -> None:
    nothing = {name: {"ticket_level_share": math.nan} for name in ("merged", "separated")}
    text = printed(compare(results({"merged": 0, "separated": 0}, 9, changes=nothing), current="merged"), 100)
    assert "There was nothing to measure for tickets within their service level." in text
    assert "Tickets within" not in text
    assert "nothing to measure" not in printed(five, 100)


def test_less_delay_is_better_and_more_use_of_attention_is_only_different() -> None:
    changed = {
        "separated": {"delay_days": 1.0, "manager_use": 0.9},
        "merged": {"delay_days": 9.0, "manager_use": 0.4},
    }
    compared = compare(results({"merged": 0, "separated": 0}, 9, changes=changed), current="merged")
    marks = {name: mark(compared, BY_NAME[name], "separated") for name in ("delay_days", "manager_use")}
    assert marks == {"delay_days": "▲", "manager_use": "◆"}


def test_all_outcomes_can_be_shown(five: Comparison) -> None:
    names = [o.name for o in OUTCOMES]
    assert len(MAIN_OUTCOMES) < 20
    assert printed(five, 100, outcomes=names).count("Attention for") == 14 * 2


@pytest.mark.parametrize("shown", [MAIN_OUTCOMES, tuple(SHOWN)], ids=["table", "figure"])
def test_rework_never_stands_without_the_defects_that_escaped(shown: tuple[str, ...]) -> None:
    assert shown[shown.index("rework_share") + 1] == "escaped_defect_hours"


def test_one_structure_alone_is_a_list_of_means() -> None:
    text = printed(compare(results({"merged": 0.0}, 5), current="merged"), 80)
    assert "Net value a year" in text
    assert "Means over 5 futures." in text
    assert "±" not in text


def test_one_future_alone_has_no_interval_and_no_odds() -> None:
    text = printed(compare(results({"merged": 0.0, "separated": 3e5}, 1), current="merged"), 80)
    assert "(one future alone has no interval), over 1 future." in " ".join(text.split())
    assert re.search(r"Net value a year +↑ +€[\d.]+M +[+−]€\d+k *$", text, re.MULTILINE)
    assert not any(said in text for said in ("±", "∞", "of 100 futures", "1 futures"))


def test_a_name_that_looks_like_markup_is_printed_as_it_is() -> None:
    text = printed(compare(results({"[red]x[/]": 0.0, "[b]": 1.0}, 5), current="[red]x[/]"), 100)
    assert "[red]x[/]" in text
    assert "[b]" in text
