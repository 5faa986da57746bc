"""Limits of the machine.

Little memory, few files, small files, a full disk, a reader that goes away, names that are no text: the limit
is named with what would fit, exit code 2; a closed pipe ends quietly.
"""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.attack.command import Ended, command, environment, rolecall
from benchmarks.attack.organisation import SMALL, small
from benchmarks.attack.trial import Trial

RUN = ("run", "attacked.yaml", "--replications", "60", "--jobs", "2")
MEGABYTE = 1_000_000
NO_BYTE_CODE = {"PYTHONDONTWRITEBYTECODE": "1"}
"""Python itself leaves half a file of it behind where files may not grow, and reads it the next time."""


def limited(kind: int, most: int) -> Callable[[], None]:
    """What sets a limit for a process that is about to begin."""
    return partial(resource.setrlimit, kind, (most, most))


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Each limit at several heights; in short, each at one."""
    small(folder)
    step = 1 if thorough else 100
    for most in (100, 300, 600, 900, 950, 1000, 1100, 1200, 1400)[1::step]:
        yield refused(f"{most} MB of memory", limited(resource.RLIMIT_AS, most * MEGABYTE), folder)
    for most in (0, 1, 1000, 20_000)[2::step]:
        yield refused(f"files of {most} bytes", limited(resource.RLIMIT_FSIZE, most), folder)
    for most in (4, 6, 8, 12, 20)[1::step]:
        yield refused(f"{most} open files", limited(resource.RLIMIT_NOFILE, most), folder)
    yield too_large(folder)
    yield no_text(folder)
    yield full(folder)
    yield from readers_gone(folder)
    yield from streams_closed(folder)


def refused(what: str, limit: Callable[[], None], folder: Path) -> Trial:
    """A command below a limit: it is refused in a line or two, or fits."""
    ended = rolecall(*RUN, "--out", what.replace(" ", "-"), folder=folder, extra=NO_BYTE_CODE, before=limit)
    return Trial(what, ended.code == 0 or in_a_line(ended), ended.said)


def in_a_line(ended: Ended) -> bool:
    """Whether the user is told what is wrong, and that it is not the program."""
    return ended.code == 2 and not ended.fell_over and 1 <= len(ended.err.splitlines()) <= 2


def too_large(folder: Path) -> Trial:
    """An organisation of more tickets than any memory holds."""
    services = "portfolio:\n  services:\n    count: 100000\n    tickets_a_week: 500\n"
    (folder / "large.yaml").write_text(SMALL.replace("horizon_days: 40", "horizon_days: 1500") + services)
    ended = rolecall("run", "large.yaml", folder=folder)
    return Trial("more tickets than fit", in_a_line(ended), ended.said)


def no_text(folder: Path) -> Trial:
    """A path that is not UTF-8."""
    ended = rolecall("run", "attacked.yaml", "--out", "\udcff", folder=folder)
    return Trial("a path that is not UTF-8", in_a_line(ended), ended.said)


def full(folder: Path) -> Trial:
    """What is printed goes to a device that is full."""
    with Path("/dev/full").open("w") as device:
        done = subprocess.run(
            command("assumptions"), cwd=folder, env=environment(), stdout=device,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    ended = Ended(done.returncode, "", done.stderr)
    return Trial("a full device", in_a_line(ended), ended.said)


def readers_gone(folder: Path) -> Iterator[Trial]:
    """The reader of what is printed goes away after a line, or before the first."""
    for line in (RUN, ("assumptions",), ("--help",)):
        process = subprocess.Popen(
            command(*line), cwd=folder, env=environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(300)
        yield Trial(f"{line[0]}: nobody reads", not said and code in (0, 141), f"exit {code}\n{said}")


def streams_closed(folder: Path) -> Iterator[Trial]:
    """The program is begun without one of its streams, or any; all runs, and what is kept is whole."""
    for closed in ((0,), (1,), (2,), (0, 1, 2)):
        out = "without-" + "-".join(map(str, closed))
        ended = rolecall(*RUN, "--out", out, folder=folder, before=partial(_close, closed))
        kept = rolecall("compare", *map(str, (folder / out).glob("*")), folder=folder)
        whole = not ended.fell_over and ended.code == kept.code == 0
        yield Trial(f"streams {closed} closed", whole, ended.said + kept.said)


def _close(streams: tuple[int, ...]) -> None:
    for stream in streams:
        os.close(stream)
