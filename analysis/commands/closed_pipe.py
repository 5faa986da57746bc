"""Whoever read the output went away, as `| head -1` does: the command ends quietly."""

from __future__ import annotations

import os
import sys

CLOSED = 141
"""What shells say of a program whose reader went away: 128 + SIGPIPE."""


def drop_output() -> None:
    """Nobody reads on: what is still to be printed goes nowhere, quietly."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
