"""What tells the rows of a table apart: only what differs between them, in as few words as do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.scenario.sweep import Variation

if TYPE_CHECKING:
    from analysis.results.folder_contents import Material

LONGEST_VALUE = 24
"""Characters of a varied value that a table shows."""

_MOST_KEYS = 3
"""Keys that tell folders of one organisation apart at most; if more differ, the ends of the folders do."""

_ORGANISATION = "organisation"
_TELL_NOTHING = ("name", "replications", "vary", "last_year")
_NOTHING = "–"


def labels_of_variations(varied: Sequence[Variation]) -> list[dict[str, str]]:
    """For each variation, the values of the keys that differ, by key."""
    keys = {key: told_apart([each.changes[key] for each in varied]) for key in _differing(varied)}
    return [{key: told[n] for key, told in keys.items()} for n in range(len(varied))]


def in_all(varied: Sequence[Variation]) -> dict[str, str]:
    """The keys of a sweep that have one value alone, with that value."""
    first = varied[0].changes
    return {key: in_short(value) for key, value in first.items() if key not in _differing(varied)}


def _differing(varied: Sequence[Variation]) -> list[str]:
    return [key for key in varied[0].changes if len({as_key(each.changes[key]) for each in varied}) > 1]


def told_apart(values: Sequence[Any]) -> list[str]:
    """Values as a table shows them; of mappings and lists, the entries in which they differ alone."""
    if all(isinstance(value, dict | list | tuple) for value in values):
        values = _entries_apart([_flat(value) for value in values])
    short = [in_short(value) for value in values]
    if len(set(short)) == len({as_key(value) for value in values}):
        return short
    known = list(dict.fromkeys(map(as_key, values)))
    return [f"{text} ({known.index(as_key(value)) + 1})" for text, value in zip(short, values, strict=True)]


def _entries_apart(flat: Sequence[Mapping[str, Any]]) -> list[str]:
    """`security 1`, `security 2`: what is at the places at which the mappings differ."""
    places = _places_apart(flat)
    called = dict(zip(places, brief(places), strict=True))
    return [
        ", ".join(f"{called[place]} {in_short(one.get(place, _NOTHING))}" for place in places) for one in flat
    ]


def _places_apart(flat: Sequence[Mapping[str, Any]]) -> list[str]:
    every = dict.fromkeys(place for one in flat for place in one)
    return [place for place in every if len({as_key(one.get(place)) for one in flat}) > 1]


def labels_of_folders(materials: Sequence[Material]) -> list[dict[str, str]]:
    """For each folder, what to call it beside the others: its organisation, or, where all are of one, the
    keys in which their scenarios differ.
    """
    if len(materials) == 1:
        return [{}]
    names = [str(material.manifest["name"]) for material in materials]
    if len(set(names)) == 1 and (keys := _keys_apart(materials)):
        return [{key: told[n] for key, told in keys.items()} for n in range(len(materials))]
    return [{_ORGANISATION: name} for name in _apart(names, materials)]


def _keys_apart(materials: Sequence[Material]) -> dict[str, list[str]]:
    """The keys in which scenarios differ, each with the values of all; none where that is no short answer."""
    flat = [
        _flat({k: v for k, v in material.given.items() if k not in _TELL_NOTHING}) for material in materials
    ]
    keys = _places_apart(flat)
    if not 0 < len(keys) <= _MOST_KEYS or any(material.varied for material in materials):
        return {}
    found = {key: told_apart([one.get(key, _NOTHING) for one in flat]) for key in keys}
    rows = list(zip(*found.values(), strict=True))
    return found if len(set(rows)) == len(rows) else {}


def _apart(names: Sequence[str], materials: Sequence[Material]) -> list[str]:
    """The organisations by name; those that share one are told apart by the end of their folder's.

    The same scenario may be there twice, of several sessions: then by the whole path.
    """
    folders = [material.folder for material in materials]
    ends = [folder.resolve().name.rsplit("-", 1)[-1] for folder in folders]
    told = [
        name if names.count(name) == 1 else f"{name} {end}" for name, end in zip(names, ends, strict=True)
    ]
    return [name if told.count(name) == 1 else str(f) for name, f in zip(told, folders, strict=True)]


def brief(keys: Iterable[str]) -> list[str]:
    """Dotted keys by their last parts, as few of them as tell the keys apart."""
    split = [key.split(".") for key in keys]
    found = []
    for parts in split:
        for count in range(1, len(parts) + 1):
            if sum(other[-count:] == parts[-count:] for other in split) == 1:
                break
        found.append(".".join(parts[-count:]))
    return found


def in_short(value: Any) -> str:
    """A varied value as a table shows it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _flat(value: Any, place: str = "") -> dict[str, Any]:
    """Nested mappings and lists as one, by dotted places."""
    if isinstance(value, list | tuple):
        value = {str(n): each for n, each in enumerate(value)}
    if not isinstance(value, dict) or not value:
        return {place: value}
    found: dict[str, Any] = {}
    for key, each in value.items():
        found |= _flat(each, f"{place}.{key}" if place else str(key))
    return found


def as_key(value: Any) -> str:
    """What tells values apart that may be lists or mappings."""
    return json.dumps(value, sort_keys=True, default=str)


def folder_of_labels(labels: Mapping[str, str], otherwise: Path) -> str:
    """What a folder is called in a heading."""
    if _ORGANISATION in labels:
        return labels[_ORGANISATION]
    named = zip(brief(labels), labels.values(), strict=True)
    return ", ".join(f"{key} {value}" for key, value in named) or otherwise.name
