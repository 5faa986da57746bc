"""The tables of a report about outcomes: means, differences, percentiles and odds, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.decision.grounds import grounds_sheets
from analysis.decision.steps import STEP_BY_STEP, brought_by
from analysis.resemblance.table import HEADS_OF_TABLE
from analysis.statistics.compare import Comparison, Estimate, paired_differences
from analysis.statistics.percentiles import SHARES, Percentile, percentile
from analysis.sweeps.legend import columns_of
from analysis.sweeps.table import TODAY, headings_of
from analysis.words import numbers as words
from analysis.words.answers import wilson
from analysis.words.keys import labels_of
from analysis.words.table import MAIN_OUTCOMES, mark
from sim.vocabulary import BY_NAME, OBJECTIVE, Outcome

if TYPE_CHECKING:
    import pandas as pd

    from analysis.decision.judgement import Judgement
    from analysis.decision.record import Decided
    from analysis.sweeps.side_by_side import Line

AT_ONCE = 4
"""Structures beside the current one that a table on paper has room for."""

MOST_CASES = 200
"""Combinations of a sweep that are listed; the rest is in the results."""

_GOALS = {"more": "more", "less": "less", "neither": words.UNKNOWN}
_UNITS = {"share": "%", "0-1": "0 to 1"}


@dataclass(frozen=True)
class Row:
    """Cells of a row, the first its heading; `marked` sets it off."""

    cells: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True)
class Table:
    """A table; columns from number `numbers` on are numbers, and stand to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: int = 99


def likeness(left: Decided | None) -> list[Table]:
    """Today's organisation beside what is published and what is known of last year, where `decide` looked."""
    if left is None or left.likeness is None:
        return []
    rows = tuple(Row(row, marked=bool(row[-1])) for row in left.likeness.rows)
    return [Table(f"{left.likeness.heading}; marked: what is off", HEADS_OF_TABLE, rows, 1)]


def main_outcomes(comparison: Comparison, caption: str = "Main outcomes") -> Iterator[Table]:
    """The outcomes that a head of delivery looks at first."""
    names = dict.fromkeys([comparison.objective, *MAIN_OUTCOMES])
    yield from _outcomes(comparison, list(names), caption)


def other_outcomes(comparison: Comparison) -> Iterator[Table]:
    """All outcomes that are not among the main ones."""
    main = {comparison.objective, *MAIN_OUTCOMES, OBJECTIVE}
    yield from _outcomes(comparison, [o for o in comparison.outcomes if o not in main], "All other outcomes")


def spread_of_gains(results: pd.DataFrame, comparison: Comparison) -> Table:
    """Mean and percentiles of the gain in the objective over the current structure, with intervals."""
    outcome = BY_NAME[comparison.objective]
    gains = paired_differences(results, comparison.objective, comparison.current)
    rows = []
    for structure in comparison.others:
        mean = comparison.gain(structure)
        ends = [percentile(gains[structure], share) for share in SHARES]
        cells = [_interval(outcome, mean), *(_percentile(outcome, each) for each in ends)]
        rows.append(Row((structure, *cells)))
    caption = f"{outcome.label}: gain over {comparison.current}, future by future, with 95% intervals"
    head = ("structure", "mean", "one future in ten is below", "median", "one future in ten is above")
    return Table(caption, head, tuple(rows), 1)


def odds(comparison: Comparison) -> Table:
    """In how many futures of 100 each structure is best, and beats the current one, with intervals."""
    rows = [
        Row((s, _share(comparison.best_share[s], comparison.common), _beats(comparison, s)))
        for s in comparison.structures
    ]
    over = words.lived_through(comparison.futures, comparison.left_out)
    best = f"; best of all is asked of the first {comparison.common:,}" if comparison.left_out else ""
    caption = f"Odds over {over}, with 95% intervals (Wilson){best}"
    return Table(caption, ("structure", "best of all", f"better than {comparison.current}"), tuple(rows), 1)


def designs_tried(judgement: Judgement) -> Iterator[Table]:
    """What each design changes, and brings, where some lie between those that are listed."""
    rows = tuple(Row(tuple(step)) for step in brought_by(judgement))
    if rows:
        outcome = BY_NAME[judgement.comparison.objective]
        yield Table(STEP_BY_STEP, ("design", "changes", f"{outcome.label}: difference", "ahead in"), rows, 2)


