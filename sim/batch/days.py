"""Days of runs on disk: each block of futures is one NumPy archive that is either whole or absent."""

from __future__ import annotations

import errno
import os
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.batch.inventory import PARTS, part_name
from sim.batch.results import Row, writing
from sim.safety.facts_file import put

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sim.batch.study import Blocks, Cell
    from sim.world.luck import Floats


@dataclass(frozen=True)
class _Block:
    """What a block holds: its cells, why runs failed (cell x structure, "" if they did not), and series."""

    cells: list[Cell]
    errors: NDArray[np.str_]
    series: Mapping[str, Floats]


@dataclass(frozen=True)
class HistoryStore:
    """Blocks of runs of which series of numbers are kept, by structure and future.

    `lengths` gives each series, by its name, its number of entries.
    """

    folder: Path
    identity: str
    structures: tuple[str, ...]
    lengths: Mapping[str, int]

    @property
    def suffix(self) -> str:
        """How the names of blocks end."""
        return ".npz"

    def path(self, index: int) -> Path:
        """Where block `index` is, or will be."""
        return self.folder / PARTS / part_name(index, self.suffix)

    def write(self, index: int, rows: Sequence[Row]) -> None:
        """Write a block, all or nothing; the bytes depend on the rows alone, in whatever order they come.

        Raises ResultsError when the disk refuses.
        """
        import numpy as np

        cells = sorted({(row[0], row[2]) for row in rows})
        shape = len(cells), len(self.structures)
        series = {name: np.full((*shape, length), np.nan) for name, length in self.lengths.items()}
        errors = np.full(shape, "", dtype=object)
        for variation, structure, replication, outcome, error in rows:
            place = cells.index((variation, replication)), self.structures.index(structure)
            for name, kept in series.items():
                kept[place] = np.nan if outcome is None else outcome[name]
            errors[place] = error or ""
        target = self.path(index)
        temporary = target.with_name(f".{target.stem}.tmp")
        content: dict[str, Any] = {
            "identity": np.array(self.identity),
            "cells": np.array(cells, dtype=np.int64),
            "errors": errors.astype(str),
            **series,
        }
        with writing(self.folder):
            with temporary.open("wb") as file:
                np.savez_compressed(file, **content)
            put(temporary, target)

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` block `index` holds, or None unless it holds all, undamaged.

        A block holds every structure or none: the days of all are compared.
        """
        found = self._read(index)
        if found is None:
            return None
        if not set(cells) <= set(found.cells):
            return None
        wanted = [place for place, cell in enumerate(found.cells) if cell in set(cells)]
        return int((found.errors[wanted] != "").sum())

    def damaged(self, index: int) -> bool:
        """Whether there is a file in the place of block `index` that does not hold what was written."""
        return self.path(index).exists() and self._read(index) is None

    def series(self, blocks: Blocks, name: str) -> Floats:
        """One series of all blocks, in their order: cell x structure x entry; NaN where a run failed."""
        import numpy as np

        parts = []
        for index, block in blocks.items():
            found = self._read(index)
            if found is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.path(index))
            parts.append(found.series[name][[found.cells.index(cell) for cell in block]])
        return np.concatenate(parts)

    def _read(self, index: int) -> _Block | None:
        """What a block holds; None if it is absent, damaged or another's."""
        import numpy as np

        try:
            with np.load(self.path(index), allow_pickle=False) as archive:
                found = {name: archive[name] for name in archive.files}  # reading all checks all sums
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
            return None
        shape = len(found.get("cells", ())), len(self.structures)
        missing = np.empty(0)
        whole = str(found.get("identity")) == self.identity and all(
            found.get(name, missing).shape == (*shape, length) for name, length in self.lengths.items()
        )
        if not whole:
            return None
        cells = [(int(variation), int(replication)) for variation, replication in found["cells"]]
        return _Block(cells, found["errors"], {name: found[name] for name in self.lengths})
