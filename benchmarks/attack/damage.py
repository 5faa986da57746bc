"""Damaged results.

Every kind of file that commands leave in a folder of results is damaged in every way. The next command must
say so with the file's name, and either refuse (exit code 2) or give the very answer of before.
Where it is the answer itself that is lost, the runs are compared, and it is said that this is done.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.decision.record import DECISION, INSTEAD
from benchmarks.attack.command import Ended, rolecall
from benchmarks.attack.organisation import small
from benchmarks.attack.trial import Trial

Harm = Callable[[Path], object]

PART, OTHER_PART = "parts/part-00001.parquet", "parts/part-00000.parquet"
FILES = (
    PART,
    "manifest.json",
    DECISION,
    "days-*/manifest.json",
    "days-*/parts/*0.npz",
    "doubt-*/manifest.json",
    "doubt-*/parts/*0.parquet",
    "between-*/parts/*0.parquet",
)
FIRST = ("decide", "attacked.yaml", "--max-replications", "60", "--doubt", "30")
READING = (("compare", "{}"), ("report", "{}", "--out", "page.html"), FIRST)


def flipped(path: Path, where: float, bit: int = 1) -> None:
    """One bit of a file turned over, at a share of its length."""
    content = bytearray(path.read_bytes())
    content[int(where * (len(content) - 1))] ^= bit
    path.write_bytes(bytes(content))


def cut(path: Path, share: float) -> None:
    """A file cut off after a share of it."""
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])


def zeroed(path: Path) -> None:
    """A file of its length, all zeros in its second half."""
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + bytes(len(content) - half))


def digits_changed(path: Path) -> None:
    """Every 1 in a file a 7: still a file of its kind, where it is text."""
    path.write_bytes(path.read_bytes().replace(b"1", b"7"))


def folder_instead(path: Path) -> None:
    """A folder in place of a file."""
    path.unlink()
    path.mkdir()


HARMS: dict[str, Harm] = {
    "emptied": lambda path: path.write_bytes(b""),
    "digits changed": digits_changed,
    "one bit flipped": lambda path: flipped(path, 0.4),
    "cut in half": lambda path: cut(path, 0.5),
    "zeroed": zeroed,
    "gone": lambda path: path.unlink(),
    "its end lost": lambda path: path.write_bytes(path.read_bytes()[:-3]),
    "first bit flipped": lambda path: flipped(path, 0.0),
    "rubbish": lambda path: path.write_bytes(b"PAR1 nonsense {"),
    "of another part": lambda path: path.write_bytes((path.parent / "part-00000.parquet").read_bytes()),
    "a folder": folder_instead,
}


def attack(thorough: bool, folder: Path) -> Iterator[Trial]:
    """Files x harms x commands; a sample of them in short."""
    small(folder)
    made = rolecall(*FIRST, folder=folder)
    home = next((folder / "results").iterdir())
    rolecall("report", str(home), folder=folder)
    sound = {command: numbers(run(command, home, folder)) for command in READING}
    yield Trial("left alone, it answers", made.code == 0 and all(sound.values()), made.said)
    shutil.copytree(home, folder / "sound")
    todo = [(file, harm, command) for file in FILES for harm in HARMS for command in READING]
    for file, harm, command in todo if thorough else todo[:: len(todo) // 5]:
        if harm != "of another part" or file == PART:
            yield from tried(file, harm, command, home, folder, sound[command])
    yield from misplaced(home, folder, sound[READING[0]])


def tried(
    file: str, harm: str, command: tuple[str, ...], home: Path, folder: Path, sound: str
) -> Iterator[Trial]:
    """One file harmed in one way, and one command after it."""
    restored(home, folder)
    path = next(home.glob(file), None)
    if path is None:
        return
    HARMS[harm](path)
    ended = run(command, home, folder)
    same = ended.code == 0 and numbers(ended) == sound
    told = path.name in ended.err and (ended.code == 2 or (file == DECISION and INSTEAD in ended.err))
    yield Trial(
        f"{file} {harm}, then {command[0]}",
        not ended.fell_over and (same or told),
        f"{ended.said}\n--- of sound files:\n{sound}",
    )


def misplaced(home: Path, folder: Path, sound: str) -> Iterator[Trial]:
    """Results below folders that are named like columns, and a part too many."""
    odd = folder / "net_value_a_year=0" / "seed=7" / "structure=merged" / home.name
    shutil.copytree(folder / "sound", odd)
    ended = run(READING[0], odd, folder)
    yield Trial("folders named like columns", numbers(ended) == sound, ended.said)
    restored(home, folder)
    shutil.copy(home / PART, home / "parts" / "part-00099.parquet")
    ended = run(READING[0], home, folder)
    named = "part-00099.parquet" in ended.err
    yield Trial("a part too many", numbers(ended) == sound and named, ended.said)


def restored(home: Path, folder: Path) -> None:
    """The sound files, back in their place."""
    shutil.rmtree(home)
    shutil.copytree(folder / "sound", home)


def run(command: tuple[str, ...], home: Path, folder: Path) -> Ended:
    """A command about the results in `home`."""
    return rolecall(*(word.format(home) for word in command), folder=folder)


def numbers(ended: Ended) -> str:
    """What a command answered, without how long it took and how much of it was there before."""
    told = [line for line in ended.out.splitlines() if not re.search(r"runs.*, in [\d.]+ s: |^figure", line)]
    return "\n".join(told)
