"""`rolecall new`: a scenario of one's own, from a dozen questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.commands.exits import USERS, say, tell

if TYPE_CHECKING:
    from analysis.questionnaire.questions import Question
    from sim.scenario import Scenario


def new(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The file to write (YAML).", show_default="NAME.yaml"),
    ] = None,
    *,
    defaults: Annotated[bool, typer.Option("--defaults", help="Ask nothing; take every default.")] = False,
    name: Annotated[
        str | None,
        typer.Option(
            "--example",
            metavar="NAME",
            help="Ask nothing; copy a scenario of the library, with the tables of its plan.",
        ),
    ] = None,
) -> None:
    """Write a scenario of your own, or one of the library.

    Asks what it must know; Enter takes what stands in brackets.
    """
    from analysis.commands.scenarios import in_short
    from analysis.resemblance.offered_work import overloads

    path, scenario = _written(path, defaults, name)
    tell(f"{path}: {in_short(scenario)}")
    for sentence in overloads(scenario):
        tell(f"{path}: warning: {sentence}; it would pile up. Is that so? If not, change the file")
    tell(f"Next: rolecall decide {path}")


def _written(path: Path | None, defaults: bool, name: str | None) -> tuple[Path, Scenario]:
    from analysis.questionnaire.ask import new as new_
    from analysis.questionnaire.examples import write_example
    from sim.scenario.reading.problems import Problem, ScenarioError

    if name is not None:
        return write_example(name, path)
    if path is None:
        right = "name the file to write, or a scenario of the library with --example"
        raise ScenarioError([Problem("", None, "FILE", "is missing", right)])
    return path, new_(path, ask=None if defaults else _ask)


def _ask(question: Question, default: Any, wrong: str) -> str:
    if wrong:
        say(f"  {wrong}")
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
    if default is None:
        return "unknown" if key in {"on_time", "busy"} else "none"
    if isinstance(default, dict):
        return ", ".join(f"{name} {units}" for name, units in default.items()) or "none"
    return (
        ", ".join(default) if isinstance(default, list) else f"{default:g}" if _number(default) else default
    )


def _number(value: Any) -> bool:
    return isinstance(value, int | float)
