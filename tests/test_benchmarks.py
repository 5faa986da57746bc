"""What benchmarks measure is what they say that they measure."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np

import benchmarks
from benchmarks.lines import budgets, rooms
from benchmarks.machine import ring, walk
from benchmarks.organisations import enlarged, example
from sim.scenario import Scenario


def sizes(scenario: Scenario) -> dict[str, float]:
    """How many there are of everything that an organisation has."""
    projects, services = scenario.portfolio.projects, scenario.portfolio.services
    assert projects is not None and services is not None
    return {
        "members": sum(team.members for team in scenario.teams),
        "managers": scenario.managers,
        "specialists": sum(scenario.pools.values()),
        "clients": scenario.portfolio.clients,
        "projects at the start": projects.at_start,
        "projects a year": projects.a_year,
        "tickets a week": services.count * services.tickets_a_week,
    }


def test_a_larger_organisation_has_as_much_more_of_everything() -> None:
    assert sizes(enlarged(10)) == {what: 10 * many for what, many in sizes(example()).items()}


def test_every_benchmark_knows_the_rules_that_it_measures() -> None:
    for module in pkgutil.iter_modules(benchmarks.__path__, "benchmarks."):
        importlib.import_module(module.name)


def test_a_walk_for_the_waits_visits_every_row_of_its_memory_once() -> None:
    table = ring(1)
    assert table.nbytes == 2**20
    assert np.array_equal(np.sort(table[:, 0]), np.arange(len(table)))
    steps, row = 1, table[0, 0]
    while row != 0:
        steps, row = steps + 1, table[row, 0]
    assert steps == len(table)
    assert walk(table) == 0


def test_every_budget_of_lines_is_of_rooms_that_there_are() -> None:
    there = rooms()
    assert {room for shared in budgets() for room in shared} <= set(there)
    assert sum(there.values()) > 10_000
