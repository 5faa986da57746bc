"""One switch leaves rules uncompiled: the same results, bit for bit, without a compiler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.engine.switch import SWITCH, UNCOMPILED
from sim.scenario import scenario_from

ROOT = Path(__file__).parents[2]

SHORT = {
    "name": "short",
    "horizon_days": 40,
    "step_hours": 4,
    "organisation": {"teams": {"count": 3, "members": 5, "skills": ["web", "data"]}},
    "portfolio": {"services": {"count": 2, "tickets_a_week": 3}},
}

RUN = """
import json, sys
from sim.building.preparation import prepare
from sim.clocks.simulate import simulate_block
from sim.scenario import scenario_from
prepared = prepare(scenario_from(json.loads(sys.argv[1])))
outcomes = [repr(outcomes) for _, _, outcomes, _ in simulate_block(prepared, range(2))]
print(json.dumps([outcomes, "numba" in sys.modules]))
"""


def with_the_switch(setting: str, program: str, *words: str) -> str:
    """What a program prints that runs with the switch set."""
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        env={**os.environ, SWITCH: setting},
        capture_output=True,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(UNCOMPILED, reason="nothing is compiled to compare with")
def test_a_run_without_the_compiler_has_the_same_outcomes_to_the_last_bit() -> None:
    outcomes, compiler_loaded = json.loads(with_the_switch("1", RUN, json.dumps(SHORT)))
    assert not compiler_loaded
    runs = simulate_block(prepare(scenario_from(SHORT)), range(2))
    assert [repr(run) for _, _, run, _ in runs] == outcomes
    assert len(outcomes) > 2 and "None" not in outcomes


@pytest.mark.parametrize(("setting", "off"), [("1", True), ("0", False), ("", False)])
def test_the_switch_is_on_by_any_setting_but_0_and_nothing(setting: str, off: bool) -> None:
    said = with_the_switch(setting, "from sim.engine.switch import UNCOMPILED; print(UNCOMPILED)")
    assert said == f"{off}\n"
