"""Hostile scenarios and tables.

Files that nobody means well with, some written by hand, most made by chance from a fixed seed: sound, or
refused in words, within seconds; never a traceback.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attack.trial import Trial
from sim.scenario import load
from sim.scenario.reading.problems import MOST_TOLD, ScenarioError

SEED = 17
TRIES = {False: 150, True: 5000}
SECONDS = 10.0
"""Processor time that reading any file may take."""

HEADER = "project,task,team,estimate_hours,predecessors,needs\n"
SOUND = """\
name: An organisation
managers: 4
structures: [merged, separated]
organisation: {teams: [{name: web, members: 2}], specialists: {security: 1}}
portfolio: {plan: {tasks: tasks.csv}, services: {count: 2}}
risks: default
vary: {managers: [4, 6]}
assumptions: {patience: 6}
"""
ROWS = 'P,a,web,8,,\nP,"b, too",web,16,a,security:1\nQ,c,web,4,,\n'
SCRAPS = (
    *"\0\a\t\r\n\x1b\x7f\x85\x9b\u00a0\u200b\u202e\u2028\ufeff\ufffe😀é\"'`|>%@&*!?:-[]{},;#=+~\\",
    *("!!int ''", "!!float ''", "!!set {a}", "!!binary x", "&a ", "*a", "<<: *a", "? ", "- " * 60, "[" * 60),
    *(
        "9" * 5000,
        "1e999",
        "-.inf",
        ".nan",
        "0x",
        "0b2",
        "1:59:59",
        "2026-01-05",
        "~",
        "yes",
        "\\ud800",
        '""',
    ),
    *(
        "a" * 1000,
        "=cmd()",
        "1,5",
        "A, B",
        "a;a",
        "security:0",
        "security:1e9",
        "__class__",
        "..",
        "/dev/zero",
    ),
)
"""What is put into sound files, at random places."""

BY_HAND = {
    "a whole number of nothing": "managers: !!int ''\n",
    "an alias bomb": "a: &a [x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 8)}]\n" for n in range(8)),
    "an alias in itself": "organisation: &a {teams: *a}\n",
    "brackets without end": "[" * 100_000,
    "50,000 unknown keys": "name: A\n" + "".join(f"unheard_of_{n}: 1\n" for n in range(50_000)),
    "rubbish": "\x80\x00rubbish" * 1_000_000,
}


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Each file by hand, what is no file, and a number of files made by chance."""
    for what, text in BY_HAND.items():
        yield _tried(what, text, HEADER + ROWS, folder)
    yield from _no_files(folder)
    dice = random.Random(SEED)
    for number in range(TRIES[thorough]):
        yield _tried(f"chance {number}", _spoilt(SOUND, dice), HEADER + _spoilt(ROWS, dice), folder)


def _spoilt(text: str, dice: random.Random) -> str:
    """A text with a few scraps put into it, or a few of its characters gone."""
    for _ in range(dice.randint(0, 4)):
        place, length = dice.randrange(len(text) + 1), dice.choice((0, 0, 1, 7))
        text = text[:place] + dice.choice((dice.choice(SCRAPS), "")) + text[place + length :]
    return text


def _tried(what: str, scenario: str, tasks: str, folder: Path) -> Trial:
    path = folder / "org.yaml"
    path.write_bytes(scenario.encode("utf-8", "surrogatepass"))
    (folder / "tasks.csv").write_bytes(tasks.encode("utf-8", "surrogatepass"))
    return _read(what, path)


def _no_files(folder: Path) -> Iterator[Trial]:
    """A folder, a device without end and a pipe that nobody writes to."""
    pipe = folder / "pipe"
    if hasattr(os, "mkfifo") and not pipe.exists():
        os.mkfifo(pipe)
    for path in (folder, Path("/dev/zero"), pipe):
        if path.exists():
            yield _read(f"no file: {path.name}", path)


def _read(what: str, path: Path) -> Trial:
    """Whether a scenario is read, or refused in few and legible lines, and soon."""
    began, said, ok = time.process_time(), "", True
    try:
        load(path)
    except ScenarioError as error:
        said = str(error)
        lines = said.split("\n")
        ok = len(lines) <= MOST_TOLD + 2 and all(line.isprintable() for line in lines)
    except Exception as error:
        ok, said = False, f"{type(error).__name__}: {error}"
    seconds = time.process_time() - began
    return Trial(what, ok and seconds <= SECONDS, said if seconds <= SECONDS else f"{seconds:.0f} s: {said}")
