"""How a command ends: one line for whoever typed it, and an exit code that says whose mistake it was."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from analysis.commands.closed_pipe import CLOSED, drop_output
from analysis.commands.limits import limit
from analysis.commands.stopping import GO_ON, asked, told
from analysis.commands.streams import DEBUG
from analysis.decision.degenerate_cases import NothingToTell
from sim.batch.memory import without_room
from sim.safety.names import legible

OURS, USERS, _STOPPED = 1, 2, 130
"""Exit codes: our mistake, the user's or a limit of the machine, and Ctrl-C."""

LIGHT = ("check", "schema", "new", "assumptions", "import", "structure", "roles")
"""Commands that load no large library."""

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """End a command with one line and the right exit code, whatever goes wrong in it."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            if command.__name__ not in LIGHT and (lacking := without_room()):
                say(lacking)
                raise typer.Exit(USERS)
            command(*args, **kwargs)
        except typer.Exit:
            raise
        except BrokenPipeError:
            drop_output()
            raise typer.Exit(CLOSED) from None
        except NothingToTell as nothing:
            tell(str(nothing))
        except BaseException as error:
            if asked() or isinstance(error, KeyboardInterrupt):  # whatever a library makes of it
                say(_how_to_go_on(error))
                told()
                raise typer.Exit(asked() or _STOPPED) from None
            if not isinstance(error, Exception):
                raise
            raise typer.Exit(_told(error, command.__name__)) from None

    return run


def _told(error: Exception, command: str) -> int:
    """Say what went wrong in a command; the exit code that goes with it."""
    if isinstance(error, _errors_of_users()):
        say(str(error if command == "import" else _named(error)))
        return USERS
    if at_limit := limit(error):
        say(at_limit)
        return USERS
    if isinstance(error, _errors_of_rules()):
        say(str(error))
        return OURS
    if os.environ.get(DEBUG):
        raise error
    why = " ".join(str(error).split())
    say(f"rolecall failed: {type(error).__name__}: {why} (our mistake; {DEBUG}=1 shows where)")
    return OURS


def _named(error: Exception) -> Exception:
    """The error, which says so where a file of another program was given."""
    from analysis.imports.foreign import named
    from sim.scenario.reading.problems import ScenarioError

    return named(error) if isinstance(error, ScenarioError) else error


def tell(message: str = "") -> None:
    """Print a line of the answer, in characters that can be seen: a path may hold what steers a terminal."""
    typer.echo(legible(message))


def say(message: str) -> None:
    """Print to the error stream, so that an answer can be piped without it.

    Not by `typer.echo`, which writes UTF-8 to a terminal that does not read it.
    """
    print(legible(message), file=sys.stderr, flush=True)


def _errors_of_users() -> tuple[type[Exception], ...]:
    from analysis.extras import MissingExtra
    from sim.batch.results import ResultsError
    from sim.scenario.reading.problems import ScenarioError

    return ScenarioError, ResultsError, MissingExtra


def _errors_of_rules() -> tuple[type[Exception], ...]:
    """None, where nothing has been read of rules yet: they are not loaded to find that out."""
    lint = sys.modules.get("sim.engine.lint")
    return (lint.RuleMistake,) if lint else ()


def _how_to_go_on(stop: BaseException) -> str:
    from sim.batch.session import Interrupted

    if not isinstance(stop, Interrupted):
        return GO_ON
    kept = f"{stop.done:,} of {stop.runs:,} runs are kept in {stop.folder}"
    return f"stopped: {kept}; the same command goes on from there"
