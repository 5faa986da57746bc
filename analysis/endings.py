"""How a command ends: one line for whoever typed it, and an exit code that says whose mistake it was."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from analysis.degenerate import NothingToTell
from analysis.streams import DEBUG
from sim.reading.names import legible

OURS, USERS, STOPPED = 1, 2, 130
"""Exit codes: our mistake, the user's, and Ctrl-C."""

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What a file says that an answer is printed to and that is full; folders of results tell it themselves."""

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """End a command with one line and the right exit code, whatever goes wrong in it."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (typer.Exit, BrokenPipeError):
            raise
        except KeyboardInterrupt as stop:
            say(_how_to_go_on(stop))
            raise typer.Exit(STOPPED) from None
        except NothingToTell as told:
            typer.echo(str(told))
        except _errors_of_users() as error:
            say(str(error))
            raise typer.Exit(USERS) from None
        except Exception as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                say(f"cannot go on printing: {error.strerror}")
                raise typer.Exit(USERS) from None
            if os.environ.get(DEBUG):
                raise
            why = " ".join(str(error).split())
            say(f"rolecall failed: {type(error).__name__}: {why} (our mistake; {DEBUG}=1 shows where)")
            raise typer.Exit(OURS) from None

    return run


def say(message: str) -> None:
    """Print to the error stream, so that an answer can be piped without it.

    Not by `typer.echo`, which writes UTF-8 to a terminal that does not read it.
    """
    print(legible(message), file=sys.stderr, flush=True)


def _errors_of_users() -> tuple[type[Exception], ...]:
    from analysis.extras import MissingExtra
    from sim.reading.problems import ScenarioError
    from sim.results_store import ResultsError

    return ScenarioError, ResultsError, MissingExtra


def _how_to_go_on(stop: KeyboardInterrupt) -> str:
    from sim.batch import Interrupted

    if not isinstance(stop, Interrupted):
        return "stopped"
    kept = f"{stop.done:,} of {stop.runs:,} runs are kept in {stop.folder}"
    return f"stopped: {kept}; the same command goes on from there"
