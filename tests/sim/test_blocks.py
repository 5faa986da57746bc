"""The runs of a block share memory, one after the other; each is what it would be by itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.clocks.simulate import outcomes_of, run_world, simulate, simulate_block
from sim.outcomes.money import net_so_far
from sim.scenario import Scenario, scenario_from
from sim.world import Pool, Task, World
from sim.world.copies import laid_out, one_row
from sim.world.tables.row import CACHE_LINE


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Everything that a run changes: services, specialists, hours, a change on a day, another head-count."""
    return scenario_from(
        {
            "name": "everything",
            "horizon_days": 40,
            "step_hours": 4,
            "structures": ["merged", "separated", "agile"],
            "unequal_managers": {"separated": 8},
            "reorganisation": {"from": "merged", "to": "agile", "day": 20},
            "organisation": {"specialists": {"security": 1}},
            "portfolio": {"services": {"count": 4, "tickets_a_week": 5}},
        }
    )


def alone(prepared: Prepared, replications: range) -> Iterator[tuple[str, int, dict[str, float]]]:
    for replication in replications:
        for structure in prepared.structures:
            yield (
                structure.name,
                replication,
                simulate(prepare(prepared.scenario), structure.name, replication),
            )


def the_same(one: dict[str, float] | None, other: dict[str, float]) -> bool:
    assert one is not None and one.keys() == other.keys()
    return np.array_equal(list(one.values()), list(other.values()), equal_nan=True)


def test_a_block_gives_what_each_run_gives_by_itself(scenario: Scenario) -> None:
    prepared, replications = prepare(scenario), range(3)
    runs = simulate_block(prepared, replications)
    expected = list(alone(prepared, replications))
    assert [run[:2] for run in runs] == [run[:2] for run in expected]
    assert all(the_same(run[2], own[2]) for run, own in zip(runs, expected, strict=True))
    assert len({run[2]["net_value_a_year"] for run in expected}) == len(expected), "no two are alike"


def test_what_is_kept_of_a_run_outlives_its_world(scenario: Scenario) -> None:
    """Net value day by day, of worlds whose memory has gone to others since."""
    prepared = prepare(scenario)
    runs = simulate_block(prepared, range(3), lambda _, world: {"net": net_so_far(world)})
    for structure, replication, kept, _ in runs:
        world = run_world(prepared, draw_base(prepared, replication), structure, replication)
        assert kept is not None and np.array_equal(kept["net"], net_so_far(world))


def fails_once(prepared: Prepared, world: World) -> dict[str, float]:
    """Outcomes of every run but that of eight managers in the second future."""
    if (len(world.managers), int(world.clock["replication"][0])) == (8, 1):
        raise FloatingPointError("not a number")
    return outcomes_of(prepared, world)


def test_a_run_that_cannot_be_reduced_takes_no_other_along(scenario: Scenario) -> None:
    prepared = prepare(scenario)
    runs = simulate_block(prepared, range(3), fails_once)
    errors = {run[:2]: run[3] for run in runs if run[3] is not None}
    assert errors == {("separated with 8 managers", 1): "FloatingPointError: not a number"}
    whole = {run[:2]: run[2] for run in simulate_block(prepared, range(3))}
    assert all(the_same(whole[run[:2]], run[2]) for run in runs if run[2] is not None)


@pytest.mark.parametrize("length", [5, 400, 0])
def test_tables_are_copied_or_blank_and_begin_cache_lines_of_their_own(length: int) -> None:
    tasks = np.frombuffer(np.random.default_rng(0).bytes(length * Task.dtype.itemsize), Task.dtype)
    made = laid_out({"tasks": tasks, "pools": one_row(Pool.dtype, units=3)}, {"teams": (length, Task.dtype)})
    assert made["tasks"].tobytes() == tasks.tobytes() and made["pools"]["units"].tolist() == [3]
    assert made["teams"].tobytes() == bytes(length * Task.dtype.itemsize)
    starts = [table.__array_interface__["data"][0] for table in made.values()]
    assert not any(start % CACHE_LINE for start in starts)
    made["tasks"].view(np.uint8)[:] = 255  # nobody else's memory
    assert made["pools"]["units"].tolist() == [3] and not made["teams"].view(np.uint8).any()
