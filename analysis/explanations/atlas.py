"""The page of the atlas, and what the README says of it, written from results.

    python -m analysis.explanations.atlas RESULTS PAGE _FIGURE README

RESULTS is the folder that `rolecall atlas` left. Nothing on the page is typed by hand.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.change_atlas import words
from analysis.change_atlas.files import read
from analysis.change_atlas.result import Atlas, Region
from analysis.change_atlas.rules import Rule
from analysis.explanations.page_parts import renew
from analysis.words.numbers import UNKNOWN, capital, number

_HEAD = """<!-- Generated: python -m analysis.explanations.atlas -->

# For which organisations does it pay?

{organisations:,} organisations were drawn as for [the claims](claims.md), every assumption of the model
with them; {left_out:,} collapse whoever leads them and are left out. Each lived through four futures
under every arm, with the same managers, people, work and luck. A third of the organisations drew the
borders of the rules, another third says what a change brings those within them, and the last third,
which neither had seen, how often that is right: a rule is right on an organisation if the change
brought it, or cost it, anything at all, as the rule says. *Pays* and *costs*: more than 1% of what the
people cost, and the interval, which holds together with all others on this page (95%), is on one side
of nothing; *probably*: only its interval alone is.

The maps are cut where a third and two thirds of the organisations are below. *Surely* and *probably* are
said there of the mean of a part as they are of a rule, over all organisations.

![Maps of each change over the two traits that decide most; in each part the colour of who is ahead]({figure})
"""

_FIGURE = "../images/atlas.png"

START, END = "<!-- atlas: python -m analysis.explanations.atlas -->", "<!-- end of atlas -->"


def page(atlas: Atlas) -> str:
    """The page of an atlas, as Markdown."""
    head = _HEAD.format(organisations=atlas.organisations, left_out=atlas.left_out, figure=_FIGURE)
    return "\n".join([head, *(line for region in atlas.regions for line in _section(atlas, region))])


def _section(atlas: Atlas, region: Region) -> Iterator[str]:
    yield f"## {capital(region.pays)}\n"
    mapped = f" {words.on_the_map(atlas.chart, region)}" if atlas.chart else ""
    yield f"*{region.arm}* less *{region.less}*.{mapped}\n"
    yield "| organisations with | it | brings | right on those held out |"
    yield "| --- | --- | --- | --- |"
    for rule in region.rules:
        yield f"| {words.condition_text(rule)} | **{rule.told}** | {words.size(rule)} | {_right(rule)} |"
    yield ""


def _right(rule: Rule) -> str:
    return UNKNOWN if rule.right is None else f"{number(100 * rule.right, 0)}% of {rule.tried:,}"


def headline(atlas: Atlas) -> str:
    """The atlas in the README: a line a change."""
    lines = [
        f"- **{capital(region.pays)}**: {words.in_a_line(region, atlas.chart)}." for region in atlas.regions
    ]
    picture = "![Maps of each change, with the colour of the structure that is ahead](docs/images/atlas.png)"
    return "\n".join([*lines, "", picture]) + "\n"


def main(arguments: list[str]) -> None:
    """From a folder that `rolecall atlas` left: write the page, keep its chart, and renew the README."""
    folder, target, figure, readme = (Path(argument) for argument in arguments)
    atlas = read(folder / "atlas.json")
    if atlas is None:
        raise SystemExit(f"{folder}: no atlas.json; make one with rolecall atlas --out")
    target.write_text(page(atlas), encoding="utf-8")
    shutil.copy(folder / "atlas.png", figure)
    renew(readme, START, END, headline(atlas))


if __name__ == "__main__":
    main(sys.argv[1:])
