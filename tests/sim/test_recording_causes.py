"""Why a project took as long as it did: its days are split into causes that leave nothing out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from sim.clocks.faults import LuckExhausted
from sim.recording.causes import CAUSES, Explained, causes_of, days_of, lead_days
from sim.recording.chain import chain_of
from sim.recording.recorder import Recording, record
from sim.scenario import Scenario, scenario_from
from sim.scenario.structures import PRESETS
from tests.examples import examples
from tests.properties.runs import any_scenario
from tests.sim.small import Task, organisation


def came(recording: Recording) -> list[int]:
    return [k for k, history in enumerate(recording.projects) if history.opened >= 0]


def everything_adds_up(recording: Recording) -> None:
    for project_id in came(recording):
        explained = causes_of(recording, project_id)
        assert explained.totals.keys() <= CAUSES.keys()
        lead = lead_days(recording, project_id)
        assert math.fsum(explained.totals.values()) == pytest.approx(lead, rel=0, abs=1e-9)
        steps = [step for step, _, _ in explained.steps]
        assert steps == list(range(steps[0], steps[0] + len(steps)))
        for step, _, days in explained.steps:
            length = days_of(recording, project_id, step)
            assert math.fsum(days.values()) == pytest.approx(length, rel=0, abs=1e-9)
            assert length == recording.step_days or step == steps[-1]
        waits = {cause: days for cause, days in explained.totals.items() if CAUSES[cause].group != "work"}
        assert min(waits.values(), default=0.0) >= -1e-9


@examples(25)
@given(any_scenario())
def test_causes_add_up_to_the_lead_time_of_every_project(scenario: Scenario) -> None:
    try:
        everything_adds_up(record(scenario, scenario.structure_names[-1]))
    except LuckExhausted:
        return


def test_causes_add_up_with_services_absences_and_reorganisations(runs: list[Recording]) -> None:
    for run in runs:
        everything_adds_up(run)


CHAIN = [("p", "a", "web", "80"), ("p", "b", "web", "40", "a"), ("p", "c", "web", "40", "b")]


def recorded(tasks: Sequence[Task], **changes: Any) -> Recording:
    """A run of a small organisation in which nothing happens by itself, but for the changes."""
    unchecked = {"structure": PRESETS["merged"].without("tracking")}
    model = organisation(tasks, **(unchecked | changes))
    return record(model.prepared, model.structure.name)


def totals(tasks: Sequence[Task], project_id: int = 0, **changes: Any) -> dict[str, float]:
    return {
        k: v for k, v in causes_of(recorded(tasks, **changes), project_id).totals.items() if abs(v) > 1e-9
    }


def test_undisturbed_work_takes_the_days_of_its_estimate() -> None:
    assert totals(CHAIN) == {"planned": 20.0}


def test_work_that_takes_twice_as_long_is_an_error_of_the_estimate() -> None:
    assert totals(CHAIN, project_bias=2.0) == pytest.approx({"planned": 20.0, "estimate": 20.0})


def test_a_project_that_nobody_plans_waits_until_the_team_begins_without_a_plan() -> None:
    unplanned = PRESETS["merged"].without("planning").without("tracking")
    assert totals(CHAIN, structure=unplanned, start_patience=7.0) == {"plan": 7.0, "planned": 20.0}


def test_a_finished_project_waits_for_its_check() -> None:
    """Which takes its tracker longer than there is patience for."""
    days = totals(CHAIN, structure=PRESETS["merged"], tracking_hours=50.0, check_patience=4.0)
    assert days == {"planned": 20.0, "check": 4.0}


def test_work_from_another_team_waits_to_be_handed_over() -> None:
    tasks = [("p", "a", "web", "40"), ("p", "b", "data", "40", "a")]
    nobody = PRESETS["merged"].without("coordination")
    days = totals(tasks, teams={"web": 1, "data": 1}, structure=nobody, handover_patience=3.0)
    assert days["handover"] == pytest.approx(3.0, abs=1.0)
    assert days["planned"] == pytest.approx(10.0)


def test_meetings_slow_work_down() -> None:
    days = totals([("p", "a", "web", "72")], communication=0.1, communication_cap=0.9)
    assert days == pytest.approx({"planned": 9.0, "pace": 1.0})


def test_a_project_waits_for_the_people_of_another_and_only_the_later_one() -> None:
    tasks = [("p", "a", "web", "80"), ("q", "b", "web", "80")]
    assert totals(tasks) == {"planned": 10.0}
    assert totals(tasks, 1) == {"planned": 10.0, "contention": 10.0}


def test_two_tasks_for_one_person_are_a_chain_of_work_not_a_wait() -> None:
    assert totals([("p", "a", "web", "80"), ("p", "b", "web", "80")]) == {"planned": 20.0}


def test_the_longer_of_two_branches_binds_a_project() -> None:
    tasks = [("p", "a", "web", "80"), ("p", "b", "data", "40")]
    recording = recorded(tasks, teams={"web": 1, "data": 1})
    assert causes_of(recording, 0).totals["planned"] == pytest.approx(10.0)
    assert {link.episode.task for link in chain_of(recording, 0) if link.episode} == {0}


def test_specialists_who_are_with_another_project_are_waited_for() -> None:
    tasks = [("p", "a", "web", "80", "", "lab:1"), ("q", "b", "data", "80", "", "lab:1")]
    days = totals(tasks, 1, teams={"web": 1, "data": 1}, pools={"lab": 1})
    assert days == pytest.approx({"planned": 10.0, "specialists": 10.0}, abs=1.01)


def test_stops_that_nobody_answers_cost_the_patience_of_the_team() -> None:
    nobody = PRESETS["merged"]
    for duty in ("planning", "coordination", "stakeholders"):
        nobody = nobody.without(duty)
    recording = recorded(CHAIN, structure=nobody, exception_rate=0.05, patience=4.0, guess_wrong=0.5)
    days = causes_of(recording, 0).totals
    stops = [e for e in recording.events if e.kind == "guessed"]
    assert stops
    assert all(4.0 <= e.amount < 5.0 for e in stops), "patience is over in the morning after"
    waited = sum(days.get(cause, 0.0) for cause in ("question", "impediment", "escalation"))
    assert waited == pytest.approx(sum(e.amount for e in stops))


@pytest.mark.parametrize("replication", range(5))
def test_all_hours_of_a_project_with_one_person_are_in_its_days(replication: int) -> None:
    """To the hour, for the next task is begun at the moment when the last one is done."""
    # No questions: while one is open, the project waits for the answer, whatever else is done meanwhile.
    model = organisation(
        CHAIN,
        defect_rate=0.1,
        detection=0.6,
        tracking_hours=1.0,
        creep_growth=0.3,
        creep_most=0.2,
        task_error_spread=0.3,
        risks_a_project=5.0,
        risk_hazard=0.01,
        risk_impact=0.02,
        strike_days=5.0,
        allocation_patience=0.0,
    )
    recording = record(model.prepared, model.structure.name, replication)
    days, project = causes_of(recording, 0).totals, recording.world.projects[0]
    effort = ("planned", "estimate", "rework", "drift", "risk", "creep")
    hours = 8.0 * sum(days.get(cause, 0.0) for cause in effort)
    all_hours = project.progress + project.creep_hours
    assert hours == pytest.approx(all_hours, abs=1e-9)
    assert 0.0 < 8.0 * days["rework"] <= project.rework_hours + 1e-9


def test_a_project_that_is_not_delivered_is_explained_up_to_the_last_day() -> None:
    recording = recorded([("p", "a", "web", "4000")])
    days = causes_of(recording, 0).totals
    assert days["planned"] == 200.0


def test_what_never_came_has_no_causes() -> None:
    scenario = scenario_from({"name": "late", "horizon_days": 20, "managers": 1, "structures": ["merged"]})
    recording = record(scenario, "merged")
    future = [k for k, history in enumerate(recording.projects) if history.opened < 0]
    assert [causes_of(recording, k) for k in future] == [Explained([], {})] * len(future)
