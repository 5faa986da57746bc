"""What a folder of results is called, and what it says about itself: its manifest."""

from __future__ import annotations

import os
import platform
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from sim.batch.identity import as_given, installed, model_version
from sim.safety.facts_file import as_text, read_facts, write_whole

if TYPE_CHECKING:
    from sim.batch.study import Study

MANIFEST = "manifest.json"
PACKAGES = ("numpy", "numba", "mesa", "duckdb", "pydantic")
_LONGEST_SLUG = 40


class Manifest(TypedDict, total=False):
    """What a folder of results says about itself: which batch it is, how far it came, and on what machine."""

    name: str
    identity: str
    settings: dict[str, object]
    seed: int
    structures: list[str]
    scenario: dict[str, object]
    plan_folder: str
    arguments: dict[str, object]
    variations: list[Mapping[str, object]]
    model_version: str
    versions: dict[str, str]
    machine: dict[str, object]
    status: str
    replications: int
    parts: int
    left_out_after: dict[str, int]
    runs: int
    failed: int
    created: str
    updated: str
    seconds_of_last_session: float


def folder_name(name: str, identity_hash: str) -> str:
    """A name for the results of the scenario called `name`: lower case ASCII, never a path.

    >>> folder_name("../../Scale-up  agency", "0123456789abcdef")
    'scale-up-agency-01234567'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'scenario'}-{identity_hash[:8]}"


def describe(study: Study, arguments: Mapping[str, object]) -> Manifest:
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
        "versions": {"python": platform.python_version(), **{p: installed(p) for p in PACKAGES}},
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of results, or an empty one if there is none that can be believed."""
    try:
        return cast(Manifest, read_facts(folder / MANIFEST))
    except (OSError, ValueError):
        return {}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step, so that a reader sees the old one or the new one, whole."""
    write_whole(folder / MANIFEST, as_text(manifest))
