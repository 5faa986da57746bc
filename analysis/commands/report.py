"""`rolecall report`: one page to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import tell
from analysis.commands.options import Results

Page = Annotated[
    Path | None,
    typer.Option("--out", help="File to write (HTML).", show_default="report.html with the results"),
]


def report(results: Results, *, out: Page = None) -> None:
    """Write one HTML file to hand on.

    Verdict, figures, tables, the organisation as given, every assumption, limits,
    and how to make it again. It needs no network and prints well.
    """
    from analysis.reports.ask import report as report_

    tell(f"report: {report_(results, out=out)}")
