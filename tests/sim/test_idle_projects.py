"""Nobody looks at what cannot have changed, and nothing comes out otherwise for it."""

from __future__ import annotations

import pytest

from sim.building.preparation import Prepared, prepare
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.rules import choice
from sim.scenario import scenario_from
from sim.world import CHECKING, NONE, RUNNING
from tests.examples import numbers
from tests.whole import some_organisation


def crowded(longest_wait: float, step_hours: int) -> DeliveryOrganisation:
    """Two teams with far more work in line than they have hands."""
    scenario = scenario_from(
        {
            "name": "crowded",
            "horizon_days": 40,
            "step_hours": step_hours,
            "managers": 2,
            "structures": ["merged"],
            "organisation": {"teams": {"count": 2, "members": 4, "skills": ["web"]}},
            "portfolio": {"projects": {"at_start": 15, "tasks": 12, "effort_hours": 300}},
            "assumptions": {"longest_wait": longest_wait},
        }
    )
    return DeliveryOrganisation(prepare(scenario), "merged")


def days_of_tasks(model: DeliveryOrganisation) -> list[tuple[float, float, int]]:
    """When each task was begun and finished, and by whom."""
    model.run(days=40)
    return [(task.started, task.finished, task.member) for task in model.world.tasks]


@pytest.mark.parametrize(("longest_wait", "step_hours"), [(3.0, 8), (6.0, 1), (0.0, 4)])
def test_who_looks_only_at_the_oldest_takes_the_same_as_who_looks_at_all_in_line(
    longest_wait: float, step_hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    oldest = choice.oldest_task
    with monkeypatch.context() as patch:
        patch.setattr(choice, "oldest_task", lambda *what: found.append(oldest(*what)) or found[-1])
        by_age = days_of_tasks(crowded(longest_wait, step_hours))
    assert sum(task != NONE for task in found) > 50, "the rule was needed"
    monkeypatch.setattr(choice, "oldest_task", lambda *_: NONE)
    assert by_age == days_of_tasks(crowded(longest_wait, step_hours))


def left_over(prepared: Prepared) -> None:
    """After each day no finished project still runs, and those that are being checked are counted."""
    model = DeliveryOrganisation(prepared, prepared.structures[0].name)
    for _ in range(prepared.scenario.horizon_days):
        model.run(days=1)
        states = [project.state for project in model.world.projects]
        assert model.world.clock[0].checking == states.count(CHECKING)
        assert all(p.tasks_left > 0 for p in model.world.projects if p.state == RUNNING)


def test_no_project_that_is_finished_is_overlooked() -> None:
    for number in numbers(12):
        left_over(some_organisation(number))
