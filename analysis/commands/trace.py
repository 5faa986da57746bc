"""`rolecall trace`: one run, told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.exits import USERS, say, tell
from analysis.commands.options import MOST_REPLICATIONS, OneScenario, Out, Seed
from analysis.commands.printing import terminal

if TYPE_CHECKING:
    from analysis.story.result import Trace
    from sim.scenario import Scenario


def trace(
    scenario: OneScenario,
    *,
    structure: Annotated[
        str | None, typer.Option(help="Which structure.", show_default="the current one")
    ] = None,
    replication: Annotated[int, typer.Option(help="Which run of a batch, from 0.")] = 0,
    project: Annotated[
        int | None, typer.Option(help="Which project to explain.", show_default="the most delayed")
    ] = None,
    seed: Seed = None,
    out: Out = Path("results"),
) -> None:
    """Tell one run: what happened, and why it took so long.

    A log in words, what held each project up, each manager's in-tray and hours.
    It is the run of that number in a batch of the same scenario and seed.
    """
    from sim.scenario import load

    given = load(scenario)  # before anything heavy: a mistake in the file is told at once
    _check(scenario, given, structure, replication)
    from analysis.commands.printing import watched
    from analysis.story.ask import trace as trace_
    from analysis.story.files import refuse_unwritable, write_trace
    from analysis.story.table import print_trace

    refuse_unwritable(out)  # before the run: nobody should wait for an answer to learn that it was not kept
    with watched():
        told = trace_(given, structure, replication, seed=seed)
    _check_project(told, project)
    print_trace(terminal(), told, project)
    for file in write_trace(told, out, project):
        kind = {".csv": "table", ".txt": "log"}.get(file.suffix, "figure")
        tell(f"{kind}: {file}")


def _check(path: Path, given: Scenario, structure: str | None, replication: int) -> None:
    """Which run: one line and the user's exit code for one that there is not."""
    from sim.scenario.reading.problems import one_line, suggest

    names = tuple(s.name for s in given.all_structures())
    if structure is not None and structure not in names:
        say(one_line(f"--structure: {path} does not compare {structure!r}; {suggest(structure, names)}"))
        raise typer.Exit(USERS)
    if not 0 <= replication < MOST_REPLICATIONS:
        say(f"--replication: is {replication}; give a number from 0 to {MOST_REPLICATIONS - 1:,}")
        raise typer.Exit(USERS)


def _check_project(told: Trace, project: int | None) -> None:
    if project is None:
        return
    try:
        told.row_of(project)
    except KeyError as error:
        came = [int(p) for p in told.projects["project"]] if len(told.projects) else []
        stayed = "came and stayed" if len(told.elsewhere) else "came"
        right = f"give one from {came[0]} to {came[-1]} that {stayed}" if came else f"no project {stayed}"
        say(f"--project: {error.args[0]}; {right}")
        raise typer.Exit(USERS) from None
