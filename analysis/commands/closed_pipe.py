"""Nobody reads: whoever did went away, as `| head -1` does, or there never was one, as with `>&-`."""

from __future__ import annotations

import os
import sys

CLOSED = 141
"""What shells say of a program whose reader went away: 128 + SIGPIPE."""


def open_the_closed() -> None:
    """Let each standard stream that was closed before the start lead nowhere.

    Left closed, its number would go to the next file that is opened, and what is printed into that file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115 (open as long as we live)
            os.set_inheritable(nowhere.fileno(), True)
            setattr(sys, name, nowhere)


def drop_output() -> None:
    """Nobody reads on: what is still to be printed goes nowhere, quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
