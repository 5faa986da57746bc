"""Parts of results on disk: each block of replications is one Parquet file that is either whole or absent.

A part says in its own metadata which batch it belongs to (the identity) and what it holds (a digest of its
rows). A part that was cut short, damaged, or copied from another batch is therefore noticed, never mixed in.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sim.batch.inventory import PARTS, complete, named, numbers_there, part_name, promised, strays
from sim.batch.manifest import MANIFEST, Manifest, read_manifest
from sim.batch.part import (
    KEYS,
    MEASURES,
    connect,
    raise_if_not_damage,
    rows_of,
    typed,
    verified,
    write_part,
)
from sim.safety.facts_file import log, put

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from sim.batch.inventory import Promise
    from sim.batch.part import Columns
    from sim.batch.study import Cell
    from sim.vocabulary import Measured

Row: TypeAlias = "tuple[int, str, int, Mapping[str, Measured] | None, str | None]"
"""One run: variation, structure, replication, outcomes by name (or None), and why it failed (or None)."""

SUFFIX = ".parquet"
MEND = "run the batch again to mend it"


class ResultsError(Exception):
    """Results cannot be written or read, for a reason the user can mend; the message is one line."""


@dataclass(frozen=True)
class PartStore:
    """The parts of one batch: `structures` gives the order of rows within a replication."""

    folder: Path
    identity: str
    scenario: str
    seed: int
    structures: tuple[str, ...]
    _connection: list[duckdb.DuckDBPyConnection] = field(default_factory=list, repr=False)
    _verified: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @property
    def suffix(self) -> str:
        """How the names of parts end."""
        return SUFFIX

    def path(self, index: int) -> Path:
        """Where part `index` is, or will be."""
        return self.folder / PARTS / part_name(index, SUFFIX)

    def write(self, index: int, rows: Sequence[Row]) -> None:
        """Write a block's rows as part `index`, all or nothing.

        The bytes depend on the rows alone, in whatever order they come.
        Raises ResultsError when the disk refuses.
        """
        columns = _columns(
            self, sorted(rows, key=lambda row: (row[0], row[2], self.structures.index(row[1])))
        )
        target = self.path(index)
        temporary = target.with_name(f".{target.stem}.tmp")
        with writing(self.folder):
            self._copy(columns, temporary)
            put(temporary, target)

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` under `structures` part `index` holds; None unless it holds them
        all, undamaged.
        """
        columns = self._read(index)
        if columns is None:
            return None
        keys = [columns[key].tolist() for key in ("variation", "replication", "structure")]
        runs = dict(zip(zip(*keys, strict=True), columns["error"].tolist(), strict=True))
        wanted = {(*cell, structure) for cell in cells for structure in structures}
        if not wanted <= runs.keys():
            return None
        return sum(runs[run] is not None for run in wanted)

    def damaged(self, index: int) -> bool:
        """Whether there is a file in the place of part `index` that does not hold what was written."""
        return self.path(index).exists() and self._read(index) is None

    def rows(
        self, numbers: Iterable[int], columns: Sequence[str] | None = None, replications: int | None = None
    ) -> pd.DataFrame:
        """The rows of these parts, in their order, each part verified; `columns` as for `read_results`.

        Raises ResultsError if one of them is not whole.
        """
        import duckdb

        paths = [self._sure(number) for number in sorted(numbers)]
        chosen = [*KEYS, *(MEASURES if columns is None else columns)]
        limit = "" if replications is None else f"WHERE replication < {int(replications)}"
        if not paths:
            return frame(self, []).loc[:, chosen]
        try:
            return rows_of(self._database(), paths, chosen, limit)
        except (duckdb.Error, RuntimeError) as error:
            raise_if_not_damage(error, self.folder)
            why = str(error).splitlines()[0]
            raise ResultsError(f"{self.folder}: cannot read the results ({why}); {MEND}") from None

    def _sure(self, index: int) -> Path:
        """The path of a part that holds what was written."""
        path = self.path(index)
        if self._verified.get(index) != _signature(path) and self._read(index) is None:
            raise ResultsError(f"{path}: is damaged or of another batch; {MEND}")
        return path

    def _read(self, index: int) -> Columns | None:
        """The columns of a part; None unless it is there and holds what was written."""
        path = self.path(index)
        self._verified.pop(index, None)
        before = _signature(path)
        if not path.is_file():
            return None
        columns = verified(self._database(), path, self.identity)
        if columns is not None:
            self._verified[index] = before
        return columns

    def _copy(self, columns: Columns, path: Path) -> None:
        write_part(self._database(), columns, path, self.identity)

    def _database(self) -> duckdb.DuckDBPyConnection:
        if not self._connection:
            self._connection.append(connect())
        return self._connection[0]


def _signature(path: Path) -> tuple[int, ...]:
    """What changes with a file, without a look into it; nothing for a file that is not there."""
    try:
        about = path.stat()
    except OSError:
        return ()
    return about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


def read_results(
    folder: Path | str, *, columns: Sequence[str] | None = None, replications: int | None = None
) -> pd.DataFrame:
    """The runs in a folder of results, one row each, ordered by variation, replication and then structure.

    Columns are `scenario`, `variation` (its number), `structure`, `replication`, `seed`, `error` (None unless
    the run failed), each key that the sweep varies, and one for each of `sim.vocabulary.OUTCOMES` in its
    unit, or for those named in `columns`; a failed run has NaN. Only the first `replications` are read
    (default: those the batch was asked for). Raises ResultsError when there is nothing to read, or a part is
    damaged, missing from a finished batch, or a copy of another. Files that are no parts of the batch are
    named in the log and left aside.
    """
    folder = Path(folder)
    there = numbers_there(folder, SUFFIX)
    if not there:
        raise ResultsError(f"{folder}: no results here; `rolecall run` writes them")
    manifest = read_manifest(folder)
    if not isinstance(manifest.get("identity"), str):
        raise ResultsError(f"{folder}: {MANIFEST} is missing or damaged; {MEND}")
    store = PartStore(folder, manifest["identity"], "", 0, ())
    wanted = replications if replications is not None else manifest.get("replications")
    rows = store.rows(_due(store, manifest, set(there), wanted), columns, wanted)
    if rows.duplicated(["variation", "structure", "replication"]).any():
        raise ResultsError(f"{folder / PARTS}: a part is a copy of another; {MEND}")
    return with_changes(rows, manifest.get("variations") or [])


