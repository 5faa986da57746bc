"""A figure can go on a slide: its title is the finding, its text is legible, nothing overlaps."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.decision.figure import SHOWN, decision_figure, title
from analysis.decision.verdict import verdict
from analysis.figures.looks import LOOKS, looks, plain, save
from analysis.statistics.compare import compare
from analysis.words.numbers import difference, odds
from analysis.words.table import NO_CHOICE
from sim.scenario.structures import PRESETS
from sim.vocabulary import BY_NAME, NET_VALUE
from tests.fake_runs import judged, results
from tests.legible import legible

LONG = "one_delivery_lead_for_each_product_line_and_country"
SHAPES = {
    "two": ({"merged": 0, "separated": 500}, 200, "Scale-up agency"),
    "three": ({"merged": 0, "separated": 3e5, "agile": -1e5}, 200, "Scale-up agency"),
    "five": ({"merged": 0, "separated": 3e5, "agile": -1e5, "pm_only": 5e4, "dm_only": -4e5}, 200, "X"),
    "few futures": ({"merged": 0, "separated": 3e5}, 4, "$x_1$ & <script>"),
    "one future": ({"merged": 0, "separated": 3e5}, 1, "X"),
    "long names": ({LONG: 0, "separated": 3e5, LONG[::-1]: 1e5}, 50, "An organisation " * 7),
    "no difference": ({"merged": 0, "twin": 0}, 30, "X"),
}


def drawn(shape: str) -> Figure:
    gains, futures, name = SHAPES[shape]
    frame = results(gains, futures, name=name, spread=0.0 if shape == "no difference" else 2e5)
    compared, selection = judged(frame, next(iter(gains)))
    answer = verdict(compared, selection, managers=6)
    return decision_figure(frame, compared, answer, managers=6)


@pytest.mark.parametrize("shape", SHAPES)
def test_text_is_legible_inside_the_page_and_never_overlaps(shape: str) -> None:
    legible(drawn(shape))


def test_a_structure_has_the_same_look_whatever_it_is_compared_with() -> None:
    assert LOOKS.keys() == PRESETS.keys()
    for structures in (["merged", "agile"], ["my own", "agile", "separated"]):
        assert looks(structures)["agile"] == LOOKS["agile"]
    every = looks([*PRESETS, "my own", "another"])
    assert len(set(every.values())) == 7
    assert len({marker for _, marker in every.values()}) == 7


def test_a_structure_of_ones_own_has_its_look_by_its_name_and_not_by_its_place() -> None:
    own = looks(["my own"])["my own"]
    for structures in (["another", "merged", "my own"], ["my own", "Z"], ["A", "agile", "my own"]):
        found = looks(structures)
        assert found["my own"] == own
        assert list(found) == structures  # legends keep the order of the scenario
    for mine in ("my own", "separated", "Z"):
        shown = [mine, "zones", "merged"]
        more = looks([f"{mine} with {n} managers" for n in (5, 6, 7)] + shown)
        assert looks(shown).items() <= more.items()
        assert len(set(more.values())) == 6
    many = [f"structure {k}" for k in range(8)]
    assert looks(many) == looks(many[::-1])
    assert len(set(looks([*many, *PRESETS]).values())) == 13


@pytest.mark.parametrize(
    ("gains", "start"),
    [
        ({"merged": 0, "separated": 3e5}, "Separated would probably bring €"),
        ({"merged": 0, "separated": 3e6}, "Separated would bring €"),
        ({"merged": 0, "separated": 500}, "A tie: separated and merged are €"),
        (
            {"separated": 3e5, "merged": 0},
            "Separated probably stays ahead: the best other, merged, would bring €",
        ),
    ],
)
def test_the_title_says_the_finding_and_no_more_than_the_verdict(gains: dict[str, float], start: str) -> None:
    compared, selection = judged(results(gains), next(iter(gains)))
    assert title(compared, verdict(compared, selection, managers=6)).startswith(start)


def test_what_cannot_be_told_is_not_told_by_the_title() -> None:
    compared, selection = judged(results({"merged": 0, "separated": 5e4}, 20), "merged")
    told = verdict(compared, selection, managers=6)
    gain = told.difference
    assert gain is not None
    assert title(compared, told) == (
        "Cannot tell yet whether separated or merged is better: "
        f"separated wins in {odds(told.win_share, 20)} "
        f"(paired: {difference(BY_NAME[NET_VALUE], gain.mean, gain.half_width)}, 95%, 20 futures)"
    )


def test_png_and_svg_are_written_and_the_same_runs_give_the_same_bytes(tmp_path: Path) -> None:
    paths = save(drawn("two"), tmp_path, "decision")
    assert [p.name for p in paths] == ["decision.png", "decision.svg"]
    assert paths[0].read_bytes().startswith(b"\x89PNG")
    assert ElementTree.parse(paths[1]).getroot().tag.endswith("svg")
    again = save(drawn("two"), tmp_path, "decision")
    (tmp_path / "other").mkdir()
    first = [p.read_bytes() for p in again]
    assert first == [p.read_bytes() for p in save(drawn("two"), tmp_path / "other", "decision")]


def test_another_number_of_managers_is_a_row_that_is_labelled_and_leaves_the_finding_as_it_is() -> None:
    seven = "separated with 7 managers"
    frame = results({"merged": 0, "separated": 3e5, seven: 9e5}, 100)
    compared, selection = judged(frame[frame["structure"] != seven], "merged")
    unequal = compare(frame[frame["structure"] != "separated"], current="merged")
    answer = verdict(compared, selection, managers=6, unequal=unequal)
    figure = decision_figure(frame, compared.with_beside(unequal), answer, managers=6)
    legible(figure)
    source = " ".join(figure.get_supxlabel().split())
    assert f"whose names say otherwise: these {NO_CHOICE};" in source
    assert NO_CHOICE.endswith("their intervals hold for this number of futures alone")
    written = [text.get_text().replace("\n", " ") for text in figure.findobj(Text)]
    assert any(text.startswith(f"{seven} +€") for text in written)
    alone = decision_figure(frame[frame["structure"] != seven], compared, answer, managers=6)
    assert figure.get_suptitle() == alone.get_suptitle()
    assert "otherwise" not in alone.get_supxlabel()
    assert "this number of futures" not in " ".join(alone.get_supxlabel().split())


def test_a_dollar_in_a_name_is_no_formula() -> None:
    assert plain("$x$") == r"\$x\$"


def test_nothing_to_compare_is_no_figure() -> None:
    frame = results({"merged": 0}, 5)
    compared, selection = judged(frame, "merged")
    with pytest.raises(ValueError, match="two structures"):
        decision_figure(frame, compared, verdict(compared, selection, managers=6), managers=6)


def test_every_outcome_beside_the_money_is_in_the_contract() -> None:
    compared = compare(results({"merged": 0, "separated": 0}, 3), current="merged")
    assert set(SHOWN) <= set(compared.outcomes)
