"""`rolecall assumptions`: the numbers that the model rests on."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.exits import USERS, say
from analysis.commands.printing import terminal


def assumptions(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Only those whose name contains one of these."),
    ] = None,
) -> None:
    """Print the numbers that the model rests on.

    Each with its range, unit, meaning and source.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from sim.scenario.assumptions import load_assumptions

    known = load_assumptions().values()
    chosen = [a for a in known if not names or any(part.lower() in a.name for part in names)]
    if not chosen:
        say(f"no assumption is called {' or '.join(names or [])}; `rolecall assumptions` lists them all")
        raise typer.Exit(USERS)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("assumption", "value", "range", "unit", "meaning and source"):
        table.add_column(heading, justify="right" if heading == "value" else "left", overflow="fold")
    for a in chosen:
        meaning = Text.assemble(f"{a.meaning} ", (f"[{a.source}]", "dim"))
        table.add_row(a.name, f"{a.value:g}", f"{a.low:g} to {a.high:g}", a.unit, meaning)
    terminal().print(table)
