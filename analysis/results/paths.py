"""Whether a path is what a command takes it for; if not, what it is and what to give instead."""

from __future__ import annotations

from pathlib import Path

from analysis.words.yaml_text import YAML_SUFFIXES
from sim.batch.inventory import PARTS
from sim.batch.manifest import MANIFEST, read_manifest
from sim.batch.results import ResultsError

_MOST_NAMED = 3
"""Folders of results that are named to choose from."""


def check_results(folder: Path) -> None:
    """Raise ResultsError, with what would be right, unless `folder` may hold results of its own."""
    if folder.is_file():
        raise ResultsError(f"{folder}: {_instead_of_file(folder)}")
    if not folder.is_dir():
        raise ResultsError(f"{folder}: no such folder; `rolecall decide` and `rolecall run` name theirs")
    around = _around(folder)
    if read_manifest(folder).get("settings") or (around and not (folder / PARTS).exists()):
        what = f"the results that it is in: {around}" if around else "the folder of results that it is in"
        raise ResultsError(f"{folder}: holds runs of another answer; give {what}")
    inside = _inside(folder)
    if inside and not (folder / PARTS).exists() and not (folder / MANIFEST).exists():
        named = " or ".join(str(each) for each in inside[:_MOST_NAMED])
        more = f" (or another of the {len(inside)} in there)" if len(inside) > _MOST_NAMED else ""
        raise ResultsError(f"{folder}: holds folders of results; give one of them: {named}{more}")


def check_file_to_write(path: Path, usual: str) -> None:
    """Raise ResultsError if a file cannot be at `path`: it is a folder, or below a file."""
    if path.is_dir():
        raise ResultsError(f"{path} is a folder; give the name of a file such as {path / usual}")
    check_folder_to_write(path.parent)


def check_folder_to_write(folder: Path) -> None:
    """Raise ResultsError if a folder cannot be at `folder`: it is a file, or below one."""
    for each in (folder, *folder.parents):
        if each.is_file():
            raise ResultsError(f"{each} is a file, so nothing can be written below it; choose another --out")


def _instead_of_file(path: Path) -> str:
    around = _around(path)
    if around:
        return f"a file of results; give the folder that it is in: {around}"
    if path.suffix.lower() in YAML_SUFFIXES:
        return f"a scenario, not a folder of results; run `rolecall decide {path}` first and give its folder"
    return "a file, not a folder of results; give a folder that `rolecall decide` or `rolecall run` names"


def _around(folder: Path) -> Path | None:
    """The folder of results that `folder` lies in, if it does."""
    around = folder.parent if folder.name not in ("", "..") else folder.resolve().parent
    return around if (around / MANIFEST).is_file() else None


def _inside(folder: Path) -> list[Path]:
    """The folders of results in `folder`, newest first."""
    manifests = sorted(folder.glob(f"*/{MANIFEST}"), key=lambda each: -each.stat().st_mtime)
    return [each.parent for each in manifests if not read_manifest(each.parent).get("settings")]
