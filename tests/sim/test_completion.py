"""What work in progress counts for at both ends of a run: hand-computed, on plain objects and whole runs."""

from __future__ import annotations

import numpy as np
import pytest

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.clocks.simulate import run_world
from sim.outcomes.money import amounts_by_day, assumptions_of, by_completion, net_so_far, on_delivery
from sim.outcomes.reduce import reduce_run
from sim.rules import completion, scope
from sim.rules.contracts import value_in_progress, worth
from sim.rules.wiring import open_the_books
from sim.scenario import scenario_from
from sim.scenario.assumptions import values
from sim.world import CHECKING, DELIVERED, DONE, FUTURE, RUNNING, STARTING, WITHHELD
from tests.sim.small import organisation

ONE = [("p", "a", "web", "80"), ("p", "b", "web", "80")]


def under_way(hours: float = 40.0, **assumptions: float) -> completion.World:
    """A project of 160 h, worth 1,000 €, of which so many are done."""
    world = organisation(ONE, **assumptions).world
    project = world.projects[0]
    project.state, project.value, project.progress = RUNNING, 1000.0, hours
    return world


def test_a_project_counts_the_share_of_its_true_effort_that_is_done() -> None:
    world = under_way(hours=40.0)
    assert completion.completion(world, 0) == pytest.approx(0.25)
    assert value_in_progress(world, 0) == pytest.approx(250.0)


@pytest.mark.parametrize(
    ("state", "share"), [(FUTURE, 0.0), (WITHHELD, 0.0), (STARTING, 0.0), (CHECKING, 0.25)]
)
def test_what_has_not_begun_or_never_comes_counts_nothing(state: int, share: float) -> None:
    world = under_way()
    world.projects[0].state = state
    assert completion.completion(world, 0) == pytest.approx(share)


def test_what_is_delivered_counts_its_worth_once_whatever_its_books_say() -> None:
    world = under_way()
    world.projects[0].state = DELIVERED
    assert completion.completion(world, 0) == 1.0
    assert value_in_progress(world, 0) == 0.0


@pytest.mark.parametrize(("paid", "beyond"), [(0.0, 250.0), (100.0, 150.0), (400.0, 0.0)])
def test_a_project_under_way_counts_what_was_paid_if_that_is_more(paid: float, beyond: float) -> None:
    world = under_way()
    world.projects[0].paid = paid
    assert value_in_progress(world, 0) == pytest.approx(beyond)


@pytest.mark.parametrize("waste", ["rework_hours", "risk_hours"])
def test_waste_is_left_to_do_but_earns_nothing(waste: str) -> None:
    world = under_way(hours=40.0)
    setattr(world.projects[0], waste, 40.0)
    assert completion.completion(world, 0) == pytest.approx(0.0), "160 h left of a project of 160 h"
    world.projects[0].progress += 40.0
    assert completion.completion(world, 0) == pytest.approx(0.25), "the waste is done, and 120 h are left"


def test_stale_work_and_hidden_defects_are_still_to_be_done() -> None:
    world = under_way(hours=80.0)
    world.projects[0].stale, world.projects[0].latent = 16.0, 8.0
    assert completion.completion(world, 0) == pytest.approx(1.0 - 104.0 / 160.0)


def test_a_change_counts_before_anyone_has_noticed_it() -> None:
    world = under_way(hours=80.0, change_growth=0.5, least_rework_hours=0.0)
    world.projects[0].undiscovered = 0.25  # 20 h more
    before = completion.completion(world, 0)
    assert before == pytest.approx(1.0 - 100.0 / 180.0)
    scope.give_feedback(world, 0, 1.0)
    assert world.projects[0].undiscovered == 0.0
    assert completion.completion(world, 0) == pytest.approx(before), "to hear of it makes no difference"


def test_creep_at_its_present_share_makes_what_is_open_longer() -> None:
    world = under_way(hours=80.0)
    world.projects[0].creep = 0.2
    assert completion.hours_left(world, 0) == pytest.approx(100.0)


