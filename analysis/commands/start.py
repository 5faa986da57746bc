"""Where a command begins and ends. Signals are minded before anything else is loaded."""

from __future__ import annotations

import sys
from contextlib import suppress

from analysis.commands import stopping
from analysis.commands.closed_pipe import CLOSED, drop_output, open_the_closed

_FULL, _STOPPED = 2, 130


def main() -> None:
    """Run the command line; what `rolecall` and `python -m analysis` call."""
    stopping.mind()
    open_the_closed()
    try:
        code = _ended()
        stopping.disregard()
    except KeyboardInterrupt:
        code = stopping.asked() or _STOPPED
        stopping.tell_once(_say, stopping.GO_ON)
    if stopping.asked():
        stopping.tell_once(_say, stopping.GO_ON)
        stopping.leave(stopping.asked() or _STOPPED)
    sys.exit(code)


def _ended() -> int:
    """The exit code of the command, once all that it printed has left."""
    try:
        code = _run()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        drop_output()
        return CLOSED
    except OSError as error:
        drop_output()
        _say(f"cannot go on printing: {error.strerror}")
        return _FULL
    except KeyboardInterrupt:
        raise
    except BaseException:
        if stopping.asked() is None:
            raise
        raise KeyboardInterrupt from None


def _run() -> int:
    from analysis.commands.cli import obey

    try:
        obey()
    except SystemExit as end:
        if getattr(sys.stdout, "reader_gone", False):
            return CLOSED
        if isinstance(end.code, str):
            _say(end.code)
        return end.code if isinstance(end.code, int) else bool(end.code)
    return 0


def _say(message: str) -> None:
    with suppress(OSError):
        print(message, file=sys.stderr, flush=True)
