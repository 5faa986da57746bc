"""`reorganise` answers in words, numbers and a figure; its futures are kept, and go on where they were."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch
from matplotlib.text import Text

from analysis.reorganisation.ask import reorganise, switch
from analysis.reorganisation.figure import payback_figure, title
from analysis.reorganisation.hopes import Change, held_against_hope
from analysis.reorganisation.result import Reorganisation
from sim.batch.results import ResultsError
from sim.batch.session import Interrupted
from sim.clocks.payback import IN_PROGRESS, LEFT, NET, arms
from sim.scenario import Scenario, ScenarioError, scenario_from
from sim.vocabulary import OBJECTIVE
from tests.changes import DAY, HORIZON, futures, left_to_do
from tests.fake_runs import organisation
from tests.legible import legible

Rows = list[tuple[str, int, dict[str, object] | None, str | None]]

UNREST = 10e3
"""€: what being unsettled takes by the end."""

OWN = {
    "name": "cells",
    "roles": {"lead": {}},
    "duties": dict.fromkeys(
        (
            *("planning", "budget", "allocation", "timeline", "project_risk", "reporting", "tracking"),
            *("service_oversight", "resources", "process", "stakeholders", "operational_risk"),
            *("satisfaction", "coordination"),
        ),
        "lead",
    ),
}


def days(scenario: Scenario, replications: Sequence[int], spread: float = 100.0) -> Rows:
    """Fake days: the change gains what is planted, and twice that in the long run."""
    rows: Rows = []
    for replication in replications:
        gain = futures(replication, 1, spread)[0, : scenario.horizon_days]
        base = np.linspace(0.0, 1e6, scenario.horizon_days)
        hoped = base + gain + np.linspace(0.0, UNREST, scenario.horizon_days)
        runs = (base, base + 2 * gain, base + gain, hoped)
        rows += [
            (arm.name, replication, {NET: run, LEFT: left_to_do(run - base), IN_PROGRESS: under_way}, None)
            for arm, run, under_way in zip(arms(scenario), runs, (9e3, 0.0, 2e3, 0.0), strict=False)
        ]
    return rows


def answer(out: Path, replications: int = 60, jobs: int = 1, **more: object) -> Reorganisation:
    settings: dict[str, object] = {"simulate": days, "to": "separated", "day": DAY} | more
    given = settings.pop("scenario", None) or organisation()
    return reorganise(given, replications=replications, jobs=jobs, out=out, **settings)  # type: ignore[arg-type]


@pytest.fixture
def drawn() -> None:
    """For a test that is about the files of the figure."""


@pytest.fixture(autouse=True)
def undrawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures take their time, so most tests go without the files of theirs."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr("analysis.figures.looks.save", lambda *_: [])


def parts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "parts").glob("*.npz"))}


@pytest.mark.usefixtures("drawn")
def test_it_is_answered_in_words_numbers_and_a_figure(tmp_path: Path) -> None:
    found = answer(tmp_path, 400)
    assert str(found).startswith("Move from merged to separated on day 60? For Scale-up agency: in ")
    assert found.once.mean == pytest.approx(7e3), "more was delivered, and less is under way"
    assert found.payback.gain.mean * 2 == pytest.approx(found.always.mean)
    assert [path.name for path in found.files] == ["reorganise.json", "reorganise.png", "reorganise.svg"]
    told = json.loads(found.files[0].read_text(encoding="utf-8"))
    assert told["finding"] == str(found)
    assert told["on_delivery_more_at_end"]["euro"] == found.once.mean
    assert told["break_even_day"] == found.payback.break_even
    assert told["lost_hours"]["most"] == found.lost.most > 0
    assert told["paid_back_share"] == found.payback.odds
    assert len(told["by_day"]["mean"]) == HORIZON
    assert found.files[1].read_bytes().startswith(b"\x89PNG")
    assert ElementTree.parse(found.files[2]).getroot().tag.endswith("svg")


def test_days_that_are_not_within_the_horizon_are_null(tmp_path: Path) -> None:
    found = answer(tmp_path, 4, simulate=lambda s, r: days(s, r, 900.0))
    told = json.loads(found.files[0].read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert told["break_even_interval"][1] is None


def test_threads_and_two_sessions_leave_no_trace(tmp_path: Path) -> None:
    serial = answer(tmp_path / "a")
    answer(tmp_path / "b", replications=30)
    later = answer(tmp_path / "b", jobs=3)
    assert later.kept == 25 * 4
    assert parts(serial.folder) == parts(later.folder)
    assert later.text == serial.text
    assert later.files[0].read_bytes() == serial.files[0].read_bytes()


def test_an_interrupted_answer_goes_on_with_what_was_kept(tmp_path: Path) -> None:
    def press(done: int, _: int) -> None:
        if done >= 25 * 4:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted):
        answer(tmp_path / "a", progress=press)
    assert answer(tmp_path / "a").kept >= 25 * 4
    whole = answer(tmp_path / "b")
    assert parts(answer(tmp_path / "a").folder) == parts(whole.folder)


@pytest.mark.parametrize("harm", ["cut short", "one byte changed", "emptied", "another's", "another block's"])
def test_a_damaged_block_is_noticed_and_run_again(harm: str, tmp_path: Path) -> None:
    folder = answer(tmp_path / "a").folder
    whole = parts(folder)
    part = folder / "parts" / "part-00001.npz"
    content = bytearray(whole[part.name])
    if harm == "one byte changed":
        content[len(content) // 2] ^= 1
    other = answer(tmp_path / "b", seed=5).folder
    part.write_bytes(
        {
            "cut short": bytes(content[: len(content) // 2]),
            "one byte changed": bytes(content),
            "emptied": b"",
            "another's": parts(other)[part.name],
            "another block's": whole["part-00000.npz"],
        }[harm]
    )
    mended = answer(tmp_path / "a")
    assert mended.kept == (25 + 10) * 4
    assert parts(folder) == whole


def test_a_failed_future_is_left_out_and_told(tmp_path: Path) -> None:
    def failing(scenario: Scenario, replications: Sequence[int]) -> Rows:
        return [
            (s, r, None, "luck ran out") if (r == 7 and s == "separated") else (s, r, run, why)
            for s, r, run, why in days(scenario, replications)
        ]

    for _ in range(2):
        found = answer(tmp_path, simulate=failing)
        assert (found.futures, found.dropped) == (59, 1)
        assert "1 of 60 futures was left out, because a run of it failed." in found.text


@pytest.mark.parametrize(
    ("change", "key", "part"),
    [
        ({"to": "seperated"}, "reorganisation.to", "did you mean separated?"),
        ({"start": "nobody"}, "reorganisation.from", "which is no structure"),
        ({"to": "merged"}, "reorganisation.to", "name another structure"),
        ({"day": HORIZON}, "reorganisation.day", f"give a day from 1 to {HORIZON - 1}"),
        ({"day": 0}, "reorganisation.day", "give a day from 1"),
        ({"replications": 1}, "replications", "give 2 or more"),
    ],
    ids=str,
)
def test_a_change_that_cannot_be_is_told_in_one_line(
    change: dict[str, object], key: str, part: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        answer(tmp_path, **change)  # type: ignore[arg-type]
    (problem,) = caught.value.problems
    assert problem.key == key
    assert part in str(problem)
    assert not list(tmp_path.iterdir())


def test_the_structure_of_today_is_left_unless_another_is_named(tmp_path: Path) -> None:
    assert answer(tmp_path, scenario=organisation(current="agile"), replications=4).start == "agile"


def test_own_structures_heads_and_what_else_the_scenario_compares_do_not_stand_in_the_way() -> None:
    given = scenario_from(
        {
            "name": "Own",
            "managers": 4,
            "structures": ["merged", OWN, "separated", "agile"],
            "heads": {
                "separated": {"project_manager": 1, "delivery_manager": 3},
                "agile": {"product_owner": 1, "scrum_master": 3},
            },
            "vary": {"portfolio.clients": [2, 3]},
            "unequal_managers": {"agile": 6},
        }
    )
    change = switch(given, "separated", "cells", 40)
    assert change.structure_names == ("separated", "cells", "separated → cells")
    assert change.heads == {"separated": {"project_manager": 1, "delivery_manager": 3}}
    assert not change.vary


def test_a_folder_that_is_a_file_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(ResultsError, match=r"cannot write results.*--out"):
        answer(tmp_path / "taken")


def test_two_do_not_write_to_one_folder_at_once(tmp_path: Path) -> None:
    refused = []

    def second(done: int, _: int) -> None:
        if done == 100:
            with pytest.raises(ResultsError, match="another rolecall is writing"):
                answer(tmp_path)
            refused.append(threading.current_thread().name)

    answer(tmp_path, progress=second)
    assert refused


@pytest.mark.parametrize(
    ("spread", "start"),
    [
        (20.0, "A move from merged to separated costs €"),
        (900.0, "Cannot tell yet whether a move from merged"),
    ],
)
def test_the_title_says_the_finding_and_no_more(spread: float, start: str, tmp_path: Path) -> None:
    found = answer(tmp_path, 60, simulate=lambda s, r: days(s, r, spread))
    assert title(found).startswith(start)


def test_two_futures_are_too_few_to_tell_and_both_are_drawn(tmp_path: Path) -> None:
    found = answer(tmp_path, 2)
    assert title(found) == "2 futures are too few to tell whether a move from merged to separated pays back"
    figure = payback_figure(found)
    assert gains_drawn(figure)[0].sum() == 2
    words = " ".join(text.get_text() for text in figure.findobj(Text))
    assert "nterval" not in words and "made good" not in words
    legible(figure)


def test_futures_in_which_nothing_changed_stand_on_zero(tmp_path: Path) -> None:
    def mostly_nothing(scenario: Scenario, replications: Sequence[int]) -> Rows:
        base = np.linspace(0.0, 1e6, scenario.horizon_days)
        idle: dict[str, object] = {NET: base, LEFT: np.zeros(len(base)), IN_PROGRESS: 0.0}
        return [(s, r, idle if r > 1 else run, why) for s, r, run, why in days(scenario, replications)]

    found = answer(tmp_path, 20, simulate=mostly_nothing)
    assert "in 18 it made no difference" in title(found)
    figure = payback_figure(found)
    counts, edges, bar = gains_drawn(figure)
    assert counts.sum() == 2
    assert (bar.get_height(), bar.get_x() + bar.get_width() / 2) == (18, pytest.approx(0))
    assert abs(edges + bar.get_width() / 2).min() < 1e-6 * bar.get_width()
    legible(figure)


def pointed(scenario: Scenario, replications: Sequence[int]) -> Rows:
    """As `days`, but the change, which earns, loses two points of the objective, give or take one."""
    losses = {name: (0.0, -9.0, -2.0, -1.0)[k] for k, name in enumerate(arm.name for arm in arms(scenario))}
    return [
        (s, r, {**(run or {}), OBJECTIVE: 70.0 + losses[s] * (1 + 0.5 * (-1) ** r)}, why)
        for s, r, run, why in days(scenario, replications)
    ]


@pytest.mark.usefixtures("drawn")
def test_an_objective_of_ones_own_is_what_the_answer_is_about(tmp_path: Path) -> None:
    """What earns money may still cost what is wanted: the answer is in points, the curve in money."""
    own = organisation(objective={"on_time_share": 100.0})
    found = answer(tmp_path, 60, scenario=own, simulate=pointed)
    assert found.text.startswith(
        "For Scale-up agency: its objective loses by the end: 2.00 points less than staying with merged "
        "(95% interval −2.26 to −1.74 points), ahead in none of the 60 futures. "
        "Points are the scenario's objective: 100 × Due projects delivered on time. "
        "Day by day there is money alone: in "
    )
    assert title(found).startswith("A move from merged to separated loses 2.00 points of the objective")
    told = json.loads(found.files[0].read_text(encoding="utf-8"))["objective_at_end"]
    assert (told["points"], told["ahead_share"]) == (pytest.approx(-2.0), 0.0)
    figure = payback_figure(found)
    legible(figure)
    assert any("(points)" in text.get_text() for text in figure.findobj(Text))
    again = answer(tmp_path, 60, scenario=own, simulate=pointed)
    assert (again.text, again.kept) == (found.text, again.runs)


@pytest.mark.usefixtures("drawn")
def test_a_future_that_gives_the_objective_nothing_to_measure_is_left_out_and_told(tmp_path: Path) -> None:
    """No project is delivered, say, whose lead time could be wanted; `decide` leaves that future out, too."""

    def unmeasured(scenario: Scenario, replications: Sequence[int]) -> Rows:
        return [
            (s, r, {**(run or {}), OBJECTIVE: math.nan} if r == 7 and s == "separated" else run, why)
            for s, r, run, why in pointed(scenario, replications)
        ]

    found = answer(tmp_path, 60, scenario=organisation(objective={"lead_days": -1.0}), simulate=unmeasured)
    assert (found.futures, found.dropped) == (59, 1)
    assert found.objective is not None and len(found.objective.gains) == 59
    said = (
        "1 of 60 futures was left out, because a run of it failed or gave the objective nothing to measure."
    )
    assert said in found.text
    legible(payback_figure(found))


def test_an_objective_that_no_future_can_measure_is_the_users_to_mend(tmp_path: Path) -> None:
    def unmeasured(scenario: Scenario, replications: Sequence[int]) -> Rows:
        return [
            (s, r, {**(run or {}), OBJECTIVE: math.nan}, why)
            for s, r, run, why in days(scenario, replications)
        ]

    with pytest.raises(ResultsError, match="objective: none of 30 futures gives it something to measure"):
        answer(tmp_path, 30, scenario=organisation(objective={"ticket_days": -1.0}), simulate=unmeasured)


def gains_drawn(figure: Figure) -> tuple[Any, Any, Any]:
    """The histogram of gains: counts and edges of those with a difference, the bar of those without."""
    axes = next(a for a in figure.findobj(Axes) if a.get_title(loc="left").startswith("At the end"))
    (steps,) = axes.findobj(StepPatch)
    values, edges, _ = steps.get_data()
    bars = [bar for group in axes.containers for bar in group]
    return values, edges, bars[0] if bars else None


@pytest.mark.parametrize("shape", ["pays back", "cannot tell", "late", "hostile names"])
def test_text_is_legible_inside_the_page_and_never_overlaps(shape: str, tmp_path: Path) -> None:
    more: dict[str, object] = {}
    if shape == "hostile names":
        own = OWN | {"name": "one_delivery_lead_for_each_product_line_and_country $x_1$"}
        scenario = organisation(name="<script> $x$ " * 8, structures=["merged", own])
        more = {"scenario": scenario, "to": own["name"]}
    spread = {"cannot tell": 900.0}.get(shape, 40.0)
    if shape == "late":
        more = {"day": HORIZON - 1}
    legible(payback_figure(answer(tmp_path, 80, simulate=lambda s, r: days(s, r, spread), **more)))


def test_the_change_is_held_against_what_was_hoped_for(tmp_path: Path) -> None:
    found = answer(tmp_path, 60)
    hopes = found.hopes
    assert hopes is not None
    assert hopes.price.mean == pytest.approx(-UNREST)
    assert hopes.price.half_width == pytest.approx(0.0, abs=1e-6), "the same luck for both"
    assert hopes.planned_days == 125
    assert hopes.hoped.mean > found.payback.mean[DAY + 124]
    assert hopes.dipped >= hopes.dipped_anyway > 0
    assert "executives told in surveys: productivity falls noticeably in about 60 of 100" in found.text
    told = json.loads(found.files[0].read_text(encoding="utf-8"))["against_hope"]
    assert told["missed"] == hopes.missed
    assert told["price"]["mean"] == hopes.price.mean


def test_how_many_miss_and_dip_is_counted_over_the_futures() -> None:
    """One future in four has 21 hours or more on top of 2,000 (ten a day, from day 101 to day 300)."""
    before = np.tile(np.linspace(1.0, 1000.0, 1000), (4, 1))
    hoped = before + 100.0
    changed = hoped - np.array([[0.0], [50.0], [102.0], [300.0]])
    left = before * 0.0, before * 0.0 + np.array([[0.0], [5.0], [19.0], [21.0]]), before * 0.0
    found = held_against_hope((before, changed, hoped), left, Change(101, 200, 100, 10.0))
    assert (found.missed, found.dipped, found.dipped_anyway) == (0.75, 0.25, 0.0)
    assert found.depth == pytest.approx(0.006)
    assert found.price.mean == pytest.approx(-113.0)
    late = held_against_hope((before, changed, hoped), left, Change(101, 950, 100, 10.0))
    assert late.planned_days == 50, "to the end"


def test_a_name_with_a_comma_is_told_as_one(tmp_path: Path) -> None:
    found = answer(tmp_path, 40, to="merged+ranks=one")
    assert found.question == "Move from merged to “merged, one ranks all” on day 60?"
    assert found.to == "merged, one ranks all"
    assert "Had it been “merged, one ranks all” from the first day" in found.text
    assert "“" not in answer(tmp_path, 40).text


def test_a_change_that_nobody_announces_has_no_price(tmp_path: Path) -> None:
    found = answer(tmp_path, 40, announced=None)
    assert found.hopes is None
    assert "unsettled" not in found.text
    assert found.runs == 40 * 3
