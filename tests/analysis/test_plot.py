"""Figures of a folder of results: each can go on a slide, and says no more than the runs do."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from analysis.figures.looks import looks, wrapped
from analysis.plots.ask import plot
from analysis.plots.attention import attention_figure
from analysis.plots.distributions import outcomes_figure
from analysis.plots.flow import flow_figure
from analysis.plots.gallery import draw, leading
from analysis.plots.histories import DAYS, histories
from analysis.plots.odds import odds_figure
from analysis.results.folder_contents import gather
from analysis.results.other_figures import kept_figures
from analysis.statistics.compare import Estimate, compare
from analysis.statistics.percentiles import percentile
from analysis.sweeps.figure import sweep_figure
from analysis.sweeps.slopes import Step, steps
from analysis.tipping_points.movable import counts
from sim.batch.manifest import read_manifest, write_manifest
from sim.batch.results import ResultsError
from sim.scenario import Scenario, scenario_from
from sim.scenario.structures import PRESETS
from sim.vocabulary import NET_VALUE
from tests.analysis.test_figures import SHAPES
from tests.batches import batch, hostile, small
from tests.fake_runs import Row, judged, results, simulate, simulate_with_a_failure
from tests.legible import legible


def of_differences(shape: str, figure: Callable[..., Figure]) -> Figure:
    gains, futures, name = SHAPES[shape]
    frame = results(gains, futures, name=name, spread=0.0 if shape == "no difference" else 2e5)
    return figure(frame, judged(frame, next(iter(gains)))[0])


def days_of(structures: list[str], futures: int, days: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    frames = []
    for structure in structures:
        for replication in range(futures):
            value = np.cumsum(rng.uniform(0, 1e4, days))
            facts = {"structure": structure, "replication": replication, "day": np.arange(1, days + 1)}
            frames.append(
                pd.DataFrame(
                    facts | {"value": value, "progress": value / 50, "matters": rng.poisson(9, days)}
                )
            )
    return pd.concat(frames)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("figure", [outcomes_figure, odds_figure])
def test_figures_of_differences_are_legible(shape: str, figure: Callable[..., Figure]) -> None:
    legible(of_differences(shape, figure))


@pytest.mark.parametrize("shape", SHAPES)
def test_attention_is_legible_whoever_holds_the_duties(shape: str) -> None:
    gains, futures, name = SHAPES[shape]
    comparison = compare(results(gains, futures, name=name), current=next(iter(gains)))
    figure = attention_figure(comparison, PRESETS, years=2.0, chosen=comparison.structures)
    legible(figure)
    title = " ".join(figure.get_suptitle().split())  # most of what duties take, not of all attention there is
    assert f"of all duties under {comparison.current}, " in title


def test_a_structure_has_its_one_colour_and_its_roles_are_told_by_hatching() -> None:
    comparison = compare(results({"merged": 0.0, "separated": 1e5}, 30), current="merged")
    figure = attention_figure(comparison, PRESETS, years=2.0, chosen=comparison.structures)
    for structure, panel in zip(comparison.structures, figure.subfigs[0].axes, strict=False):
        bars = [bar for bar in panel.patches if bar.get_width() > 0]  # type: ignore[attr-defined]
        colour = looks(["merged", "separated"])[structure][0]
        assert {to_hex(bar.get_facecolor()).upper() for bar in bars} == {colour}
        assert len({bar.get_hatch() for bar in bars}) == len(PRESETS[structure].roles)


def test_the_flow_shows_differences_and_its_title_how_they_were_counted() -> None:
    days = days_of(["merged", "separated"], 30, 60)
    figure = flow_figure(days, "Agency", ["merged", "separated"], managers=2, current="merged")
    assert "(paired, 95%, 30 futures)" in " ".join(figure.get_suptitle().split())
    apart = figure.subfigs[0].axes[4]
    assert apart.get_title(loc="left") == "… more or less than merged"
    last = days[days["day"] == 60].pivot(index="replication", columns="structure", values="value")
    drawn_last = apart.lines[0].get_ydata()[-1]  # type: ignore[index]
    assert drawn_last == pytest.approx((last["separated"] - last["merged"]).mean() / 1e3)


@pytest.mark.parametrize(("structures", "futures", "days"), [(["merged"], 1, 20), (["a", "b", "c"], 30, 500)])
def test_flow_is_legible_from_a_month_to_years(structures: list[str], futures: int, days: int) -> None:
    legible(
        flow_figure(
            days_of(structures, futures, days), "Agency $x$", structures, managers=1, current=structures[0]
        )
    )


@pytest.mark.parametrize(
    ("managers", "said"), [(1, "the one manager"), (2, "both managers"), (3, "all three")]
)
def test_flow_says_whose_in_trays_are_counted(managers: int, said: str) -> None:
    figure = flow_figure(
        days_of(["merged"], 1, 20), "Agency", ["merged"], managers=managers, current="merged"
    )
    assert said in " ".join(figure.get_supxlabel().split())


def test_flow_counts_the_income_of_services_and_says_so_where_there_are_any(tmp_path: Path) -> None:
    for services, said in ((None, False), ({"count": 3}, True)):
        portfolio = {"services": services} if services else {}
        material = gather(
            batch(tmp_path, small(portfolio=portfolio, structures=["merged"]), 4, simulate=None)
        )
        (flow,) = (each for each in draw(material)[0] if each.name == "flow")
        last = histories(material).groupby("replication")["value"].last()  # type: ignore[union-attr]
        rows = material.results.set_index("replication")
        assert last.to_numpy() == pytest.approx((rows["value_delivered"] + rows["service_income"]).to_numpy())
        assert (rows["service_income"] > 0).all() == said
        panel = flow.figure.subfigs[0].axes[1].get_title(loc="left")
        assert ("service income" in flow.finding) == ("service income" in panel) == said


def test_every_figure_of_an_organisation_with_hostile_names_is_legible(tmp_path: Path) -> None:
    drawn, left_out = draw(gather(batch(tmp_path, hostile())))
    assert [each.name for each in drawn] == ["decision", "outcomes", "odds", "flow", "attention"]
    assert left_out == []
    for each in drawn:
        legible(each.figure)
        assert "\u202e" not in "".join(t.get_text() for t in each.figure.texts)


def test_a_percentile_has_the_order_statistics_around_it_that_tables_give() -> None:
    """The median of 100 values lies between the 40th and the 61st with 95% (Hahn & Meeker, table A.15)."""
    median = percentile(np.arange(1.0, 101.0), 0.5)
    assert (median.low, median.high) == (40, 61)
    assert percentile(np.arange(5.0), 0.9).high == np.inf
    assert not percentile(np.arange(5.0), 0.9).bounded
    assert np.isnan(percentile(np.array([np.nan]), 0.5).value)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_intervals_of_percentiles_cover_skewed_data_as_they_say(share: float) -> None:
    rng = np.random.default_rng(7)
    true = -np.log(1 - share)  # of the exponential distribution
    found = [percentile(rng.exponential(size=150), share) for _ in range(800)]
    covered = np.mean([each.low <= true <= each.high for each in found])
    assert covered >= 0.95 - 2 * np.sqrt(0.95 * 0.05 / 800)
    assert covered < 0.99


def test_plot_writes_png_and_svg_of_every_figure_into_any_folder(tmp_path: Path) -> None:
    folder = batch(tmp_path / "results")
    plots = plot(folder, out=tmp_path / "new" / "slides")
    names = ["decision", "outcomes", "odds", "flow", "attention"]
    assert [p.name for p in plots.files] == [f"{n}.{kind}" for n in names for kind in ("png", "svg")]
    assert all(p.parent == tmp_path / "new" / "slides" and p.stat().st_size > 10_000 for p in plots.files)
    assert plots.left_out == ()


def test_the_days_are_those_of_the_very_runs(tmp_path: Path) -> None:
    folder = batch(tmp_path, small(structures=["merged", "agile"], horizon_days=60), 3, simulate=None)
    material = gather(folder)
    days = histories(material)
    (kept,) = folder.glob(f"{DAYS}-*/parts/*")
    assert days is not None
    last = days[days["day"] == 60].set_index(["structure", "replication"])["value"]
    runs = material.results.set_index(["structure", "replication"])["value_delivered"]
    assert last.sum() > 0
    pd.testing.assert_series_equal(last.sort_index(), runs.sort_index(), check_names=False)
    whole = kept.read_bytes()
    kept.write_bytes(b"damaged")
    pd.testing.assert_frame_equal(days, histories(gather(folder)))
    assert kept.read_bytes() == whole


def test_days_that_are_kept_are_not_lived_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = batch(tmp_path, small(structures=["merged"], horizon_days=60), 3, simulate=None)
    days = histories(gather(folder))
    monkeypatch.setattr("analysis.plots.histories.history_of_block", None)
    pd.testing.assert_frame_equal(days, histories(gather(folder)))


def test_results_that_can_only_be_read_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = batch(tmp_path, replications=3)
    monkeypatch.setattr("analysis.plots.histories.DAYS", "nowhere/days")
    (folder / "nowhere").write_text("a file where the days would be kept")
    assert histories(gather(folder)) is not None


def test_one_structure_has_no_figure_of_differences(tmp_path: Path) -> None:
    drawn, left_out = draw(gather(batch(tmp_path, small(structures=["merged"]))))
    assert [each.name for each in drawn] == ["flow", "attention"]
    assert ["only one structure was run" in line for line in left_out] == [True]


def test_futures_that_cannot_be_run_again_leave_the_flow_out_and_say_so(tmp_path: Path) -> None:
    folder = batch(tmp_path)
    write_manifest(
        folder, {**read_manifest(folder), "identity": read_manifest(folder)["identity"]} | {"seed": 1}
    )
    manifest = read_manifest(folder)
    manifest["scenario"]["horizon_days"] = 41  # no longer the scenario whose identity the manifest tells
    write_manifest(folder, manifest)
    drawn, left_out = draw(gather(folder))
    assert "flow" not in {each.name for each in drawn}
    assert ["cannot be run again" in line for line in left_out] == [True]


def test_a_batch_of_a_plan_is_drawn_where_its_files_have_gone(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").write_text(
        "project,task,team,estimate_hours,predecessors\nA,a,web,40,\nA,b,web,20,a\n"
    )
    given = {"name": "Plan", "horizon_days": 40, "organisation": {"teams": [{"name": "web"}]}}
    scenario = scenario_from({**given, "portfolio": {"plan": {"tasks": "tasks.csv"}}}, tmp_path)
    folder = batch(tmp_path / "results", scenario)
    assert gather(folder).same_model
    (tmp_path / "tasks.csv").unlink()
    drawn, left_out = draw(gather(folder))
    assert [each.name for each in drawn] == ["decision", "outcomes", "odds", "attention"]
    assert "flow" in left_out[0] and left_out[0].endswith("not there as seen from this folder")


def test_a_sweep_has_a_figure_for_each_key_and_the_differences_of_its_runs(tmp_path: Path) -> None:
    sweep = small(vary={"managers": [2, 3, 4], "portfolio.clients": [2, 5]}, structures=["merged", "agile"])
    material = gather(batch(tmp_path, sweep))
    drawn, left_out = draw(material)
    assert ([each.name for each in drawn], left_out) == (["sweep-1", "sweep-2"], [])
    for each in drawn:
        legible(each.figure)
    rows = material.results.set_index(["variation", "replication", "structure"])["net_value_a_year"].unstack()
    gains = rows["agile"] - rows["merged"]
    found = steps(material.results, "managers", "merged", "net_value_a_year")
    assert [step.value for step in found] == [2, 3, 4]
    assert found[1].gain.mean == pytest.approx(gains.loc[[2, 3]].mean())
    assert found[1].gain.futures == 30


def of_sweep(gains: list[tuple[float, float]], key: str, values: list[object], counted: bool) -> str:
    """The title over steps with these means and half-widths of what separated gains."""
    found = [
        Step(value, "separated", Estimate(mean, mean - far, mean + far, 60), 0.6, 0.5, 0.7)
        for value, (mean, far) in zip(values, gains, strict=True)
    ]
    names = ("merged", "separated")
    figure = sweep_figure(
        found, key, scenario="A", current="merged", structures=names, objective=NET_VALUE, counted=counted
    )
    legible(figure)
    return " ".join(figure.get_suptitle().split())


def test_the_title_of_a_sweep_claims_no_more_than_its_intervals() -> None:
    ahead, level, behind = (9e4, 5.5e4), (3.2e4, 5.8e4), (-9e4, 5e4)
    assert of_sweep([ahead, level, level], "managers", [3, 5, 7], True) == (
        "Separated is ahead of merged beyond luck with 3 managers (+€90k ± €55k a year); "
        "luck hides it with 5 and 7 managers"
    )
    assert of_sweep([ahead, behind], "clarity", [0.6, 0.9], False) == (
        "Separated is ahead of merged beyond luck with clarity at 0.6 (+€90k ± €55k a year) and "
        "behind merged beyond luck with clarity at 0.9 (−€90k ± €50k a year)"
    )
    hidden = of_sweep([level] * 4, "managers", [1, 3, 5, 7], True)
    assert hidden == "Luck hides whether separated or merged is ahead at all 4 values of managers"
    assert "luck hides it with 1 manager" in of_sweep([level, ahead], "managers", [1, 3], True)
    always = of_sweep([ahead, (2e5, 5e4), ahead], "managers", [3, 5, 7], True)
    assert always.endswith("beyond luck throughout (+€90k ± €55k to +€200k ± €50k a year)")


def of_several(gains: dict[str, list[float]], half_width: float = 5e4) -> str:
    """The title over steps of several structures, over so many managers."""
    found = [
        Step(managers, name, Estimate(mean, mean - half_width, mean + half_width, 60), 0.6, 0.5, 0.7)
        for name, means in gains.items()
        for managers, mean in enumerate(means, start=3)
    ]
    names = ("merged", *gains)
    figure = sweep_figure(
        found, "managers", scenario="A", current="merged", structures=names, objective=NET_VALUE, counted=True
    )
    legible(figure)
    return " ".join(figure.get_suptitle().split())


def test_the_title_of_a_sweep_speaks_of_every_structure_drawn() -> None:
    both = {"separated": [9e4, 1e4, -2e4], "agile": [-2e5, -3e5, -2e5], "pm_only": [-1e5, -1e5, -1e5]}
    assert of_several(both) == (
        "Beyond luck, agile and pm_only are behind merged throughout; "
        "separated is ahead of merged with 3 managers; luck hides the rest"
    )
    assert of_several({"separated": [9e4, -9e4], "agile": [-2e5, -3e5]}) == (
        "Beyond luck, agile is behind merged throughout; "
        "separated is ahead of merged with 3 managers and behind merged with 4 managers"
    )
    hidden = of_several({"separated": [1e4, 1e4], "agile": [-2e4, 0.0]})
    assert hidden == "Luck hides whether separated, agile or merged is ahead with 3 and 4 managers"
    many = {f"own {k}": [-1e5 * (n == k) for n in range(5)] for k in range(5)}
    assert of_several(many).endswith("; 2 more as drawn; luck hides the rest")


def test_a_line_ends_neither_beside_a_sign_nor_after_a_number() -> None:
    whole = ("3 managers", "(+€90k ± €55k a year)", "40 of 100 futures", "day 200", "k€ a year")
    text = f"ahead beyond luck with {' and in '.join(whole)}"
    for width in range(24, 90):
        lines = wrapped(text, width).split("\n")
        assert " ".join(lines) == text and max(map(len, lines)) <= width
        assert all(any(part in line for line in lines) for part in whole)


def test_of_a_sweep_any_outcome_is_drawn_as_a_curve_with_its_numbers_and_nothing_else(tmp_path: Path) -> None:
    def without_pools(scenario: Scenario, replications: Sequence[int]) -> list[Row]:
        rows = simulate(scenario, replications)
        return [(s, r, done and {**done, "pool_use": math.nan}, why) for s, r, done, why in rows]

    alone = small(structures=["merged"], vary={"managers": [2, 3]})
    folder = batch(tmp_path / "sweep", alone, 3, simulate=without_pools)
    before = set(folder.rglob("*"))
    plots = plot(folder, out=tmp_path / "slides", show=("delay_days_p90", "pool_use", "matter_wait_days"))
    names = [f"curve-{outcome}" for outcome in ("delay_days_p90", "matter_wait_days")]
    assert {f.name for f in plots.files} == {f"{n}.{end}" for n in names for end in ("png", "svg", "csv")}
    assert plots.left_out == ("pool_use: there are no specialists",)
    assert set(folder.rglob("*")) == before
    assert len(pd.read_csv(tmp_path / "slides" / "curve-delay_days_p90.csv")) == 2
    plain = batch(tmp_path / "one", small(), 2)
    with pytest.raises(
        ResultsError, match=r"varies nothing, so there is no curve.* --show on_time_share prints"
    ):
        plot(plain, show=("on_time_share",))


def test_one_future_has_no_interval_in_any_figure_and_that_is_said(tmp_path: Path) -> None:
    alone = (
        batch(tmp_path / "one", small(), 1),
        batch(tmp_path / "sweep", small(vary={"managers": [2, 3]}), 1),
    )
    drawn, left_out = draw(gather(alone[0]))
    assert [each.name for each in drawn] == ["decision", "flow", "attention"]
    assert left_out == ["outcomes, odds: one future alone has no spread and no odds"]
    for each in [*drawn, *draw(gather(alone[1]))[0]]:
        legible(each.figure)
        below = each.figure.get_supxlabel()
        assert "1 futures" not in below and ("one future" in below or "1 future" in below)
        bars = [b for axes in each.figure.axes for b in axes.collections if isinstance(b, LineCollection)]
        assert not any(len(points) for bar in bars for points in bar.get_segments())


def test_only_keys_that_count_something_are_said_with_a_number_before_them() -> None:
    told = ["managers", "organisation.teams.count", "portfolio.projects.at_start"]
    assert all(counts(key) for key in told)
    assert not any(counts(key) for key in ("organisation.clarity", "seed", "assumptions.patience"))


def test_more_structures_than_can_be_told_apart_leave_the_best(tmp_path: Path) -> None:
    gains = {"merged": 0.0} | {f"own {k}": k * 1e5 for k in range(10)}
    comparison = compare(results(gains, 30), current="merged")
    assert leading(comparison, 4).structures == ("merged", "own 7", "own 8", "own 9")


def test_figures_of_other_commands_are_found_with_what_they_say(tmp_path: Path) -> None:
    for name in ("tip-1a", "why-2b", "reorganise-3c"):
        (tmp_path / name).mkdir()
        Image.new("RGB", (2, 2)).save(tmp_path / name / f"{name.split('-')[0]}.png")
    (tmp_path / "tip-1a" / "tip.json").write_text(json.dumps({"text": "It flips below 4."}))
    (tmp_path / "why-2b" / "why.json").write_text("[no json")
    found = kept_figures(tmp_path)
    assert [(k.command, k.finding) for k in found] == [
        ("tip", "It flips below 4."),
        ("why", ""),
        ("reorganise", ""),
    ]


def test_figures_of_one_command_are_told_apart_and_the_newest_comes_first(tmp_path: Path) -> None:
    for end, low, made in (("1a", 3.0, "2026-01-05T10:00:00"), ("2b", 0.5, "2026-02-01T10:00:00")):
        own = tmp_path / f"tip-{end}"
        own.mkdir()
        Image.new("RGB", (2, 2)).save(own / "tip.png")
        over = [{"label": "projects at start", "low": low, "high": 12.0}]
        (own / "tip.json").write_text(json.dumps({"over": over, "current": "merged", "other": "agile"}))
        write_manifest(own, {"updated": made})
    new, old = kept_figures(tmp_path)
    assert (new.about, new.date) == ("projects at start from 0.5 to 12, merged or agile", "2026-02-01")
    assert (old.about, old.date) == ("projects at start from 3 to 12, merged or agile", "2026-01-05")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: shutil.rmtree(folder / "parts"), "no results here"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "is missing or damaged"),
        (
            lambda folder: write_manifest(folder, read_manifest(folder) | {"settings": {"tip": []}}),
            "holds runs of another answer",
        ),
        (lambda folder: cut(folder / "parts" / "part-00000.parquet"), "part-00000.parquet: is damaged"),
        (lambda folder: flip(folder / "parts" / "part-00000.parquet"), "part-00000.parquet: is damaged"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    harm: Callable[[Path], object], said: str, tmp_path: Path
) -> None:
    folder = batch(tmp_path)
    harm(folder)
    with pytest.raises(ResultsError, match=said) as told:
        plot(folder)
    assert "\n" not in str(told.value)


def cut(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:400])


def flip(part: Path) -> None:
    """Another batch's part, whole in itself."""
    other = batch(part.parent / "other", small(seed=9))
    shutil.copy(other / "parts" / part.name, part)


def test_failed_runs_leave_their_futures_out_of_the_figures(tmp_path: Path) -> None:
    material = gather(batch(tmp_path, simulate=simulate_with_a_failure))
    assert material.failed == 1
    assert material.judgement is not None and material.judgement.comparison.futures == 29
