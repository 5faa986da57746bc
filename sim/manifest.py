"""What a folder of results says about itself: its identity, its name, its manifest.

Two batches may share a folder only when every row of the one equals the row of the other bit by bit. That
takes the same scenario (with the content of its plan files), the same seed and model, and the same libraries
that draw and compile. `identity` is a hash of exactly that; it is in the folder's name, in the manifest, and
in every part.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__
from sim.facts_file import as_text, read_facts, write_whole

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study import Study

MANIFEST = "manifest.json"
PACKAGES = ("numpy", "numba", "mesa", "duckdb", "pydantic")
DECIDES_BITS = ("numpy", "numba")
"""Packages whose version may change the last bit of a run: numpy draws the luck, numba compiles the rules."""

_NOT_THE_MODEL = {
    *("batch.py", "sitting.py", "study.py", "workers.py", "results_store.py", "history_store.py"),
    *("manifest.py", "facts_file.py", "part_file.py", "inventory.py", "memory.py"),
}
_ONLOOKER = "recording"
"""The folder of what writes a run down: it touches no rule, so that no result depends on it."""

_LONGEST_SLUG = 40


@cache
def model_version() -> str:
    """The released version and a hash of the model's sources, as `0.1.0+1a2b3c4d`.

    The hash covers every source file of `sim` that can change a result, so that a batch begun before a rule
    was edited is never continued after it.
    """
    package = Path(__file__).parent
    sources = [
        p
        for p in package.rglob("*")
        if p.suffix in {".py", ".toml"} and p.name not in _NOT_THE_MODEL and p.parent.name != _ONLOOKER
    ]
    digest = hashlib.sha256()
    for source in sorted(sources):
        content = source.read_bytes()
        digest.update(f"{source.relative_to(package).as_posix()}\0{len(content)}\0".encode() + content)
    return f"{__version__}+{digest.hexdigest()[:8]}"


def as_given(scenario: Scenario) -> dict[str, Any]:
    """The scenario as plain JSON values, all defaults filled in."""
    given: dict[str, Any] = scenario.model_dump(mode="json", by_alias=True)
    return given


def identity(scenario: Scenario) -> str:
    """The hash (64 hex digits) of everything that decides the bits of this scenario's results.

    The number of replications is not in it: asking for more of them extends a batch.
    """
    libraries = {name: _installed(name) for name in DECIDES_BITS}
    facts = [scenario.name, scenario.content_hash(), model_version(), libraries]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def folder_name(name: str, identity_hash: str) -> str:
    """A name for the results of the scenario called `name`: lower case ASCII, never a path.

    >>> folder_name("../../Scale-up  agency", "0123456789abcdef")
    'scale-up-agency-01234567'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'scenario'}-{identity_hash[:8]}"


def describe(study: Study, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a manifest that do not change while the batch runs."""
    scenario = study.scenario
    return {
        "name": scenario.name,
        "identity": study.identity,
        "settings": dict(study.settings),
        "seed": scenario.seed,
        "structures": list(scenario.structure_names),
        "scenario": as_given(scenario),
        **({"plan_folder": str(scenario.folder)} if scenario.plan else {}),
        "arguments": dict(arguments),
        "model_version": model_version(),
        "versions": {"python": platform.python_version(), **{p: _installed(p) for p in PACKAGES}},
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
    }


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of results, or an empty one if there is none that can be believed."""
    try:
        return read_facts(folder / MANIFEST)
    except (OSError, ValueError):
        return {}


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Replace the manifest in one step, so that a reader sees the old one or the new one, whole."""
    write_whole(folder / MANIFEST, as_text(manifest))


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
