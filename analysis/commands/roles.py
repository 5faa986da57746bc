"""`rolecall roles`: published definitions of roles, as structures to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.exits import tell
from analysis.commands.printing import terminal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.table import Table

    from sim.scenario.role_definitions import Definition

Name = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="Print the matrix of this one.", show_default="a list of all"),
]


def roles(name: Name = None) -> None:
    """Print published definitions of roles.

    Any of them can stand in structures of a scenario. With a name: who holds
    each duty, whether the source says so, and what it is silent on.
    """
    from analysis.exports.definitions import definition_called

    if name is None:
        _print_list()
    else:
        _print_one(definition_called(name))


def _print_list() -> None:
    from analysis.exports.definitions import all_definitions, definition_in_short

    for found in all_definitions():
        terminal().print(f"[bold]{found.name}[/bold]: {found.called}", highlight=False)
        for line in definition_in_short(found):
            _print(line, "  ")
    tell("\n`rolecall roles NAME` prints one; `structures: [NAME, …]` in a scenario compares them.")


def _print_one(found: Definition) -> None:
    from analysis.exports.definitions import IN_MATRIX, about_definition, definition_rows

    _print(f"{found.called}. {found.what}")
    tell()
    terminal().print(_table(IN_MATRIX, definition_rows(found)))
    tell()
    for line in about_definition(found):
        _print(line)
    if found.cannot:
        tell("A structure cannot say all of it:")
    for line in found.cannot:
        _print(line, "  - ")
    tell("Sources:" if found.sources else "No published source.")
    for source in found.sources:
        tell(f"  {source}")


def _print(line: str, begin: str = "") -> None:
    """Print a sentence, broken where the terminal ends; further lines stand below the first."""
    from textwrap import fill

    below = " " * len(begin)
    tell(fill(line, terminal().width, initial_indent=begin, subsequent_indent=below, break_long_words=False))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in head:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
