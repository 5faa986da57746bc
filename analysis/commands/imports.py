"""`rolecall import`: a scenario from files of other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from analysis.commands.exits import USERS, say, tell

if TYPE_CHECKING:
    from analysis.imports.ask import Imported
    from analysis.imports.record import Reading
    from sim.scenario.structures import Ranks

_RANKS: tuple[Ranks, ...] = ("nobody", "own", "one", "board")


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES...", help="Files of other programs (CSV, xlsx, XML).")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="The scenario to write; tables of its plan go beside it.",
            show_default="the first file's name, .yaml",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write nothing; print the columns found and what would be written."),
    ] = False,
    columns: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Which column is what, as --dry-run proposes it.", show_default="found"
        ),
    ] = None,
    portfolio: Annotated[
        Literal["generated", "plan", "both"] | None,
        typer.Option(
            help="Projects like those of the files, these very ones, or the open ones and later others.",
            show_default="by the files",
        ),
    ] = None,
    ranks: Annotated[
        Literal["nobody", "own", "one", "board"] | None,
        typer.Option(
            help="Who ranks across projects, which no matrix says.",
            show_default="asked, else own",
        ),
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Leave out what is done; count the work that remains.")
    ] = False,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Write no titles and nothing that may name a person.")
    ] = False,
) -> None:
    """Make a scenario of what other programs export.

    Reads exports of trackers (Jira and others), other tables of items, timesheets,
    plans (MS Project, Primavera) and matrices of responsibilities (RACI). Says
    what it understood, and what it left out and why. Nothing leaves the machine.
    """
    from analysis.imports.ask import import_files, names_of
    from analysis.imports.writing import Wish

    done = import_files(
        files,
        out,
        columns=columns,
        wish=Wish(portfolio, only_open, anonymous, ranks),
        dry_run=dry_run,
        propose=tell if dry_run else lambda text: None,
        ask_ranks=_ask_ranks,
    )
    if dry_run:
        for name, text in done.content.files.items():
            tell(f"# ---- {name}")
            tell(text)
    _report(done)
    path = out or Path(f"{files[0].stem}.yaml")
    listed = names_of(done.content.files, path)
    tell(f"{'would write' if dry_run else 'written'}: {', '.join(listed)}")
    if not dry_run:
        tell(f"Next: rolecall check {path}")


import_.__name__ = "import"  # a word of Python, which no function can be called by


def _answer() -> str:
    words = "Who puts work in order across projects: nobody, own (each theirs), one, or board (all together)"
    try:
        return str(typer.prompt(words, default="own")).strip()
    except typer.Abort:
        say("stopped; nothing was written (--ranks says it)")
        raise typer.Exit(USERS) from None


def _ask_ranks() -> Ranks | None:
    """Who ranks across projects, if there is somebody to ask."""
    if not sys.stdin.isatty():
        return None
    answer = _answer()
    while answer not in _RANKS:
        say(f"  That cannot be: give {', '.join(_RANKS[:-1])} or {_RANKS[-1]}.")
        answer = _answer()
    return _RANKS[_RANKS.index(answer)]


def _report(done: Imported) -> None:
    """The short table of what was read, then what was left out and what is to be known."""
    for row in _table([_row(reading) for reading in done.readings]):
        tell(row)
    for reading in done.readings:
        for left in reading.left_out:
            tell(f"left out: {left} ({Path(reading.file).name})")
        for remark in reading.remarks:
            tell(f"note: {remark} ({Path(reading.file).name})")
    for left in done.left_out:
        tell(f"left out: {left}")
    for remark in done.content.remarks:
        tell(f"note: {remark}")


def _row(reading: Reading) -> tuple[str, str, str, str, str]:
    share = f"{reading.understood:,} ({reading.understood / max(1, reading.rows):.0%})"
    projects = len({item.project for item in reading.items})
    return (
        Path(reading.file).name,
        reading.what,
        f"{reading.rows:,}",
        share,
        f"{projects:,}" if projects else "",
    )


def _table(rows: list[tuple[str, str, str, str, str]]) -> list[str]:
    all_rows = [("file", "read as", "rows", "understood", "projects"), *rows]
    widths = [max(len(row[i]) for row in all_rows) for i in range(5)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(r, widths, strict=True)).rstrip() for r in all_rows
    ]
