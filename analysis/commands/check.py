"""`rolecall check`: whether scenario files are fine."""

from __future__ import annotations

import typer

from analysis.commands.options import Scenarios
from analysis.commands.scenarios import in_short, load_all


def check(scenarios: Scenarios) -> None:
    """Say if scenario files are fine, or all that is wrong."""
    for path, scenario in zip(scenarios, load_all(scenarios), strict=True):
        typer.echo(f"{path}: fine – {in_short(scenario)}")
