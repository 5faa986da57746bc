"""Parts of results on disk: each block of replications is one Parquet file that is either whole or absent.

A part says in its own metadata which batch it belongs to (the identity) and what it holds (a digest of its
rows). A part that was cut short, damaged, or copied from another batch is therefore noticed, never mixed in.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.manifest import read_manifest, sync_folder
from sim.outcomes import OUTCOMES

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd

    from sim.study import Cell

Row = tuple[int, str, int, dict[str, Any] | None, str | None]
"""One run: variation, structure, replication, outcomes by name (or None), and why it failed (or None)."""

PARTS = "parts"
KEYS = ("scenario", "variation", "structure", "replication", "seed", "error")
MEASURES = tuple(o.name for o in OUTCOMES)
_KEY_TYPES = ("VARCHAR", "BIGINT", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR")
_TYPES = dict(zip(KEYS, _KEY_TYPES, strict=True)) | dict.fromkeys(MEASURES, "DOUBLE")


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

    def path(self, index: int) -> Path:
        """Where part `index` is, or will be."""
        return self.folder / PARTS / f"part-{index:05d}.parquet"

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
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(temporary, target)
            sync_folder(target.parent)

    def failures_if_whole(
        self, index: int, cells: Collection[Cell], structures: Collection[str]
    ) -> int | None:
        """How many failed runs of `cells` under `structures` part `index` holds; None unless it holds them
        all, undamaged.
        """
        import duckdb

        path = self.path(index)
        if not path.is_file():
            return None
        db = self._database()
        try:
            about = db.execute("SELECT key, value FROM parquet_kv_metadata(?)", [literal(path)]).fetchall()
            columns = db.execute("SELECT * FROM read_parquet(?)", [literal(path)]).fetchnumpy()
            ours = {(b"identity", self.identity.encode()), (b"digest", _digest(columns).encode())}
        except (duckdb.Error, KeyError):
            return None
        keys = [_plain(columns[key]).tolist() for key in ("variation", "replication", "structure")]
        runs = dict(zip(zip(*keys, strict=True), _plain(columns["error"]).tolist(), strict=True))
        wanted = {(*cell, structure) for cell in cells for structure in structures}
        if not (ours <= set(about) and wanted <= runs.keys()):
            return None
        return sum(runs[run] is not None for run in wanted)

    def _copy(self, columns: dict[str, np.ndarray[Any, Any]], path: Path) -> None:
        db = self._database()
        db.register("block", columns)
        typed = ", ".join(f"{name}::{kind} AS {name}" for name, kind in _TYPES.items())
        said = f"{{identity: '{self.identity}', digest: '{_digest(columns)}'}}"
        quoted = str(path).replace("'", "''")
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {said}"
        try:
            db.execute(f"COPY (SELECT {typed} FROM block) TO '{quoted}' ({options})")
        finally:
            db.unregister("block")

    def _database(self) -> duckdb.DuckDBPyConnection:
        if not self._connection:
            self._connection.append(_connect())
        return self._connection[0]


def read_results(
    folder: Path | str, *, columns: Sequence[str] | None = None, replications: int | None = None
) -> pd.DataFrame:
    """The runs in a folder of results, one row each, ordered by variation, replication and then structure.

    Columns are `scenario`, `variation` (its number), `structure`, `replication`, `seed`, `error` (None unless
    the run failed), each key that the sweep varies, and one for each of `sim.outcomes.OUTCOMES` in its unit,
    or for those named in `columns`; a failed run has NaN. Only the first `replications` are read (default:
    those the batch was asked for).
    Raises ResultsError when there is nothing to read or a part is damaged.
    """
    import duckdb

    folder = Path(folder)
    parts = sorted((folder / PARTS).glob("part-*.parquet"))
    if not parts:
        raise ResultsError(f"{folder}: no results here; `rolecall run` writes them")
    manifest = read_manifest(folder)
    wanted = replications if replications is not None else manifest.get("replications")
    chosen = ", ".join([*KEYS, *(MEASURES if columns is None else columns)])
    limit = "" if wanted is None else f"WHERE replication < {int(wanted)}"
    with _connect() as db:
        try:
            query = f"SELECT {chosen} FROM read_parquet(?) {limit}"
            rows = db.execute(query, [[literal(part) for part in parts]]).df()
        except duckdb.Error as error:
            why = str(error).splitlines()[0]
            raise ResultsError(
                f"{folder}: cannot read the results ({why}); run the batch again to mend it"
            ) from None
    return _with_changes(rows, manifest.get("variations") or [])


def frame(store: PartStore, rows: Sequence[Row], changes: Sequence[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """Rows as `read_results` gives them, without a disk between; `changes` by the number of a variation."""
    with _connect() as db:
        db.register("block", _columns(store, rows))
        typed = ", ".join(f"{name}::{kind} AS {name}" for name, kind in _TYPES.items())
        return _with_changes(db.execute(f"SELECT {typed} FROM block").df(), changes)


def _with_changes(rows: pd.DataFrame, changes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows by variation, with a column for each varied key; parts hold the variations in turns."""
    if not changes:
        return rows
    rows = rows.sort_values("variation", kind="stable", ignore_index=True)
    for place, key in enumerate(changes[0]):
        values = [changes[number][key] for number in rows["variation"]]
        rows.insert(len(KEYS) + place, key, values)
    return rows


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft to write, which takes the place of `path` at the end: a reader sees the old file or the new."""
    draft = path.with_name(f".{path.name}.tmp")
    yield draft
    os.replace(draft, path)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole, or not at all."""
    with whole(path) as draft:
        draft.write_text(text, encoding="utf-8")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn whatever the disk may refuse into one line for the user."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.IOException) as error:
        refusal, remedy = _refusal(error), "choose another folder with --out"
        if refusal in (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT)):
            remedy = f"free space there, or {remedy}"
        raise ResultsError(f"{folder}: cannot write results ({refusal}); {remedy}") from None


_REFUSALS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.ENOENT, errno.EIO)


def _refusal(error: Exception) -> str:
    """What the disk said, in its own few words; DuckDB wraps them into lines of its own."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    said = str(error)
    plain = next((os.strerror(code) for code in _REFUSALS if os.strerror(code) in said), None)
    return plain or said.splitlines()[0]


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


def _columns(store: PartStore, rows: Sequence[Row]) -> dict[str, np.ndarray[Any, Any]]:
    """Rows turned into one array a column; NaN where a run failed."""
    import numpy as np

    none: dict[str, float] = {}
    columns: dict[str, np.ndarray[Any, Any]] = {
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


def _digest(columns: dict[str, np.ndarray[Any, Any]]) -> str:
    """A hash of every cell, the same before a part is written and after it is read."""
    import numpy as np

    digest = hashlib.sha256()
    for name in (*KEYS, *MEASURES):
        values = _plain(columns[name])
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), np.nan, values)  # one of the many bit patterns of a NaN
        digest.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
    return digest.hexdigest()


def _plain(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A column without a mask: what Parquet calls null is None, or NaN for numbers."""
    import numpy as np

    if not isinstance(values, np.ma.MaskedArray):
        return values
    plain: np.ndarray[Any, Any] = values.data.copy()
    plain[np.ma.getmaskarray(values)] = np.nan if plain.dtype.kind == "f" else None
    return plain


def literal(path: Path) -> str:
    """A path in which no character is taken for a pattern."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))


def _connect() -> duckdb.DuckDBPyConnection:
    """One thread: the order of rows, and so the bytes of a part, depend on nothing else."""
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})
