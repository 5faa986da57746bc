"""What is said, once, of code that has to be compiled or cannot be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger("rolecall")

Notify = Callable[[str], object]

COMPILING = "compiling once, about 20 seconds …"


class Telling:
    """Says each kind of news once in a process: to whoever listens, else to the log."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._notify: Notify | None = None

    @contextmanager
    def to(self, notify: Notify) -> Iterator[None]:
        """Tell `notify` for a while."""
        before, self._notify = self._notify, notify
        try:
            yield
        finally:
            self._notify = before

    def compiling(self) -> None:
        """Nothing is kept yet. That is no news for a log."""
        self._say("compiling", COMPILING, logging.INFO)

    def damaged(self, path: Path, why: object) -> None:
        """A file that is there is not taken; one is named for all."""
        self._say("damaged", f"{path} cannot be used ({why}): {COMPILING}")
        self._said.add("compiling")

    def not_kept(self, why: object) -> None:
        """What is compiled now will have to be compiled again."""
        self._say("not kept", f"compiled code is not kept, every start compiles anew: {why}")

    def _say(self, kind: str, message: str, level: int = logging.WARNING) -> None:
        if kind in self._said:
            return
        self._said.add(kind)
        if self._notify is None:
            log.log(level, message)
        else:
            self._notify(message)