def _due(store: PartStore, manifest: Manifest, there: set[int], wanted: int | None) -> set[int]:
    """The numbers of the parts to read, when none is missing and each is in its place."""
    promises = promised(manifest, _structures(manifest), wanted)
    finished = complete(manifest)
    count = manifest.get("parts", len(promises) or None)
    if finished and isinstance(count, int):
        tell_strays(store.folder, SUFFIX, max(count, len(promised(manifest, ()))))
    due = set(promises) or (set(range(count)) if isinstance(count, int) else there)
    missing = [part_name(number, SUFFIX) for number in due - there] if finished else []
    if missing:
        raise ResultsError(f"{store.folder / PARTS}: {named(missing)} missing from a finished batch; {MEND}")
    for number in due & there:
        _check_place(store, number, promises.get(number) if finished else None)
    return due & there


def _check_place(store: PartStore, number: int, promise: Promise | None) -> None:
    """Raise ResultsError unless a part is whole, and holds what is promised of it."""
    cells, structures = (promise.block, promise.structures) if promise else ((), ())
    if store.failures_if_whole(number, cells, structures) is None:
        raise ResultsError(f"{store.path(number)}: is damaged or of another batch; {MEND}")


def tell_strays(folder: Path, suffix: str, count: int) -> None:
    """Name what lies among the `count` parts of a batch and is none of them."""
    if found := strays(folder, suffix, count):
        log.warning("%s: no part of this batch, left aside: %s", folder / PARTS, named(found))


def _structures(manifest: Manifest) -> tuple[str, ...]:
    """The structures that a manifest tells of."""
    given = manifest.get("structures")
    return tuple(given) if isinstance(given, list) else ()


def frame(
    store: PartStore, rows: Sequence[Row], changes: Sequence[Mapping[str, object]] = ()
) -> pd.DataFrame:
    """Rows as `read_results` gives them, without a disk between; `changes` by the number of a variation."""
    with connect() as db:
        return with_changes(typed(db, _columns(store, rows)), changes)


def with_changes(rows: pd.DataFrame, changes: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The rows by variation, with a column for each varied key; parts hold the variations in turns."""
    if not changes:
        return rows
    rows = rows.sort_values("variation", kind="stable", ignore_index=True)
    for place, key in enumerate(changes[0]):
        values = [changes[number][key] for number in rows["variation"]]
        rows.insert(len(KEYS) + place, key, values)
    return rows


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn whatever the disk may refuse into one line for the user."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.Error, RuntimeError) as error:
        refusal = _refusal(error, folder)
        if refusal is None:
            raise
        remedy = _REMEDIES.get(refusal, "choose another folder with --out")
        raise ResultsError(f"{folder}: cannot write results ({refusal}); {remedy}") from None


_REMEDIES = {
    os.strerror(errno.ENOSPC): "free space there, or choose another folder with --out",
    os.strerror(errno.EDQUOT): "free space there, or choose another folder with --out",
    os.strerror(errno.EFBIG): "allow larger files (ulimit -f)",
    os.strerror(errno.EMFILE): "allow more open files (ulimit -n)",
    os.strerror(errno.ENFILE): "close other programs",
}
_REFUSALS = (*_REMEDIES, *map(os.strerror, (errno.EROFS, errno.EACCES, errno.ENOENT, errno.EIO)))


def _refusal(error: Exception, folder: Path) -> str | None:
    """What the disk said in its own few words, which DuckDB wraps into lines; None if it was not the disk.

    Raises MemoryError or KeyboardInterrupt if that is what an error of DuckDB stands for.
    """
    import duckdb

    if isinstance(error, BrokenPipeError):
        return None
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    said = str(error)
    plain = next((words for words in _REFUSALS if words in said), None)
    if plain is None:
        raise_if_not_damage(error, folder)
    return plain or (said.splitlines()[0] if isinstance(error, duckdb.IOException) else None)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process; raises ResultsError if another one is writing to it."""
    try:
        import fcntl
    except ImportError:  # Windows: two writers are not told apart there; each still writes whole parts
        yield
        return
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            remedy = "wait for it, or choose another folder with --out"
            raise ResultsError(f"{folder}: another rolecall is writing here; {remedy}") from None
        yield


def _columns(store: PartStore, rows: Sequence[Row]) -> Columns:
    """Rows turned into one array a column; NaN where a run failed."""
    import numpy as np

    none: Mapping[str, Measured] = {}
    columns: Columns = {
        "scenario": np.array([store.scenario] * len(rows), dtype=object),
        "variation": np.array([row[0] for row in rows], dtype=np.int64),
        "structure": np.array([row[1] for row in rows], dtype=object),
        "replication": np.array([row[2] for row in rows], dtype=np.int64),
        "seed": np.array([store.seed] * len(rows), dtype=np.int64),
        "error": np.array([row[4] for row in rows], dtype=object),
    }
    for name in MEASURES:
        columns[name] = np.array([(row[3] or none).get(name, np.nan) for row in rows], dtype=np.float64)
    return columns
