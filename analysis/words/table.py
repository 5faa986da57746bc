"""The comparison as a table for a terminal: an outcome a row, a structure a column.

Nothing is told by colour alone, so the table can be piped into a file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from analysis.statistics.compare import Comparison
from analysis.words import numbers as words
from sim.vocabulary import BY_NAME, Outcome

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

MAIN_OUTCOMES = (
    "net_value_a_year",
    "value_delivered",
    "penalties",
    "projects_delivered",
    "unfinished_share",
    "on_time_share",
    "delay_days",
    "lead_days",
    "cost_over_budget",
    "rework_share",
    "escaped_defect_hours",
    "satisfaction",
    "ticket_level_share",
    "utilisation",
    "pool_use",
    "matter_wait_days",
    "manager_use",
    "manager_use_spread",
)
"""What a head of delivery looks at first; `outcomes` of a comparison may hold them all.

Whoever finds no defects has little rework, so what escaped stands beside it.
"""

NO_CHOICE = (
    "take no part in the choice of the best, and their intervals hold for this number of futures alone"
)
"""Said of structures with another number of managers; gains of the others hold wherever one stops."""
_APART = f"Structures with another number of managers {NO_CHOICE}."
NO_PART = f"{words.UNKNOWN}  "
BETTER, WORSE, OTHER, _ALIKE = "▲", "▼", "◆", " "
STYLES = {BETTER: "bold blue", WORSE: "bold yellow", OTHER: "bold", _ALIKE: ""}
_WIDEST_LABEL, _NARROWEST_LABEL = 29, 18
_WIDE_GAP, _NARROW_GAP = 3, 1
_GOALS = {"more": "↑", "less": "↓", "neither": ""}


def print_comparison(
    console: Console, comparison: Comparison, outcomes: Sequence[str] = MAIN_OUTCOMES
) -> None:
    """Print the table, in as many pieces as the console is narrow, and a line that explains it."""
    if comparison.objective not in outcomes:
        outcomes = (comparison.objective, *outcomes)
    unknown = [name for name in outcomes if _nothing_known(comparison, name)]
    unknown = unknown if len(unknown) < len(outcomes) else []  # a table of nothing at least says of what
    outcomes = [name for name in outcomes if name not in unknown]
    others = comparison.others
    layout = _layout(comparison, outcomes, console.width)
    for first in range(0, max(1, len(others)), layout.at_once):
        some = others[first : first + layout.at_once]
        console.print(comparison_table(comparison, outcomes, some, layout))
    console.print(_legend(comparison), highlight=False, markup=False)
    if unknown:
        labels = words.listed([BY_NAME[name].label.lower() for name in unknown])
        console.print(f"There was nothing to measure for {labels}.", highlight=False, markup=False)


def _nothing_known(comparison: Comparison, outcome: str) -> bool:
    """Whether an outcome was measured under no structure."""
    return all(math.isnan(comparison.levels[outcome, s].mean) for s in comparison.structures)


@dataclass(frozen=True)
class Layout:
    """How a table is laid out: widths of labels and of structures, the gap, structures in a piece."""

    label: int
    gap: int
    each: int
    at_once: int


def _layout(comparison: Comparison, outcomes: Sequence[str], width: int) -> Layout:
    """In one piece if that goes, be it with labels on more lines and smaller gaps; else in few."""
    cells = [len(_difference(comparison, BY_NAME[o], s)) for o in outcomes for s in comparison.others]
    names = max((len(word) for s in comparison.others for word in s.split()), default=0)
    each, many = max([*cells, min(names, 16)]), len(comparison.others)
    level = max(6, *(len(words.level(BY_NAME[o], _today(comparison, o))) for o in outcomes))
    level = max(level, min(len(comparison.current), each))
    for label, gap in (
        (_WIDEST_LABEL, _WIDE_GAP),
        (_WIDEST_LABEL, _NARROW_GAP),
        (_NARROWEST_LABEL, _NARROW_GAP),
    ):
        fixed = label + gap + 1 + gap + level
        at_once = max(0, width - fixed) // (each + gap)
        if at_once >= many:
            widest = min(_WIDEST_LABEL, label + width - fixed - many * (each + gap))
            return Layout(widest, gap, each, max(1, many))
    return Layout(label, gap, each, max(1, at_once))


def _today(comparison: Comparison, outcome: str) -> float:
    return comparison.levels[outcome, comparison.current].mean


def comparison_table(
    comparison: Comparison, outcomes: Sequence[str], others: Sequence[str], layout: Layout
) -> Table:
    """The current structure's means, and what each of `others` adds to them in the same futures."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    padding = (0, (layout.gap - 1) // 2)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=padding)
    table.add_column("Outcome", width=layout.label, overflow="fold")
    table.add_column("")
    table.add_column(Text(comparison.current), justify="right", overflow="fold", min_width=6)
    for structure in others:
        table.add_column(to_the_right(Text(fill(structure, layout.each)), layout.each), overflow="fold")
    for name in outcomes:
        outcome = BY_NAME[name]
        cells = [to_the_right(_difference(comparison, outcome, s), layout.each) for s in others]
        mean = words.level(outcome, _today(comparison, name))
        table.add_row(_label(outcome), _GOALS[outcome.better], mean, *cells)
    if comparison.others and comparison.futures > 1:
        _add_odds(table, comparison, others, layout.each)
    return table


