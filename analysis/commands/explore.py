"""`rolecall explore`: a page on this machine on which numbers are moved and the answer follows."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import say, tell
from analysis.commands.options import Jobs, Out, Seed

EXAMPLE = Path("scenarios/scaleup.yaml")

Scenario = Annotated[
    Path, typer.Argument(metavar="[SCENARIO]", help="Scenario file (YAML).", show_default="the example's")
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page, or print its address.")]


def explore(
    scenario: Scenario = EXAMPLE,
    *,
    browser: Browser = True,
    jobs: Jobs = None,
    seed: Seed = None,
    out: Out = Path("results"),
) -> None:
    """Move numbers on a page and see the answer change.

    The page is this machine's alone: no other machine, and no other page, can
    ask it anything. Futures over the sliders are lived through meanwhile, and
    kept. Ctrl-C ends it.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    from analysis.extras import need

    need("uvicorn", "explore")
    from analysis.explore import live
    from analysis.explore.exploration import exploration
    from analysis.explore.server import Served, background, listening, run_server
    from sim.clocks.simulate import ensure_compiled

    now = exploration(given, jobs=jobs, seed=seed, out=out)
    ensure_compiled(say)

    def opened(address: str) -> None:
        tell(f"{address}")
        if not browser or not webbrowser.open(address):
            say("open this address in a browser on this machine; Ctrl-C ends it")

    with background(now):
        run_server(Served(now, scenario, live.Threads(jobs)), listening(), opened)
