"""The compiled run: no memory management inside, and a cache that can neither lie nor stop the start."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.clocks.simulate import ensure_compiled
from sim.engine import compilation
from sim.engine.kept_code import keep
from sim.engine.news import Telling
from sim.safety.private_folder import SEAL_BYTES, private_folder
from sim.scenario import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _forget_folders():  # type: ignore[no-untyped-def]
    """The cache folder is looked for once; let each test look again."""
    compilation.cache_folder.cache_clear()
    yield
    compilation.cache_folder.cache_clear()


AFRESH = """
from sim.engine import compilation
from sim.building.projects import draw_work
from sim.building.preparation import prepare
from sim.scenario import scenario_from
prepared = prepare(scenario_from({"name": "n", "horizon_days": 20}))
assert len(draw_work(prepared.scenario, prepared.values, 0).edge_from)
assert compilation.cache_folder() is None
"""


def test_with_nowhere_to_keep_it_code_is_compiled_all_the_same(tmp_path: Path) -> None:
    """In a process of its own, with no folder that can be made; drawing tasks takes the smallest function."""
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-c", AFRESH],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "file" / "cache")},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("compiled code is not kept") == 1


def machine_code(folder: Path) -> dict[str, bytes]:
    """The machine code of each function that is kept in a folder."""
    contents = {path: path.read_bytes()[SEAL_BYTES:] for path in folder.glob("*.code")}
    libraries = [pickle.loads(content)[0] for content in contents.values()]
    return {name: code for name, kind, (code, _) in libraries if kind == "object"}


def allocating(n: int) -> float:
    return float(np.zeros(n).sum())


def test_no_part_of_a_run_manages_memory(tmp_path: Path) -> None:
    """Read from the machine code that runs: what allocates calls numba's memory runtime by its name."""
    ensure_compiled()
    folder = compilation.cache_folder()
    assert folder is not None, "tests need a folder in which compiled code can be kept"
    run = machine_code(folder)
    assert set(run) == set(compilation.ENTRY_POINTS)
    assert len(run["run"]) > 100_000, "this is the whole run"
    assert [name for name, code in run.items() if b"NRT_" in code] == []

    other = private_folder(tmp_path, "cache")
    keep(numba.njit(allocating), other, Telling())(3)
    assert b"NRT_" in machine_code(other)["allocating"]


def test_a_rule_that_allocates_is_refused() -> None:
    def listing(n: int) -> int:
        return len([2 * k for k in range(n)])

    with pytest.raises(Exception, match="NRT required but not enabled"):
        numba.njit(**compilation.RULE_OPTIONS)(listing)(3)


def test_where_numba_has_changed_rules_get_the_world_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["sim.engine.by_reference", "sim.engine.late_linking"]
    for name in names:
        monkeypatch.setitem(sys.modules, name, None)  # as if it did not fit
    assert compilation.compilers() == ({}, {})
    handed_on = compilation.hands_on_world()

    class Few(NamedTuple):
        hours: Any
        days: Any

    @numba.njit(**compilation.RULE_OPTIONS)
    def first_hour(tables: Few) -> float:
        return float(handed_on(tables).hours[0])

    assert first_hour(Few(np.array([7.0]), np.array([2.0]))) == 7.0


def test_every_module_of_rules_is_compiled() -> None:
    names = {module.__name__ for module in compilation.rule_modules()}
    files = {f"sim.rules.{path.stem}" for path in (ROOT / "sim" / "rules").glob("[!_]*.py")}
    assert files | {"sim.rules.day", "sim.rules.wiring"} <= names


def test_each_rule_is_compiled_once() -> None:
    rules = list(compilation.rules())
    assert len(rules) == len(set(rules)) > 80


def test_a_change_in_any_rule_is_noticed(tmp_path: Path) -> None:
    model = tmp_path / "sim"
    shutil.copytree(ROOT / "sim", model, ignore=shutil.ignore_patterns("__pycache__"))
    before = compilation.source_hash(model)
    assert before == compilation.source_hash()
    hashes = {before}
    changed = [Path(str(module.__file__)) for module in compilation.rule_modules()]
    for path in changed:
        with (model / path.relative_to(ROOT / "sim")).open("a") as source:
            source.write("\n# another thought\n")
        hashes.add(compilation.source_hash(model))
    assert len(hashes) == 1 + len(changed)


def test_the_cache_lies_in_the_users_folder_named_by_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compilation.cache_folder() == tmp_path / "rolecall" / compilation.source_hash()


def test_a_folder_for_the_cache_that_is_named_relative_to_where_one_stands_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", ".")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = compilation.cache_folder()
    assert folder is not None and folder.is_relative_to(tmp_path / "home" / ".cache")


FETCH_ONE = (
    "from sim.engine import compilation as engine; engine.entry_point('link_layers');"
    "print(engine.cache_folder())"
)


def test_where_nothing_can_be_kept_no_other_folder_is_taken_and_it_is_said_once(tmp_path: Path) -> None:
    """Least of all one in the shared temporary folder, which somebody else may have made beforehand."""
    home = tmp_path / "home"
    home.mkdir(mode=0o777)
    home.chmod(0o777)
    done = subprocess.run(
        [sys.executable, "-c", FETCH_ONE],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(home), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.stdout == "None\n", done.stderr
    (said,) = done.stderr.splitlines()
    assert said == (
        f"compiled code is not kept, every start compiles anew: {home} can be written by other users"
        " (right: chmod go-w)"
    )
    assert list(tmp_path.iterdir()) == [home] and not list(home.iterdir())


def test_the_run_stops_when_luck_has_run_out() -> None:
    prepared = prepare(load(ROOT / "scenarios" / "scaleup.yaml"))
    world = organise(prepared, draw_base(prepared, 0), "merged")
    assert compilation.entry_point("run")(world, 10) == 10
    world.clock["fault"] = 1
    assert compilation.entry_point("run")(world, 10) == 0
    assert world.clock["step"][0] == 10
