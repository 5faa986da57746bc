"""Mistyped command lines.

What nobody means to ask: the answer is one line on what would be right, and exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.attack.command import rolecall
from benchmarks.attack.trial import Trial

LINES = (
    ("decide",),
    ("decide", "no-such-file.yaml"),
    ("decide", "."),
    ("report", "no-such-folder"),
    ("unheard-of",),
    ("run", "x.yaml", "--replications", "many"),
)


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Each line once; two of them in short."""
    for line in LINES if thorough else LINES[1:4:2]:
        ended = rolecall(*line, folder=folder)
        yield Trial(" ".join(line), ended.code == 2 and not ended.fell_over, ended.said)
