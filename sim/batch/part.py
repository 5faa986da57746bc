"""One part of results: a Parquet file that says in its own metadata what it belongs to and what it holds.

The identity is that of the batch, the digest that of the rows. Nothing is taken from where the file lies: a
folder above it may be named like a column.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sim.vocabulary import OUTCOMES

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Columns = dict[str, NDArray[np.generic]]

KEYS = ("scenario", "variation", "structure", "replication", "seed", "error")
MEASURES = tuple(o.name for o in OUTCOMES)
_UNITS = json.dumps({o.name: o.unit for o in OUTCOMES}, ensure_ascii=False).replace("'", "''")
"""The unit of each outcome, as a part's metadata have it under `units`."""

_KEY_TYPES = ("VARCHAR", "BIGINT", "VARCHAR", "BIGINT", "BIGINT", "VARCHAR")
_TYPES = dict(zip(KEYS, _KEY_TYPES, strict=True)) | dict.fromkeys(MEASURES, "DOUBLE")
_TYPED = ", ".join(f"{name}::{kind} AS {name}" for name, kind in _TYPES.items())
_READ = "read_parquet(?, hive_partitioning = false, filename = false, union_by_name = false)"


def connect() -> duckdb.DuckDBPyConnection:
    """One thread: the order of rows, and so the bytes of a part, depend on nothing else."""
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})


def write_part(db: duckdb.DuckDBPyConnection, columns: Columns, path: Path, identity: str) -> None:
    """Write columns to a file, which says that it is of the batch with this identity."""
    said = f"{{identity: '{identity}', digest: '{digest(columns)}', units: '{_UNITS}'}}"
    quoted = str(path).replace("'", "''")
    options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {said}"
    db.register("block", columns)
    try:
        db.execute(f"COPY (SELECT {_TYPED} FROM block) TO '{quoted}' ({options})")
    finally:
        db.unregister("block")


def typed(db: duckdb.DuckDBPyConnection, columns: Columns) -> pd.DataFrame:
    """Columns as a frame, as they would come back from a file."""
    db.register("block", columns)
    return db.execute(f"SELECT {_TYPED} FROM block").df()


def verified(db: duckdb.DuckDBPyConnection, path: Path, identity: str) -> Columns | None:
    """The columns of a part; None if it is of another batch, or does not hold what was written.

    Raises OSError or MemoryError where the machine is at its limits, KeyboardInterrupt on Ctrl-C: none of
    these is damage.
    """
    import duckdb

    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return None
    try:
        about = db.execute("SELECT key, value FROM parquet_kv_metadata(?)", [literal(path)]).fetchall()
        columns = db.execute(f"SELECT * FROM {_READ}", [literal(path)]).fetchnumpy()
        ours = {(b"identity", identity.encode()), (b"digest", digest(columns).encode())}
    except (duckdb.Error, RuntimeError, KeyError, UnicodeDecodeError) as error:
        raise_if_not_damage(error, path)
        return None
    known = set(KEYS) <= set(columns) <= {*KEYS, *MEASURES}  # the digest does not cover their names
    return {name: plain(values) for name, values in columns.items()} if known and ours <= set(about) else None


def rows_of(db: duckdb.DuckDBPyConnection, paths: list[Path], chosen: list[str], where: str) -> pd.DataFrame:
    """The rows of parts that were verified, in their order."""
    query = f"SELECT {', '.join(chosen)} FROM {_READ} {where}"
    return db.execute(query, [[literal(path) for path in paths]]).df()


MAGIC = b"PAR1"
"""What a Parquet file begins with; DuckDB looks for it at the end alone."""

INTERRUPTED = "interrupted"
"""What DuckDB says, in an error of its own, when Ctrl-C came while it was at work."""


def raise_if_not_damage(error: Exception, path: Path) -> None:
    """Raise what an error of DuckDB stands for, if that is something else than a damaged file."""
    import duckdb

    said = str(error)
    of_python = isinstance(error, RuntimeError) and not isinstance(error, duckdb.Error)
    if (
        isinstance(error, duckdb.InterruptException)
        or KeyboardInterrupt.__name__ in said
        or (of_python and INTERRUPTED in said.lower())
    ):
        raise KeyboardInterrupt from None
    if isinstance(error, duckdb.OutOfMemoryException) or "bad_alloc" in said:
        raise MemoryError(said.splitlines()[0]) from None
    for code in (errno.EMFILE, errno.ENFILE, errno.EACCES, errno.EIO, errno.ENOMEM):
        if os.strerror(code) in said:
            raise OSError(code, os.strerror(code), str(path)) from None


def digest(columns: Columns) -> str:
    """A hash of every cell, the same before a part is written and after it is read."""
    import numpy as np

    found = hashlib.sha256()
    for column in columns.values():  # in the order of the file: an earlier version had other outcomes
        values = plain(column)
        if values.dtype.kind == "f":
            values = np.where(np.isnan(values), np.nan, values)  # one of the many bit patterns of a NaN
        found.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
    return found.hexdigest()


def plain(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """A column without a mask: what Parquet calls null is None, or NaN for numbers."""
    import numpy as np

    if not isinstance(values, np.ma.MaskedArray):
        return values
    filled = values.data.copy()
    filled[np.ma.getmaskarray(values)] = np.nan if filled.dtype.kind == "f" else None
    return filled


def literal(path: Path) -> str:
    """A path in which no character is taken for a pattern."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in str(path))
