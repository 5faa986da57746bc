"""`rolecall explore`: a page on this machine on which numbers are moved and the answer follows."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.exits import say, tell
from analysis.commands.options import Jobs, Out, Seed
from analysis.commands.printing import watched

if TYPE_CHECKING:
    from analysis.explore.exploration import Exploration

EXAMPLE = Path("scenarios/scaleup.yaml")

Scenario = Annotated[
    Path, typer.Argument(metavar="[SCENARIO]", help="Scenario file (YAML).", show_default="the example's")
]
Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Write the page as one file (HTML) instead, and end."),
]
Browser = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page, or print its address.")]


def explore(
    scenario: Scenario = EXAMPLE,
    *,
    browser: Browser = True,
    save: Save = None,
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
    from analysis.results.paths import check_file_to_write

    if save is not None:
        check_file_to_write(save, "page.html")
    else:
        need("uvicorn", "explore")
    from analysis.explore import live
    from analysis.explore.exploration import exploration
    from analysis.explore.server import Served, background, run_server
    from sim.clocks.simulate import ensure_compiled

    now = exploration(given, jobs=jobs, seed=seed, out=out)
    if save is not None:
        _save(now, scenario, save)
        return
    ensure_compiled(say)

    def opened(address: str) -> None:
        tell(f"{address}")
        if not browser or not webbrowser.open(address):
            say("open this address in a browser on this machine; Ctrl-C ends it")

    served = Served(now, scenario, live.Threads(jobs))
    with background(now, served.shown):
        run_server(served, opened)


def _save(now: Exploration, scenario: Path, file: Path) -> None:
    """Live through all of it first, then write the page."""
    from analysis.explore.page_file import keep_page

    with watched() as progress:
        now.run(progress)
    tell(f"page: {keep_page(now, scenario, file)}")
