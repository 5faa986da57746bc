"""Comparisons side by side in a terminal: a combination or organisation a row, a structure a column.

Nothing is told by colour alone, so the table can be piped into a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from analysis.sweeps.labels import brief
from analysis.sweeps.legend import columns_of, head_of_level, is_choice, legend
from analysis.words import numbers as words
from analysis.words.keys import labels_of
from analysis.words.table import STYLES, mark, to_the_right
from sim.vocabulary import BY_NAME

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from analysis.sweeps.side_by_side import Line

TODAY = "(today)"
_WIDTH_OF_BEST, _WIDEST_LABEL, _NARROWEST_LABEL = 18, 28, 8
_WIDEST_LINE = 12
_WIDE_GAP, _NARROW_GAP = 3, 1


def print_lines(console: Console, lines: Sequence[Line]) -> None:
    """Print the table, in as many pieces as the console is narrow, and what its cells mean.

    First it is laid out more closely: odds below their numbers, smaller gaps. Where who is best does not fit
    beside one structure, it is a piece of its own. No number is ever cut: a line may rather be longer than
    the console is wide.
    """
    fitting = (layout for layout in _LAYOUTS if layout.whole(lines) <= console.width)
    for n, piece in enumerate(next(fitting, _LAYOUTS[-1]).pieces(lines, console.width)):
        if n:
            console.print()
        console.print(piece, crop=False)
    console.print(legend(lines), highlight=False, markup=False)


@dataclass(frozen=True)
class _Layout:
    """How close a table is laid out: `stacked` puts the odds below their number."""

    stacked: bool
    gap: int

    def whole(self, lines: Sequence[Line]) -> int:
        """What the table takes in one piece."""
        best = _widest_of_best(lines) + self.gap if is_choice(lines) else 0
        columns = len(columns_of(lines)) * self._each(lines)
        return self._start(lines, _WIDEST_LABEL) + columns + best - self.gap

    def pieces(self, lines: Sequence[Line], width: int) -> list[Table]:
        """The table in as many pieces as the width asks for."""
        columns, choice = columns_of(lines), is_choice(lines)
        if self.whole(lines) <= width:
            return [self.table(lines, columns, best=choice)]
        room, each = width - self._start(lines, _WIDEST_LABEL), self._each(lines)
        alone = room + self.gap >= each * len(columns)  # who is best stands below, rather than two halves
        beside = choice and not alone and room >= each + _WIDTH_OF_BEST
        at_once = max(1, (room - _WIDTH_OF_BEST if beside else room + self.gap) // each)
        starts = range(0, max(1, len(columns)), at_once)
        pieces = [self.table(lines, columns[k : k + at_once], best=beside) for k in starts]
        least = self._start(lines, _NARROWEST_LABEL) + each - self.gap
        for piece in pieces:
            piece.width = least if least > width else None
        return pieces if beside or not choice else [*pieces, self.table(lines, (), best=True)]

    def _start(self, lines: Sequence[Line], most: int) -> int:
        """What labels of at most so many characters take, and today's level, with the gaps after them."""
        keys = headings_of(lines)
        names = dict(zip(keys, _called(keys), strict=True))
        widest = [
            max(*map(len, names[key].split("\n")), *(len(line.labels.get(key, "")) for line in lines))
            for key in keys
        ]
        level = max(*(len(_level(line, lines)) for line in lines), len(head_of_level(lines)))
        return sum(min(most, width) + self.gap for width in widest) + min(level, most) + self.gap

    def _each(self, lines: Sequence[Line]) -> int:
        """What the widest cell of a structure takes, with the gap after it."""
        return self._width(lines) + self.gap

    def _width(self, lines: Sequence[Line]) -> int:
        """What the widest cell of a structure takes."""
        cells = (_cell(line, name, self.stacked) for line in lines for name in columns_of(lines))
        return max((len(part) for cell in cells for part in cell.plain.split("\n")), default=0)

    def table(self, lines: Sequence[Line], columns: Sequence[str], *, best: bool) -> Table:
        """Today's level line by line, what each structure adds to it, and with `best` who leads."""
        from rich import box
        from rich.table import Table
        from rich.text import Text

        padding = (0, (self.gap - 1) // 2)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=padding)
        width = self._width(lines)
        for heading in _called(headings_of(lines)):
            table.add_column(Text(heading), overflow="fold", max_width=_WIDEST_LABEL)
        table.add_column(Text(head_of_level(lines)), justify="right", overflow="fold")
        for name in columns:  # names are folded here: a column that may wrap would break its numbers, too
            table.add_column(to_the_right(Text(fill(name, width)), width), no_wrap=True, min_width=width)
        if best:
            table.add_column("best", overflow="fold")
        for line in lines:
            table.add_row(*self._row(line, lines, columns, best=best))
        return table

    def _row(self, line: Line, lines: Sequence[Line], columns: Sequence[str], *, best: bool) -> list[Text]:
        from rich.text import Text

        cells = [Text(line.labels.get(heading, "")) for heading in headings_of(lines)]
        numbers = (_cell(line, column, self.stacked) for column in columns)
        cells += [Text(_level(line, lines)), *(to_the_right(cell, self._width(lines)) for cell in numbers)]
        return cells + ([Text(f"{line.leaders}{' *' if line.decided else ''}")] if best else [])


_LAYOUTS = (_Layout(False, _WIDE_GAP), _Layout(True, _WIDE_GAP), _Layout(True, _NARROW_GAP))


def headings_of(lines: Sequence[Line]) -> list[str]:
    """What tells the lines apart: the varied keys, the organisation."""
    return list(dict.fromkeys(heading for line in lines for heading in line.labels))


def _called(keys: Sequence[str]) -> list[str]:
    """What varied keys are called, a few words a line; those that are called the same by their last parts."""
    called = labels_of(keys)
    short = zip(keys, brief(keys), strict=True)
    return [fill(last if called[key] == key else called[key], _WIDEST_LINE) for key, last in short]


def _widest_of_best(lines: Sequence[Line]) -> int:
    """What the longest name of a leader takes, at which a line may end."""
    longest = max((len(f"{name} or") for line in lines for name in line.leaders.names), default=0)
    return min(_WIDTH_OF_BEST, longest)


def _level(line: Line, lines: Sequence[Line]) -> str:
    """The mean under today's structure; with its interval where it stands alone."""
    level = line.comparison.levels[line.outcome, line.comparison.current]
    outcome = BY_NAME[line.outcome]
    if columns_of(lines):
        return words.level(outcome, level.mean)
    return words.level_with_reach(outcome, level.mean, level.half_width)


def _cell(line: Line, structure: str, stacked: bool) -> Text:
    """The difference with its interval and mark, and of 100 futures those won, where that is judged by it."""
    from rich.text import Text

    comparison, outcome = line.comparison, BY_NAME[line.outcome]
    if structure == comparison.current:
        return Text(TODAY)
    if structure not in comparison.structures:
        return Text(words.UNKNOWN)
    gain, sign = comparison.differences[line.outcome, structure], mark(comparison, outcome, structure)
    number = words.difference(outcome, gain.mean, gain.half_width)
    won = words.number(100 * comparison.win_share[structure], 0)
    odds = f"\nwins {won}  " if stacked else f" {won:>3}"
    return Text.assemble(f"{number} ", (sign, STYLES[sign]), odds if line.by_objective else "")
