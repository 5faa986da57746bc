"""One attack that was tried, and whether the program stood it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trial:
    """What was done to the program, whether it behaved as it should, and what it said."""

    what: str
    ok: bool
    said: str = ""
