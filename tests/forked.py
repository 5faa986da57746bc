"""Processes forked from one that has loaded everything, compiled code too: a dozen of them take a second.

Each is a process of its own all the same, with its own folder, signals, output and end. What only a process
that starts from nothing can show is tested elsewhere (`tests/analysis/test_cli.py`, `benchmarks/attack`).
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

LIMIT_SECONDS = 3600
"""None takes so long, on however busy a machine, but one that hangs."""

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.loaded"])


def command_in(folder: Path, words: list[str]) -> tuple[int, str]:
    """Exit code and all that is printed by `rolecall` with these words behind it, typed in `folder`."""
    code, said, _ = _ended(folder, _command, words, apart=False)
    return code, said


def command_apart(folder: Path, words: list[str]) -> tuple[int, str, str]:
    """The same, with what goes to standard output and what to standard error apart."""
    return _ended(folder, _command, words, apart=True)


def program_in(folder: Path, name: str) -> tuple[int, str]:
    """Exit code and output of a Python program that lies in `folder`, run there."""
    code, said, _ = _ended(folder, _program, [name], apart=False)
    return code, said


def _ended(
    folder: Path, what: Callable[[list[str]], None], words: list[str], apart: bool
) -> tuple[int, str, str]:
    out, err = folder / ".printed", folder / ".complained"
    process = PROCESSES.Process(target=_there, args=(folder, out, err if apart else out, what, words))
    process.start()
    process.join(LIMIT_SECONDS)
    code = process.exitcode
    process.close()  # raises if it hangs
    assert code is not None
    return code, _taken(out), _taken(err) if apart else ""


def _taken(printed: Path) -> str:
    said = printed.read_text(encoding="utf-8", errors="replace")
    printed.unlink()
    return said


def _there(folder: Path, out: Path, err: Path, what: Callable[[list[str]], None], words: list[str]) -> None:
    for stream, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)
    os.chdir(folder)
    what(words)


def _command(words: list[str]) -> None:
    from analysis.commands.start import main

    sys.argv = ["rolecall", *words]
    main()


def _program(words: list[str]) -> None:
    sys.argv = words
    sys.path.insert(0, "")
    runpy.run_path(words[0], run_name="__main__")
