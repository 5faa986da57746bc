"""A folder that nobody but its user can write to, and files in it that are whole or not there.

Compiled code is kept as pickled objects, and to unpickle is to run what is written there. So it is taken only
from a folder and a file that the user made and that nobody else may change, and only if a seal holds.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

SEAL = b"rolecall sealed 1\n"
SEAL_BYTES = len(SEAL) + hashlib.sha256().digest_size
_LARGEST = 1 << 28
"""Bytes of the largest file that is read (256 MiB); what is kept has some two."""

STALE_SECONDS = 3600.0
"""A file that was being written so long ago never will be."""

ANOTHERS = 0o022
"""Bits of a mode by which others than the owner may write."""

# A link is not followed, and a pipe not waited for.
CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class NotPrivateError(Exception):
    """A folder in which somebody else could put files, or that cannot be had; says which and why."""


class DamagedError(Exception):
    """A file that is not, byte for byte, what was written; says why."""


def private_folder(base: Path, *names: str) -> Path:
    """The folder `names` below `base`, each of mode 0700; made if it is not there.

    Raises NotPrivateError if one of them belongs to somebody else, is a link or may be written by others, if
    a folder above may be, or if it cannot be made.
    """
    folder = base
    try:
        _make(base)
        for parent in _above(base):
            _refuse_open(parent)
        for name in names:
            folder = folder / name
            _make(folder)
            _claim(folder)
    except OSError as error:
        raise NotPrivateError(f"{folder}: {error.strerror or error}") from error
    return folder


def _make(folder: Path) -> None:
    """Make a folder and those above it, which only the user may enter."""
    missing = [path for path in (folder, *folder.parents) if not path.exists() and not path.is_symlink()]
    for path in reversed(missing):
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)


def _above(base: Path) -> Iterator[Path]:
    """The folder itself and all above it, as they are once links have been followed."""
    place = base.resolve()
    yield from (place, *place.parents)


def _refuse_open(folder: Path) -> None:
    """Refuse a folder in which somebody else could put another in the place of ours."""
    if not hasattr(os, "getuid"):
        return
    status = folder.stat()
    if status.st_uid not in {0, os.getuid()}:
        raise NotPrivateError(f"{folder} belongs to another user")
    if status.st_mode & ANOTHERS and not status.st_mode & stat.S_ISVTX:
        raise NotPrivateError(f"{folder} can be written by other users (right: chmod go-w)")


def _claim(folder: Path) -> None:
    """Refuse a folder that is not the user's own, and let nobody else look into one that is."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotPrivateError(f"{folder} is not a folder")
    if not hasattr(os, "getuid"):
        return _refuse_outside_the_profile(folder)
    if status.st_uid != os.getuid():
        raise NotPrivateError(f"{folder} belongs to another user")
    if status.st_mode & ANOTHERS:
        raise NotPrivateError(f"{folder} can be written by other users (right: remove it)")
    if stat.S_IMODE(status.st_mode) & 0o077:
        folder.chmod(0o700)
    return None


def _refuse_outside_the_profile(folder: Path) -> None:
    """Where files have no owner that Python could ask for: in the user's profile nobody else writes."""
    if not folder.resolve().is_relative_to(Path.home().resolve()):
        raise NotPrivateError(f"{folder} is not in your profile, {Path.home()}")


def read_sealed(path: Path, name: bytes) -> bytes | None:
    """What was written to a file under this name; None if there is no such file.

    Raises DamagedError if anything in it has changed, if it was written under another name, or if others
    than the user could have written it; OSError if it cannot be read now.
    """
    try:
        with open(path, "rb", opener=lambda p, flags: os.open(p, flags | CAREFULLY)) as file:
            _refuse_foreign(os.fstat(file.fileno()))
            sealed = file.read(_LARGEST)
    except FileNotFoundError:
        return None
    content = sealed[SEAL_BYTES:]
    if sealed[:SEAL_BYTES] != _seal(name, content):
        raise DamagedError("its seal is broken")
    return content


def _seal(name: bytes, content: bytes) -> bytes:
    named = hashlib.sha256(name).digest()
    return SEAL + hashlib.sha256(named + content).digest()


def _refuse_foreign(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise DamagedError("it is not a file")
    if status.st_size > _LARGEST:
        raise DamagedError("it is too large")
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & ANOTHERS):
        raise DamagedError("another user could have written it")


def write_sealed(path: Path, name: bytes, content: bytes) -> None:
    """Write a file that is whole or not there, whatever happens meanwhile. Raises OSError if it cannot be."""
    _sweep(path.parent)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb", opener=partial(os.open, mode=0o600)) as file:
            file.write(_seal(name, content) + content)
            file.flush()
            os.fsync(file.fileno())
        _put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    """Give a file its name; a folder that stands there goes."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    temporary.replace(path)
    if os.name == "posix":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what was being written when a process was killed."""
    for left in folder.glob("*.tmp"):
        with suppress(OSError):
            if time.time() - left.lstat().st_mtime > STALE_SECONDS:
                left.unlink()
