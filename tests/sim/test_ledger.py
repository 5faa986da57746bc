"""The money of a run, day by day: its last day is the net value that the outcomes tell."""

from __future__ import annotations

import numpy as np
import pytest

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.clocks.payback import IN_PROGRESS, NET, days_of_block, gains_by_day
from sim.clocks.simulate import run_world
from sim.outcomes.money import accrued, amounts_of, incidents, late_penalties, net_so_far
from sim.outcomes.reduce import reduce_run
from sim.outcomes.sums import sums_of
from sim.scenario import Scenario, load, scenario_from
from sim.scenario.structures import PRESETS
from sim.world import DELIVERED
from tests.examples import note_tried, scaled
from tests.whole import run_on, some_organisation, start

MERGED, SEPARATED = PRESETS["merged"], PRESETS["separated"]


def small(**changes: object) -> Scenario:
    """A few teams with projects, services and risks, for a hundred days."""
    return scenario_from(
        {
            "name": "small",
            "horizon_days": 100,
            "managers": 2,
            "structures": ["merged", "separated"],
            "organisation": {"teams": {"count": 2, "members": 4, "skills": ["web"]}},
            "portfolio": {
                "clients": 3,
                "projects": {"at_start": 3, "a_year": 20, "tasks": 8, "effort_hours": 200},
                "services": {"count": 1, "tickets_a_week": 5},
            },
        }
        | changes
    )


@pytest.mark.parametrize("number", range(scaled(30)))
def test_the_last_day_is_the_net_value_of_the_run(number: int) -> None:
    note_tried()
    prepared = some_organisation(number)
    world = start(prepared)
    run_on(world, prepared.scenario.horizon_days)
    if world.clock["fault"][0]:
        pytest.skip("an extreme organisation that ran out of luck")
    outcomes = reduce_run(world)
    years = prepared.scenario.horizon_days / prepared.values["days_a_year"]
    days = net_so_far(world)
    assert days[-1] / years == outcomes["net_value_a_year"]
    whole = amounts_of(sums_of(world)[0])
    by_dates = {name: amount[-1] for name, amount in accrued(world)._asdict().items()}
    assert by_dates == pytest.approx(whole._asdict(), rel=1e-9, abs=1e-3)


def test_penalties_and_incidents_add_up_day_by_day_and_never_go_back() -> None:
    prepared = prepare(load("scenarios/scaleup.yaml"))
    world = run_world(prepared, draw_base(prepared, 1), "merged", 1)
    ends = np.arange(1.0, prepared.scenario.horizon_days + 1)
    late, struck = late_penalties(world, ends), incidents(world, ends)
    assert (np.diff(late) >= -1e-6).all() and (np.diff(struck) >= -1e-6).all()
    assert late[-1] == pytest.approx(reduce_run(world)["penalties"])
    first = float(world.projects["deadline"][world.projects["state"] == DELIVERED].min())
    assert late[int(first) - 1] == 0.0


def test_a_change_makes_no_difference_before_its_day() -> None:
    gains = gains_by_day(prepare(small()), MERGED, SEPARATED, 60, range(6))
    assert not gains[:, :60].any()
    assert gains[:, 60:].any()


def test_a_change_on_the_last_day_changes_that_day_alone() -> None:
    gains = gains_by_day(prepare(small()), MERGED, SEPARATED, 99, range(6))
    assert not gains[:, :99].any()


def test_one_manager_who_goes_on_as_before_has_nothing_to_hand_over() -> None:
    clear = small(managers=1, structures=["merged"], assumptions={"clarity_new": 1.0})
    assert not gains_by_day(prepare(clear), MERGED, MERGED, 40, range(6)).any()


def test_from_a_structure_to_itself_costs_only_what_the_handing_over_costs() -> None:
    busy = load("scenarios/scaleup.yaml").with_changes({"horizon_days": 250})

    def gains(**assumptions: float) -> tuple[float, float]:
        prepared = prepare(busy.with_changes({"assumptions": assumptions}))
        found = gains_by_day(prepared, SEPARATED, SEPARATED, 40, range(600))[:, -1]
        return float(found.mean()), float(found.std(ddof=1) / np.sqrt(len(found)))

    free, luck = gains(handover_hours=0.0, handover_loss=0.0, clarity_new=1.0)
    assert abs(free) < 3 * luck, "who owned what is dealt anew, which is nobody's gain"
    dear, luck = gains(handover_hours=8.0, handover_loss=0.5, clarity_new=0.0)
    assert dear < -2 * luck


def test_days_come_for_every_structure_of_each_future() -> None:
    scenario = small(reorganisation={"from": "merged", "to": "separated", "day": 60})
    rows = days_of_block(scenario, [3, 4])
    assert [(row[0], row[1]) for row in rows] == [
        (s, r) for r in (3, 4) for s in ("merged", "separated", "merged → separated")
    ]
    world = run_world(prepare(scenario), draw_base(prepare(scenario), 4), "merged", 4)
    kept = next(row[2] for row in rows if row[:2] == ("merged", 4))
    assert kept is not None and kept[IN_PROGRESS][0] == reduce_run(world)["value_in_progress"]
    days = {(s, r): outcome[NET] for s, r, outcome, _ in rows if outcome is not None}
    both = Prepared(scenario, (MERGED, MERGED.changing_to(SEPARATED, 60)))
    expected = gains_by_day(both, MERGED, SEPARATED, 60, [4])[0]
    assert np.array_equal(days["merged → separated", 4] - days["merged", 4], expected)
