"""The compiled run: no memory management inside, and a cache that can neither lie nor stop the start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.engine import compiled
from sim.scenario import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _forget_folders():  # type: ignore[no-untyped-def]
    """The cache folder is looked for once; let each test look again."""
    compiled.cache_folder.cache_clear()
    yield
    compiled.cache_folder.cache_clear()


COMPILE_AFRESH = """
import sys
from sim.engine import compiled
from sim.building.replication import draw_base
from sim.building.staff import organise
from sim.building.preparation import prepare
from sim.scenario import scenario_from
prepared = prepare(scenario_from({"name": "n", "horizon_days": 20, "structures": ["merged"]}))
world = organise(prepared, draw_base(prepared, 0), "merged")
run = compiled.entry_point("run")
assert run(world, 20) == 20
assert compiled.cache_folder() is None
(code,) = run.inspect_llvm().values()
memory = ("NRT_incref", "NRT_decref", "NRT_Allocate", "NRT_MemInfo")
print(len(code), *(word for word in memory if word in code))
"""


@pytest.mark.slow
def test_with_nowhere_to_keep_it_the_run_is_compiled_all_the_same_and_manages_no_memory(
    tmp_path: Path,
) -> None:
    """Compiles afresh, in a process of its own, with no folder that can be made."""
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-c", COMPILE_AFRESH],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "file" / "cache")},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    size, *words = done.stdout.split()
    assert int(size) > 100_000, "this is the whole run"
    assert not words
    assert done.stderr.count("compiled code is not kept") == 1


def test_a_rule_that_allocates_is_refused() -> None:
    import numba

    def listing(n: int) -> int:
        return len([2 * k for k in range(n)])

    with pytest.raises(Exception, match="NRT required but not enabled"):
        numba.njit(**compiled.RULE_OPTIONS)(listing)(3)


def test_every_module_of_rules_is_compiled() -> None:
    names = {module.__name__ for module in compiled.rule_modules()}
    files = {f"sim.rules.{path.stem}" for path in (ROOT / "sim" / "rules").glob("[!_]*.py")}
    assert files | {"sim.rules.day", "sim.rules.wiring"} <= names


def test_each_rule_is_compiled_once() -> None:
    rules = list(compiled.rules())
    assert len(rules) == len(set(rules)) > 80


def test_a_change_in_any_rule_is_noticed(tmp_path: Path) -> None:
    model = tmp_path / "sim"
    shutil.copytree(ROOT / "sim", model, ignore=shutil.ignore_patterns("__pycache__"))
    before = compiled.source_hash(model)
    assert before == compiled.source_hash()
    hashes = {before}
    changed = [Path(str(module.__file__)) for module in compiled.rule_modules()]
    for path in changed:
        with (model / path.relative_to(ROOT / "sim")).open("a") as source:
            source.write("\n# another thought\n")
        hashes.add(compiled.source_hash(model))
    assert len(hashes) == 1 + len(changed)


def test_the_cache_lies_in_the_users_folder_named_by_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert compiled.cache_folder() == tmp_path / "rolecall" / compiled.source_hash()


def test_a_folder_for_the_cache_that_is_named_relative_to_where_one_stands_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", ".")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = compiled.cache_folder()
    assert folder is not None and folder.is_relative_to(tmp_path / "home" / ".cache")


FETCH_ONE = (
    "from sim.engine import compiled; compiled.entry_point('link_layers'); print(compiled.cache_folder())"
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
    assert compiled.entry_point("run")(world, 10) == 10
    world.clock["fault"] = 1
    assert compiled.entry_point("run")(world, 10) == 0
    assert world.clock["step"][0] == 10
