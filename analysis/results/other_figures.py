"""The figures that other commands left in a folder of results, told apart, with what they found."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures.seal import is_whole
from sim.batch.manifest import read_manifest
from sim.safety.facts_file import facts_if_whole

log = logging.getLogger("rolecall")

OTHERS = ("tip", "why", "reorganise")
"""Commands that leave a figure, and in words what they found, in a folder of their own inside."""

SAID = ("finding", "text")
"""Where their JSON files say it."""


@dataclass(frozen=True)
class Kept:
    """A figure that another command left: what it was asked about, on which date, and what it found.

    Each of the three is empty where the folder does not say.
    """

    command: str
    image: Path
    finding: str
    about: str = ""
    date: str = ""


def kept_figures(folder: Path) -> list[Kept]:
    """The figures of `tip`, `why` and `reorganise` inside `folder`: in that order, newest first."""
    return [each for command in OTHERS for each in _of_command(folder, command)]


def _of_command(folder: Path, command: str) -> list[Kept]:
    found = []
    for own in sorted(folder.glob(f"{command}-*")):
        images = [path for path in (own / f"{command}.svg", own / f"{command}.png") if _is_good(path)]
        if images:
            said, updated = _said(own / f"{command}.json"), str(read_manifest(own).get("updated", ""))
            finding = next((said[key] for key in SAID if isinstance(said.get(key), str)), "")
            found.append((updated, Kept(command, images[0], finding, _about(command, said), updated[:10])))
    return [kept for _, kept in sorted(found, key=lambda each: each[0], reverse=True)]


def _is_good(path: Path) -> bool:
    """Whether there is a figure that can be shown; one that is damaged is named."""
    if not path.is_file():
        return False
    whole = is_whole(path)
    if not whole:
        log.warning("%s: is damaged and left aside; the same command draws it anew", path)
    return whole


def _said(path: Path) -> Mapping[str, Any]:
    """What a command found, as it left it; nothing where it left nothing that can be read."""
    try:
        return facts_if_whole(path, "what it says is left out; the same command writes it anew")
    except OSError:
        return {}


def _about(command: str, said: Mapping[str, Any]) -> str:
    """What tells one answer of a command from its others; empty if its file is of another making."""
    try:
        if command == "tip":
            over = " and ".join(f"{a['label']} from {a['low']:g} to {a['high']:g}" for a in said["over"])
            return f"{over}, {said['current']} or {said['other']}"
        if command == "why":
            return f"{said['current']} or {said['against']}, {said['runs']:,} runs"
        return f"from {said['from']} to {said['to']} on day {said['day']:g}"
    except (KeyError, TypeError, ValueError):
        return ""
