"""What is wrong with what a user wrote: one line each, with the place and the remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

LONGEST_SHOWN = 60
"""Characters of a user's own value that a message quotes at most."""

MOST_LISTED = 14
"""Known names that a remedy lists at most: all of the fourteen duties."""

MOST_TOLD = 20
"""Problems that an error tells in full; of the others it says how many there are."""

LONGEST_KEY = 200
"""Characters of the place of a problem that are printed at most."""

LONGEST_COMPARED = 200
"""Characters above which nobody looks what a name was meant to be: that takes time as their square."""

MOST_COMPARED = 200_000
"""Pairs of names that are compared at most to find what was meant, in all of what is read at once."""

MOST_BITS = 200
"""Above this size a number is described, not quoted: Python refuses to print the longest ones."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one file.

    `line` counts from 1 and is None where no line can be named; `key` is the dotted path in a scenario or the
    column of a table, and may be empty. `wrong` says what was found, `right` what would be accepted.
    """

    file: str
    line: int | None
    key: str
    wrong: str
    right: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line) if part not in ("", None))
        key = self.key if len(self.key) <= LONGEST_KEY else f"{self.key[:LONGEST_KEY]}…"
        start = ": ".join(part for part in (place, key) if part)
        return one_line(f"{start}: {self.wrong}; {self.right}" if start else f"{self.wrong}; {self.right}")


class OldKeys(FutureWarning):
    """A scenario says something in the keys of an earlier version, which are still read."""


class ScenarioError(Exception):
    """All that is wrong with a scenario and the plan it names; `str` gives one line a problem, up to
    `MOST_TOLD` of them.

    `to_come` are lines that say what could not be checked in full before the rest is mended.
    """

    def __init__(self, problems: Iterable[Problem], to_come: Iterable[str] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.to_come: tuple[str, ...] = tuple(to_come)
        super().__init__(self.problems, self.to_come)

    def __str__(self) -> str:
        told = [str(problem) for problem in self.problems[:MOST_TOLD]]
        more = len(self.problems) - len(told)
        return "\n".join([*told, *([f"… and {more:,} more"] if more else []), *map(one_line, self.to_come)])


def one_line(text: str) -> str:
    """`text` with everything escaped that would break a line or steer a terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: object) -> str:
    """A user's value as a message quotes it: short, and told apart by type (3 is a number, '3' is text)."""
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "yes (true)" if value else "no (false)"
    if isinstance(value, dict | list | tuple):
        kind = "mapping" if isinstance(value, dict) else "list"
        return f"a {kind}" if value else f"an empty {kind}"
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return "a number of hundreds of digits"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was probably meant to be; None if it resembles none.

    Also None once so many have been looked for that it would take too long: see `read_anew`.
    """
    left = _comparisons.get()
    if len(name) > LONGEST_COMPARED or left <= 0:
        return None
    by_lower = {each.lower(): each for each in islice(known, left) if len(each) <= LONGEST_COMPARED}
    _comparisons.set(left - len(by_lower))
    found = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[found[0]] if found else None


def read_anew() -> None:
    """Begin to read something: names are compared again to find which were meant."""
    _comparisons.set(MOST_COMPARED)


_comparisons = ContextVar("comparisons", default=MOST_COMPARED)


def suggest(name: str, known: Collection[str]) -> str:
    """The remedy for an unknown name: the nearest known one, else the known ones."""
    meant = nearest(name, known)
    if meant is not None:
        return f"did you mean {meant}?"
    listed = ", ".join(islice(known, MOST_LISTED)) + (" …" if len(known) > MOST_LISTED else "")
    return f"known here: {listed}" if known else "leave it out: none is known here"
