"""What the cells of a table of lines mean, in words: no more than is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.statistics.compare import Comparison
from analysis.words import numbers as words
from sim.vocabulary import BY_NAME, OBJECTIVE

if TYPE_CHECKING:
    from analysis.sweeps.side_by_side import Line

_TODAY = "today"


def columns_of(lines: Sequence[Line]) -> list[str]:
    """Every structure that is somewhere compared with that of today."""
    return list(dict.fromkeys(name for line in lines for name in line.comparison.others))


def is_choice(lines: Sequence[Line]) -> bool:
    """Whether there is anything to be best among: several structures, by what they are judged by."""
    return bool(columns_of(lines)) and all(line.by_objective for line in lines)


def head_of_level(lines: Sequence[Line]) -> str:
    """Today's structure by its name, if all have the same."""
    today = {line.comparison.current for line in lines}
    return today.pop() if len(today) == 1 else _TODAY


def legend(lines: Sequence[Line]) -> str:
    """What the numbers are of, over how many futures, and what marks and `best` mean."""
    head = head_of_level(lines)
    today = "the structure of today" if head == _TODAY else head
    interval = "with its 95% interval" if _most_futures(lines) > 1 else f"({words.ALONE})"
    if not columns_of(lines):
        return f"{_about(lines)}: the mean under {today} {interval}, {_over(lines)}"
    won = " and of 100 futures those that it wins" if is_choice(lines) else ""
    return (
        f"{_about(lines)}: the mean under {today}; for the others, the difference from {today} in the same "
        f"future {interval}{won}; {_over(lines)}\n{_marks(lines)}"
    )


def _about(lines: Sequence[Line]) -> str:
    """What is shown, with its unit, unless its numbers say that."""
    shown = dict.fromkeys(BY_NAME[line.outcome] for line in lines)
    told = (f"{o.label}{'' if o.unit == 'share' else f' ({o.unit})'}" for o in shown)
    return " and ".join(told)


def _most_futures(lines: Sequence[Line]) -> int:
    return max(line.comparison.futures for line in lines)


def _over(lines: Sequence[Line]) -> str:
    """How many futures a row has, and which could not be compared."""
    fewest, most = min(c.futures for c in _comparisons(lines)), _most_futures(lines)
    futures = words.many(most, "future") if fewest == most else f"{fewest:,} to {most:,} futures"
    dropped = sum(c.dropped for c in _comparisons(lines))
    points = any(c.objective == OBJECTIVE for c in _comparisons(lines))
    asked = dropped + sum(c.futures for c in _comparisons(lines))
    return f"over {futures} a row. {words.dropped(dropped, asked, points=points)}".rstrip()


def _marks(lines: Sequence[Line]) -> str:
    """What the marks mean, and who is best, where that is told."""
    outcome = BY_NAME[lines[0].outcome]
    signs = "▲ better, ▼ worse" if outcome.better != "neither" else "◆ different"
    points = " Shares differ in points of 100." if outcome.unit == "share" else ""
    said = (
        f"{signs}, beyond luck; each interval is for its fixed number of futures and stands for itself, so "
        f"one in twenty may miss.{points}"
    )
    if not is_choice(lines):
        return said
    wider = "\n* decide ran it: wider intervals, which hold wherever it stopped, and best is what it judged."
    return (
        f"{said} Best: ahead of all others at once in such intervals (95%); A or B – luck hides which; A = B "
        f"– a tie, less apart than {_what_matters(lines)}.{wider if any(li.decided for li in lines) else ''}"
    )


def _what_matters(lines: Sequence[Line]) -> str:
    money = {BY_NAME[c.objective].unit == "€" for c in _comparisons(lines)}
    said = {True: "1% of what is earned", False: "1% of the objective"}
    return " or ".join(said[each] for each in sorted(money, reverse=True))


def _comparisons(lines: Sequence[Line]) -> list[Comparison]:
    return [line.comparison for line in lines]
