"""`rolecall structure`: a structure written out, for a scenario or for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from analysis.commands.exits import say, tell

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A preset, or a structure or design of the scenario.")
]
OfScenario = Annotated[
    Path | None,
    typer.Argument(metavar="SCENARIO", help="Scenario file (YAML).", show_default="presets only"),
]
As = Annotated[
    Literal["yaml", "raci", "roles"],
    typer.Option(
        "--as", help="For a scenario (YAML), a table of responsibilities (CSV), or pages of roles (HTML)."
    ),
]
To = Annotated[
    Path | None,
    typer.Option("-o", "--out", metavar="FILE", help="File to write.", show_default="standard output"),
]


def structure(name: Name, scenario: OfScenario = None, *, as_: As = "yaml", out: To = None) -> None:
    """Write a structure out, to use or to hand on.

    As an entry of a scenario, as a table of responsibilities (RACI) that import
    reads, or as a page for each role: what it holds, decides, hands on, for whom,
    and whether it ranks. Also the designs that decide tries beside those listed.
    """
    from analysis.exports.ask import structure as structure_

    done = structure_(name, scenario, form=as_, out=out)
    for note in done.notes:
        say(f"note: {note}")
    tell(f"written: {out}" if out is not None else done.text.removesuffix("\n"))
