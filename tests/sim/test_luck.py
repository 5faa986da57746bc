"""Luck is nobody's merit: what is drawn before the run is the same for every structure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from sim.building import absences as seats
from sim.building import projects as portfolio
from sim.building import replication as build
from sim.building import services as contracts
from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import run_world
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, load, scenario_from
from sim.scenario.structures import PRESETS
from sim.world import NONE, World, luck
from sim.world.luck import stream
from tests.examples import examples
from tests.strategies import given_plans, scenarios

ROOT = Path(__file__).parents[2]
ALL = list(PRESETS)


def scale_up(**changes: object) -> Scenario:
    return load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"structures": ALL, **changes})


def bits(world: World) -> dict[str, bytes]:
    """Every field of every table that is drawn, to the bit."""
    found = {}
    for name, table in world._asdict().items():
        if table is not None:
            fields = table.dtype.names or ()
            found |= {f"{name}.{field}": table[field].tobytes() for field in fields}
            found |= {} if fields else {name: table.tobytes()}
    return found


def same_rows(one: World, other: World) -> bool:
    return bits(one) == bits(other)


# --- the same luck for every structure ---------------------------------------------------------------------


UNTOUCHED = ("successors", "needs", "given")


def runs_leave_the_luck_alone(scenario: Scenario) -> None:
    prepared = prepare(scenario)
    base = draw_base(prepared, 0)
    drawn = bits(base)
    for structure in scenario.structure_names:
        world = organise(prepared, base, structure)
        entry_point("run")(world, scenario.horizon_days * int(world.clock["steps_a_day"][0]))
        assert bits(base) == drawn, structure
        for name in UNTOUCHED:
            assert getattr(world, name) is getattr(base, name)
        for field in ("hazard", "project"):
            assert np.array_equal(world.risks[field], base.risks[field])
        for field in ("effort", "estimate", "team", "speciality"):
            assert np.array_equal(world.tasks[field], base.tasks[field])
        for field in ("arrival", "deadline", "value", "volatility", "budget_hours", "client"):
            assert np.array_equal(world.projects[field], base.projects[field])
        for field in ("gap", "severe", "allowed", "client", "team"):
            assert np.array_equal(world.tickets[field], base.tickets[field])
        known = base.tickets["state"] == world.tickets["state"]  # warranty gets its hours when it is due
        known |= np.arange(len(base.tickets)) < first_warranty(base)
        assert np.array_equal(world.tickets["effort"][known], base.tickets["effort"][known])
        for field in ("rate", "value", "term", "begins", "client", "team"):
            assert np.array_equal(world.services[field], base.services[field])
        assert np.array_equal(world.clients["threshold"], base.clients["threshold"])
        assert np.array_equal(world.members["home"], base.members["home"])
        stayed = world.members["leavers"] == 0
        for field in ("productivity", "speciality"):
            assert np.array_equal(world.members[field][stayed], base.members[field][stayed])
        for field in ("luck", "more_luck", "replication"):
            assert world.clock[field] == base.clock[field]


def first_warranty(base: World) -> int:
    """The first ticket that is not a service's."""
    return int(base.services["last_ticket"].max(initial=0))


def test_no_run_changes_the_luck_of_the_example() -> None:
    runs_leave_the_luck_alone(scale_up())


@examples(40)
@given(scenarios())
def test_no_run_changes_luck_in_random_organisations(scenario: Scenario) -> None:
    runs_leave_the_luck_alone(scenario)


@examples(20)
@given(given_plans())
def test_no_run_changes_luck_with_given_plans(scenario: Scenario) -> None:
    runs_leave_the_luck_alone(scenario)


def test_two_structures_start_from_the_same_people_work_and_luck() -> None:
    prepared = prepare(scale_up())
    base = draw_base(prepared, 0)
    worlds = [organise(prepared, base, name) for name in ALL]
    tables = ("risks", "tasks", "members", "teams", "pools", "needs", "successors", "services", "tickets")
    for table in tables:
        first = getattr(worlds[0], table)
        assert all(np.array_equal(first, getattr(world, table)) for world in worlds[1:]), table


@pytest.mark.parametrize(
    "changes",
    [
        {"managers": 7},
        {"managers": 60},
        {"structures": ["separated"], "current": "separated"},
        {"structures": ["dm_only", "merged"], "current": "merged"},
        {"heads": {"separated": {"project_manager": 5, "delivery_manager": 1}}},
        {"name": "Another name"},
        {"replications": 5},
    ],
    ids=lambda changes: ", ".join(f"{key}={value}" for key, value in changes.items()),
)
def test_what_is_decided_about_managers_changes_no_luck(changes: dict[str, object]) -> None:
    changed = scale_up().with_changes(changes)
    assert same_rows(draw_base(prepare(scale_up()), 4), draw_base(prepare(changed), 4))


