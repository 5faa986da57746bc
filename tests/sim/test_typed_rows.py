"""Rows are typed: a table is declared once, and whoever misspells a field or an assumption is told."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.scenario.assumptions import load_assumptions
from sim.scenario.row_of_assumptions import PLACE, source
from sim.world import DTYPES, Assumptions, Manager, Row, World, f64, i8, i32
from sim.world.rows import as_objects, as_table
from sim.world.tables.row import CACHE_LINE

ROOT = Path(__file__).parents[2]

PLANTED = """
from sim.rules.queues import join
from sim.world import World


def a_rule(world: World, member_id: int) -> float:
    given = world.given[0]
    member = world.members[member_id]
    member.fatigue += given.fatigue_gain
    member.fatige = 0.0  # refused: "fatigue"
    member.team = 0.5  # refused: "int"
    world.managers[0].left -= given.ramp_day  # refused: "ramp_days"
    world.clocks[0].now = 1.0  # refused: "clocks"
    world.successors[0] = 1
    world.successors[0].state = 1  # refused: "state"
    join(world.queues, 0, world.members, member_id, 0.0)
    join(world.queues, 0, world.teams, 0, 0.0)  # refused: "Table[Linked]"
    return member.productivity
"""


def test_the_type_checker_refuses_a_rule_that_misspells_a_field_or_an_assumption(tmp_path: Path) -> None:
    rule = tmp_path / "planted.py"
    rule.write_text(PLANTED)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(rule)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = {int(line): said for line, said in re.findall(r"planted\.py:(\d+): (error: .*)", checked.stdout)}
    due = {
        number: refused[1]
        for number, line in enumerate(PLANTED.splitlines(), 1)
        if (refused := re.search(r'# refused: ("\S+")', line))
    }
    assert set(told) == set(due), checked.stdout + checked.stderr
    assert all(due[line] in said for line, said in told.items()), checked.stdout


def test_every_assumption_is_a_field_of_the_row_that_rules_know() -> None:
    renew = "renew it: python -m sim.scenario.row_of_assumptions"
    assert tuple(Assumptions.fields) == tuple(load_assumptions()), renew
    assert PLACE.read_text(encoding="utf-8") == source(), renew


def test_a_row_of_the_mesa_clock_has_the_fields_of_its_table_and_no_others() -> None:
    manager = Manager()
    for field in DTYPES["managers"].names or ():
        setattr(manager, field, 1)
    with pytest.raises(AttributeError):
        manager.lft = 1


def test_every_table_has_a_dtype_and_its_rows_come_back_as_they_were() -> None:
    assert tuple(DTYPES) == World._fields
    for dtype in DTYPES.values():
        table = np.frombuffer(np.ones(2 * dtype.itemsize, np.int8).tobytes(), dtype)
        back = as_table(as_objects(table), dtype)
        assert all(np.array_equal(back[f], table[f]) for f in dtype.names or ((),))


def test_a_field_that_is_to_begin_a_cache_line_and_does_not_is_told_with_a_remedy() -> None:
    with pytest.raises(
        ValueError, match=r"a8 is to begin .* byte 64 and .* byte 56: move .* 8 bytes .* or name a9"
    ):

        class Short(Row, lines=("a1", "a8")):
            a1: f64
            a2: f64
            a3: f64
            a4: f64
            a5: f64
            a6: f64
            a7: f64
            a8: f64
            a9: f64

    with pytest.raises(ValueError, match="names b, which is no field"):

        class Absent(Row, lines=("a", "b")):
            a: f64


def test_rows_of_large_tables_fill_whole_cache_lines() -> None:
    for name in ("projects", "tasks", "members", "teams", "matters"):
        assert DTYPES[name].itemsize % CACHE_LINE == 0


def test_a_declaration_gives_the_dtype_in_its_order_and_aligned() -> None:
    class Small(Row):
        yes: i8
        share: f64
        count: i32

    assert Small.dtype == np.dtype([("yes", "i1"), ("share", "f8"), ("count", "i4")], align=True)


def test_a_field_of_a_kind_that_no_table_holds_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Wrong.name is <class 'str'>: a field is one of i32, i16, i8, f64"):

        class Wrong(Row):
            name: str
