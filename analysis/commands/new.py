"""`rolecall new`: a scenario of one's own, from a dozen questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.endings import USERS, say

if TYPE_CHECKING:
    from analysis.questions import Question


def new(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write (YAML).")],
    *,
    defaults: Annotated[bool, typer.Option("--defaults", help="Ask nothing; take every default.")] = False,
) -> None:
    """Write a scenario for your organisation.

    Asks what it must know; Enter takes what stands in brackets.
    """
    from analysis.commands.scenarios import in_short
    from analysis.new import new as new_

    scenario = new_(path, ask=None if defaults else _ask)
    typer.echo(f"{path}: {in_short(scenario)}")
    typer.echo(f"Next: rolecall decide {path}")


def _ask(question: Question, default: Any, wrong: str) -> str:
    if wrong:
        say(f"  That cannot be: {wrong}.")
    try:
        answer: str = typer.prompt(question.words, default=_shown(question.key, default), type=str)
    except typer.Abort:
        say("stopped; nothing was written (--defaults asks nothing)")
        raise typer.Exit(USERS) from None
    return "" if answer == _shown(question.key, default) else answer.strip()


def _shown(key: str, default: Any) -> str:
    """A default as one would type it."""
    if key in {"cross_team", "change"}:
        return f"{100 * default:g}%"
    if isinstance(default, dict):
        return ", ".join(f"{name} {units}" for name, units in default.items()) or "none"
    return (
        ", ".join(default) if isinstance(default, list) else f"{default:g}" if _number(default) else default
    )


def _number(value: Any) -> bool:
    return isinstance(value, int | float)
