"""Comparisons side by side in a terminal: a combination or organisation a row, a structure a column.

Nothing is told by colour alone, so the table can be piped into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from analysis.statistics.compare import Comparison
from analysis.words import numbers as words
from analysis.words.table import STYLES, mark
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analysis.sweeps.side_by_side import Line

TODAY = "(today)"
_WIDTH_OF_BEST, _WIDEST_LABEL, _NARROWEST_LABEL, _GAP = 18, 28, 8, 3


def print_lines(console: Console, lines: Sequence[Line]) -> None:
    """Print the table, in as many pieces as the console is narrow, and what its cells mean.

    Where who is best does not fit beside one structure, it is a piece of its own. No number is ever cut: a
    line may rather be longer than the console is wide.
    """
    columns, each = columns_of(lines), _width_of_numbers(lines) + _GAP
    room = console.width - _width_of_labels(lines, _WIDEST_LABEL)
    best = room >= each + _WIDTH_OF_BEST
    at_once = max(1, (room - _WIDTH_OF_BEST if best else room + _GAP) // each)
    pieces = [
        table_of(lines, columns[first : first + at_once], best=best or not columns)
        for first in range(0, max(1, len(columns)), at_once)
    ]
    least = _width_of_labels(lines, _NARROWEST_LABEL) + each - _GAP
    for piece in pieces if best or not columns else [*pieces, table_of(lines, ())]:
        piece.width = least if least > console.width else None
        console.print(piece, crop=False)
    console.print(legend(lines), highlight=False, markup=False)


def headings_of(lines: Sequence[Line]) -> list[str]:
    """What tells the lines apart: the varied keys, the organisation."""
    return list(dict.fromkeys(heading for line in lines for heading in line.labels))


def _width_of_labels(lines: Sequence[Line], most: int) -> int:
    """What the labels take, each at most so many characters, with the gap after each."""
    keys = headings_of(lines)
    names = dict(zip(keys, brief(keys), strict=True))
    widest = [max(len(names[key]), *(len(line.labels.get(key, "")) for line in lines)) for key in keys]
    return sum(min(most, width) + _GAP for width in widest)


def _width_of_numbers(lines: Sequence[Line]) -> int:
    """What the widest cell of a structure takes."""
    return max((len(_cell(line.comparison, s)) for line in lines for s in columns_of(lines)), default=0)


def columns_of(lines: Sequence[Line]) -> list[str]:
    """Every structure that is somewhere compared with that of today."""
    return list(dict.fromkeys(name for line in lines for name in line.comparison.others))


def table_of(lines: Sequence[Line], columns: Sequence[str], *, best: bool = True) -> Table:
    """What each structure adds to that of today, line by line, and with `best` who leads."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    headings, width = headings_of(lines), _width_of_numbers(lines)
    for heading in brief(headings):
        table.add_column(Text(heading), overflow="fold", max_width=_WIDEST_LABEL)
    for column in columns:  # names are folded here, for a column that may wrap would break its numbers, too
        table.add_column(Text(fill(column, width)), justify="right", no_wrap=True, min_width=width)
    if best:
        table.add_column("best", overflow="fold")
    for line in lines:
        cells = [Text(line.labels.get(heading, "")) for heading in headings]
        cells += [_cell(line.comparison, column) for column in columns]
        leads = [Text(f"{line.leaders}{' *' if line.decided else ''}")] if best else []
        table.add_row(*cells, *leads)
    return table


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


def _cell(comparison: Comparison, structure: str) -> Text:
    """The difference in the objective with its interval, its mark, and of 100 futures those won."""
    from rich.text import Text

    if structure == comparison.current:
        return Text(TODAY)
    if structure not in comparison.structures:
        return Text(words.UNKNOWN)
    outcome = BY_NAME[comparison.objective]
    gain, sign = comparison.gain(structure), mark(comparison, outcome, structure)
    number = words.difference(outcome, gain.mean, gain.half_width)
    won = words.number(100 * comparison.win_share[structure], 0)
    return Text.assemble(f"{number} ", (sign, STYLES[sign]), f" {won:>3}")


def legend(lines: Sequence[Line]) -> str:
    """What the numbers are differences of, over how many futures, and what marks and `best` mean."""
    counts = [line.comparison.futures for line in lines]
    fewest, most = min(counts), max(counts)
    futures = words.many(most, "future") if fewest == most else f"{fewest:,} to {most:,} futures"
    interval = ", its 95% interval," if most > 1 else f" ({words.ALONE})"
    about = " and ".join(
        dict.fromkeys(
            f"{BY_NAME[c.objective].label} ({BY_NAME[c.objective].unit})" for c in _comparisons(lines)
        )
    )
    today = list(dict.fromkeys(c.current for c in _comparisons(lines)))
    base = today[0] if len(today) == 1 else "the structure of today"
    dropped = sum(c.dropped for c in _comparisons(lines))
    wider = "\n* decide ran it: wider intervals, which hold wherever it stopped, and best is what it judged."
    stopped = wider if any(line.decided for line in lines) else ""
    points = any(c.objective == OBJECTIVE for c in _comparisons(lines))
    left_out = words.dropped(dropped, dropped + sum(c.futures for c in _comparisons(lines)), points=points)
    return (
        f"{about}: the difference from {base} in the same future{interval} and of 100 futures those "
        f"that it wins; over {futures} a row.{left_out and f' {left_out}'}\n"
        "▲ ahead, ▼ behind, beyond luck; each interval is for its fixed number of futures and stands for "
        "itself, so one in twenty may miss. Best: ahead of all others at once in such intervals (95%); "
        f"A or B – luck hides which; A = B – a tie, less apart than {_what_matters(lines)}.{stopped}"
    )


def _what_matters(lines: Sequence[Line]) -> str:
    money = {BY_NAME[c.objective].unit == "€" for c in _comparisons(lines)}
    said = {True: "1% of what is earned", False: "1% of the objective"}
    return " or ".join(said[each] for each in sorted(money, reverse=True))


def _comparisons(lines: Sequence[Line]) -> list[Comparison]:
    return [line.comparison for line in lines]
