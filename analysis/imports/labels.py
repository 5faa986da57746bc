"""What labels say where a tracker has no field for it: the kind, how pressing it is, the team, points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.imports.record import Kind
from analysis.imports.synonyms import BUGS, CONTAINERS, REQUESTS, SEVERE
from sim.safety.names import on_one_line

_TEAM = re.compile(r"(?:team|squad|component|area|module|group)\s*(?:::|[:/=])\s*(.+)")
_POINTS = re.compile(r"(?:story points?|points?|sp|size|estimate)\s*(?:::|[:/= -])\s*(\d{1,3})")
_URGENCY = re.compile(r"(?:priority|prio|severity|sev|urgency)\s*(?:::|[:/= -])\s*(.+)|(p\d|sev ?\d)")
_QUESTIONS = REQUESTS | {"help", "user support", "customer"}


def kind_by_labels(labels: Sequence[str], *, heads: bool = False) -> Kind:
    """What an item is, by labels in lower case (`bug`, `kind/bug`, `type::bug`).

    `heads` says that other items are below it.
    """
    words = {re.split(r"[:/]", label)[-1].strip() for label in labels}
    if heads or words & CONTAINERS:
        return "container"
    if words & BUGS:
        return "bug"
    return "request" if words & _QUESTIONS else "task"


def severe_by_labels(labels: Sequence[str]) -> bool | None:
    """Whether a label says that it is pressing; None where none speaks of it."""
    said = [found[1] or found[2] for label in labels if (found := _URGENCY.fullmatch(label))]
    if not said:
        return True if set(labels) & (SEVERE - {"1"}) else None
    return any(word.strip() in SEVERE for word in said)


def points_by_labels(labels: Sequence[str]) -> float | None:
    """Story points, if a label says them."""
    return next((float(found[1]) for label in labels if (found := _POINTS.fullmatch(label))), None)


def teams_by_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """The teams, components or areas that labels name."""
    found = (match[1] for label in labels if (match := _TEAM.fullmatch(label)))
    return tuple(dict.fromkeys(on_one_line(name) for name in found))