def test_a_structure_made_by_hand_meets_the_same_luck() -> None:
    own = PRESETS["separated"].without("planning")
    assert same_rows(draw_base(prepare(scale_up()), 4), draw_base(prepare(scale_up(), (own,)), 4))


def test_assumptions_about_managers_change_no_luck() -> None:
    slow = scale_up(assumptions={"attention_hours": 3, "patience": 1, "sync_hours": 1, "firefighting": 0.1})
    one, other = bits(draw_base(prepare(scale_up()), 0)), bits(draw_base(prepare(slow), 0))
    changed = {name for name in one if one[name] != other[name]}
    assert changed == {f"given.{name}" for name in slow.assumptions}


DRAWERS = (build, contracts, luck, portfolio, seats)  # modules that draw luck


# --- named streams -----------------------------------------------------------------------------------------


def test_a_new_source_of_uncertainty_does_not_shift_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    before = draw_base(prepare(scale_up()), 0)
    seen: list[str] = []

    def with_another(seed: int, replication: int, name: str) -> np.random.Generator:
        seen.append(name)
        stream(seed, replication, "the weather").random(1000)
        return stream(seed, replication, name)

    for module in DRAWERS:
        monkeypatch.setattr(module, "stream", with_another)
    assert same_rows(before, draw_base(prepare(scale_up()), 0))
    assert len(seen) > 5


def test_each_source_has_a_stream_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change one source: only what it is about differs."""
    before = bits(draw_base(prepare(scale_up()), 0))

    def other_risks(seed: int, replication: int, name: str) -> np.random.Generator:
        return stream(seed, replication, "other risks" if name == "risks" else name)

    monkeypatch.setattr(luck, "stream", other_risks)
    after = bits(draw_base(prepare(scale_up()), 0))
    differ = {name for name in before if before[name] != after[name]}
    assert differ == {"risks.strikes_at"}


def test_a_stream_is_known_by_seed_replication_and_name() -> None:
    draws = {
        (seed, replication, name): stream(seed, replication, name).random(3).tobytes()
        for seed in (0, 1, 2**40)
        for replication in (0, 1, 999_999)
        for name in ("risks", "changes")
    }
    assert len(set(draws.values())) == len(draws)
    assert stream(1, 0, "risks").random(3).tobytes() == draws[1, 0, "risks"]


def test_replications_and_seeds_live_through_different_luck() -> None:
    futures = [draw_base(prepare(scale_up(seed=seed)), r) for seed in (1, 2) for r in (0, 1)]
    assert len({world.tasks["gap"][:50].tobytes() for world in futures}) == 4
    assert len({(int(world.clock["luck"][0]), int(world.clock["more_luck"][0])) for world in futures}) == 4
    assert len({world.projects["arrival"][:8].tobytes() for world in futures}) == 4
    assert len({world.members["productivity"].tobytes() for world in futures}) == 4


# --- more of the same --------------------------------------------------------------------------------------

# Where something stands.
ROWS = {"first_engagement", "first_warranty"}


def test_a_longer_horizon_leaves_what_comes_earlier_as_it_was() -> None:
    short, long = (draw_base(prepare(scale_up(horizon_days=days)), 2) for days in (200, 900))
    few, tasks = len(short.projects), len(short.tasks)
    assert 0 < few < len(long.projects)
    of_projects = int((short.risks["team"] == NONE).sum())
    of_teams = len(short.risks) - of_projects
    assert of_projects > 0 < of_teams
    for field in short.risks.dtype.names:
        assert np.array_equal(short.risks[field][-of_teams:], long.risks[field][-of_teams:]), field
    for name, count in [("projects", few), ("tasks", tasks), ("members", 48), ("risks", of_projects)]:
        one, other = getattr(short, name)[:count], getattr(long, name)[:count]
        for field in set(one.dtype.names) - ROWS:
            assert np.array_equal(one[field], other[field]), f"{name}.{field}"


@pytest.mark.parametrize("structure", ["merged", "separated", "agile"])
def test_the_same_days_of_a_longer_run_are_the_same_to_the_bit(structure: str) -> None:
    short, long = (
        run_world(prepared, draw_base(prepared, 2), structure, 2)
        for prepared in (prepare(scale_up(horizon_days=days)) for days in (200, 300))
    )
    for field in short.history.dtype.names:
        assert np.array_equal(short.history[field], long.history[field][:200]), field


def test_one_more_person_leaves_the_others_as_they_were() -> None:
    def people(last: int) -> World:
        teams = [{"name": "a", "members": 3}, {"name": "b", "members": last}]
        return draw_base(prepare(scenario_from({"name": "n", "organisation": {"teams": teams}})), 0)

    four, five = people(4), people(5)
    for field in ("productivity", "speciality"):
        assert np.array_equal(four.members[field], five.members[field][:7])
