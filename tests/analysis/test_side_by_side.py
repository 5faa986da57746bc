"""Combinations and organisations side by side: who leads where, and where nobody does."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from analysis.results.folder_contents import gather
from analysis.statistics.compare import by_structure
from analysis.statistics.selection import select
from analysis.sweeps.labels import brief, in_all, in_short, labels_of_variations, told_apart
from analysis.sweeps.side_by_side import (
    Leaders,
    Line,
    compared,
    comparison_of,
    leaders,
    leaders_of,
    lines_of,
    lines_of_folders,
)
from analysis.sweeps.table import print_lines
from analysis.words.table import print_comparison
from sim.batch.manifest import read_manifest, write_manifest
from sim.batch.results import ResultsError
from sim.batch.run import run_batch
from sim.scenario import Scenario
from sim.scenario.sweep import variations
from sim.vocabulary import NET_VALUE
from tests.fake_runs import fail, organisation, results, simulate

SWEEP = {"managers": [4, 6], "portfolio.projects.at_start": [2, 8]}


def frame(gains: Mapping[str, float], futures: int = 400, spread: float = 2e5) -> pd.DataFrame:
    return results(gains, futures, spread=spread)


def of(structures: list[str], **changes: object) -> Scenario:
    return organisation(structures=structures, **changes)


def printed(lines: list[Line], width: int = 120) -> str:
    file = io.StringIO()
    print_lines(Console(file=file, width=width), lines)
    return file.getvalue()


def sweep(futures: int = 400) -> list[Line]:
    """Four combinations of which each has its own winner, or none."""
    planted = [(0.0, 3e5, 2e5), (3e5, 0.0, 2e5), (0.0, 8e3, 2e5), (0.0, 8e3, 2e6)]
    frames = [
        frame({"merged": merged, "separated": separated}, futures, spread).assign(variation=k)
        for k, (merged, separated, spread) in enumerate(planted)
    ]
    return lines_of(pd.concat(frames), variations(of(["merged", "separated"], vary=SWEEP)))


def test_who_is_ahead_of_all_beyond_luck_leads_alone() -> None:
    scenario = of(["merged", "separated", "agile"])
    found = leaders(frame({"merged": 0.0, "separated": 3e5, "agile": -1e5}), scenario)
    assert found == Leaders(("separated",), False)
    assert str(found) == "separated"


def test_who_cannot_be_told_from_the_leader_is_named_with_it() -> None:
    found = leaders(
        frame({"merged": 0.0, "separated": 2e4, "agile": -1e6}, 30), of(["merged", "separated", "agile"])
    )
    assert set(found.names) == {"merged", "separated"}
    assert not found.tie
    assert " or " in str(found)


def test_a_tie_is_called_one_only_where_the_runs_are_enough_to_say_so() -> None:
    alike, scenario = {"merged": 0.0, "separated": 0.0}, of(["merged", "separated"])
    assert leaders(frame(alike, 400, spread=1e4), scenario).tie
    assert not leaders(frame(alike, 20, spread=1e6), scenario).tie


def test_structures_that_are_the_very_same_are_a_tie() -> None:
    merged = frame({"merged": 0.0}, 50)
    twins = pd.concat([merged, merged.assign(structure="separated")])
    assert leaders(twins, of(["merged", "separated"])) == Leaders(("merged", "separated"), True)


def test_another_number_of_managers_takes_no_part_in_the_choice() -> None:
    scenario = of(["merged", "separated"], unequal_managers={"separated": 9})
    gains = {"merged": 0.0, "separated": -3e5, "separated with 9 managers": 9e5}
    assert leaders(frame(gains), scenario).names == ("merged",)


def test_no_future_has_no_leader() -> None:
    few = frame({"merged": 0.0, "separated": 0.0}, 1)
    assert str(leaders(fail(few, "merged", 0), of(["merged", "separated"]))) == "–"


def test_each_combination_is_a_row_with_its_keys_its_odds_and_who_leads() -> None:
    text = printed(sweep())
    rows = [line for line in text.splitlines() if re.match(r"[46] ", line)]
    assert [row.split()[:2] for row in rows] == [["4", "2"], ["4", "8"], ["6", "2"], ["6", "8"]]
    assert re.search(r"^4 +2 +€1\.5M +\+€2\d\dk ± €\d\dk ▲ +8\d +separated *$", text, re.MULTILINE)
    assert re.search(r"^4 +8 +€1\.8M +−€3\d\dk ± €\d\dk ▼ +1\d +merged *$", text, re.MULTILINE)
    assert re.search(r"^6 +2 +€\S+ +[+−]€[\d.]+k ± €\d\dk +\d\d +(merged|separated) = ", text, re.MULTILINE)
    assert re.search(r"^6 +8 +€\S+ +[+−]€[\d.]+k ± €\d+k +\d\d +(merged|separated) or ", text, re.MULTILINE)
    assert "over 400 futures a row" in " ".join(text.split())


@pytest.mark.parametrize("width", [80, 100, 160])
def test_five_structures_fit_the_width_in_pieces(width: int) -> None:
    five = {"merged": 0.0, "separated": 3e5, "agile": -1e5, "pm_only": 5e4, "dm_only": -4e5}
    lines = lines_of(
        frame(five, 60).assign(variation=0), variations(of(list(five), vary={"managers": [4, 6]}))
    )
    text = printed(lines, width)
    assert max(map(len, text.splitlines())) <= width
    assert all(structure in text for structure in five)
    assert text.count("±") == 4
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [30, 40, 46, 60])
def test_no_number_and_no_heading_is_cut_however_narrow_the_terminal(width: int) -> None:
    lines = sweep()
    wide, narrow = printed(lines, 120), printed(lines, width)
    numbers = re.compile(r"[+−]€[\d.]+k ± €\d+k [▲▼ ]")
    assert len(numbers.findall(wide)) == 4
    assert "projects at" in wide and "at_start" not in wide
    assert numbers.findall(narrow) == numbers.findall(wide)
    won = re.findall(r"k [▲▼ ] +(\d+)", wide)
    assert re.findall(r"wins (\d+)", narrow) == won
    assert all(heading in narrow.split() for heading in ("managers", "separated", "best"))
    assert all(len(re.findall(rf"^{number} ", narrow, re.MULTILINE)) >= 2 for number in (4, 6))


def test_futures_left_out_are_told() -> None:
    broken = fail(frame({"merged": 0.0, "separated": 1e5}, 30), "separated", 3).assign(variation=0)
    text = printed(lines_of(broken, variations(of(["merged", "separated"]))))
    assert "over 29 futures a row. 1 of 30 futures was left out," in " ".join(text.split())


def test_an_objective_of_ones_own_is_what_is_compared() -> None:
    scenario = of(["merged", "separated"], objective={"delay_days": -1.0}, vary={"managers": [4, 6]})
    own = frame({"merged": 0.0, "separated": 3e5}, 50).assign(variation=0)
    own["objective"] = -own["delay_days"]
    (line,) = lines_of(own, variations(scenario))
    assert line.comparison.objective == scenario.judged_by == "objective"
    assert "Objective (points)" in printed([line])


def test_keys_are_headed_by_as_little_as_tells_them_apart() -> None:
    assert brief(["portfolio.projects.at_start", "managers"]) == ["at_start", "managers"]
    assert brief(["a.count", "b.count", "count"]) == ["a.count", "b.count", "count"]


def test_a_value_is_shown_as_it_was_written_and_not_without_end() -> None:
    assert [in_short(v) for v in (4, 0.5, "none", True, {"a": 1})] == ["4", "0.5", "none", "true", '{"a": 1}']
    assert len(in_short(list(range(100)))) == 24


def kept(out: Path, **changes: object) -> Path:
    return run_batch(organisation(**changes), replications=30, out=out, simulate=simulate).folder


def test_organisations_are_rows_with_their_names(tmp_path: Path) -> None:
    folders = [kept(tmp_path, name="North"), kept(tmp_path, name="South", current="separated")]
    text = printed(lines_of_folders(folders))
    assert re.search(r"^North .*\+€", text, re.MULTILINE)
    south = next(line for line in text.splitlines() if line.startswith("South"))
    assert "(today)" in south
    assert "the structure of today" in text


def test_a_structure_that_was_not_run_somewhere_is_left_blank(tmp_path: Path) -> None:
    folders = [kept(tmp_path, name="North"), kept(tmp_path, name="South", structures=["merged", "pm_only"])]
    south = next(line for line in printed(lines_of_folders(folders)).splitlines() if line.startswith("South"))
    assert " – " in south


def test_runs_of_one_organisation_are_told_apart_and_a_sweep_is_several_rows(tmp_path: Path) -> None:
    one, other = kept(tmp_path), kept(tmp_path, vary={"managers": [4, 6]})
    lines = lines_of_folders([one, other])
    assert [line.labels for line in lines] == [
        {"organisation": f"Scale-up agency {one.name[-8:]}"},
        {"organisation": f"Scale-up agency {other.name[-8:]}", "managers": "4"},
        {"organisation": f"Scale-up agency {other.name[-8:]}", "managers": "6"},
    ]


def other_version(folder: Path) -> Path:
    write_manifest(folder, {**read_manifest(folder), "model_version": "0.0.9+deadbeef"})
    return folder


def test_different_models_are_refused_unless_asked_for(tmp_path: Path) -> None:
    folders = [kept(tmp_path, name="North"), other_version(kept(tmp_path, name="South"))]
    with pytest.raises(ResultsError) as caught:
        lines_of_folders(folders)
    message = str(caught.value)
    assert "\n" not in message
    assert "0.0.9+deadbeef" in message and str(folders[0]) in message and "--any-version" in message
    assert len(lines_of_folders(folders, any_version=True)) == 2


def test_what_decide_ran_has_the_same_intervals_alone_and_among_others(tmp_path: Path) -> None:
    folder, other = kept(tmp_path, name="North"), kept(tmp_path, name="South")
    fixed = lines_of_folders([folder, other])[0].comparison.gain("separated")
    write_manifest(folder, {**read_manifest(folder), "arguments": {"max_replications": 30}})
    lines = lines_of_folders([folder, other])
    alone = comparison_of(gather(folder, every=True), ())
    assert lines[0].comparison.gain("separated") == alone.gain("separated")
    assert alone.gain("separated").half_width > fixed.half_width
    assert "* decide ran it: wider intervals, which hold wherever it stopped" in " ".join(
        printed(lines).split()
    )
    assert "decide" not in printed(lines[1:])


def test_best_of_all_is_of_structures_of_like_head_count() -> None:
    scenario = of(["merged", "separated"], unequal_managers={"separated": 9})
    unequal = "separated with 9 managers"
    comparison = compared(frame({"merged": 0.0, "separated": -9e6, unequal: 9e6}), scenario, ())
    assert comparison.best_share == {"merged": 1.0, "separated": 0.0}
    assert comparison.gain(unequal).mean > 8e6
    file = io.StringIO()
    print_comparison(Console(file=file, width=120), comparison, ("net_value_a_year",))
    assert re.search(r"Best of all, of 100 futures +100 +0 +– *$", file.getvalue(), re.MULTILINE)
    assert "take no part in the choice" in file.getvalue()


@pytest.mark.parametrize(
    ("gains", "spread", "futures", "said"),
    [
        ({"merged": 0.0, "separated": 3e5, "agile": -3e5}, 1e5, 300, "separated"),
        ({"merged": 0.0, "separated": -3e5, "agile": -3e5}, 1e5, 300, "merged"),
        ({"merged": 0.0, "separated": 0.0, "agile": -3e5}, 5e4, 2000, "merged = separated"),
        ({"merged": 0.0, "separated": 5e4, "agile": -3e5}, 2e6, 300, "separated or merged or agile"),
    ],
)
def test_who_leads_where_decide_ran_is_what_decide_judged(
    gains: dict[str, float], spread: float, futures: int, said: str
) -> None:
    values = by_structure(frame(gains, futures, spread), NET_VALUE, list(gains))
    selection = select(values, list(gains), "merged", 5e4)
    assert str(leaders_of(selection)) == said


def test_a_fixed_number_of_futures_is_called_so(tmp_path: Path) -> None:
    text = " ".join(printed(sweep()).split())
    assert "each interval is for its fixed number of futures" in text
    assert "less apart than 1% of what is earned" in text


def test_the_same_scenario_in_two_places_is_told_apart(tmp_path: Path) -> None:
    folders = [kept(tmp_path / place, name="North") for place in ("first", "second")]
    assert [line.labels["organisation"] for line in lines_of_folders(folders)] == [str(f) for f in folders]


def test_four_structures_fit_eighty_columns_with_todays_level_beside_each(tmp_path: Path) -> None:
    four = {"merged": 0.0, "separated": 3e5, "agile": -1e5, "pm_only": 5e4}
    lines = lines_of(
        frame(four, 60).assign(variation=0), variations(of(list(four), vary={"managers": [4, 6]}))
    )
    rows = [line for line in printed(lines, 80).splitlines() if line.startswith("4 ")]
    assert rows[0].count("±") == 3 and "€1.5M" in rows[0]
    file = io.StringIO()
    print_comparison(Console(file=file, width=80), lines[0].comparison, (NET_VALUE,))
    (net,) = [line for line in file.getvalue().splitlines() if line.startswith("Net value a year")]
    assert net.count("±") == 3


def test_another_outcome_than_the_objective_has_no_best_and_no_odds() -> None:
    runs = frame({"merged": 0.0, "separated": 3e5}, 60).assign(variation=0)
    text = printed(lines_of(runs, variations(of(["merged", "separated"])), outcome="delay_days"))
    assert "Delay of due projects, mean (days): the mean under merged" in " ".join(text.split())
    assert "best" not in text and "wins" not in text


def test_one_structure_has_its_levels_with_their_intervals() -> None:
    runs = frame({"merged": 0.0}, 60).assign(variation=0)
    text = printed(lines_of(runs, variations(of(["merged"], vary={"managers": [4, 6]}))))
    assert re.search(r"^4 +€1\.5M ± €\d+k *$", text, re.MULTILINE)
    assert "best" not in text and "difference" not in text


def test_labels_say_only_what_differs() -> None:
    pools = [{"security": 1, "test_environment": 2}, {"security": 3, "test_environment": 2}]
    assert told_apart(pools) == ["security 1", "security 3"]
    assert told_apart([["a" * 40], ["a" * 39 + "b"]]) != [told_apart([["a" * 40]])[0]] * 2
    varied = variations(of(["merged"], vary={"managers": [4], "portfolio.clients": [2, 3]}))
    assert labels_of_variations(varied) == [{"portfolio.clients": "2"}, {"portfolio.clients": "3"}]
    assert in_all(varied) == {"managers": "4"}


def test_folders_of_one_organisation_are_told_by_the_keys_that_differ(tmp_path: Path) -> None:
    folders = [kept(tmp_path, managers=managers) for managers in (4, 6)]
    assert [line.labels for line in lines_of_folders(folders)] == [{"managers": "4"}, {"managers": "6"}]
