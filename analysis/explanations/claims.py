"""The page on claims, and what the README says of them, written from results.

    python -m analysis.explanations.claims RESULTS PAGE FIGURE README

Nothing on it is typed by hand but the records themselves.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.claim_tests.mechanisms import UNREST
from analysis.decision.mechanisms import MECHANISMS
from analysis.explanations.page_parts import renew
from analysis.words.numbers import MINUS, UNKNOWN, listed, number
from sim.safety.facts_file import read_facts

_HEAD = """<!-- Generated: python -m analysis.explanations.claims -->

# The claims put to the test

Texts on delivery managers and project managers say when to choose which, when one person can be both, when
to split, and what agile makes of them. Each claim was written down with its arms, outcome and margin
(`analysis/claim_tests/registered`, cases in `scenarios/claims`) and then run. It was not blind: most had been
tried on earlier editions of the model.

{text}

## How to read it

Each claim is put to organisations drawn from the ranges of those in the library, with every assumption of
the model drawn as well; arms have the same luck, number of managers, ranking, rhythm, cover, help and intake,
unless the claim is about one of them. What an arm does not hold is held by the team; a second row leaves it
undone, and so tests whether the duties matter, not who should hold them.

- **Verdict**, about the mean. *Holds*: surely more than the margin. *Does not hold*: surely not more than the
  margin. *The reverse holds*: surely less than nothing by the margin. *Cannot tell*: none of these. Where
  something is turned, it is about the mean over its values, unless it surely flips on the way; what holds at
  the last value stands beside it, if that is something else. Each value is below the table, with the share
  of futures in which it is ahead there (a 95% interval by itself); of a change on a day, those in which it is
  made good by then.
- **Median**: that of the organisations, each taken at the mean of its own few futures, whose luck as a rule
  draws it towards the mean. Where few organisations lose or gain much, the mean is not what happens to most:
  the verdict says then what is so in the middle organisation. Its interval is of the sign test; those of all
  medians hold together as well.
- **Surely, not, untold**: percentages of organisations, each judged by its own few futures. Below a table,
  folded, are the library's organisations as they are, one by one.
- **True by construction** marks comparisons that the rules of the model make true, such as a duty done with
  the same duty left undone, in what it is there for: only the size is a finding.
- **Hangs on** names the trait or assumption that moves the difference most surely from organisation to
  organisation: an assumption there means that the verdict is as good as that assumption.
- **Carried by** is what a sixteenth of the organisations, or up to three times as many where that does not
  tell, lose of the difference when one mechanism at a time is made neutral
  ({mechanisms}): the one that carries half of it or more.

![The claims as a forest: how many margins each is in its favour]({figure})
"""

FIGURE = "../images/claims.png"

_MECHANISMS = listed([each.name for each in (*MECHANISMS, UNREST)])


def page(facts: dict[str, Any]) -> str:
    """The page of a test of claims, as Markdown."""
    rows = facts["rows"]
    return (
        "\n".join([_HEAD.format(text=facts["text"], figure=FIGURE, mechanisms=_MECHANISMS), *_groups(rows)])
        + "\n"
    )


def _groups(rows: list[dict[str, Any]]) -> Iterator[str]:
    for group in dict.fromkeys(row["group"] for row in rows):
        yield f"## {group}\n"
        for claim in dict.fromkeys(row["claim"] for row in rows if row["group"] == group):
            yield from _claim([row for row in rows if row["claim"] == claim])


def _claim(rows: list[dict[str, Any]]) -> Iterator[str]:
    first = rows[0]
    changed = f" Version {first['version']}: {first['changed']}" if first["changed"] else ""
    yield f"### {first['claim']}: {first['says']}\n"
    yield (
        f"{first['organisations']:,} organisations, of which {first['left_out']:,} collapse under every arm "
        f"and are left out.{changed} {first['lacks']}".rstrip()
        + "\n"
    )
    yield f"| {' | '.join(_COLUMNS)} |"
    yield f"|{' --- |' * len(_COLUMNS)}"
    for row in rows:
        yield f"| {' | '.join(_cells(row))} |"
    yield ""
    for row in rows:
        if row["levels"]:
            at = "; ".join(f"{_plain(level['at'])}: {_level(level)}" for level in row["levels"])
            yield f"{row['row']} ({row['unit']}), by {row['dial']}: {at}.\n"
    yield from _folded(rows)


def _level(level: dict[str, Any]) -> str:
    """What was found at a value of what is turned."""
    return f"{level['told']}, {level['ahead']['told']}"


def _folded(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What the library's organisations say, out of the way until somebody asks for it."""
    said = [f"{row['row']} ({row['unit_of_one']}): {row['library']}.\n" for row in rows if row["library"]]
    if said:
        yield "<details><summary>The library's organisations, one by one</summary>\n"
        yield from said
        yield "</details>\n"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    shares = " / ".join(number(100 * row[key], 0) for key in ("surely", "surely_not", "untold"))
    found = (_verdict(row), row["mean_told"], row["median"]["told"], row["margin_told"], shares)
    return (row["row"], _measured(row), *found, row["hangs_on"], row["carried_by"])


