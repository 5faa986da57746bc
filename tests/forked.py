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
    """Exit code and output of `rolecall` with these words behind it, typed in `folder`."""
    return _ended(folder, _command, words)


def program_in(folder: Path, name: str) -> tuple[int, str]:
    """Exit code and output of a Python program that lies in `folder`, run there."""
    return _ended(folder, _program, [name])


def _ended(folder: Path, what: Callable[[list[str]], None], words: list[str]) -> tuple[int, str]:
    printed = folder / ".printed"
    process = PROCESSES.Process(target=_there, args=(folder, printed, what, words))
    process.start()
    process.join(LIMIT_SECONDS)
    code = process.exitcode
    process.close()  # raises if it hangs
    assert code is not None
    said = printed.read_text(encoding="utf-8", errors="replace")
    printed.unlink()
    return code, said


def _there(folder: Path, printed: Path, what: Callable[[list[str]], None], words: list[str]) -> None:
    file = os.open(printed, os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(file, stream)
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
