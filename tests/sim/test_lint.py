"""Mistakes in rules: told as file, line and remedy, a line each, before the compiler sees them or by it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine import compilation, lint

ROOT = Path(__file__).parents[2]

NOTHING = "nothing may be allocated"

MISTAKES = {
    "done = [task_id]": f"a list; {NOTHING}",
    "done = {1: task_id}": f"a dict; {NOTHING}",
    "done = {task_id}": f"a set; {NOTHING}",
    "done = (task_id, 1)": f"a tuple as a value; {NOTHING}",
    "done = [k for k in range(3)]": f"a list is made; {NOTHING}",
    "done = max(k for k in range(3))": f"a generator; {NOTHING}",
    "done = sum(world.due)": "sum() is called; write a loop over row numbers",
    "done = pow(world.tasks[task_id].remaining, 2)": "`**` may round otherwise when it is compiled",
    "def inner(): pass": "a function within a rule; write a rule of its own",
    "class Inner: pass": "a class within a rule; rows are declared in sim.world.tables",
    "global steps": "a global; what a run changes stands in rows",
    "assert task_id >= 0": "an assertion; rules raise nothing",
    "match task_id:\n        case 0: pass": "a match statement; write if and elif",
    "done = f'{task_id}'": f"text is made; {NOTHING}",
    "done = 'late'": f"text; {NOTHING}",
    "done = sorted(world.due)": f"sorted() is called; {NOTHING}",
    "raise ValueError": "an error is raised; rules raise none",
    "import numpy": "numpy is imported; a rule needs only math, sim.world and sim.rules",
    "from sim.scenario import load": "sim.scenario is imported; a rule needs only math",
    "done = world.tasks[task_id].remaining**2": "`**` may round otherwise when it is compiled; write x * x",
    "for task in world.tasks: pass": "a loop over a table; walk a queue, or write for row in range",
    "world.tasks[task_id].remainig = 0.0": "a row of tasks has no field remainig; did you mean remaining?",
    "row = world.tasks[task_id]; row.remainig = 0.0": "a row of tasks has no field remainig; did you",
    "done = world.task[task_id].state": "no table of the world is called task; did you mean tasks?",
    "given = world.given[0]; done = given.limbo_day": "no assumption is called limbo_day; did you mean limbo",
    "done = world.given[0].limbo_day": "no assumption is called limbo_day; did you mean limbo_days?",
}

FINE = """
    clock = world.clock[0]
    first, second = world.tasks[task_id].remaining, clock.now
    if world.tasks[task_id].state in (0, 1):
        first = second
    row = world.tasks[task_id]
    row = world.members[row.member]
    row.fatigue = first * first
    return first, second
"""


def rule(folder: Path, body: str) -> Path:
    """A file of one rule, whose body begins in line 4."""
    path = folder / "planted.py"
    path.write_text(f"from sim.world import World\n\ndef planted(world: World, task_id: int):\n    {body}\n")
    return path


@pytest.mark.parametrize(("body", "told"), MISTAKES.items())
def test_a_mistake_is_one_line_with_file_line_and_remedy(tmp_path: Path, body: str, told: str) -> None:
    (line,) = lint.mistakes(rule(tmp_path, body))
    assert line.startswith(f"{tmp_path / 'planted.py'}:4: {told}")
    assert ";" in line


def test_what_may_be_something_else_is_not_called_a_mistake(tmp_path: Path) -> None:
    assert lint.mistakes(rule(tmp_path, FINE.strip())) == []


@pytest.mark.parametrize("module", compilation.rule_modules(), ids=lambda module: module.__name__)
def test_no_rule_has_a_mistake(module: object) -> None:
    assert lint.mistakes(Path(str(module.__file__))) == []  # type: ignore[attr-defined]


# --- as a user meets them ----------------------------------------------------------------------------------

BEFORE = "    first = int(luck[task, 0] * width)\n"
DRAFTING = ROOT / "sim" / "rules" / "drafting.py"
SLIP = f"sim/rules/drafting.py:{DRAFTING.read_text().split(BEFORE)[0].count(chr(10)) + 1}"


def ran_with(folder: Path, planted: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a program whose copy of the model has a slip in `rules/drafting.py`, at `SLIP`."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "scenarios" / "startup.yaml", folder)
    path = folder / "sim" / "rules" / "drafting.py"
    source = path.read_text()
    assert source.count(BEFORE) == 1
    path.write_text(source.replace(BEFORE, f"    {planted}\n{BEFORE}"))
    (folder / "cache").mkdir(mode=0o700)
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "ROLECALL_UNCOMPILED": "",
        },
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )


SLIPS = {
    "done = [task]": f"a list; {NOTHING}; use the fields of rows, and NONE for no row",
    "width += unheard_of": "NameError: name 'unheard_of' is not defined",
}
"""One that is found in the source, and one that only the compiler finds."""


@pytest.mark.parametrize(("planted", "told"), SLIPS.items())
def test_a_command_tells_a_slip_in_a_rule_without_a_traceback(
    tmp_path: Path, planted: str, told: str
) -> None:
    done = ran_with(tmp_path, planted, "-m", "analysis", "run", "startup.yaml", "--replications", "1")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if not line.startswith("compiling once")]
    assert lines == [f"{SLIP}: {told}"]


TEST = """
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate
from sim.scenario import load

def test_it():
    simulate(prepare(load("startup.yaml")), "merged", 0)
"""


@pytest.mark.parametrize(("planted", "told"), SLIPS.items())
def test_pytest_tells_it_likewise(tmp_path: Path, planted: str, told: str) -> None:
    (tmp_path / "test_it.py").write_text(TEST)
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    done = ran_with(tmp_path, planted, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py")
    assert done.returncode == 1
    assert f"\n{SLIP}: {told}\n" in done.stdout
    assert "Traceback" not in done.stdout and len(done.stdout.splitlines()) < 15
