"""What managers of different roles cost."""

import pytest

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate
from sim.scenario import ScenarioError, scenario_from

BASE = {
    "name": "Pay",
    "horizon_days": 40,
    "step_hours": 8,
    "managers": 4,
    "structures": ["separated"],
    "heads": {"separated": {"project_manager": 3, "delivery_manager": 1}},
    "assumptions": {"attrition": 0},
}


def test_one_role_may_cost_more_than_another_and_that_is_all_that_changes() -> None:
    given = scenario_from(BASE)
    dear = scenario_from(BASE | {"manager_costs": {"project_manager": 105.0}})
    runs = [simulate(prepare(one), "separated", 0) for one in (given, dear)]
    assert runs[1]["cost_of_people"] - runs[0]["cost_of_people"] == pytest.approx(3 * 8 * 40 * 20)
    assert runs[1]["matters_handled"] == runs[0]["matters_handled"]


def test_the_cost_of_a_role_that_is_not_there_is_refused() -> None:
    with pytest.raises(ScenarioError, match="did you mean project_manager"):
        scenario_from(BASE | {"manager_costs": {"projct_manager": 100}})
