"""Days of runs on disk: each block of futures is one NumPy archive that is either whole or absent."""

from __future__ import annotations

import errno
import os
import zipfile
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.manifest import sync_folder
from sim.results_store import PARTS, Row, writing

if TYPE_CHECKING:
    import numpy as np

    from sim.study import Blocks, Cell


@dataclass(frozen=True)
class HistoryStore:
    """Blocks of runs of which a series of `days` numbers called `name` is kept, by structure and future."""

    folder: Path
    identity: str
    structures: tuple[str, ...]
    name: str
    days: int

    def path(self, index: int) -> Path:
        """Where block `index` is, or will be."""
        return self.folder / PARTS / f"part-{index:05d}.npz"

    def write(self, index: int, rows: Sequence[Row]) -> None:
        """Write a block, all or nothing; the bytes depend on the rows alone, in whatever order they come.

        Raises ResultsError when the disk refuses.
        """
        import numpy as np

        cells = sorted({(row[0], row[2]) for row in rows})
        series = np.full((len(cells), len(self.structures), self.days), np.nan)
        errors = np.full((len(cells), len(self.structures)), "", dtype=object)
        for variation, structure, replication, outcome, error in rows:
            place = cells.index((variation, replication)), self.structures.index(structure)
            if outcome is not None:
                series[place] = outcome[self.name]
            errors[place] = error or ""
        target = self.path(index)
        temporary = target.with_name(f".{target.stem}.tmp")
        content: dict[str, Any] = {
            "identity": np.array(self.identity),
            "cells": np.array(cells, dtype=np.int64),
            "errors": errors.astype(str),
            self.name: series,
        }
        with writing(self.folder):
            with temporary.open("wb") as file:
                np.savez_compressed(file, **content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
            sync_folder(target.parent)

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` block `index` holds, or None unless it holds all, undamaged.

        A block holds every structure or none: the days of all are compared.
        """
        found = self._read(index)
        if found is None:
            return None
        there = [(int(v), int(r)) for v, r in found["cells"]]
        if not set(cells) <= set(there):
            return None
        wanted = [place for place, cell in enumerate(there) if cell in set(cells)]
        return int((found["errors"][wanted] != "").sum())

    def series(self, blocks: Blocks) -> np.ndarray[Any, Any]:
        """The series of all blocks, in their order: cell x structure x day; NaN where a run failed."""
        import numpy as np

        parts = []
        for index, block in blocks.items():
            found = self._read(index)
            if found is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.path(index))
            there = [(int(v), int(r)) for v, r in found["cells"]]
            parts.append(found[self.name][[there.index(cell) for cell in block]])
        return np.concatenate(parts)

    def _read(self, index: int) -> dict[str, np.ndarray[Any, Any]] | None:
        """A block's arrays; None if it is absent, damaged or another's."""
        import numpy as np

        try:
            with np.load(self.path(index), allow_pickle=False) as archive:
                found = {name: archive[name] for name in archive.files}  # reading all checks all sums
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error):
            return None
        shape = (len(found.get("cells", ())), len(self.structures), self.days)
        whole = str(found.get("identity")) == self.identity and found[self.name].shape == shape
        return found if whole else None
