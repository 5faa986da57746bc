"""What decides the bits of results: two batches of one identity may share a folder.

Every row of the one must equal the row of the other. That takes the same scenario (with the content of its
plan files), the same seed and model, and the same libraries that draw and compile. `identity` is a hash of
exactly that; it is in the folder's name, in the manifest, and in every part.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sim.version import VERSION

if TYPE_CHECKING:
    from sim.scenario import Scenario

DECIDES_BITS = ("numpy", "numba")
"""Libraries whose version may change the last bit of a run: numpy draws the luck, numba compiles the
rules.
"""

DECIDES_RESULTS = ("vocabulary.py", "scenario", "world", "rules", "engine", "building", "outcomes", "clocks")
"""Rooms of `sim` in which any change may change a result. The others keep results or write a run down."""


@cache
def model_version() -> str:
    """The released version and a hash of the model's sources, as `0.1.0+1a2b3c4d`.

    A batch begun before a rule was edited is therefore never continued after it.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for source in _sources(package):
        content = source.read_bytes()
        digest.update(f"{source.relative_to(package).as_posix()}\0{len(content)}\0".encode() + content)
    return f"{VERSION}+{digest.hexdigest()[:8]}"


def _sources(package: Path) -> list[Path]:
    """The model's source files and assumptions, in order."""
    rooms = [package / room for room in DECIDES_RESULTS]
    found = [path for room in rooms for path in ([room] if room.is_file() else room.rglob("*"))]
    return sorted(path for path in found if path.suffix in {".py", ".toml"})


def as_given(scenario: Scenario) -> dict[str, object]:
    """The scenario as plain JSON values, all defaults filled in."""
    given: dict[str, object] = scenario.model_dump(mode="json", by_alias=True)
    return given


def identity(scenario: Scenario) -> str:
    """The hash (64 hex digits) of everything that decides the bits of this scenario's results.

    The number of replications is not in it: asking for more of them extends a batch.
    """
    libraries = {name: installed(name) for name in DECIDES_BITS}
    facts = [scenario.name, scenario.content_hash(), model_version(), libraries]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def installed(package: str) -> str:
    """The version of a library that is installed, or that it is not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
