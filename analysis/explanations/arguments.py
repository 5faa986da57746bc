"""What a command that renews a page is asked for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sim.scenario import Scenario, load
from sim.scenario.reading.problems import ScenarioError


def parser_of(module: str, purpose: str, page: str) -> ArgumentParser:
    """The options of all such commands; what is wrong with them ends the command with code 2."""
    parser = ArgumentParser(f"python -m {module}", description=purpose)
    parser.add_argument("--scenario", type=Path, default=Path("scenarios/scaleup.yaml"))
    parser.add_argument(
        "--futures", type=int, default=400, help="behind each figure, 2 or more (%(default)s)"
    )
    parser.add_argument("--step-hours", type=float, help="in place of the scenario's; 8 for a quick look")
    parser.add_argument("--page", type=Path, default=Path(page))
    return parser


def read(parser: ArgumentParser, given: list[str]) -> tuple[Namespace, Scenario]:
    """The options, and the scenario that they mean."""
    asked = parser.parse_args(given)
    if asked.futures < 2:
        parser.error("--futures: an interval needs at least 2")
    try:
        scenario = load(asked.scenario)
        return asked, scenario.with_changes({"step_hours": asked.step_hours or scenario.step_hours})
    except (ScenarioError, OSError) as error:
        parser.error(str(error))
