"""The page on claims, written from its results: `python -m analysis.claims.page RESULTS PAGE [FIGURE]`.

Nothing on it is typed by hand but the records themselves.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.words.numbers import MINUS, number
from sim.safety.facts_file import read_facts

_HEAD = """<!-- Generated: python -m analysis.claims.page -->

# The claims put to the test

Texts on delivery managers and project managers say when to choose which, when one person can be both, when
to split, and what agile makes of them. Each claim was written down with its arms, outcome and margin
(`analysis/claims/registered`, cases in `scenarios/claims`) and then run. It was not blind: most had been
tried on earlier editions of the model.

{text}

**How to read it.** Each claim is put to organisations drawn from the ranges of those in the library, with
every assumption of the model drawn as well; arms have the same luck, number of managers, ranking, rhythm,
cover, help and intake, unless the claim is about one of them. What an arm does not hold is held by the
team; a second row leaves it undone, and so tests whether the duties matter, not who should hold them.
*Holds*: surely more than the margin. *Does not hold*: surely not more than the margin. *The reverse holds*:
surely less than nothing by the margin. *Cannot tell*: none of these. *Surely, not, untold* are percentages
of organisations, each judged by its own few futures. *By construction* marks claims that the rules of the
model make true: there only the size is a finding. *Hangs on* names the trait or assumption that moves the
difference most surely from organisation to organisation: an assumption there means that the verdict is as
good as that assumption.

![The claims as a forest: how many margins each is in its favour]({figure})
"""

FIGURE = "../images/claims.png"


def page(facts: dict[str, Any]) -> str:
    """The page of a test of claims, as Markdown."""
    rows = facts["rows"]
    return "\n".join([_HEAD.format(text=facts["text"], figure=FIGURE), *_groups(rows)]) + "\n"


def _groups(rows: list[dict[str, Any]]) -> Iterator[str]:
    for group in dict.fromkeys(row["group"] for row in rows):
        yield f"## {group}\n"
        for claim in dict.fromkeys(row["claim"] for row in rows if row["group"] == group):
            yield from _claim([row for row in rows if row["claim"] == claim])


def _claim(rows: list[dict[str, Any]]) -> Iterator[str]:
    first = rows[0]
    constructed = " *True by construction.*" if first["class"] == "by construction" else ""
    yield f"### {first['claim']}: {first['says']}\n"
    yield (
        f"{first['organisations']:,} organisations, of which {first['left_out']:,} collapse under every arm "
        f"and are left out.{constructed} {first['lacks']}".rstrip()
        + "\n"
    )
    yield "| compared | in | verdict | size (interval) | margin | surely, not, untold | hangs on |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row in rows:
        cells = (row["row"], row["about"], f"**{row['verdict']}**", row["size"], row["margin_told"])
        shares = " / ".join(number(100 * row[key], 0) for key in ("surely", "surely_not", "untold"))
        yield f"| {' | '.join((*cells, shares, row['hangs_on']))} |"
    yield ""
    for row in rows:
        if row["levels"]:
            at = ", ".join(f"{_plain(level['at'])}: {level['told']}" for level in row["levels"])
            yield f"{row['row']}, by {row['dial']}: {at}.\n"


def _plain(value: Any) -> str:
    return (
        f"{value:g}".replace("-", MINUS) if isinstance(value, int | float) else str(value).replace("_", " ")
    )


def main(arguments: list[str]) -> None:
    """Write the page, and put the figure beside the others, from a folder that `rolecall claims` left."""
    folder, target, *figure = (Path(argument) for argument in arguments)
    target.write_text(page(read_facts(folder / "claims.json")), encoding="utf-8")
    for place in figure:
        shutil.copy(folder / "claims.png", place)


if __name__ == "__main__":
    main(sys.argv[1:])