def test_what_is_cut_is_neither_left_nor_part_of_the_whole_and_costs_its_value() -> None:
    world = under_way(hours=40.0, cut_value=0.6)
    project = world.projects[0]
    project.descoped_hours = project.descoped = 40.0
    assert completion.completion(world, 0) == pytest.approx(1.0 - 80.0 / 120.0)
    assert value_in_progress(world, 0) == pytest.approx(850.0 / 3.0)


def test_nothing_counts_less_than_nothing() -> None:
    world = under_way(hours=0.0)
    world.projects[0].rework_hours = 500.0
    assert value_in_progress(world, 0) == 0.0


def test_penalties_that_were_due_before_the_first_day_are_in_the_opening() -> None:
    world = under_way(late_penalty=0.01, late_penalty_most=0.5)
    project = world.projects[0]
    project.arrival, project.deadline, project.begun, project.state = -30.0, -10.0, 1, FUTURE
    assert completion.fine(world, 0, 0.0) == pytest.approx(100.0)
    assert completion.fine(world, 0, 5.0) == pytest.approx(150.0)
    open_the_books(world)
    assert world.clock[0].opening_fines == pytest.approx(100.0)


# --- whole runs ---------------------------------------------------------------------------------------------


def half_done(**changes: object) -> Prepared:
    """Some projects under way at the start, others at the end, and nothing else that earns."""
    return prepare(
        scenario_from(
            {
                "name": "halves",
                "horizon_days": 60,
                "managers": 2,
                "structures": ["merged", "separated"],
                "organisation": {"teams": {"count": 2, "members": 4, "skills": ["web"]}},
                "portfolio": {
                    "clients": 2,
                    "projects": {"at_start": 4, "a_year": 20, "tasks": 8, "effort_hours": 300},
                },
            }
            | changes
        )
    )


def test_the_opening_is_the_same_for_every_structure_and_less_than_all_that_is_under_way() -> None:
    prepared = half_done()
    base = draw_base(prepared, 1)
    opening = float(base.clock["opening_value"][0])
    ends = [run_world(prepared, base, s, 1) for s in ("merged", "separated")]
    assert [float(end.clock["opening_value"][0]) for end in ends] == [opening, opening]
    begun = base.projects[base.projects["begun"] == 1]
    assert 0.0 < opening < begun["value"].sum()
    share = begun["done_before"] / begun["true_hours"]
    assert opening == pytest.approx(float((share * begun["value"]).sum()))
    assert base.clock["opening_left"][0] == pytest.approx((begun["true_hours"] - begun["done_before"]).sum())


def test_a_year_of_value_is_what_was_delivered_and_how_much_more_is_under_way() -> None:
    prepared = half_done()
    base = draw_base(prepared, 2)
    world = run_world(prepared, base, "merged", 2)
    counted = []
    for rows in (world, base):
        looked_at = rows._replace(
            projects=rows.projects.view(np.recarray),
            given=rows.given.view(np.recarray),
            clock=rows.clock.view(np.recarray),
        )
        count = range(len(rows.projects))
        counted.append(sum(completion.completion(looked_at, p) * worth(looked_at, p) for p in count))
    value = counted[0] - counted[1]
    outcomes = reduce_run(world)
    assert outcomes["value_delivered"] + outcomes["value_in_progress"] == pytest.approx(value)


def test_with_a_free_hour_worth_nothing_only_work_in_progress_tells_the_two_figures_apart() -> None:
    prepared = half_done(assumptions={"free_hour_value": 0.0})
    world = run_world(prepared, draw_base(prepared, 3), "merged", 3)
    outcomes, years = reduce_run(world), 60 / prepared.values["days_a_year"]
    assert outcomes["free_hours_value"] == 0.0
    apart = outcomes["net_value_a_year"] - outcomes["net_value_on_delivery_a_year"]
    assert apart * years == pytest.approx(outcomes["value_in_progress"])
    assert net_so_far(world)[-1] == pytest.approx(outcomes["net_value_a_year"] * years)
    paid = on_delivery(assumptions_of(world), amounts_by_day(world))
    assert paid[-1] == pytest.approx(outcomes["net_value_on_delivery_a_year"] * years)


