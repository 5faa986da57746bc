"""JSON files that carry a digest of what they hold, so that one that was changed is not believed.

A file without a digest is taken as it is: somebody wrote it by hand, or an earlier version did.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DIGEST = "digest"

log = logging.getLogger("rolecall")


class DamagedFile(ValueError):
    """A file does not hold what was written to it."""


def as_text(facts: Mapping[str, object], indent: int = 2) -> str:
    """Facts as JSON with their digest, ready to be written."""
    plain = json.loads(json.dumps({k: v for k, v in facts.items() if k != DIGEST}, default=str))
    return json.dumps({**plain, DIGEST: _digest(plain)}, indent=indent, ensure_ascii=False) + "\n"


def read_facts(path: Path) -> dict[str, Any]:
    """The facts in a file. Raises DamagedFile if it does not hold what was written, OSError without one."""
    try:
        facts = json.loads(path.read_bytes())
    except IsADirectoryError:
        raise DamagedFile(f"{path}: is a folder") from None
    except ValueError as error:
        raise DamagedFile(f"{path}: is damaged ({error})") from None
    if not isinstance(facts, dict):
        raise DamagedFile(f"{path}: is damaged (it holds no facts)")
    said = facts.pop(DIGEST, None)
    if said is not None and said != _digest(facts):
        raise DamagedFile(f"{path}: is damaged, or was changed by hand")
    return facts


def facts_if_whole(path: Path, instead: str) -> dict[str, Any]:
    """The facts in a file; none if there is none, or it is damaged: then it is said what happens instead."""
    try:
        return read_facts(path)
    except DamagedFile as error:
        log.warning("%s; %s", error, instead)
    except FileNotFoundError:
        pass
    return {}


def _digest(plain: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft to write, which takes the place of `path` at the end: a reader sees the old file or the new.

    It is synced, and so is the folder: a power cut leaves the one or the other, too.
    """
    draft = path.with_name(f".{path.name}.tmp")
    yield draft
    put(draft, path)


def put(draft: Path, path: Path) -> None:
    """Let a draft take the place of `path`, safe from a power cut."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder", str(path))
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
    sync_folder(path.parent)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole, or not at all."""
    with whole(path) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` survive a power cut (where the system can sync a folder at all)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