def to_the_right(cell: Text, width: int) -> Text:
    """A cell whose lines stand to the right with the blank that a mark would take: rich would strip that."""
    from rich.text import Text

    lines = list(cell.split("\n", allow_blank=True))
    for line in lines:
        line.pad_left(width - len(line))
    return Text("\n").join(lines)


def _add_odds(table: Table, comparison: Comparison, others: Sequence[str], width: int) -> None:
    """In how many futures each is best, and ahead of the current one."""
    from rich.text import Text

    table.add_section()
    best, wins = comparison.best_share, comparison.win_share
    everyone = [comparison.current, *others]
    of = min(100, comparison.futures)  # of fewer futures, a share of 100 would claim what nobody saw
    shares = [_of(best[s], of) if s in best else NO_PART for s in everyone]
    apart = (to_the_right(Text(share), width) for share in shares[1:])
    table.add_row(f"Best of all, of {of} futures", "", shares[0], *apart)
    beats = Text(f"Beats {comparison.current}, of {of} futures")
    table.add_row(beats, "", "", *(to_the_right(Text(_of(wins[s], of)), width) for s in others))


def mark(comparison: Comparison, outcome: Outcome, structure: str) -> str:
    """▲ better, ▼ worse, ◆ different (where neither is a goal), or a blank if the interval holds zero."""
    sign = comparison.differences[outcome.name, structure].sign
    if not sign:
        return _ALIKE
    if outcome.better == "neither":
        return OTHER
    return BETTER if (sign > 0) == (outcome.better == "more") else WORSE


def _difference(comparison: Comparison, outcome: Outcome, structure: str) -> Text:
    from rich.text import Text

    estimate = comparison.differences[outcome.name, structure]
    sign = mark(comparison, outcome, structure)
    number = words.difference(outcome, estimate.mean, estimate.half_width)
    return Text.assemble(f"{number} ", (sign, STYLES[sign]))


def _label(outcome: Outcome) -> str:
    unit = words.unit_of_level(outcome)
    return f"{outcome.label} ({unit})" if unit else outcome.label


def _of(share: float, futures: int) -> str:
    """As many of so many futures, with the sign column left blank so that digits line up."""
    return words.number(futures * share, 0) + "  "


def _legend(comparison: Comparison) -> str:
    if not comparison.others:
        return f"Means over {words.many(comparison.futures, 'future')}."
    over = words.lived_through(comparison.futures, comparison.left_out)
    fewer = f" Best of all is asked of the first {comparison.common:,}." if comparison.left_out else ""
    apart = f"\n{_APART}" if comparison.beside else ""
    what = f"Means of {comparison.current}; for the others, the difference from it in the same future"
    interval = "with its 95% interval" if comparison.futures > 1 else f"({words.ALONE})"
    return (
        f"{what} {interval}, over {over}.{fewer}\n"
        "↑ more is better, ↓ less is better; shares differ in points of 100. "
        f"Where the interval leaves out zero: {BETTER} better, {WORSE} worse, {OTHER} different. "
        f"What does not say “a year” is of the whole run.{apart}"
    )
