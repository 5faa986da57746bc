"""What reaches the screen: what a command says, in characters that can be seen, and nothing of libraries."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from sim.safety.names import legible
from sim.scenario.reading.problems import OldKeys

DEBUG = "ROLECALL_DEBUG"

_STEERING = "\x1b\r\b\a"
"""What colours and bars of progress are made of; files and pipes get none of it."""


class Legible:
    """A stream that writes text in characters that can be seen, whatever names are in it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.reader_gone = False
        self._kept = _STEERING if stream.isatty() or "FORCE_COLOR" in os.environ else ""

    def write(self, text: str) -> int:
        """Write `text`, and say how many characters of it."""
        if not isinstance(text, str):
            raise TypeError(f"a stream of text takes no {type(text).__name__}")
        with self._noticing():
            self._stream.write(text if text.isprintable() else self._seen(text))
        return len(text)

    def flush(self) -> None:
        """Let all that was written leave."""
        with self._noticing():
            self._stream.flush()

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Note that nobody reads on: libraries end with codes of their own for it, and say no more."""
        try:
            yield
        except BrokenPipeError:
            self.reader_gone = True
            raise

    def _seen(self, text: str) -> str:
        if not any(character in text for character in self._kept):
            return legible(text)
        return "".join(c if c in self._kept else legible(c) for c in text)

    def writelines(self, lines: list[str]) -> None:
        """Write each of some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def prepare() -> None:
    """Let output be legible in any terminal, and keep what libraries warn of away from it.

    Their warnings are for whoever develops the program: they are shown where ROLECALL_DEBUG is set, or where
    Python is asked for them (`-W`, PYTHONWARNINGS).
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without − or ▲ still gets its answer
    sys.stdout, sys.stderr = cast(TextIO, Legible(sys.stdout)), cast(TextIO, Legible(sys.stderr))
    if not (sys.warnoptions or os.environ.get(DEBUG)):
        logging.captureWarnings(True)
        logging.getLogger().addHandler(logging.NullHandler())
    logging.getLogger("rolecall").addHandler(_Told())
    os.environ["MPLBACKEND"] = "agg"  # figures go to files, whatever windows somebody asked for
    _tell_of_old_keys()


class _Told(logging.Handler):
    """What the program itself has to tell, such as of a damaged file: a line on the error stream."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print it if it is more than information."""
        if record.levelno >= logging.WARNING:
            print(legible(record.getMessage()), file=sys.stderr, flush=True)


def _tell_of_old_keys() -> None:
    """What a scenario says in keys of an earlier version is for its user: told in a line."""
    of_libraries = warnings.showwarning

    def tell(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, OldKeys):
            print(message, file=sys.stderr, flush=True)
        else:
            of_libraries(message, category, *place, **more)

    warnings.showwarning = tell
