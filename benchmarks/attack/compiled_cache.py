"""Compiled code's cache: damaged, killed while written, shared, planted by somebody else.

A start draws the tasks of a replication, for which one function is compiled. It has to answer the same
whatever lies in the cache, and to say in one line if it had to compile because something was damaged.
"""

from __future__ import annotations

import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.attack.command import Ended, environment
from benchmarks.attack.trial import Trial

START = """
import hashlib
from sim.building.projects import draw_work
from sim.building.preparation import prepare
from sim.scenario import scenario_from
prepared = prepare(scenario_from({"name": "attacked", "horizon_days": 20}))
work = draw_work(prepared.scenario, prepared.values, 0)
print(hashlib.sha256(work.edge_from.tobytes() + work.edge_to.tobytes()).hexdigest())
"""

ALL = "from sim.clocks.simulate import ensure_compiled; ensure_compiled(print); print('ready')"

DAMAGED, NOT_KEPT = "cannot be used", "compiled code is not kept"

Damage = Callable[[Path], object]


class Hostile:
    """Unpickled, it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Every kind of damage to a file, and every place where somebody else could have planted one."""
    cache, mark = folder / "cache", folder / "mark"
    right = _start(cache).out
    (file,) = cache.rglob("*.code")
    kinds = _damages(mark)
    for name in kinds if thorough else ("emptied", "a planted pickle"):
        yield _damaged(name, kinds[name], file, cache, right, mark)
    yield from _foreign(folder, cache, right, mark, thorough)
    if thorough:
        yield _at_once(folder / "at-once", right)
        yield from _killed(folder / "killed", right)
        yield from _each_file(folder / "whole")


def _process(program: str, cache: Path, temporary: Path | None = None) -> subprocess.Popen[str]:
    """A process that starts with this folder as the user's cache."""
    extra = {"XDG_CACHE_HOME": str(cache), "TMPDIR": str(temporary or tempfile.gettempdir())}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment(extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _ended(process: subprocess.Popen[str]) -> Ended:
    out, err = process.communicate(timeout=900)
    return Ended(process.returncode, out, err)


def _start(cache: Path, temporary: Path | None = None, program: str = START) -> Ended:
    return _ended(_process(program, cache, temporary))


def _damages(mark: Path) -> dict[str, Damage]:
    """What can happen to a file, by name."""
    size = 10_000
    return {
        "emptied": lambda file: file.write_bytes(b""),
        "cut": lambda file: os.truncate(file, file.stat().st_size // 2),
        "zeroed": lambda file: file.write_bytes(bytes(file.stat().st_size)),
        "a bit flipped": _flip,
        "grown": lambda file: file.write_bytes(file.read_bytes() + bytes(size)),
        "noise": lambda file: file.write_bytes(random.Random(1).randbytes(size)),
        "a planted pickle": lambda file: file.write_bytes(pickle.dumps(Hostile(mark))),
        "a pickle behind the seal": lambda file: _behind_the_seal(file, mark),
        "a folder": lambda file: (file.unlink(), file.mkdir()),
        "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
        "a link to a device": lambda file: (file.unlink(), file.symlink_to("/dev/zero")),
        "writable for all": lambda file: file.chmod(0o666),
    }


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 16
    file.write_bytes(content)


def _behind_the_seal(file: Path, mark: Path) -> None:
    """The seal of what was there, and something else behind it."""
    from sim.safety.private_folder import SEAL_BYTES

    file.write_bytes(file.read_bytes()[:SEAL_BYTES] + pickle.dumps(Hostile(mark)))


def _damaged(name: str, damage: Damage, file: Path, cache: Path, right: str, mark: Path) -> Trial:
    """One damage, the start after it, and the one after that, which has to be silent."""
    damage(file)
    after, later = _start(cache), _start(cache)
    ok = after.out == later.out == right and after.err.count(DAMAGED) == 1 and not later.err
    return Trial(f"a file of the cache: {name}", ok and not mark.exists(), after.said + later.said)


def _foreign(folder: Path, cache: Path, right: str, mark: Path, thorough: bool) -> Iterator[Trial]:
    """Folders that somebody else could have made are not used, and what lies there is not run."""
    for name, place in _places(folder, cache, mark, thorough):
        ended = _start(place, temporary=folder / "temporary")
        ok = ended.out == right and ended.err.count(NOT_KEPT) == 1 and not mark.exists()
        yield Trial(name, ok, ended.said)


def _places(folder: Path, cache: Path, mark: Path, thorough: bool) -> Iterator[tuple[str, Path]]:
    guessed = folder / "temporary" / f"rolecall-{os.getuid()}"
    guessed.parent.mkdir()
    _plant(shutil.copytree(cache / "rolecall", guessed), mark)
    (folder / "file").touch()
    yield "no folder can be made, one is planted in the shared temporary folder", folder / "file" / "cache"
    if not thorough:
        return
    open_to_all = folder / "open"
    _plant(shutil.copytree(cache, open_to_all), mark)
    (open_to_all / "rolecall").chmod(0o777)
    yield "the folder can be written by all", open_to_all
    linked = folder / "linked"
    linked.mkdir(mode=0o700)
    (linked / "rolecall").symlink_to(guessed)
    yield "the folder is a link", linked
    if os.getuid() == 0:
        theirs = folder / "theirs"
        _plant(shutil.copytree(cache, theirs), mark)
        os.chown(theirs / "rolecall", 54321, 54321)
        yield "the folder is another user's", theirs


def _plant(folder: Path, mark: Path) -> None:
    for file in folder.rglob("*.code"):
        file.write_bytes(pickle.dumps(Hostile(mark)))


def _at_once(cache: Path, right: str) -> Trial:
    ends = [_ended(process) for process in [_process(START, cache) for _ in range(4)]]
    later = _start(cache)
    ok = all(end.out == right and not end.err for end in (*ends, later))
    return Trial("four processes at once with an empty cache", ok, later.said)


def _killed(cache: Path, right: str) -> Iterator[Trial]:
    """Killed at any moment of a start with an empty cache."""
    for k in range(20):
        shutil.rmtree(cache, ignore_errors=True)
        process = _process(START, cache)
        try:
            process.wait(timeout=0.5 * (k + 1))
        except subprocess.TimeoutExpired:
            process.kill()
        _ended(process)
        after = _start(cache)
        yield Trial(
            f"killed {0.5 * (k + 1)} s after the start", after.out == right and not after.err, after.said
        )


def _each_file(cache: Path) -> Iterator[Trial]:
    """A bit flipped in each file of the whole run; the next start is quiet again."""
    _start(cache, program=ALL)
    for file in sorted(cache.rglob("*.code")):
        _flip(file)
        after, later = _start(cache, program=ALL), _start(cache, program=ALL)
        ok = after.code == 0 and after.out.count(DAMAGED) == 1 and later.out == "ready\n" and not later.err
        yield Trial(f"a bit flipped in {file.name}", ok, after.said + later.said)
