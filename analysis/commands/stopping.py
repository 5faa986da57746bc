"""Signals that end a command: minded from its first moment to its last, whatever library is at work.

The first one raises `KeyboardInterrupt` and is remembered; those that follow only repeat what is under way. A
library may swallow the exception, or turn it into one of its own. So whatever ends a command after a signal
is the stop that was asked for, and if nothing does within `PATIENCE` seconds, the process ends all the same.

Nothing is imported here but what Python itself has loaded.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

PATIENCE = 20.0
"""Seconds that are left for keeping what is whole, before the process is ended."""

GO_ON = "stopped; what was finished is kept, and the same command goes on from there"

SOON = 0.01
"""Seconds after which a stop that was lost is repeated: where it was lost must be left by then."""

_asked: list[int] = []
_told: list[bool] = []
_lost: list[int] = []


def signals() -> list[signal.Signals]:
    """Those that ask a command to end; Windows has no hang-up."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def mind() -> None:
    """Mind the signals from now on; one that is ignored, as under `nohup`, stays so."""
    for each in signals():
        if signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, _stop)
    sys.unraisablehook = _unraisable


def asked() -> int | None:
    """The exit code of the stop that was asked for, as shells have it: 130, 143 or 129; None if none was."""
    return 128 + _asked[0] if _asked else None


def tell_once(say: Callable[[str], object], message: str) -> None:
    """Say how to go on, unless it was said: stopped before a command begins, typer ends in silence."""
    if not _told:
        told()
        say(message)


def told() -> None:
    """Remember that it was said how to go on."""
    _told.append(True)


def leave(code: int) -> None:
    """End the process now: threads may still be within a compiled run, and nobody should wait for them."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def disregard() -> None:
    """What comes from now on comes too late: the command is over."""
    for each in signals():
        signal.signal(each, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> None:
    first = not _asked
    _asked.append(number)
    if first:
        _watch()
    if first or _lost:
        _lost.clear()
        raise KeyboardInterrupt


def _watch() -> None:
    _by_and_by(PATIENCE, _end)


def _by_and_by(seconds: float, what: Callable[..., object], *given: object) -> None:
    timer = threading.Timer(seconds, what, given)
    timer.daemon = True
    try:
        timer.start()
    except RuntimeError:  # no thread is to be had
        _end()


def _end() -> None:
    os.write(2, f"{GO_ON}\n".encode())
    os._exit(asked() or 1)


def _unraisable(what: Any) -> None:
    """Where Python can only print an exception: a stop that was lost there is repeated.

    From a thread: raised here, it would be lost once more.
    """
    if not _asked:
        sys.__unraisablehook__(what)
    elif isinstance(what.exc_value, KeyboardInterrupt):
        _lost.append(_asked[0])
        _by_and_by(SOON, _raise, _asked[0])


def _raise(number: int) -> None:
    """Send a signal to the main thread, which may be waiting for something."""
    main = threading.main_thread().ident
    if sys.platform == "win32" or main is None:
        signal.raise_signal(number)
    else:
        signal.pthread_kill(main, number)