def _measured(row: dict[str, Any]) -> str:
    return f"{row['about']} ({row['unit']})"


_COLUMNS = (
    *("compared", "in", "verdict", "mean (interval)", "median (interval)", "margin", "surely, not, untold"),
    *("hangs on", "carried by"),
)


def _verdict(row: dict[str, Any]) -> str:
    """The verdict on the mean, what it hides, and whether the model's rules made it."""
    constructed = " (true by construction)" if row["class"] != "finding" else ""
    return f"**{row['verdict']}**{constructed}" + (f"; {row['beside']}" if row["beside"] else "")


def _plain(value: Any) -> str:
    return (
        f"{value:g}".replace("-", MINUS) if isinstance(value, int | float) else str(value).replace("_", " ")
    )


def headline(facts: dict[str, Any]) -> str:
    """The claims that could fail and were told, in a short table; how many were not."""
    first = [rows[0] for rows in _by_claim(facts["rows"]) if rows[0]["class"] == "finding"]
    told = [row for row in first if row["verdict"] not in ("cannot tell", "nothing to tell")]
    columns = ("claim", "compared", "verdict", "mean", "median", "carried by")
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    lines += [
        f"| {row['claim']}: {row['says']} | {row['row']}: {_measured(row)} | {_verdict(row)}{_where(row)} "
        f"| {row['mean_told']} | {row['median']['told']} | {row['carried_by']} |"
        for row in told
    ]
    untold = (
        f"\n{len(first) - len(told)} more could not be told, and {_by_rule(facts)} are true by construction. "
        + " ".join(_lacking(told))
    ).rstrip()
    picture = "![The claims as a forest: how many margins each is in its favour](docs/images/claims.png)"
    more = "Row by row, with what each hangs on and what carries it: [the page](docs/explanation/claims.md)."
    return "\n".join(lines) + f"\n{untold} {more}\n\n{picture}\n"


def _lacking(told: list[dict[str, Any]]) -> Iterator[str]:
    """What the model has not, where that limits claims that were told: each once, with their names."""
    for lacks in dict.fromkeys(row["lacks"] for row in told if row["lacks"]):
        whose = listed([row["claim"] for row in told if row["lacks"] == lacks])
        yield f"{whose}: {lacks[0].lower()}{lacks[1:]}"


def _where(row: dict[str, Any]) -> str:
    """Between which values of what is turned a verdict begins to hold, where it does."""
    return "" if row["flips"] == UNKNOWN else f" ({row['flips']})"


def _by_rule(facts: dict[str, Any]) -> int:
    return sum(rows[0]["class"] != "finding" for rows in _by_claim(facts["rows"]))


def _by_claim(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    names = dict.fromkeys(row["claim"] for row in rows)
    return [[row for row in rows if row["claim"] == name] for name in names]


START, END = "<!-- claims: python -m analysis.explanations.claims -->", "<!-- end of claims -->"


def main(arguments: list[str]) -> None:
    """From a folder that `rolecall claims` left: write the page, put the figure beside the others, and renew
    the headline in the README.
    """
    folder, target, figure, readme = (Path(argument) for argument in arguments)
    facts = read_facts(folder / "claims.json")
    target.write_text(page(facts), encoding="utf-8")
    if (folder / "claims.png").exists():
        shutil.copy(folder / "claims.png", figure)
    if folder != target.parent:  # kept, for an hour of a machine is in it: the page can be told anew from it
        shutil.copy(folder / "claims.json", target.parent)
    renew(readme, START, END, headline(facts))


if __name__ == "__main__":
    main(sys.argv[1:])
