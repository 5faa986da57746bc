"""What decides between two structures is found, in words and in a figure, and survives being stopped."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from typer.testing import CliRunner

from analysis import extras
from analysis.causes.ask import why
from analysis.causes.factors import Factor, factors_of
from analysis.causes.figure import why_figure
from analysis.causes.result import Why
from analysis.causes.table import ROWS, print_causes
from analysis.causes.words import explanation, finding, flipping, in_thirds, share, text, total_of
from analysis.commands.cli import app
from analysis.statistics.compare import Estimate
from analysis.words.board_words import LONGEST_BOARD_LABEL, board_words
from sim.batch.results import read_results
from sim.batch.session import Interrupted
from sim.scenario import Scenario, ScenarioError, scenario_from
from sim.scenario.assumptions import load_assumptions, values
from sim.vocabulary import NET_VALUE
from tests.fake_runs import Row
from tests.legible import legible

STRUCTURES = ("merged", "separated", "agile")
RANGES = {name: (a.low, a.high) for name, a in load_assumptions().items() if a.low < a.high}


def organisation(**content: object) -> Scenario:
    return scenario_from({"name": "Scale-up agency", "structures": [*STRUCTURES]} | content)


def share_of(scenario: Scenario, name: str) -> float:
    """Where an assumption lies in its range, 0 to 1."""
    low, high = RANGES[name]
    return (values(scenario.assumptions)[name] - low) / (high - low)


def luck(seed: int, structure: str, replication: int) -> float:
    return float(np.random.default_rng([seed, replication, *structure.encode()]).normal())


def runs_of(
    gain: Callable[[Scenario], float], noise: float
) -> Callable[[Scenario, Sequence[int]], list[Row]]:
    """Fake runs: `separated` is ahead of `merged` by `gain` of the scenario, in €, and by luck."""

    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        ahead = {"merged": 0.0, "separated": gain(scenario), "agile": -4e5}
        return [
            (s, r, {NET_VALUE: 1e6 + ahead[s] + noise * luck(scenario.seed, s, r)}, None)
            for r in replications
            for s in scenario.structure_names
        ]

    return simulate


def by_patience(scenario: Scenario) -> float:
    """More patience is better for `separated`; more managers are worse."""
    return 4e5 * (share_of(scenario, "patience") - 0.5) - 4e4 * (scenario.managers - 6)


def ishigami(scenario: Scenario) -> float:
    a, b, c = (math.pi * (2 * share_of(scenario, n) - 1) for n in ("patience", "clarity", "forgiveness"))
    return 1e5 * (math.sin(a) + 7 * math.sin(b) ** 2 + 0.1 * c**4 * math.sin(a))


PLANTED = runs_of(by_patience, 1e5)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Why:
    out = tmp_path_factory.mktemp("results")
    return why(organisation(), against="separated", runs=2000, out=out, simulate=PLANTED)


def test_where_neither_is_ahead_nothing_is_said_to_flip_it(answer: Why) -> None:
    rest = tuple(cause for cause in answer.causes if not cause.is_driver)
    open_, sure = (
        text(replace(answer, causes=rest, difference=Estimate(mean, mean - 5e4, mean + 5e4, 2000)))
        for mean in (1e4, 1e5)
    )
    assert "separated is neither surely ahead nor surely behind on average" in open_
    assert "nothing is seen to put either ahead" in open_ and "flip" not in open_
    assert "nothing is seen to flip that" in sure and "either ahead" not in sure
    assert all("`decide` speaks of the organisation as it is" in each for each in (open_, sure))


def test_a_planted_driver_comes_first_among_some_two_hundred(answer: Why) -> None:
    assert len(answer.causes) > 180
    assert [cause.factor.name for cause in answer.drivers] == ["patience", "managers"]
    patience, managers = answer.drivers
    assert (patience.rise.sign, managers.rise.sign) == (1, -1)
    assert patience.rise.low <= 4e5 * 2 / 3 <= patience.rise.high
    variance = 4e5**2 / 12 + 4e4**2 * 4 + 2 * 1e5**2  # managers are 3 to 9, each as likely
    assert patience.first.low <= 4e5**2 / 12 / variance <= patience.first.high
    assert answer.luck.mean == pytest.approx(2 * 1e5**2 / variance, abs=0.1)


def test_the_ishigami_function_among_assumptions_has_its_known_indices(tmp_path: Path) -> None:
    found = why(organisation(), against="separated", runs=4000, out=tmp_path, simulate=runs_of(ishigami, 0.0))
    drivers = {cause.factor.name: cause for cause in found.drivers}
    known = {"patience", "clarity", "forgiveness"}
    assert known <= drivers.keys()
    # One of some 190 others is taken for a driver in one batch of twenty, and explains next to nothing.
    by_chance = [cause.first.mean for name, cause in drivers.items() if name not in known]
    assert len(by_chance) <= 1 and all(share < 0.02 for share in by_chance)
    for name, first, total in (
        ("patience", 0.314, 0.558),
        ("clarity", 0.442, 0.442),
        ("forgiveness", 0, 0.244),
    ):
        assert drivers[name].first.low - 0.01 <= first <= drivers[name].first.high + 0.01
        assert drivers[name].total.low <= total <= drivers[name].total.high
    assert found.luck.mean == 0
    assert "Luck decides 0% " in str(found).replace("0.0%", "0%")


def test_the_words_name_the_driver_its_share_its_way_and_what_luck_leaves(answer: Why) -> None:
    told = str(answer)
    pulls, flips, luck = told.splitlines()
    assert pulls.startswith("For Scale-up agency. The higher, the better for separated: how long teams")
    assert "The higher, the better for merged: number of managers (€" in pulls
    assert "What would flip it: how long teams wait for an answer [assumptions.patience]: at" in flips
    assert f"{share(answer.luck.mean)} (" in luck and "a single future" in luck
    assert "_" not in pulls + luck  # no raw key but where it is needed to edit the scenario


def test_nothing_is_said_to_flip_the_answer_that_does_not(tmp_path: Path) -> None:
    ahead = runs_of(lambda s: 2e6 + by_patience(s), 1e5)
    found = why(organisation(), against="separated", runs=800, out=tmp_path, simulate=ahead)
    assert found.drivers and not flipping(found)
    assert "none of these alone flips that within its range" in str(found)


def test_every_number_has_its_unit(answer: Why) -> None:
    patience, managers = answer.drivers
    low, high = RANGES["patience"]
    third = low + (high - low) / 3
    assert f"at {low:g} to {third:.3g} days merged is €" in in_thirds(answer, patience)
    assert "at 3 to 5 people separated is €" in in_thirds(answer, managers)
    file = StringIO()
    print_causes(Console(file=file, width=80), answer)
    rows = file.getvalue().splitlines()[2:]
    assert sum(row.count("± €") for row in rows) == 2 * ROWS == sum(row.count("±") for row in rows)


def test_what_too_few_runs_cannot_say_is_a_dash_and_no_share_leaves_0_to_100(tmp_path: Path) -> None:
    few = why(organisation(), against="separated", runs=64, out=tmp_path, simulate=PLANTED)
    wide = [cause for cause in few.causes[:ROWS] if cause.total.high - cause.total.low >= 0.3]
    assert wide and all(total_of(cause) is None for cause in wide)
    figure = why_figure(few)
    axes = next(a for a in figure.axes if "share" in a.get_title(loc="left"))
    drawn = [x for line in axes.lines for x in np.asarray(line.get_xdata(), dtype=float)]
    drawn += [float(x) for bars in axes.collections for path in bars.get_paths() for x in path.vertices[:, 0]]
    assert len(drawn) > ROWS and min(drawn) >= 0 and max(drawn) <= 100
    assert (axes.get_xlim()[0] >= -5) and (axes.get_xlim()[1] <= 106)
    assert "told from chance" not in figure._supxlabel.get_text() or few.drivers  # type: ignore[attr-defined]


def test_where_nothing_stands_out_nothing_is_called_a_driver(tmp_path: Path) -> None:
    found = why(
        organisation(), against="separated", runs=400, out=tmp_path, simulate=runs_of(lambda s: 5e4, 3e5)
    )
    assert found.drivers == ()
    assert "Mostly luck decides one future" in str(found)
    assert "is seen to pull either way" in str(found) and "the better for" not in str(found)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.51, 1.0, "Mostly luck decides one future: 70% (51 to 100)"),
        (0.0, 1.0, "These runs cannot tell whether luck or what is known or assumed decides more"),
        (0.0, 0.49, "Luck decides 30% (0.0 to 49)"),
    ],
)
def test_what_decides_is_no_surer_than_the_interval_of_luck(
    answer: Why, low: float, high: float, said: str
) -> None:
    told = replace(answer, luck=Estimate(0.7 if high > 0.7 else 0.3, low, high, 400))
    assert text(told).splitlines()[-1].startswith(said)
    assert finding(told).startswith("What decides most between merged and separated is how long teams wait")
    assert finding(replace(told, causes=())).startswith("Nothing that is known or assumed is seen to decide")


def test_the_best_of_the_others_is_the_challenger(tmp_path: Path) -> None:
    found = why(organisation(), runs=64, out=tmp_path, simulate=PLANTED)
    assert (found.current, found.against) == ("merged", "separated")


def test_an_objective_of_ones_own_is_what_is_explained(tmp_path: Path) -> None:
    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        return [
            (s, r, {**(o or {}), "objective": 3.0 * (o or {})[NET_VALUE] / 1e6}, why)
            for s, r, o, why in PLANTED(scenario, replications)
        ]

    weighed = organisation(objective={"net_value_a_year": 3e-6})
    found = why(weighed, against="separated", runs=400, out=tmp_path, simulate=simulate)
    assert found.objective == "objective"
    assert found.deviation == pytest.approx(0.6, abs=0.2)
    assert "€" not in text(found)
    assert re.search(r"merged is [\d.]+ points ahead", text(found))
    file = StringIO()
    print_causes(Console(file=file, width=200), found)
    assert "separated less merged in objective (points)" in file.getvalue()


def test_runs_that_fail_take_their_quadruple_along_and_are_told(tmp_path: Path) -> None:
    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        unlucky = scenario.managers == 9
        return [
            (s, r, None, "out of luck") if unlucky and s == "separated" else (s, r, o, error)
            for s, r, o, error in PLANTED(scenario, replications)
        ]

    found = why(organisation(), against="separated", runs=400, out=tmp_path, simulate=simulate)
    assert 0 < found.failed < found.left_out < found.runs
    rows = read_results(found.folder)
    failed = rows[rows["error"].notna()].sort_values(["variation", "replication"])
    assert found.failed == len(failed)  # one structure of each pair
    first = failed.iloc[0]
    where = f"separated, variation {first['variation']}, replication {first['replication']}"
    assert found.first_failure == f"{where}, seed {first['seed']}: out of luck"
    assert f"{found.left_out:,} of 400 paired runs were left out, because a run beside them failed." in str(
        found
    )


def test_runs_that_give_the_objective_nothing_to_measure_take_their_quadruple_along(tmp_path: Path) -> None:
    def simulate(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        def points(outcomes: dict[str, float] | None) -> dict[str, float]:
            net = (outcomes or {})[NET_VALUE]
            return {**(outcomes or {}), "objective": math.nan if scenario.managers == 9 else net / 1e3}

        return [(s, r, points(o), error) for s, r, o, error in PLANTED(scenario, replications)]

    own = organisation(objective={"lead_days": -1.0})
    found = why(own, against="separated", runs=400, out=tmp_path, simulate=simulate)
    assert (found.failed, found.left_out > 0) == (0, True)
    assert "because a run beside them failed or gave the objective nothing to measure." in str(found)


def parts(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*.parquet"))}


def test_a_stopped_study_goes_on_and_ends_the_same(answer: Why, tmp_path: Path) -> None:
    calls = 0

    def stopping(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        nonlocal calls
        calls += 1
        if calls == 400:
            raise KeyboardInterrupt
        return PLANTED(scenario, replications)

    given = {"against": "separated", "runs": 2000, "out": tmp_path, "jobs": 1}
    with pytest.raises(Interrupted) as stop:
        why(organisation(), simulate=stopping, **given)  # type: ignore[arg-type]
    assert 0 < stop.value.done < 4000
    resumed = why(organisation(), simulate=PLANTED, **given)  # type: ignore[arg-type]
    assert parts(resumed.folder) == parts(answer.folder)
    for name in ("why.json", "why.csv", "why.svg"):
        assert (resumed.folder / name).read_bytes() == (answer.folder / name).read_bytes()


def test_more_runs_go_on_from_fewer(tmp_path: Path) -> None:
    few = why(organisation(), against="separated", runs=200, out=tmp_path, simulate=PLANTED)
    before = parts(few.folder)
    many = why(organisation(), against="separated", runs=400, out=tmp_path, simulate=PLANTED)
    assert many.folder == few.folder
    assert before.items() <= parts(many.folder).items()
    again = why(organisation(), against="separated", runs=200, out=tmp_path, simulate=PLANTED)
    assert again.causes == few.causes


def test_files_hold_every_factor_with_intervals(answer: Why) -> None:
    assert {file.name for file in answer.files} == {"why.json", "why.csv", "why.png", "why.svg"}
    table, told = pd.read_csv(answer.folder / "why.csv"), json.loads((answer.folder / "why.json").read_text())
    assert len(table) == len(told["causes"]) == len(answer.causes)
    assert table["name"][0] == told["causes"][0]["name"] == "patience"
    assert table["first_from"][0] < table["first"][0] < table["first_to"][0]
    assert told["causes"][0]["total"]["low"] < told["causes"][0]["total"]["high"]
    assert told["text"] == str(answer)


def test_a_factor_is_explained_where_that_can_be_read_alone(answer: Why) -> None:
    told = {cause.factor.name: explanation(cause.factor) for cause in answer.causes}
    assert told["sync_cap"] == told["least_chance"] == told["ticket_notice"] == ""
    assert told["patience"] == "A team that waited this long for an answer guesses"
    assert sum(map(bool, told.values())) > len(told) / 2
    axes = next(a for a in why_figure(answer).axes if a.get_title(loc="left") == "Which way it pulls")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    low, high = RANGES["patience"]
    assert labels[0].split() == f"● how long teams wait for an answer {low:g} to {high:g} days".split()
    assert not any("_" in label for label in labels)


def test_every_assumption_is_called_in_a_few_words_without_its_key() -> None:
    called = {name: board_words(name) for name in load_assumptions()}
    assert max(map(len, called.values())) <= LONGEST_BOARD_LABEL
    assert not [label for label in called.values() if "_" in label]
    assert len(set(called.values())) == len(called)  # each thing has a name of its own


@pytest.mark.parametrize("name", ["Scale-up agency", "<script>$x_1$</script> " * 5])
def test_the_figure_is_legible_and_nothing_overlaps(answer: Why, name: str) -> None:
    legible(why_figure(replace(answer, scenario=name)))
    assert ElementTree.parse(answer.folder / "why.svg").getroot().tag.endswith("svg")


def test_mistakes_are_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agency.yaml").write_text("name: Agency\n")
    (tmp_path / "alone.yaml").write_text("name: Agency\nstructures: [merged]\n")
    for arguments, said in (
        (["agency.yaml", "--against", "separate"], "--against: is 'separate', which is none of the other"),
        (["agency.yaml", "--against", "merged"], "--against: is 'merged', which is none of the other"),
        (["alone.yaml"], "structures: lists merged alone"),
        (["missing.yaml"], "missing.yaml: cannot be read"),
    ):
        done = CliRunner().invoke(app, ["why", *arguments])
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1 and done.stderr.startswith(said)
    assert not (tmp_path / "results").exists()
    done = CliRunner().invoke(app, ["why", "agency.yaml", "--runs", "3"])
    assert done.exit_code == 2 and "--runs" in done.stderr


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "agency.yaml").write_text("name: Agency\n")
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    done = CliRunner().invoke(app, ["why", str(tmp_path / "agency.yaml")])
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "pip install 'rolecall[sensitivity]'" in done.stderr


def test_a_pair_keeps_its_own_heads_and_drops_what_is_not_asked(tmp_path: Path) -> None:
    from analysis.decision.pair import pair

    content = {
        "heads": {"separated": {"project_manager": 4, "delivery_manager": 2}},
        "vary": {"managers": [6]},
    }
    given = organisation(**content)
    both = pair(given, "separated")
    assert both.structure_names == ("merged", "separated")
    assert both.heads == given.heads and not both.vary
    assert not pair(given, "agile").heads
    with pytest.raises(ScenarioError, match="did you mean agile"):
        pair(given, "agil")
    assert all(isinstance(factor, Factor) for factor in factors_of(both))
