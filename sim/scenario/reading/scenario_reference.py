"""The reference page of the scenario, made from its schema so that the two cannot differ.

Write it anew with `python -m sim.scenario.reading.scenario_reference > docs/reference/scenario.md`; a test
compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sim.scenario.reading.plain_words import Schema, entry_of, expected, scenario_schema, ways_of

_START = """\
<!-- Generated: python -m sim.scenario.reading.scenario_reference > docs/reference/scenario.md -->

# The scenario file

A scenario is a YAML file in UTF-8. Only `name` must be given; every other key has a default, and defaults
nest: `organisation: {teams: {count: 4}}` leaves all else as below. Unknown keys are refused. In the tables,
`<name>` stands for a name of your choice and `[]` for each entry of a list. There are services only where
`portfolio.services` is written (`services: {}` takes its defaults), and a switch of structure only where
`reorganisation` is.

`rolecall check FILE` tells everything that is wrong with a file at once, a line for each of the first 20
problems and how many more there are; a last line names the keys, if any, that can be checked in full only
once these are mended.

A scenario is a file of at most 2 MB with at most 120,000 keys and values, aliases counted as often as they
are named, nested at most 50 deep. A table is a file of at most 10 MB with at most 200,000 rows. Only regular
files are read: no device, no pipe, no folder. In every text, letters are composed (Unicode NFC), runs of
blanks, no-break ones too, are one blank, and what nobody can see (marks of direction, of no width) is left
out; so a name is the same name however it was typed.
`rolecall schema` prints the JSON schema with which an editor completes and checks a scenario as you type.

A given plan (`portfolio.plan`) is described in [Run a real plan](../how-to/run-a-real-plan.md), a matrix of
your own in [Write a structure of your own](../how-to/own-structure.md); the presets and the fourteen duties
are in [Structures](structures.md).
"""

TITLES = {
    "": "Top level",
    "structures[]": "structures: a matrix of your own, in place of a preset's name",
    "reorganisation": "reorganisation: a switch of structure on a day",
    "organisation": "organisation: who does the work",
    "portfolio": "portfolio: the work",
    "risks[]": "risks: a register of your own",
    "last_year": "last_year: what is known of last year",
}


def reference() -> str:
    """The page in Markdown: a table for the top level and one for each section, a row a key."""
    rows = list(_rows(scenario_schema(), ""))
    sections = [_START]
    for section, title in TITLES.items():
        own = [row for key, row in rows if _section(key) == section]
        head = "| key | meaning | unit | allowed | default |\n|---|---|---|---|---|"
        sections.append("\n".join([f"## {title}\n", head, *own]) + "\n")
    return "\n".join(sections)


def _section(key: str) -> str:
    first = key.split(".", maxsplit=1)[0]
    return first if first in TITLES else ""


def _rows(schema: Schema, prefix: str) -> Iterator[tuple[str, str]]:
    """The dotted key and the table row of everything below `schema`, in its order."""
    for way in ways_of(schema):
        for name, field in way.get("properties", {}).items():
            key = prefix + name
            needed = name in way.get("required", ())
            below = list(_below(field, key))
            if not below or _may_be_plain(field):
                shown_key = f"{key}.<name>" if entry_of(field) else key
                yield key, _row(shown_key, field, needed)
            yield from below


def _below(field: Schema, key: str) -> Iterator[tuple[str, str]]:
    """The rows of what stands inside a field, its mapping, the entries of its list or of its named ones."""
    for way in ways_of(field):
        if "properties" in way:
            yield from _rows(way, f"{key}.")
        elif "items" in way:
            yield from _rows(way["items"], f"{key}[].")
        elif entry := entry_of(way):
            yield from _rows(entry, f"{key}.<name>.")


def _may_be_plain(field: Schema) -> bool:
    """Whether a field, or an entry of its list, may be a plain value such as a name as well."""
    return any(
        "type" in way and way["type"] not in ("object", "array")
        for each in ways_of(field)
        for way in (each, *ways_of(each.get("items", {})))
    )


def _row(key: str, field: Schema, needed: bool) -> str:
    meaning, _, in_words = field["description"].partition(" Default: ")
    default = "**required**" if needed else in_words.rstrip(".") or _value(field.get("default"))
    allowed = expected({k: v for k, v in (entry_of(field) or field).items() if k != "unit"})
    cells = [f"`{key}`", meaning, field.get("unit") or "–", allowed, default]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _value(default: object) -> str:
    """A default as a file would write it."""
    if isinstance(default, list | tuple):
        return f"`[{', '.join(map(str, default))}]`"
    if isinstance(default, bool):
        return "no" if not default else "yes"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


if __name__ == "__main__":
    sys.stdout.write(reference())
