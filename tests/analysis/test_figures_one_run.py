"""Figures of one run can go on a slide: legible, inside the page, nothing over anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.figures.looks import save
from analysis.story.ask import trace
from analysis.story.figure import (
    MOST_MANAGERS,
    MOST_PROJECTS,
    causes_figure,
    delays_figure,
    hours_figure,
    portfolio_figure,
    project_figure,
    trays_figure,
)
from analysis.story.figure_parts import STATES
from analysis.story.files import figures
from analysis.story.result import Trace
from sim.recording.causes import CAUSES
from sim.scenario import load
from sim.vocabulary import DUTIES
from tests.analysis.test_trace import hard_to_please, hostile_plan, nothing_to_do
from tests.legible import overlaps, texts

RUNS: dict[str, Callable[[Path], Trace]] = {
    "erp": lambda folder: trace("scenarios/erp.yaml", "separated", 2),
    "many": lambda folder: trace(
        load("scenarios/enterprise_programme.yaml").with_changes({"horizon_days": 20}), "separated"
    ),
    "hostile": lambda folder: trace(hostile_plan(folder)),
    "nobody on time": lambda folder: trace(
        load("scenarios/startup.yaml").with_changes({"horizon_days": 100}), "merged", 4
    ),
}


@pytest.fixture(scope="module", params=RUNS)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Trace:
    return RUNS[request.param](tmp_path_factory.mktemp("plan"))


def test_text_is_legible_inside_the_page_and_never_overlaps(told: Trace) -> None:
    for name, figure in figures(told):
        found = texts(figure)
        page = figure.bbox
        for text, box in found:
            assert text.get_fontsize() >= 9, (name, text)
            assert page.x0 <= box.x0 and box.x1 <= page.x1, (name, text)
            assert page.y0 <= box.y0 and box.y1 <= page.y1, (name, text)
        # The box of a slanted text is larger than what is written.
        level = [(text, box) for text, box in found if text.get_rotation() in (0.0, 90.0)]
        assert overlaps(level, 0.98, 0.8) == [], name


def test_every_state_has_a_colour_and_a_hatch_of_its_own() -> None:
    assert {cause.group for cause in CAUSES.values()} == set(STATES)
    assert len({colour for _, colour, _ in STATES.values()}) == len(STATES)
    hatches = [hatch for group, (_, _, hatch) in STATES.items() if group not in ("work", "outside")]
    assert len(set(hatches) - {""}) == len(hatches)


def test_a_large_portfolio_says_what_is_left_out(told: Trace) -> None:
    if len(told.projects) <= MOST_PROJECTS:
        assert "Shown" not in portfolio_figure(told).get_supxlabel()
        return
    said = {
        "projects": " ".join(portfolio_figure(told).get_supxlabel().split()),
        "managers": " ".join(hours_figure(told).get_supxlabel().split()),
        "in-trays": " ".join(trays_figure(told).get_supxlabel().split()),
    }
    assert f"Shown: {MOST_PROJECTS} of {len(told.projects)} projects." in said["projects"]
    assert f"Shown: {2 * MOST_MANAGERS} of 66 managers." in said["managers"]
    assert f"Shown: {MOST_MANAGERS} of 66 managers." in said["in-trays"]


def test_few_rows_leave_no_paper_empty(told: Trace) -> None:
    """A row is as high as any in a full slide, and the rows fill their panel."""
    managers, projects = min(len(told.hours), 2 * MOST_MANAGERS), min(len(told.projects), MOST_PROJECTS)
    for figure, rows in ((hours_figure(told), managers), (portfolio_figure(told), projects)):
        low, high = figure.axes[0].get_ylim()
        assert low - high == pytest.approx(rows, abs=0.25)
        assert figure.get_figheight() == pytest.approx(6.75 - 0.7 * max(0, 6 - rows))


def test_titles_say_the_finding(told: Trace) -> None:
    project = told.worst[0]
    assert f"{told.outcomes['projects_delivered']:.0f} of " in portfolio_figure(told).get_suptitle()
    for figure in (project_figure(told, project), causes_figure(told, project)):
        assert f"Project {project}" in figure.get_suptitle().replace("\n", " ")
    assert delays_figure(told).get_suptitle()


def test_delays_are_those_of_late_projects_as_text_and_table_have_them() -> None:
    some = trace("scenarios/startup.yaml", "merged", 3)
    late = set(some.projects.loc[some.projects["delay_days"] > 0, "project"])
    assert 0 < len(some.late) == len(late) < min(14, len(some.projects)) and set(some.late) == late
    axes = delays_figure(some).axes[0]
    assert len(axes.get_yticks()) == len(late)
    assert all("late" in text.get_text() for text in axes.texts)
    none = replace(some, projects=some.projects.assign(delay_days=-1.0))
    assert not none.late
    assert len(delays_figure(none).axes[0].get_yticks()) == min(14, len(none.projects))


def test_the_title_of_the_portfolio_counts_what_went_elsewhere() -> None:
    told = trace(hard_to_please())
    title = " ".join(portfolio_figure(told).get_suptitle().split())
    assert f"clients took {len(told.elsewhere)} others elsewhere" in title


def test_hours_name_the_largest_duty_as_such_though_most_time_goes_elsewhere() -> None:
    told = trace(hard_to_please())
    sums = told.hours.drop(columns=["manager", "away"]).sum()
    duty, idle = sums[list(DUTIES)], sums["idle"]
    assert duty.max() < idle
    title = " ".join(hours_figure(told).get_suptitle().split())
    share = f"{100 * duty.max() / sums.sum():.0f}% of managers' time"
    assert title.startswith(f"Of the duties, {str(duty.idxmax()).replace('_', ' ')} took most: {share}; ")
    assert title.endswith(f" {100 * idle / sums.sum():.0f}% was free")


def test_nothing_to_do_gives_the_managers_figures_only() -> None:
    assert [name for name, _ in figures(trace(nothing_to_do()))] == ["in-trays", "hours"]


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    told = RUNS["hostile"](tmp_path)
    first = [path.read_bytes() for path in save(portfolio_figure(told), tmp_path, "portfolio")]
    again = [path.read_bytes() for path in save(portfolio_figure(told), tmp_path, "portfolio")]
    assert first == again
