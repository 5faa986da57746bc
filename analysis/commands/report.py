"""`rolecall report`: one page to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.commands.exits import tell
from analysis.commands.options import Results
from analysis.commands.printing import drawn

Page = Annotated[
    Path | None,
    typer.Option(
        "--out",
        help="File to write (HTML).",
        show_default="report.html with the results, brief.html if brief",
    ),
]
Brief = Annotated[bool, typer.Option("--brief", help="The first page alone: the answer, on one A4 page.")]


def report(results: Results, *, out: Page = None, brief: Brief = False) -> None:
    """Write one HTML file to hand on.

    Its first page is the answer: three lines, a figure, what each structure is
    made of, limits. Then tables, the organisation as given, every assumption, and
    how to make it again. It needs no network and prints well.
    """
    from analysis.reports.ask import report as report_

    with drawn() as told:
        page = report_(results, out=out, brief=brief, tell=told)
    tell(f"report: {page}")
