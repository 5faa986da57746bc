"""Files as users give them: regular ones of a sensible size, in UTF-8; anything else is refused at once."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sim.scenario.reading.problems import Problem, ScenarioError

MEGABYTE = 1_000_000

LARGEST_SCENARIO = 2 * MEGABYTE
"""Bytes of a scenario at most: a list of all the 5,000 teams that there may be takes a tenth of it."""

LARGEST_TABLE = 10 * MEGABYTE
"""Bytes of a table at most: some 200,000 tasks."""

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_text(path: str | Path, largest: int, what: str, remedy: str, encoding: str = "utf-8-sig") -> str:
    """The text of a file of at most `largest` bytes.

    `what` says what the user should have given, `remedy` how to write it in this encoding. Raises
    `ScenarioError` for what is no such file; devices, pipes and files without end are never waited for.
    """
    return decoded(read_content(path, largest, what), path, remedy, (encoding,))


def decoded(content: bytes, path: str | Path, remedy: str, encodings: Sequence[str]) -> str:
    """The text of a file in the first of some encodings that it can be in; raise `ScenarioError` if in none,
    with the line at which it is not in the first.
    """
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)
    try:
        return content.decode(encodings[0])
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encodings[0].startswith("utf-8") else encodings[0].upper()
        raise ScenarioError([Problem(str(path), line, "", f"is not {name} text", remedy)]) from None


def read_content(path: str | Path, largest: int, what: str) -> bytes:
    """What is in a file, as bytes; raise `ScenarioError` if it cannot be had or is too much."""
    try:
        content = _first_bytes(path, largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise ScenarioError([Problem(str(path), None, "", f"cannot be read ({reason})", what)]) from None
    if len(content) > largest:
        wrong, right = f"is larger than {largest // MEGABYTE} MB", f"{what} of at most that size"
        raise ScenarioError([Problem(str(path), None, "", wrong, right)])
    return content


def _first_bytes(path: str | Path, most: int) -> bytes:
    """At most so many bytes of a regular file; OSError for what is none, before it is opened."""
    mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, no file")
    with open(os.open(path, os.O_RDONLY | _AT_ONCE), "rb", buffering=0) as file:
        return _read(file.fileno(), most)


def _read(descriptor: int, most: int) -> bytes:
    """At most so many bytes: the size that the system states need not be the true one."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(descriptor, min(most, MEGABYTE))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
