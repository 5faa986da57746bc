"""Where an answer flips is found where it was planted, and said no more surely than the runs allow."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from analysis.extras import MissingExtra
from analysis.tipping_points.ask import tip
from analysis.tipping_points.axes import axis
from analysis.tipping_points.result import Tip
from analysis.words.keys import label_of
from sim.batch.results import read_results
from sim.batch.session import Interrupted
from sim.batch.study import BLOCK
from sim.scenario import Scenario
from sim.scenario.reading.problems import ScenarioError
from tests.fake_runs import Row, organisation, outcomes
from tests.fake_search import AXIS, even, searched

AT_START = "portfolio.projects.at_start"
CLARITY = "assumptions.clarity"
Gain = Callable[[Scenario], float]


def flips_at_nine(scenario: Scenario) -> float:
    assert scenario.portfolio.projects is not None
    return 1.5e5 * math.log(scenario.portfolio.projects.at_start / 9)


def line(clarity: float) -> float:
    """At which number of projects `flips_on_a_line` is zero."""
    return 9 * math.exp(-3 * (clarity - 0.8))


def flips_on_a_line(scenario: Scenario) -> float:
    assert scenario.portfolio.projects is not None
    return 4e5 * math.log(scenario.portfolio.projects.at_start / line(scenario.assumptions["clarity"]))


def planted(gain: Gain, spread: float = 2e5) -> Callable[[Scenario, Sequence[int]], list[Row]]:
    """Runs in which every structure but the current one gains so much on it.

    Whatever is moved changes all structures alike besides, as it would an organisation.
    """

    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        alike = float(crc32(scenario.model_dump_json().encode()) % 1000)
        gains = {s: alike + (s != scenario.current) * gain(scenario) for s in scenario.structure_names}
        return [
            (s, r, outcomes(scenario.seed, s, r, gains[s], spread), None) for r in replications for s in gains
        ]

    return simulate


def two(**changes: object) -> Scenario:
    return organisation(structures=["merged", "separated"], **changes)


def found(out: Path, over: str = f"{AT_START}=2..40", and_: str | None = None, **options: object) -> Tip:
    given = {"simulate": planted(flips_at_nine), "runs": 2000, "jobs": 1} | options
    return tip(two(), over, and_, out=out, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def flip(tmp_path_factory: pytest.TempPathFactory) -> Tip:
    return found(tmp_path_factory.mktemp("flip"))


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Tip:
    simulate = planted(flips_on_a_line)
    return found(tmp_path_factory.mktemp("map"), and_=f"{CLARITY}=0.5..1", simulate=simulate, runs=3000)


def test_a_planted_flip_lies_within_its_interval(flip: Tip) -> None:
    (crossing,) = flip.finding.lines[0].crossings
    assert flip.finding.kind == "flips"
    assert crossing.low < 9 < crossing.high
    assert crossing.high / crossing.low < 2
    assert flip.text.startswith("It flips at about ")
    assert "projects at start (95% interval " in flip.text
    assert "below, merged is ahead; above, separated." in flip.text


def test_the_interval_holds_the_flip_as_often_as_it_says() -> None:
    held = 0
    for seed in range(12):
        result, _ = searched(lambda x: 3e5 * (x - 0.2), even(4e5), seed, evaluations=80)
        assert result.kind == "flips"
        (crossing,) = result.lines[0].crossings
        held += crossing.low <= 0.2 <= crossing.high
    assert held >= 11


def test_runs_go_where_it_flips(flip: Tip) -> None:
    places = flip.axes[0].place(flip.points[AT_START].to_numpy())
    near = np.abs(places - flip.axes[0].place(9.0)) < 0.25  # a quarter of the range
    assert flip.points["futures"][near].sum() > 0.5 * flip.futures


def test_what_is_decided_gets_no_more_runs_while_anything_is_open() -> None:
    _, seen = searched(lambda x: 1e6 * (x - 0.2) ** 3, even(2e5), 1, evaluations=100)
    far = np.abs(np.array(AXIS.values)[seen.numbers] - 0.2) > 0.9
    assert seen.futures[far].max() <= 75  # the first design, and an evaluation chosen before it was clear


def test_an_answer_that_never_flips_is_said_not_to(tmp_path: Path) -> None:
    result = found(tmp_path, simulate=planted(lambda _: -5e5))
    assert result.finding.kind == "does not flip"
    assert result.finding.lines[0].crossings == ()
    assert result.runs < 2000
    assert "It does not flip between 2 and 40 projects at start: merged is ahead throughout." in result.text


def test_the_search_ends_when_the_only_values_that_count_are_told() -> None:
    """Between whole numbers nothing is ever known, and nothing needs to be."""
    few = replace(AXIS, low=2.0, high=3.0, whole=True, values=(2.0, 3.0))
    result, seen = searched(lambda _: -2e5, even(4e5), 1, evaluations=160, axis=few)
    assert result.kind == "does not flip"
    assert result.shares == {-1: 1.0, 0: 0.0, 1: 0.0}
    assert seen.futures.sum() < 1000


def test_searches_that_look_again_and_again_seldom_claim_a_side_where_there_is_none() -> None:
    few = replace(AXIS, low=2.0, high=3.0, whole=True, values=(2.0, 3.0))
    found = [searched(lambda _: 0.0, even(4e6), seed, 40, few)[0] for seed in range(40)]
    assert sum(result.shares[0] < 1 for result in found) <= 2  # 5% of them


def test_the_search_ends_where_one_is_ahead_or_surely_not_behind_by_what_matters() -> None:
    """The difference touches zero at the low end, where a side will never be told."""
    result, seen = searched(lambda x: 2e5 * (x + 1), even(2e5), 2, evaluations=160)
    assert result.kind == "does not flip"
    assert result.lines[0].stretches[0].side == 0
    assert seen.futures.sum() < 160 * BLOCK


def test_a_side_that_would_matter_keeps_the_search_open() -> None:
    """At the low end the current one is ahead by three times what matters: not known while luck hides it."""
    result, seen = searched(lambda x: 2e5 * (x + 0.7), even(2e6), 2, evaluations=60)
    assert result.kind == "cannot tell"
    assert seen.futures.sum() == 60 * BLOCK


def test_two_flips_are_two() -> None:
    result, _ = searched(lambda x: 4e5 * (x * x - 0.25), even(2e5), 3, evaluations=120)
    first, second = result.lines[0].crossings
    assert first.low < -0.5 < first.high
    assert second.low < 0.5 < second.high
    assert (first.below, second.below) == (1, -1)


def test_luck_that_drowns_a_flip_leaves_it_open() -> None:
    result, _ = searched(lambda x: 1e4 * x, even(1e6), 1, evaluations=40)
    assert result.kind == "cannot tell"
    assert result.lines[0].crossings == ()


def test_structures_that_do_the_same_are_a_tie(tmp_path: Path) -> None:
    result = found(tmp_path, simulate=planted(lambda _: 0.0, spread=0.0))
    assert result.finding.kind == "a tie"
    assert "surely neither is ahead by the €60k a year" in result.text  # 1% of 12M in two years


def test_a_planted_line_lies_within_the_map(mapped: Tip) -> None:
    assert mapped.finding.kind == "flips"
    for found_at in mapped.finding.lines:
        assert found_at.value is not None
        (crossing,) = found_at.crossings
        assert crossing.low < line(found_at.value) < crossing.high
        assert crossing.below == -1
    assert "With clarity about who acts, once settled, at 0.75 it flips at about " in mapped.text


def test_a_map_of_two_assumptions_tells_their_units(tmp_path: Path) -> None:
    simulate = planted(lambda scenario: 1e6 * (scenario.assumptions["patience"] - 5))
    told = found(tmp_path, "assumptions.patience=2..8", "assumptions.limbo_days=10..40", simulate=simulate)
    assert told.text.startswith(
        "It flips with how long teams wait for an answer [assumptions.patience] between 2 and 8 days, and "
        "with how long a dropped matter lies about [assumptions.limbo_days] between 10 and 40 days: "
    )
    assert "With how long a dropped matter lies about at 25 days it flips with how long teams" in told.text
    assert told.text.count("[assumptions.patience]") == 1  # once, for whoever asks again
    assert all(
        re.match(r"[\d.]+ days \(95%", part)
        for part in told.text.split("flips with how long teams wait for an answer at about ")[1:]
    )


def test_runs_of_a_map_go_where_it_flips(mapped: Tip) -> None:
    across, _ = mapped.axes
    there = across.place(line(1) * np.exp(-3 * (mapped.points[CLARITY].to_numpy() - 1)))
    near = np.abs(across.place(mapped.points[AT_START].to_numpy()) - there) < 0.4
    area = np.mean(np.abs(np.linspace(-1, 1, 201)[:, None] - there[None, :]) < 0.4)
    assert area < 0.4
    assert mapped.points["futures"][near].sum() > 0.55 * mapped.futures


def test_luck_is_shared_between_structures_and_never_between_points(flip: Tip) -> None:
    rows = read_results(flip.folder, columns=[])
    assert (rows.groupby("replication")["variation"].nunique() == 1).all()
    assert (rows.groupby("replication")["structure"].nunique() == 2).all()


def kept(folder: Path) -> dict[str, bytes]:
    files = [*(folder / "parts").glob("*.parquet"), folder / "points.csv", folder / "tip.json"]
    return {file.name: file.read_bytes() for file in files}


def test_a_search_that_was_stopped_goes_on_to_the_same_bytes(flip: Tip, tmp_path: Path) -> None:
    lived = 0

    def stopping(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        nonlocal lived
        lived += len(replications)
        if lived > 21 * 25:  # two blocks of them to see that the property does anything
            raise KeyboardInterrupt
        return planted(flips_at_nine)(scenario, replications)

    with pytest.raises(Interrupted):
        found(tmp_path, simulate=stopping)
    again = found(tmp_path)
    assert again.kept >= 18 * 50
    assert kept(again.folder) == kept(flip.folder)


def test_more_runs_go_on_from_fewer(tmp_path: Path) -> None:
    def noisy(runs: int) -> Tip:
        return found(tmp_path, simulate=planted(flips_at_nine, spread=2e6), runs=runs)

    first, second = noisy(800), noisy(1000)
    assert (first.runs, second.runs, second.kept) == (800, 1000, 800)
    assert noisy(800).text == first.text


def test_the_best_of_a_first_look_is_compared(tmp_path: Path) -> None:
    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        gains = {"merged": 0.0, "separated": -3e5, "agile": -1e5}
        return [
            (s, r, outcomes(scenario.seed, s, r, gains[s]), None)
            for r in replications
            for s in scenario.structure_names
        ]

    result = tip(organisation(), "managers=4..9", out=tmp_path, runs=400, jobs=1, simulate=simulate)
    assert (result.current, result.other) == ("merged", "agile")
    assert tip(
        organisation(), "managers=4..9", against="separated", out=tmp_path, runs=400, simulate=simulate
    ).other == ("separated")


def test_failed_runs_are_told_and_left_out(tmp_path: Path) -> None:
    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        return [
            (s, r, None, "out of luck") if r % 10 == 0 and s == "merged" else (s, r, done, why)
            for s, r, done, why in planted(lambda _: 9e5)(scenario, replications)
        ]

    result = found(tmp_path, simulate=simulate)
    assert result.failed == result.runs / 20
    assert result.futures == 0.9 * result.runs / 2
    assert "runs failed (our mistake) and their futures are left out" in result.text


def test_everything_is_kept_for_a_report(mapped: Tip) -> None:
    said = json.loads((mapped.folder / "tip.json").read_text())
    assert said["kind"] == "flips"
    assert said["text"] == mapped.text
    assert [axis["key"] for axis in said["over"]] == [AT_START, CLARITY]
    assert said["lines"][1]["crossings"][0]["below"] == "merged"
    assert {f.name for f in mapped.folder.iterdir()} >= {"manifest.json", "tip.png", "tip.svg", "points.csv"}
    assert json.loads((mapped.folder / "manifest.json").read_text())["status"] == "complete"


@pytest.mark.parametrize(
    ("over", "low", "high", "count"),
    [
        ("managers", 3, 12, 10),
        (CLARITY, 0.5, 0.98, 41),
        ("portfolio.projects.deadline_slack", 0.65, 2.6, 41),
        ("portfolio.clients = 2..30", 2, 30, 29),
    ],
)
def test_a_range_comes_from_what_is_known(
    over: str, low: float, high: float, count: int, tmp_path: Path
) -> None:
    (axis,) = found(tmp_path, over, runs=400, simulate=planted(lambda _: 9e5)).axes
    assert (axis.low, axis.high) == (axis.values[0], axis.values[-1]) == (low, high)
    assert len(axis.values) == count
    assert list(axis.values) == sorted(set(axis.values))


def test_a_wide_range_is_laid_out_by_factors(tmp_path: Path) -> None:
    (axis,) = found(
        tmp_path, "organisation.teams.count=2..200", runs=400, simulate=planted(lambda _: 9e5)
    ).axes
    assert axis.logarithmic
    assert axis.values[len(axis.values) // 2] < 40
    assert all(value == int(value) for value in axis.values)
    assert axis.value(0.0) == pytest.approx(20)  # halfway between 2 and 200


def test_a_usual_range_ends_where_scenarios_do(tmp_path: Path) -> None:
    crossing_teams = two(portfolio={"projects": {"cross_team": 0.8}})
    options = {"runs": 400, "jobs": 1, "simulate": planted(lambda _: 9e5)}
    (axis,) = tip(crossing_teams, "portfolio.projects.cross_team", out=tmp_path, **options).axes  # type: ignore[arg-type]
    assert (axis.low, axis.high) == (0.4, 1)  # a share: twice 0.8 would be none


MISTAKES = {
    "managrs": "--over: managrs is not a key here; did you mean managers?",
    "assumptions.clrity=0..1": "--over: assumptions.clrity is no assumption; did you mean clarity?",
    "patience=1..2": "--over: patience is not a key here; did you mean assumptions.patience?",
    "name": "--over: cannot move name; give a property of the organisation or an assumption",
    "current=1..2": "--over: cannot move current",
    "unequal_managers.merged=2..4": "--over: cannot move unequal_managers.merged",
    "reorganisation.day=50..100": "--over: cannot move reorganisation.day",
    "risks=1..2": "--over: risks is no number; compare its values side by side: rolecall run SCENARIO",
    "managers=few..many": "--over: managers has an end of 'few'; give numbers: KEY=LOW..HIGH",
    "managers=3..nan": "--over: managers has an end of 'nan'; give numbers",
    "managers=2.5..8": "--over: managers has an end of 2.5; give whole numbers",
    "managers=8..3": "--over: is 'managers=8..3'; give a low end that is below the high end",
    "managers=8": "--over: is 'managers=8'; give KEY or KEY=LOW..HIGH",
    "managers=0..8": "--over: reaches managers=0; give a whole number from 1",
    "portfolio.projects.cross_team=0..2": "give a number from 0 to 1 (share)",
    "organisation.specialists.law": "--over: organisation.specialists.law is nothing in the scenario",
    "clients": "--over: clients is not a key here; did you mean portfolio.clients?",
    "portfolio.projects": "--over: portfolio.projects is no number; did you mean portfolio.projects.at_start",
    "heads.separated": "did you mean heads.separated.project_manager or heads.separated.delivery_manager?",
    "heads.project_manager": "did you mean heads.separated.project_manager?",
    "project_manager=1..5": "did you mean heads.separated.project_manager?",
    "separated.heads": "did you mean heads.separated.project_manager or heads.separated.delivery_manager?",
    "separated.sprint_days": "did you mean structures.separated.sprint_days?",
    "intake_limit": "did you mean structures.separated.intake_limit?",
    "risks.0.chance": "cannot move risks.0.chance: risks is default, which lists no single risks; move",
    "portfolio.paid": "--vary portfolio.paid=on_delivery,by_increment,by_hour,by_milestone",
    "structures": "--over: cannot move structures; give",
    "structures.separated": "names no ingredient; name one of its ingredients",
    "structures.seperated.ranks": "names seperated, which is not among structures; did you mean separated?",
    "structures.separated.ranks": "--vary structures.separated.ranks=nobody,own,one,board",
    "structures.separated.cover": "--vary structures.separated.cover=yes,no",
    "structures.separated.sprint_days": "give the range: structures.separated.sprint_days=LOW..HIGH",
    "": "--over: is empty; give KEY or KEY=LOW..HIGH",
}


@pytest.mark.parametrize("over", MISTAKES)
def test_a_mistake_is_told_in_a_line_before_anything_runs(over: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        found(tmp_path, over)
    assert MISTAKES[over] in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_numbers_of_a_structure_and_its_posts_are_moved_and_it_is_the_one_compared(
    tmp_path: Path,
) -> None:
    three = organisation(structures=["merged", "agile", "separated"], managers=6)
    options = {"runs": 400, "jobs": 1, "simulate": planted(lambda _: 9e5), "out": tmp_path}
    sprints = tip(three, "structures.separated.sprint_days=5..20", **options)  # type: ignore[arg-type]
    assert (sprints.other, sprints.axes[0].label) == ("separated", "length of a sprint in separated")
    posts = axis(three, "--over", "heads.separated.project_manager=1..5", 41)
    assert posts.values == (1, 2, 3, 4, 5) and posts.today is not None
    with pytest.raises(
        ScenarioError, match="but merged and agile are compared; name its structure with --against"
    ):
        tip(three, "heads.separated.project_manager=1..5", against="agile", **options)  # type: ignore[arg-type]


def unmoved_by(names: set[str]) -> Callable[[Scenario, Sequence[int]], list[Row]]:
    """Runs on which those assumptions have no effect."""

    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        rest = {name: value for name, value in scenario.assumptions.items() if name not in names}
        return planted(flips_at_nine)(scenario.model_copy(update={"assumptions": rest}), replications)

    return simulate


def test_a_property_that_does_nothing_is_never_said_to_decide(tmp_path: Path) -> None:
    result = found(tmp_path, "assumptions.clarity_new", simulate=unmoved_by({"clarity_new"}))
    assert result.finding.kind == "changes nothing"
    assert result.text.startswith(
        "Moving clarity about who acts, while all is new [assumptions.clarity_new], changes nothing"
    )
    assert "ahead for" not in result.text
    assert (result.runs, list(tmp_path.iterdir())) == (0, [])


def test_a_map_names_the_property_that_does_nothing(tmp_path: Path) -> None:
    result = found(tmp_path, and_="assumptions.clarity_new", simulate=unmoved_by({"clarity_new"}))
    assert [axis.key for axis in result.idle] == ["assumptions.clarity_new"]


def test_a_property_that_acts_in_a_rare_future_is_searched(tmp_path: Path) -> None:
    """Future 30 of those in which a property is tried is enough to see that it does something."""

    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        rare = [r for r in replications if r == 30]
        usual = [r for r in replications if r != 30]
        return planted(flips_at_nine)(scenario, rare) + unmoved_by({"clarity_new"})(scenario, usual)

    result = found(tmp_path, "assumptions.clarity_new", simulate=simulate, runs=400)
    assert result.finding.kind != "changes nothing"


def test_the_compiled_model_does_not_move_with_what_only_a_reorganisation_uses(tmp_path: Path) -> None:
    given = two(managers=4, horizon_days=60)
    assert tip(given, "assumptions.handover_hours", out=tmp_path).finding.kind == "changes nothing"


def test_managers_that_cannot_be_moved_say_why(tmp_path: Path) -> None:
    given = two(managers=4, heads={"separated": {"project_manager": 2, "delivery_manager": 2}})
    with pytest.raises(
        ScenarioError, match=r"managers cannot be moved from 4: at 5, heads\.separated sum"
    ) as caught:
        tip(given, "managers", out=tmp_path)
    assert "low end" not in str(caught.value)


def test_one_of_a_thing_and_a_share_are_told_as_such() -> None:
    managers = axis(two(), "--over", "managers=2..4", 41)
    assert [managers.where(n, alone=False) for n in (1, 2)] == ["at 1 manager", "at 2 managers"]
    share = axis(two(), "--over", "portfolio.projects.cross_team=0.1..0.3", 41)
    assert share.where(0.1, alone=False) == "with share of tasks of other teams at 0.1"
    assert share.where(0.1, alone=True) == "at 0.1"
    assert label_of("assumptions.give_up_hazard") == "how fast clients give up late projects"
    assert label_of("organisation.specialists.test_environment") == "specialists (test environment)"
    assert label_of("organisation.teams.0.members") == "members of team 1"
    assert label_of("risks.2.impact") == "impact of risk 3"


def test_a_map_needs_two_keys_and_a_flip_two_structures(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="--and: moves managers, as --over does; give another key"):
        found(tmp_path, "managers", "managers=3..9")
    with pytest.raises(ScenarioError, match="--against: is 'agil', which is none of the other structures"):
        found(tmp_path, against="agil")
    with pytest.raises(ScenarioError, match="structures: lists merged alone"):
        tip(organisation(structures=["merged"]), "managers", out=tmp_path)


def test_without_its_library_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.extras.find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match=r"pip install 'rolecall\[sensitivity\]'"):
        found(tmp_path)
