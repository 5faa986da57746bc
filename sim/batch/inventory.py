"""What a folder of results must hold by its manifest, and what lies there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sim.batch.manifest import Manifest
from sim.batch.study import Block, Cell, grid
from sim.safety.facts_file import log

PARTS = "parts"
_MOST_NAMED = 3
"""Files that are named; of the rest it is said how many there are."""


@dataclass(frozen=True)
class Promise:
    """What a block holds: its cells, and the structures that lived through them."""

    block: Block
    structures: tuple[str, ...]


def promised(
    manifest: Manifest, structures: Iterable[str], replications: int | None = None
) -> dict[int, Promise]:
    """What each part of a batch of every variation x replication holds; nothing for any other batch.

    With `replications`, of a batch that is no longer than that.
    """
    there = manifest.get("replications")
    if manifest.get("settings") or not isinstance(there, int):
        return {}
    left_out = manifest.get("left_out_after") or {}
    varied = len(manifest.get("variations") or [{}])
    wanted = there if replications is None else min(there, replications)
    return {
        number: Promise(block, tuple(s for s in structures if left_out.get(s, there) > block[0][1]))
        for number, block in grid(varied, wanted).items()
    }


class Held(Protocol):
    """What keeps parts, and can say of each whether it is what was written."""

    @property
    def folder(self) -> Path:
        """The folder of the batch."""

    @property
    def suffix(self) -> str:
        """How the names of its files end."""

    @property
    def structures(self) -> tuple[str, ...]:
        """The structures of the scenario."""

    def path(self, index: int) -> Path:
        """Where a part is, or will be."""

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` under `structures` a part holds; None unless it holds them all,
        undamaged.
        """

    def damaged(self, index: int) -> bool:
        """Whether there is a file in the place of a part that does not hold what was written."""


class Lost:
    """The parts of an earlier session that are damaged or gone, noticed as they are due, and told of."""

    def __init__(self, store: Held, before: Manifest):
        self.store = store
        self._promises = promised(before, store.structures) if complete(before) else {}
        self._count = before.get("parts", len(self._promises)) if complete(before) else 0
        self._damaged: list[str] = []
        self._missing: list[str] = []

    def promise(self, number: int) -> Promise | None:
        """What a part held that is damaged or gone; None if there is nothing to make good."""
        name = part_name(number, self.store.suffix)
        if self._wrong(number):
            self._damaged.append(name)
        elif number < self._count and not self.store.path(number).exists():
            self._missing.append(name)
        else:
            return None
        return self._promises.get(number)

    def _wrong(self, number: int) -> bool:
        """Whether there is a part in its place, but not what was written there, or of another place.

        The last part may have been short.
        """
        if self.store.damaged(number):
            return True
        promise = self._promises.get(number, Promise((), ()))
        short = self.store.failures_if_whole(number, promise.block, promise.structures) is None
        return self.store.path(number).exists() and (short or 0 <= number < self._count - 1)

    def tell(self) -> None:
        """Name the parts in the log."""
        where = self.store.folder / PARTS
        for names, wrong in ((self._damaged, "damaged"), (self._missing, "missing from a finished batch")):
            if names:
                log.warning("%s: %s, so made again: %s", where, wrong, named(names))


def complete(manifest: Manifest) -> bool:
    """Whether a batch came to its end, so that nothing of it may be missing."""
    return manifest.get("status") == "complete"


def numbers_there(folder: Path, suffix: str) -> dict[int, Path]:
    """The parts in a folder of results, by their number."""
    found = {}
    for path in sorted((folder / PARTS).glob(f"part-*{suffix}")):
        number = path.name.removeprefix("part-").removesuffix(suffix)
        if number.isdecimal() and path.name == part_name(int(number), suffix):
            found[int(number)] = path
    return found


def part_name(number: int, suffix: str) -> str:
    """What the part of this number is called."""
    return f"part-{number:05d}{suffix}"


def strays(folder: Path, suffix: str, count: int) -> list[str]:
    """What lies among the `count` parts of a finished batch and is none of them, drafts aside."""
    names = {part_name(number, suffix) for number in range(count)}
    try:
        there = sorted(path.name for path in (folder / PARTS).iterdir())
    except FileNotFoundError:
        return []
    return [name for name in there if name not in names and not name.startswith(".")]


def named(names: Collection[str]) -> str:
    """The first names of many, and how many more there are."""
    shown = sorted(names)[:_MOST_NAMED]
    more = f" and {len(names) - len(shown):,} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more
