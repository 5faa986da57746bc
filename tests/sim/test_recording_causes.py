"""Why a project took as long as it did: its days are split into causes that leave nothing out."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings

from sim.errors import LuckExhausted
from sim.recording.causes import CAUSES, Explained, causes_of, lead_days
from sim.recording.chain import chain_of
from sim.recording.recorder import Recording, record
from sim.scenario import Scenario, scenario_from
from tests.properties.runs import any_scenario
from tests.whole import has_luck, some_organisation, start

QUIET = {
    "exception_rate": 0.0,
    "absence_days": 0.0,
    "attrition": 0.0,
    "communication": 0.0,
    "productivity_spread": 0.0,
    "fit_loss": 0.0,
    "defect_rate": 0.0,
    "creep_growth": 0.0,
    "risks_a_project": 0.0,
    "operational_risks": 0.0,
    "overtime": 0.0,
    "task_error_spread": 0.0,
    "project_bias": 1.0,
    "project_bias_spread": 0.0,
    "size_exponent": 1.0,
}


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
        for _, _, days in explained.steps:
            assert math.fsum(days.values()) == pytest.approx(recording.step_days, rel=0, abs=1e-9)
        waits = {cause: days for cause, days in explained.totals.items() if CAUSES[cause].group != "work"}
        assert min(waits.values(), default=0.0) >= -1e-9


@settings(max_examples=25)
@given(any_scenario())
def test_causes_add_up_to_the_lead_time_of_every_project(scenario: Scenario) -> None:
    try:
        everything_adds_up(record(scenario, scenario.structure_names[-1]))
    except LuckExhausted:
        return


@pytest.mark.parametrize("number", range(12))
def test_causes_add_up_with_services_absences_and_reorganisations(number: int) -> None:
    prepared = some_organisation(number)
    try:
        everything_adds_up(record(prepared, prepared.structures[0].name))
    except LuckExhausted:
        pytest.skip("extreme: more luck needed than drawn")


def one_project(assumptions: dict[str, float] | None = None, **changes: Any) -> Recording:
    """One project of three tasks in a row, in an organisation where nothing goes wrong by itself."""
    content: dict[str, Any] = {
        "name": "One project",
        "horizon_days": 120,
        "managers": 2,
        "structures": ["merged", "separated", "agile", "pm_only", "dm_only"],
        "organisation": {"teams": [{"name": "web", "members": 1}, {"name": "data", "members": 1}]},
        "portfolio": {"plan": {"tasks": "tasks.csv"}},
        "assumptions": QUIET | (assumptions or {}),
    }
    raise NotImplementedError(content, changes)
