"""One run, told: tables that agree with each other and with the outcomes, in words that a reader knows."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from analysis.story.ask import trace
from analysis.story.figure import hours_figure, trays_figure
from analysis.story.files import folder_of
from analysis.story.result import Trace
from analysis.story.summary import headline, main_causes, verdict_of, what_went_wrong
from analysis.story.table import print_trace
from analysis.words.numbers import money
from sim.clocks.agents import DeliveryLead, Team
from sim.recording.causes import CAUSES
from sim.scenario import Scenario, load, scenario_from
from sim.vocabulary import DUTIES
from sim.world import NONE

HOSTILE = '../../<script>alert("x")</script> $\\frac{1}{2}$ \u202eevil ' + 60 * "x"


@pytest.fixture(scope="module")
def scaleup() -> Trace:
    return trace(
        load("scenarios/scaleup.yaml").with_changes({"horizon_days": 200, "step_hours": 8}), "separated", 5
    )


@pytest.fixture(scope="module")
def erp() -> Trace:
    return trace("scenarios/erp.yaml", "agile", 1)


@pytest.fixture(scope="module", params=["scaleup", "erp"])
def told(request: pytest.FixtureRequest) -> Trace:
    result: Trace = request.getfixturevalue(request.param)
    return result


def hostile_plan(folder: Path) -> Scenario:
    """A plan whose names try what names from files should not be able to do."""
    with (folder / "tasks.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [[HOSTILE, HOSTILE[::-1][:60], "web", 40, ""], [HOSTILE, "b", "web", 40, HOSTILE[::-1][:60]]]
        csv.writer(file).writerows([["project", "task", "team", "estimate_hours", "predecessors"], *rows])
    organisation = {"teams": [{"name": "web", "members": 2}]}
    plan = {"plan": {"tasks": "tasks.csv"}}
    content = {
        "name": HOSTILE.replace("\u202e", ""),
        "horizon_days": 60,
        "managers": 2,
        "structures": ["merged"],
    }
    return scenario_from({**content, "organisation": organisation, "portfolio": plan}, folder)


def nothing_to_do() -> Scenario:
    return scenario_from(
        {
            "name": "Nothing to do",
            "horizon_days": 20,
            "managers": 1,
            "structures": ["merged"],
            "portfolio": {"projects": {"at_start": 0, "a_year": 0}},
        }
    )


def test_causes_and_what_was_allowed_add_up_to_each_delay(told: Trace) -> None:
    sums = told.causes.groupby("project")["days"].sum()
    delays = told.projects.set_index("project")["delay_days"]
    assert len(delays)
    assert (sums - delays).abs().max() < 1e-9
    ended = told.projects["delivered"].fillna(told.projects["cancelled"])
    until = ended.fillna(float(told.scenario.horizon_days))
    assert (until - told.projects["deadline"] - told.projects["delay_days"]).abs().max() < 1e-9


def test_what_bound_a_project_leaves_no_day_out(told: Trace) -> None:
    for project, own in told.bound.groupby("project"):
        row = told.row_of(int(project))
        assert (own["since"].to_numpy()[1:] == own["until"].to_numpy()[:-1]).all()
        ended = row["delivered"] if row["delivered"] >= 0 else row["cancelled"]
        until = ended if ended >= 0 else told.scenario.horizon_days
        assert own["until"].iloc[-1] == until
        assert 0.0 <= own["since"].iloc[0] - max(0.0, row["arrival"]) < 1.0


def test_bars_of_tasks_follow_each_other_and_their_work_is_where_the_hours_are(told: Trace) -> None:
    project = told.worst[0]
    bars = told.tasks(project)
    for row, own in bars.groupby("row"):
        assert (own["since"].to_numpy()[1:] >= own["until"].to_numpy()[:-1]).all()
        worked = own[own["state"].isin(["work", "extra work"])]
        days = (worked["until"] - worked["since"]).sum()
        steps = len(told.recording.notes.worked.get(int(str(row)), {}))
        assert days == pytest.approx(steps * told.scenario.step_hours / 8)


def test_the_log_tells_each_delivery_and_leaves_daily_business_to_the_table(told: Trace) -> None:
    delivered = [line for line in told.log if ": delivered" in line]
    assert len(delivered) == told.outcomes["projects_delivered"]
    assert len(told.log) == told.events["in_log"].sum() < len(told.events)
    assert told.events["day"].is_monotonic_increasing
    assert all(line.startswith("Day ") for line in told.log)


def test_managers_are_called_by_their_role(scaleup: Trace, erp: Trace) -> None:
    roles = {str(name).rsplit(" ", 1)[0] for name in scaleup.hours["manager"]}
    assert roles == {"project manager", "delivery manager"}
    assert [c for c in scaleup.trays.columns if c not in ("day", "nobody")] == list(scaleup.hours["manager"])
    answers = [line for line in scaleup.log if "has answered" in line]
    assert answers
    assert all(any(role in line for role in roles) for line in answers)
    assert any("scrum master" in line for line in erp.log)
    assert any("team itself" in line for line in erp.log) or "allocation" not in erp.events["kind"].unique()


def test_a_given_plan_keeps_its_names(erp: Trace) -> None:
    assert 'project 1 "Finance core"' in set(erp.projects["name"])
    plan = erp.scenario.plan
    assert plan is not None
    named = {f'task "{task.name}"' for task in plan.tasks}
    assert any(name in line for line in erp.log for name in named)


def test_hours_of_managers_are_those_that_they_had(told: Trace) -> None:
    managers = told.recording.world.managers
    for manager, (_, row) in zip(managers, told.hours.set_index("manager").iterrows(), strict=True):
        assert row.drop("away").sum() == pytest.approx(manager.available, abs=1e-6)


def test_a_delay_is_told_with_what_it_went_to(told: Trace) -> None:
    assert headline(told).startswith(f"{int(told.outcomes['projects_delivered'])} of ")
    project = told.worst[0]
    said = what_went_wrong(told, project)
    days = told.causes_of(project)
    for cause, value in main_causes(told, project).items():
        assert f"{round(value):,}" in said
        assert CAUSES[str(cause)].label in said
        assert value == days[cause]
    assert verdict_of(told, project).endswith(("late", "late so far"))


def test_what_late_projects_days_went_to_are_the_largest_causes_but_work_as_estimated(told: Trace) -> None:
    late = told.projects[told.projects["delay_days"] > 0]
    causes = told.causes[told.causes["project"].isin(late["project"]) & (told.causes["group"] != "allowed")]
    watched = causes[causes["cause"] != "before"]
    largest = watched[watched["cause"] != "planned"].groupby("label")["days"].sum().nlargest(3)
    unseen = len(watched) < len(causes)
    of = "of their days from day 0 on" if unseen else "of their days"
    said = [f"{label} ({100 * days / watched['days'].sum():.0f}%" for label, days in largest.items()]
    assert headline(told).endswith(
        "What the late ones' days went to most, beside the work as estimated: "
        f"{said[0]} {of}), {said[1]}) and {said[2]})."
    )
    assert "meetings, skills and ramp-up" in headline(
        told
    )  # or nothing here would tell that no other is left out


def test_late_deliveries_and_overdue_projects_are_counted_apart(scaleup: Trace, erp: Trace) -> None:
    """Each with a mean of its own: that of all, said of the overdue, would be true of neither."""
    projects = scaleup.projects
    over, late = projects["delivered"].notna(), projects["delay_days"] > 0
    delivered, both, overdue = over.sum(), (over & late).sum(), (~over & late).sum()
    assert delivered > 1 and both > 1 and overdue > 1
    by = [round(projects.loc[side & late, "delay_days"].mean()) for side in (over, ~over)]
    assert by[0] != by[1]
    overdue_said = f"overdue, by {by[1]} days on average"
    assert (
        f" projects were delivered in 200 days, {both} of them late, by {by[0]} days on average; "
        f"{overdue} more are {overdue_said}" in headline(scaleup)
    )
    waiting = replace(scaleup, projects=projects[~over])
    assert f"0 of {(~over).sum()} projects were delivered in 200 days; {overdue} are {overdue_said}" in (
        headline(waiting)
    )
    for few, none_late in ((1, "not late"), (2, "none of them late")):
        chosen = [*projects[over].index[:few], projects[~over & late].index[0]]
        some = projects.loc[chosen].copy()
        some.loc[chosen[:few], "delay_days"] = -2.0
        one = replace(scaleup, projects=some)
        assert f", {none_late}; 1 more is overdue by " in headline(one)
        assert "on average" not in headline(one)
    sole = projects[over & late][:1]
    days = round(sole["delay_days"].iloc[0])
    assert f"1 of 1 projects was delivered in 200 days, late by {days} day" in headline(
        replace(scaleup, projects=sole)
    )


def hard_to_please(at_start: int = 2, **given: object) -> Scenario:
    """Two teams whose clients take some of their projects elsewhere."""
    projects = {"at_start": at_start, "a_year": 8, "tasks": 10, "effort_hours": 200}
    return scenario_from(
        {
            "name": "Hard to please",
            "horizon_days": 150,
            "managers": 2,
            "organisation": {"teams": {"count": 2, "members": 3}},
            "portfolio": {"clients": 2, "projects": projects},
            "assumptions": {"content": 1.0, "first_satisfaction": 0.5, **given},
        }
    )


def test_projects_that_clients_took_elsewhere_are_told_with_the_others() -> None:
    told = trace(hard_to_please())
    assert 0 < len(told.elsewhere) == told.outcomes["projects_withheld"]
    assert told.elsewhere["amount"].sum() == pytest.approx(told.outcomes["revenue_lost"])  # no services here
    worth = money(told.outcomes["revenue_lost"])
    said = f"; clients took {len(told.elsewhere)} others elsewhere, worth {worth}. What the late"
    assert said in headline(told)
    lost = int(told.elsewhere["project"].iloc[0])
    day = next(line for line in told.log if f"project {lost} of " in line).split(":")[0].lower()
    with pytest.raises(KeyError, match=f"project {lost} went to someone else on {day}"):
        told.row_of(lost)


def test_where_every_project_goes_elsewhere_none_has_come_to_stay() -> None:
    gone = hard_to_please(0, first_satisfaction=0.0, gone=0.9, least_chance=0.001)
    told = trace(gone)
    assert len(told.projects) == 0 < len(told.elsewhere)
    worth = money(told.elsewhere["amount"].sum())
    assert headline(told) == (
        f"No project came to stay in this run; clients took {len(told.elsewhere)} elsewhere, worth {worth}."
    )


def test_risks_of_ones_own_are_told_by_their_names() -> None:
    """The project's only risk costs money, the team's first makes people leave and its second costs work."""
    one, two = {"chance_a_year": 0.99, "of": "team"}, {"chance_a_year": 0.99, "of": "project"}
    register = [
        {**one, "name": "burn-out", "effect": "people", "impact": 1},
        {**two, "name": "tax", "effect": "money", "impact": 9000},
        {**one, "name": "move", "effect": "effort", "impact": 40},
    ]
    told = trace(hard_to_please().with_changes({"risks": register, "horizon_days": 250}))
    struck = [line.split(": ", 1)[1] for line in told.log if " strikes: " in line]
    ends = {
        "burn-out": "one of its people leaves",
        "tax": "costs €",
        "move": "of extra work, and growing",
    }
    for name, end in ends.items():
        own = [line for line in struck if f' "{name}" ' in line]
        assert own
        assert all(end in line for line in own)
        whose = "the risk" if name == "tax" else "the operational risk"
        assert all(f'{whose} "{name}" ' in line for line in own)
    assert len(struck) == sum(any(f' "{name}" ' in line for name in ends) for line in struck)


def test_roles_change_their_names_on_the_day_of_a_reorganisation() -> None:
    scenario = load("scenarios/scaleup.yaml").with_changes(
        {"horizon_days": 80, "reorganisation": {"from": "merged", "to": "separated", "day": 40}}
    )
    name = next(s.name for s in scenario.all_structures() if s.successor)
    told = trace(scenario, name, 0)
    assert any("the structure changes" in line for line in told.log)
    days = {"before": told.events["day"] < 40, "after": told.events["day"] >= 45}
    words = {when: " ".join(told.events[which]["words"]) for when, which in days.items()}
    assert "delivery lead" in words["before"] and "project manager" not in words["before"]
    assert "project manager" in words["after"]
    console = Console(record=True, width=300, file=StringIO())
    print_trace(console, told)
    printed = console.export_text()
    assert "delivery lead 1" in printed
    said = "Managers are named by their roles before the change on day 40."
    assert said in printed
    for figure in (hours_figure(told), trays_figure(told)):
        assert said in " ".join(figure._supxlabel.get_text().split())
    assert trace(scenario, "merged", 0).naming == ""


def test_agents_of_ones_own_are_told_like_any_and_named() -> None:
    """Managers who rest leave every question unanswered, and teams who idle leave every task undone."""

    class Rester(DeliveryLead):
        def choose(self) -> int:
            return NONE

    class Idlers(Team):
        def choose_task(self, member_id: int) -> int:
            return NONE if self.row == 0 else super().choose_task(member_id)

    scenario = load("scenarios/scaleup.yaml").with_changes({"horizon_days": 80})
    told = trace(scenario, "merged", agents={"delivery_lead": Rester, "team": Idlers})
    assert told.run == "merged, replication 0, Rester as delivery lead, Idlers as team"
    assert not any("has answered" in line for line in told.log)
    assert told.hours[list(DUTIES)].to_numpy().sum() == 0
    idle, busy = told.recording.world.teams[0], told.recording.world.teams[1]
    assert idle.productive == idle.tickets and busy.productive > busy.tickets
    test_causes_and_what_was_allowed_add_up_to_each_delay(told)
    test_bars_of_tasks_follow_each_other_and_their_work_is_where_the_hours_are(told)
    assert folder_of(told, Path("x")) != folder_of(trace(scenario, "merged"), Path("x"))


def test_names_from_files_stay_in_their_line(tmp_path: Path) -> None:
    told = trace(hostile_plan(tmp_path))
    assert told.log
    for line in told.log:
        assert line.isprintable()
        assert len(line) < 300


def test_an_organisation_with_nothing_to_do_has_nothing_to_tell_but_that() -> None:
    told = trace(nothing_to_do())
    assert headline(told) == "No project came in this run."
    assert len(told.projects) == len(told.causes) == len(told.bound) == 0
    assert told.worst == []
    assert len(told.hours) == 1


def test_what_there_is_not_is_refused(erp: Trace) -> None:
    with pytest.raises(KeyError, match="no project 9"):
        erp.tasks(9)
    with pytest.raises(KeyError, match="not among the structures"):
        trace("scenarios/erp.yaml", "matrix")
    with pytest.raises(ValueError, match="count from 0"):
        trace("scenarios/erp.yaml", "merged", -1)


def test_the_same_run_is_told_the_same(erp: Trace) -> None:
    again = trace("scenarios/erp.yaml", "agile", 1)
    assert again.log == erp.log
    assert again.causes.equals(erp.causes)
    assert trace("scenarios/erp.yaml", "agile", 1, seed=7).log != erp.log
