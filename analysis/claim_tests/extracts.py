"""What judging needs of runs that are whole, kept beside them: gathering it again takes minutes.

The runs of a claim lie in hundreds of parts, and whom they were drawn as takes longer to say than to judge.
So plain arrays are kept under `gathered`, each file with the digest of what it belongs to and of what it
holds. One that is damaged, of another version, or whose runs are gone is made anew from the parts.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from analysis.statistics.arrays import Floats
from sim.batch.manifest import MANIFEST
from sim.batch.results import writing
from sim.safety.facts_file import write_whole

ARRAYS, ENDING = "gathered", ".arrays"

_ANALYSIS = Path(__file__).parents[1]

_DECIDE = (
    *(
        f"claim_tests/{name}.py"
        for name in ("extracts", "population", "one_by_one", "dials", "runs", "mechanisms")
    ),
    *("causes/factors.py", "questionnaire/questions.py", "decision/mechanisms.py", "words/board_words.py"),
)
"""Sources that say who is drawn and what is gathered; the model's own are in the identity of runs."""


@dataclass(frozen=True)
class Gathered:
    """Plain `facts`, among them the folder of its `runs`, and arrays by name."""

    facts: Mapping[str, Any]
    arrays: Mapping[str, Floats]


def kept_or_gathered(
    folder: Path, name: str, of: Mapping[str, Any], gather: Callable[[], Gathered]
) -> Gathered:
    """What is kept in `folder` of what `of` describes in plain values; else what `gather` gives, kept now."""
    key = _hash(json.dumps([of, _sources()], sort_keys=True).encode())
    path = folder / ARRAYS / f"{name}-{key[:12]}{ENDING}"
    found = _read(path, key)
    if found is not None and (folder / found.facts["runs"] / MANIFEST).is_file():
        return found
    made = gather()
    with writing(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _as_bytes(key, made))
    return made


def _as_bytes(key: str, made: Gathered) -> bytes:
    """A line that says what is in the file, then the arrays."""
    packed = io.BytesIO()
    pack: Any = np.savez  # whose type takes the names of arrays for its own arguments
    pack(packed, **made.arrays)
    said = {"of": key, "facts": made.facts}
    body = json.dumps(said).encode() + b"\n" + packed.getvalue()
    return _hash(body).encode() + b"\n" + body


def _read(path: Path, key: str) -> Gathered | None:
    """What a file holds; None unless it is there, whole, and of what is asked for."""
    if not path.is_file():
        return None
    digest, _, body = path.read_bytes().partition(b"\n")
    if digest != _hash(body).encode():
        return None
    try:
        return _unpacked(body, key)
    except (
        ValueError,
        KeyError,
        TypeError,
        OSError,
        BadZipFile,
    ):  # somebody else's, with a digest of its own
        return None


def _unpacked(body: bytes, key: str) -> Gathered | None:
    """Plain numbers alone: whatever would have to be unpickled is refused."""
    head, _, packed = body.partition(b"\n")
    said = json.loads(head)
    if said["of"] != key:
        return None
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return Gathered(said["facts"], dict(arrays))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _sources() -> str:
    return _hash(b"\0".join((_ANALYSIS / name).read_bytes() for name in _DECIDE))
