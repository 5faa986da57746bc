"""Whether an organisation is like others: ten that live, ten that do not, and what is said of each."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console
from typer.testing import CliRunner

from analysis.commands.cli import app
from analysis.commands.printing import print_likeness
from analysis.decision.ask import decide
from analysis.reports.ask import report
from analysis.resemblance.ask import is_this_you, resemblance_of
from analysis.resemblance.causes import cause_of, pressing
from analysis.resemblance.published_figures import BY_FIGURE, PUBLISHED
from analysis.resemblance.result import Compared, Growth, Resemblance
from analysis.resemblance.runs import QuickLook, futures_for, look_at, today
from analysis.resemblance.words import doom, short
from analysis.statistics.compare import Estimate
from sim.scenario import Scenario, load
from sim.scenario.last_year import LastYear

LIBRARY = sorted(path.stem for path in Path("scenarios").glob("*.yaml"))
FUTURES = 12

DOOMED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "one of each specialist": (
        "scaleup",
        {
            "organisation.specialists": {"security": 1, "test_environment": 1},
            "portfolio.projects.pool_share": 0.25,
        },
    ),
    "a third of the members": ("scaleup", {"organisation.teams.members": 2}),
    "twice the arrivals": ("scaleup", {"portfolio.projects.a_year": 34}),
    "one manager for six": ("scaleup", {"managers": 1, "portfolio.projects.tasks": 60}),
    "prices far below cost": ("scaleup", {"portfolio.projects.value_an_hour": 100}),
    "half the teams": ("agency", {"organisation.teams.count": 2}),
    "four times the arrivals": ("agency", {"portfolio.projects.a_year": 55}),
    "twice the tickets": ("managed_services", {"portfolio.services.tickets_a_week": 14}),
    "ten times the size": ("product_company", {"portfolio.projects.effort_hours": 18_000}),
    "a start-up that sells three times as much": ("startup", {"portfolio.projects.a_year": 16}),
}


def organisation(name: str, changes: Mapping[str, Any] | None = None) -> Scenario:
    return load(f"scenarios/{name}.yaml").with_changes(dict(changes or {}))


def looked_at(scenario: Scenario, futures: int = FUTURES) -> Resemblance:
    return resemblance_of(look_at(today(scenario), futures))


@cache
def doomed(which: str) -> Resemblance:
    return looked_at(organisation(*DOOMED[which]))


@pytest.mark.parametrize("name", LIBRARY)
def test_an_organisation_of_the_library_survives(name: str) -> None:
    found = looked_at(organisation(name))
    assert not found.doomed, str(found)


@pytest.mark.parametrize("which", DOOMED)
def test_an_organisation_that_cannot_live_is_told_so_with_a_cause(which: str) -> None:
    found = doomed(which)
    assert found.doomed, str(found)
    assert found.paragraphs[0].startswith("This organisation would not survive as described: ")
    assert found.pressing


@pytest.mark.parametrize(
    ("which", "key"),
    [
        ("one of each specialist", "organisation.specialists."),
        ("a third of the members", "organisation.teams"),
        ("one manager for six", "managers"),
        ("prices far below cost", "portfolio.projects.value_an_hour"),
        ("twice the tickets", "portfolio.services.tickets_a_week"),
    ],
)
def test_the_first_cause_names_what_was_taken_away(which: str, key: str) -> None:
    assert doomed(which).pressing[0].keys[0].startswith(key) or key in doomed(which).pressing[0].keys


def planted(covered: float, idle: float) -> QuickLook:
    """A look at an organisation in which nobody is overloaded, and that earns this share of its costs."""
    means = {"covered": covered, "idle_share": idle, "manager_use": 0.8, "ticket_level_share": 0.95}
    look = SimpleNamespace(scenario=organisation("scaleup"), pools={}, mean=means.__getitem__)
    return cast("QuickLook", look)


@pytest.mark.parametrize(("covered", "key"), [(0.27, "value_an_hour"), (0.4, "a_year")])
def test_idle_hours_are_blamed_for_low_earnings_only_where_they_would_make_them_good(
    covered: float, key: str
) -> None:
    (cause,) = pressing(planted(covered, idle=0.32))
    assert cause.keys[0] == f"portfolio.projects.{key}"


def test_low_prices_make_no_project_late() -> None:
    cause = cause_of("on_time_share", -1, planted(0.27, idle=0.2))
    assert cause.keys == ("portfolio.projects.deadline_slack",)


def test_where_hands_are_nearly_full_lateness_is_laid_to_the_work_that_comes_too() -> None:
    cause = cause_of("on_time_share", -1, planted(0.9, idle=0.1))
    assert cause.keys[:2] == ("portfolio.projects.deadline_slack", "portfolio.projects.a_year")


def one_project(days: int) -> Resemblance:
    """A team with one project and nothing after it, seen over so many days."""
    more = {"portfolio.projects.at_start": 1, "portfolio.projects.a_year": 0, "portfolio.services": None}
    small = {"organisation.teams": {"count": 1, "members": 6, "skills": ["web"]}, "managers": 1}
    return looked_at(organisation("agency", more | small).with_changes({"horizon_days": days}))


def test_who_is_done_is_no_cost_of_work_that_has_ended() -> None:
    soon, long_after = one_project(600), one_project(1000)
    assert (soon.days, long_after.days) == (600, 1000)
    assert soon.covered == pytest.approx(long_after.covered, rel=0.05)
    assert soon.growth is None and not soon.growing


def test_prices_doom_nobody_who_does_not_want_money() -> None:
    poor = organisation(*DOOMED["prices far below cost"])
    assert not looked_at(poor.with_changes({"objective": {"on_time_share": 1.0}})).doomed


def test_a_growing_backlog_is_named_and_a_steady_one_is_not() -> None:
    steady = looked_at(organisation("agency"), 20)
    assert not steady.growing and "without end" not in str(steady)
    growing = doomed("ten times the size")
    assert growing.growing and "without end" in growing.paragraphs[0]


def test_a_plan_that_ends_has_no_backlog_to_grow() -> None:
    assert looked_at(organisation("erp")).growth is None


def growth(mean: float, reach: float) -> Growth:
    return Growth(1000.0, 1000.0 + mean, Estimate(mean, mean - reach, mean + reach, 20), 10_000.0)


def test_growth_is_without_end_where_it_is_surely_more_than_a_week_of_everybody() -> None:
    assert growth(400, 150).forever
    assert not growth(400, 250).forever and not growth(150, 10).forever and not growth(-400, 10).forever


def held(name: str, mean: float, last_year: float | None = None, reach: float = 0.01) -> Compared:
    simulated = Estimate(mean, mean - reach, mean + reach, 20)
    return Compared(BY_FIGURE[name], simulated, mean - 0.1, mean + 0.1, last_year)


def test_a_figure_is_off_where_its_whole_interval_is_beyond_what_is_published() -> None:
    assert [held("manager_use", mean).off for mean in (0.5, 0.75, 0.97)] == [-1, 0, 1]
    assert held("manager_use", 0.88, reach=0.05).off == 0
    assert held("lead_days", 500.0).off == 0


def test_who_knows_last_year_is_held_against_it_alone() -> None:
    assert held("manager_use", 0.97, last_year=0.95).off == 0
    assert held("manager_use", 0.75, last_year=0.95).off == -1
    assert held("manager_use", 0.75, last_year=0.5).off == 1
    assert held("on_time_share", 0.3, last_year=0.22).off == 0


def test_whatever_may_be_known_of_last_year_is_a_figure_that_is_shown() -> None:
    assert LastYear.model_fields.keys() <= BY_FIGURE.keys()
    told = looked_at(organisation("agency", {"last_year": {"lead_days": 20, "margin": 0.3}}))
    assert {each.about.name: each.last_year for each in told.figures if each.last_year} == {
        "lead_days": 20,
        "margin": 0.3,
    }
    assert "(last year 20.0)" in str(told) or "(last year 20)" in str(told)


def test_each_range_has_a_source_and_each_figure_a_cause_both_ways() -> None:
    looks = [look_at(today(organisation(name)), 2) for name in ("scaleup", "erp")]
    for about in PUBLISHED:
        assert about.source and (about.known or about.source.startswith("none"))
        for sign in (1, -1):
            assert all(cause_of(about.name, sign, look).keys for look in looks)


def test_every_key_that_a_cause_names_is_one_of_the_scenario() -> None:
    for name in ("scaleup", "erp"):
        look = look_at(today(organisation(name)), 2)
        causes = [cause_of(about.name, sign, look) for about in PUBLISHED for sign in (1, -1)]
        for key in {key for cause in causes for key in cause.keys}:
            value: Any = organisation(name).model_dump(by_alias=True)
            for part in key.split("."):
                assert part in value or key.startswith("assumptions."), key
                value = value.get(part, {})


def test_where_nothing_happens_or_all_is_too_large_there_is_no_answer() -> None:
    idle = {"portfolio.projects.at_start": 0, "portfolio.projects.a_year": 0, "portfolio.services": None}
    assert is_this_you(organisation("scaleup", idle)) is None
    huge = organisation("scaleup", {"portfolio.projects.a_year": 5000, "portfolio.projects.tasks": 1000})
    assert futures_for(today(huge)) == 0 and is_this_you(huge) is None


def test_a_look_is_of_today_alone_and_of_the_same_length_whatever_was_asked() -> None:
    asked = {
        "horizon_days": 120,
        "current": "separated",
        "vary": {"managers": [4, 6]},
        "reorganisation": {"from": "merged", "to": "separated", "day": 60},
    }
    alone = today(organisation("scaleup", asked))
    assert (alone.structure_names, alone.horizon_days, alone.vary) == (("separated",), 500, {})


def test_decide_gives_no_verdict_on_an_organisation_that_collapses(tmp_path: Path) -> None:
    scenario = organisation(*DOOMED["half the teams"]).with_changes({"structures": ["merged", "separated"]})
    decision = decide(scenario, max_replications=12, out=tmp_path)
    assert decision.verdict.answer == "cannot tell" and math.isnan(decision.verdict.win_share)
    assert decision.verdict.text.startswith("This organisation would not survive as described: ")
    assert decision.doubted is None and not decision.figures
    page = report(decision.batch.folder).read_text(encoding="utf-8")
    assert "would not survive as described" in page and 'id="likeness"' in page
    assert "wins in" not in page


def test_check_says_that_it_would_not_survive_and_shows_the_table(tmp_path: Path) -> None:
    path = tmp_path / "agency.yaml"
    text = Path("scenarios/agency.yaml").read_text().replace("count: 4", "count: 2")
    path.write_text(text + "last_year: {on_time_share: 0.31}\n")
    done = CliRunner().invoke(app, ["check", str(path)])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{path}: no mistakes, but it would not survive – ")
    row = next(line for line in done.stdout.splitlines() if line.startswith("Due projects on time"))
    assert row.split()[-2:] == ["31%", "below"] and "20% to 40%" in row
    assert "Moløkken" not in done.stdout


def test_a_line_tells_the_first_of_what_is_off_and_nothing_where_nothing_is() -> None:
    assert short(doomed("ten times the size")).startswith("Is this you? Open work grows without end; ")
    assert short(doomed("ten times the size")).endswith(" more (--explain says why).")


def test_what_the_answer_has_told_of_a_collapse_stands_once() -> None:
    found = doomed("a start-up that sells three times as much")
    console = Console(record=True, width=2000, file=io.StringIO())
    print_likeness(console, found, explain=True, told=doom(found))
    printed = console.export_text()
    assert doom(found) not in printed
    assert all(each in printed for each in found.paragraphs if each != doom(found))


def test_decide_says_in_a_line_what_is_off_and_all_of_it_to_explain(tmp_path: Path) -> None:
    path = tmp_path / "startup.yaml"
    text = Path("scenarios/startup.yaml").read_text(encoding="utf-8")
    path.write_text(text + "last_year: {manager_use: 0.2}\n", encoding="utf-8")
    asked = ["decide", str(path), "--max-replications", "4", "--doubt", "0", "--out", str(tmp_path)]
    short_form, full = (CliRunner().invoke(app, [*asked, *more]).stdout for more in ([], ["--explain"]))
    assert short_form.count("Is this you? ") == 1 and "last year 20%" in short_form
    assert "beside what is published" not in short_form and "beside what is published" in full
    assert "What limits it: " in full
