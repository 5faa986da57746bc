"""Agents: rows that act. One decision can be replaced, and everything can be watched."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest

from sim.clocks.agents import DeliveryLead, Manager, Team
from sim.clocks.by_agents import ASKED
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.scenario import Scenario, load
from sim.world import NONE
from tests.properties.test_books import managers_hours_balance, members_hours_balance

EXAMPLE = Path(__file__).parents[2] / "scenarios" / "scaleup.yaml"


def scale_up() -> Scenario:
    return load(EXAMPLE).with_changes({"horizon_days": 60, "step_hours": 8})


class CautiousManager(DeliveryLead):
    """Takes the matter that has waited longest, whatever it is."""

    def choose(self) -> int:
        tray = self.in_tray()
        return tray[0] if tray else NONE


class LazyManager(Manager):
    def choose(self) -> int:
        return NONE


def ran(**agents: type) -> DeliveryOrganisation:
    model = DeliveryOrganisation(scale_up(), "merged", agents=agents)
    model.run()
    return model


def same(one: Any, other: Any) -> bool:
    fields = one.dtype.names or ("",)
    return len(one) == len(other) and all(np.array_equal(one[f], other[f]) for f in fields if f)


def test_a_manager_of_ones_own_changes_what_managers_do_and_nothing_of_the_luck() -> None:
    ordinary, cautious = ran().tables(), ran(delivery_lead=CautiousManager).tables()
    assert not same(ordinary.managers, cautious.managers)
    assert not same(ordinary.matters, cautious.matters)
    for table in ("duties", "roles", "needs", "successors"):
        assert same(getattr(ordinary, table), getattr(cautious, table))
    for field in ("luck", "more_luck"):
        assert ordinary.clock[field] == cautious.clock[field]


@pytest.mark.parametrize("kind", [CautiousManager, LazyManager])
def test_the_books_balance_whatever_managers_choose(kind: type[Manager]) -> None:
    world = ran(delivery_lead=kind).tables()
    counts, matters = world.counts, world.matters
    still_open = np.bincount(matters["duty"][matters["open"] == 1], minlength=len(counts))
    assert members_hours_balance(world)
    assert managers_hours_balance(world)
    assert np.array_equal(counts["raised"], counts["handled"] + counts["missed"] + still_open)


def test_a_manager_who_chooses_nothing_does_nothing() -> None:
    lazy = ran(delivery_lead=LazyManager)
    assert sum(manager.on_matters for manager in lazy.managers) == 0
    assert sum(count.handled for count in lazy.world.counts) == 0
    assert all(manager.idle > 0 for manager in lazy.managers)


def test_a_class_that_changes_nothing_changes_nothing() -> None:
    class Same(DeliveryLead):
        pass

    one, other = ran().tables(), ran(delivery_lead=Same).tables()
    assert all(same(getattr(one, t), getattr(other, t)) for t in ("managers", "matters", "tasks", "projects"))


def test_a_team_can_choose_its_tasks_differently() -> None:
    class Idlers(Team):
        def choose_task(self, member_id: int) -> int:
            return NONE

    idle = ran(team=Idlers)
    assert all(team.productive == team.tickets and team.idle > 0 for team in idle.teams)
    assert idle.world.clock[0].progress == 0


@pytest.mark.parametrize("structure", ["merged", "separated", "agile"])
def test_each_role_has_its_own_kind_of_agent(structure: str) -> None:
    model = DeliveryOrganisation(scale_up(), structure)
    titles = [type(manager).__name__ for manager in model.managers]
    roles = [role.name.title().replace("_", "") for role in model.structure.roles]
    assert set(titles) == set(roles)
    assert len(titles) == 6
    assert {type(team) for team in model.teams} == {Team}
    assert len(model.agents) == len(model.managers) + len(model.teams)


def test_a_structure_that_the_scenario_does_not_compare_is_refused() -> None:
    with pytest.raises(KeyError, match="holacracy is not among the structures compared: merged, separated"):
        DeliveryOrganisation(scale_up(), "holacracy")


def test_an_agent_of_a_role_that_there_is_not_is_refused_rather_than_left_out() -> None:
    with pytest.raises(KeyError, match="'delivery_led' is no role; did you mean delivery_lead"):
        DeliveryOrganisation(scale_up(), "merged", agents={"delivery_led": CautiousManager})
    other = {"scrum_master": LazyManager}  # of another structure: one mapping serves them all
    DeliveryOrganisation(scale_up(), "merged", agents=other)


def test_a_misspelt_attribute_is_told() -> None:
    manager = DeliveryOrganisation(scale_up(), "merged").managers[0]
    with pytest.raises(AttributeError, match="DeliveryLead has no 'atention'"):
        manager.atention  # noqa: B018


def test_mesas_own_collector_can_watch_an_organisation() -> None:
    model = DeliveryOrganisation(scale_up(), "separated")
    collector = mesa.DataCollector(
        model_reporters={"day": "now", "open": lambda m: sum(len(x.in_tray()) for x in m.managers)},
        agenttype_reporters={Team: {"maturity": "maturity", "idle": "idle"}},
    )
    for _ in range(20):
        model.step()
        collector.collect(model)
    days = collector.get_model_vars_dataframe()
    assert list(days["day"]) == [float(day) for day in range(1, 21)]
    assert days["open"].max() > 0
    assert len(collector.get_agenttype_vars_dataframe(Team)) == 20 * 8


def test_an_in_tray_lists_open_matters_of_its_manager_longest_first() -> None:
    model = DeliveryOrganisation(scale_up(), "merged")
    model.run(days=15)
    trays = {manager.row: manager.in_tray() for manager in model.managers}
    assert any(trays.values())
    for row, tray in trays.items():
        matters = [model.world.matters[k] for k in tray]
        assert all(matter.owner == row and matter.open for matter in matters)
        joined = [matter.joined for matter in matters]
        assert joined == sorted(joined)


def test_the_same_replication_is_the_same_run_and_another_is_not() -> None:
    def tables(replication: int) -> Any:
        model = DeliveryOrganisation(scale_up(), "merged", replication)
        model.run(days=20)
        return model.tables()

    assert same(tables(3).tasks, tables(3).tasks)
    assert not same(tables(3).tasks, tables(4).tasks)


def test_mesas_data_collector_holds_the_history_day_by_day() -> None:
    model = DeliveryOrganisation(EXAMPLE, "merged")
    model.run(5)
    collected = model.datacollector.get_model_vars_dataframe()
    history = model.tables().history
    assert list(collected["day"]) == [1, 2, 3, 4, 5]
    assert list(collected.columns) == ["day", *history.dtype.names]
    assert all(list(collected[field]) == list(history[field][:5]) for field in history.dtype.names)
    assert collected["hours"].is_monotonic_increasing
    assert collected["hours"].iloc[-1] > 0


def test_an_agent_refuses_an_attribute_that_its_row_does_not_have_and_says_which_was_meant() -> None:
    model = DeliveryOrganisation(scale_up(), "merged")
    manager, team = model.managers[0], model.teams[0]
    with pytest.raises(AttributeError, match="DeliveryLead has no 'lft': did you mean left"):
        manager.lft = 3
    with pytest.raises(AttributeError, match="Team has no 'maturty': did you mean maturity"):
        print(team.maturty)
    with pytest.raises(AttributeError, match="declare what is your own in the class, as `mood = 0`"):
        manager.mood = 1
    manager.left, team.maturity = 2.0, 0.5
    assert (manager.left, team.maturity) == (2.0, 0.5)


def test_an_agent_keeps_what_its_class_declares() -> None:
    class Counting(DeliveryLead):
        chosen = 0
        last: int

        def choose(self) -> int:
            self.chosen += 1
            self.last = super().choose()
            return self.last

    model = DeliveryOrganisation(scale_up(), "merged", agents={"delivery_lead": Counting})
    model.step()
    assert all(manager.chosen >= 1 and manager.last >= NONE for manager in model.managers)
    assert Counting.chosen == 0, "each agent counts for itself"


def counting(kind: type, methods: set[str], calls: Counter[str]) -> type:
    """The class, whose methods do what they do and count how often they are called."""

    def counted(name: str) -> Any:
        def method(self: Any, *given: Any) -> Any:
            calls[name] += 1
            return getattr(super(counts, self), name)(*given)

        return method

    counts: Any = type("Counting", (kind,), {name: counted(name) for name in methods})
    return counts


@pytest.mark.parametrize(("kind", "table"), [(DeliveryLead, "managers"), (Team, "teams")])
def test_whatever_the_order_of_the_day_asks_of_an_agent_can_be_replaced(kind: type, table: str) -> None:
    methods = {method for where, method in ASKED.values() if where == table}
    calls: Counter[str] = Counter()
    role = "team" if kind is Team else "delivery_lead"
    changed = DeliveryOrganisation(scale_up(), "merged", agents={role: counting(kind, methods, calls)})
    changed.run(days=30)
    ordinary = DeliveryOrganisation(scale_up(), "merged")
    ordinary.run(days=30)
    assert set(calls) == methods
    assert all(
        same(getattr(changed.tables(), t), getattr(ordinary.tables(), t)) for t in ("matters", "tasks")
    )
