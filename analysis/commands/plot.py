"""`rolecall plot`: the figures of a folder of results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import say, tell
from analysis.commands.options import Results
from analysis.commands.printing import asked_for, drawn

Into = Annotated[
    Path | None, typer.Option("--out", help="Folder for the figures.", show_default="the results' own")
]
Shown = Annotated[
    list[str] | None,
    typer.Option(
        "--show",
        metavar="OUTCOME",
        help="Of a sweep, only the curve of this outcome; may be repeated.",
        show_default="every figure",
    ),
]


def plot(results: Results, *, out: Into = None, show: Shown = None) -> None:
    """Draw the figures of a folder of results.

    PNG for slides, SVG for print: the decision, the spread of outcomes, the odds,
    the flow over time, attention by duty and role; or what a sweep varies: of
    that, --show draws the curve of any outcome.
    """
    asked = asked_for(show)
    from analysis.plots.ask import plot as plot_

    with drawn() as told:
        plots = plot_(results, out=out, show=asked, tell=told)
    for file in plots.files:
        tell(f"{'table' if file.suffix == '.csv' else 'figure'}: {file}")
    for line in plots.left_out:
        say(f"left out: {line}")
    for line in plots.remarks:
        say(f"note: {line}")