def grounds(left: Decided | None, objective: str) -> Iterator[Table]:
    """What brings the gains, by ingredient and by mechanism, where `decide` was asked to explain."""
    if left is None or left.explained is None:
        return
    for sheet in grounds_sheets(left.explained, objective):
        yield Table(sheet.caption, sheet.head, tuple(Row(row) for row in sheet.rows), 2)


def combinations(lines: Sequence[Line]) -> Table:
    """Every combination of a sweep: who leads there, over how many futures, and what each structure gains."""
    keys, columns = headings_of(lines), columns_of(lines)
    rows = []
    for line in lines[:MOST_CASES]:
        case = (*(line.labels[key] for key in keys), str(line.leaders), f"{line.comparison.futures:,}")
        rows.append(Row((*case, *(_gained(line.comparison, structure) for structure in columns))))
    cut = f" (the first {MOST_CASES} of {len(lines):,})" if len(lines) > MOST_CASES else ""
    head = (*labels_of(keys).values(), "best", "futures", *columns)
    caption = f"Gains over the structure of today, and futures that they win, with 95% intervals{cut}"
    return Table(caption, head, tuple(rows), len(keys) + 1)


def _outcomes(comparison: Comparison, names: Sequence[str], caption: str) -> Iterator[Table]:
    """Means of the current structure and differences of the others, in as many tables as fit on paper."""
    others = comparison.others
    for first in range(0, max(1, len(others)), AT_ONCE):
        some = others[first : first + AT_ONCE]
        head = ("outcome", "unit", "better is", comparison.current, *(f"{s}: difference" for s in some))
        rows = tuple(_outcome(comparison, BY_NAME[name], some) for name in names)
        lived = words.lived_through(comparison.futures, comparison.left_out)
        differences = words.with_intervals(comparison.futures, "differences with 95% intervals")
        over = f"means over {lived}, {differences}"
        yield Table(f"{caption}: {over}", head, rows, 3)


def _outcome(comparison: Comparison, outcome: Outcome, others: Sequence[str]) -> Row:
    mean = comparison.levels[outcome.name, comparison.current]
    cells = []
    for structure in others:
        by = comparison.differences[outcome.name, structure]
        cells.append(
            f"{words.difference(outcome, by.mean, by.half_width)} {mark(comparison, outcome, structure)}"
        )
    unit = _UNITS.get(outcome.unit, outcome.unit)
    return Row((outcome.label, unit, _GOALS[outcome.better], words.level(outcome, mean.mean), *cells))


def _beats(comparison: Comparison, structure: str) -> str:
    if structure == comparison.current:
        return "–"
    share, futures = comparison.win_share[structure], comparison.lived[structure]
    return words.odds(share, futures) if futures == 1 else _share(share, futures)


def interval_of_share(share: float, futures: int) -> tuple[str, str]:
    """The 95% interval of a share of futures, as futures of 100."""
    low, high = wilson(share, futures)
    return f"{100 * low:.0f}", f"{100 * high:.0f}"


def _share(share: float, futures: int) -> str:
    return _below(f"{100 * share:.0f} of 100", " to ".join(interval_of_share(share, futures)))


def _gained(comparison: Comparison, structure: str) -> str:
    """What a structure gains over that of today, and of 100 futures those in which it does."""
    if structure == comparison.current:
        return TODAY
    if structure not in comparison.structures or not comparison.futures:
        return words.UNKNOWN
    outcome = BY_NAME[comparison.objective]
    gain = _interval(outcome, comparison.gain(structure), mark(comparison, outcome, structure))
    return f"{gain}\n{' '.join(_beats(comparison, structure).split())}"


def _interval(outcome: Outcome, estimate: Estimate, sign: str = "") -> str:
    """A mean with what marks it, and below it its interval."""
    if not estimate.futures:
        return words.UNKNOWN
    mean = words.amount(outcome, estimate.mean, estimate.half_width, signed=True)
    ends = words.span(outcome, estimate.low, estimate.high, signed=True)
    mean = f"{mean} {sign}".rstrip()
    return _below(mean, ends) if estimate.bounded else mean


def _percentile(outcome: Outcome, at: Percentile) -> str:
    value = words.amount(outcome, at.value, (at.high - at.low) / 2, signed=True)
    if not at.bounded:
        return f"{value}\n(too few futures)"
    return _below(value, words.span(outcome, at.low, at.high, signed=True))


def _below(value: str, interval: str) -> str:
    """A value, and below it its interval."""
    return f"{value}\n({interval})"
