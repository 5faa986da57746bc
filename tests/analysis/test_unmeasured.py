"""An objective that no future gives anything to measure: every command says so, and that it can be mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.commands.cli import app

WITHOUT_SERVICES = """\
name: Without services
horizon_days: 20
objective: {ticket_level_share: 1}
portfolio: {services: {count: 0}}
"""


@pytest.mark.parametrize(
    "command",
    [
        ["decide", "--max-replications", "5"],
        ["run", "--replications", "5"],
        ["reorganise", "--from", "merged", "--to", "separated", "--day", "5", "--replications", "5"],
        ["tip", "--over", "managers=2..4"],
        ["tip", "--over", "managers=2..4", "--against", "separated"],
        ["why", "--runs", "500"],
        ["why", "--runs", "500", "--against", "separated"],
    ],
    ids=" ".join,
)
def test_an_objective_that_no_run_has_is_the_users_mistake(tmp_path: Path, command: list[str]) -> None:
    scenario = tmp_path / "quiet.yaml"
    scenario.write_text(WITHOUT_SERVICES)
    arguments = [command[0], str(scenario), *command[1:], "--out", str(tmp_path / "results")]
    done = CliRunner().invoke(app, arguments, prog_name="rolecall")
    assert done.exit_code == 2
    assert re.fullmatch(r"objective: none of \d+ futures gives it something to measure .*\n", done.stderr)
