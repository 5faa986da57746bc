"""The program run as its user runs it: a process of its own, and how it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (negative: killed by that signal) and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it told its user, for a report of a failure."""
        return f"exit {self.code}\n{self.out[-1000:]}{self.err[-2000:]}"

    @property
    def fell_over(self) -> bool:
        """Whether it ended in a traceback, a crash, or by calling something its own mistake."""
        return self.code < 0 or any(sign in self.out + self.err for sign in ("Traceback", "our mistake"))


def command(*arguments: str) -> list[str]:
    """The words of a command line of rolecall, for this interpreter."""
    return [sys.executable, "-m", "analysis", *arguments]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command that may run in any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}


def rolecall(
    *arguments: str,
    folder: Path,
    extra: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
    seconds: float = 300,
) -> Ended:
    """Run a command of rolecall in `folder` to its end; `before` is called in its process first."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(extra),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=seconds,
        preexec_fn=before,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