def test_money_by_completion_grows_with_the_work_and_not_in_lumps() -> None:
    prepared = half_done(assumptions={"give_up_hazard": 0.0, "cancel_factor": 0.0})  # those are lumps
    world = run_world(prepared, draw_base(prepared, 4), "merged", 4)
    largest = world.projects["value"].max()
    given, amounts = assumptions_of(world), amounts_by_day(world)
    lumps, smooth = (np.abs(np.diff(rule(given, amounts))).max() for rule in (on_delivery, by_completion))
    assert lumps > 0.5 * largest > smooth


# --- what a free hour is worth ------------------------------------------------------------------------------


def test_a_free_hour_is_worth_half_of_what_a_member_costs_unless_a_scenario_says() -> None:
    assert values()["free_hour_value"] == 0.5 * values()["member_cost"]
    assert values({"member_cost": 90.0})["free_hour_value"] == 45.0
    assert values({"member_cost": 90.0, "free_hour_value": 10.0})["free_hour_value"] == 10.0


def test_free_hours_are_idle_ones_that_nothing_left_will_need() -> None:
    prepared = half_done(assumptions={"free_hour_value": 20.0, "member_cost": 40.0, "manager_cost": 80.0})
    world = run_world(prepared, draw_base(prepared, 5), "merged", 5)
    outcomes, years = reduce_run(world), 60 / prepared.values["days_a_year"]
    clock, last = world.clock[0], world.history[-1]
    gone = world.projects["true_hours"][world.projects["state"] == WITHHELD].sum()
    freed = world.teams["idle"].sum() - (last["left"] - clock["opening_left"]) - gone
    assert outcomes["hours_freed_a_year"] * years == pytest.approx(freed)
    managers = 80.0 * world.managers["idle"].sum()
    assert outcomes["manager_idle_pay_a_year"] * years == pytest.approx(managers)
    assert outcomes["free_hours_value"] == pytest.approx(20.0 * freed + 0.5 * managers)


# --- two projects, to the euro ------------------------------------------------------------------------------

TASKS = [
    *(("first", f"a{k}", "web", "40", f"a{k - 1}" if k else "") for k in range(4)),
    *(("second", f"b{k}", "data", "40", f"b{k - 1}" if k else "") for k in range(4)),
]
"""Two projects of four tasks of a week each, one after the other, in two teams of one."""


def two_projects(days: int) -> dict[str, float]:
    """What a run of so many days comes to: the first is half done on day 0, the second begins on it."""
    team = organisation(TASKS, teams={"web": 1, "data": 1}, member_cost=0.0, manager_cost=0.0)
    base = team.world
    base.projects[0].value, base.projects[1].value = 1000.0, 3000.0
    return counted_after(team, days)


def counted_after(team: DeliveryOrganisation, days: int) -> dict[str, float]:
    """Run so long; the value delivered and that in progress (€), at the end and at the start."""
    world = team.world
    for task_id in (0, 1):  # as `wiring.do_before` leaves them
        task = world.tasks[task_id]
        task.state, task.remaining, task.started, task.finished = DONE, 0.0, 0.0, 0.0
        world.projects[0].done_before += task.effort
        world.projects[0].tasks_left -= 1
        world.tasks[task_id + 1].predecessors_left -= 1
    world.projects[0].begun = 1
    open_the_books(world)
    team.run(days=days)
    return {
        "opening": world.clock[0].opening_value,
        "delivered": world.clock[0].value,
        "in progress": world.history[days - 1].in_progress,
    }


def test_a_project_half_done_at_the_start_and_one_half_done_at_the_end_count_half_each() -> None:
    """After ten days the first (€1,000) is done, of which €500 were there before, and awaits its check; the
    second (€3,000) is half done: €1,500.
    """
    found = two_projects(10)
    assert found == {"opening": 500.0, "delivered": 0.0, "in progress": pytest.approx(1000.0 + 1500.0)}
    assert found["delivered"] + found["in progress"] - found["opening"] == pytest.approx(2000.0)


def test_the_day_of_delivery_changes_nothing() -> None:
    found = two_projects(12)
    assert found == {"opening": 500.0, "delivered": 1000.0, "in progress": pytest.approx(0.6 * 3000.0)}


def test_a_project_that_is_run_through_counts_exactly_its_worth_less_its_opening() -> None:
    assert two_projects(25) == {"opening": 500.0, "delivered": 4000.0, "in progress": 0.0}
