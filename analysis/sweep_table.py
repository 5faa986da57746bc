"""Comparisons side by side in a terminal: a combination or organisation a row, a structure a column.

Nothing is told by colour alone, so the table can be piped into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analysis import words
from analysis.compare import Comparison
from analysis.table import STYLES, mark
from sim.outcomes import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analysis.side_by_side import Line

TODAY = "(today)"
_WIDTH_A_STRUCTURE, _WIDTH_OF_BEST, _WIDEST_LABEL = 20, 18, 28


def print_lines(console: Console, lines: Sequence[Line]) -> None:
    """Print the table, in as many pieces as the console is narrow, and what its cells mean."""
    columns = columns_of(lines)
    room = console.width - _WIDTH_OF_BEST - _width_of_labels(lines)
    at_once = max(1, room // (_WIDTH_A_STRUCTURE + 2))
    for first in range(0, max(1, len(columns)), at_once):
        console.print(table_of(lines, columns[first : first + at_once]))
    console.print(_legend(lines), highlight=False, markup=False)


def headings_of(lines: Sequence[Line]) -> list[str]:
    """What tells the lines apart: the varied keys, the organisation."""
    return list(dict.fromkeys(heading for line in lines for heading in line.labels))


def _width_of_labels(lines: Sequence[Line]) -> int:
    keys = headings_of(lines)
    names = dict(zip(keys, brief(keys), strict=True))
    widest = [max(len(names[key]), *(len(line.labels.get(key, "")) for line in lines)) for key in keys]
    return sum(min(_WIDEST_LABEL, width) + 2 for width in widest)


def columns_of(lines: Sequence[Line]) -> list[str]:
    """Every structure that is somewhere compared with that of today."""
    return list(dict.fromkeys(name for line in lines for name in line.comparison.others))


def table_of(lines: Sequence[Line], columns: Sequence[str]) -> Table:
    """What each structure adds to that of today, line by line, and who leads."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    headings = headings_of(lines)
    for heading in brief(headings):
        table.add_column(Text(heading), overflow="fold", max_width=_WIDEST_LABEL)
    for column in columns:
        table.add_column(Text(column), justify="right", overflow="fold", min_width=_WIDTH_A_STRUCTURE)
    table.add_column("best", overflow="fold")
    for line in lines:
        labels = [Text(line.labels.get(heading, "")) for heading in headings]
        cells = [_cell(line.comparison, column) for column in columns]
        table.add_row(*labels, *cells, Text(f"{line.leaders}{' *' if line.decided else ''}"))
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


def _legend(lines: Sequence[Line]) -> str:
    counts = [line.comparison.futures for line in lines]
    fewest, most = min(counts), max(counts)
    futures = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
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
        f"{about}: the difference from {base} in the same future, its 95% interval, and of 100 futures those "
        f"that it wins; over {futures} futures a row.{left_out and f' {left_out}'}\n"
        "▲ ahead, ▼ behind, beyond luck; each interval is for its fixed number of futures and stands for "
        "itself, so one in twenty may miss. Best: ahead of all others at once in such intervals (95%); "
        f"A or B – luck hides which; A = B – a tie, less apart than {_what_matters(lines)}.{stopped}"
    )


def _what_matters(lines: Sequence[Line]) -> str:
    money = {BY_NAME[c.objective].unit == "€" for c in _comparisons(lines)}
    said = {True: "1% of the value delivered", False: "1% of the objective"}
    return " or ".join(said[each] for each in sorted(money, reverse=True))


def _comparisons(lines: Sequence[Line]) -> list[Comparison]:
    return [line.comparison for line in lines]
