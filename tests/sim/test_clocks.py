"""Both clocks tell the same story: after every day, the rows of agents and compiled run are the same bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.building.preparation import Prepared, prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.mesa_model import DeliveryOrganisation
from sim.engine.compilation import entry_point
from sim.scenario import Scenario, load
from sim.scenario.structures import PRESETS
from sim.vocabulary import DUTIES
from sim.world import World
from tests.examples import examples
from tests.strategies import given_plans, scenarios

ROOT = Path(__file__).parents[2]
EXAMPLES = [ROOT / "scenarios" / f"{name}.yaml" for name in ("erp", "scaleup")]
NEVER_CHANGE = {"given", "duties", "roles", "successors", "ties", "needs", "exceptions", "changes"}


def as_numbers(rows: Any, fields: tuple[str, ...] | None) -> list[Any]:
    """A table of the Mesa clock, as `tolist` gives that of the compiled one."""
    if fields is None:
        return list(rows)
    if len(fields) == 1:
        return [(getattr(row, fields[0]),) for row in rows]
    return list(map(attrgetter(*fields), rows))


def first_difference(name: str, agents: list[Any], table: np.ndarray) -> str:
    """In words: which row and field of a table differ, and how."""
    fields = table.dtype.names or ("",)
    for k, (one, other) in enumerate(zip(agents, table.tolist(), strict=True)):
        for field, a, b in zip(fields, np.atleast_1d(one), np.atleast_1d(other), strict=True):
            if a != b:
                return f"{name}[{k}].{field}: {a!r} with agents, {b!r} compiled"
    return f"{name}: no difference found"


def differences(agents: World, compiled: World, tables: set[str]) -> Iterator[str]:
    """The first difference of each table that differs."""
    for name in sorted(tables):
        table = getattr(compiled, name)
        rows = as_numbers(getattr(agents, name), table.dtype.names)
        if rows != table.tolist():
            yield first_difference(name, rows, table)


def bits(table: np.ndarray) -> list[bytes]:
    """The bytes of each field; not of records, which have gaps between fields."""
    return [table[f].tobytes() for f in table.dtype.names] if table.dtype.names else [table.tobytes()]


def both_clocks_agree(
    prepared: Prepared, structure: str, replication: int = 0, days: int | None = None
) -> None:
    """Run both clocks (to the horizon); compare what can change each day, and all to the bit at the end."""
    base = draw_base(prepared, replication)
    compiled = organise(prepared, base, structure)
    model = DeliveryOrganisation(prepared, structure, replication)
    run, steps = entry_point("run"), int(compiled.clock["steps_a_day"][0])
    changing = set(World._fields) - NEVER_CHANGE
    assert not list(differences(model.world, compiled, set(World._fields))), "before the first day"
    for day in range(1, (days or prepared.scenario.horizon_days) + 1):
        run(compiled, steps)
        model.run(days=1)
        found = list(differences(model.world, compiled, changing))
        assert not found, f"{structure}, after day {day}: {'; '.join(found)}"
    tables = model.tables()
    assert all(bits(getattr(tables, n)) == bits(getattr(compiled, n)) for n in World._fields)


@pytest.mark.parametrize("structure", ["merged", "separated", "agile"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_agents_and_compiled_run_agree_on_each_example_on_every_day(path: Path, structure: str) -> None:
    scenario = load(path).with_changes({"step_hours": 8})
    whole = structure == scenario.current
    both_clocks_agree(prepare(scenario), structure, days=None if whole else 150)


@pytest.mark.parametrize("structure", PRESETS)
def test_they_agree_on_the_example_hour_by_hour(structure: str) -> None:
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes(
        {"step_hours": 1, "horizon_days": 40, "structures": list(PRESETS), "current": structure}
    )
    both_clocks_agree(prepare(scenario), structure, replication=3)


@examples(40)
@given(scenarios(), st.data())
def test_they_agree_on_random_organisations(scenario: Scenario, data: st.DataObject) -> None:
    both_clocks_agree(
        prepare(scenario), data.draw(st.sampled_from(scenario.structure_names), label="structure")
    )


@examples(30)
@given(given_plans(), st.data())
def test_they_agree_on_random_given_plans(scenario: Scenario, data: st.DataObject) -> None:
    both_clocks_agree(
        prepare(scenario), data.draw(st.sampled_from(scenario.structure_names), label="structure")
    )


@pytest.mark.parametrize("duty", ["planning", "tracking", "resources", "coordination"])
def test_they_agree_when_nobody_holds_a_duty(duty: str) -> None:
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"horizon_days": 60, "step_hours": 8})
    structure = PRESETS["separated"].without(duty)
    both_clocks_agree(prepare(scenario, (structure,)), structure.name)


def test_they_agree_where_others_take_part_in_duties_and_a_reorganisation_changes_who() -> None:
    """Of each kind, about projects, teams and clients; who is consulted now is accountable afterwards."""
    scenario = load(ROOT / "scenarios" / "scaleup.yaml").with_changes({"horizon_days": 60, "step_hours": 8})
    some = dict.fromkeys(DUTIES[::2], ("project_manager", "delivery_manager"))
    rest = dict.fromkeys(DUTIES[1::2], ("project_manager", "delivery_manager"))
    before = replace(PRESETS["separated"], also_accountable=some, consulted=rest, informed=some)
    after = replace(PRESETS["separated"], name="after", also_accountable=rest, informed=rest)
    structure = before.changing_to(after, 30)
    both_clocks_agree(prepare(scenario, (structure,)), structure.name)


def test_a_difference_is_told_by_table_row_and_field() -> None:
    prepared = prepare(load(ROOT / "scenarios" / "erp.yaml"))
    model = DeliveryOrganisation(prepared, "merged")
    compiled = organise(prepared, draw_base(prepared, 0), "merged")
    compiled.tasks["remaining"][7] += 1e-9
    (found,) = differences(model.world, compiled, set(World._fields))
    assert found.startswith("tasks[7].remaining: ")
