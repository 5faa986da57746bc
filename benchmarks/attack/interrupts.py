"""Kills and interrupts.

One, two or five interrupts at any moment, a termination, a hang-up: the command ends with the code of the
signal and says how to go on. Killed, it leaves nothing that harms. Afterwards it ends as if undisturbed.
"""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.attack.command import ROOT, Ended, command, environment, rolecall
from benchmarks.attack.damage import numbers
from benchmarks.attack.organisation import small
from benchmarks.attack.trial import Trial

LINE = ("decide", "attacked.yaml", "--max-replications", "100", "--doubt", "20")
WAYS = (
    ("one interrupt", (signal.SIGINT,)),
    ("two interrupts", (signal.SIGINT,) * 2),
    ("five interrupts", (signal.SIGINT,) * 5),
    ("a termination", (signal.SIGTERM,)),
    ("a hang-up", (signal.SIGHUP,)),
    ("a kill", (signal.SIGKILL,)),
)
AIMED = 35
"""Signals that are aimed at each kind of moment."""

APART = 0.05
"""Seconds between two signals."""


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Signals at moments over the length of the command, the same at every call."""
    small(folder)
    began = time.monotonic()
    sound = rolecall(*LINE, "--out", "sound", folder=folder)
    length = time.monotonic() - began
    luck = random.Random(17)
    for _ in range(40 if thorough else 1):
        for way, signals in WAYS:
            moment = luck.uniform(0.02, 1.0) * length
            ended = disturbed(folder, moment, signals)
            yield Trial(f"{way} after {moment:.2f} s", well_ended(ended, signals[0]), ended.said)
    if thorough:
        yield from aimed(folder, luck)
    again = rolecall(*LINE, folder=folder)
    yield Trial("undisturbed afterwards", numbers(again) == numbers(sound), again.said + sound.said)


def aimed(folder: Path, luck: random.Random) -> Iterator[Trial]:
    """Signals while libraries are imported, while numba compiles, while figures are drawn."""
    home = str(next((folder / "sound").iterdir()))
    (folder / "file").touch()
    nowhere = {"XDG_CACHE_HOME": str(folder / "file" / "cache")}
    for what, line, extra, (first, last) in (
        ("imports", LINE, {}, (0.25, 1.5)),
        ("compiling", (*LINE, "--out", "anew"), nowhere, (1.0, 15.0)),
        ("drawing", ("plot", home, "--out", "slides"), {}, (0.5, 6.0)),
    ):
        for _ in range(AIMED):
            way, signals = luck.choice(WAYS)
            moment = luck.uniform(first, last)
            ended = disturbed(folder, moment, signals, line, extra)
            yield Trial(f"{what}: {way} after {moment:.2f} s", well_ended(ended, signals[0]), ended.said)


def disturbed(
    folder: Path,
    moment: float,
    signals: tuple[signal.Signals, ...],
    line: tuple[str, ...] = LINE,
    extra: Mapping[str, str] | None = None,
) -> Ended:
    """The command, sent signals from a moment on."""
    process = subprocess.Popen(
        command(*line),
        cwd=folder,
        env=environment(extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    time.sleep(moment)
    for each in signals:
        process.send_signal(each)
        time.sleep(APART)
    out, err = process.communicate(timeout=300)
    return Ended(process.returncode, out, err)


def well_ended(ended: Ended, first: signal.Signals) -> bool:
    """Whether it ended as that signal asks, or was over before; before our first line Python ends it."""
    if first == signal.SIGKILL or ended.code == 0:
        return "our mistake" not in ended.err and "Traceback" not in ended.err
    before_us = ended.code == -first and str(ROOT / "analysis") not in ended.err
    told = ended.code == 128 + first and "stopped" in ended.err and "goes on from there" in ended.err
    return before_us or (told and not ended.fell_over)
